//! What entries take over from each other: `crossref` and `xdata`, which name other entries of the list.
//!
//! Links are followed here, and the library is given the few entries that an entry needs, under other
//! keys: it would follow a link that leads back to where it began for ever.

use std::collections::HashMap;

use biblatex::{
    Bibliography, Entry, EntryType, Pair, ParseError, RawBibliography, RawChunk, RawEntry, Spanned,
};

use super::entry;
use crate::record::Record;

/// The keys under which the library is given an entry and those from which it takes over.
const KEYS: [&str; 17] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"];

/// How many bytes may be taken over for each byte of a list, and in a short one.
const FOR_EACH: usize = 16;
const LEAST: usize = 1 << 16;

/// What is counted for a field, however short it is.
const FIELD: usize = 32;

/// The fields that name entries to take over from, and the one with other keys of the entry.
const LINKS: [&str; 2] = ["crossref", "xdata"];
const ALIASES: &str = "ids";

/// Fields that are often long, and that nothing but `xdata` hands on.
const ITS_OWN: [&str; 4] = ["abstract", "annotation", "file", "keywords"];

/// An entry with its definitions written out.
pub(super) struct Written<'t> {
    /// The fields, each once, but for links.
    first: RawEntry<'t>,
    /// The fields that stand there again: those for the second time, for the third.
    again: Vec<RawEntry<'t>>,
    /// The fields with keys of entries, and those keys.
    links: Vec<(String, String)>,
}

impl<'t> Written<'t> {
    /// An entry, whose fields may stand there more than once.
    pub(super) fn of(entry: RawEntry<'t>) -> Written<'t> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let RawEntry { key, kind, fields } = entry;
        let bare = || RawEntry { key: key.clone(), kind: kind.clone(), fields: Vec::new() };
        let (mut layers, mut links) = (vec![bare()], Vec::new());
        for field in fields {
            let name = field.key.v.to_ascii_lowercase();
            if LINKS.contains(&name.as_str()) || name == ALIASES {
                links.push((name, keys(&field)));
                continue;
            }
            let time = times.entry(name).or_default();
            if layers.len() == *time {
                layers.push(bare());
            }
            if let Some(layer) = layers.get_mut(*time) {
                layer.fields.push(field);
            }
            *time += 1;
        }
        let again = layers.split_off(1);
        Written { first: layers.remove(0), again, links }
    }

    /// Puts the entry into a record, with what it takes over from its family. Whether it could.
    pub(super) fn describe(
        &self,
        family: Option<&Family<'_, 't>>,
        record: &mut Record,
    ) -> Result<bool, ParseError> {
        let whole = family.and_then(|family| family.parsed(self).ok());
        let is_whole = whole.is_some();
        entry::begin(&whole.map_or_else(|| self.alone(&self.first), Ok)?, record);
        for again in &self.again {
            entry::describe(&self.alone(again)?, &[], record);
        }
        record.own.extend(self.links.iter().cloned());
        Ok(is_whole)
    }

    /// Some fields of the entry, as the library reads them.
    fn alone(&self, fields: &RawEntry<'t>) -> Result<Entry, ParseError> {
        parsed(self.first.key.v, vec![fields.clone()])
    }

    /// How many bytes others may take over from it: all, or but for what is its own.
    fn weight(&self, all: bool) -> usize {
        let own = |field: &&Pair<'_>| ITS_OWN.iter().any(|it| field.key.v.eq_ignore_ascii_case(it));
        let fields = self.first.fields.iter().filter(|field| all || !own(field));
        fields
            .map(|field| FIELD + field.key.v.len() + raw(field).map(str::len).sum::<usize>())
            .sum()
    }

    /// Whether it takes over everything.
    fn takes_all(&self) -> bool {
        self.first.kind.v.eq_ignore_ascii_case("xdata")
    }
}

/// The first of some entries, with what it takes over from the others, under its own key.
fn parsed(key: &str, entries: Vec<RawEntry<'_>>) -> Result<Entry, ParseError> {
    let entries = entries.into_iter().map(Spanned::zero).collect();
    let raw = RawBibliography { preamble: String::new(), entries, abbreviations: Vec::new() };
    let first = Bibliography::from_raw(raw)?.into_vec().into_iter().next();
    let mut entry = first.unwrap_or_else(|| Entry::new(String::new(), EntryType::Misc));
    for link in LINKS {
        entry.remove(link);
    }
    key.clone_into(&mut entry.key);
    Ok(entry)
}

/// The pieces of a field as they stand.
fn raw<'f, 't>(field: &'f Pair<'t>) -> impl Iterator<Item = &'t str> + use<'f, 't> {
    field.value.v.iter().map(|piece| match piece.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    })
}

/// The keys in a field, without the braces around them.
fn keys(field: &Pair<'_>) -> String {
    let text: String = raw(field).collect();
    text.replace(['{', '}'], "").trim().to_owned()
}

/// An entry of a list and all from which it takes over, itself first, each with the places of those
/// that it names.
pub(super) struct Family<'w, 't>(Vec<(&'w Written<'t>, Vec<usize>)>);

impl<'t> Family<'_, 't> {
    /// Whether it is the entry alone.
    pub(super) fn is_single(&self) -> bool {
        self.0.len() < 2
    }

    /// The entry with what it takes over.
    fn parsed(&self, entry: &Written<'t>) -> Result<Entry, ParseError> {
        let renamed = self.0.iter().zip(KEYS).map(|((member, parents), key)| {
            let mut renamed = member.first.clone();
            renamed.key.v = key;
            let names = parents.iter().filter_map(|parent| KEYS.get(*parent));
            let names = names.flat_map(|name| [RawChunk::Normal(name), RawChunk::Normal(",")]);
            let names: Vec<_> = names.map(Spanned::zero).collect();
            if !names.is_empty() {
                let (link, names) = (Spanned::zero("xdata"), Spanned::zero(names));
                renamed.fields.push(Pair::new(link, names));
            }
            renamed
        });
        parsed(entry.first.key.v, renamed.collect())
    }
}

/// Who takes over from whom.
pub(super) struct Links<'w, 't> {
    entries: Vec<Option<&'w Written<'t>>>,
    /// The places of those that each entry names, no more than make a family.
    parents: Vec<Vec<usize>>,
    /// How many bytes may still be taken over.
    left: usize,
}

impl<'w, 't> Links<'w, 't> {
    /// The links among the entries of a list.
    pub(super) fn among(entries: Vec<Option<&'w Written<'t>>>) -> Links<'w, 't> {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let mut left = LEAST;
        let names = |keys: &'w str| keys.split(',').map(str::trim).filter(|key| !key.is_empty());
        for (at, entry) in entries.iter().enumerate() {
            let Some(entry) = entry else { continue };
            left += FOR_EACH * entry.weight(true);
            by_key.entry(entry.first.key.v).or_insert(at);
            for (_, keys) in entry.links.iter().filter(|(name, _)| name == ALIASES) {
                for key in names(keys) {
                    by_key.entry(key).or_insert(at);
                }
            }
        }
        let parents = entries.iter().map(|entry| {
            let links = entry.map_or(&[][..], |entry| &entry.links);
            let of = |link: &'static str| links.iter().filter(move |(name, _)| name == link);
            let keys = LINKS.into_iter().flat_map(of).flat_map(|(_, keys)| names(keys));
            keys.filter_map(|key| by_key.get(key).copied()).take(KEYS.len()).collect()
        });
        Links { parents: parents.collect(), entries, left }
    }

    /// An entry and all from which it takes over, and they in turn. Nothing where that leads back to
    /// where it began, or is too much.
    pub(super) fn family(&mut self, at: usize) -> Option<Family<'w, 't>> {
        let (mut family, mut followed) = (vec![at], 0);
        let mut waiting = vec![at];
        while let Some(one) = waiting.pop() {
            for parent in self.parents.get(one)? {
                followed += 1;
                if followed >= KEYS.len() || *parent == at {
                    return None;
                }
                waiting.push(*parent);
                if !family.contains(parent) {
                    family.push(*parent);
                }
            }
        }
        let place = |of: &usize| family.iter().position(|at| at == of);
        let places = family.iter().map(|at| {
            self.parents.get(*at).into_iter().flatten().filter_map(place).collect::<Vec<_>>()
        });
        let places: Vec<_> = places.collect();
        let members = family.iter().map(|at| self.entries.get(*at).copied().flatten());
        let members: Vec<_> = members.collect::<Option<_>>()?;
        let all = members.iter().any(|member| member.takes_all());
        let bytes = members.iter().skip(1).map(|member| member.weight(all)).sum();
        self.left = self.left.checked_sub(bytes)?;
        Some(Family(members.into_iter().zip(places).collect()))
    }
}
