//! Tells the years of another thing from the begin and the end of a date: those of a newspaper, the life of an artist.

use crate::record::{Date, DateSpan, Precision};

/// How many times wider than the date the years of another thing are at least.
const MIN_RATIO: i64 = 12;

/// The fewest days of a date for that, so that the years of another thing are three at least.
const MIN_DAYS: i64 = 92;

/// Whether a begin and an end are those of another thing than the date beside them, which names its day, month or year.
///
/// A begin without an end, and an end without a begin, are compared with the date.
pub(super) fn are_of_other(text: &str, begin: Option<&str>, end: Option<&str>) -> bool {
    let Some(written) = Date::parse(text).span().filter(is_exact) else { return false };
    let year = |text: Option<&str>| Date::parse(text?.trim_matches(['(', ')', '[', ']'])).span();
    let (first, last) = match (year(begin), year(end)) {
        (Some(begin), Some(end)) => (begin.earliest, end.latest),
        (Some(begin), None) => (begin.earliest, written.latest),
        (None, Some(end)) => (written.earliest, end.latest),
        (None, None) => return false,
    };
    let days = |span: &DateSpan| span.latest.0 - span.earliest.0 + 1;
    last.0.saturating_sub(first.0) >= MIN_RATIO * days(&written).max(MIN_DAYS)
}

/// Whether a span names a day, a month or a year, or few years, without reserve.
fn is_exact(span: &DateSpan) -> bool {
    let has_reserve = [
        span.approximate,
        span.uncertain,
        span.doubtful,
        span.has_open_start(),
        span.has_open_end(),
    ];
    !has_reserve.contains(&true) && span.start_precision.max(span.end_precision) <= Precision::Year
}

/// Whether the begins and ends of some records are those of other things. `dates` has the text, the begin and the end
/// of each.
pub(super) fn are_mostly_of_others<'d>(
    dates: impl Iterator<Item = (&'d str, Option<&'d str>, Option<&'d str>)>,
) -> bool {
    let both = dates.filter(|(_, begin, end)| begin.is_some() || end.is_some());
    let (all, others) = both.fold((0_usize, 0_usize), |(all, others), (text, begin, end)| {
        (all + 1, others + usize::from(are_of_other(text, begin, end)))
    });
    2 * others > all
}
