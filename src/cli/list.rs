//! `fonds list`: the records that match a filter, one per line.

use std::io::{self, IsTerminal, Write};

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::output;
use super::requested_rows::{RequestedRows, with_requested_rows};
use crate::formats::write;
use crate::record::{Record, SourcedRecord};
use crate::store::{RecordNumber, Store};
use crate::text::clean::clean;
use crate::text::width::display_width;

/// The number of records that the column widths are computed from.
const WIDTH_SAMPLE_ROWS: usize = 4096;

/// How the lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// Columns separated by tabs, for programs.
    Tabs,
    /// Columns padded with spaces, for a terminal.
    Aligned,
}

/// Prints the requested records, one per line or as a JSON list.
pub(super) fn run(records: &RecordArgs, json: bool) -> anyhow::Result<Outcome> {
    let format = if io::stdout().is_terminal() { LineFormat::Aligned } else { LineFormat::Tabs };
    with_requested_rows(records, |rows| {
        output::write_stdout(|out| {
            if json { write_json(rows, out) } else { write_lines(rows, format, out) }
        })
    })
}

/// Writes the position, date and title of each requested record, in order. Dates are as narrow as on
/// the screen, and a doubtful one ends with the same sign.
///
/// # Errors
/// The output cannot be written.
pub fn write_lines(
    rows: &mut RequestedRows<'_>,
    format: LineFormat,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut first = Vec::new();
    let mut widths = ColumnWidths::default();
    if format == LineFormat::Aligned {
        first.extend(rows.by_ref().take(WIDTH_SAMPLE_ROWS));
        widths = column_widths(&first);
    }
    for sourced in first.into_iter().chain(rows) {
        writeln!(output, "{}", line(&sourced.record, format, widths))?;
    }
    Ok(())
}

/// Writes these records in this order, with tabs between the columns.
///
/// # Errors
/// The output cannot be written.
pub fn write_tabs(
    store: &Store,
    records: &[RecordNumber],
    output: &mut dyn Write,
) -> io::Result<()> {
    for record in records.iter().filter_map(|number| store.record(*number)) {
        writeln!(output, "{}", line(&record, LineFormat::Tabs, ColumnWidths::default()))?;
    }
    Ok(())
}

/// Writes the requested records as a JSON list, one record per line.
///
/// # Errors
/// The output cannot be written.
pub fn write_json(rows: &mut RequestedRows<'_>, output: &mut dyn Write) -> io::Result<()> {
    write!(output, "[")?;
    let mut between = "\n";
    let named = rows.named_archives();
    for sourced in rows.map(|record| named.with_archive_data(record)) {
        output.write_all(between.as_bytes())?;
        write::write_object(output, &sourced.record)?;
        between = ",\n";
    }
    writeln!(output, "\n]")
}

/// The widths of the aligned columns, in terminal cells.
#[derive(Clone, Copy, Debug, Default)]
struct ColumnWidths {
    position: usize,
    date: usize,
}

/// Returns the widths that these records need.
fn column_widths(first: &[SourcedRecord]) -> ColumnWidths {
    let widest = |text: &dyn Fn(&Record) -> String| {
        first.iter().map(|sourced| display_width(&text(&sourced.record))).max().unwrap_or(0)
    };
    ColumnWidths { position: widest(&position), date: widest(&|record| record.date.column()) }
}

/// Returns the position in the archive, or an empty text.
fn position(record: &Record) -> String {
    record.position.map(|position| position.to_string()).unwrap_or_default()
}

/// Returns the line of a record, without a line end.
fn line(record: &Record, format: LineFormat, widths: ColumnWidths) -> String {
    let position = position(record);
    let heading = record.list_heading();
    match format {
        // A tab or a line end inside a value would start another column or record.
        LineFormat::Tabs => {
            let date = record.date.column();
            [position.as_str(), &date, &heading].map(replace_tabs_and_line_ends).join("\t")
        }
        LineFormat::Aligned => {
            let date = record.date.column();
            let gap = " ".repeat(widths.date.saturating_sub(display_width(&date)));
            format!("{position:>width$}  {date}{gap}  {}", clean(&heading), width = widths.position)
        }
    }
}

/// Replaces tabs and line ends by spaces.
fn replace_tabs_and_line_ends(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
