//! `fonds formats`: what can be read and written, from the tables of both.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::formats::{read, write};

/// A format, as it is read, written or both.
struct Known {
    name: &'static str,
    reads: bool,
    /// Whether a file is held in memory as a whole while it is read.
    whole: bool,
    writes: Option<write::Format>,
    description: &'static str,
}

/// All formats by name: those that are read first, then those that are only written.
fn known() -> Vec<Known> {
    let read = read::Format::all().map(|format| Known {
        name: format.name(),
        reads: true,
        whole: format.is_read_whole(),
        writes: write::Format::from_name(format.name()),
        description: format.description(),
    });
    let only_written = write::Format::all()
        .filter(|format| read::Format::from_name(format.name()).is_none())
        .map(|format| Known {
            name: format.name(),
            reads: false,
            whole: false,
            writes: Some(format),
            description: format.description(),
        });
    read.chain(only_written).collect()
}

/// Prints a format a line: its name, whether it is read and written, what it is, and whether a file
/// of it has to fit into memory.
///
/// # Errors
/// The output cannot be written.
pub fn run(output: &mut dyn Write) -> io::Result<()> {
    let known = known();
    let width = known.iter().map(|format| format.name.len()).max().unwrap_or(0);
    for Known { name, reads, whole, writes, description } in &known {
        let reads = if *reads { "read" } else { "" };
        let writes = if writes.is_some() { "write" } else { "" };
        let whole = if *whole { "; held in memory as a whole" } else { "" };
        writeln!(output, "{name:width$}  {reads:4}  {writes:5}  {description}{whole}")?;
    }
    Ok(())
}

/// The fields that come back as they were where fonds reads again what it wrote.
fn returned(format: &Known) -> Vec<&'static str> {
    let written = format.writes.filter(|_| format.reads);
    let fields = written.map(write::Format::returns).unwrap_or_default();
    fields.iter().map(|field| field.key()).collect()
}

/// Prints the same as a JSON list.
///
/// # Errors
/// The output cannot be written.
pub fn json(output: &mut dyn Write) -> io::Result<()> {
    let object = |format: &Known| {
        json!({
            "name": format.name,
            "description": format.description,
            "reads": format.reads,
            "reads_whole": format.whole,
            "writes": format.writes.is_some(),
            "endings": format.writes.map(write::Format::endings).unwrap_or_default(),
            "returns": returned(format),
            "reads_back": format.writes.is_some_and(write::Format::reads_back) && format.reads,
        })
    };
    let all: Vec<Value> = known().iter().map(object).collect();
    writeln!(output, "{}", Value::from(all))
}
