//! A results page of a digital archive as plain text, copied or saved from a browser.
//!
//! A line that is only a date begins a record. The next line with text is its title, and all up to
//! the next date is its summary. What stands above the first record is the name and description of
//! the page. Nothing is dropped but the words of the site around it; what is doubtful is kept, with
//! a note that names its line.

mod lines;
mod pages;
mod record_drafts;

use std::io;

use super::{Accession, Page, Sink, encoding};
use crate::record::date::text;
use crate::record::{Archive, Date, Field, Problem, Record};
use lines::{Kind, Line};
use pages::Sheet;
use record_drafts::{Draft, Drafts};

/// The longest title seen has 209 letters. What is much longer is no title and no name.
const LONGEST_TITLE: usize = 300;

/// Whether a text surely begins as a results page does: a line of it counts, or is only a date.
pub(super) fn looks_like(beginning: &str) -> bool {
    let sure = |line: &Line<'_>| matches!(line.kind, Kind::Count(_) | Kind::Date(_));
    lines::lines(beginning).iter().any(sure)
}

/// Reads one page, or several that stand one after the other.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    let text = encoding::read(name, file.bytes, sink)?;
    let mut lines = lines::lines(&text);
    for line in pages::other_dates(&lines) {
        lines::read_as_date(&mut lines, line);
    }
    let mut found = false;
    for sheet in pages::sheets(&lines) {
        let drafts = Drafts::of(&sheet);
        let empty = sheet.count.is_some_and(|(_, count)| count.total == 0);
        found |= empty || !drafts.records.is_empty();
        if sheet.count.is_some() || !drafts.records.is_empty() {
            hand_over(name, &sheet, drafts, sink);
        }
    }
    if !found {
        sink.problem(Problem::fault(name, None, nothing_found(&text)));
    }
    Ok(())
}

/// Why a text has no records.
fn nothing_found(text: &str) -> &'static str {
    if text.trim_start().starts_with('<') {
        "no record was found, since this is HTML or XML: open it in a browser, select all, copy, \
         and save that as plain text"
    } else {
        "no record was found: in a results page each begins with a line that is only a date, such \
         as `July 12, 1945`; --from names another format, fonds formats lists them"
    }
}

/// Hands over one page: its archive, what is doubtful about it, its records.
fn hand_over(name: &str, sheet: &Sheet<'_, '_>, drafts: Drafts<'_>, sink: &mut dyn Sink) {
    let first = drafts.records.first().map(|draft| draft.line);
    let line = sheet.count.map(|(line, _)| line).or(first);
    let (archive, menu) = archive(sheet, &drafts);
    sink.page(Page { file: name.to_owned(), line, archive, repeats: true });
    if let Some(line) = menu {
        let message = "the menu above the first record was passed over";
        sink.problem(Problem::note(name, Some(line), message));
    }
    if let Some((line, count)) = sheet.count
        && count.expected() != drafts.records.len() as u64
    {
        let (found, expected) = (drafts.records.len(), count.expected());
        let message = format!(
            "{found} of {expected} records: the page says {} - {} of {}",
            count.first, count.last, count.total
        );
        sink.problem(Problem::note(name, Some(line), message));
    }
    if let (true, Some(line)) = (drafts.untitled, first) {
        let message = "no record of this page has a title: what stands below the dates is read as \
                       summaries";
        sink.problem(Problem::note(name, Some(line), message));
    }
    let positions = sheet.count.map(|(_, count)| count.first..=count.last);
    let mut positions = positions.into_iter().flatten();
    for draft in drafts.records {
        if let Some(message) = doubt(&draft, drafts.untitled) {
            sink.problem(Problem::note(name, Some(draft.line), message));
        }
        if let Some(message) = draft.date.and_then(date_note) {
            sink.problem(Problem::note(name, Some(draft.line), message));
        }
        sink.record(record(&draft, positions.next(), drafts.untitled));
    }
}

/// What is to be said of a date: results pages write theirs in a few forms, and any other line
/// may have been a paragraph.
fn date_note(date: &str) -> Option<String> {
    let other = !lines::is_date(date);
    text::note(date).or_else(|| {
        other.then(|| format!("“{date}” stands alone and is read as the date of a record"))
    })
}

/// What is doubtful about a record.
fn doubt(draft: &Draft<'_>, untitled_page: bool) -> Option<&'static str> {
    if draft.date.is_none() {
        Some("no date stands above this: it is read as the title of a record without a date")
    } else if draft.lines.is_empty() && !untitled_page {
        Some("nothing stands below this date: it is kept as a record without a title")
    } else {
        None
    }
}

/// What a page says of its archive, and the line of a menu that stands above its records.
fn archive(sheet: &Sheet<'_, '_>, drafts: &Drafts<'_>) -> (Archive, Option<usize>) {
    let card = |line: &Line<'_>| line.kind == Kind::Card;
    let menu = sheet.head.iter().position(card);
    let end = sheet.head.iter().rposition(card).map_or(0, |last| last + 1);
    let text = |line: &&Line<'_>| line.kind == Kind::Text || line.is_blank();
    let below = sheet.head.get(end..).unwrap_or_default();
    let mut told: Vec<Line<'_>> = below.iter().chain(drafts.told).filter(text).copied().collect();
    let name = told.iter().position(|line| !line.is_blank());
    let name = name.filter(|at| told.get(*at).is_some_and(|line| is_short(line.text)));
    let title = name.map(|at| told.remove(at).text.to_owned());
    let description = paragraphs(&told, |_, _| '\n');
    let archive = Archive {
        title,
        description: (!description.is_empty()).then_some(description),
        total: sheet.count.map(|(_, count)| count.total),
        ..Archive::default()
    };
    (archive, menu.and_then(|at| sheet.head.get(at)).map(|line| line.number))
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE
}

/// The record that a draft describes.
fn record(draft: &Draft<'_>, position: Option<u64>, untitled_page: bool) -> Record {
    let date = draft.date.map(Date::read).unwrap_or_default();
    let mut record = Record { position, date, ..Record::default() };
    let mut summary = draft.lines;
    if !untitled_page && let Some((title, rest)) = draft.lines.split_first() {
        record.push(Field::Title, title.text);
        summary = rest;
    }
    record.push(Field::Summary, &paragraphs(summary, between));
    record
}

/// Lines as paragraphs, with a blank line between them; `between` says what joins two lines of one.
fn paragraphs(lines: &[Line<'_>], between: impl Fn(&str, &str) -> char) -> String {
    let mut text = String::new();
    let mut above: Option<&Line<'_>> = None;
    for line in lines {
        match above {
            _ if line.is_blank() => {}
            Some(last) if last.is_blank() && !text.is_empty() => text.push_str("\n\n"),
            Some(last) if !last.is_blank() => text.push(between(last.text, line.text)),
            _ => {}
        }
        text.push_str(line.text);
        above = Some(line);
    }
    text
}

/// What stood between two lines of a paragraph. The middle of a sentence was broken to fit a screen;
/// after its end, and before an item of a list, the break says something and stays.
fn between(above: &str, below: &str) -> char {
    let item = |word: &str| {
        let mark = word.trim_matches(|c: char| "().:".contains(c));
        let short = mark.len() <= 3 && mark.len() < word.len();
        word.chars().all(|c| !c.is_alphanumeric())
            || (short && mark.chars().all(char::is_alphanumeric))
    };
    let listed = below.split_whitespace().next().is_some_and(item);
    if ends_sentence(above) || above.ends_with([':', ';']) || listed { '\n' } else { ' ' }
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '…'])
}
