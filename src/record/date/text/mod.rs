//! Any way an archive writes a date, read as a span of days.
//!
//! A text is cut into tokens, the tokens are gathered into dates as they are written (a sheet of
//! parts), and what one date lacks is taken from its neighbours: `1992 October-December`,
//! `April 23, 24, 1934`. A list becomes the span from its first day to its last.
//!
//! Decided here, since archives differ: `1996-97` is a range and `1996-07` a month; `7/12/1945`
//! gives the year only, uncertain, where both numbers may be the month; `1800s` is a century and
//! `2000s` a decade; "early", "late" and the like keep the whole and make it approximate.

mod builder;
mod languages;
mod numeric;
mod resolve;
mod rules;
mod tokens;

use super::edtf;
use super::span::{DateSpan, Reading};
use builder::Sheet;

/// How many letters of a text are looked at; no date is longer.
const LONGEST: usize = 1000;
/// How many bytes a line may have that is only a date.
const LONGEST_LINE: usize = 100;

/// Reads the text of a date. Never fails: what cannot be understood is unreadable. Words that say
/// nothing about the date are passed over where a whole year stands beside them.
pub fn read(text: &str) -> Reading {
    understood(text.trim()).0
}

/// What a text is understood as, and whether it may be meant otherwise.
fn understood(text: &str) -> (Reading, bool) {
    if text.is_empty() {
        return (Reading::Undated, false);
    }
    if let Some(span) = machine(text) {
        return (Reading::Span(span), false);
    }
    let sheet = sheet(text);
    let readable = !sheet.foreign || sheet.has_whole_year();
    let reading = match sheet.span().filter(|_| readable) {
        Some(span) => Reading::Span(span),
        None if sheet.says_undated() => Reading::Undated,
        None => Reading::Unreadable,
    };
    (reading, sheet.ambiguous)
}

/// Reads a text that is a date and nothing else, or says that there is none: a whole line of a
/// listing, say. Prose that only mentions a date is none.
pub fn only(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_LINE || sheet(text).foreign {
        return None;
    }
    Some(read(text)).filter(|reading| *reading != Reading::Unreadable)
}

/// What the reader should know of how a text was read: that it was not, or that it may mean
/// something else. One sentence, without a place; nothing for most texts.
pub fn note(text: &str) -> Option<String> {
    read_with_note(text).1
}

/// Both at once: what a text is read as, and its note.
pub fn read_with_note(text: &str) -> (Reading, Option<String>) {
    let text = text.trim();
    let (reading, ambiguous) = understood(text);
    let note = if reading == Reading::Unreadable {
        Some(format!("the date “{text}” cannot be read"))
    } else if is_two_digits_later(text) && !is_short_range(text) {
        Some(format!("the date “{text}” is read as a month; it may mean two years"))
    } else {
        ambiguous.then(|| format!("the date “{text}” may be meant otherwise than it is read"))
    };
    (reading, note)
}

/// Reads a date, or two with a dash or "to" between them: no lists, no brackets, no "undated", and
/// nothing that is missing.
pub fn plain(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    let sheet = sheet(text);
    if let Some(span) = machine(text) {
        return Some(span);
    }
    let alone = !sheet.foreign && !sheet.mixed && !sheet.inferred && sheet.points.len() <= 2;
    sheet.span().filter(|_| alone && sheet.is_complete())
}

/// Whether the name of a month begins with these letters, of any case; one letter is enough.
pub fn begins_month(letters: &str) -> bool {
    languages::begins_month(&letters.to_lowercase())
}

/// Cuts and gathers a text.
fn sheet(text: &str) -> Sheet {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    Sheet::read(&tokens::cut(text.get(..end).unwrap_or("")))
}

/// The forms of EDTF that mean in a finding aid what they mean in EDTF. `[1994]` is a date that
/// the archivist supplied, and `1901-24` are years.
fn machine(text: &str) -> Option<DateSpan> {
    if text.starts_with('[') || is_short_range(text) {
        return None;
    }
    edtf::read(text)
}

/// Whether it is a short range such as `1901-24`: the second part is no month.
fn is_short_range(text: &str) -> bool {
    is_two_digits_later(text) && text.get(5..).is_some_and(|second| second > "12")
}

/// Whether it is a year, a hyphen, and two digits that make a later year of the same century.
fn is_two_digits_later(text: &str) -> bool {
    let Some((first, second)) = text.split_once('-') else { return false };
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(first, 4) && digits(second, 2) && first.get(2..).is_some_and(|end| second > end)
}
