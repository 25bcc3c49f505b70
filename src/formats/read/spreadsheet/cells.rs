//! The cells of a sheet as rows. A sheet is never laid out as a whole: one cell in its last corner
//! would make it larger than any memory.

use std::io::{Read, Seek};

use calamine::{Cell, Data, DataRef, Reader, Sheets};
use csv::StringRecord;

/// The columns that a sheet can have. What says that it stands beyond is put behind the others.
const COLUMNS: u32 = 16_384;

/// The rows of a sheet that have cells, each with its number, counted from 1.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The rows, in the order of the sheet.
    pub(super) rows: Vec<(usize, Vec<(u32, String)>)>,
    /// The first column that has a cell in any of them.
    first: u32,
}

impl Rows {
    /// The rows of a sheet as far as they can be read, and why there are no more.
    pub(super) fn of<B: Read + Seek>(
        workbook: &mut Sheets<B>,
        sheet: &str,
    ) -> (Rows, Option<calamine::Error>) {
        let mut rows = Rows { rows: Vec::new(), first: u32::MAX };
        let end = match workbook {
            Sheets::Xlsx(book) => book.worksheet_cells_reader(sheet).and_then(|mut cells| {
                while let Some(cell) = cells.next_cell()? {
                    rows.take(&cell);
                }
                Ok(())
            }),
            Sheets::Xlsb(book) => {
                let end = book.worksheet_cells_reader(sheet).and_then(|mut cells| {
                    while let Some(cell) = cells.next_cell()? {
                        rows.take(&cell);
                    }
                    Ok(())
                });
                return (rows, end.err().map(calamine::Error::Xlsb));
            }
            other => {
                let end = other.worksheet_range(sheet).map(|range| {
                    let (row, column) = range.start().unwrap_or_default();
                    for (down, right, value) in range.used_cells() {
                        let at = |start: u32, more| {
                            start.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
                        };
                        rows.put(at(row, down), at(column, right), value);
                    }
                });
                return (rows, end.err());
            }
        };
        (rows, end.err().map(calamine::Error::Xlsx))
    }

    /// Takes a cell.
    fn take(&mut self, cell: &Cell<DataRef<'_>>) {
        let (row, column) = cell.get_position();
        self.put(row, column, &Data::from(cell.get_value().clone()));
    }

    /// Puts a value in its place, unless it is none.
    fn put(&mut self, row: u32, column: u32, value: &Data) {
        let text = text(value);
        if text.is_empty() {
            return;
        }
        self.first = self.first.min(column);
        let number = row as usize + 1;
        match self.rows.last_mut() {
            Some((last, cells)) if *last == number => cells.push((column, text)),
            _ => self.rows.push((number, vec![(column, text)])),
        }
    }

    /// The cells of a row, from the first column on.
    pub(super) fn cells(&self, row: &[(u32, String)]) -> StringRecord {
        let mut cells = StringRecord::new();
        for (column, text) in row {
            let place = column.saturating_sub(self.first);
            let gap = (place as usize).saturating_sub(cells.len());
            for _ in 0..if place < COLUMNS { gap } else { 0 } {
                cells.push_field("");
            }
            cells.push_field(text);
        }
        cells
    }
}

/// The text of a cell as the program that made it shows it, with dates as ISO 8601 has them.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => other.to_string(),
    }
}
