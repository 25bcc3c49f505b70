//! What entries take over from each other: `crossref` and `xdata`, which name other entries of the list.

use std::collections::HashMap;

use biblatex::{
    Bibliography, Entry, Pair, ParseError, RawBibliography, RawChunk, RawEntry, Spanned,
};

use super::describe;
use crate::record::Record;

/// How many entries one may take over from, and these from others.
const FAMILY: usize = 16;

/// How many bytes may be taken over for each byte of a list, and in a short one.
const FOR_EACH: usize = 8;
const LEAST: usize = 1 << 16;

/// The fields that name entries to take over from.
const LINKS: [&str; 2] = ["crossref", "xdata"];

/// An entry with its definitions written out.
pub(super) struct Written<'t> {
    /// The fields, each once.
    first: RawEntry<'t>,
    /// The fields that stand there again: those for the second time, for the third.
    again: Vec<RawEntry<'t>>,
}

impl<'t> Written<'t> {
    /// An entry, whose fields may stand there more than once.
    pub(super) fn of(entry: RawEntry<'t>) -> Written<'t> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let RawEntry { key, kind, fields } = entry;
        let bare = || RawEntry { key: key.clone(), kind: kind.clone(), fields: Vec::new() };
        let mut layers = vec![bare()];
        for field in fields {
            let time = times.entry(field.key.v.to_ascii_lowercase()).or_default();
            if layers.len() == *time {
                layers.push(bare());
            }
            if let Some(layer) = layers.get_mut(*time) {
                layer.fields.push(field);
            }
            *time += 1;
        }
        let again = layers.split_off(1);
        Written { first: layers.remove(0), again }
    }

    /// Puts the entry into a record, with what it takes over from its family, where that is given.
    pub(super) fn describe(
        &self,
        family: Option<Vec<&Written<'_>>>,
        record: &mut Record,
    ) -> Result<(), ParseError> {
        let whole = family.and_then(|family| {
            let all = [self].into_iter().chain(family).map(|entry| entry.first.clone());
            parsed(all.collect()).ok()
        });
        let is_whole = whole.is_some();
        let alone = || {
            let mut alone = self.first.clone();
            alone.fields.retain(|field| !is_link(field));
            parsed(vec![alone])
        };
        describe::begin(&whole.map_or_else(alone, Ok)?, record);
        for again in &self.again {
            describe::describe(&parsed(vec![again.clone()])?, &[], record);
        }
        for link in self.first.fields.iter().filter(|field| is_link(field)) {
            let name = link.key.v.to_ascii_lowercase();
            // The library leaves the other one where it is.
            if !is_whole || name == "xdata" {
                record.own.push((name, raw(link)));
            }
        }
        Ok(())
    }
}

/// The first of some entries, with what it takes over from the others.
fn parsed(entries: Vec<RawEntry<'_>>) -> Result<Entry, ParseError> {
    let first = entries.first().map(|entry| entry.key.v.to_owned()).unwrap_or_default();
    let entries = entries.into_iter().map(Spanned::detached).collect();
    let raw = RawBibliography { preamble: String::new(), entries, abbreviations: Vec::new() };
    let read = Bibliography::from_raw(raw)?.into_vec();
    Ok(read.into_iter().next().unwrap_or_else(|| Entry::new(first, biblatex::EntryType::Misc)))
}

/// Whether a field names entries to take over from.
fn is_link(field: &Pair<'_>) -> bool {
    LINKS.iter().any(|link| field.key.v.eq_ignore_ascii_case(link))
}

/// The text of a field as it stands.
fn raw(field: &Pair<'_>) -> String {
    field.value.v.iter().map(|piece| text(&piece.v)).collect()
}

fn text<'t>(piece: &RawChunk<'t>) -> &'t str {
    match piece {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    }
}

/// Who takes over from whom.
pub(super) struct Links<'w, 't> {
    entries: &'w [Option<&'w Written<'t>>],
    by_key: HashMap<String, usize>,
    /// How many bytes may still be taken over.
    left: usize,
}

impl<'w, 't> Links<'w, 't> {
    /// The links among the entries of a list.
    pub(super) fn among(entries: &'w [Option<&'w Written<'t>>]) -> Links<'w, 't> {
        let mut by_key = HashMap::new();
        let mut left = LEAST;
        for (at, entry) in entries.iter().enumerate() {
            let Some(Written { first, .. }) = entry else { continue };
            left += FOR_EACH * weight(first);
            by_key.entry(first.key.v.to_owned()).or_insert(at);
            for name in named(first, |field| field.key.v.eq_ignore_ascii_case("ids")) {
                by_key.entry(name).or_insert(at);
            }
        }
        Links { entries, by_key, left }
    }

    /// All from which an entry takes over, and they in turn. Nothing where that leads back to where it
    /// began, or is too much.
    pub(super) fn family(&mut self, at: usize) -> Option<Vec<&'w Written<'t>>> {
        let mut family: Vec<usize> = Vec::new();
        let (mut waiting, mut steps) = (vec![at], 0);
        while let Some(one) = waiting.pop() {
            for parent in self.parents(one) {
                steps += 1;
                if steps > FAMILY || parent == at {
                    return None;
                }
                waiting.push(parent);
                if !family.contains(&parent) {
                    family.push(parent);
                }
            }
        }
        let family = family.into_iter().filter_map(|at| self.entries.get(at).copied().flatten());
        let family: Vec<_> = family.collect();
        let bytes = family.iter().map(|entry| weight(&entry.first)).sum();
        self.left = self.left.checked_sub(bytes)?;
        Some(family)
    }

    /// The entries that one names.
    fn parents(&self, at: usize) -> Vec<usize> {
        let entry = self.entries.get(at).copied().flatten();
        let names = entry.map(|entry| named(&entry.first, is_link)).unwrap_or_default();
        names.iter().filter_map(|name| self.by_key.get(name).copied()).collect()
    }
}

/// The keys that stand in some fields of an entry.
fn named(entry: &RawEntry<'_>, is_of: impl Fn(&Pair<'_>) -> bool) -> Vec<String> {
    let fields = entry.fields.iter().filter(|field| is_of(field));
    let keys = fields.map(raw);
    keys.flat_map(|keys| keys.split(',').map(|key| key.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}

/// How long an entry is, in bytes.
fn weight(entry: &RawEntry<'_>) -> usize {
    let pieces = entry.fields.iter().flat_map(|field| &field.value.v);
    pieces.map(|piece| text(&piece.v).len()).sum()
}
