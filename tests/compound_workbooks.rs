//! Workbooks in compound files (XLS): what they ask for beyond their size is refused, the rest is read.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use fonds::formats::read;
use fonds::load::page_merger::{MergedPages, PageMerger};

/// A cell: its row, its column, and the index of its text.
type Cell = (u16, u16, u32);

/// The most bytes of a record's data.
const MAX_RECORD: usize = 8_224;

fn push_record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
}

/// Appends the beginning of the list of sheets (5) or of a sheet (16).
fn push_beginning(out: &mut Vec<u8>, kind: u8) {
    push_record(out, 0x0809, &[0, 6, kind, 0, 0xbb, 0x0d, 0xcc, 0x07, 0, 0, 0, 0, 6, 3, 0, 0]);
}

/// Appends the list of texts, with the continuations that long ones need.
fn push_texts(out: &mut Vec<u8>, texts: &[&str]) {
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let (mut data, mut kind) = ([count, count].concat(), 0x00fc);
    for text in texts {
        if data.len() + 4 > MAX_RECORD {
            push_record(out, kind, &data);
            (data, kind) = (Vec::new(), 0x003c);
        }
        data.extend(u16::try_from(text.len()).unwrap().to_le_bytes());
        data.push(0);
        for byte in text.bytes() {
            if data.len() == MAX_RECORD {
                push_record(out, kind, &data);
                (data, kind) = (vec![0], 0x003c);
            }
            data.push(byte);
        }
    }
    push_record(out, kind, &data);
}

/// Returns a workbook with one sheet. Its extent is stated as in the file: the rows and columns.
fn workbook(texts: &[&str], extent: (u32, u16), cells: impl IntoIterator<Item = Cell>) -> Vec<u8> {
    let mut stream = Vec::new();
    push_beginning(&mut stream, 5);
    let offset_at = stream.len() + 4;
    push_record(&mut stream, 0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, b'S']);
    push_texts(&mut stream, texts);
    push_record(&mut stream, 0x000a, &[]);
    let offset = u32::try_from(stream.len()).unwrap().to_le_bytes();
    stream[offset_at..offset_at + 4].copy_from_slice(&offset);
    push_beginning(&mut stream, 16);
    let (rows, columns) = extent;
    let extent = [&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]];
    push_record(&mut stream, 0x0200, &extent.concat());
    for (row, column, text) in cells {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        push_record(&mut stream, 0x00fd, &[&place[..], &text.to_le_bytes()].concat());
    }
    push_record(&mut stream, 0x000a, &[]);
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    let mut bytes = Vec::new();
    let mut inner = file.into_inner();
    inner.seek(SeekFrom::Start(0)).unwrap();
    inner.read_to_end(&mut bytes).unwrap();
    bytes
}

fn read_workbook(bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read("letters.xls", None, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// The cells of a table with the columns Title, Date and Note, with this text as its last note.
fn table(last_note: Cell) -> Vec<Cell> {
    let head = [(0, 0, 0), (0, 1, 1), (0, 2, 2)];
    let rows = [(1, 0, 3), (1, 1, 4), (1, 2, 5), (2, 0, 3), (2, 1, 4)];
    head.into_iter().chain(rows).chain([last_note]).collect()
}

/// The texts of the table.
const TEXTS: [&str; 6] = ["Title", "Date", "Note", "Letter", "12 July 1945", "on rye"];

#[test]
fn workbook_in_a_compound_file_is_read() {
    let merged = read_workbook(&workbook(&TEXTS, (3, 3), table((2, 2, 5))));
    let records: Vec<_> = merged.records.iter().map(|it| &it.record).collect();
    assert_eq!(records.len(), 2, "{:?}", merged.problems);
    assert!(records.iter().all(|record| record.title() == Some("Letter")));
    assert!(records.iter().all(|record| record.date.text == "12 July 1945"));
    // The texts behind a long one are found.
    let long = "rye ".repeat(16_000);
    let texts = [TEXTS[0], TEXTS[1], TEXTS[2], &long, TEXTS[4], TEXTS[5]];
    let merged = read_workbook(&workbook(&texts, (3, 3), table((2, 2, 5))));
    assert_eq!(merged.records[1].record.date.text, "12 July 1945", "{:?}", merged.problems);
    assert_eq!(merged.problems.len(), 0);
}

#[test]
fn workbook_that_asks_for_more_than_it_has_is_refused() {
    let long = "x".repeat(65_000);
    let texts = [TEXTS[0], TEXTS[1], TEXTS[2], &long, TEXTS[4], TEXTS[5]];
    let repeated = (0..20_000).flat_map(|row| [(row, 0, 3), (row, 1, 4)]);
    let many_columns = table((0xffff, 0xffff, 3));
    let stray_cell = table((0xffff, 0xff, 3));
    let files = [
        (workbook(&TEXTS, (3, 3), many_columns), "lie so far apart that 4294967296"),
        (workbook(&TEXTS, (3, 3), stray_cell), "lie so far apart that 16777216"),
        (
            workbook(&TEXTS, (u32::MAX, 3), table((2, 2, 5))),
            "more rows or columns than there can be",
        ),
        (
            workbook(&TEXTS, (3, u16::MAX), table((2, 2, 5))),
            "more rows or columns than there can be",
        ),
        (workbook(&texts, (3, 3), repeated), "repeat text until it is far larger than the file"),
    ];
    for (bytes, reason) in files {
        let merged = read_workbook(&bytes);
        let messages: Vec<_> = merged.problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!((merged.records.len(), messages.len()), (0, 1), "{reason}: {messages:?}");
        assert!(messages[0].contains(reason), "{reason}: {messages:?}");
        assert!(messages[0].contains("CSV"), "{messages:?}");
    }
}

#[test]
fn empty_rows_between_cells_are_read() {
    let merged = read_workbook(&workbook(&TEXTS, (60_001, 3), table((60_000, 0, 3))));
    assert_eq!(merged.records.len(), 3, "{:?}", merged.problems);
}
