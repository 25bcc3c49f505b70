//! Parses tables: finds the header row, and converts each row below it to a record.
//!
//! Start reading with [`TableParser`], which `delimited` and `workbook` use.

mod cell_formats;
mod cells;
mod columns;
mod dates;
pub(crate) mod delimited;
mod hierarchy;
mod linked_columns;
mod shown_cells;
pub(crate) mod workbook;
mod zip_checksums;

use std::borrow::Cow;

use csv::StringRecord;

use super::{InputFile, PageStart, ReadOptions, Sink, doubtful_dates, names, shelf_locations};
use crate::formats::{cell_values, shelf_location};
use crate::record::{Archive, Field, Problem, Record, SourceHash, is_container};

use crate::formats::column_names::{self, CODES_CELL, FieldTarget, LABELS_CELL};
use columns::Column;
use dates::DateColumns;
use hierarchy::Hierarchy;

/// How many rows at the top are searched for the header row.
const HEADER_SEARCH_ROWS: usize = 12;

/// How well a row fits as the header row; a higher score is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct HeaderScore {
    /// The number of cells that are known column names.
    known_names: usize,
    /// The number of cells that are not blank; compared second.
    filled_cells: usize,
}

/// Returns the header score of a row.
fn score_header(row: &StringRecord) -> HeaderScore {
    // `box` beside `3` is the type of a container in a row of values.
    let is_type = |at: usize, cell: &str| {
        let target = column_names::known_name(cell).map(|name| name.target);
        matches!(target, Some(FieldTarget::Field(field)) if is_container(field))
            && row.get(at + 1).is_some_and(|next| next.contains(|it: char| it.is_ascii_digit()))
    };
    let is_name =
        |(at, cell): &(usize, &str)| column_names::is_header_cell(cell) && !is_type(*at, cell);
    HeaderScore {
        known_names: row.iter().enumerate().filter(is_name).count(),
        filled_cells: row.iter().filter(|cell| !cell.trim().is_empty()).count(),
    }
}

/// Returns the index of the header row: ArchivesSpace's codes, else the first row with the highest
/// score.
fn find_header(rows: &[StringRecord]) -> Option<usize> {
    let codes = rows.iter().position(|row| row.iter().any(|cell| cell.starts_with(CODES_CELL)));
    let mut best: Option<(usize, HeaderScore)> = None;
    for (at, row) in rows.iter().take(HEADER_SEARCH_ROWS).enumerate() {
        let score = score_header(row);
        if score.filled_cells > 0 && best.is_none_or(|(_, highest)| score > highest) {
            best = Some((at, score));
        }
    }
    codes.or(best.map(|(at, _)| at))
}

/// The number of values for which a record reserves memory; most rows have no more.
const EXPECTED_VALUES: usize = 8;

/// Parses a table row by row.
struct TableParser<'t> {
    /// The name of the file as the user gave it.
    name: &'t str,
    columns: Vec<Column>,
    dates: DateColumns,
    hierarchy: Option<Hierarchy>,
}

impl<'t> TableParser<'t> {
    /// Starts a table with its header row. Sends the page start and errors about columns.
    fn new(
        name: &'t str,
        options: &ReadOptions,
        (line, names): (usize, &StringRecord),
        archive: Archive,
        sink: &mut dyn Sink,
    ) -> TableParser<'t> {
        let (mut columns, messages) = columns::read_header(names, options);
        sink.start_page(PageStart {
            file: name.to_owned(),
            line: Some(line),
            archive,
            ..PageStart::default()
        });
        for message in messages {
            sink.report(Problem::error(name, Some(line), message));
        }
        let title_target = Some(FieldTarget::Field(Field::Title));
        if !columns.iter().any(|column| column.target == title_target) {
            let message = format!(
                "no title column was found among {}: name it with --input-columns title=COLUMN",
                columns::quoted_names(&columns)
            );
            sink.report(Problem::error(name, Some(line), message));
        }
        let dates = DateColumns::new(&mut columns);
        let hierarchy = Hierarchy::new(&columns);
        TableParser { name, columns, dates, hierarchy }
    }

    /// Sends a row as a record, after its warnings. Empty rows and ArchivesSpace's row of labels
    /// are skipped.
    fn parse_row(
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
        let mut record = self.convert_row(&without_formula_guards(row));
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
        doubtful_dates::send_record(sink, self.name, Some(line), record);
    }

    /// Converts a row to a record.
    fn convert_row(&mut self, row: &StringRecord) -> Record {
        let mut record = Record::default();
        record.values.reserve(self.columns.len().min(EXPECTED_VALUES));
        let linked = self.read_linked_cells(row);
        for (at, cell) in row.iter().enumerate() {
            let cell = trim_cell(cell);
            if cell.is_empty() || linked.consumed.contains(&at) {
                continue;
            }
            if let Some((_, values)) = linked.values.iter().find(|(column, _)| *column == at) {
                record.values.extend_from_slice(&values.values);
                record.own.extend_from_slice(&values.own);
                continue;
            }
            match self.columns.get(at) {
                Some(column) => push_cell(&mut record, column, cell, row),
                None => record.own.push((columns::unnamed_column(at), cell.to_owned())),
            }
        }
        if linked.has_containers() {
            // Their order is that of the file.
            record.values.retain(|(field, value)| !(is_container(*field) && value.is_empty()));
        } else {
            record.pair_containers();
        }
        record.align_contributor_roles();
        self.dates.set_date(&self.columns, row, &mut record);
        if let Some(hierarchy) = &mut self.hierarchy {
            hierarchy.apply_to(&mut record, row);
        }
        record
    }

    /// Reads the cells that mean something only together with others.
    fn read_linked_cells(&self, row: &StringRecord) -> LinkedCells {
        let mut linked = LinkedCells::default();
        for (at, column) in self.columns.iter().enumerate() {
            let (Some(link), Some(cell)) = (column.link, row.get(at)) else { continue };
            let (cell, mut values) = (trim_cell(cell), Record::default());
            if cell.is_empty() || !link.push_cell(&mut values, column, cell, row) {
                continue;
            }
            if let Some(other) = link.consumed_column().and_then(|at| self.columns.get(at)) {
                let surplus = link.surplus(cell, row).into_iter();
                values.own.extend(surplus.map(|value| (other.name.clone(), value)));
            }
            linked.values.push((at, values));
            linked.consumed.extend(link.consumed_column());
        }
        linked
    }
}

/// What the cells of a row mean that need other cells.
#[derive(Default)]
struct LinkedCells {
    /// The values of cells, by the indices of their columns.
    values: Vec<(usize, Record)>,
    /// The columns that nothing is left of.
    consumed: Vec<usize>,
}

impl LinkedCells {
    /// Whether boxes and folders are among the values.
    fn has_containers(&self) -> bool {
        let mut values = self.values.iter().flat_map(|(_, record)| &record.values);
        values.any(|(field, _)| is_container(*field))
    }
}

/// Adds a cell to a record.
fn push_cell(record: &mut Record, column: &Column, cell: &str, row: &StringRecord) {
    match column.target {
        Some(FieldTarget::Field(field)) => push_values(record, field, column, cell, row),
        Some(FieldTarget::Contributor) => {
            let names = cell_values::split_values(cell).into_iter().flatten();
            names.for_each(|name| record.push_contributor(&name, &column.name));
        }
        Some(FieldTarget::NameKind(kind)) => {
            let names = cell_values::split_values(cell).into_iter().flatten();
            names.for_each(|name| record.set_name_kind(&name, kind));
        }
        Some(FieldTarget::Date | FieldTarget::Begin | FieldTarget::End) => {}
        Some(FieldTarget::Position) if cell.parse().is_ok_and(|position: u64| position > 0) => {
            record.position = cell.parse().ok();
        }
        Some(
            FieldTarget::Position
            | FieldTarget::DateEvent
            | FieldTarget::DateCoverage
            | FieldTarget::DateCertainty,
        )
        | None => record.own.push((column.name.clone(), cell.to_owned())),
    }
}

/// Removes the apostrophes that keep spreadsheets from taking cells for formulas.
fn without_formula_guards(row: &StringRecord) -> Cow<'_, StringRecord> {
    if !row.iter().any(|cell| cell.contains('\'')) {
        return Cow::Borrowed(row);
    }
    let cells = row.iter().map(|cell| cell_values::strip_formula_guard(trim_cell(cell)));
    Cow::Owned(cells.collect())
}

/// Trims white space. The fast path is for cells that begin and end with printable ASCII.
fn trim_cell(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// Adds a container. The name of the column is the word for it, unless it is only the name of the field.
fn push_container(record: &mut Record, field: Field, column: &str, cell: &str) {
    let kind = column.trim_end_matches(['.', '#', ' ']);
    let lower = kind.to_lowercase();
    let numbers = [" number", " no", " nr", " num", "_number", "_no"].into_iter();
    let end = numbers.filter(|end| lower.ends_with(end)).map(str::len).next().unwrap_or(0);
    let kind = kind.get(..kind.len() - end).unwrap_or(kind);
    let of_cell = shelf_locations::parse_containers(cell);
    let of_kind = || shelf_location::container_of_kind(kind, cell);
    match of_cell.as_deref() {
        Some(containers)
            if field == Field::Container || (containers.len() > 1 && column != field.key()) =>
        {
            for (field, text) in containers {
                record.push(*field, text);
            }
        }
        Some([(own, _)]) if *own == field => record.push(field, cell),
        _ => match of_kind().filter(|(own, _)| *own == field && of_cell.is_none()) {
            Some((field, text)) => record.push(field, &text),
            None => record.push(field, cell),
        },
    }
}

/// Adds the values of a cell to a field. All fields except title and summary may hold several.
fn push_values(record: &mut Record, field: Field, column: &Column, cell: &str, row: &StringRecord) {
    let kind = column.kind_index.and_then(|at| row.get(at));
    let field = if kind == Some("geographic") { Field::Places } else { field };
    // In titles and summaries a bar is an ordinary character.
    if is_container(field) && !cell.contains(['|', '\\']) && cell != cell_values::NULL {
        push_container(record, field, &column.name, cell);
    } else if [Field::Title, Field::Summary].contains(&field) {
        let value = cell_values::unescape_null(cell);
        record.values.extend(value.map(|value| (field, value.into_owned())));
    } else if column.splits_names && Field::NAMES.contains(&field) && cell.contains(';') {
        let names = cell_values::split_names(cell).flat_map(names::split_joined);
        names.for_each(|name| record.push(field, name));
    } else if column.splits_names && Field::NAMES.contains(&field) && !cell.contains(['|', '\\']) {
        for name in names::split_joined(cell) {
            record.push(field, name);
        }
    } else if cell.bytes().any(|byte| byte == b'|' || byte == b'\\') {
        for value in cell_values::split_values(cell) {
            record.push_listed(field, value.as_deref().unwrap_or(""));
        }
    } else if cell != cell_values::NULL {
        record.values.push((field, cell.to_owned()));
    }
}
