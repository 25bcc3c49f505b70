//! Parses items of the Digital Public Library of America in JSON.

use std::io;

use crate::formats::read::json::{Object, Value};

use super::{InputFile, Sink, json_items};
use crate::record::date::comparison;
use crate::record::{Date, Field, Record};

/// The key of an answer that holds the list of items.
const LIST_KEY: &str = "docs";

/// Whether a text is certainly of this format: its items have the key `sourceResource`.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start();
    start.starts_with(['{', '[']) && start.contains("\"sourceResource\"") && {
        let items = json_items::items_at_beginning(start, LIST_KEY);
        items.iter().any(|item| item.contains_key("sourceResource"))
    }
}

/// Parses a list, one item at a time.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    json_items::read(file, LIST_KEY, sink, record_from_item)
}

/// Converts an item to a record. `sourceResource` is the description by the holding institution;
/// DPLA adds the keys around it.
fn record_from_item(item: Object) -> Record {
    let mut record = Record::default();
    for (key, value) in item {
        match (key.as_str(), value) {
            ("sourceResource", Value::Object(description)) => {
                description
                    .into_iter()
                    .for_each(|(key, value)| push_description(&mut record, &key, value));
            }
            ("id", value) => json_items::push_values(&mut record, Field::Id, &key, value),
            ("isShownAt", value) => push_text_or_name(&mut record, Field::Url, &key, value),
            ("dataProvider", value) => {
                push_text_or_name(&mut record, Field::Repository, &key, value);
            }
            ("rights", value) => push_text_or_name(&mut record, Field::Rights, &key, value),
            (_, value) => json_items::push_own(&mut record.own, &key, value),
        }
    }
    record.align_contributor_roles();
    record
}

/// Adds one key of `sourceResource`.
fn push_description(record: &mut Record, key: &str, value: Value) {
    let field = match key {
        "date" => return set_date(record, value),
        "title" => Field::Title,
        "description" => Field::Summary,
        "creator" => Field::Creator,
        // DPLA does not say what they did.
        "contributor" => Field::Contributor,
        "spatial" => Field::Places,
        "subject" | "genre" => Field::Subjects,
        "language" => Field::Language,
        "rights" => Field::Rights,
        "identifier" => Field::Id,
        "collection" => Field::Collection,
        _ => return json_items::push_own(&mut record.own, key, value),
    };
    push_text_or_name(record, field, key, value);
}

/// Adds a value to a field, an object by its name. The other keys of the object become own fields.
fn push_text_or_name(record: &mut Record, field: Field, key: &str, value: Value) {
    match value {
        Value::Array(values) => {
            for item in values {
                push_text_or_name(record, field, key, item);
            }
        }
        Value::Object(mut object) => {
            let mut name_keys = ["name", "title", "text", "@id"].into_iter();
            if let Some(name_key) = name_keys.find(|name_key| object.contains_key(name_key))
                && let Some(name) = object.remove(name_key)
            {
                push_text_or_name(record, field, key, name);
            }
            json_items::push_own(&mut record.own, key, Value::Object(object));
        }
        other => json_items::push_values(record, field, key, other),
    }
}

/// Sets the date from one or several dates, each by its displayed text, else by begin and end.
///
/// Next to a displayed text, begin and end become own fields. They also give the span, unless the
/// text says the same more precisely.
fn set_date(record: &mut Record, value: Value) {
    let (mut texts, mut ranges) = (Vec::new(), Vec::new());
    let values = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    for value in values {
        let mut date = match value {
            Value::String(text) => {
                texts.push(text.into());
                continue;
            }
            Value::Object(date) => date,
            other => {
                json_items::push_own(&mut record.own, "date", other);
                continue;
            }
        };
        let trimmed = |key: &str| date.get(key).and_then(Value::as_str).map(str::trim);
        let text_of = |key: &str| trimmed(key).filter(|text| !text.is_empty()).map(str::to_owned);
        let (displayed, begin, end) = (text_of("displayDate"), text_of("begin"), text_of("end"));
        let range = match (begin, end) {
            (Some(begin), Some(end)) if begin == end => Some(begin),
            (Some(begin), Some(end)) => Some(format!("{begin}/{end}")),
            (None, Some(end)) => Some(format!("../{end}")),
            (begin, None) => begin,
        };
        let used_keys: &[&str] =
            if displayed.is_some() { &["displayDate"] } else { &["begin", "end"] };
        for key in used_keys {
            if date.get(key).is_some_and(Value::is_string) {
                date.remove(key);
            }
        }
        ranges.extend(range.clone());
        texts.extend(displayed.or(range));
        json_items::push_own(&mut record.own, "date", Value::Object(date));
    }
    let text = texts.join(", ");
    let coded = comparison::union_of_codes(ranges.iter().map(String::as_str));
    record.date = match coded {
        Some(parsed) if texts == ranges => Date { text, parsed },
        Some(coded) => comparison::date_with_coded(&text, coded),
        None => Date::parse(&text),
    };
}
