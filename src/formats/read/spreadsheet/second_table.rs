//! A second table below the first one, with a header of its own: what it has is no record of the first.

use csv::StringRecord;

use super::columns::Column;
use super::trim_cell;
use crate::formats::field_names::{FieldTarget, LOOSE_RANK, known_names};
use crate::record::{Date, Problem};
use crate::text::counts::count_of;

/// The fewest names of columns in the header of a second table.
const MIN_NAMES: usize = 2;

/// The second table of a file.
#[derive(Debug)]
pub(super) struct SecondTable {
    /// The line of its header.
    line: usize,
    names: Vec<String>,
    /// The number of rows below its header.
    rows: usize,
}

impl SecondTable {
    /// Returns the table that a row begins: it has only names of fields, others than the columns of the first table, and follows
    /// an empty row or has a name in a column of dates.
    pub(super) fn begins(
        columns: &[Column],
        line: usize,
        row: &StringRecord,
        follows_empty_row: bool,
    ) -> Option<SecondTable> {
        let filled = || row.iter().map(trim_cell).enumerate().filter(|(_, cell)| !cell.is_empty());
        let is_name = |(at, cell): (usize, &str)| {
            let is_column =
                columns.get(at).is_some_and(|column| column.name.eq_ignore_ascii_case(cell));
            !is_column && known_names(cell).first().is_some_and(|known| known.rank < LOOSE_RANK)
        };
        let is_of_dates = |at: usize| {
            use FieldTarget::{Begin, Date, End, Year};
            let target = columns.get(at).and_then(|column| column.target);
            target.is_some_and(|target| [Begin, Date, End, Year].contains(&target))
        };
        let names_date =
            || filled().any(|(at, cell)| is_of_dates(at) && Date::parse(cell).span().is_none());
        let is_header = filled().count() >= MIN_NAMES
            && filled().all(is_name)
            && (follows_empty_row || names_date());
        let names = filled().map(|(_, cell)| cell.to_owned()).collect();
        is_header.then_some(SecondTable { line, names, rows: 0 })
    }

    /// Takes a row that belongs to it.
    pub(super) fn add_row(&mut self) {
        self.rows += 1;
    }

    /// Returns the error about it.
    pub(super) fn problem(&self, file: &str) -> Problem {
        let names: Vec<String> = self.names.iter().map(|name| format!("“{name}”")).collect();
        let message = format!(
            "another table begins here, with {}: its {} not read; put it in a file of its own",
            names.join(", "),
            match self.rows {
                1 => "row was".to_owned(),
                rows => format!("{} were", count_of(rows, "row")),
            }
        );
        Problem::error(file, Some(self.line), message)
    }
}
