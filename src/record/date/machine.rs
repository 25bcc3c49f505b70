//! Dates in fields for machines: ISO 8601, W3CDTF, DCMI Period, and the codes of MARC.
//!
//! These fields are not prose and not EDTF. `9999`, `0000`, `uuuu` and blanks stand for a date that
//! is open or not known, never for a year. `-1938` is an end without a beginning, and `19uu` a
//! century. Signs that only EDTF has are read as in EDTF.

use std::borrow::Cow;

use super::day::days_in_month;
use super::doubt::Doubt;
use super::edtf;
use super::span::{DateSpan, Day, ParsedDate, Precision};

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
        (Some(first), Some(last)) => ParsedDate::Span(first.through(last)),
    };
    Some(with_doubts(parsed, doubts))
}

/// Parses `1945` and `1945-07-12`, the most frequent forms.
pub(super) fn parse_plain_iso(text: &str) -> Option<DateSpan> {
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok())?
    };
    let year = number(text.get(..4)?).filter(|year| PLAIN_YEARS.contains(year))?;
    match text.len() {
        4 => Some(DateSpan::year(year)),
        10 if text.get(4..5)? == "-" && text.get(7..8)? == "-" => {
            let month = number(text.get(5..7)?)
                .and_then(|month| u8::try_from(month).ok())
                .filter(|month| (1..=12).contains(month))?;
            let day = number(text.get(8..)?).and_then(|day| u8::try_from(day).ok())?;
            (day > 0 && day <= days_in_month(year, month)).then(|| DateSpan::day(year, month, day))
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

/// Parses a date with a duration of ISO 8601 in front or behind: `1945-07/P2M`, `P3D/1945-07-12`.
fn parse_duration(code: &str) -> Option<DateSpan> {
    let (first, last) = code.split_once('/')?;
    let known = |code: &str| match parse_end(code)? {
        End::Known(span) => Some(span),
        End::Unknown | End::Impossible(_) => None,
    };
    let span = if let Some(duration) = last.strip_prefix('P') {
        let start = known(first)?;
        let end = Duration::parse(duration)?.add_to(start.earliest, 1).previous();
        DateSpan { latest: end.max(start.latest), ..start }
    } else {
        let end = known(last)?;
        let start = Duration::parse(first.strip_prefix('P')?)?.add_to(end.latest.next(), -1);
        DateSpan { earliest: start.min(end.earliest), ..end }
    };
    Some(span.with_fitting_precision())
}

/// A duration of ISO 8601 without its time of day.
#[derive(Default)]
struct Duration {
    months: i64,
    days: i64,
}

impl Duration {
    /// Parses a duration behind its `P`: `2M`, `1Y6M`, `3DT2H`.
    fn parse(text: &str) -> Option<Duration> {
        let mut duration = Duration::default();
        let (mut rest, time) =
            text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        if text.is_empty() || time.is_some_and(|time| !time.ends_with(['H', 'M', 'S'])) {
            return None;
        }
        while !rest.is_empty() {
            let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let count = i64::from(whole_number(rest.get(..end)?)?);
            match rest.as_bytes().get(end)? {
                b'Y' => duration.months += count * 12,
                b'M' => duration.months += count,
                b'W' => duration.days += count * 7,
                b'D' => duration.days += count,
                _ => return None,
            }
            rest = rest.get(end + 1..)?;
        }
        Some(duration)
    }

    /// Returns the day this much later, or earlier if `sign` is -1.
    fn add_to(&self, day: Day, sign: i64) -> Day {
        let (year, month, day_of_month) = day.to_ymd();
        let months = year * 12 + i64::from(month) - 1 + sign * self.months;
        let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
        let moved = Day::from_ymd(months.div_euclid(12), month, day_of_month);
        Day(moved.0.saturating_add(sign * self.days))
    }
}

impl DateSpan {
    /// Returns the span with the precision of a day, unless it ends with a whole month or year as its
    /// precision says.
    fn with_fitting_precision(self) -> DateSpan {
        let (_, first_month, first_day) = self.earliest.to_ymd();
        let (_, month, day) = self.latest.next().to_ymd();
        let is_whole = match self.start_precision {
            Precision::Month => day == 1 && first_day == 1,
            Precision::Year => (month, day, first_month, first_day) == (1, 1, 1, 1),
            _ => false,
        };
        let precision = if is_whole { self.start_precision } else { Precision::Day };
        DateSpan { start_precision: precision, end_precision: precision, ..self }
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

/// One end of a range, or a single date.
enum End {
    /// Open, or not known.
    Unknown,
    /// A date.
    Known(DateSpan),
    /// The possible part of an impossible date.
    Impossible(DateSpan),
}

impl End {
    /// Returns the end as a date of its own.
    fn into_single(self, code: &str) -> (ParsedDate, Vec<Doubt>) {
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
fn parse_end(code: &str) -> Option<End> {
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
            Some(End::Known(day_after(Day::from_ymd(year, 1, 1), i64::from(number) - 1)))
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
fn whole_number(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}
