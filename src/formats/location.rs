//! Where a record lies in its archive, as one text: `box 3, folder 2`.

use super::marked_notes;
use crate::record::{Field, Record};

/// Words before the number of a box, in lower case. `box` itself is left out of the value.
const BOX_WORDS: [&str; 12] = [
    "box",
    "carton",
    "bx",
    "bx.",
    "karton",
    "schachtel",
    "boîte",
    "boite",
    "caja",
    "scatola",
    "busta",
    "doos",
];

/// Words before the number of a folder, in lower case. `folder` itself is left out of the value.
const FOLDER_WORDS: [&str; 8] =
    ["folder", "fol.", "fldr", "mappe", "chemise", "carpeta", "fascicolo", "omslag"];

/// The fields that tell where a record lies in its archive.
pub(super) const FIELDS: [Field; 4] =
    [Field::Box, Field::Folder, Field::ReferenceCode, Field::Source];

/// Returns the location: box and folder, else the reference code, else what the source says.
pub(super) fn of_record(record: &Record) -> Option<String> {
    let repository: Vec<&str> = record.all(Field::Repository).collect();
    let containers = [Field::Box, Field::Folder].into_iter();
    let containers =
        containers.flat_map(|field| record.all(field).map(move |value| label(field, value)));
    let containers: Vec<String> = containers.collect();
    let values = |field: Field| {
        let values = record.all(field).filter(|value| !repository.contains(value));
        values.map(str::to_owned).collect::<Vec<String>>()
    };
    let candidates = [containers, values(Field::ReferenceCode), values(Field::Source)];
    let location = candidates.into_iter().find(|values| !values.is_empty())?;
    Some(location.join(", "))
}

/// Puts the word for a container before its number, unless the value has a word of its own.
fn label(field: Field, value: &str) -> String {
    match container_field(value) {
        Some(_) => value.to_owned(),
        None => format!("{} {value}", field.key()),
    }
}

/// Takes a location apart: `box 3, folder 2`. Any other text is a value of the field `other`.
pub(super) fn split(text: &str, other: Field) -> Vec<(Field, String)> {
    let parts: Option<Vec<(Field, String)>> = text.split(", ").map(container).collect();
    let is_in_order = |parts: &Vec<(Field, String)>| parts.is_sorted_by_key(|(field, _)| *field);
    parts.filter(is_in_order).unwrap_or_else(|| vec![(other, text.trim().to_owned())])
}

/// Returns the box or folder that a text names, without the words `box` and `folder`.
fn container(text: &str) -> Option<(Field, String)> {
    let field = container_field(text)?;
    let (word, number) = text.trim().split_once(' ')?;
    let value = if word.eq_ignore_ascii_case(field.key()) { number } else { text };
    Some((field, value.trim().to_owned()))
}

/// Returns which container a text names: one of its words, and a number or a letter.
fn container_field(text: &str) -> Option<Field> {
    let (word, number) = text.trim().split_once(' ')?;
    let number = number.trim();
    let is_number = !number.contains(' ')
        && (number.chars().any(|letter| letter.is_ascii_digit())
            || number.chars().all(|letter| letter.is_ascii_uppercase()));
    let word = word.to_lowercase();
    let has = |words: &[&str]| words.contains(&word.as_str());
    match (has(&BOX_WORDS), has(&FOLDER_WORDS)) {
        _ if !is_number || number.is_empty() => None,
        (true, _) => Some(Field::Box),
        (_, true) => Some(Field::Folder),
        _ => None,
    }
}

/// Returns the box or folder that a table names by its kind and its number: `Box` and `3`.
pub(super) fn container_of_kind(kind: &str, number: &str) -> Option<(Field, String)> {
    let number = number.trim();
    let word = kind.trim().to_lowercase();
    let last = word.split_whitespace().next_back().unwrap_or("");
    let field = match (BOX_WORDS.contains(&last), FOLDER_WORDS.contains(&last)) {
        (true, _) => Field::Box,
        (_, true) => Field::Folder,
        _ => return container(number),
    };
    let is_plain = word == field.key();
    Some(match container(number) {
        Some((own, value)) if own == field && is_plain => (field, value),
        Some(_) => (field, number.to_owned()),
        None if is_plain => (field, number.to_owned()),
        None => (field, format!("{} {number}", kind.trim())),
    })
}

/// Whether reading the location of a record gives the same fields again. `other`: the field of texts
/// that name neither a box nor a folder.
pub(super) fn is_read_again(record: &Record, other: Field) -> bool {
    let location = of_record(record).map(|text| marked_notes::to_one_line(&text));
    let read = location.map(|text| split(&text, other)).unwrap_or_default();
    FIELDS.iter().all(|field| {
        let read = read.iter().filter(|(read, _)| read == field).map(|(_, value)| value.as_str());
        record.all(*field).eq(read)
    })
}

/// Removes the collections, which writers put behind the location, from its text.
pub(super) fn without_collection<'t>(text: &'t str, record: &Record) -> &'t str {
    let mut collections: Vec<&str> = Vec::new();
    for collection in record.all(Field::Collection) {
        if !collections.contains(&collection) {
            collections.push(collection);
        }
    }
    let collection = marked_notes::to_one_line(&collections.join(", "));
    match text.strip_suffix(&*collection) {
        _ if collection.is_empty() => text,
        Some("") => "",
        Some(before) => before.strip_suffix(", ").unwrap_or(text),
        None => text,
    }
}
