//! `fonds formats`: the formats that can be read and written.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::exit_code::Outcome;
use super::output;
use crate::formats::{read, write};

/// A format in the table.
struct FormatRow {
    name: &'static str,
    reads: bool,
    /// Whether a file must fit into memory to be read.
    is_read_whole: bool,
    writes: Option<write::Format>,
    description: &'static str,
}

/// Prints the formats, as a table or as a JSON list.
pub(super) fn run(json: bool) -> anyhow::Result<Outcome> {
    output::write_stdout(if json { write_json } else { write_table })?;
    Ok(Outcome::Success)
}

/// Returns all formats: first those that can be read, then those that can only be written.
fn format_rows() -> Vec<FormatRow> {
    let read = read::Format::all().map(|format| FormatRow {
        name: format.name(),
        reads: true,
        is_read_whole: format.needs_whole_file(),
        writes: write::Format::from_name(format.name()),
        description: format.description(),
    });
    let only_written = write::Format::all()
        .filter(|format| read::Format::from_name(format.name()).is_none())
        .map(|format| FormatRow {
            name: format.name(),
            reads: false,
            is_read_whole: false,
            writes: Some(format),
            description: format.description(),
        });
    read.chain(only_written).collect()
}

/// Prints one line per format: its name, whether it can be read and written, its description, and
/// whether a file must fit into memory.
///
/// # Errors
/// The output cannot be written.
pub fn write_table(output: &mut dyn Write) -> io::Result<()> {
    let rows = format_rows();
    let width = rows.iter().map(|format| format.name.len()).max().unwrap_or(0);
    for FormatRow { name, reads, is_read_whole, writes, description } in &rows {
        let reads = if *reads { "read" } else { "" };
        let writes = if writes.is_some() { "write" } else { "" };
        let whole = if *is_read_whole { "; must fit into memory" } else { "" };
        writeln!(output, "{name:width$}  {reads:4}  {writes:5}  {description}{whole}")?;
    }
    Ok(())
}

/// Returns the keys of the fields that are unchanged after writing and reading the format.
fn returned_fields(format: &FormatRow) -> Vec<&'static str> {
    let written = format.writes.filter(|_| format.reads);
    let fields = written.map(write::Format::preserved_fields).unwrap_or_default();
    fields.iter().map(|field| field.key()).collect()
}

/// Prints the formats as a JSON list.
///
/// # Errors
/// The output cannot be written.
pub fn write_json(output: &mut dyn Write) -> io::Result<()> {
    let object = |format: &FormatRow| {
        json!({
            "name": format.name,
            "description": format.description,
            "reads": format.reads,
            "reads_whole": format.is_read_whole,
            "writes": format.writes.is_some(),
            "endings": format.writes.map(write::Format::endings).unwrap_or_default(),
            "returns": returned_fields(format),
            "reads_back": format.writes.is_some_and(write::Format::is_lossless) && format.reads,
        })
    };
    let all: Vec<Value> = format_rows().iter().map(object).collect();
    writeln!(output, "{}", Value::from(all))
}
