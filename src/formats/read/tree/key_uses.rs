//! What the keys of an object may be for. Answers are kept, because records repeat their keys.

use std::cell::RefCell;

use super::lists::has_title_word;
use super::{value_words, values, words};
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::kept_answers::KeptAnswers;
use crate::formats::field_names::{
    FieldTarget, is_family_name, is_given_name, is_part_of_person, known_names,
};
use crate::formats::read::json::Object;
use crate::record::Field;

/// The rank of the name for a title that only documents have in a language: `titre`. Behind it are those that
/// anything has, such as a name.
const TITLE_RANK: usize = 0;

/// A set of what keys may be for. The lowest bits are for [`value_words::VALUE_KEYS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyUses(u64);

/// The first bit behind those of the keys of values.
const FIRST_USE: usize = value_words::VALUE_KEYS.len();

impl KeyUses {
    /// The role of a person, [`value_words::ROLE_KEYS`].
    pub(super) const ROLE: KeyUses = KeyUses(1 << FIRST_USE);
    /// The id of a thing.
    pub(super) const ID: KeyUses = KeyUses(1 << (FIRST_USE + 1));
    /// The title of a thing.
    pub(super) const TITLE: KeyUses = KeyUses(1 << (FIRST_USE + 2));
    /// A part of a date.
    pub(super) const DATE_PART: KeyUses = KeyUses(1 << (FIRST_USE + 3));
    /// A moment as a number.
    pub(super) const MOMENT: KeyUses = KeyUses(1 << (FIRST_USE + 4));
    /// The family's name of a person, [`is_family_name`].
    pub(super) const FAMILY: KeyUses = KeyUses(1 << (FIRST_USE + 5));
    /// A given name of a person, [`is_given_name`].
    pub(super) const GIVEN: KeyUses = KeyUses(1 << (FIRST_USE + 17));
    /// A language.
    pub(super) const LANGUAGE: KeyUses = KeyUses(1 << (FIRST_USE + 6));
    /// The value for which its object stands.
    pub(super) const VALUE: KeyUses = KeyUses(1 << (FIRST_USE + 7));
    /// The value beside a label, [`value_words::LABELLED_VALUE_KEYS`].
    pub(super) const LABELLED_VALUE: KeyUses = KeyUses(1 << (FIRST_USE + 8));
    /// A class or list of RDF, [`words::is_class_key`].
    pub(super) const CLASS: KeyUses = KeyUses(1 << (FIRST_USE + 9));
    /// An event, [`words::is_event_key`].
    pub(super) const EVENT: KeyUses = KeyUses(1 << (FIRST_USE + 10));
    /// A field of names.
    pub(super) const NAMES: KeyUses = KeyUses(1 << (FIRST_USE + 11));
    /// A date, or its begin or end.
    pub(super) const DATE: KeyUses = KeyUses(1 << (FIRST_USE + 12));
    /// The title of a document, and not the name of anything.
    pub(super) const DOCUMENT_TITLE: KeyUses = KeyUses(1 << (FIRST_USE + 14));
    /// A name that fills the title of a record: a title, a headline, the name of a thing.
    pub(super) const FILLS_TITLE: KeyUses = KeyUses(1 << (FIRST_USE + 18));
    /// A name that means something, [`known_names`].
    pub(super) const KNOWN: KeyUses = KeyUses(1 << (FIRST_USE + 15));
    /// An element of XML that is a field whose name is an attribute, [`value_words::FIELD_KEYS`].
    pub(super) const FIELD: KeyUses = KeyUses(1 << (FIRST_USE + 16));
    /// A part of the name of a person with a role, [`is_part_of_person`].
    pub(super) const PART_OF_PERSON: KeyUses = KeyUses(1 << (FIRST_USE + 19));
    /// An address.
    pub(super) const URL: KeyUses = KeyUses(1 << (FIRST_USE + 13));

    /// What a key may be for.
    pub(super) fn of_key(key: &str) -> KeyUses {
        if let Some(uses) = KEPT.with_borrow(|kept| kept.get(key)) {
            return uses;
        }
        let uses = KeyUses::find(key);
        KEPT.with_borrow_mut(|kept| kept.keep(key, &uses));
        uses
    }

    /// What the keys of an object may be for: one of them, and all of them.
    pub(super) fn of_object(object: &Object) -> (KeyUses, KeyUses) {
        object.keys().fold((KeyUses::default(), KeyUses(u64::MAX)), |(any, all), key| {
            let KeyUses(uses) = KeyUses::of_key(key);
            (KeyUses(any.0 | uses), KeyUses(all.0 & uses))
        })
    }

    /// Whether these uses are among others.
    pub(super) fn has(self, uses: KeyUses) -> bool {
        self.0 & uses.0 == uses.0
    }

    /// Returns those of [`value_words::VALUE_KEYS`] that are among the keys, without regard to case.
    pub(super) fn value_keys(self) -> impl Iterator<Item = &'static str> {
        let mut bits = self.0 & ((1 << FIRST_USE) - 1);
        let mut next = move || {
            let index = (bits != 0).then_some(bits.trailing_zeros() as usize);
            bits &= bits.wrapping_sub(1);
            index
        };
        std::iter::from_fn(move || value_words::VALUE_KEYS.get(next()?).copied())
    }

    /// Finds out what a key may be for.
    fn find(key: &str) -> KeyUses {
        use FieldTarget::{Begin, Date, End};
        let is_value = |known: &str| known.eq_ignore_ascii_case(key);
        let value_keys = value_words::VALUE_KEYS.iter().enumerate();
        let value_bits = value_keys
            .filter(|(_, known)| is_value(known))
            .fold(0, |bits, (index, _)| bits | 1 << index);
        let is_part = || fold_name(key) == "year" || key == "date-parts";
        let known = known_names(key);
        let target = known.first().map(|known| known.target);
        let title = known.iter().find(|known| known.target == FieldTarget::Field(Field::Title));
        let is_names =
            |target| matches!(target, FieldTarget::Field(field) if Field::NAMES.contains(&field));
        let uses = [
            (KeyUses::ROLE, value_words::ROLE_KEYS.contains(&key)),
            (KeyUses::ID, ["id", "@id", "_id"].contains(&key)),
            (KeyUses::TITLE, ["title", "name", "label"].contains(&key)),
            (KeyUses::DATE_PART, is_part()),
            (KeyUses::MOMENT, key == "$date"),
            (KeyUses::FAMILY, is_family_name(key)),
            (KeyUses::GIVEN, is_given_name(key)),
            (KeyUses::LANGUAGE, values::is_language(key)),
            (KeyUses::VALUE, value_bits != 0 || is_value("@id")),
            (
                KeyUses::LABELLED_VALUE,
                value_words::LABELLED_VALUE_KEYS
                    .iter()
                    .chain(&value_words::STATEMENT_KEYS)
                    .any(|known| is_value(known)),
            ),
            (KeyUses::CLASS, words::is_class_key(key)),
            (KeyUses::EVENT, words::is_event_key(key)),
            (KeyUses::NAMES, target.is_some_and(is_names)),
            (
                KeyUses::DOCUMENT_TITLE,
                has_title_word(key) || title.is_some_and(|known| known.rank == TITLE_RANK),
            ),
            (KeyUses::FILLS_TITLE, title.is_some()),
            (KeyUses::PART_OF_PERSON, is_part_of_person(key)),
            (KeyUses::KNOWN, target.is_some()),
            (KeyUses::FIELD, value_words::FIELD_KEYS.contains(&key)),
            (KeyUses::URL, target == Some(FieldTarget::Field(Field::Url))),
            (KeyUses::DATE, target.is_some_and(|target| matches!(target, Begin | Date | End))),
        ];
        let set = uses.iter().filter(|(_, is_used)| *is_used);
        KeyUses(set.fold(value_bits, |all, (uses, _)| all | uses.0))
    }
}

thread_local! {
    /// The uses of the keys that were looked up.
    static KEPT: RefCell<KeptAnswers<KeyUses>> = RefCell::default();
}
