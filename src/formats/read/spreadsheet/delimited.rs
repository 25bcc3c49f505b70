//! Tables as text: CSV, TSV, and whatever else stands between the cells.

use std::io::{self, Cursor};

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

use super::{Accession, Archive, Problem, Sink, TOP, Table, header, worth};
use crate::formats::read::encoding;

/// What may stand between two cells. Of equals the first is meant.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many of the first rows tell what stands between the cells.
const ROWS: usize = 50;

/// How many bytes are made rows at once.
const CHUNK: usize = 1 << 15;

/// The least known names that a row has which surely names columns.
const SURE: usize = 2;

/// Whether a text is surely a table: its first row names columns.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let shape = Shape::of(beginning.as_bytes());
    shape.header == 0 && shape.cells > 1 && shape.names >= SURE
}

/// Whether one of the first rows of a text names a column that is known.
pub(crate) fn names_columns(beginning: &str) -> bool {
    Shape::of(beginning.as_bytes()).names > 0
}

/// Reads a whole table, row by row.
pub(crate) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let beginning = file.bytes.fill_buf()?;
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        let text = encoding::read(file.name, file.bytes, sink)?;
        return Rows::read(&mut Accession { bytes: &mut Cursor::new(text), ..*file }, sink);
    }
    Rows::read(file, sink)
}

/// How a text is made a table.
struct Shape {
    delimiter: u8,
    /// Which row names the columns.
    header: usize,
    /// How many of its cells are names that are known.
    names: usize,
    /// How many cells it has.
    cells: usize,
}

impl Shape {
    /// The shape of a text by its beginning: the one of most known names, then of most rows alike.
    fn of(beginning: &[u8]) -> Shape {
        let shape = |delimiter: &u8| {
            let rows = rows(beginning, *delimiter);
            let at = header(&rows).unwrap_or(0);
            let (names, _) = rows.get(at).map_or((0, 0), worth);
            let cells = rows.get(at).map_or(0, StringRecord::len);
            let alike = rows.iter().filter(|row| cells > 1 && row.len() == cells).count();
            ((names, alike, cells), Shape { delimiter: *delimiter, header: at, names, cells })
        };
        // What does not occur makes one cell of each row, whichever it is: one of these is tried.
        let occurs = |delimiter: &u8| beginning.contains(delimiter);
        let absent = DELIMITERS.iter().find(|it| !occurs(it));
        let tried = DELIMITERS.iter().rev().filter(|it| occurs(it) || Some(*it) == absent);
        // Of equals the last is taken, so the first delimiter comes last.
        let best = tried.map(shape).max_by_key(|(worth, _)| *worth);
        best.map_or(Shape { delimiter: b',', header: 0, names: 0, cells: 0 }, |(_, shape)| shape)
    }
}

/// A reader of rows of any length.
fn reader<R: io::Read>(bytes: R, delimiter: u8) -> Reader<R> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder.buffer_capacity(CHUNK).from_reader(bytes)
}

/// The first rows of a text.
fn rows(beginning: &[u8], delimiter: u8) -> Vec<StringRecord> {
    let records = reader(beginning, delimiter).into_byte_records().map_while(Result::ok);
    records.take(ROWS.max(TOP)).map(StringRecord::from_byte_record_lossy).collect()
}

/// The rows of a file.
struct Rows<'f, 's> {
    name: &'f str,
    sink: &'s mut dyn Sink,
    /// Whether it was said that the file is not UTF-8.
    doubted: bool,
    /// Whether a row stands below the names.
    found: bool,
    /// The line of the last row, where it may have swallowed those below.
    open: Option<usize>,
}

impl Rows<'_, '_> {
    /// Reads the rows above the names, the names, and all below them.
    fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let shape = Shape::of(file.bytes.fill_buf()?);
        let mut reader = reader(&mut *file.bytes, shape.delimiter);
        let mut rows = Rows { name: file.name, sink, doubted: false, found: false, open: None };
        let mut above = Vec::new();
        let mut table = None;
        let mut bytes = ByteRecord::new();
        while reader.read_byte_record(&mut bytes).map_err(io::Error::from)? {
            let line = bytes.position().map_or(0, csv::Position::line);
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            let row = rows.decode(line, bytes);
            if let Some(table) = &mut table {
                rows.found = true;
                rows.watch(line, table, &row);
                Table::row(table, line, &row, rows.sink);
            } else if above.len() < shape.header {
                above.push(row.iter().collect::<Vec<_>>().join(" ").trim().to_owned());
            } else {
                let archive = archive(&above);
                table =
                    Some(Table::begin(file.name, file.options, (line, &row), archive, rows.sink));
            }
            bytes = row.into_byte_record();
        }
        rows.end();
        Ok(())
    }

    /// A row as text. Letters that are not UTF-8 are read as Windows-1252, which is said once.
    fn decode(&mut self, line: usize, bytes: ByteRecord) -> StringRecord {
        StringRecord::from_byte_record(bytes).unwrap_or_else(|strange| {
            let bytes = strange.into_byte_record();
            let cells: Vec<_> = bytes.iter().map(encoding::decode).collect();
            let doubt = cells.iter().find_map(|(_, doubt)| *doubt);
            if let Some((below, message)) = doubt.filter(|_| !self.doubted) {
                self.doubted = true;
                let line = line + below - 1;
                self.sink.problem(Problem::note(self.name, Some(line), message));
            }
            cells.into_iter().map(|(text, _)| text).collect::<Vec<_>>().into()
        })
    }

    /// Watches for a quotation mark that nothing closes: the row is too short, and its last cell
    /// goes on over the lines below.
    fn watch(&mut self, line: usize, table: &Table<'_>, row: &StringRecord) {
        let last = row.iter().next_back().unwrap_or("");
        let open = row.len() < table.columns.len() && last.contains('\n');
        self.open = open.then_some(line);
    }

    /// Says at the end what is wrong with the last row.
    fn end(self) {
        if !self.found {
            let message = "this table has no row below the names of its columns";
            self.sink.problem(Problem::note(self.name, None, message));
        }
        if let Some(line) = self.open {
            let message = "a quotation mark in this row is never closed: all that stands below was \
                           read as its last cell, close it and open the file again";
            self.sink.problem(Problem::fault(self.name, Some(line), message));
        }
    }
}

/// What stands above the names of the columns, as what the file says of its archive.
fn archive(above: &[String]) -> Archive {
    let mut told = above.iter().filter(|line| !line.is_empty() && !line.starts_with("sep="));
    let title = told.next().cloned();
    let rest: Vec<&str> = told.map(String::as_str).collect();
    let description = (!rest.is_empty()).then(|| rest.join("\n"));
    Archive { title, description, ..Archive::default() }
}
