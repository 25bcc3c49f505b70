//! Words that the names of fields are made of, in all languages: for dates, for making a document, for places.
//!
//! They stand under `[words]` in the files of `assets/fields/`, a list for each kind; `docs/field-names.md` says what
//! the kinds mean. `build/field_names.rs` compiles them into the sets below, one for each kind.

/// Words of one kind, folded as by [`fold_name`](super::fold::fold_name).
pub(super) struct WordSet {
    /// Words that count whole, sorted.
    whole: &'static [&'static str],
    /// How further words begin.
    beginnings: &'static [&'static str],
}

impl WordSet {
    /// Returns the words that count whole.
    pub(super) fn whole(&self) -> &'static [&'static str] {
        self.whole
    }

    /// Whether a folded word is one of the set.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.whole.binary_search(&word).is_ok()
            || self.beginnings.iter().any(|beginning| word.starts_with(beginning))
    }
}

include!(concat!(env!("OUT_DIR"), "/name_words.rs"));
