//! Parses reference lists in CSL-JSON, the exchange format of citation programs.

use std::io;

use crate::formats::read::json::{Object, Value};

use super::{InputFile, Sink, citation_notes, csl_dates, json_items, names};
use crate::formats::{roles, shelf_location};
use crate::record::{Field, NameParts, Record};

/// The keys that hold names of contributors, which are their roles.
const CONTRIBUTOR_KEYS: [&str; 24] = [
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "reviewed-author",
    "script-writer",
    "translator",
];

/// Keys that occur only in CSL-JSON, and types as fonds writes them.
const CSL_KEYS: [&str; 9] = [
    "\"type\":\"manuscript\"",
    "\"type\":\"personal_communication\"",
    "\"issued\"",
    "\"date-parts\"",
    "\"container-title\"",
    "\"publisher-place\"",
    "\"family\"",
    "\"archive_location\"",
    "\"citation-key\"",
];

/// Keys of JSON that fonds writes, which CSL-JSON does not have. Such records may keep other keys
/// of the CSL-JSON they came from.
const RECORD_KEYS: [&str; 3] = ["\"date\":", "\"people\":", "\"position\":"];

/// The key of an object that holds the list of items.
const LIST_KEY: &str = "items";

/// Whether a text is certainly CSL-JSON: its items have keys that only this format has. Others have
/// some of these keys further in or with plain values.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start();
    let is_list = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let has_type = start.contains("\"type\"");
    (is_list || start.starts_with('{'))
        && has_type
        && !start.contains("\"sourceResource\"")
        && !RECORD_KEYS.iter().any(|key| start.contains(key))
        && CSL_KEYS.iter().any(|key| start.contains(key))
        && json_items::items_at_beginning(start, LIST_KEY).iter().any(is_csl_item)
}

/// Whether an item has a type and a key as only this format has them.
fn is_csl_item(item: &Object) -> bool {
    let is_text = |key: &str| item.get(key).is_some_and(Value::is_string);
    let is_date = |key: &str| {
        item.get(key).and_then(Value::as_object).is_some_and(|date| {
            ["date-parts", "raw", "literal", "season"].iter().any(|key| date.contains_key(key))
        })
    };
    let is_of_names = |key: &str| {
        let names = item.get(key).and_then(Value::as_array).into_iter().flatten();
        let mut parts = names.filter_map(Value::as_object);
        parts.any(|name| name.contains_key("family") || name.contains_key("literal"))
    };
    let of_fonds = ["manuscript", "personal_communication"];
    let is_of_fonds =
        item.get("type").and_then(Value::as_str).is_some_and(|it| of_fonds.contains(&it));
    let texts = ["container-title", "publisher-place", "archive_location", "citation-key"];
    is_text("type")
        && (is_of_fonds
            || is_date("issued")
            || ["author", "editor", "recipient"].into_iter().any(is_of_names)
            || texts.into_iter().any(is_text))
}

/// Parses a list, one item at a time.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    json_items::read(file, LIST_KEY, sink, record_from_item)
}

/// Converts an item to a record. An unknown key becomes an own field.
fn record_from_item(item: Object) -> Record {
    let mut record = Record::default();
    let mut shelf_location = None;
    for (key, value) in item {
        match key.as_str() {
            "issued" => csl_dates::set_date(&mut record, value),
            "keyword" => match value {
                Value::String(words) => {
                    words.split([',', ';']).for_each(|word| record.push(Field::Subjects, word));
                }
                other => json_items::push_values(&mut record, Field::Subjects, &key, other),
            },
            "archive_location" => shelf_location = Some(value),
            "author" | "interviewee" => push_names(&mut record, Target::Creator, &key, value),
            "recipient" => push_names(&mut record, Target::Recipient, &key, value),
            name if CONTRIBUTOR_KEYS.contains(&name) => {
                push_names(&mut record, Target::Contributor, &key, value);
            }
            _ => match field_for_key(&key) {
                Some(field) => json_items::push_values(&mut record, field, &key, value),
                None => json_items::push_own(&mut record.own, &key, value),
            },
        }
    }
    let noted = citation_notes::extract_fields(&mut record, "note", "\n");
    let is_noted = noted.iter().any(|field| shelf_location::FIELDS.contains(field));
    if let Some(value) = shelf_location.filter(|_| !is_noted) {
        push_shelf_location(&mut record, value);
    }
    record
}

/// Adds the box and the folder that a shelf location names, else the reference code.
fn push_shelf_location(record: &mut Record, value: Value) {
    match value {
        Value::String(text) => {
            for (field, value) in shelf_location::parse(&text, Field::ReferenceCode) {
                record.push(field, &value);
            }
        }
        other => json_items::push_values(record, Field::ReferenceCode, "archive_location", other),
    }
}

/// Returns the record field for a key.
fn field_for_key(key: &str) -> Option<Field> {
    Some(match key {
        "title" => Field::Title,
        "abstract" => Field::Summary,
        "archive" => Field::Repository,
        "archive-place" => Field::ArchivePlace,
        "call-number" => Field::ReferenceCode,
        "archive_collection" => Field::Collection,
        "id" => Field::Id,
        "language" => Field::Language,
        "rights" | "license" => Field::Rights,
        "URL" => Field::Url,
        _ => return None,
    })
}

/// What the names of a key are.
#[derive(Clone, Copy)]
enum Target {
    Creator,
    Recipient,
    Contributor,
}

/// Adds names as `Last, First`.
fn push_names(record: &mut Record, target: Target, key: &str, value: Value) {
    let names = match value {
        Value::Array(names) => names,
        other => vec![other],
    };
    for name in names {
        let text = match name {
            Value::Object(parts) => person_name(record, &parts),
            Value::String(text) => text.into(),
            other => {
                json_items::push_own(&mut record.own, key, other);
                continue;
            }
        };
        match target {
            Target::Creator => record.push(Field::Creator, &text),
            Target::Recipient => record.push(Field::Recipient, &text),
            Target::Contributor => record.push_contributor(&text, roles::role_of_variable(key)),
        }
    }
}

/// Returns the name of a person or organization.
fn person_name(record: &mut Record, parts: &Object) -> String {
    let part = |key: &str| parts.get(key).and_then(Value::as_str).unwrap_or("").trim();
    if !part("literal").is_empty() {
        return names::from_whole(record, part("literal"));
    }
    let parts = NameParts {
        family: part("family"),
        given: part("given"),
        dropping_particle: part("dropping-particle"),
        leading_particle: part("non-dropping-particle"),
        suffix: part("suffix"),
    };
    names::from_parts(record, parts)
}
