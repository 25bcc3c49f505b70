//! Files that are packed: what is inside is damaged and packed again, so that it gets past the checks
//! of the packing; and the packing itself is damaged.

use std::io::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use fonds::formats::read::Format;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{FILES, damage, each, most, weight};

/// The parts of a workbook: their names and what stands in them.
const PARTS: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"Letters\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    (
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>Title</t></si><si><t>Date</t></si></sst>"),
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet><dimension ref=\"A1:B3\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\">\
         <v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>A letter</t></is></c><c r=\"B2\" s=\"1\">\
         <v>16629</v></c></row><row r=\"3\"><c r=\"A3\"><v>1945</v></c></row></sheetData></worksheet>",
    ),
];

/// A ZIP archive of parts, none of them compressed.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let long = u16::try_from(name.len()).unwrap().to_le_bytes();
        let start = u32::try_from(file.len()).unwrap().to_le_bytes();
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &sum.sum().to_le_bytes(),
            &size,
            &size,
            &long,
            &[0, 0],
        ];
        let common = common.concat();
        file.extend([b"PK\x03\x04", &common[..], name.as_bytes(), bytes].concat());
        directory.extend(
            [b"PK\x01\x02\x14\x00", &common[..], &[0; 10], &start, name.as_bytes()].concat(),
        );
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let start = u32::try_from(file.len()).unwrap().to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &start, &[0, 0]].concat();
    [file, directory, end].concat()
}

/// The parts of the workbook, with one in place of its own.
fn workbook(changed: usize, by: &[u8]) -> Vec<u8> {
    let part = |(at, (name, text)): (usize, &(&'static str, &'static str))| {
        (*name, if at == changed { by.to_vec() } else { text.as_bytes().to_vec() })
    };
    zip(&PARTS.iter().enumerate().map(part).collect::<Vec<_>>())
}

#[test]
fn what_stands_in_a_workbook_is_read_however_it_is_damaged() {
    let whole = workbook(usize::MAX, b"");
    assert!(weight(&whole, Some(Format::Xlsx)) > 20, "two records");
    each((0..PARTS.len(), vec(damage(), 1..6)), |(at, damages)| {
        let mut part = PARTS[at].1.as_bytes().to_vec();
        for damage in &damages {
            damage.to(&mut part);
        }
        let bytes = workbook(at, &part);
        let weight = weight(&bytes, None);
        prop_assert!(weight <= most(&bytes), "{weight} of {}", bytes.len());
        Ok(())
    });
}

#[test]
fn a_cell_in_the_last_corner_takes_no_room() {
    for place in ["XFD1048576", "XFD3", "A1048576", "ZZZZZ9", "A4294967295", "A0", ""] {
        let cell = format!("<row><c r=\"{place}\"><v>7</v></c></row></sheetData>");
        let sheet = PARTS[6].1.replace("</sheetData>", &cell);
        let bytes = workbook(6, sheet.as_bytes());
        let weight = weight(&bytes, None);
        assert!(weight > 20 && weight <= most(&bytes), "{place}: {weight} of {}", bytes.len());
    }
}

/// A file of a format, packed in both ways.
fn packed(text: &str) -> [Vec<u8>; 2] {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    [gzip.finish().unwrap(), ruzstd::encoding::compress_to_vec(text.as_bytes(), level)]
}

#[test]
fn packed_files_are_read_however_they_are_damaged() {
    let text = FILES.iter().find(|(format, _)| *format == Format::JsonLines).unwrap().1.repeat(50);
    for whole in packed(&text) {
        let unpacked = weight(&whole, None);
        assert!(unpacked > 1000, "{unpacked}");
        each(vec(damage(), 1..4), |damages| {
            let mut bytes = whole.clone();
            for damage in &damages {
                damage.to(&mut bytes);
            }
            // What is repeated is read again; no packing says a thousand times what it has.
            let weight = weight(&bytes, None);
            prop_assert!(weight <= 1100 * most(&bytes), "{weight} of {}", bytes.len());
            Ok(())
        });
    }
}

#[test]
fn a_real_workbook_is_read_with_any_byte_changed() {
    let text = include_str!("../import_tables/book.xlsx.base64");
    let whole = BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap();
    each((any::<proptest::sample::Index>(), any::<u8>()), |(at, byte)| {
        let mut bytes = whole.clone();
        bytes[at.index(whole.len())] = byte;
        prop_assert!(weight(&bytes, Some(Format::Xlsx)) <= most(&bytes));
        Ok(())
    });
}
