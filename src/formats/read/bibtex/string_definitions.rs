//! Expands string definitions: `@string{jcs = "Journal of Cold War Studies"}`.
//!
//! As in BibTeX, a definition may use only earlier ones, so it cannot refer to itself. The total
//! size of expansions is limited, because a few nested definitions could fill any memory.

use std::collections::{HashMap, HashSet};

use biblatex::{Field, Pair, RawChunk, RawEntry, Spanned};

/// The largest expansion of a value, in bytes; also the total for a list of any length.
const MAX_EXPANDED_BYTES: usize = 1 << 16;

/// How many expanded bytes are allowed for each byte of a list.
const EXPANDED_BYTES_PER_BYTE: usize = 8;

/// The bytes that each chunk costs beyond its text.
const CHUNK_OVERHEAD_BYTES: usize = 16;

/// The definitions read so far, by lower case name.
#[derive(Debug, Default)]
pub(super) struct StringDefinitions<'t> {
    /// The expanded value of each definition and its cost in bytes.
    values: HashMap<String, (Field<'t>, usize)>,
    /// The bytes of the list that were read.
    read_bytes: usize,
    /// The bytes of all expansions.
    expanded_bytes: usize,
    /// The line of the entry that is read.
    line: usize,
    undefined: UndefinedNames<'t>,
}

/// Names that are not defined.
#[derive(Debug, Default)]
struct UndefinedNames<'t> {
    /// Each once, with the line of the entry where it is first.
    names: Vec<(&'t str, usize)>,
    /// The same names, to find them fast.
    known: HashSet<&'t str>,
}

impl<'t> UndefinedNames<'t> {
    /// Makes text of a name that is not defined, unless it is the name of a month.
    fn keep(&mut self, chunk: RawChunk<'t>, line: usize) -> RawChunk<'t> {
        match chunk {
            RawChunk::Abbreviation(name)
                if !MONTHS.contains(&name.to_ascii_lowercase().as_str()) =>
            {
                if self.known.insert(name) {
                    self.names.push((name, line));
                }
                RawChunk::Normal(name)
            }
            other => other,
        }
    }
}

/// The names of months, which every list may use.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl<'t> StringDefinitions<'t> {
    /// Starts an entry on this line. Its bytes raise the limit of expansions.
    pub(super) fn start_entry(&mut self, line: usize, bytes: usize) {
        self.line = line;
        self.read_bytes += bytes;
    }

    /// The names that were kept as text, because no definition explains them.
    pub(super) fn undefined(&self) -> &[(&'t str, usize)] {
        &self.undefined.names
    }

    /// Adds a definition, replacing one of the same name. Returns whether its size is allowed.
    pub(super) fn add(&mut self, definition: Pair<'t>) -> bool {
        let text = self.expand_value(definition.value.v);
        let added = text.map(|text| {
            let bytes = text.iter().map(|chunk| CHUNK_OVERHEAD_BYTES + chunk_bytes(&chunk.v)).sum();
            self.values.insert(definition.key.v.to_lowercase(), (text, bytes))
        });
        added.is_some()
    }

    /// Expands the definitions in an entry. Returns `None` if the result is too large.
    pub(super) fn expand_entry(&mut self, mut entry: RawEntry<'t>) -> Option<RawEntry<'t>> {
        for field in &mut entry.fields {
            field.value.v = self.expand_value(std::mem::take(&mut field.value.v))?;
        }
        Some(entry)
    }

    /// Expands a value, or returns `None` if the result is too large. An unknown name becomes text, unless it
    /// is the name of a month.
    fn expand_value(&mut self, value: Field<'t>) -> Option<Field<'t>> {
        if value.iter().all(|chunk| matches!(chunk.v, RawChunk::Normal(_))) {
            return Some(value);
        }
        let mut out = Field::with_capacity(value.len());
        let mut expanded = 0;
        for chunk in value {
            let known = match chunk.v {
                RawChunk::Abbreviation(name) => self.values.get(&name.to_lowercase()),
                RawChunk::Normal(_) => None,
            };
            let Some((text, bytes)) = known else {
                out.push(Spanned::new(self.undefined.keep(chunk.v, self.line), chunk.span));
                continue;
            };
            expanded += bytes;
            if expanded > MAX_EXPANDED_BYTES
                || self.expanded_bytes + expanded
                    > MAX_EXPANDED_BYTES + EXPANDED_BYTES_PER_BYTE * self.read_bytes
            {
                return None;
            }
            let at_reference = |defined: &Spanned<RawChunk<'t>>| {
                Spanned::new(defined.v.clone(), chunk.span.clone())
            };
            out.extend(text.iter().map(at_reference));
        }
        self.expanded_bytes += expanded;
        Some(out)
    }
}

/// Returns the length of a chunk's text in bytes.
fn chunk_bytes(chunk: &RawChunk<'_>) -> usize {
    match chunk {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len(),
    }
}
