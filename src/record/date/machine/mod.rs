//! Dates in fields for machines: ISO 8601, W3CDTF, DCMI Period, and the codes of MARC.
//!
//! These fields are not prose and not EDTF. `9999`, `0000`, `uuuu` and blanks stand for a date that
//! is open or not known, never for a year. `-1938` is an end without a beginning, and `19uu` a
//! century. Signs that only EDTF has are read as in EDTF.

mod duration;
mod end;

use std::borrow::Cow;

use self::duration::parse_duration;
use self::end::{End, parse_end, whole_number};
use super::day::days_in_month;
use super::doubt::Doubt;
use super::span::{DateSpan, ParsedDate};

/// The longest text that is parsed, in bytes. No code is longer.
const MAX_CODE_BYTES: usize = 300;

/// Years before Christ from here on have four digits, as have years with a dash before them.
const FIRST_YEAR_AFTER_DASH: i64 = 1000;

/// The years that four digits may be.
pub(super) const PLAIN_YEARS: std::ops::RangeInclusive<i64> = 1000..=2099;

/// The year that stands for an end that is not known.
pub(super) const PLACEHOLDER_END: i64 = 9999;

/// Parses a code. Returns `None` for a text that is no code.
///
/// A code for a date that is not known gives [`ParsedDate::Undated`]. An impossible month or day is
/// left out, with a doubt.
///
/// ```
/// use fonds::record::ParsedDate;
/// use fonds::record::date::machine::parse;
///
/// let edtf = |code: &str| parse(code)?.0.span().map(|span| span.to_edtf());
/// assert_eq!(edtf("19450712").as_deref(), Some("1945-07-12"));
/// assert_eq!(edtf("1920-01-01/9999-12-31").as_deref(), Some("1920-01-01/.."));
/// assert_eq!(edtf("19uu").as_deref(), Some("19XX"));
/// assert_eq!(edtf("start=1914; end=1918;").as_deref(), Some("1914/1918"));
/// assert_eq!(parse("9999").unwrap().0, ParsedDate::Undated);
/// assert_eq!(parse("July 1945"), None);
/// ```
pub fn parse(code: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    let code = code.trim();
    if code.len() > MAX_CODE_BYTES {
        return None;
    }
    if let Some(period) = parse_period(code) {
        return Some(period);
    }
    if code.contains('P')
        && let Some(span) = parse_duration(code)
    {
        return Some((ParsedDate::Span(span), Vec::new()));
    }
    if !is_short_range(code)
        && let Some(end) = parse_end(code)
    {
        return Some(end.into_single(code));
    }
    let (start, end) = split_range(code)?;
    parse_range(start, &complete_end(start, end))
}

/// Parses the codes of the first and the last date of a range. An end that is not known is open.
///
/// Ends in the wrong order are swapped, with a doubt.
///
/// Returns `None` if one of them is no code.
pub fn parse_range(start: &str, end: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    let (first, last) = (parse_end(start.trim())?, parse_end(end.trim())?);
    let mut doubts = Vec::new();
    let mut span_of = |end: End, code: &str| match end {
        End::Unknown => None,
        End::Known(span) => Some(span),
        End::Impossible(span) => {
            doubts.push(Doubt::Impossible { part: code.trim().to_owned() });
            Some(span)
        }
    };
    let parsed = match (span_of(first, start), span_of(last, end)) {
        (None, None) => ParsedDate::Undated,
        (Some(first), None) => ParsedDate::Span(first.without_end()),
        (None, Some(last)) => ParsedDate::Span(last.without_start()),
        (Some(first), Some(last)) => {
            if last.latest < first.earliest {
                doubts.push(Doubt::Reversed { part: format!("{}/{}", start.trim(), end.trim()) });
            }
            ParsedDate::Span(first.through(last))
        }
    };
    Some(with_doubts(parsed, doubts))
}

/// Parses `1945`, `1945-07-12` and `1943-1945`, the most frequent forms, and a camera's `1945:07:12`.
pub(super) fn parse_plain_iso(text: &str) -> Option<DateSpan> {
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok())?
    };
    let year = number(text.get(..4)?).filter(|year| PLAIN_YEARS.contains(year))?;
    match text.len() {
        4 => Some(DateSpan::year(year)),
        // A camera's day and time: `1945:07:12 10:00:00`.
        19 if text.get(4..5)? == ":" && text.get(10..11)? == " " => {
            parse_plain_iso(text.get(..10)?)
        }
        10 if ["-", ":"].contains(&text.get(4..5)?) && text.get(7..8) == text.get(4..5) => {
            let month = number(text.get(5..7)?)
                .and_then(|month| u8::try_from(month).ok())
                .filter(|month| (1..=12).contains(month))?;
            let day = number(text.get(8..)?).and_then(|day| u8::try_from(day).ok())?;
            (day > 0 && day <= days_in_month(year, month)).then(|| DateSpan::day(year, month, day))
        }
        9 if text.get(4..5)? == "-" => {
            let last = number(text.get(5..)?).filter(|last| PLAIN_YEARS.contains(last))?;
            (year < last).then(|| DateSpan::year(year).through(DateSpan::year(last)))
        }
        _ => None,
    }
}

/// Whether a year stands for a year that is not known: `0000`, `9999`.
pub(super) fn is_placeholder_year(year: i64) -> bool {
    year == 0 || year == PLACEHOLDER_END
}

/// Whether a year like `0000` or `9999` is in a text.
pub(super) fn has_placeholder_year(text: &str) -> bool {
    text.contains("9999") || text.contains("0000")
}

/// Marks the span as doubtful if there are doubts.
fn with_doubts(parsed: ParsedDate, doubts: Vec<Doubt>) -> (ParsedDate, Vec<Doubt>) {
    let doubtful = !doubts.is_empty();
    match parsed {
        ParsedDate::Span(span) => (ParsedDate::Span(DateSpan { doubtful, ..span }), doubts),
        other => (other, doubts),
    }
}

/// Parses a DCMI Period; `None` for any other text.
pub(super) fn parse_period(code: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    let (start, end) = period_ends(code)?;
    parse_range(start, end)
}

/// Returns the start and end of a DCMI Period: `name=The Great War; start=1914; end=1918;`.
///
/// See <https://www.dublincore.org/specifications/dublin-core/dcmi-period/>.
fn period_ends(code: &str) -> Option<(&str, &str)> {
    let parts = || code.split(';').filter_map(|part| part.split_once('='));
    let part = |name: &str| {
        let mut named = parts().filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    };
    match (part("start"), part("end")) {
        (None, None) => None,
        (start, end) => Some((start.unwrap_or(""), end.unwrap_or(""))),
    }
}

/// Whether the text is a range of years whose end has two digits: `1945-46`, `1901/24`.
fn is_short_range(code: &str) -> bool {
    let Some((first, second)) = code.split_once(['-', '/']) else { return false };
    let number = whole_number(second).filter(|_| second.len() == 2);
    whole_number(first)
        .filter(|_| first.len() == 4)
        .zip(number)
        .is_some_and(|(year, number)| number > 12 && number > year % 100)
}

/// Completes the shortened end of a range with the year and month of its start: `1945-07-12/15`.
fn complete_end<'e>(start: &str, end: &'e str) -> Cow<'e, str> {
    let is_part = [2, 5].contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && end.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let same = start.len().checked_sub(end.len()).and_then(|length| start.get(..length));
    // 1945-W28/W30
    if end.starts_with('W') && start.get(4..).is_some_and(|rest| rest.starts_with("-W")) {
        return Cow::Owned(format!("{}{end}", start.get(..5).unwrap_or("")));
    }
    match same.filter(|same| is_part && same.len() >= 2) {
        Some(same) => Cow::Owned(format!("{same}{end}")),
        None => Cow::Borrowed(end),
    }
}

/// Splits a range at the sign between its ends.
fn split_range(code: &str) -> Option<(&str, &str)> {
    for sign in [" - ", "--", "–", "—", " to ", ".."] {
        if let Some(ends) = code.split_once(sign) {
            return Some(ends);
        }
    }
    if let Some(ends) = code.split_once('/').filter(|(_, end)| !end.contains('/')) {
        return Some(ends);
    }
    if is_short_range(code) {
        return code.split_once('-');
    }
    let middle = code.len() / 2;
    let ends = (code.get(..middle)?, code.get(middle + 1..)?);
    let is_dash = code.as_bytes().get(middle) == Some(&b'-');
    if is_dash && ends.0.len() == ends.1.len() && ends.0.len() >= 4 {
        return Some(ends);
    }
    code.strip_suffix('-').map(|start| (start, ""))
}
