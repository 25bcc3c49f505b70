//! Tables: the row that names the columns, and each row below it as a record.

mod cells;
mod column_names;
mod columns;
pub(crate) mod delimited;
pub(crate) mod workbook;

use std::borrow::Cow;

use csv::StringRecord;

use super::date_cache::DateReader;
use super::{Accession, Options, Page, Sink};
use crate::record::{Archive, Date, Field, Problem, Reading, Record};
use column_names::Place;
use columns::{Column, When};

/// How many rows at the top are looked at for the one that names the columns.
const TOP: usize = 12;

/// What ArchivesSpace writes in the first cell of its row of codes, and of its row of labels.
const CODES: &str = "ArchivesSpace field code";
const LABELS: &str = "Field name";

/// How many cells of a row are names of columns that are known, and how many say anything.
fn worth(row: &StringRecord) -> (usize, usize) {
    let named = row.iter().filter(|cell| column_names::place(cell).is_some()).count();
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    (named, filled)
}

/// The row that names the columns: of the rows at the top the first of most known names, else the
/// first of most cells.
fn header(rows: &[StringRecord]) -> Option<usize> {
    let codes = rows.iter().position(|row| row.iter().any(|cell| cell.starts_with(CODES)));
    let mut best: Option<(usize, (usize, usize))> = None;
    for (at, row) in rows.iter().take(TOP).enumerate() {
        let worth = worth(row);
        if worth.1 > 0 && best.is_none_or(|(_, most)| worth > most) {
            best = Some((at, worth));
        }
    }
    codes.or(best.map(|(at, _)| at))
}

/// How many values a row mostly has.
const VALUES: usize = 8;

/// A table that is being read, row by row.
struct Table<'t> {
    /// The file as the reader named it.
    name: &'t str,
    columns: Vec<Column>,
    /// Which of them say when a thing was made.
    when: Vec<When>,
    dates: DateReader,
}

impl<'t> Table<'t> {
    /// Begins a table below the row that names its columns.
    fn begin(
        name: &'t str,
        options: &Options,
        (line, names): (usize, &StringRecord),
        archive: Archive,
        sink: &mut dyn Sink,
    ) -> Table<'t> {
        let (mut columns, wrong) = columns::columns(names, options);
        sink.page(Page { file: name.to_owned(), line: Some(line), archive, ..Page::default() });
        for message in wrong {
            sink.problem(Problem::fault(name, Some(line), message));
        }
        let title = Some(Place::Field(Field::Title));
        if !columns.iter().any(|column| column.place == title) {
            let message = format!(
                "no column of titles was found among {}: say which it is with --map title=COLUMN",
                columns::list(&columns)
            );
            sink.problem(Problem::fault(name, Some(line), message));
        }
        let when = columns::when(&mut columns);
        Table { name, columns, when, dates: DateReader::default() }
    }

    /// Hands over a row below the names, after what is to be said of it. A row without a word in
    /// it is none, and neither is ArchivesSpace's row of labels.
    fn row(&mut self, line: usize, row: &StringRecord, sink: &mut dyn Sink) {
        let labels = row.get(0).is_some_and(|cell| cell.trim() == LABELS);
        if labels && self.columns.first().is_some_and(|column| column.name.starts_with(CODES)) {
            return;
        }
        let (record, note) = self.record(row);
        if record == Record::default() {
            return;
        }
        if row.len() > self.columns.len() {
            let message = format!(
                "this row has {} cells for {} columns: those beyond are kept by their number",
                row.len(),
                self.columns.len()
            );
            sink.problem(Problem::note(self.name, Some(line), message));
        }
        if let Some(note) = note {
            sink.problem(Problem::note(self.name, Some(line), note));
        }
        sink.record(record);
    }

    /// What a row says, and what is to be said of its date.
    fn record(&mut self, row: &StringRecord) -> (Record, Option<String>) {
        let mut record = Record::default();
        record.values.reserve(self.columns.len().min(VALUES));
        for (at, cell) in row.iter().enumerate() {
            let cell = unguarded(trimmed(cell));
            if cell.is_empty() {
                continue;
            }
            let Some(column) = self.columns.get(at) else {
                record.own.push((columns::unnamed(at), cell.to_owned()));
                continue;
            };
            match column.place {
                Some(Place::Field(field)) => push(&mut record, field, column, cell, row),
                Some(Place::Date | Place::Begin | Place::End) => {}
                Some(Place::Position) if cell.parse().is_ok_and(|place: u64| place > 0) => {
                    record.position = cell.parse().ok();
                }
                Some(Place::Position) | None => {
                    record.own.push((column.name.clone(), cell.to_owned()));
                }
            }
        }
        let note = self.date(row, &mut record);
        (record, note)
    }

    /// Sets the date of a record: as it is shown, else from its ends. Ends beside a text that is shown
    /// keep their names, and give the days where the text does not. Gives back what is to be said of it.
    fn date(&mut self, row: &StringRecord, record: &mut Record) -> Option<String> {
        let cell = |at: usize| {
            let cell = unguarded(trimmed(row.get(at)?));
            (!cell.is_empty()).then_some(cell)
        };
        let (mut text, mut ends) = (String::new(), String::new());
        for when in &self.when {
            let [begin, end] = [when.begin, when.end].map(|at| at.and_then(cell).map(several));
            let whole = between(begin, end).unwrap_or_default();
            let Some(shown) = when.shown.and_then(cell).filter(|shown| *shown != "NULL") else {
                list(&mut text, &whole);
                continue;
            };
            list(&mut text, &several(shown));
            list(&mut ends, &whole);
            for at in [when.begin, when.end].into_iter().flatten() {
                if let (Some(column), Some(text)) = (self.columns.get(at), cell(at)) {
                    record.own.push((column.name.clone(), text.to_owned()));
                }
            }
        }
        let (reading, note) = self.dates.read(&text);
        record.date = Date { text, reading };
        if reading.span().is_none()
            && !ends.is_empty()
            && let Some(span) = self.dates.read(&ends).0.span()
        {
            record.date.reading = Reading::Span(span);
        }
        note.filter(|_| !is_sure(record.date.reading))
    }
}

/// A cell without white space around it. Most cells have none, which their ends show.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let guarded = cell.strip_prefix('\'');
    guarded.filter(|text| text.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// Adds the values of a cell. All fields but texts may hold several.
fn push(record: &mut Record, field: Field, column: &Column, cell: &str, row: &StringRecord) {
    let kind = column.kind.and_then(|at| row.get(at));
    let field = if kind == Some("geographic") { Field::Places } else { field };
    // A bar in a text is a sign like any other.
    let is_text = [Field::Title, Field::Summary].contains(&field);
    if !is_text && cell.as_bytes().contains(&b'|') {
        // AtoM writes NULL where another of its parallel columns has a value and this has none.
        let values = cell.split('|').filter(|value| value.trim() != "NULL");
        values.for_each(|value| record.push(field, value));
    } else if cell != "NULL" {
        record.values.push((field, cell.to_owned()));
    }
}

/// Adds a date to a list of them.
fn list(dates: &mut String, date: &str) {
    if !dates.is_empty() && !date.is_empty() {
        dates.push_str(", ");
    }
    dates.push_str(date);
}

/// Several dates of one cell as a list.
fn several(cell: &str) -> Cow<'_, str> {
    if !cell.as_bytes().contains(&b'|') {
        return Cow::Borrowed(cell);
    }
    let parts = cell.split('|').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && *part != "NULL").collect();
    Cow::Owned(parts.join(", "))
}

/// A date from where it begins to where it ends.
fn between<'r>(begin: Option<Cow<'r, str>>, end: Option<Cow<'r, str>>) -> Option<Cow<'r, str>> {
    match (begin, end) {
        (Some(begin), Some(end)) if begin == end => Some(begin),
        (Some(begin), Some(end)) if begin.contains(", ") => Some(format!("{begin}, {end}").into()),
        (Some(begin), Some(end)) => Some(format!("{begin}/{end}").into()),
        (begin, end) => begin.or(end),
    }
}

/// Whether nothing is to be said of how a date was read.
fn is_sure(reading: Reading) -> bool {
    match reading {
        Reading::Undated => true,
        Reading::Unreadable => false,
        Reading::Span(span) => !span.uncertain,
    }
}
