//! The citation that an archive prefers, for what it belongs to and for the components of it.

use super::containers::containers;
use super::date;
use super::item::CitationItem;
use super::punctuation::{join_sentences, join_with_commas};
use crate::formats::document::WORDS;
use crate::record::{Archive, Field, ParsedDate, Record};

/// Returns the citation that the archive prefers for a record, if the file has one.
///
/// The record that states the citation is cited with it unchanged. A component of it gets its title, date, box and folder in
/// place of `[Identification of item]`, or before it.
pub(super) fn citation(
    record: &Record,
    archive: Option<&Archive>,
    item: &CitationItem<'_>,
) -> Option<String> {
    let own = record.first(Field::PreferredCitation);
    let text = own.or_else(|| archive?.preferred_citation())?;
    let text = without_lead(text);
    let (before, behind) = match split_at_placeholder(text) {
        _ if item.is_collection() => return Some(text.to_owned()),
        None if own.is_some() => return Some(text.to_owned()),
        Some(parts) => parts,
        None => ("", text),
    };
    let identification = identification(record, item);
    let behind = behind.trim_start_matches([',', ';', '.', ' ']);
    let before = Some(before.trim_end()).filter(|before| !before.is_empty());
    let rest = join_with_commas([
        Some(identification),
        Some(behind.to_owned()).filter(|it| !it.is_empty()),
    ]);
    let rest = if behind.is_empty() { join_sentences([Some(rest)], "") } else { rest };
    Some(before.map_or(rest.clone(), |before| format!("{before} {rest}")))
}

/// Returns title, date, box and folder of a record, or its reference code.
fn identification(record: &Record, item: &CitationItem<'_>) -> String {
    let is_undated = record.date.parsed == ParsedDate::Undated;
    let date = date::ARCHIVE.format(&record.date).filter(|_| !is_undated);
    let place = containers(record).join(", ");
    let place = Some(place).filter(|place| !place.is_empty()).or(item.shelf_location.clone());
    join_with_commas([Some(item.title.text.clone()), date, place])
}

/// Returns a statement without the words that only lead to the citation: `Cite as:`.
fn without_lead(text: &str) -> &str {
    let text = text.trim();
    let lead = WORDS.citation_leads.iter().find_map(|lead| {
        let start = text.get(..lead.len())?;
        let behind = text.get(lead.len()..)?;
        let is_lead = start.to_lowercase() == *lead && behind.starts_with([':', '\n']);
        is_lead.then_some(behind)
    });
    lead.map_or(text, |behind| behind.trim_start_matches([':', '\n', ' ']))
}

/// Splits a citation at its placeholders, such as `[Identification of item], [Box], [Folder]`, which are
/// left out. `None` if there are none.
fn split_at_placeholder(text: &str) -> Option<(&str, &str)> {
    let start =
        text.match_indices('[').map(|(at, _)| at).find(|at| placeholder(text, *at).is_some())?;
    let mut end = start;
    loop {
        let skipped = text.get(end..).unwrap_or("").len()
            - text.get(end..).unwrap_or("").trim_start_matches([',', ';', ' ']).len();
        match placeholder(text, end + skipped) {
            Some(behind) => end = behind,
            None => break,
        }
    }
    Some((text.get(..start)?, text.get(end..)?))
}

/// Returns the end of the placeholder in square brackets that begins at a byte.
fn placeholder(text: &str, start: usize) -> Option<usize> {
    let inner = text.get(start..)?.strip_prefix('[')?;
    let length = inner.find(']')?;
    let mut words = inner.get(..length)?.split(|c: char| !c.is_alphabetic());
    words.any(|word| WORDS.placeholder_words.has(word)).then_some(start + length + 2)
}
