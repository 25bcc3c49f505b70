//! What the filter bar asks for: terms, joined by *and* and *or*.

use super::date_filter::DateFilter;
use super::word_pattern::WordPattern;
use crate::record::Field;
use crate::record::Slot;
use crate::record::field_set::FieldSet;

/// A filter: of each group at least one term has to fit. Where there is no group, all records fit.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Groups of terms joined by *or*; the groups are joined by *and*.
    pub groups: Vec<Vec<Term>>,
    /// What was passed over, and why.
    pub hints: Vec<String>,
}

impl Query {
    /// All terms, in the order of the text.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.groups.iter().flatten()
    }

    /// Whether it depends on what the reader marked and noted.
    pub fn asks_marks(&self) -> bool {
        self.terms().any(|term| term.wish.asks_marks())
    }

    /// Whether there are words to find, so that some records fit better than others.
    pub fn has_words(&self) -> bool {
        self.terms().any(|term| !term.negated && matches!(term.wish, Clause::Words(_)))
    }
}

/// One term of a filter.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term as it was typed, with its operators.
    pub text: String,
    /// Whether it leaves out what it fits.
    pub negated: bool,
    /// What it looks for.
    pub wish: Clause,
}

/// What a term looks for.
#[derive(Clone, Debug)]
pub enum Clause {
    /// Words.
    Words(Phrase),
    /// A date.
    Date(DateFilter),
    /// A mark of the reader.
    Marked,
    /// A note of the reader.
    Noted,
    /// Words in a note of the reader.
    Note(Phrase),
    /// Words in the name of a file, or in the title of its archive.
    From(Phrase),
}

impl Clause {
    /// Whether it depends on what the reader marked and noted.
    pub fn asks_marks(&self) -> bool {
        matches!(self, Clause::Marked | Clause::Noted | Clause::Note(_))
    }
}

/// Which fields a term looks into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// No field was named: those of [`FieldSet::BARE`].
    #[default]
    Bare,
    /// A known field.
    Known(Field),
    /// A field under its file's own name.
    Own(String),
}

impl Scope {
    /// The fields, as far as the index tells them apart.
    pub fn fields(&self) -> FieldSet {
        match self {
            Scope::Bare => FieldSet::BARE,
            Scope::Known(field) => FieldSet::of(*field),
            Scope::Own(_) => FieldSet::OWN,
        }
    }

    /// The field of a text of a record, where the term looks into it.
    pub fn field_of(&self, slot: Slot<'_>) -> Option<FieldSet> {
        let (field, named) = match slot {
            Slot::Date => return None,
            Slot::Known(field) => (FieldSet::of(field), true),
            Slot::Own(name) => (FieldSet::OWN, !matches!(self, Scope::Own(own) if own != name)),
        };
        (named && self.fields().meets(field)).then_some(field)
    }
}

/// How much is guessed at though words begin with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boldness {
    /// Nothing.
    None,
    /// Words that differ in one letter.
    Close,
    /// All that may have been meant.
    All,
}

/// When guesses are made for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessing {
    /// Never: it is left out, quoted, or asks for the whole word.
    Never,
    /// Where no word begins with it, or where the whole filter would find little.
    WhereNeeded,
    /// Always: it was typed with `~`.
    Always,
}

/// One word, or several that follow each other.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The fields it looks into.
    pub scope: Scope,
    /// Its words, at least one.
    pub words: Vec<WordPattern>,
    /// Whether a value has to begin with it.
    pub at_start: bool,
    /// Whether a value has to end with it.
    pub at_end: bool,
    /// Whether its word may stand inside a longer one, where no word begins with it.
    pub inside: bool,
    /// When guesses are made for it.
    pub guessing: Guessing,
    /// Other spellings of the name that it is: a text that has one fits too, as if a word of it
    /// began with what was typed.
    pub others: Vec<Phrase>,
}
