//! What the roles of names mean: the field of a name, and the variable of CSL.
//!
//! Only what a file says is used: no role is guessed.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::record::{Field, ROLE_WORDS};
use crate::text::fold::fold;

/// The variable of contributors with another role, or none.
const CONTRIBUTOR: &str = "contributor";

/// The fields of roles, by their folded texts.
pub(super) static ROLE_FIELDS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let words = &*ROLE_WORDS;
    let contributors =
        words.by_variable().into_iter().map(|(_, words)| (Field::Contributor, words));
    let lists = [
        (Field::Contributor, words.contributor.as_slice()),
        (Field::People, &words.mentioned),
        (Field::Recipient, &words.recipient),
        (Field::Creator, &words.creator),
    ];
    let lists = contributors.chain(lists);
    lists.flat_map(|(field, list)| list.iter().map(move |word| (key(word), field))).collect()
});

/// The variables of CSL, by the folded texts of roles.
static VARIABLES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lists = ROLE_WORDS.by_variable().into_iter();
    let words =
        lists.flat_map(|(variable, list)| list.iter().map(move |word| (key(word), variable)));
    words.chain(["", "ctb", CONTRIBUTOR].map(|word| (word.to_owned(), CONTRIBUTOR))).collect()
});

/// Folds a role for looking it up.
pub(super) fn key(role: &str) -> String {
    let folded = fold(role).replace('.', " ");
    let trimmed = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The variables of CSL for contributors, in the order in which they are written.
pub(super) fn variables() -> impl Iterator<Item = &'static str> {
    ROLE_WORDS.by_variable().into_iter().map(|(variable, _)| variable).chain([CONTRIBUTOR])
}

/// Returns the CSL variable of a role.
pub(super) fn variable(role: &str) -> Option<&'static str> {
    VARIABLES.get(&key(role)).copied()
}

/// Returns the role that a CSL variable gives: its name, and none for `contributor`.
pub(super) fn role_of_variable(variable: &str) -> &str {
    if variable == CONTRIBUTOR { "" } else { variable }
}
