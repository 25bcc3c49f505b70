//! `fonds list`: the records that fit a filter, one a line.

use std::io::{self, Write};

use super::requested_rows::Chosen;
use crate::formats::write;
use crate::record::{Placed, Record};
use crate::store::{RecordSet, Store};
use crate::text::clean::clean;
use crate::text::width::columns;

/// How many records the widths of the columns are taken from.
const FIRST: usize = 4096;

/// How the lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns with tabs between them, for programs.
    Tabs,
    /// Columns that stand below each other, for readers.
    Aligned,
}

/// Prints position, short date and title of each record that fits, in order.
///
/// # Errors
/// The output cannot be written.
pub fn run(chosen: &mut Chosen<'_>, form: Form, output: &mut dyn Write) -> io::Result<()> {
    let mut first = Vec::new();
    let mut widths = (0, 0);
    if form == Form::Aligned {
        first.extend(chosen.by_ref().take(FIRST));
        widths = column_widths(&first);
    }
    for placed in first.into_iter().chain(chosen) {
        writeln!(output, "{}", line(&placed.record, form, widths))?;
    }
    Ok(())
}

/// Prints these records in the order of loading, for programs.
///
/// # Errors
/// Where the output cannot be written.
pub fn print(store: &Store, records: &RecordSet, output: &mut dyn Write) -> io::Result<()> {
    for record in records.iter().filter_map(|number| store.record(number)) {
        writeln!(output, "{}", line(&record, Form::Tabs, (0, 0)))?;
    }
    Ok(())
}

/// Prints the records as a JSON list, a record a line.
///
/// # Errors
/// The output cannot be written.
pub fn json(chosen: &mut Chosen<'_>, output: &mut dyn Write) -> io::Result<()> {
    write!(output, "[")?;
    let mut between = "\n";
    for placed in chosen {
        output.write_all(between.as_bytes())?;
        write::write_object(output, &placed.record)?;
        between = ",\n";
    }
    writeln!(output, "\n]")
}

/// How wide the columns of position and date are.
fn column_widths(first: &[Placed]) -> (usize, usize) {
    let widest = |text: &dyn Fn(&Record) -> String| {
        first.iter().map(|placed| columns(&text(&placed.record))).max().unwrap_or(0)
    };
    (widest(&position), widest(&|record| clean(&record.date.short()).into_owned()).min(30))
}

/// The position in the archive; empty where there is none.
fn position(record: &Record) -> String {
    record.position.map(|at| at.to_string()).unwrap_or_default()
}

fn line(record: &Record, form: Form, widths: (usize, usize)) -> String {
    let position = position(record);
    let short = record.date.short();
    let heading = record.marked_heading();
    match form {
        // A tab or a line end inside a value would make another column or record of it.
        Form::Tabs => [position.as_str(), &short, &heading].map(one_column).join("\t"),
        Form::Aligned => {
            let date = clean(&short);
            let gap = " ".repeat(widths.1.saturating_sub(columns(&date)));
            format!("{position:>width$}  {date}{gap}  {}", clean(&heading), width = widths.0)
        }
    }
}

/// A value without tabs and line ends; everything else is as it was.
fn one_column(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
