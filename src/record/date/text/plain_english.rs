//! The forms in which most archives write one day, month or season, read without tokens: `July 12, 1945`,
//! `12 July 1945`, `July 1945`, `Spring 1945`.
//!
//! They give what the rules give, in far fewer steps.

use super::frequent::MIN_YEAR;
use super::numeric::YEARS;
use crate::record::date::day::days_in_month;
use crate::record::date::format::MONTH_NAMES;
use crate::record::date::span::DateSpan;

/// The seasons with their numbers in EDTF.
const SEASONS: [(&str, u8); 5] =
    [("Spring", 21), ("Summer", 22), ("Autumn", 23), ("Fall", 23), ("Winter", 24)];

/// Reads a text that is one day, month or season with its whole name, and a year of four digits.
pub(super) fn parse(text: &str) -> Option<DateSpan> {
    let (start, year) = text.rsplit_once(' ')?;
    let year = i64::from(number(year).filter(|_| year.len() == 4)?);
    if !(MIN_YEAR..=*YEARS.end()).contains(&year) {
        return None;
    }
    let (name, day) = match start.split_once(' ') {
        None => return month_or_season(start, year),
        Some((name, rest)) if rest.ends_with(',') => (name, rest.strip_suffix(',')?),
        Some((day, name)) => (name, day),
    };
    let day = number(day).filter(|_| day.len() <= 2)?;
    let (month, day) = (month(name)?, u8::try_from(day).ok()?);
    let is_day = (1..=days_in_month(year, month)).contains(&day);
    is_day.then(|| DateSpan::day(year, month, day))
}

/// Returns the span of a month or a season.
fn month_or_season(name: &str, year: i64) -> Option<DateSpan> {
    let season = || SEASONS.iter().find(|(season, _)| *season == name);
    let month = month(name).map(|month| DateSpan::month(year, month));
    month.or_else(|| season().map(|(_, code)| DateSpan::season(year, *code)))
}

/// Returns a number of at most four digits and nothing else.
fn number(text: &str) -> Option<u16> {
    let is_number = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Returns the number of a month, from 1.
fn month(name: &str) -> Option<u8> {
    let at = MONTH_NAMES.iter().position(|month| *month == name)?;
    u8::try_from(at + 1).ok()
}
