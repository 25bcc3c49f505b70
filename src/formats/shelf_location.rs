//! Where a record lies in its archive, as one text: `box 3, folder 2`.

use std::collections::HashSet;

use super::marked_notes;
use crate::record::{
    Field, Record, field_of_container_type, field_of_container_word, labelled_container,
};
use crate::text::fold::fold;

/// The fields that tell where a record lies in its archive.
pub(super) const FIELDS: [Field; 5] =
    [Field::Box, Field::Folder, Field::Container, Field::ReferenceCode, Field::Source];

/// Returns the shelf location: box and folder, else the reference code, else what the source says.
pub(super) fn describe(record: &Record) -> Option<String> {
    let repository: Vec<&str> = record.all(Field::Repository).collect();
    let containers = record.containers();
    let containers = containers.map(|(field, value)| labelled_container(field, value).into_owned());
    let containers: Vec<String> = containers.collect();
    let values = |field: Field| {
        let values = record.all(field).filter(|value| !repository.contains(value));
        values.map(str::to_owned).collect::<Vec<String>>()
    };
    let candidates = [containers, values(Field::ReferenceCode), values(Field::Source)];
    let shelf_location = candidates.into_iter().find(|values| !values.is_empty())?;
    Some(shelf_location.join(", "))
}

/// Takes a shelf location apart: `box 3, folder 2`. Any other text is a value of the field `other`.
pub(super) fn parse(text: &str, other: Field) -> Vec<(Field, String)> {
    let parts: Option<Vec<(Field, String)>> = text.split(", ").map(container).collect();
    let is_complete = |parts: &Vec<(Field, String)>| {
        let has_box = parts.iter().any(|(field, _)| *field == Field::Box);
        let begins_with_folder = parts.first().is_some_and(|(field, _)| *field == Field::Folder);
        !begins_with_folder || !has_box
    };
    parts.filter(is_complete).unwrap_or_else(|| vec![(other, text.trim().to_owned())])
}

/// Returns the container that a text names, without the words `box` and `folder`.
fn container(text: &str) -> Option<(Field, String)> {
    let field = container_field(text)?;
    let (word, number) = text.trim().rsplit_once(' ')?;
    let value = if word.eq_ignore_ascii_case(field.key()) { number } else { text };
    Some((field, value.trim().to_owned()))
}

/// Returns which container a text names: one of its words, and a number or a letter.
fn container_field(text: &str) -> Option<Field> {
    let (word, number) = text.trim().rsplit_once(' ')?;
    let is_number = !number.is_empty()
        && (number.chars().any(|letter| letter.is_ascii_digit())
            || number.chars().all(|letter| letter.is_ascii_uppercase()));
    field_of_container_word(word).filter(|_| is_number)
}

/// Kinds that say what lies in a container, and not what it is, folded.
const KINDS_OF_CONTENT: [&str; 9] = [
    "mixed materials",
    "mixed_materials",
    "text",
    "graphic materials",
    "graphic_materials",
    "audio",
    "unspecified",
    "othertype",
    "container",
];

/// Whether a kind is that of a code for machines on a container.
pub(super) fn is_code_of_container(kind: &str) -> bool {
    ["barcode", "uri", "url", "id", "identifier"].contains(&&*fold(kind))
}

/// Returns the container that a file names by its kind and its number: `Box` and `3`. A kind other than a box
/// or a folder stands in the value: `Map case 2`.
pub(super) fn container_of_kind(kind: &str, number: &str) -> Option<(Field, String)> {
    let kind = kind.replace('_', " ");
    let kind = kind.trim().trim_end_matches([':', '#']).trim_end();
    let number = number.trim();
    let is_of_content = KINDS_OF_CONTENT.contains(&&*fold(kind));
    if number.is_empty() || kind.is_empty() || is_of_content {
        return container(number).filter(|_| !number.is_empty());
    }
    let last = kind.split_whitespace().next_back().unwrap_or("");
    let known = field_of_container_type(kind).or_else(|| field_of_container_type(last));
    let field = known.unwrap_or(Field::Container);
    let stated = container(number);
    Some(match stated {
        Some((own, value)) if own == field || known.is_none() => (own, value),
        _ if is_plain_kind(kind, field) => (field, number.to_owned()),
        _ if names_itself(kind, number) => (field, number.to_owned()),
        _ => (field, format!("{kind} {number}")),
    })
}

/// Whether containers keep all that a kind says: `Carton` of `Carton 3`, but not `Cardboard box`.
pub(super) fn keep_kind(containers: &[(Field, String)], kind: &str) -> bool {
    let kind = kind.replace('_', " ");
    let keep = |word: &str| {
        containers
            .iter()
            .any(|(field, value)| is_plain_kind(word, *field) || fold(value).contains(&fold(word)))
    };
    let words = kind.split(|letter: char| !letter.is_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty());
    keep(kind.trim().trim_end_matches([':', '#']).trim_end()) || words.all(keep)
}

/// Whether a number begins with the word for its kind: `Reel 4` of the kind `reel`.
fn names_itself(kind: &str, number: &str) -> bool {
    let (kind, number) = (fold(kind), fold(number));
    number.strip_prefix(&kind).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a kind says no more than the name of its field: `Box`, `Boxes`, `Fldr.`
fn is_plain_kind(kind: &str, field: Field) -> bool {
    let plain: &[&str] = match field {
        Field::Box => &["box", "boxes", "bx", "box(es)", "box no", "box number"],
        Field::Folder => &["folder", "folders", "fldr", "folder(s)", "folder no", "folder number"],
        _ => &[],
    };
    plain.contains(&fold(kind).trim_end_matches('.'))
}

/// Returns the reference codes that [`describe`] leaves out, because the containers say where a record lies.
/// Formats with a field for call numbers hold them there.
pub(super) fn call_numbers(record: &Record) -> impl Iterator<Item = &str> {
    let has_containers = record.containers().next().is_some();
    record.all(Field::ReferenceCode).filter(move |_| has_containers)
}

/// Whether reading the shelf location of a record gives the same fields again. `other`: the field of
/// texts that name neither a box nor a folder. `call_numbers`: what the format holds as call numbers.
pub(super) fn is_read_again<'v>(
    record: &Record,
    other: Field,
    call_numbers: impl Iterator<Item = &'v str>,
) -> bool {
    let text = describe(record).map(|text| marked_notes::to_one_line(&text));
    let mut read = Record::default();
    for (field, value) in text.iter().flat_map(|text| parse(text, other)) {
        read.push(field, &value);
    }
    for code in call_numbers {
        read.push(Field::ReferenceCode, &marked_notes::to_one_line(code));
    }
    record.containers().eq(read.containers())
        && FIELDS.iter().all(|field| record.all(*field).eq(read.all(*field)))
}

/// Returns the collections of a record as writers put them behind its shelf location.
pub(super) fn joined_collections(record: &Record) -> String {
    let mut seen = HashSet::new();
    let collections: Vec<&str> =
        record.all(Field::Collection).filter(|name| seen.insert(*name)).collect();
    marked_notes::to_one_line(&collections.join(", "))
}

/// Removes the collections behind a shelf location from its text: see [`joined_collections`].
pub(super) fn without_collection<'t>(text: &'t str, collection: &str) -> &'t str {
    match text.strip_suffix(collection) {
        _ if collection.is_empty() => text,
        Some("") => "",
        Some(before) => before.strip_suffix(", ").unwrap_or(text),
        None => text,
    }
}
