//! What the roles of names mean: the field of a name, and the variable of CSL.
//!
//! Only what a file says is used: no role is guessed.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::record::{CitedRole, Field, ROLE_WORDS};
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

/// The roles that citations name, by their folded texts.
static CITED: LazyLock<HashMap<String, &'static CitedRole>> = LazyLock::new(|| {
    let mut cited = HashMap::new();
    for role in &ROLE_WORDS.cited {
        let lists = ROLE_WORDS.by_variable();
        let list = lists.iter().find(|(variable, _)| *variable == role.list);
        let words = list.map_or(&[][..], |(_, words)| words).iter().chain(&role.words);
        cited.extend(words.map(|word| (key(word), role)));
    }
    cited
});

/// Returns what citations say of a role, as a word, a code, an address, or several of them: `editor (edt)`.
pub(super) fn cited_roles(role: &str) -> Vec<&'static CitedRole> {
    let mut found: Vec<&'static CitedRole> = Vec::new();
    let mut separated = role.to_lowercase();
    for word in [" and ", " und ", " et "] {
        separated = separated.replace(word, ";");
    }
    let parts = separated.split(['(', ')', '[', ']', ';', ',', '/', '#', '&', '|']);
    for cited in parts.filter_map(|part| CITED.get(&key(part))) {
        if !found.iter().any(|other| other.list == cited.list) {
            found.push(cited);
        }
    }
    found
}
