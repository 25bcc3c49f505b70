//! Where a record lies in its archive, as one text: `box 3, folder 2`.

use std::collections::HashSet;

use super::marked_notes;
use crate::record::{
    Field, Record, field_of_container_type, field_of_container_word, labelled_container,
};

/// The fields that tell where a record lies in its archive.
pub(super) const FIELDS: [Field; 4] =
    [Field::Box, Field::Folder, Field::ReferenceCode, Field::Source];

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
        let begins_with_box = parts.first().is_some_and(|(field, _)| *field == Field::Box);
        begins_with_box || parts.iter().all(|(field, _)| *field == Field::Folder)
    };
    parts.filter(is_complete).unwrap_or_else(|| vec![(other, text.trim().to_owned())])
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
    let is_number = !number.is_empty()
        && !number.contains(' ')
        && (number.chars().any(|letter| letter.is_ascii_digit())
            || number.chars().all(|letter| letter.is_ascii_uppercase()));
    field_of_container_word(word).filter(|_| is_number)
}

/// Returns the box or folder that a table names by its kind and its number: `Box` and `3`.
pub(super) fn container_of_kind(kind: &str, number: &str) -> Option<(Field, String)> {
    let (kind, number) = (kind.trim(), number.trim());
    let last = kind.split_whitespace().next_back().unwrap_or("");
    let field = field_of_container_type(kind).or_else(|| field_of_container_type(last));
    let Some(field) = field else { return container(number) };
    let is_plain = kind.eq_ignore_ascii_case(field.key());
    Some(match container(number) {
        Some((own, value)) if own == field && is_plain => (field, value),
        Some(_) => (field, number.to_owned()),
        None if is_plain => (field, number.to_owned()),
        None => (field, format!("{kind} {number}")),
    })
}

/// Whether reading the shelf location of a record gives the same fields again. `other`: the field of
/// texts that name neither a box nor a folder.
pub(super) fn is_read_again(record: &Record, other: Field) -> bool {
    let text = describe(record).map(|text| marked_notes::to_one_line(&text));
    let values = text.map(|text| parse(&text, other)).unwrap_or_default();
    let read = Record { values, ..Record::default() };
    record.containers().eq(read.containers())
        && FIELDS.iter().all(|field| record.all(*field).eq(read.all(*field)))
}

/// Removes the collections, which writers put behind the shelf location, from its text.
pub(super) fn without_collection<'t>(text: &'t str, record: &Record) -> &'t str {
    let mut seen = HashSet::new();
    let collections: Vec<&str> =
        record.all(Field::Collection).filter(|name| seen.insert(*name)).collect();
    let collection = marked_notes::to_one_line(&collections.join(", "));
    match text.strip_suffix(&*collection) {
        _ if collection.is_empty() => text,
        Some("") => "",
        Some(before) => before.strip_suffix(", ").unwrap_or(text),
        None => text,
    }
}
