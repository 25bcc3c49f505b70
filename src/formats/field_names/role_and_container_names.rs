//! Names of fields that are words for roles, parts of names and containers, from `assets/fields/`, `assets/roles.toml` and
//! `assets/containers.toml`.

use super::fold::fold_name;
use super::{FieldTarget, name_words, words_of};
use crate::record::{Field, ROLE_WORDS, container_words};
use crate::text::fold::fold;

/// Shorter words in ASCII are codes and abbreviations, which may be other columns.
const MIN_NAME_LETTERS: usize = 5;
/// The same for contributors, whose columns are rarer: `trans` may be anything.
const MIN_CONTRIBUTOR_LETTERS: usize = 6;

/// The names of columns with those who received a copy of a message. They are no recipients that a citation names.
const COPY_NAMES: [&str; 9] = [
    "cc",
    "bcc",
    "carbon copy",
    "copy to",
    "copies to",
    "kopie an",
    "copie à",
    "copia a",
    "kopia do",
];

/// What stands behind the word for a container in the names of columns: `Box number`.
const NUMBER_WORDS: [&str; 4] = ["", "number", "no", "nr"];

/// Returns the known names with their targets.
pub(super) fn role_and_container_names() -> Vec<(FieldTarget, String)> {
    let mut names: Vec<(FieldTarget, String)> = Vec::new();
    let mut add = |target: FieldTarget, word: &str| {
        // Some letters, such as `ł`, are no letters with accents.
        for name in [fold_name(word), fold_name(&fold(word))] {
            names.push((target, name));
        }
    };
    let words = &*ROLE_WORDS;
    for (field, words) in [(Field::Creator, &words.creator), (Field::Recipient, &words.recipient)] {
        for word in words.iter().filter(|word| is_name(word, MIN_NAME_LETTERS)) {
            let ends = ["", "name", "names"].into_iter();
            ends.for_each(|end| add(FieldTarget::Field(field), &[word, end].concat()));
        }
    }
    for word in COPY_NAMES {
        add(FieldTarget::ContributorByRole, word);
    }
    let by_variable = words.by_variable().into_iter().flat_map(|(_, words)| words);
    for word in by_variable.chain(&words.contributor_columns) {
        if is_name(word, MIN_CONTRIBUTOR_LETTERS) {
            add(FieldTarget::ContributorByRole, word);
        }
    }
    for field in [Field::Box, Field::Folder, Field::Container] {
        for word in container_words(field) {
            let ends = NUMBER_WORDS.iter();
            ends.for_each(|end| add(FieldTarget::Field(field), &[word, *end].concat()));
        }
    }
    names
}

/// Whether a word for a role may be the name of a column.
fn is_name(word: &str, min_letters: usize) -> bool {
    let is_number = word.chars().all(|letter| letter.is_ascii_digit());
    !is_number && (!word.is_ascii() || word.len() >= min_letters)
}

/// Whether a name is that of the family's name of a person.
pub(crate) fn is_family_name(name: &str) -> bool {
    name_words::FAMILY_NAME.contains(&fold_name(name))
}

/// Whether a name is that of the given names of a person.
pub(crate) fn is_given_name(name: &str) -> bool {
    name_words::GIVEN_NAME.contains(&fold_name(name))
}

/// Whether a name is that of something that a thing had once: `Former inventory number`, `Altsignatur`.
pub(crate) fn is_former(name: &str) -> bool {
    words_of(name).iter().any(|word| name_words::FORMER.contains(&fold_name(word)))
}
