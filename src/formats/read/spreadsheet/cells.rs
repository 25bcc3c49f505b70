//! Reads the cells of a sheet as sparse rows. A dense grid could exceed any memory, since one cell
//! may be in the last corner of the sheet.

use std::io::{Read, Seek};

use calamine::{Cell, Data, DataRef, Dimensions, Reader, Sheets};
use csv::StringRecord;

use super::cell_formats::{self, CellFormat};
use super::shown_cells::ShownCells;
use crate::formats::read::text_budget::{REPEATS_TEXT, TextBudget};
use crate::record::SourceHash;

/// The number of columns of a sheet. A cell with a larger column number is appended to its row.
const MAX_COLUMNS: u32 = 16_384;

/// The most cells that are filled because they belong to a merged one.
const MAX_REPEATED_CELLS: usize = 1_000_000;

/// A row of a sheet.
#[derive(Debug)]
pub(super) struct SheetRow {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// The texts of its cells, with their columns (counted from 0).
    cells: Vec<(u32, String)>,
    /// What its cells hold, however the sheet shows it.
    pub(super) source_hash: SourceHash,
}

/// The rows of a sheet that have cells.
#[derive(Debug, Default)]
pub(super) struct SheetRows {
    /// The rows in sheet order.
    pub(super) rows: Vec<SheetRow>,
    /// The smallest column that has a cell.
    pub(super) first_column: u32,
    /// The number of dates at the start of a month in a format that does not say how they are shown.
    pub(super) unclear_dates: usize,
}

/// A sheet: its name, its number counted from 0, and what its cells show.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'s> {
    pub(super) name: &'s str,
    pub(super) number: u32,
    pub(super) shown: &'s ShownCells,
}

/// How much text the cells of a workbook may have.
pub(super) struct CellBudget {
    pub(super) text: TextBudget,
    /// The size of the workbook.
    pub(super) file_bytes: u64,
}

impl CellBudget {
    /// Counts the text of a cell before it is copied. Returns whether it is within the budget.
    fn take(&mut self, text: &str) -> bool {
        self.text.take(text.len() as u64, self.file_bytes)
    }
}

/// Why a sheet was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum SheetError {
    /// It is damaged.
    #[error("{0}")]
    Damaged(#[from] calamine::Error),
    /// It repeats too much text.
    #[error(
        "{REPEATS_TEXT}, as files made to fill the memory do; if you trust it, --max-unpacked SIZE reads it"
    )]
    RepeatedText,
}

impl SheetRows {
    /// Reads the rows of a sheet, with as much text as `budget` has left. If an error ends the sheet early, it is returned with the rows
    /// before it.
    pub(super) fn read<B: Read + Seek>(
        workbook: &mut Sheets<B>,
        sheet: Sheet<'_>,
        budget: &mut CellBudget,
    ) -> (SheetRows, Option<SheetError>) {
        let mut rows = SheetRows { rows: Vec::new(), first_column: u32::MAX, unclear_dates: 0 };
        let end = match workbook {
            Sheets::Xlsx(book) => book.worksheet_cells_reader(sheet.name).and_then(|mut cells| {
                let formats: Vec<CellFormat> = cells.styles().iter().map(CellFormat::new).collect();
                while let Some((cell, style)) = cells.next_cell_with_style_id()? {
                    let format = formats.get(style).copied().unwrap_or_default();
                    if !rows.push_cell(&cell, format, budget) {
                        return Ok(Some(SheetError::RepeatedText));
                    }
                }
                Ok(None)
            }),
            Sheets::Xlsb(book) => {
                let end = book.worksheet_cells_reader(sheet.name).and_then(|mut cells| {
                    while let Some(cell) = cells.next_cell()? {
                        rows.count_unclear(&Data::from(cell.get_value().clone()));
                        if !rows.push_cell(&cell, CellFormat::default(), budget) {
                            return Ok(Some(SheetError::RepeatedText));
                        }
                    }
                    Ok(None)
                });
                let end = end.map_err(calamine::Error::Xlsb);
                return (rows, end.unwrap_or_else(|error| Some(error.into())));
            }
            Sheets::Xls(_) | Sheets::Ods(_) => {
                let end = workbook.worksheet_range(sheet.name).map(|range| {
                    let (row, column) = range.start().unwrap_or_default();
                    for (row_offset, column_offset, value) in range.used_cells() {
                        let index = |start: u32, offset| {
                            start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                        };
                        let (row, column) = (index(row, row_offset), index(column, column_offset));
                        let cell = (sheet.number, row, column);
                        let format = match value {
                            Data::DateTimeIso(iso) => sheet.shown.date_format(cell, iso),
                            Data::Float(_) | Data::Int(_) => sheet.shown.number_format(cell),
                            _ => CellFormat::default(),
                        };
                        rows.count_unclear(value);
                        rows.push_value(row, column, value, format);
                    }
                });
                let end = end.err().map(SheetError::from);
                return rows.with_merged_cells(&merged_cells(workbook, sheet), end, budget);
            }
        };
        let end = end.map_err(calamine::Error::Xlsx);
        let end = end.unwrap_or_else(|error| Some(error.into()));
        rows.with_merged_cells(&merged_cells(workbook, sheet), end, budget)
    }

    /// Counts a date that may be shown as a month or a year.
    fn count_unclear(&mut self, value: &Data) {
        if let Data::DateTime(time) = value
            && time.is_datetime()
            && cell_formats::cell_text(value, CellFormat::default()).ends_with("-01")
        {
            self.unclear_dates += 1;
        }
    }

    /// Returns the rows with the texts of merged cells, and the error that ended the sheet.
    fn with_merged_cells(
        mut self,
        merged: &[Dimensions],
        error: Option<SheetError>,
        budget: &mut CellBudget,
    ) -> (SheetRows, Option<SheetError>) {
        let is_whole = self.repeat_merged_cells(merged, budget);
        let excess = (!is_whole).then_some(SheetError::RepeatedText);
        (self, error.or(excess))
    }

    /// Repeats the text of a cell that spans several rows in each of them. Returns false if that is more text
    /// than `budget` has left.
    fn repeat_merged_cells(&mut self, merged: &[Dimensions], budget: &mut CellBudget) -> bool {
        let mut left = MAX_REPEATED_CELLS;
        for area in merged {
            let (first_row, column) = area.start;
            let start = self.rows.partition_point(|row| row.number <= first_row as usize);
            let end = self.rows.partition_point(|row| row.number <= area.end.0 as usize + 1);
            let Some((top, below)) =
                self.rows.get_mut(start..end).and_then(<[SheetRow]>::split_first_mut)
            else {
                continue;
            };
            let text = top.cells.iter().find(|(at, _)| *at == column).map(|(_, text)| text);
            let Some(text) = text.filter(|_| top.number == first_row as usize + 1) else {
                continue;
            };
            for row in below.iter_mut().take(left) {
                left -= 1;
                let at = row.cells.partition_point(|(at, _)| *at < column);
                if row.cells.get(at).is_none_or(|(at, _)| *at != column) {
                    if !budget.take(text) {
                        return false;
                    }
                    row.cells.insert(at, (column, text.clone()));
                }
            }
        }
        true
    }

    /// Adds a cell. Returns false if it is more text than `budget` has left.
    fn push_cell(
        &mut self,
        cell: &Cell<DataRef<'_>>,
        format: CellFormat,
        budget: &mut CellBudget,
    ) -> bool {
        let (row, column) = cell.get_position();
        let fits = match cell.get_value() {
            DataRef::SharedString(text) => budget.take(text),
            DataRef::String(text) => budget.take(text),
            _ => true,
        };
        if fits {
            self.push_value(row, column, &Data::from(cell.get_value().clone()), format);
        }
        fits
    }

    /// Adds a value unless it is empty.
    fn push_value(&mut self, row: u32, column: u32, value: &Data, format: CellFormat) {
        let text = cell_formats::cell_text(value, format);
        if text.is_empty() {
            return;
        }
        self.first_column = self.first_column.min(column);
        let number = row as usize + 1;
        let is_new = self.rows.last().is_none_or(|row| row.number != number);
        if is_new {
            let row = SheetRow { number, cells: Vec::new(), source_hash: SourceHash::default() };
            self.rows.push(row);
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push((column, text));
            row.source_hash.add_text(&cell_formats::stored_text(value));
        }
    }

    /// Returns the number of cells of a row, counted from the first column of the sheet.
    pub(super) fn width(&self, row: &SheetRow) -> usize {
        let last = row.cells.last().map(|(column, _)| column.saturating_sub(self.first_column));
        last.map_or(0, |last| last.min(MAX_COLUMNS) as usize + 1)
    }

    /// Returns the cells of a row, beginning with the first column of the sheet.
    pub(super) fn cells(&self, row: &SheetRow) -> StringRecord {
        let mut cells = StringRecord::new();
        for (column, text) in &row.cells {
            let index = column.saturating_sub(self.first_column);
            let gap = (index as usize).saturating_sub(cells.len());
            for _ in 0..if index < MAX_COLUMNS { gap } else { 0 } {
                cells.push_field("");
            }
            cells.push_field(text);
        }
        cells
    }
}

/// Returns the areas of a sheet that are one cell each.
fn merged_cells<B: Read + Seek>(workbook: &mut Sheets<B>, sheet: Sheet<'_>) -> Vec<Dimensions> {
    match workbook {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet.name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet.name).unwrap_or_default(),
        Sheets::Ods(_) => sheet.shown.merged_cells(sheet.number),
        Sheets::Xlsb(_) => Vec::new(),
    }
}
