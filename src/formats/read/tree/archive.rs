//! What stands round the records of a tree: the archive, and the number of records that the file states.

use crate::formats::read::json::{Object, Value};

use super::totals::{is_total, rank_of_total, total_in, total_of};
use super::words;
use crate::formats::field_names::{FieldTarget, is_prose, known_names};
use crate::formats::read::json_items::{insert_or_append, push_own};
use crate::record::{Archive, Field, OwnName};

/// The number of values round the records that are kept.
const MAX_VALUES: usize = 500;

/// The longest text round the records that is kept, in bytes.
const MAX_TEXT_BYTES: usize = 4_096;

/// Adds a value that stands round the records.
pub(super) fn add_value(outside: &mut Object, key: &str, value: Value) {
    if outside.len() < MAX_VALUES {
        insert_or_append(outside, key, value);
    }
}

/// Adds a text that stands round the records, unless it is empty.
pub(super) fn add_text(outside: &mut Object, key: &str, text: &str) {
    if !text.trim().is_empty() {
        add_value(outside, key, Value::from(text.trim()));
    }
}

/// Appends a piece of a text that stands round the records.
pub(super) fn append_text(text: &mut String, piece: &str) {
    if text.len() + piece.len() <= MAX_TEXT_BYTES {
        text.push_str(piece);
    }
}

/// Returns the archive that the values round the records describe.
pub(super) fn of_object(object: Object) -> Archive {
    let mut archive = Archive::default();
    let surest = object
        .iter()
        .filter(|(_, value)| total_of(value).is_some())
        .filter_map(|(key, _)| Some((rank_of_total(key)?, key)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, key)| key.clone());
    let stated = object.iter().find_map(|(key, value)| total_in(key, value));
    for (key, value) in object {
        let target = match key.as_str() {
            "title" | "label" => Some(&mut archive.title),
            "source" => Some(&mut archive.source),
            "url" => Some(&mut archive.url),
            "description" | "summary" => Some(&mut archive.description),
            _ => None,
        };
        match (target, value) {
            (Some(target @ None), value) if sole_text(&value).is_some() => {
                *target = sole_text(&value).map(str::to_owned);
            }
            (None, value)
                if is_total(&key)
                    && archive.total.is_none()
                    && surest.as_ref().is_none_or(|surest| *surest == key) =>
            {
                archive.total = total_of(&value);
                if archive.total.is_none() {
                    push_own(&mut archive.own, &key, value);
                }
            }
            (_, value) => push_own(&mut archive.own, &key, value),
        }
    }
    archive.total = archive.total.or(stated);
    for field in [Field::Repository, Field::Collection] {
        if archive.title.is_none() {
            archive.title = take_named(&mut archive.own, field);
        }
    }
    archive
}

/// Takes the value of an own field whose name is that of a field of records: `repository` round them names their archive.
fn take_named(own: &mut Vec<(OwnName, String)>, field: Field) -> Option<String> {
    let is_named = |name: &OwnName| {
        known_names(name.as_str()).first().is_some_and(|it| it.target == FieldTarget::Field(field))
    };
    let mut named = own.iter().enumerate().filter(|(_, (name, _))| is_named(name));
    let (Some((at, (_, text))), None) = (named.next(), named.next()) else { return None };
    is_prose(text).then(|| own.remove(at).1)
}

/// Whether the value under a key describes the archive.
pub(super) fn is_description(key: &str) -> bool {
    ["title", "label", "source", "url", "description", "summary"].contains(&key)
}

/// Returns the text that a value is, in one language or without one: `{"en": ["Letters"]}`.
fn sole_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) if values.len() == 1 => values.first().and_then(sole_text),
        Value::Object(object) if object.len() == 1 => object.values().next().and_then(sole_text),
        _ => None,
    }
}

/// The number of keys round the records that are named.
const MAX_NAMED_OTHERS: usize = 4;

/// The keys of lists and objects that stand round the records, and whose contents are in no record.
#[derive(Debug, Default)]
pub(super) struct Others(Vec<String>);

impl Others {
    /// Takes note of a key, unless what is under it is about the list.
    pub(super) fn add(&mut self, key: &str) {
        let is_known = words::is_paging(key) || words::is_header_key(key) || is_description(key);
        if !is_known && (key == "included" || !words::has_no_records(key)) {
            self.add_certain(key);
        }
    }

    /// Takes note of a key.
    pub(super) fn add_certain(&mut self, key: &str) {
        if self.0.len() < MAX_NAMED_OTHERS && !self.0.iter().any(|other| other == key) {
            self.0.push(key.to_owned());
        }
    }

    /// Writes the end of the sentence about a file; nothing if no key was noted.
    pub(super) fn describe(&self) -> String {
        let keys: Vec<String> = self.0.iter().map(|key| format!("“{key}”")).collect();
        if keys.is_empty() { String::new() } else { format!("; in no record: {}", keys.join(", ")) }
    }
}
