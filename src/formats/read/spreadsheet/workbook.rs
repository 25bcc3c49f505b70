//! Parses workbooks (XLSX, XLSB, ODS ...): each sheet with rows is a table.

use std::io::{self, Cursor};

use calamine::{Ods, Reader, Sheets, open_workbook_auto_from_rs};
use csv::StringRecord;

use super::cells::{CellBudget, Sheet, SheetRow, SheetRows};
use super::header::fill_count;
use super::sheet_links::{LinkColumns, LinksOfRows, SheetLinks};
use super::shown_cells::ShownCells;
use super::zip_checksums::Unsound;
use super::{
    Archive, Header, HeaderRow, InputFile, MAX_SAMPLE_ROWS, Problem, Sink, TableParser,
    compound_counts, stated_counts, word_document, zip_checksums,
};
use crate::formats::field_names::column_names::is_header_cell;
use crate::formats::field_names::known_names;
use crate::formats::read::text_budget::TextBudget;
use crate::formats::read::{NameMapping, PageStart, ReadOptions, RecordPart};
use crate::record::Record;
use crate::text::counts::count_of;

/// The first bytes of workbooks: a ZIP archive, or the older compound file.
const WORKBOOK_SIGNATURES: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Whether a file may be a workbook; other files in the same containers begin alike.
pub(crate) fn looks_like(beginning: &[u8]) -> bool {
    WORKBOOK_SIGNATURES.iter().any(|signature| beginning.starts_with(signature))
}

/// Parses every sheet that has rows, in workbook order, each with its own page start.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Vec::new();
    file.bytes.read_to_end(&mut bytes)?;
    if let Some(why) = why_refused(&bytes, file.options) {
        sink.report(Problem::error(file.name, None, why));
        return Ok(());
    }
    if word_document::is_word_document(&bytes) {
        return word_document::read(file, &bytes, sink);
    }
    let (shown, links) = (ShownCells::read(&bytes), SheetLinks::read(&bytes));
    let mut budget =
        CellBudget { text: TextBudget::new(file.options), file_bytes: bytes.len() as u64 };
    let mut workbook = match open(bytes) {
        Ok(workbook) => workbook,
        Err(error) => {
            let message =
                format!("this workbook cannot be read: {error}; save it as CSV and open that");
            sink.report(Problem::error(file.name, None, message));
            return Ok(());
        }
    };
    if shown.is_cut {
        sink.report(Problem::warning(file.name, None, TOO_MANY_SHOWN_CELLS));
    }
    let names = workbook.sheet_names();
    // Sheets without columns are notes beside the tables, unless there is no table.
    let (mut found, mut notes) = (false, Vec::new());
    for (number, sheet) in (0..).zip(&names) {
        let place = Sheet { name: sheet, number, shown: &shown };
        let (rows, error) = SheetRows::read(&mut workbook, place, &mut budget);
        let last_row = rows.rows.last().map_or(1, |row| row.number);
        if rows.unclear_dates > 0 {
            let message = unclear_dates(sheet, rows.unclear_dates);
            sink.report(Problem::warning(file.name, None, message));
        }
        let links = links.of_sheet(sheet);
        if !rows.rows.is_empty() {
            if names.len() == 1 {
                found = true;
                read_sheet(file, None, &rows, links, sink);
            } else if is_table(&rows) || !file.options.columns.is_empty() {
                found = true;
                let mut sink = SheetSink { sheet, sink };
                read_sheet(file, Some(sheet.clone()), &rows, links, &mut sink);
            } else {
                notes.push((sheet, rows));
            }
        }
        if let Some(error) = error {
            let message = format!("the sheet “{sheet}” was not read beyond this row: {error}");
            sink.report(Problem::error(file.name, Some(last_row), message));
        }
    }
    for (sheet, rows) in &notes {
        read_note_sheet(file, sheet, rows, found, &mut SheetSink { sheet, sink });
    }
    if !found && notes.is_empty() {
        sink.report(Problem::error(file.name, None, "no sheet of this workbook has a row"));
    }
    Ok(())
}

/// Opens a workbook of any kind.
///
/// # Errors
/// It cannot be read. The error is that of its own kind, where its first bytes show that.
fn open(bytes: Vec<u8>) -> Result<Sheets<Cursor<Vec<u8>>>, calamine::Error> {
    let is_ods = memchr::memmem::find(bytes.get(..512).unwrap_or(&bytes), ODS_TYPE).is_some();
    if is_ods {
        return Ods::new(Cursor::new(bytes)).map(Sheets::Ods).map_err(calamine::Error::Ods);
    }
    open_workbook_auto_from_rs(Cursor::new(bytes))
}

/// What an ODS workbook says of itself in its first part.
const ODS_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Returns why a workbook is not read; `None` if it is sound and what it asks for fits its size.
fn why_refused(bytes: &[u8], options: &ReadOptions) -> Option<String> {
    if let Some(unsound) = zip_checksums::find_unsound(bytes, options.unpack_limit()) {
        return Some(why_not_read(unsound));
    }
    let budget = TextBudget::new(options);
    let excess = stated_counts::find_excess(bytes, budget)
        .or_else(|| compound_counts::find_excess(bytes, budget))?;
    Some(format!(
        "this workbook was not read: {excess}, as files made to fill the memory do; save its table as CSV and open that"
    ))
}

/// Returns why a workbook is not read.
fn why_not_read(unsound: Unsound) -> String {
    match unsound {
        Unsound::Damaged(damage) => {
            format!(
                "this workbook cannot be read, because it is damaged: {damage}; get the file again"
            )
        }
        Unsound::TooLarge(excess) => format!("this workbook was not read: {excess}"),
    }
}

/// The warning about a workbook with very many dates and numbers.
const TOO_MANY_SHOWN_CELLS: &str = "this workbook has more dates and numbers than are looked at: where the last of them \
                                    are shown in part, as a year or with zeros, they are read whole; save it as CSV and \
                                    open that";

/// Passes over a sheet without columns beside a table, else reads it.
fn read_note_sheet(
    file: &InputFile<'_>,
    sheet: &str,
    rows: &SheetRows,
    has_table: bool,
    sink: &mut dyn Sink,
) {
    if has_table {
        let message = "this sheet has no table with named columns and was passed over";
        sink.report(Problem::warning(file.name, None, message));
    } else {
        read_sheet(file, Some(sheet.to_owned()), rows, None, sink);
    }
}

/// Returns the warning about dates that a sheet may show as months or years.
fn unclear_dates(sheet: &str, count: usize) -> String {
    let dates = count_of(count, "date");
    format!(
        "the sheet “{sheet}” has {dates} at the start of a month, which it may show as months or years: this \
         format does not say so; save it as XLSX or ODS and open that"
    )
}

/// Sheets whose rows have mostly this many cells at most, under no known name, are notes.
const MAX_NOTE_CELLS: usize = 2;

/// Whether a sheet is a table: it has known names of columns, or many columns. Notes have their names in
/// the first column.
fn is_table(sheet: &SheetRows) -> bool {
    let top = sheet.rows.iter().take(MAX_SAMPLE_ROWS).map(|row| sheet.cells(row));
    let top: Vec<StringRecord> = top.collect();
    let wide = top.iter().filter(|row| fill_count(row) > MAX_NOTE_CELLS).count();
    let Some(header) = Header::find(&top) else { return false };
    let first_cells = top.iter().filter_map(|row| row.get(0));
    let names_below = first_cells.filter(|cell| is_header_cell(cell)).count();
    let describes =
        |name: &str| known_names(name).first().is_some_and(|known| super::describes(known.target));
    2 * wide > top.len()
        || (header.names.iter().any(describes) && names_below <= header.known_names)
}

/// A sink that adds the sheet's name to each problem.
struct SheetSink<'s> {
    sheet: &'s str,
    sink: &'s mut dyn Sink,
}

impl Sink for SheetSink<'_> {
    fn start_page(&mut self, page: PageStart) {
        self.sink.start_page(page);
    }

    fn add_record(&mut self, record: Record) {
        self.sink.add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        self.sink.add_part(part);
    }

    fn report(&mut self, problem: Problem) {
        let message = format!("sheet “{}”: {}", self.sheet, problem.message);
        self.sink.report(Problem { message, ..problem });
    }

    fn memory_used(&self) -> u64 {
        self.sink.memory_used()
    }

    fn describe_names(&mut self, names: NameMapping) {
        let file = format!("{}, sheet “{}”", names.file, self.sheet);
        self.sink.describe_names(NameMapping { file, ..names });
    }
}

/// Parses one sheet. The line numbers of problems are row numbers of the sheet.
///
/// `links` are those of its cells, which get columns of their own.
fn read_sheet(
    file: &InputFile<'_>,
    title: Option<String>,
    sheet: &SheetRows,
    links: Option<&LinksOfRows>,
    sink: &mut dyn Sink,
) {
    let top = sheet.rows.iter().take(MAX_SAMPLE_ROWS).map(|row| sheet.cells(row));
    let top: Vec<StringRecord> = top.collect();
    let Some(mut header) = Header::find(&top) else { return };
    let above = top.iter().take(header.at).map(|row| row.iter().collect::<Vec<_>>().join(" "));
    let above: Vec<String> = above.map(|line| line.trim().to_owned()).collect();
    let description = above.join("\n").trim().to_owned();
    let description = (!description.is_empty()).then_some(description);
    let archive = Archive { title, description, ..Archive::default() };
    let Some(header_row) = sheet.rows.get(header.at) else { return };
    let first = header.at + header.rows;
    if sheet.rows.len() <= first {
        let message = "this table has no row below the names of its columns";
        sink.report(Problem::warning(file.name, Some(header_row.number), message));
    }
    let widths = sheet.rows.iter().skip(first).map(|row| (row.number, sheet.width(row)));
    let linked = links
        .map(|links| LinkColumns::find(links, &header.names, sheet.first_column, widths))
        .unwrap_or_default();
    let first_own = linked.add_names(&mut header.names, sheet.first_column);
    let cells = |row: &SheetRow| {
        let mut cells = sheet.cells(row);
        linked.add_cells(&mut cells, links.and_then(|links| links.get(&row.number)));
        cells
    };
    let below = sheet.rows.iter().skip(first).take(MAX_SAMPLE_ROWS);
    let sample: Vec<StringRecord> = below.map(cells).collect();
    let names = HeaderRow { line: header_row.number, names: &header.names, first_own };
    let mut table = TableParser::new(file.name, file.options, names, &sample, archive, sink);
    for row in sheet.rows.iter().skip(first) {
        table.parse_row(row.number, &cells(row), row.source_hash, sink);
    }
    table.finish(sink);
}
