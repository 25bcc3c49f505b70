//! What a reference list defines for its entries: `@string{jcs = "Journal of Cold War Studies"}`.
//!
//! A definition is written out by those above it, as BibTeX does, so none can lead back to itself; and
//! only so much is written out, or a few short ones would fill any memory.

use std::collections::HashMap;

use biblatex::{Field, Pair, RawChunk, RawEntry, Spanned};

/// How many bytes a definition may stand for, and what may be written out in a short list.
const LONGEST: usize = 1 << 16;

/// How many bytes may be written out for each byte of a list.
const FOR_EACH: usize = 8;

/// What is counted for a piece of a text, however short it is.
const PIECE: usize = 16;

/// The definitions so far, by their names in small letters.
#[derive(Debug, Default)]
pub(super) struct Definitions<'t> {
    /// What each stands for, and what is counted for that.
    texts: HashMap<String, (Field<'t>, usize)>,
    /// How many bytes of the list were read, and how many were written out.
    read: usize,
    written: usize,
}

impl<'t> Definitions<'t> {
    /// So many bytes of the list were read.
    pub(super) fn read_on(&mut self, bytes: usize) {
        self.read += bytes;
    }

    /// Takes a definition, in place of an earlier one of the same name. Whether that is possible.
    pub(super) fn add(&mut self, definition: Pair<'t>) -> bool {
        let text = self.value(definition.value.v);
        let added = text.map(|text| {
            let bytes = text.iter().map(|piece| PIECE + length(&piece.v)).sum();
            self.texts.insert(definition.key.v.to_lowercase(), (text, bytes))
        });
        added.is_some()
    }

    /// An entry with the words in it written out that stand for something; nothing where it is too
    /// much.
    pub(super) fn write_out(&mut self, mut entry: RawEntry<'t>) -> Option<RawEntry<'t>> {
        for field in &mut entry.fields {
            field.value.v = self.value(std::mem::take(&mut field.value.v))?;
        }
        Some(entry)
    }

    /// A value written out. A word that is not known stays: it may be the name of a month.
    fn value(&mut self, value: Field<'t>) -> Option<Field<'t>> {
        if value.iter().all(|piece| matches!(piece.v, RawChunk::Normal(_))) {
            return Some(value);
        }
        let mut out = Field::with_capacity(value.len());
        let mut written = 0;
        for piece in value {
            let known = match piece.v {
                RawChunk::Abbreviation(name) => self.texts.get(&name.to_lowercase()),
                RawChunk::Normal(_) => None,
            };
            let Some((text, bytes)) = known else {
                out.push(piece);
                continue;
            };
            written += bytes;
            if written > LONGEST || self.written + written > LONGEST + FOR_EACH * self.read {
                return None;
            }
            let here = |of: &Spanned<RawChunk<'t>>| Spanned::new(of.v.clone(), piece.span.clone());
            out.extend(text.iter().map(here));
        }
        self.written += written;
        Some(out)
    }
}

/// How long a piece of a text is, in bytes.
fn length(piece: &RawChunk<'_>) -> usize {
    match piece {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len(),
    }
}
