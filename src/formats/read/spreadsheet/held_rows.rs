//! Rows whose meaning the next row decides: a title alone, and a total, which ends the table.

use csv::StringRecord;

use super::columns::Column;
use super::header::fill_count;
use super::second_table::SecondTable;
use super::{TableParser, headings, totals, without_formula_guards};
use crate::formats::field_names::column_names::{CODES_CELL, LABELS_CELL};
use crate::formats::read::{Sink, doubtful_dates};
use crate::record::{Problem, Record, SourceHash};

/// The most totals at the end of a table.
const MAX_TOTALS: usize = 8;

/// A row with its line.
#[derive(Debug)]
struct HeldRow {
    line: usize,
    cells: StringRecord,
    source_hash: SourceHash,
}

/// The last rows, if they wait for the next one.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    rows: Vec<HeldRow>,
    /// Whether the table may end with totals.
    may_have_totals: bool,
    /// The number of records so far.
    records: usize,
    /// Whether the last row was empty.
    follows_empty_row: bool,
    /// The second table, once it began.
    second_table: Option<SecondTable>,
}

impl HeldRows {
    pub(super) fn new(columns: &[Column], sample: &[StringRecord]) -> HeldRows {
        let may_have_totals = totals::are_expected(columns, sample);
        HeldRows { may_have_totals, ..HeldRows::default() }
    }

    /// Returns why a row is no record if none follows.
    fn reason_against_last(&self, row: &StringRecord) -> Option<String> {
        totals::reason_against_last(row, self.records).filter(|_| self.may_have_totals)
    }

    /// Whether a row is no record if none follows.
    fn may_be_last(&self, row: &StringRecord) -> bool {
        self.reason_against_last(row).is_some()
    }
}

impl TableParser<'_> {
    /// Sends a row as a record, after its warnings, or holds it until the next row. Empty rows and ArchivesSpace's row of
    /// labels are skipped.
    pub(super) fn parse_row(
        &mut self,
        line: usize,
        row: &StringRecord,
        source_hash: SourceHash,
        sink: &mut dyn Sink,
    ) {
        let is_labels_row = row.get(0).is_some_and(|cell| cell.trim() == LABELS_CELL);
        if is_labels_row
            && self.columns.first().is_some_and(|column| column.name.starts_with(CODES_CELL))
        {
            return;
        }
        if !self.has_records || fill_count(row) == 0 {
            self.held.follows_empty_row = true;
            return;
        }
        let row = &*without_formula_guards(row);
        if self.is_of_second_table(line, row) {
            return;
        }
        let is_total = self.held.may_be_last(row) && self.held.rows.len() < MAX_TOTALS;
        let is_title = !is_total && self.headings.may_be_title(row);
        if is_title && !self.held.rows.is_empty() {
            // Titles that follow each other are records.
            self.headings.keep_titles();
        }
        if !is_total {
            self.release_held(sink);
        }
        if is_total || self.headings.may_be_title(row) {
            self.held.rows.push(HeldRow { line, cells: row.clone(), source_hash });
        } else {
            self.read_row(line, row, source_hash, sink);
        }
    }

    /// Whether a row belongs to a second table, which begins with it or above it.
    fn is_of_second_table(&mut self, line: usize, row: &StringRecord) -> bool {
        let follows_empty_row = std::mem::take(&mut self.held.follows_empty_row);
        if let Some(table) = &mut self.held.second_table {
            table.add_row();
        } else if self.held.records > 0 && self.columns.iter().all(|column| column.splits_names) {
            self.held.second_table =
                SecondTable::begins(&self.columns, line, row, follows_empty_row);
        }
        self.held.second_table.is_some()
    }

    /// Reads the held rows, which another row follows.
    fn release_held(&mut self, sink: &mut dyn Sink) {
        let held = std::mem::take(&mut self.held.rows);
        let is_heading = held.len() == 1;
        for HeldRow { line, cells, source_hash } in held {
            if is_heading && self.headings.may_be_title(&cells) && !self.held.may_be_last(&cells) {
                self.headings.push(line, cells.iter().map(str::trim).collect::<String>().as_str());
            } else {
                self.read_row(line, &cells, source_hash, sink);
            }
        }
    }

    /// Sends a row as a record, after its warnings, unless it is a heading or none for another reason.
    fn read_row(
        &mut self,
        line: usize,
        row: &StringRecord,
        source_hash: SourceHash,
        sink: &mut dyn Sink,
    ) {
        if self.headings.take(line, &self.columns, row) {
            return;
        }
        let is_foreign = self.columns.iter().any(|column| column.splits_names);
        if let Some(reason) = headings::reason_against(&self.columns, row).filter(|_| is_foreign) {
            return sink.report(Problem::warning(self.name, Some(line), reason));
        }
        let row = &*self.dittos.resolve(line, row);
        let mut record = self.convert_row(&self.joined.join(row));
        record.source_hash = source_hash;
        if record == Record::default() {
            return;
        }
        if row.len() > self.columns.len() {
            let message = format!(
                "this row has {} cells for {} columns: the extra cells are kept under their column number",
                row.len(),
                self.columns.len()
            );
            sink.report(Problem::warning(self.name, Some(line), message));
        }
        self.headings.apply_to(&mut record);
        self.held.records += 1;
        doubtful_dates::send_record(sink, self.name, Some(line), record);
    }

    /// Ends the table: leaves out the totals at its end, and reports them, its headings and its ditto marks.
    pub(super) fn finish(&mut self, sink: &mut dyn Sink) {
        for HeldRow { line, cells, source_hash } in std::mem::take(&mut self.held.rows) {
            if let Some(reason) = self.held.reason_against_last(&cells) {
                sink.report(Problem::warning(self.name, Some(line), reason));
            } else {
                self.read_row(line, &cells, source_hash, sink);
            }
        }
        self.held.second_table.iter().for_each(|table| sink.report(table.problem(self.name)));
        self.dittos.problem(self.name).into_iter().for_each(|problem| sink.report(problem));
        self.headings.problems(self.name).into_iter().for_each(|problem| sink.report(problem));
    }
}
