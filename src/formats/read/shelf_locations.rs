//! Where a document lies in its archive: boxes and folders as finding aids and catalogues write them, and
//! how the archive wants to be cited.

use crate::formats::shelf_location::container_of_kind;
use crate::record::{Field, Record, field_of_container_type, field_of_container_word};
use crate::text::fold::fold;

/// Returns the field of containers of this type; `None` if it is neither a box nor a folder.
pub(super) fn field_of_container(kind: &str) -> Option<Field> {
    // Most types are these words.
    for (word, field) in [("box", Field::Box), ("folder", Field::Folder)] {
        if kind.eq_ignore_ascii_case(word) {
            return Some(field);
        }
    }
    field_of_container_type(&container_key(kind))
}

/// Whether a type of container is just the name of its field.
pub(super) fn is_plain_container(kind: &str) -> bool {
    let is_one_word = ["box", "folder"].iter().any(|word| kind.eq_ignore_ascii_case(word));
    is_one_word || matches!(container_key(kind).as_str(), "box" | "boxes" | "folder" | "folders")
}

/// Folds a type of container: without `number`, the signs of a plural and punctuation.
fn container_key(kind: &str) -> String {
    let folded = fold(kind).replace("(s)", "").replace("(es)", "").replace(['.', ':', '#'], " ");
    let words = folded.split_whitespace();
    let words = words.filter(|word| !["no", "nr", "number", "num", "nummer"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Splits a container whose type is two types, such as `Box/folder`; `None` if its value does not have
/// just as many parts.
pub(super) fn split_container(kind: &str, value: &str) -> Option<[(Field, String); 2]> {
    let words: Vec<&str> = kind
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let [first, second] = words.as_slice() else { return None };
    let fields = [field_of_container(first)?, field_of_container(second)?];
    let separators = ['/', ':', ';', ',', '-', '.', ' '];
    let separator = separators.into_iter().find(|separator| {
        // A dash or full stop is part of a number, unless the type has one too.
        value.contains(*separator) && (!['-', '.'].contains(separator) || kind.contains(*separator))
    })?;
    let parts: Vec<&str> = value.split(separator).map(str::trim).collect();
    let [first, second] = parts.as_slice() else { return None };
    let numbers =
        [without_container_word(first, fields[0]), without_container_word(second, fields[1])];
    let container = |word: &str, field: Field, number: &str| match field {
        Field::Box | Field::Folder => Some((field, number.to_owned())),
        _ => container_of_kind(word, number),
    };
    let is_complete = numbers.iter().all(|number| !number.is_empty());
    let [first, second] = [
        container(words.first()?, fields[0], numbers[0])?,
        container(words.get(1)?, fields[1], numbers[1])?,
    ];
    is_complete.then_some([first, second])
}

/// Returns the value of a container without the word for it: `3` of `Box 3`.
pub(super) fn without_container_word(value: &str, field: Field) -> &str {
    let value = value.trim();
    if !value.starts_with(char::is_alphabetic) {
        return value;
    }
    let end = value.find([' ', '.', ':']).unwrap_or(value.len());
    let (word, rest) = value.split_at(end);
    let rest = rest.trim_start_matches([' ', '.', ':', '#']);
    let names_it = is_plain_container(word) && field_of_container(word) == Some(field);
    if names_it && !rest.is_empty() { rest } else { value }
}

/// The most words for a kind of container: `microfilm reel`.
const MAX_KIND_WORDS: usize = 3;

/// Takes a location apart that consists of containers only: `box 3, folder 2`, `Map case 4, drawer 2`. `None` for
/// any other.
pub(super) fn parse_containers(text: &str) -> Option<Vec<(Field, String)>> {
    let mut found: Vec<(Field, String)> = Vec::new();
    let mut kind: Vec<&str> = Vec::new();
    let clean = separate_at_slashes(text);
    for word in clean.split([' ', ',', ';', ':', '\t', '\n']).filter(|word| !word.is_empty()) {
        let bare = word.trim_matches(['.', '(', ')', '#']);
        let joins = ["no", "nr", "and", "&", ""].contains(&bare.to_lowercase().as_str());
        let is_number = bare.chars().any(|letter| letter.is_ascii_digit())
            || (bare.len() <= 2 && !bare.is_empty() && bare.chars().all(char::is_uppercase));
        if is_number && !kind.is_empty() {
            found.push(container(&kind.join(" "), bare)?);
            kind.clear();
        } else if !joins && !is_number && kind.len() < MAX_KIND_WORDS {
            kind.push(word.trim_matches(['(', ')', '#']));
        } else if !joins {
            return None;
        }
    }
    (!found.is_empty() && kind.is_empty()).then_some(found)
}

/// Returns the container of a kind with its number. A kind other than a box or folder stays beside it.
fn container(kind: &str, number: &str) -> Option<(Field, String)> {
    if is_plain_container(kind) {
        return Some((field_of_container(kind)?, number.to_owned()));
    }
    let field = field_of_container_word(kind)?;
    Some((field, format!("{kind} {number}")))
}

/// A slash before a letter separates containers, any other is part of a number.
fn separate_at_slashes(text: &str) -> String {
    let mut rest = text;
    let mut clean = String::new();
    while let Some((before, after)) = rest.split_once('/') {
        clean.push_str(before);
        clean.push(if after.trim_start().starts_with(char::is_alphabetic) { ' ' } else { '/' });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// Adds a shelf mark: as box and folder if it says nothing else, otherwise as a reference code.
pub(super) fn add_shelf_mark(text: &str, record: &mut Record) {
    match parse_containers(text) {
        Some(containers) => {
            for (field, text) in &containers {
                record.push(*field, text);
            }
        }
        None => record.push(Field::ReferenceCode, text),
    }
}

/// The longest heading before a preferred citation, in bytes.
const MAX_HEADING_BYTES: usize = 40;

/// Returns a preferred citation without a heading such as `Preferred citation:`.
pub(super) fn without_citation_heading(text: &str) -> &str {
    let text = text.trim();
    let Some((heading, citation)) = text.split_once(':') else { return text };
    let folded = fold(heading);
    let stems = [
        "cite",
        "citation",
        "citing",
        "zitier",
        "citer",
        "citar",
        "citazione",
        "cita ",
        "citeer",
        "cytow",
    ];
    let is_heading = heading.len() <= MAX_HEADING_BYTES
        && !heading.contains([',', '.', '[', '('])
        && stems.iter().any(|stem| folded.contains(stem))
        && !citation.trim().is_empty();
    if is_heading { citation.trim() } else { text }
}
