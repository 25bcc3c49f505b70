//! Parsing the many ways in which archives write dates, into spans of days.
//!
//! `tokens.rs` splits a text into tokens, whose words `languages.rs` knows. `rules.rs` and
//! `numeric.rs` build partial dates from them in a `DateBuilder`. `resolve.rs` fills in what one
//! date takes from its neighbours (`1992 October-December`, `April 23, 24, 1934`). A list of dates
//! becomes the span from its first day to its last.
//!
//! Archives differ, so these cases are decided here:
//!
//! - `1996-97` is a range and `1996-07` a month.
//! - `7/12/1945`, where both numbers may be the month, gives only the year, which is uncertain.
//! - `1800s` is a century and `2000s` a decade.
//! - "early", "late" and similar words keep the whole span and make it approximate.

mod builder;
mod languages;
mod numeric;
mod resolve;
mod rules;
mod tokens;

use super::doubt::Doubt;
use super::edtf;
use super::span::{DateSpan, ParsedDate};
use builder::DateBuilder;

/// The longest text that is parsed, in characters. No date is longer; the rest is ignored.
const MAX_TEXT_CHARS: usize = 1000;
/// The longest line that can be a date and nothing else, in bytes.
const MAX_LINE_BYTES: usize = 100;

/// Parses the text of a date. It never fails: other text is [`ParsedDate::Unreadable`].
///
/// Unknown words are ignored if the text also has a full year.
///
/// ```
/// use fonds::record::ParsedDate;
/// use fonds::record::date::text::parse;
///
/// let edtf = |text: &str| parse(text).span().map(|span| span.to_edtf());
/// assert_eq!(edtf("12 July 1945").as_deref(), Some("1945-07-12"));
/// assert_eq!(edtf("April 23, 24, 1934").as_deref(), Some("1934-04-23/1934-04-24"));
/// assert_eq!(edtf("1943–1945").as_deref(), Some("1943/1945"));
/// assert_eq!(edtf("circa 1970s").as_deref(), Some("197X~"));
/// assert_eq!(edtf("probably 1945").as_deref(), Some("1945?"));
/// assert_eq!(edtf("after 1946").as_deref(), Some("1947/.."));
///
/// assert_eq!(parse("undated"), ParsedDate::Undated);
/// assert_eq!(parse("a letter"), ParsedDate::Unreadable);
/// ```
pub fn parse(text: &str) -> ParsedDate {
    parse_with_doubts(text).0
}

/// Parses a text and returns what is doubtful about it: nothing for most texts.
pub fn parse_with_doubts(text: &str) -> (ParsedDate, Vec<Doubt>) {
    let text = text.trim();
    let (mut parsed, doubts) = parse_trimmed(text);
    if let ParsedDate::Span(span) = &mut parsed {
        span.doubtful = !doubts.is_empty();
    }
    (parsed, doubts)
}

/// Parses a trimmed text, with what is doubtful about it.
fn parse_trimmed(text: &str) -> (ParsedDate, Vec<Doubt>) {
    if text.is_empty() {
        return (ParsedDate::Undated, Vec::new());
    }
    if is_two_digits_later(text) && !is_short_range(text) {
        let other = "it may mean two years".to_owned();
        let parsed = parse_machine_form(text).map_or(ParsedDate::Unreadable, ParsedDate::Span);
        return (parsed, vec![Doubt::Ambiguous { part: text.to_owned(), other }]);
    }
    if let Some(span) = parse_machine_form(text) {
        return (ParsedDate::Span(span), Vec::new());
    }
    let dates = build_dates(text);
    let readable = !dates.has_foreign_words || dates.has_full_year();
    match dates.span().filter(|_| readable) {
        Some(span) if dates.ambiguous => {
            let other = "it may mean another date".to_owned();
            (ParsedDate::Span(span), vec![Doubt::Ambiguous { part: text.to_owned(), other }])
        }
        Some(span) => (ParsedDate::Span(span), Vec::new()),
        None if dates.is_undated() => (ParsedDate::Undated, Vec::new()),
        None => (ParsedDate::Unreadable, vec![Doubt::NotUnderstood]),
    }
}

/// Parses a line that is a date and nothing else, or that says that there is none.
///
/// Returns `None` for prose that only mentions a date.
pub fn parse_whole_line(text: &str) -> Option<ParsedDate> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_LINE_BYTES || build_dates(text).has_foreign_words {
        return None;
    }
    Some(parse(text)).filter(|parsed| *parsed != ParsedDate::Unreadable)
}

/// Returns a warning if a text cannot be parsed as a date, or may mean another date.
///
/// It is one sentence without a location. Most texts give no warning.
pub fn warning(text: &str) -> Option<String> {
    parse_with_warning(text).1
}

/// Parses a text and returns the warning about it, if any: [`parse`] and [`warning`] in one.
pub fn parse_with_warning(text: &str) -> (ParsedDate, Option<String>) {
    let text = text.trim();
    let (parsed, doubts) = parse_with_doubts(text);
    let warning = doubts.first().map(|doubt| doubt.describe(text, parsed));
    (parsed, warning)
}

/// Parses one date, or two with a dash or "to" between them, as a filter has them.
///
/// Lists, brackets, "undated" and incomplete dates give `None`.
pub fn parse_plain(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    let dates = build_dates(text);
    if let Some(span) = parse_machine_form(text) {
        return Some(span);
    }
    let is_plain =
        !dates.has_foreign_words && !dates.is_complex && !dates.inferred && dates.dates.len() <= 2;
    dates.span().filter(|_| is_plain && dates.is_complete())
}

/// Whether the name of a month begins with these letters. Case does not matter; one letter
/// suffices.
pub fn is_month_prefix(letters: &str) -> bool {
    languages::is_month_prefix(&letters.to_lowercase())
}

/// Splits a text into tokens and builds the dates in it.
fn build_dates(text: &str) -> DateBuilder {
    let end = text.char_indices().nth(MAX_TEXT_CHARS).map_or(text.len(), |(at, _)| at);
    DateBuilder::from_tokens(&tokens::tokenize(text.get(..end).unwrap_or("")))
}

/// Parses a text as EDTF, except for two forms that mean something else in finding aids.
///
/// `[1994]` is a date that the archivist supplied, and `1901-24` is a range of years.
fn parse_machine_form(text: &str) -> Option<DateSpan> {
    if text.starts_with('[') || is_short_range(text) {
        return None;
    }
    edtf::parse(text)
}

/// Whether the text is a short range such as `1901-24`, whose second number cannot be a month.
fn is_short_range(text: &str) -> bool {
    is_two_digits_later(text) && text.get(5..).is_some_and(|second| second > "12")
}

/// Whether the text is a year, a hyphen and two digits that give a later year of the same century.
fn is_two_digits_later(text: &str) -> bool {
    let Some((first, second)) = text.split_once('-') else { return false };
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(first, 4) && digits(second, 2) && first.get(2..).is_some_and(|end| second > end)
}
