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

/// The inheritance links between the entries of a list.
pub(super) struct EntryLinks<'w, 't> {
    entries: Vec<Option<&'w ParsedEntry<'t>>>,
    /// The indices of each entry's parents, at most as many as fit in a group.
    parents: Vec<Vec<usize>>,
    /// How many bytes may still be inherited.
    remaining_bytes: usize,
}

impl<'w, 't> EntryLinks<'w, 't> {
    /// Finds the links between the entries of a list. `None` is an entry that could not be parsed.
    pub(super) fn new(entries: Vec<Option<&'w ParsedEntry<'t>>>) -> EntryLinks<'w, 't> {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let mut remaining_bytes = BASE_INHERITED_BYTES;
        let split_keys =
            |keys: &'w str| keys.split(',').map(str::trim).filter(|key| !key.is_empty());
        for (at, entry) in entries.iter().enumerate() {
            let Some(entry) = entry else { continue };
            remaining_bytes += INHERITED_BYTES_PER_BYTE * entry.inheritable_bytes(true);
            by_key.entry(entry.first.key.v).or_insert(at);
            for (_, keys) in entry.links.iter().filter(|(name, _)| name == ALIAS_FIELD) {
                for key in split_keys(keys) {
                    by_key.entry(key).or_insert(at);
                }
            }
        }
        let parents = entries.iter().map(|entry| {
            let links = entry.map_or(&[][..], |entry| &entry.links);
            let named = |link: &'static str| links.iter().filter(move |(name, _)| name == link);
            let keys =
                LINK_FIELDS.into_iter().flat_map(named).flat_map(|(_, keys)| split_keys(keys));
            keys.filter_map(|key| by_key.get(key).copied()).take(MEMBER_KEYS.len()).collect()
        });
        EntryLinks { parents: parents.collect(), entries, remaining_bytes }
    }

    /// Returns the entry at an index with all its ancestors.
    ///
    /// Returns `None` if the links are circular or the group is too large.
    pub(super) fn group(&mut self, at: usize) -> Option<InheritanceGroup<'w, 't>> {
        let (mut group, mut followed) = (vec![at], 0);
        let mut pending = vec![at];
        while let Some(entry) = pending.pop() {
            for parent in self.parents.get(entry)? {
                followed += 1;
                if followed >= MEMBER_KEYS.len() || *parent == at {
                    return None;
                }
                pending.push(*parent);
                if !group.contains(parent) {
                    group.push(*parent);
                }
            }
        }
        let index = |entry: &usize| group.iter().position(|member| member == entry);
        let parents = group.iter().map(|at| {
            self.parents.get(*at).into_iter().flatten().filter_map(index).collect::<Vec<_>>()
        });
        let parents: Vec<_> = parents.collect();
        let members = group.iter().map(|at| self.entries.get(*at).copied().flatten());
        let members: Vec<_> = members.collect::<Option<_>>()?;
        let all = members.iter().any(|member| member.is_xdata());
        let bytes = members.iter().skip(1).map(|member| member.inheritable_bytes(all)).sum();
        self.remaining_bytes = self.remaining_bytes.checked_sub(bytes)?;
        Some(InheritanceGroup(members.into_iter().zip(parents).collect()))
    }
}
