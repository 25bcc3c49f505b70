//! Workbooks (XLSX and its kin): each sheet with rows is a table.

use std::io::{self, Cursor};

use calamine::{Reader, open_workbook_auto_from_rs};
use csv::StringRecord;

use super::cells::Rows;
use super::{Accession, Archive, Problem, Sink, Table, header};
use crate::formats::read::{Page, Part};
use crate::record::Record;

/// How a file of sheets begins: a ZIP archive, or the older compound file.
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Whether a file is surely a workbook, or another of the files that are packed the same way.
pub(crate) fn begins(beginning: &[u8]) -> bool {
    BEGINNINGS.iter().any(|mark| beginning.starts_with(mark))
}

/// Reads every sheet that has rows, in the order of the workbook, each as a listing of its own.
pub(crate) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut all = Vec::new();
    file.bytes.read_to_end(&mut all)?;
    let mut workbook = match open_workbook_auto_from_rs(Cursor::new(all)) {
        Ok(workbook) => workbook,
        Err(error) => {
            let message = format!(
                "this is no workbook that can be read: {error}; save it as CSV and open that"
            );
            sink.problem(Problem::fault(file.name, None, message));
            return Ok(());
        }
    };
    let names = workbook.sheet_names();
    let mut found = false;
    for sheet in &names {
        let (rows, end) = Rows::of(&mut workbook, sheet);
        if !rows.rows.is_empty() {
            found = true;
            match names.len() {
                1 => read_sheet(file, None, &rows, sink),
                _ => read_sheet(file, Some(sheet.clone()), &rows, &mut OfSheet { sheet, sink }),
            }
        }
        if let Some(error) = end {
            let row = rows.rows.last().map_or(1, |(row, _)| *row);
            let message = format!("the sheet “{sheet}” was not read beyond this row: {error}");
            sink.problem(Problem::fault(file.name, Some(row), message));
        }
    }
    if !found {
        sink.problem(Problem::fault(file.name, None, "no sheet of this workbook has a row"));
    }
    Ok(())
}

/// Says of each problem in which sheet it stands.
struct OfSheet<'s> {
    sheet: &'s str,
    sink: &'s mut dyn Sink,
}

impl Sink for OfSheet<'_> {
    fn page(&mut self, page: Page) {
        self.sink.page(page);
    }

    fn record(&mut self, record: Record) {
        self.sink.record(record);
    }

    fn part(&mut self, part: Part) {
        self.sink.part(part);
    }

    fn problem(&mut self, problem: Problem) {
        let message = format!("sheet “{}”: {}", self.sheet, problem.message);
        self.sink.problem(Problem { message, ..problem });
    }
}

/// Reads one sheet. Its lines are the rows as the program that made it counts them.
fn read_sheet(file: &Accession<'_>, title: Option<String>, sheet: &Rows, sink: &mut dyn Sink) {
    let top = sheet.rows.iter().take(super::TOP).map(|(_, row)| sheet.cells(row));
    let top: Vec<StringRecord> = top.collect();
    let Some(at) = header(&top) else { return };
    let above = top.iter().take(at).map(|row| row.iter().collect::<Vec<_>>().join(" "));
    let above: Vec<String> = above.map(|line| line.trim().to_owned()).collect();
    let description = above.join("\n").trim().to_owned();
    let description = (!description.is_empty()).then_some(description);
    let archive = Archive { title, description, ..Archive::default() };
    let (Some(names), Some((line, _))) = (top.get(at), sheet.rows.get(at)) else { return };
    let mut table = Table::begin(file.name, file.options, (*line, names), archive, sink);
    for (line, row) in sheet.rows.iter().skip(at + 1) {
        table.row(*line, &sheet.cells(row), sink);
    }
}
