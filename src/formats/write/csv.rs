//! A table: the known fields first, then the files' own; several values in one cell have `|` between
//! them, as AtoM has it.

use std::io::{self, Write};

use super::Set;
use crate::record::{Field, Record};

/// What a spreadsheet takes for the beginning of a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a header and a row a record. Which columns there are is known after the last record, so
/// all of them are gathered first; a field that no record has is no column.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let Set { records, .. } = set;
    let records: Vec<Record> = records.map(|placed| placed.record).collect();
    let fields: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| records.iter().any(|record| record.first(*field).is_some()))
        .collect();
    let own = own_names(&records);
    let mut table = csv::Writer::from_writer(out);
    let known = ["position", "date"].into_iter().chain(fields.iter().map(|field| field.key()));
    let header = known.map(str::to_owned).chain(own.iter().map(|name| header(name)));
    table.write_record(header).map_err(failed)?;
    for record in &records {
        table.write_record(row(record, &fields, &own)).map_err(failed)?;
    }
    table.flush()
}

/// What the writer failed with, as it said it.
fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The names of the files' own fields, each once, in the order they are met.
fn own_names(records: &[Record]) -> Vec<&str> {
    let mut known = std::collections::HashSet::new();
    let names = records.iter().flat_map(|record| &record.own).map(|(name, _)| name.as_str());
    names.filter(|name| known.insert(*name)).collect()
}

/// The header of a field of the file's own; `own.` before a name that is another column's.
fn header(name: &str) -> String {
    let taken = ["position", "date"].contains(&name) || Field::from_key(name).is_some();
    safe(if taken { format!("own.{name}") } else { name.to_owned() })
}

/// The cells of a record.
fn row(record: &Record, fields: &[Field], own: &[&str]) -> Vec<String> {
    let position = record.position.map(|position| position.to_string()).unwrap_or_default();
    let mut cells = vec![position, safe(record.date.text.clone())];
    cells.extend(fields.iter().map(|field| cell(record.all(*field))));
    cells.extend(own.iter().map(|name| {
        cell(record.own.iter().filter(|(of, _)| of == name).map(|(_, value)| value.as_str()))
    }));
    cells
}

/// The values of a field in one cell.
fn cell<'v>(values: impl Iterator<Item = &'v str>) -> String {
    safe(values.collect::<Vec<_>>().join("|"))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what would begin one.
fn safe(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}
