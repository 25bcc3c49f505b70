//! Parses reference lists in CSL-JSON, the exchange format of citation programs.

use std::io;

use serde_json::{Map, Value};

use super::{InputFile, Sink, citation_notes, json_items};
use crate::record::{Date, Field, Record};

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
            "issued" => set_date(&mut record, value),
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

/// Sets the date. If there are both a text and numbers, both are kept.
fn set_date(record: &mut Record, mut value: Value) {
    let literal = value.as_object_mut().and_then(|date| {
        ["literal", "raw", "edtf"].into_iter().find_map(|key| date.shift_remove(key))
    });
    let days = date_text(&value);
    match literal.as_ref().and_then(scalar_text) {
        Some(text) => {
            record.date = Date::parse(&text);
            let span = days.and_then(|days| Date::parse(&days).span());
            if let (None, Some(span)) = (record.date.span(), span) {
                record.date = Date::with_span(&text, span);
            }
            json_items::push_own(&mut record.own, "issued", value);
        }
        None => match days {
            Some(text) => record.date = Date::parse(&text),
            None => json_items::push_own(&mut record.own, "issued", value),
        },
    }
}

/// Returns a CSL date as text: `1945-07-12`, `1943/1945`, `1945~`. `None` if it is not a CSL date.
fn date_text(value: &Value) -> Option<String> {
    let Value::Object(date) = value else {
        return scalar_text(value);
    };
    let parts = date.get("date-parts")?.as_array()?;
    let season = date.get("season").and_then(scalar_text).and_then(|season| season_code(&season));
    let ends: Vec<String> =
        parts.iter().map(|end| date_end_text(end, season)).collect::<Option<_>>()?;
    let circa = match date.get("circa") {
        None | Some(Value::Null | Value::Bool(false)) => "",
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => "",
        Some(Value::String(text)) if matches!(text.trim(), "" | "0" | "false") => "",
        Some(_) => "~",
    };
    let ends: Vec<String> = ends.into_iter().map(|end| format!("{end}{circa}")).collect();
    Some(ends.join("/")).filter(|text| !text.is_empty())
}

/// Returns one end of a date from year, month and day, which may be numbers or texts.
fn date_end_text(parts: &Value, season: Option<u8>) -> Option<String> {
    let numbers =
        parts.as_array()?.iter().filter_map(scalar_text).filter(|part| !part.trim().is_empty());
    let numbers: Vec<i64> =
        numbers.map(|part| part.trim().parse()).collect::<Result<_, _>>().ok()?;
    let (year, rest) = numbers.split_first()?;
    let year =
        if *year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") };
    let season = season.filter(|_| rest.is_empty()).map(|season| format!("-{season}"));
    let rest = rest.iter().map(|part| format!("-{part:02}")).chain(season);
    Some(year + &rest.collect::<String>())
}

/// Returns the EDTF code of a season: 21 for spring.
fn season_code(season: &str) -> Option<u8> {
    let number = match season.trim().to_lowercase().as_str() {
        "1" | "spring" => 21,
        "2" | "summer" => 22,
        "3" | "autumn" | "fall" => 23,
        "4" | "winter" => 24,
        _ => return None,
    };
    Some(number)
}

/// Returns a text or a number as text.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
