//! Copied pages whose titles end with their dates: `Letter to Weidl, 12 July 1945`.

use super::ends_sentence;
use super::orders::{DATE_NAME, Entry, TITLE_NAME, add_below};
use super::page_body::PageBody;
use super::undated::Undated;
use crate::formats::read::whole_dates::{split_end_date, split_end_undated};

/// The most lines above the records of a page without a count whose titles end with their dates.
const MAX_HEADING_LINES: usize = 3;

/// The most lines of a menu above the records of such a page, behind which there is a blank line.
const MAX_MENU_LINES: usize = 60;

/// Splits a title that ends with its date, or that says that it has none.
pub(super) fn split_end(title: &str) -> Option<(&str, &str)> {
    split_end_date(title).or_else(|| split_end_undated(title))
}

/// Returns the records of a page whose titles end with their dates and have sentences below them: no sentence is a
/// title, so the lines with the dates are no lines below titles.
pub(super) fn titles_with_end_dates(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let ends: Vec<usize> =
        (0..body.lines.len()).filter(|at| split_end(body.text(*at)).is_some()).collect();
    let first = *ends.first()?;
    let is_prose_or_title = |at: usize| ends_sentence(body.text(at)) || ends.contains(&at);
    let below = ends.iter().filter(|at| ends_sentence(body.text(**at + 1))).count();
    let last_has_text = ends.last().is_some_and(|last| ends_sentence(body.text(last + 1)));
    let is_sentence = |text: &str| ends_sentence(text) && split_end_undated(text).is_none();
    let are_titles = ends.iter().all(|at| !is_sentence(body.text(*at)))
        && ends.iter().skip(1).all(|at| is_prose_or_title(at - 1))
        && last_has_text
        && 2 * below > ends.len();
    let most = if body.blank_above(first) > 0 { MAX_MENU_LINES } else { MAX_HEADING_LINES };
    let has_heading = first <= most && (0..first).all(|at| !ends_sentence(body.text(at)));
    let records = ends.len() + Undated::find(body, &ends).count();
    let is_allowed = body.allows(ends.len()) || body.allows(records);
    (are_titles && has_heading && is_allowed && !body.may_lack)
        .then(|| entries_with_end_dates(body, &ends))
}

/// Returns the records whose titles end with their dates.
pub(super) fn entries_with_end_dates(body: &PageBody<'_>, starts: &[usize]) -> Vec<Entry> {
    let undated = Undated::find(body, starts);
    let mut entries = Vec::new();
    for start in starts {
        let end = undated.end_of(body, starts, *start);
        let number = body.lines.get(*start).map_or(0, |line| line.number);
        let mut entry = Entry { line: number, ..Entry::default() };
        let mut add =
            |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
        if let Some((title, date)) = split_end(body.text(*start)) {
            add(TITLE_NAME, title);
            add(DATE_NAME, date);
        }
        let below: Vec<&str> = (start + 1..end).map(|at| body.text(at)).collect();
        add_below(&below, &mut add);
        entries.push(entry);
    }
    undated.add_to(&mut entries, body, starts, 0);
    entries
}
