//! `fonds list`: the records that match a filter, one per line.

use std::io::{self, IsTerminal, Write};

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::output;
use super::requested_rows::{RequestedRows, with_requested_rows};
use crate::formats::write;
use crate::query::{Column, ColumnWidth, Row};
use crate::record::{Record, SourcedRecord};
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

/// Prints the requested records, one per line or as a JSON list. `columns` are the names of the columns; without any, the
/// default ones are printed.
pub(super) fn run(records: &RecordArgs, columns: &[String], json: bool) -> anyhow::Result<Outcome> {
    let format = if io::stdout().is_terminal() { LineFormat::Aligned } else { LineFormat::Tabs };
    with_requested_rows(records, |rows| {
        let columns = match columns {
            [] => Column::default_columns(),
            names => {
                Column::from_names(names, rows.own_field_names()).map_err(anyhow::Error::msg)?
            }
        };
        output::write_stdout(|out| {
            if json { write_json(rows, out) } else { write_lines(rows, &columns, format, out) }
        })
    })
}

/// Writes the columns of each requested record, in order. Dates are as narrow as on the screen, and a doubtful one ends
/// with the same sign.
///
/// # Errors
/// The output cannot be written.
pub fn write_lines(
    rows: &mut RequestedRows<'_>,
    columns: &[Column],
    format: LineFormat,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut first = Vec::new();
    let mut widths = Vec::new();
    if format == LineFormat::Aligned {
        first.extend(rows.by_ref().take(WIDTH_SAMPLE_ROWS));
        widths = column_widths(columns, &first);
    }
    for sourced in first.into_iter().chain(rows) {
        let line = match format {
            LineFormat::Tabs => tabbed_line(&sourced.record, columns),
            LineFormat::Aligned => aligned_line(&sourced.record, columns, &widths),
        };
        writeln!(output, "{line}")?;
    }
    Ok(())
}

/// Writes the records of these rows in this order, with tabs between the default columns.
///
/// # Errors
/// The output cannot be written.
pub fn write_tabs(rows: &[Row], output: &mut dyn Write) -> io::Result<()> {
    let columns = Column::default_columns();
    for row in rows {
        writeln!(output, "{}", tabbed_line(&row.record, &columns))?;
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

/// The greatest width of a column that is followed by another one.
const MAX_COLUMN_WIDTH: usize = 60;

/// Returns the widths that the columns of these records need, in terminal cells.
fn column_widths(columns: &[Column], first: &[SourcedRecord]) -> Vec<usize> {
    let widest = |column: &Column| {
        let widths = first.iter().map(|sourced| display_width(&column.text(&sourced.record)));
        widths.max().unwrap_or(0).min(MAX_COLUMN_WIDTH)
    };
    columns.iter().map(widest).collect()
}

/// Returns the line of a record with a tab between two columns.
fn tabbed_line(record: &Record, columns: &[Column]) -> String {
    // A tab or a line end inside a value would start another column or record.
    let texts = columns.iter().map(|column| replace_tabs_and_line_ends(&column.raw_text(record)));
    texts.collect::<Vec<_>>().join("\t")
}

/// Returns the line of a record with its columns below those of the other records.
fn aligned_line(record: &Record, columns: &[Column], widths: &[usize]) -> String {
    let mut line = String::new();
    for (index, (column, width)) in columns.iter().zip(widths).enumerate() {
        let text = column.text(record);
        let gap = " ".repeat(width.saturating_sub(display_width(&text)));
        let is_last = index + 1 == columns.len();
        match column.width {
            ColumnWidth::Number => line.extend([gap.as_str(), &text]),
            _ if is_last => line.push_str(&text),
            _ => line.extend([text.as_str(), &gap]),
        }
        if !is_last {
            line.push_str("  ");
        }
    }
    line
}

/// Replaces tabs and line ends by spaces.
fn replace_tabs_and_line_ends(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
