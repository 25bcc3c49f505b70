//! Tells the years of another thing from the begin and the end of a date: those of a newspaper, the life of an artist.

use crate::record::{Date, DateSpan, Precision};

/// How many times wider than the date the years of another thing are at least.
const MIN_RATIO: i64 = 12;

/// The fewest days of a date for that, so that the years of another thing are three at least.
const MIN_DAYS: i64 = 92;

/// How a begin and an end relate to the date beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// They are not much wider than the date.
    Own,
    /// They are much wider than the date, which is in them: those of another thing.
    Other,
    /// They are much wider than the date, which is not in them: those of another thing, or wrong.
    Contradicting,
}

/// Finds how a begin and an end relate to the date beside them, which names its day, month or year to be of another thing.
///
/// A begin without an end, and an end without a begin, are compared with the date.
fn relate(text: &str, begin: Option<&str>, end: Option<&str>) -> Relation {
    let Some(written) = Date::parse(text).span().filter(is_exact) else { return Relation::Own };
    let year = |text: Option<&str>| Date::parse(text?.trim_matches(['(', ')', '[', ']'])).span();
    let (first, last) = match (year(begin), year(end)) {
        (Some(begin), Some(end)) => (begin.earliest, end.latest),
        (Some(begin), None) => (begin.earliest, written.latest),
        (None, Some(end)) => (written.earliest, end.latest),
        (None, None) => return Relation::Own,
    };
    let days = |span: &DateSpan| span.latest.0 - span.earliest.0 + 1;
    if last.0.saturating_sub(first.0) < MIN_RATIO * days(&written).max(MIN_DAYS) {
        Relation::Own
    } else if written.earliest > last || written.latest < first {
        Relation::Contradicting
    } else {
        Relation::Other
    }
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
    let (mut own, mut others) = (0_usize, 0_usize);
    for (text, begin, end) in both {
        match relate(text, begin, end) {
            Relation::Own => own += 1,
            Relation::Other => others += 1,
            // The other records decide. Without them the date is doubtful.
            Relation::Contradicting => {}
        }
    }
    others > own
}
