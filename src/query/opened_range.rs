//! Ranges of dates that begin with a word: `from 1861 to 1863`, `between 1943 and 1945`.

use super::date_filter::{longest_number, parse_range};
use crate::record::DateSpan;
use crate::record::date::text;

/// Parses a range that begins with a word, and whose end may still be missing: `between 1943 and 194`, `from 1943`.
pub(super) fn opened_range(text: &str) -> Option<DateSpan> {
    let (opener, dates) = text.split_once(char::is_whitespace)?;
    if !text::opens_range(opener) || is_closed_range(text) {
        return None;
    }
    let (start, end) = split_at_joiner(dates).unwrap_or_else(|| {
        // A short word at the end may become "to" or "and".
        let unfinished = dates.rsplit_once(char::is_whitespace);
        let unfinished = unfinished.filter(|(_, word)| may_become_joiner(word));
        (unfinished.map_or(dates, |(start, _)| start), "")
    });
    let has_year = longest_number(start) == 4;
    if has_year { parse_range(start, end) } else { None }
}

/// Splits a text at the word between two dates.
fn split_at_joiner(dates: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    for word in dates.split_inclusive(char::is_whitespace) {
        let end = start + word.len();
        if text::joins_range(word.trim_end()) {
            return Some((dates.get(..start)?, dates.get(end..)?));
        }
        start = end;
    }
    None
}

/// Whether a word may become one between the dates of a range.
fn may_become_joiner(word: &str) -> bool {
    word.chars().count() < 3 && word.chars().all(char::is_alphabetic)
}

/// Whether a text is a range of dates with both ends.
pub(super) fn is_closed_range(text: &str) -> bool {
    // "Between 1943" alone is read as the year.
    let has_end = text.contains(['-', '–']) || text.split_whitespace().any(text::joins_range);
    let span = text::parse_plain(text).filter(|_| has_end);
    span.is_some_and(|span| !span.has_open_start() && !span.has_open_end())
}

/// Whether a text certainly is a range, complete or not. A date behind "from" alone may be that of a letter: `letter from
/// 1943`.
pub(super) fn is_certain_range(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let opener = words.next().unwrap_or("");
    text::opens_range(opener)
        && (text::is_between(opener) || words.any(text::joins_range) || is_closed_range(text))
}
