//! What the file of a record says, as a hash that no parser can change.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::text::trim::trim;

/// A hash of all texts of a record exactly as its file writes them, before any of them is read as a
/// date, a name or a field.
///
/// Parsers add every cell, value or text node of a record, in any order. A better parser puts the same
/// texts into other fields, and the hash stays the same. Two records with the same texts have the same
/// hash.
///
/// ```
/// use fonds::record::SourceHash;
///
/// let (mut one, mut other) = (SourceHash::default(), SourceHash::default());
/// ["Letters", "1900-1950", "1920-1930"].iter().for_each(|text| one.add_text(text));
/// ["1920-1930", " 1900-1950", "Letters", ""].iter().for_each(|text| other.add_text(text));
/// assert_eq!(one, other);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SourceHash(u64);

impl SourceHash {
    /// The hash as a number; `None` if no text was added.
    pub fn get(self) -> Option<u64> {
        (self.0 != 0).then_some(self.0)
    }

    /// Adds a text, without the white space around it. An empty text changes nothing.
    #[inline]
    pub fn add_text(&mut self, text: &str) {
        let text = trim(text);
        if !text.is_empty() {
            self.0 = self.0.wrapping_add(xxh3_64(text.as_bytes()));
        }
    }

    /// Adds lines as one text. It does not matter where they are wrapped.
    pub fn add_wrapped_text<'t>(&mut self, lines: impl IntoIterator<Item = &'t str>) {
        let mut hash = Xxh3::new();
        let mut is_empty = true;
        for word in lines.into_iter().flat_map(str::split_whitespace) {
            hash.update(word.as_bytes());
            hash.update(b" ");
            is_empty = false;
        }
        if !is_empty {
            self.0 = self.0.wrapping_add(hash.digest());
        }
    }

    /// Removes texts that were added.
    pub fn subtract(&mut self, other: SourceHash) {
        self.0 = self.0.wrapping_sub(other.0);
    }

    /// Adds all texts of another hash.
    pub fn add(&mut self, other: SourceHash) {
        self.0 = self.0.wrapping_add(other.0);
    }
}
