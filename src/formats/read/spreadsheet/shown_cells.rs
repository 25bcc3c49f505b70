//! What cells of a spreadsheet in ODS show. The library gives their values alone: 1 January 1945
//! for a cell that shows 1945.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor};
use std::ops::Range;

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell_formats::CellFormat;
use crate::record::{Date, DateSpan, Precision};

/// The part of the file with the sheets.
const CONTENT_NAME: &str = "content.xml";

/// The most cells that are kept. Repetitions of a cell or a row count as one.
const MAX_CELLS: usize = 1 << 20;

/// The longest text of a cell that is kept, in bytes.
const MAX_TEXT_BYTES: usize = 64;

/// The texts of cells with dates and numbers.
#[derive(Debug, Default)]
pub(super) struct ShownCells {
    /// The rows by sheet and number, counted from 0: the first of alike rows.
    rows: BTreeMap<(u32, u32), ShownRow>,
    /// The number of cells in the rows.
    cell_count: usize,
    /// The areas of several rows that are one cell, with the numbers of their sheets.
    merged: Vec<(u32, Dimensions)>,
    /// Whether there are more cells than are kept.
    pub(super) is_cut: bool,
}

/// The texts of a row, and of those that repeat it.
#[derive(Debug)]
struct ShownRow {
    /// The number of the row behind the last that repeats it.
    end: u32,
    /// The texts with the columns that have them, in their order.
    cells: Vec<(Range<u32>, String)>,
}

impl ShownCells {
    /// Reads the texts of a workbook. One of another format has none, as has one that cannot be read.
    pub(super) fn read(bytes: &[u8]) -> ShownCells {
        let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            return ShownCells::default();
        };
        match archive.by_name(CONTENT_NAME) {
            Ok(content) => ShownCells::from_content(BufReader::new(content)),
            Err(_) => ShownCells::default(),
        }
    }

    /// Reads the texts from the part with the sheets, up to the first error.
    fn from_content(content: impl BufRead) -> ShownCells {
        let mut reader = Reader::from_reader(content);
        let mut position = Position::default();
        let mut shown = ShownCells::default();
        let mut buffer = Vec::new();
        while !shown.is_cut {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => position.start(&element),
                Ok(Event::Empty(element)) => {
                    position.start(&element);
                    position.end(element.name().as_ref(), &mut shown);
                }
                Ok(Event::End(element)) => position.end(element.name().as_ref(), &mut shown),
                Ok(Event::Text(text)) => position.add_text(&text),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
            buffer.clear();
        }
        shown
    }

    /// Returns the areas of a sheet that are one cell each.
    pub(super) fn merged_cells(&self, sheet: u32) -> Vec<Dimensions> {
        let here = self.merged.iter().filter(|(number, _)| *number == sheet);
        here.map(|(_, area)| *area).collect()
    }

    /// Returns how much of its value a cell shows.
    ///
    /// `iso` is the date that it holds, in ISO 8601.
    pub(super) fn date_format(&self, cell: (u32, u32, u32), iso: &str) -> CellFormat {
        let day = iso.get(..10).and_then(|day| Date::parse(day).span());
        match (self.text(cell), day) {
            (Some(text), Some(day)) => date_format(text, &day),
            _ => CellFormat::Whole,
        }
    }

    /// Returns how many digits of a number a cell shows, if there are zeros in front.
    pub(super) fn number_format(&self, cell: (u32, u32, u32)) -> CellFormat {
        let is_padded = |text: &&str| {
            text.len() > 1 && text.starts_with('0') && text.bytes().all(|it| it.is_ascii_digit())
        };
        self.text(cell)
            .filter(is_padded)
            .map_or(CellFormat::Whole, |text| CellFormat::Digits(text.len()))
    }

    /// Returns the text of a cell by sheet, row and column.
    fn text(&self, (sheet, row, column): (u32, u32, u32)) -> Option<&str> {
        let (key, shown) = self.rows.range(..=(sheet, row)).next_back()?;
        let shown = Some(shown).filter(|shown| key.0 == sheet && row < shown.end)?;
        let at = shown.cells.partition_point(|(columns, _)| columns.end <= column);
        let (columns, text) = shown.cells.get(at)?;
        columns.contains(&column).then_some(text.as_str())
    }
}

/// Returns how much of a day a text shows: `1945`, `Jul 45`, `07/1945`.
fn date_format(text: &str, day: &DateSpan) -> CellFormat {
    let parsed = Date::parse(text).span();
    if let Some(span) = parsed.filter(|span| !span.doubtful && day.is_within(span)) {
        let (first, last) = span.first_and_last_unit();
        match span.start_precision {
            Precision::Day => return CellFormat::Whole,
            Precision::Month if first == last => return CellFormat::MonthAndYear,
            Precision::Year if first == last => return CellFormat::Year,
            _ => {}
        }
    }
    let (year, month, _) = day.earliest.to_ymd();
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let mut numbers: Vec<i64> = numbers.filter_map(|number| number.parse().ok()).collect();
    let mut remove = |wanted: i64| {
        let at = numbers.iter().rposition(|number| *number == wanted);
        at.map(|at| numbers.remove(at)).is_some()
    };
    let has_year = remove(year) || remove(year.rem_euclid(100));
    let has_month = text.chars().any(char::is_alphabetic) || remove(i64::from(month));
    match (has_year, has_month, numbers.is_empty()) {
        (true, true, true) => CellFormat::MonthAndYear,
        (true, false, true) => CellFormat::Year,
        _ => CellFormat::Whole,
    }
}

/// Where the reader is.
#[derive(Debug, Default)]
struct Position {
    /// The number of sheets so far.
    sheets: u32,
    /// The number of tables round the cell: those in cells are no sheets.
    depth: u32,
    row: u32,
    column: u32,
    row_repetitions: u32,
    column_repetitions: u32,
    /// The number of rows that the cell takes.
    spanned_rows: u32,
    /// The cells of the row, with their columns.
    row_texts: Vec<(Range<u32>, String)>,
    /// The text of the cell, if it is one whose text is kept.
    text: Option<String>,
    in_paragraph: bool,
    /// Whether it is in a comment on the cell.
    in_comment: bool,
}

impl Position {
    fn start(&mut self, element: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let found = element.attributes().flatten().find(|it| it.key.as_ref() == name)?;
            Some(found.value.into_owned())
        };
        let repetitions = |name| attribute(name).and_then(|it| it.parse().ok()).unwrap_or(1);
        match element.name().as_ref() {
            "table:table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.sheets += 1;
                    (self.row, self.column) = (0, 0);
                }
            }
            _ if self.depth > 1 => {}
            "table:table-row" => {
                self.column = 0;
                self.row_repetitions = repetitions("table:number-rows-repeated");
                self.row_texts.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.column_repetitions = repetitions("table:number-columns-repeated");
                self.spanned_rows = repetitions("table:number-rows-spanned");
                let kind = attribute("office:value-type");
                let is_kept = matches!(kind.as_deref(), Some("date" | "float"));
                self.text = is_kept.then(String::new);
            }
            "office:annotation" => self.in_comment = true,
            "text:p" => self.in_paragraph = !self.in_comment,
            _ => {}
        }
    }

    fn add_text(&mut self, text: &str) {
        if let Some(kept) = self.text.as_mut().filter(|kept| kept.len() < MAX_TEXT_BYTES)
            && self.in_paragraph
        {
            kept.push_str(text);
        }
    }

    fn end(&mut self, name: &str, shown: &mut ShownCells) {
        match name {
            "table:table" => self.depth = self.depth.saturating_sub(1),
            _ if self.depth > 1 => {}
            "office:annotation" => self.in_comment = false,
            "text:p" => self.in_paragraph = false,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(text) = self.text.take() {
                    let end = self.column.saturating_add(self.column_repetitions);
                    self.row_texts.push((self.column..end, text));
                }
                if self.spanned_rows > 1 && shown.merged.len() < MAX_CELLS {
                    let last_row = self.row.saturating_add(self.spanned_rows - 1);
                    let (start, end) = ((self.row, self.column), (last_row, self.column));
                    let sheet = self.sheets.saturating_sub(1);
                    shown.merged.push((sheet, Dimensions { start, end }));
                }
                self.column = self.column.saturating_add(self.column_repetitions);
            }
            "table:table-row" => {
                let cells = std::mem::take(&mut self.row_texts);
                shown.is_cut = shown.cell_count + cells.len() > MAX_CELLS;
                if !cells.is_empty() && !shown.is_cut {
                    shown.cell_count += cells.len();
                    let end = self.row.saturating_add(self.row_repetitions);
                    let key = (self.sheets.saturating_sub(1), self.row);
                    shown.rows.insert(key, ShownRow { end, cells });
                }
                self.row = self.row.saturating_add(self.row_repetitions);
            }
            _ => {}
        }
    }
}
