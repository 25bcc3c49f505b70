//! Formats dates for citation styles.

use super::date_words;
use super::punctuation::tidy;
use crate::record::{Date, DateSpan, MONTH_NAMES, ParsedDate, Precision};

/// Month names as MLA abbreviates them.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// The order of the parts of a date.
#[derive(Clone, Copy, Debug)]
enum PartOrder {
    /// `12 July 1945`
    DayMonthYear,
    /// `July 12, 1945`
    MonthDayYear,
    /// `1945, July 12`
    YearMonthDay,
}

/// The date format of a style.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateFormat {
    /// The month names.
    months: &'static [&'static str; 12],
    /// The order of year, month and day.
    order: PartOrder,
    /// The prefix of an approximate date.
    approximate_prefix: &'static str,
    /// The text for an unknown date, if the style has one.
    undated: Option<&'static str>,
}

/// `12 July 1945`, `ca. 1945`, `n.d.`
pub(super) const CHICAGO: DateFormat = DateFormat {
    months: &MONTH_NAMES,
    order: PartOrder::DayMonthYear,
    approximate_prefix: "ca. ",
    undated: Some("n.d."),
};

/// `12 Sept. 1945`, `circa 1945`; no text for an unknown date.
pub(super) const MLA: DateFormat =
    DateFormat { months: &SHORT_MONTHS, approximate_prefix: "circa ", undated: None, ..CHICAGO };

/// `1945, July 12`, `ca. 1945`, `n.d.`
pub(super) const APA: DateFormat = DateFormat { order: PartOrder::YearMonthDay, ..CHICAGO };

/// `July 12, 1945`, `circa 1945`, `Date unknown`.
pub(super) const ARCHIVE: DateFormat = DateFormat {
    order: PartOrder::MonthDayYear,
    approximate_prefix: "circa ",
    undated: Some("Date unknown"),
    ..CHICAGO
};

impl DateFormat {
    /// Formats a date. A date that was not understood, or not with certainty, keeps its text.
    pub(super) fn format(&self, date: &Date) -> Option<String> {
        match date.parsed {
            ParsedDate::Span(span) if span.doubtful && !date.text.trim().is_empty() => {
                self.as_written(&date.text)
            }
            ParsedDate::Span(span) => Some(
                date_words::format(self, &date.text, &span)
                    .unwrap_or_else(|| self.format_span(&span)),
            ),
            ParsedDate::Undated => self.undated.map(str::to_owned),
            ParsedDate::Unreadable => self.as_written(&date.text),
        }
    }

    /// Returns the text of a date that is cited as it is written. One of nothing but marks is no date.
    fn as_written(&self, text: &str) -> Option<String> {
        let tidied = tidy(text);
        if tidied.is_empty() { self.undated.map(str::to_owned) } else { Some(tidied) }
    }

    /// Formats a span: one unit, or two with a dash between them, with marks for its flags.
    pub(super) fn format_span(&self, span: &DateSpan) -> String {
        let circa = self.circa(span);
        let text = match span.first_and_last_unit() {
            (Some(first), Some(last)) => {
                format!("{circa}{}", self.format_units(&first, &last, "–"))
            }
            (Some(first), None) => format!("{circa}{}–", self.format_unit(&first)),
            (None, Some(last)) => format!("until {}", self.format_bound(span, &last)),
            (None, None) => span.long(),
        };
        with_signs(span, &text)
    }

    /// Returns the prefix of an approximate date, or nothing.
    pub(super) fn circa(&self, span: &DateSpan) -> &'static str {
        if span.approximate { self.approximate_prefix } else { "" }
    }

    /// Formats the unit behind a word such as `before`: `before the 1950s`, `before ca. 1950`.
    pub(super) fn format_bound(&self, span: &DateSpan, unit: &DateSpan) -> String {
        let article = if unit.start_precision > Precision::Year { "the " } else { "" };
        format!("{article}{}{}", self.circa(span), self.format_unit(unit))
    }

    /// Formats one unit, or two with a text between them. What both have in common is said once: `12–15 July 1945`.
    pub(super) fn format_units(&self, first: &DateSpan, last: &DateSpan, joint: &str) -> String {
        if first == last {
            return self.format_unit(first);
        }
        let (first_year, first_month, first_day) = first.earliest.to_ymd();
        let (last_year, last_month, last_day) = last.earliest.to_ymd();
        let precisions = (first.start_precision, last.start_precision);
        let year = DateSpan::year(first_year).long();
        let [begin, end] = [first_month, last_month].map(|month| self.month(month));
        match precisions {
            (Precision::Day, Precision::Day) if first_year == last_year => {
                let is_in_month = first_month == last_month;
                let (begin, end) = match self.order {
                    PartOrder::DayMonthYear if is_in_month => {
                        (first_day.to_string(), format!("{last_day} {end}"))
                    }
                    PartOrder::DayMonthYear => {
                        (format!("{first_day} {begin}"), format!("{last_day} {end}"))
                    }
                    _ if is_in_month => (format!("{begin} {first_day}"), last_day.to_string()),
                    _ => (format!("{begin} {first_day}"), format!("{end} {last_day}")),
                };
                self.with_year(&format!("{begin}{joint}{end}"), &year, Precision::Day)
            }
            (Precision::Month, Precision::Month) if first_year == last_year => {
                self.with_year(&format!("{begin}{joint}{end}"), &year, Precision::Month)
            }
            _ => join_range(&self.format_unit(first), &self.format_unit(last), joint),
        }
    }

    /// Formats a day, a month or a part of a year in this style; other units have the same form in all styles.
    pub(super) fn format_unit(&self, unit: &DateSpan) -> String {
        let (year, month, day) = unit.earliest.to_ymd();
        let year = DateSpan::year(year).long();
        let month = self.month(month);
        match unit.start_precision {
            Precision::Day => {
                let day = match self.order {
                    PartOrder::DayMonthYear => format!("{day} {month}"),
                    PartOrder::MonthDayYear | PartOrder::YearMonthDay => format!("{month} {day}"),
                };
                self.with_year(&day, &year, Precision::Day)
            }
            Precision::Month => self.with_year(month, &year, Precision::Month),
            Precision::Season if !unit.long().starts_with(char::is_lowercase) => {
                // A quarter, or another part of a year without a name.
                let [first, last] = [unit.earliest, unit.latest].map(|day| {
                    let (year, month, _) = day.to_ymd();
                    DateSpan::month(year, month)
                });
                self.format_units(&first, &last, "–")
            }
            Precision::Season => self.season(&unit.long()),
            _ => unit.long(),
        }
    }

    /// Returns a season as the style has it: `summer 1945`, in APA style `1945, Summer`.
    pub(super) fn season(&self, text: &str) -> String {
        let mut letters = text.chars();
        let season = letters.next().filter(|_| matches!(self.order, PartOrder::YearMonthDay));
        match (season, text.split_once(' ')) {
            (Some(first), Some((name, year))) if year.starts_with(|it: char| it.is_numeric()) => {
                format!("{year}, {}{}", first.to_uppercase(), name.trim_start_matches(first))
            }
            _ => text.to_owned(),
        }
    }

    /// Puts the year to a day or a month.
    fn with_year(&self, text: &str, year: &str, precision: Precision) -> String {
        match (self.order, precision) {
            (PartOrder::YearMonthDay, _) => format!("{year}, {text}"),
            (PartOrder::MonthDayYear, Precision::Day) => format!("{text}, {year}"),
            _ => format!("{text} {year}"),
        }
    }

    /// Returns the name of a month.
    fn month(&self, month: u8) -> &'static str {
        self.months.get(usize::from(month.saturating_sub(1))).copied().unwrap_or("")
    }
}

/// Puts the signs for the flags of a span round a text: `[1945?]`.
pub(super) fn with_signs(span: &DateSpan, text: &str) -> String {
    let question_mark = if span.uncertain { "?" } else { "" };
    let (open, close) = if span.inferred { ("[", "]") } else { ("", "") };
    format!("{open}{text}{question_mark}{close}")
}

/// Joins both ends of a range. An era or a word at both ends is said once: `500–400 BC`, `18th–19th century`.
fn join_range(first: &str, last: &str, joint: &str) -> String {
    let shared = [" BC", " century", " century BC"].into_iter().rev().find_map(|word| {
        last.strip_suffix(word)?;
        first.strip_suffix(word)
    });
    format!("{}{joint}{last}", shared.unwrap_or(first))
}
