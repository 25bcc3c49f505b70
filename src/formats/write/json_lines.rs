//! JSON Lines with the record's own keys: what is written reads back as the same records.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Set;
use super::archive_toml::{ORDER, Values, is_record_key};
use crate::record::{Field, Record};

/// Writes a record a line.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    for placed in set.records {
        write_object(out, &placed.record)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a record as an object on one line.
///
/// # Errors
/// The writer failed.
pub fn write_object(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    let object = serde_json::to_string(&Object(record))?;
    // JSON lets this control character stand as it is; who looks at bytes takes it for no text.
    out.write_all(object.replace('\u{7f}', "\\u007f").as_bytes())
}

/// A record as an object with the keys of an archive file, in their order. A field whose own name
/// is one of them stands in the object `own`.
struct Object<'r>(&'r Record);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.0;
        let mut object = serializer.serialize_map(None)?;
        if let Some(position) = record.position {
            object.serialize_entry("position", &position)?;
        }
        put(&mut object, Field::Id.key(), &record.all(Field::Id).collect::<Vec<_>>())?;
        if !record.date.text.is_empty() {
            object.serialize_entry("date", &record.date.text)?;
        }
        if let Some(edtf) = record.date.edtf_beside() {
            object.serialize_entry("date_edtf", &edtf)?;
        }
        for field in ORDER {
            put(&mut object, field.key(), &record.all(field).collect::<Vec<_>>())?;
        }
        own(&mut object, record, false)?;
        if record.own.iter().any(|(name, _)| is_record_key(name)) {
            object.serialize_entry("own", &Below(record))?;
        }
        object.end()
    }
}

/// The fields of a record whose own names are keys.
struct Below<'r>(&'r Record);

impl Serialize for Below<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        own(&mut object, self.0, true)?;
        object.end()
    }
}

/// Puts in the fields under their own names, each name once: those that are keys, or the others.
fn own<M: SerializeMap>(object: &mut M, record: &Record, are_keys: bool) -> Result<(), M::Error> {
    let mut done: Vec<&str> = Vec::new();
    for (name, _) in record.own.iter().filter(|(name, _)| is_record_key(name) == are_keys) {
        if !done.contains(&name.as_str()) {
            done.push(name);
            let of = record.own.iter().filter(|(of, _)| of == name);
            put(object, name, &of.map(|(_, value)| value.as_str()).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// Puts in the values of a key: one text as it is, several as a list, none not at all.
fn put<M: SerializeMap>(object: &mut M, key: &str, values: &[&str]) -> Result<(), M::Error> {
    match Values::of(values) {
        Some(values) => object.serialize_entry(key, &values),
        None => Ok(()),
    }
}
