//! Parses reference lists in CSL-JSON, the exchange format of citation programs.

use std::io;

use serde_json::{Map, Value};

use super::{InputFile, Sink, citation_notes, csl_dates, json_items};
use crate::record::{Field, Record, TitleForm};

/// The keys that hold names.
const NAME_KEYS: [&str; 16] = [
    "author",
    "recipient",
    "editor",
    "translator",
    "interviewer",
    "director",
    "composer",
    "illustrator",
    "collection-editor",
    "container-author",
    "editorial-director",
    "original-author",
    "reviewed-author",
    "contributor",
    "compiler",
    "organizer",
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

/// Whether a text is certainly CSL-JSON: a list or object with keys that only this format has.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start();
    let is_list = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let has_type = start.contains("\"type\"");
    (is_list || start.starts_with('{'))
        && has_type
        && !start.contains("\"sourceResource\"")
        && !RECORD_KEYS.iter().any(|key| start.contains(key))
        && CSL_KEYS.iter().any(|key| start.contains(key))
}

/// Parses a list, one item at a time.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    json_items::read(file, "items", sink, record_from_item)
}

/// Converts an item to a record. An unknown key becomes an own field.
fn record_from_item(item: Map<String, Value>) -> Record {
    let mut record = Record::default();
    for (key, value) in item {
        match key.as_str() {
            "issued" => csl_dates::set_date(&mut record, value),
            "keyword" => match value {
                Value::String(words) => {
                    words.split([',', ';']).for_each(|word| record.push(Field::Subjects, word));
                }
                other => json_items::push_values(&mut record, Field::Subjects, &key, other),
            },
            name if NAME_KEYS.contains(&name) => push_people(&mut record, &key, value),
            _ => match field_for_key(&key) {
                Some(field) => json_items::push_values(&mut record, field, &key, value),
                None => json_items::push_own(&mut record.own, &key, value),
            },
        }
    }
    citation_notes::extract_fields(&mut record, "note", "\n");
    record.set_default_title_form(TitleForm::Quoted);
    record
}

/// Returns the record field for a key.
fn field_for_key(key: &str) -> Option<Field> {
    Some(match key {
        "title" => Field::Title,
        "abstract" => Field::Summary,
        "archive" | "archive_location" | "call-number" => Field::Source,
        "archive_collection" => Field::Collection,
        "id" => Field::Id,
        "language" => Field::Language,
        "rights" | "license" => Field::Rights,
        "URL" => Field::Url,
        _ => return None,
    })
}

/// Adds people as `Last, First`.
fn push_people(record: &mut Record, key: &str, value: Value) {
    let Value::Array(names) = value else {
        return json_items::push_values(record, Field::People, key, value);
    };
    for name in names {
        match name {
            Value::Object(parts) => record.push(Field::People, &person_name(&parts)),
            other => json_items::push_values(record, Field::People, key, other),
        }
    }
}

/// Returns the name of a person or organization.
fn person_name(parts: &Map<String, Value>) -> String {
    let part = |key: &str| parts.get(key).and_then(Value::as_str).unwrap_or("").trim();
    if !part("literal").is_empty() {
        return part("literal").to_owned();
    }
    let join = |words: [&str; 2]| words.join(" ").trim().to_owned();
    let last = join([part("non-dropping-particle"), part("family")]);
    let first = join([part("given"), part("dropping-particle")]);
    let name = [last.as_str(), first.as_str(), part("suffix")];
    name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
