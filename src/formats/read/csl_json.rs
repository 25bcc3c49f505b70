//! Reference lists in CSL-JSON, as citation programs exchange them.

use std::io;

use serde_json::{Map, Value};

use super::{Accession, Sink, citation_notes, json_items};
use crate::record::{Date, Field, Record};

/// The kinds of names that an item may have.
const NAMES: [&str; 16] = [
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

/// Keys that items of this format alone have, and types in the form that fonds writes.
const SURE: [&str; 9] = [
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

/// Keys of a record as fonds writes it, which no item has: it keeps the other keys of an item that it
/// was made from.
const OTHERS: [&str; 3] = ["\"date\":", "\"people\":", "\"position\":"];

/// Whether a text is surely of this format: a list of items, with keys that no other has.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start();
    let list = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let typed = start.contains("\"type\"");
    (list || start.starts_with('{'))
        && typed
        && !start.contains("\"sourceResource\"")
        && !OTHERS.iter().any(|key| start.contains(key))
        && SURE.iter().any(|key| start.contains(key))
}

/// Reads a whole list, one item at a time.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    json_items::read(file, "items", sink, record)
}

/// What an item says. A key without a place of its own is kept under its name.
fn record(item: Map<String, Value>) -> Record {
    let mut record = Record::default();
    for (key, value) in item {
        match key.as_str() {
            "issued" => issued(&mut record, value),
            "keyword" => match value {
                Value::String(words) => {
                    words.split([',', ';']).for_each(|word| record.push(Field::Subjects, word));
                }
                other => json_items::values(&mut record, Field::Subjects, &key, other),
            },
            name if NAMES.contains(&name) => people(&mut record, &key, value),
            _ => match field(&key) {
                Some(field) => json_items::values(&mut record, field, &key, value),
                None => json_items::own(&mut record.own, &key, value),
            },
        }
    }
    citation_notes::take(&mut record, "note", "\n");
    record
}

/// The field of a key.
fn field(key: &str) -> Option<Field> {
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

/// Adds people, each as `Last, First`.
fn people(record: &mut Record, key: &str, value: Value) {
    let Value::Array(names) = value else {
        return json_items::values(record, Field::People, key, value);
    };
    for name in names {
        match name {
            Value::Object(parts) => record.push(Field::People, &person(&parts)),
            other => json_items::values(record, Field::People, key, other),
        }
    }
}

/// The name of a person, or of a body.
fn person(parts: &Map<String, Value>) -> String {
    let part = |key: &str| parts.get(key).and_then(Value::as_str).unwrap_or("").trim();
    if !part("literal").is_empty() {
        return part("literal").to_owned();
    }
    let join = |words: [&str; 2]| words.join(" ").trim().to_owned();
    let last = join([part("non-dropping-particle"), part("family")]);
    let first = join([part("given"), part("dropping-particle")]);
    let named = [last.as_str(), first.as_str(), part("suffix")];
    named.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Sets the date. Where a text stands beside the numbers, both are kept.
fn issued(record: &mut Record, mut value: Value) {
    let literal = value.as_object_mut().and_then(|date| {
        ["literal", "raw", "edtf"].into_iter().find_map(|key| date.shift_remove(key))
    });
    let days = date(&value);
    match literal.as_ref().and_then(text) {
        Some(shown) => {
            record.date = Date::read(&shown);
            let span = days.and_then(|days| Date::read(&days).span());
            if let (None, Some(span)) = (record.date.span(), span) {
                record.date = Date::with_span(&shown, span);
            }
            json_items::own(&mut record.own, "issued", value);
        }
        None => match days {
            Some(text) => record.date = Date::read(&text),
            None => json_items::own(&mut record.own, "issued", value),
        },
    }
}

/// A date as one would write it: `1945-07-12`, `1943/1945`, `circa 1945`; nothing where the value
/// has none of the forms that a date can have.
fn date(value: &Value) -> Option<String> {
    let Value::Object(date) = value else {
        return text(value);
    };
    let parts = date.get("date-parts")?.as_array()?;
    let season = date.get("season").and_then(text).and_then(|season| season_code(&season));
    let ends: Vec<String> = parts.iter().map(|end| one_end(end, season)).collect::<Option<_>>()?;
    let circa = match date.get("circa") {
        None | Some(Value::Null | Value::Bool(false)) => "",
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => "",
        Some(Value::String(text)) if matches!(text.trim(), "" | "0" | "false") => "",
        Some(_) => "~",
    };
    let ends: Vec<String> = ends.into_iter().map(|end| format!("{end}{circa}")).collect();
    Some(ends.join("/")).filter(|text| !text.is_empty())
}

/// One end of a date from its numbers, which may stand in quotes: year, month, day.
fn one_end(parts: &Value, season: Option<u8>) -> Option<String> {
    let numbers = parts.as_array()?.iter().filter_map(text).filter(|part| !part.trim().is_empty());
    let numbers: Vec<i64> =
        numbers.map(|part| part.trim().parse()).collect::<Result<_, _>>().ok()?;
    let (year, rest) = numbers.split_first()?;
    let year =
        if *year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") };
    let season = season.filter(|_| rest.is_empty()).map(|season| format!("-{season}"));
    let rest = rest.iter().map(|part| format!("-{part:02}")).chain(season);
    Some(year + &rest.collect::<String>())
}

/// The number that EDTF gives a season: 21 for spring.
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

/// A text, or a number as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
