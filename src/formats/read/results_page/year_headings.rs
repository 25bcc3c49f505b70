//! Copied pages and lists with headings of years, and below each the days of that year: `1945`, `12 July: Keller to
//! Weidl`.

use super::orders::{DATE_NAME, Entry, SUMMARY_NAME, TITLE_NAME};
use super::page_body::PageBody;
use crate::formats::read::whole_dates::{is_day_and_month, is_whole_date};

/// What stands between a day and a title.
const SEPARATORS: [&str; 7] = [": ", " - ", " – ", " — ", ", ", "\t", " | "];

/// The fewest records of such a page.
const MIN_RECORDS: usize = 2;

/// Returns the records of a page whose years are headings: the heading completes the days below it.
pub(super) fn days_below_years(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let is_heading = |text: &str| text.len() == 4 && is_whole_date(text);
    let first = body.lines.iter().position(|line| is_heading(line.text))?;
    let mut entries: Vec<Entry> = Vec::new();
    let (mut year, mut of_year, mut others) = ("", 0, 0);
    for line in body.lines.iter().skip(first) {
        if is_heading(line.text) {
            if !year.is_empty() && of_year == 0 {
                return None;
            }
            (year, of_year) = (line.text, 0);
        } else if let Some((date, title)) = split_day(line.text, year) {
            of_year += 1;
            let fields = vec![(TITLE_NAME.to_owned(), title), (DATE_NAME.to_owned(), date)];
            entries.push(Entry { line: line.number, fields });
        } else if let Some(entry) = entries.last_mut().filter(|_| of_year > 0) {
            others += 1;
            add_text(entry, line.text);
        } else {
            return None;
        }
    }
    let fits = of_year > 0 && entries.len() >= MIN_RECORDS && others <= entries.len();
    (fits && body.allows(entries.len())).then_some(entries)
}

/// Adds a line to the summary of a record.
fn add_text(entry: &mut Entry, text: &str) {
    match entry.fields.iter_mut().find(|(name, _)| name == SUMMARY_NAME) {
        Some((_, summary)) => *summary = format!("{summary}\n{text}"),
        None => entry.fields.push((SUMMARY_NAME.to_owned(), text.to_owned())),
    }
}

/// Splits a line that begins or ends with a day of a year. Returns the date with its year, and the title.
fn split_day(text: &str, year: &str) -> Option<(String, String)> {
    let date_of = |day: &str| {
        let is_month_first = day.starts_with(char::is_alphabetic);
        let date = format!("{day}{} {year}", if is_month_first { "," } else { "" });
        (is_day_and_month(day) && is_whole_date(&date)).then_some(date)
    };
    let found = SEPARATORS.iter().find_map(|separator| {
        let first = || text.split_once(separator);
        let last = || text.rsplit_once(separator).map(|(title, day)| (day, title));
        let dated =
            |(day, title): (&str, &str)| Some((date_of(day.trim())?, title.trim().to_owned()));
        first().and_then(dated).or_else(|| last().and_then(dated))
    });
    found.filter(|(_, title)| title.chars().any(char::is_alphabetic))
}
