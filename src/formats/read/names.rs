//! What a format with separate parts of names states about a name.

use crate::record::{Name, NameKind, NameParts, Record, StatedKind};

/// Returns the name that parts make: `Last, First`. The record keeps that it is a person's if the text
/// alone does not show it.
pub(super) fn from_parts(record: &mut Record, parts: NameParts<'_>) -> String {
    let has_parts = !parts.family.trim().is_empty() && !parts.given.trim().is_empty();
    let text = Name::from_parts(parts).written;
    let read = Name::parse(&text, None);
    if has_parts && (read.is_whole() || matches!(read.kind, NameKind::Body | NameKind::Family)) {
        record.set_name_kind(&text, StatedKind::Person);
    }
    text
}

/// Returns a name that must not be taken apart. The record keeps this if the text could be taken apart.
pub(super) fn from_whole(record: &mut Record, text: &str) -> String {
    let text = text.trim();
    if !Name::parse(text, None).is_whole() {
        record.set_name_kind(text, StatedKind::Whole);
    }
    text.to_owned()
}

/// Words between two names in one text.
const JOINING_WORDS: [&str; 9] =
    [" & ", " and ", " und ", " et ", " y ", " e ", " en ", " och ", " и "];

/// The most bytes of a text in which joined names are looked for.
const MAX_JOINED_BYTES: usize = 200;

/// Splits names that a word joins, if all of them are certainly those of persons: `Keller, Anna und Roth, Emil`.
/// Any other text is one name.
pub(super) fn split_joined(text: &str) -> Vec<&str> {
    // A word that joins two names has a space before and behind it. Most names have one space.
    let has_room = memchr::memchr_iter(b' ', text.as_bytes()).nth(1).is_some();
    if !has_room || text.len() > MAX_JOINED_BYTES {
        return vec![text];
    }
    let Some(word) = JOINING_WORDS.into_iter().find(|word| text.contains(word)) else {
        return vec![text];
    };
    let parts: Vec<&str> = text.split(word).map(|part| part.trim().trim_end_matches(',')).collect();
    // Firms join names with this sign: `Lloyd, J. & Edwards, W. Solicitors`.
    let is_plain = |part: &&str| word != " & " || !has_word_behind_initial(part);
    if parts.iter().all(|part| is_certain_person(part) && is_plain(part)) {
        parts
    } else {
        vec![text]
    }
}

/// Whether a text is certainly the name of one person: it has a comma or an initial that takes it apart, and
/// nothing of a body.
fn is_certain_person(text: &str) -> bool {
    let name = Name::parse(text, None);
    let is_word = |part: &str| part.chars().filter(|it| it.is_alphabetic()).nth(1).is_some();
    name.kind == NameKind::Person
        && !name.is_whole()
        && !name.given.is_empty()
        && is_word(&name.family)
        && name.family.starts_with(char::is_uppercase)
        && !Name::is_certain_body(text)
}

/// Whether the given names of a person are an initial with a word behind it.
fn has_word_behind_initial(text: &str) -> bool {
    let given = Name::parse(text, None).given;
    let words: Vec<&str> = given.split(' ').collect();
    words.windows(2).any(
        |pair| matches!(pair, [first, second] if first.ends_with('.') && !second.ends_with('.')),
    )
}
