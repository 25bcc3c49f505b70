//! Parses tables: finds the header row, and converts each row below it to a record.
//!
//! Start reading with [`TableParser`], which `delimited` and `workbook` use.

mod cell_formats;
mod cell_texts;
mod cells;
mod columns;
mod compound_counts;
mod dates;
pub(crate) mod delimited;
mod dittos;
mod extent;
mod header;
mod headings;
mod held_rows;
mod hierarchy;
mod joined_columns;
mod linked_columns;
mod measurements;
mod neighbors;
mod quoted_lists;
mod second_table;
mod sheet_links;
mod shown_cells;
mod stated_counts;
mod title_headings;
mod totals;
mod word_document;
pub(crate) mod workbook;
mod zip_checksums;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use csv::StringRecord;

use super::{InputFile, PageStart, ReadOptions, Sink, names, shelf_locations};
use crate::formats::read::roles::{self, NamedParty};
use crate::formats::{cell_values, shelf_location};
use crate::record::{Archive, Field, Problem, Record, SourceHash, is_container};

use crate::formats::field_names::{FieldTarget, known_names};
use columns::Column;
use dates::DateColumns;
use dittos::DittoMarks;
use header::Header;
use headings::HeadingRows;
use held_rows::HeldRows;
use hierarchy::Hierarchy;
use joined_columns::JoinedColumns;

/// How many rows are examined to find the delimiter, and to decide what the columns mean.
const MAX_SAMPLE_ROWS: usize = 50;

/// Whether a column with this target says enough about a record for a list.
fn describes(target: FieldTarget) -> bool {
    match target {
        FieldTarget::Date | FieldTarget::Begin | FieldTarget::Year => true,
        FieldTarget::Field(field) => {
            Field::NAMES.contains(&field) || matches!(field, Field::Title | Field::Summary)
        }
        _ => false,
    }
}

/// The number of values for which a record reserves memory; most rows have no more.
const EXPECTED_VALUES: usize = 8;

/// The row that names the columns of a table.
#[derive(Clone, Copy)]
struct HeaderRow<'h> {
    /// Its line, or its number in a sheet.
    line: usize,
    names: &'h StringRecord,
    /// The index of the first of the columns behind the others that are own fields, whatever their names mean.
    first_own: usize,
}

impl<'h> HeaderRow<'h> {
    /// Returns a row whose names may all mean something.
    fn new(line: usize, names: &'h StringRecord) -> HeaderRow<'h> {
        HeaderRow { line, names, first_own: names.len() }
    }
}

/// Parses a table row by row.
struct TableParser<'t> {
    /// The name of the file as the user gave it.
    name: &'t str,
    columns: Vec<Column>,
    joined: JoinedColumns,
    dates: DateColumns,
    hierarchy: Option<Hierarchy>,
    headings: HeadingRows,
    held: HeldRows,
    dittos: DittoMarks,
    /// Whether a column describes documents, so that the rows are records.
    has_records: bool,
}

impl<'t> TableParser<'t> {
    /// Starts a table with its header row and some rows below it. Sends the page start and errors about
    /// columns.
    fn new(
        name: &'t str,
        options: &ReadOptions,
        HeaderRow { line, names, first_own }: HeaderRow<'_>,
        sample: &[StringRecord],
        archive: Archive,
        sink: &mut dyn Sink,
    ) -> TableParser<'t> {
        let saved = options.mapping_for(names.iter().map(trim_cell));
        let of_saved = saved.map(|saved| saved.options(options));
        let options = of_saved.as_ref().unwrap_or(options);
        let (mut columns, joined, messages) =
            columns::read_header((names, first_own), sample, options);
        sink.start_page(PageStart {
            file: name.to_owned(),
            line: Some(line),
            archive,
            ..PageStart::default()
        });
        for message in messages {
            sink.report(Problem::error(name, Some(line), message));
        }
        let is_chosen = options.columns.iter().any(|(field, _)| field == "date");
        if let Some(message) = neighbors::unsure_dates(&columns, sample).filter(|_| !is_chosen) {
            sink.report(Problem::warning(name, Some(line), message));
        }
        if let Some(saved) = saved {
            let pairs = saved.columns.iter().map(|(field, name)| format!("{field} from {name}"));
            let pairs = pairs.collect::<Vec<_>>().join(", ");
            let message = format!("{pairs}; as saved in {}", saved.file);
            sink.report(Problem::warning(name, Some(line), message));
        }
        sink.describe_names(columns::describe(name, &columns, &joined, sample));
        let is_titled = options.columns.iter().any(|(field, _)| field == "title");
        let kind = measurements::kind_of_rows(&columns, sample).filter(|_| !is_titled);
        let has_records =
            kind.is_none() && columns.iter().any(|column| column.target.is_some_and(describes));
        if let Some(kind) = kind {
            let message = format!(
                "the rows of this table are {kind} and describe no documents: if they do, name a column with \
                 --input-columns title=COLUMN"
            );
            sink.report(Problem::error(name, Some(line), message));
        } else if !has_records {
            let message = format!(
                "no column of titles, dates or names was found among {}: name one with --input-columns title=COLUMN",
                columns::quoted_names(&columns)
            );
            sink.report(Problem::error(name, Some(line), message));
        }
        let dates = DateColumns::new(&mut columns);
        let hierarchy = Hierarchy::new(&columns);
        let headings = match hierarchy {
            None => HeadingRows::new(&columns, sample),
            Some(_) => HeadingRows::default(),
        };
        let held = HeldRows::new(&columns, sample);
        let dittos = DittoMarks::new(&columns, &joined);
        TableParser { name, columns, joined, dates, hierarchy, headings, held, dittos, has_records }
    }

    /// Converts a row to a record.
    fn convert_row(&mut self, row: &StringRecord) -> Record {
        let mut record = Record::default();
        record.values.reserve(self.columns.len().min(EXPECTED_VALUES));
        let row = &*quoted_lists::without_lists_of_one(&self.columns, row);
        let linked = self.read_linked_cells(row);
        for (at, cell) in row.iter().enumerate() {
            let cell = trim_cell(cell);
            if cell.is_empty() || linked.consumed.contains(&at) {
                continue;
            }
            if let Some(values) = linked.values.get(&at) {
                record.values.extend_from_slice(&values.values);
                record.own.extend_from_slice(&values.own);
                continue;
            }
            match self.columns.get(at) {
                Some(column) if column.splits_names && quoted_lists::may_be(cell) => {
                    match quoted_lists::parse(cell).filter(|_| column.holds_several()) {
                        Some(values) => values.iter().for_each(|value| {
                            push_cell(&mut record, column, value, row);
                        }),
                        None => push_cell(&mut record, column, cell, row),
                    }
                }
                Some(column) if column.lists_names() => {
                    let cell = cell_values::without_missing_parts(cell);
                    if !cell.is_empty() {
                        push_cell(&mut record, column, &cell, row);
                    }
                }
                Some(column) => push_cell(&mut record, column, cell, row),
                None => record.own.push((columns::unnamed_column(at).into(), cell.to_owned())),
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
            linked.values.insert(at, values);
            linked.consumed.extend(link.consumed_column());
        }
        linked
    }
}

/// What the cells of a row mean that need other cells.
#[derive(Default)]
struct LinkedCells {
    /// The values of cells, by the indices of their columns.
    values: HashMap<usize, Record>,
    /// The columns that nothing is left of.
    consumed: HashSet<usize>,
}

impl LinkedCells {
    /// Whether boxes and folders are among the values.
    fn has_containers(&self) -> bool {
        let mut values = self.values.values().flat_map(|record| &record.values);
        values.any(|(field, _)| is_container(*field))
    }
}

/// Adds a cell to a record.
fn push_cell(record: &mut Record, column: &Column, cell: &str, row: &StringRecord) {
    match column.target {
        Some(FieldTarget::Field(field)) => push_values(record, field, column, cell, row),
        Some(FieldTarget::ContributorByRole) => {
            let names = cell_values::split_values(cell).into_iter().flatten();
            names.for_each(|name| record.push_contributor(&name, &column.name));
        }
        Some(FieldTarget::NameKind(kind)) => {
            let names = cell_values::split_values(cell).into_iter().flatten();
            names.for_each(|name| record.set_name_kind(&name, kind));
        }
        Some(
            FieldTarget::Date
            | FieldTarget::DateCode
            | FieldTarget::Begin
            | FieldTarget::End
            | FieldTarget::Year
            | FieldTarget::Month
            | FieldTarget::Day,
        ) => {}
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
    // All cells at once, since most rows have no apostrophe.
    if memchr::memchr(b'\'', row.as_slice().as_bytes()).is_none() {
        return Cow::Borrowed(row);
    }
    let plain = || row.iter().map(|cell| cell_values::strip_formula_guard(trim_cell(cell)));
    if plain().all(|cell| matches!(cell, Cow::Borrowed(_))) {
        return Cow::Borrowed(row);
    }
    Cow::Owned(plain().collect())
}

/// Trims white space. The fast path is for cells that begin and end with printable ASCII.
fn trim_cell(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// Adds a container. The name of the column is the word for it, unless it is only the name of the field.
pub(super) fn push_container(record: &mut Record, field: Field, column: &str, cell: &str) {
    let column = column.rsplit(header::NAME_SEPARATOR).next().unwrap_or(column);
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
    if [Field::Title, Field::Summary].contains(&field) {
        let is_missing = cell_values::is_missing(cell) && !cell_values::may_be_title(cell);
        if field == Field::Title && column.splits_names && is_missing {
            return;
        }
        // In them a bar is an ordinary character.
        let value = cell_values::unescape_null(cell);
        record.values.extend(value.map(|value| (field, value.into_owned())));
        return;
    }
    let has_bar = memchr::memchr2(b'|', b'\\', cell.as_bytes()).is_some();
    let is_value = !has_bar && cell != cell_values::NULL;
    match field {
        Field::Places | Field::Subjects if column.splits_names && cell_values::is_missing(cell) => {
        }
        Field::Subjects if column.splits_names && is_value => push_subjects(record, column, cell),
        _ if column.splits_names && Field::NAMES.contains(&field) => {
            push_names(record, field, column, cell, has_bar);
        }
        _ if is_container(field) && is_value => push_container(record, field, &column.name, cell),
        _ if has_bar => push_parts(record, field, cell),
        _ if is_value => record.values.push((field, cell.to_owned())),
        _ => {}
    }
}

/// Adds the values of a cell between bars to a field.
fn push_parts(record: &mut Record, field: Field, cell: &str) {
    for value in cell_values::split_values(cell) {
        record.push_listed(field, value.as_deref().unwrap_or(""));
    }
}

/// Adds the subjects of a cell. Another column may have the same.
fn push_subjects(record: &mut Record, column: &Column, cell: &str) {
    let lines =
        if cell_values::has_value_lines(cell) { cell.lines().collect() } else { vec![cell] };
    let subjects =
        lines.into_iter().flat_map(|line| cell_values::split_subjects(&column.name, line));
    for subject in subjects {
        record.push_new(Field::Subjects, subject);
    }
}

/// Adds the names of a cell of another program to a field of names.
fn push_names(record: &mut Record, field: Field, column: &Column, cell: &str, has_bar: bool) {
    if cell_values::is_missing(cell) {
        return;
    }
    if !has_bar && let Some(name) = cell_values::name_above_life(cell) {
        record.own.push((column.name.clone(), cell.to_owned()));
        return record.push(field, name);
    }
    if roles::may_begin_relators(cell) && push_relators(record, field, cell) {
        return;
    }
    if cell.contains([';', '&']) || cell_values::has_value_lines(cell) {
        let names = cell_values::split_authors(&column.name, cell);
        let names = names.into_iter().flat_map(names::split_joined);
        names.for_each(|name| record.push(field, name));
    } else if has_bar {
        push_parts(record, field, cell);
    } else {
        for name in names::split_joined(cell) {
            record.push(field, name);
        }
    }
}

/// Adds the names of a cell with the role before each, as Islandora writes them. Returns whether all are such names.
fn push_relators(record: &mut Record, field: Field, cell: &str) -> bool {
    let names: Option<Vec<_>> = cell_values::split_names(cell).map(roles::split_relator).collect();
    let Some(names) = names.filter(|names| !names.is_empty()) else { return false };
    for (code, name) in names {
        let roles = &[code.to_owned()];
        NamedParty { name, roles, kind: None, default: field }.add_to(record);
    }
    true
}

/// The rows of a table in a document of another format, with their lines in the file.
pub(super) struct RowTable {
    pub(super) rows: Vec<StringRecord>,
    pub(super) lines: Vec<usize>,
}

/// The fewest known names of columns of a table among other things.
const MIN_KNOWN_NAMES: usize = 2;

/// Whether the rows of a table are records: its header has two known names at least, one of them that of
/// titles, dates or names.
pub(super) fn lists_records(rows: &[StringRecord]) -> bool {
    let Some(header) = Header::find(rows).filter(|it| it.at + it.rows < rows.len()) else {
        return false;
    };
    let is_of_record =
        |name: &str| known_names(name).first().is_some_and(|known| describes(known.target));
    header.known_names >= MIN_KNOWN_NAMES && header.names.iter().any(is_of_record)
}

/// Reads the rows of a table whose header is among the first ones.
pub(super) fn read_rows(
    file: &InputFile<'_>,
    table: &RowTable,
    archive: Archive,
    sink: &mut dyn Sink,
) {
    let RowTable { rows, lines } = table;
    let Some(header) = Header::find(rows) else { return };
    let line = |at: usize| lines.get(at).copied().unwrap_or(1);
    let below = rows.get(header.at + header.rows..).unwrap_or_default();
    let sample = below.get(..MAX_SAMPLE_ROWS).unwrap_or(below);
    let names = HeaderRow::new(line(header.at), &header.names);
    let mut parser = TableParser::new(file.name, file.options, names, sample, archive, sink);
    for (at, row) in below.iter().enumerate() {
        if header::fill_count(row) == 0 {
            continue;
        }
        let mut source_hash = SourceHash::default();
        row.iter().for_each(|cell| source_hash.add_text(cell));
        parser.parse_row(line(header.at + header.rows + at), row, source_hash, sink);
    }
    parser.finish(sink);
}
