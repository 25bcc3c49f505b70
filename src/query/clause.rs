//! A parsed filter: [`Query`], its [`Term`]s, and what each of them looks for.

use std::sync::Arc;

use super::date_filter::DateFilter;
use super::suggestion::Suggestion;
use super::tree::{self, Group};
use super::word_pattern::WordPattern;
use crate::record::field_set::FieldSet;
use crate::record::{Field, FieldRef, OwnName};

/// A parsed filter. A record matches if in each group at least one alternative matches it. A query
/// without groups matches every record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Groups of alternatives joined by *or*; the groups are joined by *and*.
    pub groups: Vec<Group>,
    /// What is wrong with the filter: unknown fields, impossible values. These terms are ignored.
    pub errors: Vec<Suggestion>,
    /// Other parts of the filter that were ignored.
    pub ignored: Vec<Suggestion>,
    /// What parts of the filter mean that could mean something else.
    pub hints: Vec<Suggestion>,
}

impl Query {
    /// All terms, in the order in which they were typed.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        tree::terms_of(&self.groups).into_iter()
    }

    /// All terms, to be changed.
    pub(crate) fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        tree::terms_of_mut(&mut self.groups).into_iter()
    }

    /// Whether the result depends on the user's marks and notes.
    pub fn uses_marks(&self) -> bool {
        self.terms().any(|term| term.clause.uses_marks())
    }

    /// Whether a term looks for words, or for records like another one, so that some records match better than others.
    pub fn has_words(&self) -> bool {
        let is_ranked = |clause: &Clause| matches!(clause, Clause::Words(_) | Clause::Like(_));
        self.terms().any(|term| !term.negated && is_ranked(&term.clause))
    }

    /// Adds what is wrong, unless it was said just before.
    pub(super) fn add_error(&mut self, error: Suggestion) {
        if self.errors.last() != Some(&error) {
            self.errors.push(error);
        }
    }

    /// Keeps only as many terms as can be searched for in this many records with bounded memory. If there are more, an
    /// error says so. Among very many, those that stand before are left out first, because they change nothing.
    pub fn limit_terms(&mut self, records: usize) {
        let limit = (MAX_SCORE_BYTES / records.max(1)).max(MIN_LIMIT_OF_TERMS);
        if self.terms().count() <= MIN_LIMIT_OF_TERMS {
            return;
        }
        tree::drop_repeated_terms(&mut self.groups);
        if self.terms().count() <= limit {
            return;
        }
        let mut left = limit;
        tree::keep_first_terms(&mut self.groups, &mut left);
        self.errors.push(Suggestion::TooManyTerms { records, limit });
    }
}

/// The memory for the scores of all terms, in bytes. A term has one byte for each record.
const MAX_SCORE_BYTES: usize = 1 << 27;

/// So many terms are always searched for.
const MIN_LIMIT_OF_TERMS: usize = 64;

/// One term of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as it was typed, with its operators.
    pub text: String,
    /// Whether it excludes the records that it matches.
    pub negated: bool,
    /// What it looks for.
    pub clause: Clause,
}

/// What a term looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Words.
    Words(Phrase),
    /// A date.
    Date(DateFilter),
    /// Records that the user marked.
    Marked,
    /// Records on which the user wrote a note.
    HasNote,
    /// Records whose date was not understood, or not with certainty.
    DoubtfulDate,
    /// Words in a note of the user.
    Note(Phrase),
    /// Records that are like the one with this id, position or title.
    Like(Arc<str>),
    /// Words in the name of the record's file, or in the title of its archive.
    File(Phrase),
}

impl Clause {
    /// Whether the matches depend on the user's marks and notes.
    pub fn uses_marks(&self) -> bool {
        matches!(self, Clause::Marked | Clause::HasNote | Clause::Note(_))
    }
}

/// The fields that a term searches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// No field was named: the fields of [`FieldSet::DEFAULT_SEARCH`].
    #[default]
    DefaultFields,
    /// The fields with names of people and corporate bodies, whatever their role.
    Names,
    /// A known field.
    Known(Field),
    /// The own fields with these names: names that only the files know.
    Own(Arc<[OwnName]>),
}

impl Scope {
    /// The set of fields in the index. The index keeps all own fields as one, and some known fields.
    pub fn fields(&self) -> FieldSet {
        match self {
            Scope::DefaultFields => FieldSet::DEFAULT_SEARCH,
            Scope::Names => FieldSet::NAMES,
            Scope::Known(field) => FieldSet::from_field(*field),
            Scope::Own(_) => FieldSet::OWN,
        }
    }

    /// Whether the set of fields has others too, so that the texts must be read.
    pub fn needs_texts(&self) -> bool {
        match self {
            Scope::DefaultFields | Scope::Names => false,
            Scope::Known(field) => FieldSet::is_shared(*field),
            Scope::Own(_) => true,
        }
    }

    /// The field as a set, if the term searches it. Dates are never searched as text.
    pub fn field_for(&self, field: FieldRef<'_>) -> Option<FieldSet> {
        let (field, name_matches) = match field {
            FieldRef::Date => return None,
            FieldRef::Known(field) => (
                FieldSet::from_field(field),
                !matches!(self, Scope::Known(known) if *known != field),
            ),
            FieldRef::Own(name) => {
                let is_other = |names: &Arc<[OwnName]>| !names.iter().any(|own| own == name);
                (FieldSet::OWN, !matches!(self, Scope::Own(names) if is_other(names)))
            }
        };
        (name_matches && self.fields().intersects(field)).then_some(field)
    }
}

/// Which guesses are made for a typed word. Each level has those of the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuessLevel {
    /// None, unless the word was typed with `~`.
    None,
    /// Guesses at words that no word of the index begins with.
    UnknownWords,
    /// Words that differ in one letter from known words.
    OneLetter,
    /// All words that may have been meant by a known word, if it is not short.
    Any,
    /// All words that may have been meant by a known word, however short.
    ShortWords,
}

impl GuessLevel {
    /// Whether other words may be meant. `is_known`: words in the index begin with it.
    pub fn allows_other_words(self, is_known: bool) -> bool {
        match self {
            GuessLevel::None => false,
            GuessLevel::UnknownWords | GuessLevel::OneLetter => !is_known,
            GuessLevel::Any | GuessLevel::ShortWords => true,
        }
    }
}

/// When guesses are made for a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuessPolicy {
    /// Never: the term is negated or quoted, or matches whole words only.
    Never,
    /// If no word begins with what was typed, or if the whole filter finds few records.
    IfNeeded,
    /// Always: it was typed with `~`.
    Always,
}

/// Which numbers match that begin with a typed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongerNumbers {
    /// All, as words do.
    Match,
    /// None, unless no record has the typed number.
    IfNeeded,
}

/// Where the words of a phrase are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseOrigin {
    /// They were typed, or are another spelling of a typed name.
    Typed,
    /// They are another form of a typed word: joined, parted, or with another ending.
    WordForm,
}

/// One word, or several words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The fields to search.
    pub scope: Scope,
    /// The words, at least one.
    pub words: Vec<WordPattern>,
    /// Whether a value has to begin with it.
    pub at_start: bool,
    /// Whether a value has to end with it.
    pub at_end: bool,
    /// Whether its word may match inside a longer word. This applies if no word begins with it.
    pub allow_inside: bool,
    /// If the words may stand in any order and not side by side: the most other words among them.
    pub max_between: Option<usize>,
    /// Which longer numbers match, if its last word is a number.
    pub longer_numbers: LongerNumbers,
    /// When guesses are made for it.
    pub guess_policy: GuessPolicy,
    /// Whether it was typed, or is another form of what was typed, which ranks below it.
    pub origin: PhraseOrigin,
    /// Other spellings, if the phrase is a name, and other forms. They match too: names with the quality of a prefix,
    /// forms with a lower one.
    pub variants: Vec<Phrase>,
}

impl Phrase {
    /// Returns the phrase and its other spellings.
    pub(super) fn with_variants(&self) -> impl Iterator<Item = Phrase> {
        std::iter::once(self.clone()).chain(self.variants.iter().cloned())
    }
}
