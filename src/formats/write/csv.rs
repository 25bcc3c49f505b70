//! Writes CSV: known fields first, then own fields. A cell joins several values with `|`, as AtoM
//! does: see [`cell_values`].

use std::collections::HashMap;
use std::io::{self, Write};

use super::RecordStream;
use super::archive_toml::stored_values;
use super::shared_values::own_values;
use crate::formats::cell_values;
use crate::formats::field_names::column_names::{EDTF_COLUMN, OWN_PREFIX, is_plain_own_name};
use crate::record::{Field, Record, StatedKind};

/// Writes a header and one row per record.
///
/// All records are collected first, because the last one may add a column. A field without values
/// gets no column.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let RecordStream { records, .. } = stream;
    let records: Vec<Record> = records.map(|sourced| sourced.record).collect();
    let fields: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| records.iter().any(|record| !stored_values(record, *field).is_empty()))
        .collect();
    let own = own_names(&records);
    let mut table = csv::Writer::from_writer(out);
    // Only then is the date not what its text says.
    let has_edtf = records.iter().any(|record| record.date.edtf_unless_implied().is_some());
    let dates = ["position", "date"].into_iter().chain(has_edtf.then_some(EDTF_COLUMN));
    let known = dates.chain(fields.iter().map(|field| field.key()));
    let header = known.map(str::to_owned).chain(own.iter().map(|name| column_header(name)));
    table.write_record(header).map_err(to_io_error)?;
    for record in &records {
        table.write_record(to_row(record, has_edtf, &fields, &own)).map_err(to_io_error)?;
    }
    table.flush()
}

/// Returns the I/O error inside a CSV error.
fn to_io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Returns the distinct names of own fields, in order of first use.
fn own_names(records: &[Record]) -> Vec<&str> {
    let mut known = std::collections::HashSet::new();
    let names = records.iter().flat_map(|record| &record.own).map(|(name, _)| name.as_str());
    names.filter(|name| known.insert(*name)).collect()
}

/// Returns the header of an own field. A name that has another meaning in tables gets a prefix.
fn column_header(name: &str) -> String {
    let is_plain = StatedKind::from_own_field(name).is_some() || is_plain_own_name(name);
    let prefix = if is_plain { "" } else { OWN_PREFIX };
    cell_values::guard_formula([prefix, name].concat())
}

/// Returns the cells of a record.
fn to_row(record: &Record, has_edtf: bool, fields: &[Field], own: &[&str]) -> Vec<String> {
    let position = record.position.map(|position| position.to_string()).unwrap_or_default();
    let mut row = vec![position, cell_values::guard_formula(record.date.text.clone())];
    row.extend(has_edtf.then(|| record.date.edtf_unless_implied().unwrap_or_default()));
    row.extend(fields.iter().map(|field| to_cell(*field, &stored_values(record, *field))));
    let values: HashMap<&str, Vec<&str>> = own_values(record).into_iter().collect();
    row.extend(
        own.iter().map(|name| own_to_cell(name, values.get(name).map_or(&[], Vec::as_slice))),
    );
    row
}

/// Joins the values of a field to one cell. In titles and summaries a bar is an ordinary character.
fn to_cell(field: Field, values: &[&str]) -> String {
    cell_values::guard_formula(match field {
        Field::Title | Field::Summary => cell_values::escape_null(&values.join("|")).into_owned(),
        _ => cell_values::join_values(values),
    })
}

/// Joins the values of an own field to one cell. Only names in `name_kind` fields are split again.
fn own_to_cell(name: &str, values: &[&str]) -> String {
    cell_values::guard_formula(match StatedKind::from_own_field(name) {
        Some(_) => cell_values::join_values(values),
        None => values.join("|"),
    })
}
