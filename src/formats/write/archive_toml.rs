//! `archive.toml`: `[archive]`, then each `[[record]]`, readable and always in the same order.
//!
//! What is written reads back as the same values, and writes again as the same bytes.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::Serialize;

use crate::record::{Archive, Field, Record};

/// The fields in the order in which they are written, below position, id and date.
pub(super) const ORDER: [Field; 10] = [
    Field::Title,
    Field::People,
    Field::Places,
    Field::Subjects,
    Field::Collection,
    Field::Source,
    Field::Language,
    Field::Rights,
    Field::Url,
    Field::Summary,
];

/// The keys of a record that are no field of its own.
pub(super) fn is_record_key(name: &str) -> bool {
    ["position", "date", "date_edtf", "own"].contains(&name) || Field::from_key(name).is_some()
}

/// The keys of the archive that are none of its own.
fn is_archive_key(name: &str) -> bool {
    ["title", "source", "url", "description", "total", "own"].contains(&name)
}

/// Writes an archive file.
///
/// # Errors
/// The writer failed.
pub fn write<R: Borrow<Record>>(
    out: &mut dyn Write,
    archive: &Archive,
    records: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    writeln!(out, "[archive]")?;
    let said = [
        ("title", &archive.title),
        ("source", &archive.source),
        ("url", &archive.url),
        ("description", &archive.description),
    ];
    for (key, text) in said {
        pair(out, key, text.as_slice())?;
    }
    if let Some(total) = archive.total {
        writeln!(out, "total = {total}")?;
    }
    own(out, &archive.own, is_archive_key)?;
    for record in records {
        writeln!(out, "\n[[record]]")?;
        write_record(out, record.borrow())?;
    }
    Ok(())
}

fn write_record(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    if let Some(position) = record.position {
        writeln!(out, "position = {position}")?;
    }
    let date = Some(record.date.text.as_str()).filter(|text| !text.is_empty());
    let values = |field| record.all(field).collect::<Vec<_>>();
    pair(out, Field::Id.key(), &values(Field::Id))?;
    pair(out, "date", date.as_slice())?;
    pair(out, "date_edtf", record.date.edtf_beside().as_slice())?;
    for field in ORDER {
        pair(out, field.key(), &values(field))?;
    }
    own(out, &record.own, is_record_key)
}

/// Writes fields under their own names, each name once. A name that is a key of this format stands
/// in the table `own`, below the others.
fn own(
    out: &mut dyn Write,
    fields: &[(String, String)],
    is_key: fn(&str) -> bool,
) -> io::Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in fields {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| is_key(name));
    for name in names {
        let of = fields.iter().filter(|(of, _)| of == name);
        out.write_all(if is_key(name) { b"own." } else { b"" })?;
        pair(out, name, &of.map(|(_, value)| value).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// What stands behind a key: one text as it is, several as a list.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Values<'v, T> {
    /// The only one.
    One(&'v T),
    /// All of several.
    Many(&'v [T]),
}

impl<'v, T> Values<'v, T> {
    /// These values; nothing where there is none.
    pub(super) fn of(values: &'v [T]) -> Option<Values<'v, T>> {
        match values {
            [] => None,
            [one] => Some(Values::One(one)),
            many => Some(Values::Many(many)),
        }
    }
}

/// Writes `key = value`; nothing where there is no value.
fn pair<T: Serialize>(out: &mut dyn Write, key: &str, values: &[T]) -> io::Result<()> {
    let Some(values) = Values::of(values) else { return Ok(()) };
    let pair = std::collections::BTreeMap::from([(key, values)]);
    let text = ::toml::to_string(&pair).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
