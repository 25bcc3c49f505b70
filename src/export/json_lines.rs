//! JSON Lines with the record's own keys: what is written reads back as the same records.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Set;
use crate::record::{Field, Record};

/// Writes a record a line.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    for placed in set.records {
        serde_json::to_writer(&mut *out, &object(&placed.record))?;
        writeln!(out)?;
    }
    Ok(())
}

/// A record as an object. A field whose own name means something here stands in the object `own`.
pub fn object(record: &Record) -> Value {
    let mut object = Map::new();
    if let Some(position) = record.position {
        object.insert("position".to_owned(), position.into());
    }
    if !record.date.text.is_empty() {
        object.insert("date".to_owned(), record.date.text.as_str().into());
    }
    for field in Field::ALL {
        put(&mut object, field.key(), record.all(field));
    }
    let mut below = Map::new();
    for (name, _) in &record.own {
        let values =
            record.own.iter().filter(|(of, _)| of == name).map(|(_, value)| value.as_str());
        put(if is_key(name) { &mut below } else { &mut object }, name, values);
    }
    if !below.is_empty() {
        object.insert("own".to_owned(), below.into());
    }
    object.into()
}

/// Whether a name is a key of a record that is no field of its own.
fn is_key(name: &str) -> bool {
    ["position", "date", "own"].contains(&name) || Field::from_key(name).is_some()
}

/// Puts in the values of a key: one text as it is, several as a list, none not at all.
fn put<'v>(object: &mut Map<String, Value>, key: &str, values: impl Iterator<Item = &'v str>) {
    let mut values: Vec<Value> = values.map(Value::from).collect();
    let value = match values.len() {
        0 => return,
        1 => values.remove(0),
        _ => values.into(),
    };
    object.insert(key.to_owned(), value);
}
