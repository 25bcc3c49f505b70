//! Parsing the Extended Date/Time Format (Library of Congress, 4 February 2019), levels 0 to 2,
//! into a span of days.
//!
//! The crate `edtf-core` checks the grammar. This module adds two features that the specification
//! allows and the crate refuses: masked digits and times of day in years before Christ.

use edtf_core::{Bound, BoundDate, Date, DateField, Edtf, Precision as EdtfPrecision, YearKind};

use super::doubt::Doubt;
use super::span::{DateSpan, Day, ParsedDate, Precision, SOUTHERN_SEASONS};

/// Parses a valid EDTF expression. Anything else gives `None`, even white space around it.
///
/// A set becomes the span from its first to its last day. The signs `?`, `~` and `%` apply to the
/// whole date, wherever they are. An unknown end (`1945/`) is open, like `..`. A time of day is
/// checked and dropped.
///
/// ```
/// use fonds::record::date::edtf;
///
/// let span = edtf::parse("1945-07~/1946").unwrap();
/// assert_eq!(span.earliest.to_string(), "1945-07-01");
/// assert_eq!(span.latest.to_string(), "1946-12-31");
/// assert!(span.approximate);
/// assert_eq!(edtf::parse("July 1945"), None);
/// ```
pub fn parse(text: &str) -> Option<DateSpan> {
    match Edtf::parse(&replace_masked_digits(text)) {
        Ok(Edtf::DateTime(_)) => parse_single(text.split('T').next()?),
        Ok(Edtf::Interval(_)) => parse_interval(text),
        Ok(Edtf::Set(_)) => parse_set(text),
        Ok(Edtf::Date(_)) => parse_single(text),
        Err(_) => parse_bc_date_with_time(text),
    }
}

/// Parses the content of a field that is declared to be EDTF, with what is doubtful about it.
///
/// Two habits that the specification does not allow are read as they are meant: blanks behind the
/// commas of a set, and `?~` for `%`. The ends of an interval in the wrong order are swapped, with a
/// doubt.
///
/// ```
/// use fonds::record::date::edtf;
///
/// let edtf = |text: &str| edtf::parse_field(text)?.0.span().map(|span| span.to_edtf());
/// assert_eq!(edtf("[1667,1668, 1670..1672]").as_deref(), Some("1667/1672"));
/// assert_eq!(edtf("1985?~").as_deref(), Some("1985%"));
/// assert_eq!(edtf("1945/1943").as_deref(), Some("1943/1945"));
/// ```
pub fn parse_field(text: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    let text = text.trim();
    let understood = |span: DateSpan| (ParsedDate::Span(span), Vec::new());
    if let Some(span) = parse(text) {
        return Some(understood(span));
    }
    let tidied = text.replace("?~", "%").replace("~?", "%");
    let tidied = if is_set(&tidied) { tidied.replace(' ', "") } else { tidied };
    if let Some(span) = parse(&tidied) {
        return Some(understood(span));
    }
    let (start, end) = tidied.split_once('/')?;
    let (first, last) = (parse_single(start)?, parse_single(end)?);
    let is_reversed = last.latest < first.earliest;
    let doubt = Doubt::Reversed { part: text.to_owned() };
    let span = DateSpan { doubtful: true, ..first.through(last) };
    is_reversed.then(|| (ParsedDate::Span(span), vec![doubt]))
}

/// Whether a text looks like a set: `[1667,1668]`, `{1943..1945}`.
pub(crate) fn is_set(text: &str) -> bool {
    let is_between = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    (is_between('[', ']') || is_between('{', '}')) && (text.contains(',') || text.contains(".."))
}

/// Returns the members of a valid set, each as the span of its first to its last day.
pub(crate) fn set_members(text: &str) -> Option<Vec<DateSpan>> {
    let text = text.replace(' ', "");
    parse(&text).filter(|_| is_set(&text))?;
    text.get(1..text.len().checked_sub(1)?)?.split(',').map(parse_member).collect()
}

/// Parses a date with a time of day in a year before Christ, which `edtf-core` refuses.
fn parse_bc_date_with_time(text: &str) -> Option<DateSpan> {
    let positive = text.strip_prefix('-')?;
    let Ok(Edtf::DateTime(_)) = Edtf::parse(positive) else { return None };
    parse_single(text.split('T').next()?)
}

/// Parses a valid interval. Each end is as precise as it is written.
fn parse_interval(text: &str) -> Option<DateSpan> {
    match text.split_once('/')? {
        ("" | "..", end) => Some(parse_member(end)?.without_start()),
        (start, "" | "..") => Some(parse_member(start)?.without_end()),
        (start, end) => Some(parse_member(start)?.through(parse_member(end)?)),
    }
}

/// Parses a valid set as the span that covers all its members.
fn parse_set(text: &str) -> Option<DateSpan> {
    let mut members = text.get(1..text.len().checked_sub(1)?)?.split(',').map(parse_member);
    let first = members.next()??;
    members.try_fold(first, |sum, member| Some(sum.union(member?)))
}

/// Parses a member of a set: a date, or a range written with `..`. One end of a range may be missing.
fn parse_member(text: &str) -> Option<DateSpan> {
    match text.split_once("..") {
        None => parse_single(text),
        Some(("", end)) => Some(parse_single(end)?.without_start()),
        Some((start, "")) => Some(parse_single(start)?.without_end()),
        Some((start, end)) => Some(parse_single(start)?.union(parse_single(end)?)),
    }
}

/// Parses one date without a time of day.
fn parse_single(text: &str) -> Option<DateSpan> {
    let after_flag = text.trim_start_matches(['?', '~', '%']);
    let mirrored = after_flag.starts_with('-') && replace_masked_digits(text) != text;
    let text = if mirrored { text.replacen('-', "", 1) } else { text.to_owned() };
    let Ok(Edtf::Date(date)) = Edtf::parse(&text) else { return None };
    let (first, last) = bounds(&date, mirrored);
    let precision = precision(&date);
    let span = DateSpan::new(first, last, precision);
    Some(DateSpan {
        approximate: date.is_approximate() || date.year.significant_digits.is_some(),
        uncertain: date.is_uncertain(),
        ..span
    })
}

/// Returns the first and the last day of a date. If `mirrored`, years count backwards from year 0.
fn bounds(date: &Date, mirrored: bool) -> (Day, Day) {
    let bounds = Edtf::Date(*date).bounds();
    let out_of_range = if is_negative(date) { Day::EARLIEST_REAL } else { Day::LATEST_REAL };
    let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
        return (out_of_range, out_of_range);
    };
    let (first_year, last_year) =
        if mirrored { (-last.year, -first.year) } else { (first.year, last.year) };
    let day = |year: i64, bound: BoundDate| Day::from_ymd(year, bound.month, bound.day);
    (day(first_year, first), day(last_year, last))
}

/// Whether the year is below zero.
fn is_negative(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    }
}

/// Returns how much of the date is known. A part whose digits are all masked is unknown.
fn precision(date: &Date) -> Precision {
    let is_known = |field: Option<DateField>| {
        field.is_some_and(|field| field.digits.iter().any(Option::is_some))
    };
    if is_known(date.day) {
        return Precision::Day;
    }
    if is_known(date.month) {
        let number = date.month.map_or(0, |month| {
            month.digits.iter().flatten().fold(0, |number, digit| number * 10 + digit)
        });
        let is_season =
            date.precision() == EdtfPrecision::Season && !SOUTHERN_SEASONS.contains(&number);
        return if is_season { Precision::Season } else { Precision::Month };
    }
    let YearKind::Standard { digits, .. } = date.year.kind else { return Precision::Year };
    match digits.iter().position(Option::is_none) {
        None => Precision::Year,
        Some(3) => Precision::Decade,
        Some(2) => Precision::Century,
        Some(_) => Precision::Millennium,
    }
}

/// Replaces each masked digit in a year before Christ with a digit, so that `edtf-core` accepts it.
///
/// At the start of an interval it becomes a 9 (an early year), elsewhere a 1 (a late year), because
/// the end of an interval must follow its start.
fn replace_masked_digits(text: &str) -> String {
    let slash = text.find('/').unwrap_or(0);
    let mut is_date_start = true;
    let mut year_end = 0;
    let replace = |(at, letter): (usize, char)| {
        if letter == '-' && is_date_start {
            year_end = at + 5;
        }
        is_date_start = match letter {
            '/' | ',' | '.' | '[' | '{' => true,
            '?' | '~' | '%' => is_date_start,
            _ => false,
        };
        match letter {
            'X' if at < year_end && at < slash => '9',
            'X' if at < year_end => '1',
            other => other,
        }
    };
    text.char_indices().map(replace).collect()
}
