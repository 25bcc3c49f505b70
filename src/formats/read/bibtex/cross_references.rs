//! Resolves `crossref` and `xdata`, by which entries inherit fields from other entries.
//!
//! The `biblatex` crate would follow circular links forever. So links are followed here, and the
//! crate receives only the few entries that one entry needs, under other keys.

use std::collections::HashMap;

use biblatex::{
    Bibliography, Entry, EntryType, Pair, ParseError, RawBibliography, RawChunk, RawEntry, Spanned,
};

use super::entry;
use crate::record::{OwnName, Record};

/// The keys of an inheritance group as the `biblatex` crate receives it; also its largest size.
const MEMBER_KEYS: [&str; 17] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"];

/// How many bytes may be inherited for each byte of a list.
const INHERITED_BYTES_PER_BYTE: usize = 16;
/// How many bytes may be inherited in a list of any length.
const BASE_INHERITED_BYTES: usize = 1 << 16;

/// The bytes that each inherited field costs beyond its text.
const FIELD_OVERHEAD_BYTES: usize = 32;

/// The fields that name entries to inherit from.
const LINK_FIELDS: [&str; 2] = ["crossref", "xdata"];
/// The field with other keys of the entry.
const ALIAS_FIELD: &str = "ids";

/// Often long fields that only `xdata` entries inherit.
const CROSSREF_EXCLUDED_FIELDS: [&str; 4] = ["abstract", "annotation", "file", "keywords"];

/// An entry with expanded string definitions.
pub(super) struct ParsedEntry<'t> {
    /// The first occurrence of each field, without links.
    first: RawEntry<'t>,
    /// Repeated fields: the second occurrences, then the third, and so on.
    repeated: Vec<RawEntry<'t>>,
    /// The fields with keys of entries, each with its keys.
    links: Vec<(OwnName, String)>,
}

impl<'t> ParsedEntry<'t> {
    /// The key.
    pub(super) fn key(&self) -> &'t str {
        self.first.key.v
    }

    /// Sorts the fields of an entry. A field may occur more than once.
    pub(super) fn new(entry: RawEntry<'t>) -> ParsedEntry<'t> {
        let mut occurrences: HashMap<String, usize> = HashMap::new();
        let RawEntry { key, kind, fields } = entry;
        let bare = || RawEntry { key: key.clone(), kind: kind.clone(), fields: Vec::new() };
        let (mut layers, mut links) = (vec![bare()], Vec::new());
        for field in fields {
            let name = field.key.v.to_ascii_lowercase();
            if LINK_FIELDS.contains(&name.as_str()) || name == ALIAS_FIELD {
                links.push((name.into(), linked_keys(&field)));
                continue;
            }
            let occurrence = occurrences.entry(name).or_default();
            if layers.len() == *occurrence {
                layers.push(bare());
            }
            if let Some(layer) = layers.get_mut(*occurrence) {
                layer.fields.push(field);
            }
            *occurrence += 1;
        }
        let repeated = layers.split_off(1);
        ParsedEntry { first: layers.remove(0), repeated, links }
    }

    /// Fills a record from the entry and the fields it inherits from its group.
    ///
    /// Returns whether inherited fields were resolved.
    ///
    /// # Errors
    /// The entry cannot be parsed.
    pub(super) fn fill_record(
        &self,
        group: Option<&InheritanceGroup<'_, 't>>,
        record: &mut Record,
    ) -> Result<bool, ParseError> {
        let resolved = group.and_then(|group| group.resolve(self).ok());
        let has_inherited = resolved.is_some();
        entry::fill_record(
            &resolved.map_or_else(|| self.parse_without_parents(&self.first), Ok)?,
            record,
        );
        for fields in &self.repeated {
            entry::add_fields(&self.parse_without_parents(fields)?, &[], record);
        }
        record.own.extend(self.links.iter().cloned());
        Ok(has_inherited)
    }

    /// Parses fields of the entry without inherited ones.
    fn parse_without_parents(&self, fields: &RawEntry<'t>) -> Result<Entry, ParseError> {
        parse_first(self.first.key.v, vec![fields.clone()])
    }

    /// Returns the cost of inheriting from this entry, in bytes: of `all` fields, or of those that
    /// `crossref` inherits.
    fn inheritable_bytes(&self, all: bool) -> usize {
        let is_excluded = |field: &&Pair<'_>| {
            CROSSREF_EXCLUDED_FIELDS.iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
        };
        let fields = self.first.fields.iter().filter(|field| all || !is_excluded(field));
        fields
            .map(|field| {
                FIELD_OVERHEAD_BYTES
                    + field.key.v.len()
                    + raw_chunks(field).map(str::len).sum::<usize>()
            })
            .sum()
    }

    /// Whether this is an `xdata` entry, which inherits all fields.
    fn is_xdata(&self) -> bool {
        self.first.kind.v.eq_ignore_ascii_case("xdata")
    }
}

/// Parses entries and returns the first one, with its inherited fields and under `key`.
fn parse_first(key: &str, entries: Vec<RawEntry<'_>>) -> Result<Entry, ParseError> {
    let entries = entries.into_iter().map(Spanned::zero).collect();
    let raw = RawBibliography { preamble: String::new(), entries, abbreviations: Vec::new() };
    let first = Bibliography::from_raw(raw)?.into_vec().into_iter().next();
    let mut entry = first.unwrap_or_else(|| Entry::new(String::new(), EntryType::Misc));
    for link in LINK_FIELDS {
        entry.remove(link);
    }
    key.clone_into(&mut entry.key);
    Ok(entry)
}

/// Returns the unparsed chunks of a field.
fn raw_chunks<'f, 't>(field: &'f Pair<'t>) -> impl Iterator<Item = &'t str> + use<'f, 't> {
    field.value.v.iter().map(|chunk| match chunk.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    })
}

/// Returns the keys in a field, without braces.
fn linked_keys(field: &Pair<'_>) -> String {
    let text: String = raw_chunks(field).collect();
    text.replace(['{', '}'], "").trim().to_owned()
}

/// An entry and all entries it inherits from, the entry first. Each has the indices of its parents
/// in this group.
pub(super) struct InheritanceGroup<'w, 't>(Vec<(&'w ParsedEntry<'t>, Vec<usize>)>);

impl<'t> InheritanceGroup<'_, 't> {
    /// Whether the group is only the entry.
    pub(super) fn has_no_parents(&self) -> bool {
        self.0.len() < 2
    }

    /// Parses the entry with its inherited fields.
    fn resolve(&self, entry: &ParsedEntry<'t>) -> Result<Entry, ParseError> {
        let renamed = self.0.iter().zip(MEMBER_KEYS).map(|((member, parents), key)| {
            let mut renamed = member.first.clone();
            renamed.key.v = key;
            let names = parents.iter().filter_map(|parent| MEMBER_KEYS.get(*parent));
            let names = names.flat_map(|name| [RawChunk::Normal(name), RawChunk::Normal(",")]);
            let names: Vec<_> = names.map(Spanned::zero).collect();
            if !names.is_empty() {
                let (link, names) = (Spanned::zero("xdata"), Spanned::zero(names));
                renamed.fields.push(Pair::new(link, names));
            }
            renamed
        });
        parse_first(entry.first.key.v, renamed.collect())
    }
}

/// The inheritance links between the entries of a list, which may grow.
pub(super) struct EntryLinks<'w, 't> {
    /// The entries; `None` is one that could not be parsed.
    entries: Vec<Option<&'w ParsedEntry<'t>>>,
    /// The first entry with each key.
    by_key: HashMap<&'w str, usize>,
    /// How many bytes may still be inherited.
    remaining_bytes: usize,
}

/// Splits a list of keys.
fn split_keys(keys: &str) -> impl Iterator<Item = &str> {
    keys.split(',').map(str::trim).filter(|key| !key.is_empty())
}

impl<'w, 't> EntryLinks<'w, 't> {
    /// The links of a list without entries.
    pub(super) fn new() -> EntryLinks<'w, 't> {
        let (entries, by_key) = (Vec::new(), HashMap::new());
        EntryLinks { entries, by_key, remaining_bytes: BASE_INHERITED_BYTES }
    }

    /// Adds the next entry of the list.
    pub(super) fn push(&mut self, entry: Option<&'w ParsedEntry<'t>>) {
        let at = self.entries.len();
        self.entries.push(entry);
        let Some(entry) = entry else { return };
        self.remaining_bytes += INHERITED_BYTES_PER_BYTE * entry.inheritable_bytes(true);
        self.by_key.entry(entry.first.key.v).or_insert(at);
        for (_, keys) in entry.links.iter().filter(|(name, _)| name == ALIAS_FIELD) {
            for key in split_keys(keys) {
                self.by_key.entry(key).or_insert(at);
            }
        }
    }

    /// The keys from which an entry inherits.
    fn parent_keys(&self, at: usize) -> impl Iterator<Item = &'w str> {
        let links = self.entries.get(at).copied().flatten().map_or(&[][..], |it| &it.links);
        let named = |link: &'static str| links.iter().filter(move |(name, _)| name == link);
        LINK_FIELDS.into_iter().flat_map(named).flat_map(|(_, keys)| split_keys(keys))
    }

    /// The indices of an entry's parents, at most as many as fit in a group.
    fn parents(&self, at: usize) -> Vec<usize> {
        let known = self.parent_keys(at).filter_map(|key| self.by_key.get(key).copied());
        known.take(MEMBER_KEYS.len()).collect()
    }

    /// Whether the list has all entries from which an entry inherits, so that none that follows could add to it.
    pub(super) fn is_complete(&self, at: usize) -> bool {
        let (mut group, mut next) = (vec![at], 0);
        while let Some(entry) = group.get(next).copied() {
            next += 1;
            if self.parent_keys(entry).any(|key| !self.by_key.contains_key(key)) {
                return false;
            }
            for parent in self.parents(entry) {
                if !group.contains(&parent) {
                    group.push(parent);
                }
            }
            if group.len() > MEMBER_KEYS.len() {
                return true;
            }
        }
        true
    }

    /// Returns the entry at an index with all its ancestors.
    ///
    /// Returns `None` if the links are circular or the group is too large.
    pub(super) fn group(&mut self, at: usize) -> Option<InheritanceGroup<'w, 't>> {
        let (mut group, mut followed) = (vec![at], 0);
        let mut pending = vec![at];
        while let Some(entry) = pending.pop() {
            for parent in self.parents(entry) {
                followed += 1;
                if followed >= MEMBER_KEYS.len() || parent == at {
                    return None;
                }
                pending.push(parent);
                if !group.contains(&parent) {
                    group.push(parent);
                }
            }
        }
        let index = |entry: &usize| group.iter().position(|member| member == entry);
        let parents =
            group.iter().map(|at| self.parents(*at).iter().filter_map(index).collect::<Vec<_>>());
        let parents: Vec<_> = parents.collect();
        let members = group.iter().map(|at| self.entries.get(*at).copied().flatten());
        let members: Vec<_> = members.collect::<Option<_>>()?;
        let all = members.iter().any(|member| member.is_xdata());
        let bytes = members.iter().skip(1).map(|member| member.inheritable_bytes(all)).sum();
        self.remaining_bytes = self.remaining_bytes.checked_sub(bytes)?;
        Some(InheritanceGroup(members.into_iter().zip(parents).collect()))
    }
}
