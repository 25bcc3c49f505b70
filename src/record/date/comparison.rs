//! Decides between the text of a date and its machine-readable form, where a file gives both.
//!
//! The more precise form counts if both say the same, else the machine-readable one. Then the date is
//! doubtful, because one of them must be wrong.

use super::doubt::Doubt;
use super::span::{Date, DateSpan, Day, ParsedDate, Precision};
use super::{machine, reversed, text};

/// The most days of a year.
const MAX_DAYS_OF_YEAR: i64 = 366;
/// The most days of a month.
const MAX_DAYS_OF_MONTH: i64 = 31;

/// The days of a date, and whether its two forms contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The days that count.
    pub(crate) span: DateSpan,
    /// Whether the text says other days.
    pub(crate) is_contradicted: bool,
}

/// Returns what several codes say together; `None` if none of them is a code.
pub(crate) fn union_of_codes<'c>(codes: impl Iterator<Item = &'c str>) -> Option<ParsedDate> {
    let mut all = None;
    for (parsed, _) in codes.filter_map(machine::parse) {
        all = match (all, parsed) {
            (Some(ParsedDate::Span(all)), ParsedDate::Span(span)) => {
                Some(ParsedDate::Span(all.union(span)))
            }
            (Some(ParsedDate::Span(all)), _) => Some(ParsedDate::Span(all)),
            (_, parsed) => Some(parsed),
        };
    }
    all
}

/// Returns the date of a text and of the days that a file gives for it.
pub(crate) fn date_with_coded(text: &str, coded: ParsedDate) -> Date {
    let parsed = match coded {
        ParsedDate::Span(span) => ParsedDate::Span(settle_text(text, span).span),
        ParsedDate::Undated | ParsedDate::Unreadable => reversed::parse(text),
    };
    Date { text: text.to_owned(), parsed }
}

/// Decides between a text and the days that a machine form gives.
pub(crate) fn settle_text(text: &str, coded: DateSpan) -> Settled {
    let (written, doubts) = text::parse_with_doubts(text);
    settle(text, written, is_understood(&doubts), coded)
}

/// Whether a text says something that a code may contradict: an impossible date does.
pub(crate) fn is_understood(doubts: &[Doubt]) -> bool {
    doubts.iter().all(|doubt| matches!(doubt, Doubt::Impossible { .. }))
}

/// Whether a text such as `-1988` is an end alone, while the date has a start.
fn has_lost_start(text: &str, span: &DateSpan) -> bool {
    let year = text.trim().strip_prefix(['-', '–']);
    let is_end_alone = year.is_some_and(|year| year.bytes().all(|it| it.is_ascii_digit()));
    is_end_alone && !span.has_open_start() && span.earliest >= Day::from_ymd(1, 1, 1)
}

/// Decides between what a text was read as and the days that a machine form gives.
///
/// `is_understood` says whether the text was understood whole and with certainty.
pub(crate) fn settle(
    text: &str,
    written: ParsedDate,
    is_understood: bool,
    coded: DateSpan,
) -> Settled {
    let agreed = |span| Settled { span, is_contradicted: false };
    let doubtful = |span| DateSpan { doubtful: true, ..span };
    let contradicted = |span| Settled { span: doubtful(span), is_contradicted: true };
    let written = match written {
        ParsedDate::Span(written) => written,
        _ if text.trim().is_empty() => return agreed(coded),
        ParsedDate::Undated => return contradicted(coded),
        ParsedDate::Unreadable => return agreed(doubtful(coded)),
    };
    let settled = settle_days(written, is_understood, coded);
    if has_lost_start(text, &settled.span) { contradicted(settled.span) } else { settled }
}

/// Decides between the days of a text and those that a machine form gives.
fn settle_days(written: DateSpan, is_understood: bool, coded: DateSpan) -> Settled {
    let agreed = |span| Settled { span, is_contradicted: false };
    let flagged = DateSpan {
        approximate: coded.approximate || written.approximate,
        uncertain: coded.uncertain || (written.uncertain && is_understood),
        inferred: coded.inferred || written.inferred,
        ..coded
    };
    if is_understood && is_beginning(&coded, &written) {
        return agreed(with_flags_of(written, coded));
    }
    let is_refined = refines(&coded, &written);
    if !is_understood && written.overlaps(&coded) && !narrows(&coded, &written) {
        return agreed(flagged);
    }
    if is_refined && !is_same(&coded, &written) {
        return agreed(flagged);
    }
    if is_understood && (refines(&written, &coded) || is_beside(&written, &coded)) {
        return agreed(with_flags_of(written, coded));
    }
    let is_contradicted = is_exact(&written) || !written.overlaps(&coded) || narrows(&coded, &written)
            // Winter 1945-1946, coded as 1945
            || is_understood && !flagged.approximate && !contains(&coded, &written);
    let doubtful = is_contradicted || coded.doubtful;
    Settled { span: DateSpan { doubtful, ..flagged }, is_contradicted }
}

/// Whether all days of the second span are in the first. Centuries begin with the year 00 or 01, and seasons
/// about three weeks into a month.
fn contains(outer: &DateSpan, inner: &DateSpan) -> bool {
    let slack = match inner.start_precision {
        Precision::Century => MAX_DAYS_OF_YEAR,
        Precision::Season => MAX_DAYS_OF_MONTH,
        _ => 0,
    };
    let (first, last) =
        (inner.earliest.0.saturating_add(slack), inner.latest.0.saturating_sub(slack));
    outer.earliest.0 <= first && last <= outer.latest.0
}

/// Adds the flags of another span.
fn with_flags_of(span: DateSpan, other: DateSpan) -> DateSpan {
    DateSpan {
        approximate: span.approximate || other.approximate,
        uncertain: span.uncertain || other.uncertain,
        inferred: span.inferred || other.inferred,
        ..span
    }
}

/// Whether both spans have the same days.
fn is_same(one: &DateSpan, other: &DateSpan) -> bool {
    (one.earliest, one.latest) == (other.earliest, other.latest)
}

/// Whether the span says the same as the coarser one, more precisely: it begins in the first month,
/// year or other unit of that, and ends in its last unit.
fn refines(span: &DateSpan, coarser: &DateSpan) -> bool {
    let (first, last) = coarser.first_and_last_unit();
    let contains = |unit: Option<DateSpan>, day: Day| match unit {
        None => true,
        Some(unit) => unit.earliest <= day && day <= unit.latest,
    };
    contains(first, span.earliest) && contains(last, span.latest)
}

/// Whether the span has only the first day, month or year of the wider one, or of its last unit. Programs
/// write 1945-01-01 for 1945, 1945-01-01/1950-01-01 for 1945 to 1950, 1940 for the 1940s, and 1945 for
/// "1945-". Of a season only the first day is such a code.
fn is_beginning(span: &DateSpan, wider: &DateSpan) -> bool {
    let (_, last) = span.first_and_last_unit();
    let (wider_first, wider_last) = wider.first_and_last_unit();
    if wider.has_open_end() {
        return wider_first.is_some_and(|first| is_same(&first, span));
    }
    let (Some(last), Some(wider_last)) = (last, wider_last) else { return false };
    span.earliest == wider.earliest
        && last.earliest == wider_last.earliest
        && last.latest < wider_last.latest
        && (wider_last.start_precision != Precision::Season || span.earliest == span.latest)
}

/// Whether the span leaves out the beginning or the end of the wider one: 1945 of "circa 1930 to 1950".
fn narrows(span: &DateSpan, wider: &DateSpan) -> bool {
    let (first, last) = wider.first_and_last_unit();
    let starts_later = match first {
        Some(first) => first.latest < span.earliest,
        None => false,
    };
    let ends_earlier = match last {
        Some(last) => span.latest < last.earliest,
        None => false,
    };
    starts_later || ends_earlier
}

/// Whether the text names the time before or after what the code names: "before 1945" and `1945`.
fn is_beside(written: &DateSpan, coded: &DateSpan) -> bool {
    (written.has_open_start() && written.latest.next() == coded.earliest)
        || (written.has_open_end() && written.earliest.previous() == coded.latest)
}

/// Whether the span claims to name its first and last year, or less, without reserve.
fn is_exact(span: &DateSpan) -> bool {
    let is_exact =
        |precision: Precision| precision <= Precision::Year && precision != Precision::Season;
    !span.approximate
        && !span.uncertain
        && !span.has_open_start()
        && !span.has_open_end()
        && is_exact(span.start_precision)
        && is_exact(span.end_precision)
}
