//! Writes JSON Lines with the keys of an archive file. Reading a written file gives the same
//! records.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::RecordStream;
use super::archive_toml::{FIELD_ORDER, OneOrMany, is_record_key, stored_values};
use super::shared_values::own_values;
use crate::formats::field_names::{is_known, is_sole_date};
use crate::record::{Field, Record};

/// Writes one record per line.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    for sourced in stream.records {
        write_object(out, &sourced.record)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a record as an object on one line.
///
/// # Errors
/// The writer failed.
pub fn write_object(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    let object = serde_json::to_string(&RecordObject(record))?;
    // JSON allows a raw U+007F, but tools that detect binary files do not.
    out.write_all(object.replace('\u{7f}', "\\u007f").as_bytes())
}

/// Serializes a record with the keys of an archive file, in their order. Own fields whose names
/// are such keys, or those that other programs give to fields, go to the object `own`, and so do all
/// of a record that has no other: the object shows that the file is one of fonds.
struct RecordObject<'r>(&'r Record);

impl Serialize for RecordObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.0;
        let mut object = serializer.serialize_map(None)?;
        if let Some(position) = record.position {
            object.serialize_entry("position", &position)?;
        }
        serialize_values(&mut object, Field::Id.key(), &stored_values(record, Field::Id))?;
        if !record.date.text.is_empty() {
            object.serialize_entry("date", &record.date.text)?;
        }
        if let Some(edtf) = record.date.edtf_unless_implied() {
            object.serialize_entry("date_edtf", &edtf)?;
        }
        for field in FIELD_ORDER {
            serialize_values(&mut object, field.key(), &stored_values(record, field))?;
        }
        serialize_own_fields(&mut object, record, false)?;
        let is_position_only = record.position.is_some() && !has_fields(record);
        if is_position_only || record.own.iter().any(|(name, _)| goes_to_own_object(record, name)) {
            object.serialize_entry("own", &OwnObject(record))?;
        }
        object.end()
    }
}

/// Whether the name of an own field would be taken for that of another field when it is read, or not be
/// known as one of a record.
fn goes_to_own_object(record: &Record, name: &str) -> bool {
    // Beside a date such a name has no meaning.
    let may_be_date = || record.date.text.is_empty() && is_sole_date(name);
    !has_fields(record) || is_record_key(name) || is_known(name) || may_be_date()
}

/// Whether a record has a field that shows that it is a record.
fn has_fields(record: &Record) -> bool {
    !record.values.is_empty() || !record.date.text.is_empty()
}

/// Serializes the own fields that go to the object `own`.
struct OwnObject<'r>(&'r Record);

impl Serialize for OwnObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        serialize_own_fields(&mut object, self.0, true)?;
        object.end()
    }
}

/// Serializes own fields, grouped by name: those that go to the object `own`, or all others.
fn serialize_own_fields<M: SerializeMap>(
    object: &mut M,
    record: &Record,
    in_own_object: bool,
) -> Result<(), M::Error> {
    for (name, values) in own_values(record) {
        if goes_to_own_object(record, name) == in_own_object {
            serialize_values(object, name, &values)?;
        }
    }
    Ok(())
}

/// Serializes the values of a key: one as a text, several as a list, none not at all.
fn serialize_values<M: SerializeMap>(
    object: &mut M,
    key: &str,
    values: &[&str],
) -> Result<(), M::Error> {
    match OneOrMany::from_slice(values) {
        Some(values) => object.serialize_entry(key, &values),
        None => Ok(()),
    }
}
