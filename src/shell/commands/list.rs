//! `fonds list`: the records that fit a filter, one a line.

use std::io::{self, Write};
use std::sync::Arc;

use crate::app::shown::{clean, columns};
use crate::query::{Desk, Order, Place, Question, Row};
use crate::record::Record;
use crate::store::{NumberSet, Store};

/// How many records are asked for and printed at once.
const PAGE: usize = 4096;

/// How the lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns with tabs between them, for programs.
    Tabs,
    /// Columns that stand below each other, for readers.
    Aligned,
}

/// Prints position, short date and title of each record that fits, in order. Returns how many fit
/// and what is to be said about the filter.
///
/// # Errors
/// Where the output cannot be written.
pub fn run(
    store: &Store,
    filter: &str,
    order: Option<Order>,
    form: Form,
    output: &mut dyn Write,
) -> io::Result<(usize, Vec<String>)> {
    let mut desk = Desk::default();
    let mut widths = (0, 0);
    let mut next = 0;
    loop {
        let place = Place::Row(next);
        let question = Question {
            text: filter.to_owned(),
            order,
            place,
            rows: PAGE,
            marked: Arc::default(),
            choose: None,
        };
        let Some(answer) = desk.answer(store, &question, &|| false) else {
            return Ok((0, Vec::new()));
        };
        if form == Form::Aligned && next == 0 {
            widths = column_widths(&answer.rows);
        }
        for row in &answer.rows {
            writeln!(output, "{}", line(&row.record, form, widths))?;
        }
        next = answer.first + answer.rows.len();
        if next >= answer.shown || answer.rows.is_empty() {
            let mut said = answer.hints;
            said.extend(left_out(answer.undated_left_out));
            return Ok((answer.shown, said));
        }
    }
}

/// Prints these records in the order of loading, for programs.
///
/// # Errors
/// Where the output cannot be written.
pub fn print(store: &Store, records: &NumberSet, output: &mut dyn Write) -> io::Result<()> {
    for record in records.iter().filter_map(|number| store.record(number)) {
        writeln!(output, "{}", line(&record, Form::Tabs, (0, 0)))?;
    }
    Ok(())
}

/// What is to be said about undated records that a date leaves out.
fn left_out(undated: usize) -> Option<String> {
    match undated {
        0 => None,
        1 => Some("1 undated record is left out by the date".to_owned()),
        _ => Some(format!("{undated} undated records are left out by the date")),
    }
}

/// How wide the columns of position and date are, from the first page.
fn column_widths(rows: &[Row]) -> (usize, usize) {
    let widest = |text: &dyn Fn(&Record) -> String| {
        rows.iter().map(|row| columns(&text(&row.record))).max().unwrap_or(0)
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
