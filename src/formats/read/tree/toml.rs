//! Reads TOML that is no archive file as the tree that it is in JSON (TOML 1.0, <https://toml.io/en/v1.0.0>).

use std::io;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::yaml::read_documents;
use crate::formats::read::json::{Object, Value};
use crate::formats::read::{InputFile, Sink};

/// Reads the table that was parsed from a text.
pub(crate) fn read(
    text: &str,
    table: DeTable<'_>,
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    read_documents(&[Value::Object(object_of(text, table))], file, sink)
}

/// Returns the table that was parsed from a text as an object, in the order of the text.
pub(crate) fn object_of(text: &str, table: DeTable<'_>) -> Object {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let pairs = entries.into_iter().map(|(key, value)| {
        let key = key.into_inner();
        (key.as_ref().into(), value_of(text, value))
    });
    pairs.collect()
}

/// Returns a value, with numbers, dates and booleans as they are written.
fn value_of(text: &str, value: Spanned<DeValue<'_>>) -> Value {
    let span = value.span();
    match value.into_inner() {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => number_of(text, span, &number.to_string()),
        DeValue::Float(number) => number_of(text, span, &number.to_string()),
        DeValue::Boolean(boolean) => Value::Bool(boolean),
        DeValue::Datetime(date) => Value::from(date.to_string().as_str()),
        DeValue::Array(items) => items.into_iter().map(|item| value_of(text, item)).collect(),
        DeValue::Table(table) => Value::Object(object_of(text, table)),
    }
}

/// Returns a number as it stands in a text: the parser leaves out signs and `_`. `nan` is no value.
fn number_of(text: &str, span: Range<usize>, parsed: &str) -> Value {
    match text.get(span).map_or(parsed, str::trim) {
        "nan" | "+nan" | "-nan" => Value::Null,
        written => Value::from(written),
    }
}
