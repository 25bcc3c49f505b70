//! The forms in which most archives write years that are not certain, read without tokens: `circa 1926`,
//! `ca. 1950s`, `circa 1917-1921`, `[1917]`, `[1917?]-1921`.
//!
//! They give what the rules give, in far fewer steps.

use super::frequent::MIN_YEAR;
use super::numeric::YEARS;
use crate::record::date::span::DateSpan;

/// The longest text of these forms, in bytes.
const MAX_BYTES: usize = "circa 1917-1921".len();

/// Reads a text that is one year or decade, or two years with a hyphen between them, about which
/// "circa", brackets or a question mark say that it is not certain.
pub(super) fn parse(text: &str) -> Option<DateSpan> {
    if text.len() > MAX_BYTES || !text.starts_with(['c', '[']) {
        return None;
    }
    if let Some(years) = text.strip_prefix("circa ").or_else(|| text.strip_prefix("ca. ")) {
        let span = decade(years).or_else(|| first_and_last(years))?;
        return Some(DateSpan { approximate: true, ..span });
    }
    first_and_last(text).filter(|span| span.inferred)
}

/// Reads a year, or two years in their order: `1926`, `[1917?]-1921`. Brackets around the second alone may
/// say that it is the year of another calendar.
fn first_and_last(text: &str) -> Option<DateSpan> {
    let Some((first, last)) = text.split_once('-') else { return year(text) };
    let (first, last) = (year(first)?, DateSpan::year(number(last)?));
    (first.latest < last.earliest).then(|| first.through(last))
}

/// Reads a year, perhaps one that an archivist supplied: `1917`, `[1917]`, `[1917?]`.
fn year(text: &str) -> Option<DateSpan> {
    let Some(inside) = text.strip_prefix('[') else { return number(text).map(DateSpan::year) };
    let inside = inside.strip_suffix(']')?;
    let digits = inside.strip_suffix('?').unwrap_or(inside);
    let uncertain = digits.len() < inside.len();
    Some(DateSpan { inferred: true, uncertain, ..DateSpan::year(number(digits)?) })
}

/// Reads a decade that is not the first of its century, which may be the century itself: `1950s`.
fn decade(text: &str) -> Option<DateSpan> {
    let first = number(text.strip_suffix('s')?)?;
    (first % 10 == 0 && first % 100 != 0).then(|| DateSpan::decade(first))
}

/// Returns a number of four digits that is a year and no time of day.
fn number(text: &str) -> Option<i64> {
    let is_number = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = if is_number { text.parse().ok()? } else { return None };
    (MIN_YEAR..=*YEARS.end()).contains(&year).then_some(year)
}
