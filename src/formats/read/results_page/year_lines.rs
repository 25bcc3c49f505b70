//! The lines below headings of years: months, days with titles, and other text.

use super::orders::{DATE_NAME, REFERENCE_NAME, TITLE_NAME};
use super::page_body::{PageBody, TextLine};
use crate::formats::read::html::is_reference;
use crate::formats::read::whole_dates::{
    is_day_and_month, is_undated, is_whole_date, says_undated, split_start_date,
};
use crate::record::Date;
use crate::record::date::text::is_month_prefix;

/// What stands between a day and a title.
const SEPARATORS: [&str; 8] = [": ", " - ", " – ", " — ", ", ", "\t", " | ", "  "];

/// Signs between a day and a title that has only a blank before it.
const SIGNS: [char; 5] = [':', ',', '–', '—', '-'];

/// A line of a page whose years are headings.
pub(super) enum YearLine<'t> {
    /// The year of the lines below.
    Year(&'t str),
    /// The month of the lines below.
    Month,
    /// A record.
    Dated { date: String, title: &'t str, kind: DateKind },
    /// The title of the day in the line above.
    Title,
    /// A part of the record above, or a record without a day.
    Text,
}

/// Where the year of a line is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateKind {
    /// The heading has it.
    OfHeading,
    /// The line has the year of the heading, too.
    Own,
    /// The line has a year that is not that of the heading.
    OfAnotherYear,
    /// The line says that it has no date.
    None,
}

impl YearLine<'_> {
    /// Whether the line is a heading.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self, YearLine::Year(_) | YearLine::Month)
    }

    /// Whether the line begins a record.
    pub(super) fn is_dated(&self) -> bool {
        matches!(self, YearLine::Dated { .. })
    }

    /// Whether the heading completes the date.
    pub(super) fn is_day_of_heading(&self) -> bool {
        matches!(self, YearLine::Dated { kind: DateKind::OfHeading, .. })
    }
}

/// The headings above a line.
#[derive(Clone, Copy, Debug, Default)]
struct Headings<'t> {
    year: &'t str,
    month: Option<&'t str>,
}

/// Whether a line is a day without a year, or says that it has no date, and has a title behind it: `12 July: Letter`.
pub(in crate::formats::read) fn is_line_below_year(text: &str) -> bool {
    // Any leap year has all days.
    let split = split_line(text, Headings { year: "1904", month: None });
    split.is_some_and(|(_, _, kind)| matches!(kind, DateKind::OfHeading | DateKind::None))
}

/// Returns the year that a line is, perhaps with the number of its records: `1945`, `1945:`, `1945 (2)`.
pub(in crate::formats::read) fn year_of(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(':');
    let is_number = |number: &str| {
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let counted = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let (year, number) = text.strip_suffix(close)?.split_once(open)?;
        is_number(number).then(|| year.trim_end())
    });
    let year = counted.unwrap_or(text);
    (year.len() == 4 && is_whole_date(year)).then_some(year)
}

/// Returns the month and the year that a line is: `July 1945`, `July 1945:`.
pub(super) fn month_and_year_of(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(':');
    let (month, year) = text.split_once(' ')?;
    let is_month = is_month_prefix(month.trim_end_matches(['.', ',']));
    (is_month && year_of(year).is_some() && is_whole_date(text)).then_some((month, year))
}

/// Returns the month and the year of a heading. A line with a bullet is an item.
fn month_heading<'t>(line: &TextLine<'t>) -> Option<(&'t str, &'t str)> {
    month_and_year_of(line.text).filter(|_| !line.has_bullet)
}

/// Returns the index of the first heading.
pub(super) fn first_heading(body: &PageBody<'_>) -> Option<usize> {
    body.lines.iter().position(|line| year_of(line.text).is_some() || month_heading(line).is_some())
}

/// Tells what the lines from the first heading on are.
pub(super) fn year_lines<'t>(body: &PageBody<'t>, first: usize) -> Vec<YearLine<'t>> {
    let mut above = Headings::default();
    let mut found = Vec::new();
    let mut at = first;
    while at < body.lines.len() {
        let (text, below) = (body.text(at), body.text(at + 1));
        at += 1;
        if let Some(year) = year_of(text) {
            above = Headings { year, month: None };
            found.push(YearLine::Year(year));
        } else if let Some((month, year)) = body.lines.get(at - 1).and_then(month_heading) {
            above = Headings { year, month: Some(month) };
            found.push(YearLine::Year(year));
        } else if is_month_above(text, above, below) {
            above.month = Some(text.trim_end_matches(':'));
            found.push(YearLine::Month);
        } else if let Some((date, title, kind)) = split_line(text, above) {
            found.push(YearLine::Dated { date, title, kind });
        } else if let Some(date) = day_above_title(text, below, above) {
            found.extend([
                YearLine::Dated { date, title: below, kind: DateKind::OfHeading },
                YearLine::Title,
            ]);
            at += 1;
        } else {
            found.push(YearLine::Text);
        }
    }
    found
}

/// Whether a line is a month with days of it below: `July` above `12: Keller to Weidl` or `12 July: Keller to Weidl`.
fn is_month_above(text: &str, above: Headings<'_>, below: &str) -> bool {
    let month = text.trim_end_matches(':');
    let of_month = || split_line(below, Headings { month: Some(month), ..above });
    let has_day = || of_month().is_some_and(|(_, _, kind)| kind == DateKind::OfHeading);
    !month.contains(char::is_whitespace)
        && is_month_prefix(month.trim_end_matches('.'))
        && is_whole_date(&format!("{month} {}", above.year))
        && has_day()
}

/// Returns the date of a line that is only a day and a month, with a title in the line below.
fn day_above_title(text: &str, below: &str, above: Headings<'_>) -> Option<String> {
    let is_title = || {
        below.chars().any(char::is_alphabetic)
            && year_of(below).is_none()
            && month_and_year_of(below).is_none()
            && completed_day(below, above).is_none()
            && split_line(below, above).is_none()
    };
    completed_day(text.trim_end_matches(':'), above).filter(|_| is_title())
}

/// A line below a year taken apart: its date with the year, its title, and where the year is from.
type SplitLine<'t> = (String, &'t str, DateKind);

/// Splits a line that begins or ends with a date.
fn split_line<'t>(text: &'t str, above: Headings<'_>) -> Option<SplitLine<'t>> {
    let found = SEPARATORS.iter().find_map(|separator| {
        let first = || text.split_once(separator);
        let last = || text.rsplit_once(separator).map(|(title, day)| (day, title));
        let dated = |(day, title): (&str, &'t str)| {
            let (date, kind) = date_of(day.trim(), above)?;
            Some((date, title.trim(), kind))
        };
        // A month or a number alone behind a title may be a part of it, and another year that of what the title is about.
        let is_sure =
            |(day, _): &(&str, &str)| !is_month_prefix(day.trim()) && !is_day_number(day.trim());
        let is_of_year = |(_, _, kind): &SplitLine<'_>| *kind != DateKind::OfAnotherYear;
        first()
            .and_then(dated)
            .or_else(|| last().filter(is_sure).and_then(dated).filter(is_of_year))
    });
    let before_words = || {
        let (date, title) = split_start_date(text)?;
        let span = Date::parse(date).span().filter(|span| span.earliest == span.latest)?;
        Some((date.to_owned(), title, own_kind(span.earliest.to_ymd().0, above.year)))
    };
    let found = found
        .or_else(before_words)
        .or_else(|| day_before_blank(text, above))
        .or_else(|| day_at_end(text, above));
    found.filter(|(_, title, _)| title.chars().any(char::is_alphabetic))
}

/// Splits a line in which only a blank stands between the day and the title: `12.7. Keller an Weidl`. The title begins
/// with a capital letter or a quotation mark.
fn day_before_blank<'t>(text: &'t str, above: Headings<'_>) -> Option<SplitLine<'t>> {
    let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).take(2).collect();
    ends.into_iter().rev().find_map(|end| {
        let (day, title) = (text.get(..end)?.trim_end_matches(SIGNS), text.get(end..)?.trim());
        let is_title = title
            .starts_with(|letter: char| letter.is_uppercase() || "\"“„«»‘'[(".contains(letter));
        // `12 Letters` are so many.
        let may_be_day = !is_day_number(day) || day.ends_with('.');
        let date = completed_day(day, above).filter(|_| is_title && may_be_day)?;
        Some((date, title, DateKind::OfHeading))
    })
}

/// Splits a line that ends with a day in brackets, or with a day and a month behind a name: `Keller to Weidl (12 July)`,
/// `Keller to Weidl 12 July`.
fn day_at_end<'t>(text: &'t str, above: Headings<'_>) -> Option<SplitLine<'t>> {
    if let Some((title, day)) = text.strip_suffix(')').and_then(|it| it.rsplit_once('(')) {
        let date = completed_day(day.trim(), above)?;
        return Some((date, title.trim(), DateKind::OfHeading));
    }
    let (at, _) = text.rmatch_indices(' ').nth(1)?;
    let (title, day) = (text.get(..at)?, text.get(at..)?.trim());
    let ends_with_name = title.rsplit(' ').next()?.starts_with(char::is_uppercase);
    let date = completed_day(day, above).filter(|_| ends_with_name && is_day_and_month(day))?;
    Some((date, title.trim(), DateKind::OfHeading))
}

/// Whether a text is a number that may be a day of a month: `12`, `12.`
fn is_day_number(text: &str) -> bool {
    let digits = text.trim_end_matches('.');
    (1..=2).contains(&digits.len()) && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// Whether a text is a day and a month in numbers: `12.7.`, `12. 7.`, `12.07`. `1.2` may be the number of a chapter.
fn is_day_in_numbers(text: &str) -> bool {
    let numbers: Vec<&str> = text.trim_end_matches('.').split('.').map(str::trim).collect();
    let is_padded = || numbers.iter().all(|number| number.len() == 2);
    let ends = text.ends_with('.') || is_padded();
    matches!(numbers.as_slice(), [day, month] if ends && is_day_number(day)
        && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month)))
}

/// Returns the day that a text is, with its month and year from the headings.
fn completed_day(text: &str, above: Headings<'_>) -> Option<String> {
    let year = above.year;
    let completed = if is_day_and_month(text) {
        let is_month_first = text.starts_with(char::is_alphabetic);
        format!("{text}{} {year}", if is_month_first { "," } else { "" })
    } else if is_day_in_numbers(text) {
        let numbers: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        format!("{}.{year}", numbers.trim_end_matches('.'))
    } else {
        let month = above.month.filter(|_| is_day_number(text))?;
        format!("{} {month} {year}", text.trim_end_matches('.'))
    };
    is_whole_date(&completed).then_some(completed)
}

/// Returns the date of a text below headings, and where its year is from.
fn date_of(text: &str, above: Headings<'_>) -> Option<(String, DateKind)> {
    if let Some(completed) = completed_day(text, above) {
        return Some((completed, DateKind::OfHeading));
    }
    let of_month = format!("{text} {}", above.year);
    if is_month_prefix(text) && is_whole_date(&of_month) {
        return Some((of_month, DateKind::OfHeading));
    }
    if is_undated(text) && says_undated(text) {
        return Some((text.to_owned(), DateKind::None));
    }
    let span = Date::parse(text).span().filter(|_| is_whole_date(text))?;
    let is_within_year =
        span.earliest.to_ymd().0 == span.latest.to_ymd().0 && year_of(text).is_none();
    is_within_year.then(|| (text.to_owned(), own_kind(span.earliest.to_ymd().0, above.year)))
}

/// Compares the year of a line with that of its heading.
fn own_kind(own: i64, year: &str) -> DateKind {
    if year.parse() == Ok(own) { DateKind::Own } else { DateKind::OfAnotherYear }
}

/// Returns the fields of a record: its title, without the reference in brackets or behind blanks at its end, and its date.
pub(super) fn fields_of(title: &str, date: &str) -> Vec<(String, String)> {
    let in_brackets = || title.strip_suffix(')')?.rsplit_once('(');
    let split = || in_brackets().or_else(|| title.rsplit_once("  "));
    let split = split().filter(|(title, reference)| {
        is_reference(reference.trim()) && title.chars().any(char::is_alphabetic)
    });
    let (title, reference) = split.map_or((title, None), |(title, it)| (title.trim(), Some(it)));
    let fields = [(TITLE_NAME, Some(title)), (DATE_NAME, Some(date)), (REFERENCE_NAME, reference)];
    let present = fields.into_iter().filter_map(|(name, text)| Some((name, text?.trim())));
    present.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
