//! Copied pages and lists with headings of years, and below each the days of that year: `1945`, `12 July: Keller to
//! Weidl`.

use super::ends_sentence;
use super::orders::{DATE_NAME, DETAILS_NAME, Entry, SUMMARY_NAME, TITLE_NAME};
use super::page_body::PageBody;
use crate::formats::read::whole_dates::{
    is_day_and_month, is_undated, is_whole_date, says_undated, split_start_date,
};
use crate::record::Date;
use crate::record::date::text::is_month_prefix;

/// What stands between a day and a title.
const SEPARATORS: [&str; 7] = [": ", " - ", " – ", " — ", ", ", "\t", " | "];

/// The fewest records of such a page.
const MIN_RECORDS: usize = 2;

/// A page whose years are headings.
pub(super) enum YearPage {
    /// Every line below a year is a record, or belongs to the one above it.
    Records(Vec<Entry>),
    /// The line with this number may be a record without a day, or belong to the one above it.
    Unclear(usize),
}

/// Reads a page whose years are headings: the heading completes the days below it. `None` if it has no such headings.
pub(super) fn days_below_years(body: &PageBody<'_>) -> Option<YearPage> {
    let first = body.lines.iter().position(|line| year_of(line.text).is_some())?;
    let lines: Vec<YearLine> = year_lines(body, first);
    let is_dated = |line: &YearLine| matches!(line, YearLine::Dated { .. });
    let (dated, years) = (
        lines.iter().filter(|line| is_dated(line)).count(),
        lines.iter().filter(|line| matches!(line, YearLine::Heading)).count(),
    );
    let is_below_year = |pair: &[YearLine]| matches!(pair, [YearLine::Heading, YearLine::Text]);
    let is_empty_year = |pair: &[YearLine]| matches!(pair, [YearLine::Heading, YearLine::Heading]);
    let ends_with_year = matches!(lines.last(), Some(YearLine::Heading));
    if dated < MIN_RECORDS || ends_with_year || lines.windows(2).any(is_empty_year) {
        return None;
    }
    let unclear = unclear_line(body, first, &lines);
    if lines.windows(2).any(is_below_year) {
        // A page whose dates are years has a title below each: no line of it lacks a date without a reason.
        let are_days = lines.iter().filter(|line| line.is_day_of_heading()).count();
        let is_most = are_days >= MIN_RECORDS && 2 * are_days >= lines.len() - years;
        return unclear.filter(|_| is_most).map(YearPage::Unclear);
    }
    let entries = entries_of(body, first, lines);
    let others = body.lines.len() - first - years - entries.len();
    if others > entries.len() || !body.allows(entries.len()) {
        return None;
    }
    Some(unclear.map_or(YearPage::Records(entries), YearPage::Unclear))
}

/// Whether each of these lines is a record of a page whose years are headings, as far as it stands below one. The numbers
/// are those of lines that are items of their own.
pub(super) fn are_records(body: &PageBody<'_>, items: &[usize]) -> bool {
    let Some(first) = body.lines.iter().position(|line| year_of(line.text).is_some()) else {
        return false;
    };
    let lines = body.lines.iter().skip(first).zip(year_lines(body, first));
    let mut texts = lines.filter(|(_, line)| matches!(line, YearLine::Text));
    !texts.any(|(line, _)| items.contains(&line.number))
}

/// A line of such a page.
enum YearLine {
    /// The year of the lines below.
    Heading,
    /// A record.
    Dated { date: String, title: String, kind: DateKind },
    /// A part of the record above.
    Text,
}

/// Where the year of a line is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateKind {
    /// The heading has it.
    OfHeading,
    /// The line has the year of the heading, too.
    Own,
    /// The line has a year that is not that of the heading.
    OfAnotherYear,
    /// The line says that it has no date.
    None,
}

impl YearLine {
    /// Whether the heading completes the date.
    fn is_day_of_heading(&self) -> bool {
        matches!(self, YearLine::Dated { kind: DateKind::OfHeading, .. })
    }
}

/// Returns the year that a line is: `1945`, `1945:`.
fn year_of(text: &str) -> Option<&str> {
    let year = text.trim_end_matches(':');
    (year.len() == 4 && is_whole_date(year)).then_some(year)
}

/// Tells what the lines from the first heading on are.
fn year_lines(body: &PageBody<'_>, first: usize) -> Vec<YearLine> {
    let mut year = "";
    let lines =
        body.lines.iter().skip(first).map(|line| {
            if let Some(heading) = year_of(line.text) {
                year = heading;
                return YearLine::Heading;
            }
            split_line(line.text, year)
                .map_or(YearLine::Text, |(date, title, kind)| YearLine::Dated { date, title, kind })
        });
    lines.collect()
}

/// Returns the number of the first line that may be a record or a part of the record above it. A sentence, an indented line,
/// a line nearer to that record than records are to each other, and a line that every record has, are parts.
fn unclear_line(body: &PageBody<'_>, first: usize, lines: &[YearLine]) -> Option<usize> {
    let is_dated = |line: &YearLine| matches!(line, YearLine::Dated { .. });
    let pairs = || lines.windows(2).zip(first + 1..);
    let are_parted = pairs().all(|(pair, at)| match pair {
        [YearLine::Heading, _] | [_, YearLine::Heading | YearLine::Text] => true,
        _ => body.blank_above(at) > 0,
    });
    let follows = |pair: &[YearLine]| match pair {
        [above, below] => is_dated(above) != is_dated(below),
        _ => false,
    };
    let without_headings: Vec<&YearLine> =
        lines.iter().filter(|line| !matches!(line, YearLine::Heading)).collect();
    let have_one_each = without_headings.len().is_multiple_of(2)
        && without_headings.chunks(2).all(|pair| match pair {
            [above, below] => is_dated(above) && !is_dated(below),
            _ => false,
        });
    let unclear = |(pair, at): &(&[YearLine], usize)| {
        let is_text = matches!(pair, [_, YearLine::Text]);
        let is_close = are_parted && body.blank_above(*at) == 0 && follows(pair);
        is_text && !ends_sentence(body.text(*at)) && !body.is_indented(*at) && !is_close
    };
    let mut found = pairs().filter(unclear).filter(|_| !have_one_each);
    found.next().and_then(|(_, at)| body.lines.get(at)).map(|line| line.number)
}

/// Makes the records of the lines.
fn entries_of(body: &PageBody<'_>, first: usize, lines: Vec<YearLine>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut year = "";
    for (line, kind) in body.lines.iter().skip(first).zip(lines) {
        match kind {
            YearLine::Heading => year = year_of(line.text).unwrap_or_default(),
            YearLine::Dated { date, title, kind } => {
                let mut fields = vec![(TITLE_NAME.to_owned(), title), (DATE_NAME.to_owned(), date)];
                if kind == DateKind::None {
                    fields.push((DETAILS_NAME.to_owned(), year.to_owned()));
                }
                let warning = (kind == DateKind::OfAnotherYear).then(|| {
                    format!("this line is not of the year above it ({year}): its own date is used")
                });
                entries.push(Entry { line: line.number, fields, warning });
            }
            YearLine::Text => {
                if let Some(entry) = entries.last_mut() {
                    add_text(entry, line.text);
                }
            }
        }
    }
    entries
}

/// Adds a line to the summary of a record.
fn add_text(entry: &mut Entry, text: &str) {
    match entry.fields.iter_mut().find(|(name, _)| name == SUMMARY_NAME) {
        Some((_, summary)) => *summary = format!("{summary}\n{text}"),
        None => entry.fields.push((SUMMARY_NAME.to_owned(), text.to_owned())),
    }
}

/// Splits a line that begins or ends with a date. Returns the date with its year, the title, and where the year is from.
fn split_line(text: &str, year: &str) -> Option<(String, String, DateKind)> {
    let found = SEPARATORS.iter().find_map(|separator| {
        let first = || text.split_once(separator);
        let last = || text.rsplit_once(separator).map(|(title, day)| (day, title));
        let dated = |(day, title): (&str, &str)| {
            let (date, kind) = date_of(day.trim(), year)?;
            Some((date, title.trim().to_owned(), kind))
        };
        // A month alone behind a title may be a name, and another year that of what the title is about.
        let is_sure = |(day, _): &(&str, &str)| !is_month_prefix(day.trim());
        let is_of_year = |(_, _, kind): &(_, _, DateKind)| *kind != DateKind::OfAnotherYear;
        first()
            .and_then(dated)
            .or_else(|| last().filter(is_sure).and_then(dated).filter(is_of_year))
    });
    let before_words = || {
        let (date, title) = split_start_date(text)?;
        let span = Date::parse(date).span().filter(|span| span.earliest == span.latest)?;
        Some((date.to_owned(), title.to_owned(), own_kind(span.earliest.to_ymd().0, year)))
    };
    let found = found.or_else(before_words);
    found.filter(|(_, title, _)| title.chars().any(char::is_alphabetic))
}

/// Returns the date of a text below a year, and where its year is from.
fn date_of(text: &str, year: &str) -> Option<(String, DateKind)> {
    let is_month_first = text.starts_with(char::is_alphabetic);
    let completed = format!("{text}{} {year}", if is_month_first { "," } else { "" });
    if is_day_and_month(text) && is_whole_date(&completed) {
        return Some((completed, DateKind::OfHeading));
    }
    let of_month = format!("{text} {year}");
    if is_month_prefix(text) && is_whole_date(&of_month) {
        return Some((of_month, DateKind::OfHeading));
    }
    if is_undated(text) && says_undated(text) {
        return Some((text.to_owned(), DateKind::None));
    }
    let span = Date::parse(text).span().filter(|_| is_whole_date(text))?;
    let is_within_year =
        span.earliest.to_ymd().0 == span.latest.to_ymd().0 && year_of(text).is_none();
    is_within_year.then(|| (text.to_owned(), own_kind(span.earliest.to_ymd().0, year)))
}

/// Compares the year of a line with that of its heading.
fn own_kind(own: i64, year: &str) -> DateKind {
    if year.parse() == Ok(own) { DateKind::Own } else { DateKind::OfAnotherYear }
}
