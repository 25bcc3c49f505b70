//! Reads TOML that is no archive file as the tree that it is in JSON (TOML 1.0, <https://toml.io/en/v1.0.0>).

use std::io;

use toml::de::{DeTable, DeValue};

use super::yaml::read_documents;
use crate::formats::read::json::{Object, Value};
use crate::formats::read::{InputFile, Sink};

/// Reads a table.
pub(crate) fn read(
    table: DeTable<'_>,
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    read_documents(&[Value::Object(object_of(table))], file, sink)
}

/// Returns a table as an object, in the order of the file.
fn object_of(table: DeTable<'_>) -> Object {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let pairs = entries.into_iter().map(|(key, value)| {
        let key = key.into_inner();
        (key.as_ref().into(), value_of(value.into_inner()))
    });
    pairs.collect()
}

/// Returns a value, with numbers, dates and booleans as they are written.
fn value_of(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => Value::from(number.to_string().as_str()),
        DeValue::Float(number) => Value::from(number.to_string().as_str()),
        DeValue::Boolean(boolean) => Value::Bool(boolean),
        DeValue::Datetime(date) => Value::from(date.to_string().as_str()),
        DeValue::Array(items) => {
            items.into_iter().map(|item| value_of(item.into_inner())).collect()
        }
        DeValue::Table(table) => Value::Object(object_of(table)),
    }
}
