//! Refuses ranges of dates that end before they begin: `1990..1945`, `from 1945 to 1943`.

use super::date_filter::{DateFilter, complete_date};
use super::suggestion::Suggestion;
use crate::record::date::text;

/// The signs between the two dates of a range.
const JOINING_SIGNS: [&str; 5] = ["..", "-", "–", "—", "/"];

/// Returns the filter that was made of a text.
///
/// # Errors
/// The text is a range of two whole dates, and the second one is before the first.
pub(super) fn refuse(typed: &str, filter: DateFilter) -> Result<DateFilter, Suggestion> {
    let typed = typed.trim().trim_matches('"');
    let dates = typed.strip_prefix('=').unwrap_or(typed);
    match parts(dates).find_map(|range| range.turned_round()) {
        Some(turned) => Err(Suggestion::ReversedRange { typed: typed.to_owned(), turned }),
        None => Ok(filter),
    }
}

/// A text that may be a range: `from 1943 to 1945`.
struct RangeParts<'a> {
    /// The word before the first date, with the blank behind it; often none.
    opener: &'a str,
    /// The first date.
    start: &'a str,
    /// The sign or word between the dates, with its blanks.
    joiner: &'a str,
    /// The second date.
    end: &'a str,
}

/// Returns each way in which a text may be parted into two dates.
fn parts(text: &str) -> impl Iterator<Item = RangeParts<'_>> {
    let signs = JOINING_SIGNS.into_iter().flat_map(|sign| text.match_indices(sign));
    let words = text.split_whitespace().filter(|word| text::joins_range(word));
    let words = words.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word));
    signs.chain(words).filter_map(|(at, joiner)| {
        let (before, after) = (text.get(..at)?, text.get(at + joiner.len()..)?);
        let (start, end) = (before.trim_end(), after.trim_start());
        let is_opener =
            |word: &str| text::opens_range(word) || text::may_open_range(word, joiner.trim());
        let words = start.split_once(char::is_whitespace).filter(|(word, _)| is_opener(word));
        let start = words.map_or(start, |(_, date)| date.trim_start());
        let opener = before.get(..before.trim_end().len() - start.len())?;
        let joiner = text.get(opener.len() + start.len()..text.len() - end.len())?;
        Some(RangeParts { opener, start, joiner, end })
    })
}

impl RangeParts<'_> {
    /// Returns the range with its dates the other way round, if both are whole and the second one is before the first.
    fn turned_round(&self) -> Option<String> {
        let RangeParts { opener, start, joiner, end } = self;
        let (first, second) = (complete_date(start)?.span, complete_date(end)?.span);
        let is_reversed = second.latest < first.earliest;
        is_reversed.then(|| format!("{opener}{end}{joiner}{start}"))
    }
}
