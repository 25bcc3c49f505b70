//! Ranges of dates that begin with a word: `from 1861 to 1863`, `between 1943 and 1945`.

use super::date_filter::{longest_number, parse_range};
use super::date_phrases::{Comparison, strip_article, strip_comparison};
use crate::record::DateSpan;
use crate::record::date::text;

/// Parses a range that begins with a word, and whose end may still be missing: `between 1943 and 194`, `from 1943`,
/// `von 1943 bis`.
pub(super) fn opened_range(text: &str) -> Option<DateSpan> {
    let (opener, dates) = text.split_once(char::is_whitespace)?;
    let joined = split_at_joiner(dates);
    if text::opens_range(opener) {
        if joined.is_some() && is_closed(text::parse_plain(text)) {
            return None;
        }
    } else if !joined.as_ref().is_some_and(|it| text::may_open_range(opener, it.joiner)) {
        return None;
    }
    let (start, end) = joined.map_or_else(
        || {
            // A short word at the end may become "to" or "and".
            let unfinished = dates.rsplit_once(char::is_whitespace);
            let unfinished = unfinished.filter(|(_, word)| may_become_joiner(word));
            (unfinished.map_or(dates, |(start, _)| start), "")
        },
        |it| (it.start, it.end),
    );
    let (start, end) = (strip_article(start), strip_article(end));
    let has_year = longest_number(start) == 4;
    if has_year { parse_range(start, end) } else { None }
}

/// Parses a range with a word before each of its dates: `dal 1943 al 1945`. The second date may be missing: `ab 1943 bis`.
pub(super) fn joined_range(text: &str) -> Option<DateSpan> {
    let (opener, dates) = text.split_once(char::is_whitespace)?;
    let joined = split_at_joiner(dates)?;
    let may_open = text::opens_range(opener) || text::may_open_range(opener, joined.joiner);
    let closed = || text::parse_plain(text).filter(|span| may_open && is_closed(Some(*span)));
    let since = || {
        let (_, dates) = strip_comparison(text).filter(|(it, _)| *it == Comparison::Since)?;
        let joined = split_at_joiner(dates).filter(|it| longest_number(it.start) == 4)?;
        text::is_until(joined.joiner).then(|| parse_range(joined.start, joined.end))?
    };
    opened_range(text).or_else(closed).or_else(since)
}

/// Two dates with a word between them.
struct JoinedDates<'a> {
    /// The first date.
    start: &'a str,
    /// The word.
    joiner: &'a str,
    /// The second date, which may be missing.
    end: &'a str,
}

/// Splits a text at the word between two dates.
fn split_at_joiner(dates: &str) -> Option<JoinedDates<'_>> {
    let mut start = 0;
    for word in dates.split_inclusive(char::is_whitespace) {
        let end = start + word.len();
        let joiner = word.trim_end();
        if text::joins_range(joiner) {
            return Some(JoinedDates {
                start: dates.get(..start)?,
                joiner,
                end: dates.get(end..)?,
            });
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
    let without_opener = || {
        let (opener, dates) = text.split_once(char::is_whitespace)?;
        let joined = split_at_joiner(dates)?;
        text::may_open_range(opener, joined.joiner).then(|| text::parse_plain(dates)).flatten()
    };
    has_end && (is_closed(text::parse_plain(text)) || is_closed(without_opener()))
}

/// Whether a date has both ends.
fn is_closed(span: Option<DateSpan>) -> bool {
    span.is_some_and(|span| !span.has_open_start() && !span.has_open_end())
}

/// Whether a text certainly is a range, complete or not. A date behind "from" alone may be that of a letter: `letter from
/// 1943`; a name may begin with "von".
pub(super) fn is_certain_range(text: &str) -> bool {
    let Some((opener, dates)) = text.split_once(char::is_whitespace) else { return false };
    let joined = split_at_joiner(dates);
    if !text::opens_range(opener) {
        return joined.is_some_and(|it| text::may_open_range(opener, it.joiner));
    }
    text::is_between(opener) || joined.is_some() || is_closed_range(text)
}
