//! Writes archive files (`archive.toml`): `[archive]`, then each `[[record]]`, with keys in a fixed
//! order.
//!
//! Reading a written file gives the same values, and writing those gives the same bytes.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use crate::record::{Archive, Field, OwnName, Record, is_container};

/// The order of the fields in a record, after position, id and date.
pub(super) const FIELD_ORDER: [Field; Field::ALL.len() - 1] = [
    Field::Title,
    Field::Creator,
    Field::Recipient,
    Field::Contributor,
    Field::ContributorRole,
    Field::People,
    Field::Places,
    Field::Subjects,
    Field::Collection,
    Field::Series,
    Field::Box,
    Field::Folder,
    Field::Container,
    Field::ReferenceCode,
    Field::Repository,
    Field::ArchivePlace,
    Field::Source,
    Field::Language,
    Field::Rights,
    Field::Url,
    Field::PreferredCitation,
    Field::Summary,
];

/// Returns the values of a field as files keep them: boxes and folders side by side, see
/// [`Record::listed_containers`]. Roles of contributors are left out if all of them are empty.
pub(super) fn stored_values(record: &Record, field: Field) -> Vec<&str> {
    if is_container(field) {
        return record.listed_containers(field);
    }
    let mut values: Vec<&str> = record.all(field).collect();
    if field == Field::ContributorRole && values.iter().all(|role| role.is_empty()) {
        values.clear();
    }
    values
}

/// Whether a name is a key of `[[record]]` and not free for a record's own field.
pub(super) fn is_record_key(name: &str) -> bool {
    ["position", "date", "date_edtf", "own"].contains(&name) || Field::from_key(name).is_some()
}

/// Whether a name is a key of `[archive]` and not free for an archive's own field.
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
    let texts = [
        ("title", &archive.title),
        ("source", &archive.source),
        ("url", &archive.url),
        ("description", &archive.description),
    ];
    for (key, text) in texts {
        write_pair(out, key, text.as_slice())?;
    }
    if let Some(total) = archive.total {
        writeln!(out, "total = {total}")?;
    }
    write_own_fields(out, &archive.own, is_archive_key)?;
    for record in records {
        writeln!(out, "\n[[record]]")?;
        write_record(out, record.borrow())?;
    }
    Ok(())
}

/// Writes one `[[record]]`.
fn write_record(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    if let Some(position) = record.position {
        writeln!(out, "position = {position}")?;
    }
    let date = Some(record.date.text.as_str()).filter(|text| !text.is_empty());
    write_pair(out, Field::Id.key(), &stored_values(record, Field::Id))?;
    write_pair(out, "date", date.as_slice())?;
    write_pair(out, "date_edtf", record.date.edtf_unless_implied().as_slice())?;
    for field in FIELD_ORDER {
        write_pair(out, field.key(), &stored_values(record, field))?;
    }
    write_own_fields(out, &record.own, is_record_key)
}

/// Writes own fields, grouped by name. Names that are keys of this format follow in the table
/// `own`.
fn write_own_fields(
    out: &mut dyn Write,
    fields: &[(OwnName, String)],
    is_key: fn(&str) -> bool,
) -> io::Result<()> {
    let mut seen = HashSet::new();
    let mut names: Vec<&str> =
        fields.iter().map(|(name, _)| name.as_str()).filter(|name| seen.insert(*name)).collect();
    names.sort_by_key(|name| is_key(name));
    for name in names {
        let same_name = fields.iter().filter(|(other, _)| other == name);
        out.write_all(if is_key(name) { b"own." } else { b"" })?;
        write_pair(out, name, &same_name.map(|(_, value)| value).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// The values of a key: one is written as a text, several as a list.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum OneOrMany<'v, T> {
    /// One value.
    One(&'v T),
    /// Several values.
    Many(&'v [T]),
}

impl<'v, T> OneOrMany<'v, T> {
    /// Returns the values of a slice, or `None` if it is empty.
    pub(super) fn from_slice(values: &'v [T]) -> Option<OneOrMany<'v, T>> {
        match values {
            [] => None,
            [one] => Some(OneOrMany::One(one)),
            many => Some(OneOrMany::Many(many)),
        }
    }
}

/// Writes `key = value`, or nothing if there is no value.
fn write_pair<T: Serialize>(out: &mut dyn Write, key: &str, values: &[T]) -> io::Result<()> {
    let Some(values) = OneOrMany::from_slice(values) else { return Ok(()) };
    let pair = std::collections::BTreeMap::from([(key, values)]);
    let text = ::toml::to_string(&pair).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
