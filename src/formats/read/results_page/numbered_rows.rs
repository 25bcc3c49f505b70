//! Copied pages whose records begin with their numbers, each alone on a line: `11`, `12`, `13`.

use super::ends_sentence;
use super::labels::label_and_value;
use super::orders::{
    BY_NAME, DATE_NAME, DETAILS_NAME, Entry, REFERENCE_NAME, SUMMARY_NAME, TITLE_NAME, date_inside,
};
use super::page_body::{PageBody, is_kind};
use crate::formats::read::html::{
    date_behind_word, is_reference, names_and_date_behind_by, publication_date, split_names,
};
use crate::formats::read::whole_dates::{is_undated, is_whole_date};

/// A line of this many words is prose.
const MIN_PROSE_WORDS: usize = 8;

/// The fewest rows on a page that does not say how many it has.
const MIN_UNCOUNTED_ROWS: usize = 3;

/// The most lines above the first number: what was asked for.
const MAX_HEAD_LINES: usize = 2;

/// Whether the rows of a page may begin at a line: nothing is above it, or a few lines and then a blank one.
fn may_begin_at(body: &PageBody<'_>, at: usize) -> bool {
    let number = |at: usize| body.lines.get(at).map_or(0, |line| line.number);
    let is_apart = || at.checked_sub(1).is_some_and(|above| number(above) + 1 < number(at));
    at == 0 || (at <= MAX_HEAD_LINES && is_apart())
}

/// Returns the records of a page that numbers them, as many as the page says.
pub(super) fn numbered(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let first = body.count.map_or(1, |count| count.first);
    let mut starts = Vec::new();
    let mut next = first;
    for (at, line) in body.lines.iter().enumerate() {
        if line.text.trim_end_matches(['.', ')']).parse() == Ok(next) {
            starts.push(at);
            next += 1;
        }
    }
    let is_counted = body.count.is_some_and(|count| count.expected() == starts.len() as u64);
    let is_many = body.count.is_none() && starts.len() >= MIN_UNCOUNTED_ROWS;
    if starts.first().is_none_or(|first| !may_begin_at(body, *first))
        || !(is_counted || is_many)
        || !body.allows(starts.len())
    {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    let rows: Vec<(usize, usize)> =
        starts.iter().zip(ends).map(|(start, end)| (start + 1, end)).collect();
    // The title is there, and something below it.
    if rows.iter().any(|(start, end)| start + 1 >= *end) {
        return None;
    }
    let has_kind = rows.iter().all(|(start, end)| {
        start + 1 < *end && is_kind(body.text(*start)) && !is_kind(body.text(start + 1))
    });
    let firsts: Vec<usize> = rows.iter().map(|(start, _)| *start).collect();
    let above = if has_kind { 1 } else { body.badges(&firsts, 1) };
    Some(rows.iter().map(|row| entry_of(body, *row, above)).collect())
}

/// Returns the record on these lines. `above` are above its title.
fn entry_of(body: &PageBody<'_>, (start, end): (usize, usize), above: usize) -> Entry {
    // The record begins with its number.
    let number = body.lines.get(start - 1).map_or(0, |line| line.number);
    let mut entry = Entry { line: number, ..Entry::default() };
    let mut details = Vec::new();
    let mut prose = Vec::new();
    let mut inside = None;
    let mut add = |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
    let mut has_date = false;
    for at in start..end {
        let text = body.text(at);
        let date = date_behind_word(text).map(|(_, date)| date);
        let date = date.or_else(|| (is_whole_date(text) || is_undated(text)).then_some(text));
        inside = inside.or_else(|| publication_date(text));
        if at == start + above {
            add(TITLE_NAME, text);
        } else if at < start + above {
            details.push(text);
        } else if let Some((label, value)) = label_and_value(text) {
            add(label, value);
        } else if let Some(date) = date.filter(|_| !has_date) {
            has_date = true;
            add(DATE_NAME, date);
        } else if let Some((names, date)) = names_and_date_behind_by(text) {
            for name in split_names(names) {
                add(BY_NAME, name);
            }
            inside = inside.or(date);
        } else if is_reference(text) {
            add(REFERENCE_NAME, text);
        } else if ends_sentence(text) || text.split_whitespace().count() >= MIN_PROSE_WORDS {
            prose.push(text);
            inside = inside.or_else(|| date_inside(text));
        } else {
            details.push(text);
            inside = inside.or_else(|| date_inside(text));
        }
    }
    if let Some(date) = inside.filter(|_| !has_date) {
        add(DATE_NAME, date);
    }
    if !prose.is_empty() {
        add(SUMMARY_NAME, &prose.join("\n"));
    }
    if !details.is_empty() {
        add(DETAILS_NAME, &details.join(" · "));
    }
    entry
}
