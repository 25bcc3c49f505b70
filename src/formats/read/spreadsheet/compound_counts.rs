//! Compares what an XLS workbook asks for with its size. The library makes room for every cell between the first and
//! the last one of a sheet, and copies a text as often as cells show it.
//!
//! A workbook is a stream of records in a compound file: a type, a length, and data
//! ([MS-XLS](https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-xls/), section 2.1.4).

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::extent::Extent;
use crate::formats::read::text_budget::{REPEATS_TEXT, TextBudget};

/// The names of the stream with the sheets, in newer and older workbooks.
const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// The types of records: the beginning of a part, the extent of a sheet, the list of texts, its continuation, and a cell
/// with a text of that list.
const BEGINNING: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const TEXTS: u16 = 0x00FC;
const CONTINUATION: u16 = 0x003C;
const LISTED_TEXT: u16 = 0x00FD;

/// The types of records with a cell: formulas, numbers, texts, truth values, and rows of numbers.
const CELLS: [u16; 8] = [0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x027E, LISTED_TEXT, MANY_NUMBERS];

/// The type of a record with the numbers of several cells of a row.
const MANY_NUMBERS: u16 = 0x00BD;

/// The rows and columns of the largest sheet.
const MAX_EXTENT: (u64, u64) = (1 << 16, 1 << 8);

/// Returns why a workbook asks for too much; `None` if its cells and texts fit its size, or if the file is no compound file.
///
/// `budget` is for the text of the cells.
pub(super) fn find_excess(bytes: &[u8], mut budget: TextBudget) -> Option<String> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let stream = STREAMS.iter().find_map(|name| {
        let mut all = Vec::new();
        file.open_stream(name).ok()?.take(bytes.len() as u64).read_to_end(&mut all).ok()?;
        Some(all)
    })?;
    let (mut extent, mut texts) = (Extent::default(), Vec::new());
    for (at, (kind, data)) in records(&stream).enumerate() {
        match kind {
            BEGINNING => extent = Extent::default(),
            TEXTS => texts = text_lengths(records(&stream).skip(at)),
            DIMENSIONS if !is_possible(data) => {
                return Some(
                    "it says that a sheet has more rows or columns than there can be".into(),
                );
            }
            _ => {}
        }
        if kind == LISTED_TEXT
            && let Some(length) = u32_at(data, 6).and_then(|index| texts.get(index as usize))
            && !budget.take(*length, bytes.len() as u64)
        {
            return Some(REPEATS_TEXT.to_owned());
        }
        if CELLS.contains(&kind) {
            add_cells(&mut extent, kind, data);
            if let Some(excess) = extent.excess() {
                return Some(excess);
            }
        }
    }
    None
}

/// Adds the cells of a record to the extent of their sheet.
fn add_cells(extent: &mut Extent, kind: u16, data: &[u8]) {
    let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
    let last = data.len().checked_sub(2).and_then(|at| u16_at(data, at));
    let last = last.filter(|last| kind == MANY_NUMBERS && *last > column).unwrap_or(column);
    extent.add(u64::from(row), u64::from(column), u64::from(last));
}

/// Whether the extent that a sheet states is one that a sheet can have.
fn is_possible(data: &[u8]) -> bool {
    let (rows, columns) = match data.len() {
        10 => (u16_at(data, 2).map(u64::from), u16_at(data, 6)),
        _ => (u32_at(data, 4).map(u64::from), u16_at(data, 10)),
    };
    rows.unwrap_or(0) <= MAX_EXTENT.0 && columns.map_or(0, u64::from) <= MAX_EXTENT.1
}

/// The records of a stream, each with its type and data, up to the first that is cut off.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, data))
    })
}

/// Returns the lengths of the texts in a list, in bytes. `records` begins with the list.
fn text_lengths<'s>(records: impl Iterator<Item = (u16, &'s [u8])>) -> Vec<u64> {
    let continued =
        records.enumerate().take_while(|(at, (kind, _))| *at == 0 || *kind == CONTINUATION);
    let mut parts = Parts { rest: &[], next: continued.map(|(_, (_, data))| data) };
    parts.advance();
    // The numbers of cells and of texts.
    parts.skip(8);
    let mut lengths = Vec::new();
    while let Some(length) = parts.take_text() {
        lengths.push(length);
    }
    lengths
}

/// The data of a record and its continuations.
struct Parts<'s, I> {
    /// What is left of the current part.
    rest: &'s [u8],
    /// The parts after it.
    next: I,
}

impl<'s, I: Iterator<Item = &'s [u8]>> Parts<'s, I> {
    /// Begins the next part. Returns whether there is one.
    fn advance(&mut self) -> bool {
        self.next.next().map(|part| self.rest = part).is_some()
    }

    /// Passes over bytes, also in the next parts.
    fn skip(&mut self, mut count: usize) {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.rest = &[];
            if !self.advance() {
                return;
            }
        }
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Passes over a text (section 2.5.293). Returns its length in bytes; `None` at the end.
    fn take_text(&mut self) -> Option<u64> {
        if self.rest.is_empty() && !self.advance() {
            return None;
        }
        let (letters, flags) = (u16_at(self.rest, 0)?, *self.rest.get(2)?);
        let mut head = 3;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16_at(self.rest, head)?) };
        head += if flags & 8 == 0 { 0 } else { 2 };
        let extra = if flags & 4 == 0 { 0 } else { u32_at(self.rest, head)? as usize };
        head += if flags & 4 == 0 { 0 } else { 4 };
        self.skip(head);
        self.skip_letters(usize::from(letters), flags & 1);
        self.skip(runs * 4);
        self.skip(extra);
        // A letter of one byte may have two in UTF-8, and one of two bytes three.
        Some(u64::from(letters) * if flags & 1 == 0 { 2 } else { 3 })
    }

    /// Passes over letters, of two bytes if `wide` is 1. Each part says anew how wide its letters are.
    fn skip_letters(&mut self, mut letters: usize, mut wide: u8) {
        loop {
            let width = usize::from(wide) + 1;
            let here = letters.min(self.rest.len() / width);
            self.rest = self.rest.get(here * width..).unwrap_or_default();
            letters -= here;
            if letters == 0 || !self.advance() {
                return;
            }
            let Some((flags, rest)) = self.rest.split_first() else { return };
            (wide, self.rest) = (flags & 1, rest);
        }
    }
}

/// The number in two bytes, the lower one first.
fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

/// The number in four bytes, the lowest one first.
fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
