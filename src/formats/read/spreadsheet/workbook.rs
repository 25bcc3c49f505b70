//! Parses workbooks (XLSX, XLSB, ODS ...): each sheet with rows is a table.

use std::io::{self, Cursor};

use calamine::{Reader, open_workbook_auto_from_rs};
use csv::StringRecord;

use super::cells::{Sheet, SheetRows};
use super::shown_cells::ShownCells;
use super::{Archive, InputFile, Problem, Sink, TableParser, find_header, zip_checksums};
use crate::formats::read::{PageStart, RecordPart};
use crate::record::Record;

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
    if let Some(damage) = zip_checksums::damage(&bytes) {
        let message = format!(
            "this workbook cannot be read, because it is damaged: {damage}; get the file again"
        );
        sink.report(Problem::error(file.name, None, message));
        return Ok(());
    }
    let shown = ShownCells::read(&bytes);
    let mut workbook = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            let message =
                format!("this workbook cannot be read: {error}; save it as CSV and open that");
            sink.report(Problem::error(file.name, None, message));
            return Ok(());
        }
    };
    let names = workbook.sheet_names();
    let mut found = false;
    for (number, sheet) in (0..).zip(&names) {
        let place = Sheet { name: sheet, number, shown: &shown };
        let (rows, error) = SheetRows::read(&mut workbook, place);
        if rows.unclear_dates > 0 {
            let message = format!(
                "the sheet “{sheet}” has {} dates at the start of a month, which it may show as months or years: this \
                 format does not say so; save it as XLSX or ODS and open that",
                rows.unclear_dates
            );
            sink.report(Problem::warning(file.name, None, message));
        }
        if !rows.rows.is_empty() {
            found = true;
            match names.len() {
                1 => read_sheet(file, None, &rows, sink),
                _ => read_sheet(file, Some(sheet.clone()), &rows, &mut SheetSink { sheet, sink }),
            }
        }
        if let Some(error) = error {
            let row = rows.rows.last().map_or(1, |row| row.number);
            let message = format!("the sheet “{sheet}” was not read beyond this row: {error}");
            sink.report(Problem::error(file.name, Some(row), message));
        }
    }
    if !found {
        sink.report(Problem::error(file.name, None, "no sheet of this workbook has a row"));
    }
    Ok(())
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
}

/// Parses one sheet. The line numbers of problems are row numbers of the sheet.
fn read_sheet(file: &InputFile<'_>, title: Option<String>, sheet: &SheetRows, sink: &mut dyn Sink) {
    let top = sheet.rows.iter().take(super::HEADER_SEARCH_ROWS).map(|row| sheet.cells(row));
    let top: Vec<StringRecord> = top.collect();
    let Some(at) = find_header(&top) else { return };
    let above = top.iter().take(at).map(|row| row.iter().collect::<Vec<_>>().join(" "));
    let above: Vec<String> = above.map(|line| line.trim().to_owned()).collect();
    let description = above.join("\n").trim().to_owned();
    let description = (!description.is_empty()).then_some(description);
    let archive = Archive { title, description, ..Archive::default() };
    let (Some(names), Some(header)) = (top.get(at), sheet.rows.get(at)) else { return };
    let mut table =
        TableParser::new(file.name, file.options, (header.number, names), archive, sink);
    for row in sheet.rows.iter().skip(at + 1) {
        table.parse_row(row.number, &sheet.cells(row), row.source_hash, sink);
    }
}
