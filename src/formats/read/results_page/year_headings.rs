//! Copied pages and lists with headings of years, and below each the days of that year: `1945`, `12 July: Keller to
//! Weidl`. There may be headings of months too.

use super::ends_sentence;
use super::orders::{DETAILS_NAME, Entry, SUMMARY_NAME, TITLE_NAME};
use super::page_body::PageBody;
use super::year_lines::{DateKind, YearLine, fields_of, first_heading, year_lines, year_of};
use crate::formats::read::html::starts_with_article;
use crate::formats::read::whole_dates::is_whole_date;

/// The fewest records of such a page.
const MIN_RECORDS: usize = 2;

/// A longer title that ends with a full stop is a sentence, in words.
const MAX_TITLE_WORDS: usize = 9;

/// The fewest words of a sentence.
const MIN_SENTENCE_WORDS: usize = 4;

/// A page whose years are headings.
pub(super) enum YearPage {
    /// Every line below a year is a record, or belongs to the one above it.
    Records(Vec<Entry>),
    /// The line with this number may be a record without a day, or belong to the one above it.
    Unclear(usize),
    /// The days are those of a chronicle, whose first line has this number: sentences about what happened.
    Chronicle(usize),
}

/// Reads a page whose years are headings: the heading completes the days below it. `None` if it has no such headings.
pub(super) fn days_below_years(body: &PageBody<'_>) -> Option<YearPage> {
    let first = first_heading(body)?;
    let lines = year_lines(body, first);
    let dated = lines.iter().filter(|line| line.is_dated()).count();
    let headings = lines.iter().filter(|line| line.is_heading()).count();
    let titles = lines.iter().filter(|line| matches!(line, YearLine::Title)).count();
    let is_below_year =
        |pair: &[YearLine<'_>]| matches!(pair, [above, YearLine::Text] if above.is_heading());
    let is_empty_year =
        |pair: &[YearLine<'_>]| matches!(pair, [above, YearLine::Year(_)] if above.is_heading());
    let ends_with_year = lines.last().is_some_and(YearLine::is_heading);
    // A whole date is that of a record and no title.
    let is_date = |(at, line): (usize, &YearLine<'_>)| {
        matches!(line, YearLine::Title) && is_whole_date(body.text(at))
    };
    let has_date_as_title = (first..).zip(&lines).any(is_date);
    let has_empty_year = lines.windows(2).any(is_empty_year);
    if dated < MIN_RECORDS || ends_with_year || has_empty_year || has_date_as_title {
        return None;
    }
    let unclear = unclear_line(body, first, &lines);
    if lines.windows(2).any(is_below_year) {
        // A page whose dates are years has a title below each: no line of it lacks a date without a reason.
        let are_days = lines.iter().filter(|line| line.is_day_of_heading()).count();
        let is_most = are_days >= MIN_RECORDS && 2 * are_days >= lines.len() - headings - titles;
        return unclear.filter(|_| is_most).map(YearPage::Unclear);
    }
    let entries = entries_of(body, first, lines);
    let others = body.lines.len() - first - headings - titles - entries.len();
    if others > entries.len() || !body.allows(entries.len()) {
        return None;
    }
    if is_chronicle(&entries) {
        return entries.first().map(|entry| YearPage::Chronicle(entry.line));
    }
    Some(unclear.map_or_else(|| YearPage::Records(with_warning(entries)), YearPage::Unclear))
}

/// Returns the title of a record.
fn title_of(entry: &Entry) -> &str {
    let title = entry.fields.iter().find(|(name, _)| name == TITLE_NAME);
    title.map_or("", |(_, title)| title)
}

/// Whether at least half of the titles are sentences about what happened: long ones, those that begin with a small letter,
/// or several.
fn is_chronicle(entries: &[Entry]) -> bool {
    let is_prose = |entry: &&Entry| {
        let title = title_of(entry);
        let words = title.split_whitespace().count();
        let is_small = title.starts_with(char::is_lowercase) && words >= MIN_SENTENCE_WORDS;
        ends_sentence(title) && (words > MAX_TITLE_WORDS || is_small)
    };
    2 * entries.iter().filter(is_prose).count() >= entries.len()
}

/// Adds a warning to the first record of a page on which most titles begin or end as sentences do.
fn with_warning(mut entries: Vec<Entry>) -> Vec<Entry> {
    let is_statement = |entry: &&Entry| {
        let title = title_of(entry);
        ends_sentence(title) && title.split_whitespace().count() >= MIN_SENTENCE_WORDS
    };
    let begins_sentence = |entry: &&Entry| {
        let title = title_of(entry);
        starts_with_article(title) && title.split_whitespace().count() >= MIN_SENTENCE_WORDS
    };
    let statements = entries.iter().filter(is_statement).count();
    let beginnings = entries.iter().filter(begins_sentence).count();
    let are_most = 3 * statements > 2 * entries.len() || 2 * beginnings > entries.len();
    if let Some(first) = entries.first_mut().filter(|first| are_most && first.warning.is_none()) {
        let message = "the lines below the years of this page look like sentences: they may tell what happened, and be no \
                       titles of documents";
        first.warning = Some(message.to_owned());
    }
    entries
}

/// Returns the number of the first of these lines that is below a year and has no day, on a page whose years are headings.
/// The numbers are those of lines that are items of their own.
pub(super) fn item_without_day(body: &PageBody<'_>, items: &[usize]) -> Option<usize> {
    let first = first_heading(body)?;
    let kinds = year_lines(body, first);
    let lines = body.lines.iter().skip(first).zip(kinds);
    let mut texts = lines.filter(|(_, line)| matches!(line, YearLine::Text));
    texts.find(|(line, _)| items.contains(&line.number)).map(|(line, _)| line.number)
}

/// Returns the number of the first item below a year, on a page on which years in headings have lists of several items
/// below them. The numbers are those of lines.
pub(super) fn lists_below_years(
    body: &PageBody<'_>,
    items: &[usize],
    headings: &[usize],
) -> Option<usize> {
    let is_year = |at: &usize| {
        body.lines.get(*at).is_some_and(|line| {
            year_of(line.text).is_some()
                && headings.contains(&line.number)
                && !items.contains(&line.number)
        })
    };
    let years: Vec<usize> = (0..body.lines.len()).filter(is_year).collect();
    let number = |at: usize| body.lines.get(at).map_or(0, |line| line.number);
    let ends = years.iter().skip(1).copied().chain([body.lines.len()]);
    let count = |(year, end): (&usize, usize)| {
        (year + 1..end).filter(|at| items.contains(&number(*at))).count()
    };
    let have_lists = years.iter().all(|year| items.contains(&number(year + 1)));
    let has_several = years.iter().zip(ends).map(count).any(|items| items > 1);
    let first = years.first().map(|year| number(year + 1));
    first.filter(|_| years.len() > 1 && have_lists && has_several)
}

/// Returns the number of the first line that may be a record or a part of the record above it. A sentence, an indented line,
/// a line nearer to that record than records are to each other, and a line that every record has, are parts.
fn unclear_line(body: &PageBody<'_>, first: usize, lines: &[YearLine<'_>]) -> Option<usize> {
    let is_of_record = |line: &YearLine<'_>| line.is_dated() || matches!(line, YearLine::Title);
    let pairs = || lines.windows(2).zip(first + 1..);
    // Blank lines between the records of one year, which the others have too.
    let is_next = |(pair, _): &(&[YearLine<'_>], usize)| matches!(pair, [above, below] if !above.is_heading() && below.is_dated());
    let are_parted = pairs().any(|pair| is_next(&pair))
        && pairs().filter(is_next).all(|(_, at)| body.blank_above(at) > 0);
    let follows = |pair: &[YearLine<'_>]| match pair {
        [above, below] => is_of_record(above) != is_of_record(below),
        _ => false,
    };
    let without_headings: Vec<&YearLine<'_>> = lines
        .iter()
        .filter(|line| !line.is_heading() && !matches!(line, YearLine::Title))
        .collect();
    let have_one_each = without_headings.len().is_multiple_of(2)
        && without_headings.chunks(2).all(|pair| match pair {
            [above, below] => above.is_dated() && !below.is_dated(),
            _ => false,
        });
    let may_be_record = |(pair, at): &(&[YearLine<'_>], usize)| {
        let has_text_below = matches!(pair, [_, YearLine::Text]);
        let is_close = are_parted && body.blank_above(*at) == 0 && follows(pair);
        has_text_below && !ends_sentence(body.text(*at)) && !body.is_indented(*at) && !is_close
    };
    let mut found = pairs().filter(may_be_record).filter(|_| !have_one_each);
    found.next().and_then(|(_, at)| body.lines.get(at)).map(|line| line.number)
}

/// Makes the records of the lines.
fn entries_of(body: &PageBody<'_>, first: usize, lines: Vec<YearLine<'_>>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut year = "";
    for (line, kind) in body.lines.iter().skip(first).zip(lines) {
        match kind {
            YearLine::Year(heading) => year = heading,
            YearLine::Month | YearLine::Title => {}
            YearLine::Dated { date, title, kind } => {
                let mut fields = fields_of(title, &date);
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
