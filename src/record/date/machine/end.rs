//! Single dates in fields for machines: a date alone, or one end of a range.

use super::{FIRST_YEAR_AFTER_DASH, has_placeholder_year, with_doubts};
use crate::record::date::doubt::Doubt;
use crate::record::date::edtf;
use crate::record::date::span::{DateSpan, Day, ParsedDate};

/// One end of a range, or a single date.
pub(super) enum End {
    /// Open, or not known.
    Unknown,
    /// A date.
    Known(DateSpan),
    /// The possible part of an impossible date.
    Impossible(DateSpan),
}

impl End {
    /// Returns the end as a date of its own.
    pub(super) fn into_single(self, code: &str) -> (ParsedDate, Vec<Doubt>) {
        match self {
            End::Unknown => (ParsedDate::Undated, Vec::new()),
            End::Known(span) => (ParsedDate::Span(span), Vec::new()),
            End::Impossible(span) => {
                let doubts = vec![Doubt::Impossible { part: code.to_owned() }];
                with_doubts(ParsedDate::Span(span), doubts)
            }
        }
    }
}

/// Parses a single date.
pub(super) fn parse_end(code: &str) -> Option<End> {
    if is_unknown(code) {
        return Some(End::Unknown);
    }
    let (date, flags) = split_flags(without_time(code));
    if let Some(end) = parse_calendar_date(date) {
        return Some(end.with_flags(flags));
    }
    // A range of years before Christ shows by its second dash that these are no open ends.
    if code.starts_with('-') != code.contains('/') {
        return None;
    }
    if code.starts_with('[') && !code.contains([',', '.']) {
        // Archivists put dates of their own in brackets.
        return None;
    }
    let draft = code.replace('u', "X").replace(['(', ')'], "");
    edtf::parse(&draft).filter(|_| !draft.contains("9999")).map(End::Known)
}

impl End {
    /// Adds the flags that the signs behind a date stand for.
    fn with_flags(self, flags: &str) -> End {
        let flagged = |span: DateSpan| DateSpan {
            approximate: flags.contains(['~', '%']),
            uncertain: flags.contains(['?', '%']),
            ..span
        };
        match self {
            End::Unknown => End::Unknown,
            End::Known(span) => End::Known(flagged(span)),
            End::Impossible(span) => End::Impossible(flagged(span)),
        }
    }
}

/// Whether a code says that the date is open or not known.
fn is_unknown(code: &str) -> bool {
    if ["..", "open", "unknown", "null", "present"].iter().any(|it| code.eq_ignore_ascii_case(it)) {
        return true;
    }
    if code.get(..4).is_some_and(has_placeholder_year) {
        let mut parts = without_time(code).split(['-', '/', '.']);
        let first_length = parts.next().map_or(0, str::len);
        return [4, 6, 8].contains(&first_length)
            && parts.all(|part| part.len() <= 2)
            && code.bytes().all(|byte| byte.is_ascii_digit() || b" -/:.TZ+".contains(&byte));
    }
    code.chars().all(|sign| "uUxX|#?_-/. ".contains(sign))
}

/// Removes the time of day, which follows a `T` or a space: `1945-07-12T10:00:00Z`.
fn without_time(code: &str) -> &str {
    let is_date = |date: &str| date.len() >= 8 && date.bytes().any(|byte| byte.is_ascii_digit());
    let is_time = |time: &str| {
        let is_time_sign = |byte: u8| byte.is_ascii_digit() || b":.,+-Z ".contains(&byte);
        time.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
            && time.bytes().all(is_time_sign)
    };
    match code.split_once(['T', 't', ' ']) {
        Some((date, time)) if is_date(date) && is_time(time) => date,
        _ => timestamp_date(code).unwrap_or(code),
    }
}

/// Returns the date of a time stamp of fourteen digits: `19450712103000`.
fn timestamp_date(code: &str) -> Option<&str> {
    let is_stamp = code.len() == 14 && code.bytes().all(|byte| byte.is_ascii_digit());
    code.get(..8).filter(|_| is_stamp)
}

/// Splits the signs of doubt off the end of a date. A year keeps signs that are masked digits.
fn split_flags(code: &str) -> (&str, &str) {
    let date = code.trim_end_matches(['?', '~', '%']);
    let has_full_year = date.bytes().filter(u8::is_ascii_digit).count() >= 4;
    if has_full_year { (date, code.get(date.len()..).unwrap_or("")) } else { (code, "") }
}

/// Parses year, month and day, with or without hyphens.
fn parse_calendar_date(code: &str) -> Option<End> {
    let dash = code.strip_prefix('-');
    let unsigned = dash.or(code.strip_prefix('+')).unwrap_or(code);
    let (year_digits, rest) = unsigned.split_at_checked(4)?;
    let Some(year) = whole_number(year_digits) else {
        let is_whole = rest.trim_matches(|sign| "-uUxX|#?".contains(sign)).is_empty();
        return parse_masked_year(year_digits)
            .filter(|_| is_whole && dash.is_none())
            .map(End::Known);
    };
    let year = i64::from(year);
    if dash.is_some() && year >= FIRST_YEAR_AFTER_DASH {
        let end = parse_parts(year, rest)?;
        return Some(match end {
            End::Known(span) => End::Known(span.without_start()),
            other => other,
        });
    }
    // A year before Christ, where 0000 is 1 BC.
    parse_parts(if dash.is_some() { -year } else { year }, rest)
}

/// Parses what follows a year: a month and a day, a week, or the number of a day.
fn parse_parts(year: i64, rest: &str) -> Option<End> {
    let separator = rest.chars().next().filter(|sign| "-/.".contains(*sign));
    if separator.is_some() && rest.len() == 1 {
        // A range with an open end.
        return None;
    }
    let parts: Vec<&str> = match separator {
        Some(sign) => rest.get(1..)?.split(sign).collect(),
        None if rest.is_empty() => Vec::new(),
        None if rest.starts_with(['W', 'w']) || rest.len() == 3 => vec![rest],
        None => [rest.get(..2)?, rest.get(2..)?].into_iter().filter(|it| !it.is_empty()).collect(),
    };
    match parts.as_slice() {
        [] => Some(End::Known(DateSpan::year(year))),
        [week, ..] if week.starts_with(['W', 'w']) => parse_week(year, &rest.replace('-', "")),
        // ISO 8601 numbers the days of a year with three digits.
        [number] if number.len() == 3 && separator != Some('/') => {
            let number = whole_number(number).filter(|number| (1..=366).contains(number))?;
            let day = day_after(Day::from_ymd(year, 1, 1), i64::from(number) - 1);
            // Only a leap year has a day 366.
            let is_possible = day.earliest.to_ymd().0 == year;
            Some(if is_possible { End::Known(day) } else { End::Impossible(DateSpan::year(year)) })
        }
        [month] => parse_month_and_day(year, month, ""),
        [month, day] => parse_month_and_day(year, month, day),
        _ => None,
    }
}

/// Parses a month, which may be a season of EDTF, and a day. Both may be missing or masked.
fn parse_month_and_day(year: i64, month: &str, day: &str) -> Option<End> {
    let is_missing = |part: &str| part.chars().all(|sign| "0uUxX|#? ".contains(sign));
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    if is_missing(month) {
        return is_missing(day).then(|| End::Known(DateSpan::year(year)));
    }
    let month = u8::try_from(whole_number(month)?).ok()?;
    let whole_month = match month {
        1..=12 => DateSpan::month(year, month),
        21..=41 => DateSpan::season(year, month),
        _ => return Some(End::Impossible(DateSpan::year(year))),
    };
    if is_missing(day) {
        return Some(End::Known(whole_month));
    }
    let day = u8::try_from(whole_number(day)?).ok()?;
    let span = DateSpan::day(year, month, day);
    let is_possible = month <= 12 && span.earliest.to_ymd() == (year, month, day);
    Some(if is_possible { End::Known(span) } else { End::Impossible(whole_month) })
}

/// Parses a week of ISO 8601, without hyphens: `W28`, `W284`.
fn parse_week(year: i64, text: &str) -> Option<End> {
    let (week, weekday) = text.get(1..)?.split_at_checked(2)?;
    let week = i64::from(whole_number(week).filter(|week| (1..=53).contains(week))?);
    // The first week has the fourth of January; weeks begin on Monday. Day 0 was a Thursday.
    let fourth = Day::from_ymd(year, 1, 4).0;
    let monday = Day(fourth - (fourth + 3).rem_euclid(7) + 7 * (week - 1));
    // A week is of the year that has its Thursday.
    if Day(monday.0 + 3).to_ymd().0 != year {
        return Some(End::Impossible(DateSpan::year(year)));
    }
    if weekday.is_empty() {
        let sunday = day_after(monday, 6);
        return Some(End::Known(day_after(monday, 0).through(sunday)));
    }
    let weekday = i64::from(whole_number(weekday).filter(|day| (1..=7).contains(day))?);
    Some(End::Known(day_after(monday, weekday - 1)))
}

/// Returns the day this many days later, as a span.
fn day_after(day: Day, days: i64) -> DateSpan {
    let (year, month, day) = Day(day.0.saturating_add(days)).to_ymd();
    DateSpan::day(year, month, day)
}

/// Parses a year with masked digits at its end: `194u`, `19uu`, `19--`, `1|||`.
fn parse_masked_year(digits: &str) -> Option<DateSpan> {
    let known = digits.trim_end_matches(|sign| "uUxX|#?-_".contains(sign));
    let number = i64::from(whole_number(known)?);
    match digits.len() - known.len() {
        1 => Some(DateSpan::decade(number * 10)),
        2 => Some(DateSpan::century(number * 100)),
        3 => edtf::parse(&format!("{number}XXX")),
        _ => None,
    }
}

/// Parses a number that consists of digits only.
pub(super) fn whole_number(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}
