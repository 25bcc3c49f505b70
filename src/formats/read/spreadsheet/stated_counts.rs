//! Compares the counts that a workbook states with its size. The library reserves memory for a count before it
//! reads what is counted, and copies a repeated cell as often as the file says.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::extent::Extent;
use crate::formats::read::text_budget::{REPEATS_TEXT, TextBudget};

/// The fewest bytes of a text in the list of texts: `<si/>`.
const MIN_TEXT_BYTES: u64 = 5;

/// The number of bytes at the beginning of the list of texts in which its count stands.
const TEXTS_HEAD_BYTES: u64 = 4096;

/// How many times cells with content may be repeated in all, in an ODS workbook.
const MAX_REPEATED_CELLS: u64 = 2_000_000;

/// How many rows may stand above one with content in a sheet of an ODS workbook. Programs have a sixteenth of it.
const MAX_ROW: u64 = 1 << 24;

/// How many spaces in a row an ODS workbook may state in all.
const MAX_SPACES: u64 = 1_000_000;

/// Returns what is wrong with the counts of a workbook; `None` if they fit, or in other files.
///
/// `budget` is for the text of repeated cells.
pub(super) fn find_excess(bytes: &[u8], budget: TextBudget) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if let Ok(content) = archive.by_name("content.xml") {
        return excess_of_repeats(BufReader::new(content), budget, bytes.len() as u64);
    }
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = String::from_utf8_lossy(part.name_raw()).to_ascii_lowercase();
        if !name.ends_with("sharedstrings.xml") {
            continue;
        }
        let most = part.size() / MIN_TEXT_BYTES;
        let stated = stated_texts(part);
        if stated > most {
            return Some(format!("it says that it has {stated} texts, and has room for {most}"));
        }
    }
    None
}

/// Returns the number of texts that a list of texts states.
fn stated_texts(part: impl Read) -> u64 {
    let mut reader = Reader::from_reader(BufReader::new(part.take(TEXTS_HEAD_BYTES)));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                return number(&element, "uniqueCount");
            }
            Ok(Event::Eof) | Err(_) => return 0,
            Ok(_) => buffer.clear(),
        }
    }
}

/// Returns the number in an attribute: 0 without the attribute, the greatest number if it is none.
fn number(element: &BytesStart<'_>, name: &str) -> u64 {
    let value = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name);
    let text = value.map(|it| it.value.into_owned()).unwrap_or_default();
    text.trim().parse().unwrap_or(if text.is_empty() { 0 } else { u64::MAX })
}

/// The repeats in a row.
#[derive(Default)]
struct Row {
    /// How many times the row is repeated.
    repeats: u64,
    /// The number of its cells with content.
    cells: u64,
    /// How many times the open cell is repeated, until it has a text.
    open_cell: u64,
    /// How many times the open cell is repeated.
    cell_repeats: u64,
    /// The column behind the open cell.
    next_column: u64,
    /// The first and the last column with content.
    columns: Option<(u64, u64)>,
    /// The bytes of the texts of all its cells, with their repeats.
    text_bytes: u64,
}

impl Row {
    /// Starts a row.
    fn new(element: &BytesStart<'_>) -> Row {
        Row { repeats: number(element, "number-rows-repeated").max(1), ..Row::default() }
    }

    /// Starts a cell.
    fn start_cell(&mut self, element: &BytesStart<'_>) {
        self.cell_repeats = number(element, "number-columns-repeated").max(1);
        self.open_cell = self.cell_repeats;
        self.next_column = self.next_column.saturating_add(self.cell_repeats);
        // A value in an attribute is the text of the cell, if it has no other.
        let values = element.attributes().flatten();
        let values = values.filter(|it| it.key.local_name().as_ref().ends_with("value"));
        self.add_text(values.map(|it| it.value.len()).sum());
    }

    /// Takes note of the content of the open cell. A cell without a text is empty, however often it is repeated.
    fn add_content(&mut self) {
        self.cells = self.cells.saturating_add(std::mem::take(&mut self.open_cell));
        let first = self.next_column.saturating_sub(self.cell_repeats);
        let (left, _) = self.columns.unwrap_or((first, first));
        self.columns = Some((left, self.next_column.saturating_sub(1)));
    }

    /// Adds text of the open cell.
    fn add_text(&mut self, bytes: usize) {
        let bytes = (bytes as u64).saturating_mul(self.cell_repeats);
        self.text_bytes = self.text_bytes.saturating_add(bytes);
    }
}

/// Looks for too many repeats in the sheets of an ODS workbook.
fn excess_of_repeats(
    content: impl BufRead,
    mut budget: TextBudget,
    file_bytes: u64,
) -> Option<String> {
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let (mut row, mut repeated, mut spaces) = (Row::default(), 0_u64, 0_u64);
    let (mut rows_above, mut extent) = (0_u64, Extent::default());
    let mut fits = true;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "table" => (rows_above, extent) = (0, Extent::default()),
                "table-row" => row = Row::new(&element),
                "table-cell" | "covered-table-cell" => row.start_cell(&element),
                "s" => spaces = spaces.saturating_add(number(&element, "c")),
                "p" => row.add_content(),
                _ => {}
            },
            Ok(Event::Empty(element)) => match element.local_name().as_ref() {
                "s" => spaces = spaces.saturating_add(number(&element, "c")),
                "table-cell" | "covered-table-cell" => row.start_cell(&element),
                "table-row" => {
                    rows_above = rows_above.saturating_add(Row::new(&element).repeats);
                }
                _ => {}
            },
            Ok(Event::Text(text)) => row.add_text(text.len()),
            Ok(Event::CData(text)) => row.add_text(text.len()),
            Ok(Event::End(element)) if element.local_name().as_ref() == "table-row" => {
                if row.cells > 0 && rows_above > MAX_ROW {
                    return Some(format!(
                        "it says that more than {MAX_ROW} rows stand above one with content"
                    ));
                }
                if let Some((first, last)) = row.columns {
                    extent.add(rows_above, first, last);
                    extent.add(rows_above.saturating_add(row.repeats - 1), first, last);
                }
                rows_above = rows_above.saturating_add(row.repeats);
                let cells = row.cells.saturating_mul(row.repeats);
                repeated = repeated.saturating_add(cells.saturating_sub(row.cells.min(1 << 14)));
                fits = budget.take(row.text_bytes.saturating_mul(row.repeats), file_bytes);
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
        buffer.clear();
        if repeated > MAX_REPEATED_CELLS {
            return Some(format!(
                "it says that cells with content are repeated more than {MAX_REPEATED_CELLS} times"
            ));
        }
        if !fits {
            return Some(REPEATS_TEXT.to_owned());
        }
        if spaces > MAX_SPACES {
            return Some(format!("it states more than {MAX_SPACES} spaces in a row"));
        }
        if let Some(excess) = extent.excess() {
            return Some(excess);
        }
    }
}
