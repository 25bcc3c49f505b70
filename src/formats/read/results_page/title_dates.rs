//! Takes dates out of titles, where the labels of a page name no date.

use super::end_dates::split_end;
use super::labels::is_name_of_date;
use super::orders::{DATE_NAME, Entry, TITLE_NAME};
use crate::formats::read::html::is_inverted_names;
use crate::formats::read::whole_dates::{is_life_of_person, split_start_date, split_start_undated};

/// Parts the dates from the titles of a page on which all begin with one: `12 July 1945 Letter to Weidl`.
pub(super) fn part_start_dates(entries: &mut [Entry]) {
    let split = |title: &str| -> Option<(String, String)> {
        let (date, rest) = split_start_date(title).or_else(|| split_start_undated(title))?;
        Some((date.to_owned(), rest.to_owned()))
    };
    let parts: Option<Vec<(String, String)>> =
        entries.iter().map(|entry| split(title_of(entry)?)).collect();
    let Some(parts) = parts.filter(|_| !has_date(entries)) else { return };
    for (entry, (date, rest)) in entries.iter_mut().zip(parts) {
        set_title_and_date(entry, &rest, &date);
    }
}

/// Parts the dates from the titles of a page on which most end with one: `Letter to Weidl (12 July 1945)`, if one of these
/// is not the years of a life.
pub(super) fn part_end_dates(entries: &mut [Entry]) {
    let split = |entry: &Entry| -> Option<(String, String)> {
        let (title, date) = split_end(title_of(entry)?)?;
        Some((title.to_owned(), date.to_owned()))
    };
    let parts: Vec<Option<(String, String)>> = entries.iter().map(split).collect();
    let dated = parts.iter().flatten().count();
    let is_sure = |(title, date): &(String, String)| !is_life_of_person(title, date);
    if 3 * dated < 2 * entries.len() || !parts.iter().flatten().any(is_sure) || has_date(entries) {
        return;
    }
    // The years of a life stay behind the name.
    let is_life = |(title, date): &(String, String)| {
        is_life_of_person(title, date) && is_inverted_names(title)
    };
    for (entry, part) in entries.iter_mut().zip(parts) {
        if let Some((title, date)) = part.filter(|part| !is_life(part)) {
            set_title_and_date(entry, &title, &date);
        }
    }
}

fn title_of(entry: &Entry) -> Option<&str> {
    let title = entry.fields.iter().find(|(name, _)| name == TITLE_NAME);
    title.map(|(_, title)| title.as_str())
}

/// Whether a record has a date.
fn has_date(entries: &[Entry]) -> bool {
    let is_date = |name: &str| name == DATE_NAME || is_name_of_date(name);
    entries.iter().any(|entry| entry.fields.iter().any(|(name, _)| is_date(name)))
}

fn set_title_and_date(entry: &mut Entry, title: &str, date: &str) {
    for (name, value) in &mut entry.fields {
        if name == TITLE_NAME {
            title.clone_into(value);
        }
    }
    entry.fields.push((DATE_NAME.to_owned(), date.to_owned()));
}
