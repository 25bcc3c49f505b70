//! Items of the Digital Public Library of America in JSON.

use std::io;

use serde_json::{Map, Value};

use super::{Accession, Sink, json_items};
use crate::record::{Date, Field, Record};

/// Whether a text is surely of this format: a description that was gathered from elsewhere.
pub(super) fn looks_like(beginning: &str) -> bool {
    beginning.trim_start().starts_with(['{', '[']) && beginning.contains("\"sourceResource\"")
}

/// Reads a whole list, one item at a time.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    json_items::read(file, "docs", sink, record)
}

/// What an item says: the description from its source, and what the aggregator says of it.
fn record(item: Map<String, Value>) -> Record {
    let mut record = Record::default();
    for (key, value) in item {
        match (key.as_str(), value) {
            ("sourceResource", Value::Object(description)) => {
                description.into_iter().for_each(|(key, value)| describe(&mut record, &key, value));
            }
            ("id", value) => json_items::values(&mut record, Field::Id, &key, value),
            ("isShownAt", value) => named(&mut record, Field::Url, &key, value),
            ("dataProvider", value) => named(&mut record, Field::Source, &key, value),
            ("rights", value) => named(&mut record, Field::Rights, &key, value),
            (_, value) => json_items::own(&mut record.own, &key, value),
        }
    }
    record
}

/// Takes in one key of the description.
fn describe(record: &mut Record, key: &str, value: Value) {
    let field = match key {
        "date" => return dates(record, value),
        "title" => Field::Title,
        "description" => Field::Summary,
        "creator" | "contributor" => Field::People,
        "spatial" => Field::Places,
        "subject" | "genre" => Field::Subjects,
        "language" => Field::Language,
        "rights" => Field::Rights,
        "identifier" => Field::Id,
        "collection" => Field::Collection,
        _ => return json_items::own(&mut record.own, key, value),
    };
    named(record, field, key, value);
}

/// Adds texts, and objects by their name; what else such an object says is kept.
fn named(record: &mut Record, field: Field, key: &str, value: Value) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|one| named(record, field, key, one)),
        Value::Object(mut object) => {
            let name = ["name", "title", "text", "@id"].into_iter();
            if let Some(name) = name.into_iter().find(|name| object.contains_key(*name))
                && let Some(text) = object.shift_remove(name)
            {
                named(record, field, key, text);
            }
            json_items::own(&mut record.own, key, Value::Object(object));
        }
        other => json_items::values(record, field, key, other),
    }
}

/// Sets the date from one or several, each as it is shown, else from its ends. Ends beside a text
/// are kept, and give the days where the text does not.
fn dates(record: &mut Record, value: Value) {
    let (mut texts, mut ends) = (Vec::new(), Vec::new());
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    for value in values {
        let mut date = match value {
            Value::String(text) => {
                texts.push(text);
                continue;
            }
            Value::Object(date) => date,
            other => {
                json_items::own(&mut record.own, "date", other);
                continue;
            }
        };
        let text = |key: &str| date.get(key).and_then(Value::as_str).map(str::trim);
        let text = |key: &str| text(key).filter(|text| !text.is_empty()).map(str::to_owned);
        let (shown, begin, end) = (text("displayDate"), text("begin"), text("end"));
        let whole = match (begin, end) {
            (Some(begin), Some(end)) if begin == end => Some(begin),
            (Some(begin), Some(end)) => Some(format!("{begin}/{end}")),
            (begin, end) => begin.or(end),
        };
        let taken: &[&str] = if shown.is_some() { &["displayDate"] } else { &["begin", "end"] };
        for key in taken {
            if date.get(*key).is_some_and(Value::is_string) {
                date.shift_remove(*key);
            }
        }
        ends.extend(whole.clone());
        texts.extend(shown.or(whole));
        json_items::own(&mut record.own, "date", Value::Object(date));
    }
    let text = texts.join(", ");
    record.date = Date::read(&text);
    if record.date.span().is_none()
        && let Some(span) = Date::read(&ends.join(", ")).span()
    {
        record.date = Date::with_span(&text, span);
    }
}
