//! Damaged compressed files. Either the content is damaged and compressed again, so that checksums are
//! valid, or the compressed bytes are damaged.

use std::io::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use fonds::formats::read::Format;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{FILES, damage, for_random_values, max_output_bytes, output_bytes};

/// The parts of a workbook: their names and contents.
const WORKBOOK_PARTS: &[(&str, &str)] = &[
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

/// A ZIP archive of uncompressed parts.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let start = u32::try_from(file.len()).unwrap().to_le_bytes();
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &sum.sum().to_le_bytes(),
            &size,
            &size,
            &name_length,
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

/// A workbook in which the part with index `changed` has other bytes.
fn workbook(changed: usize, replacement: &[u8]) -> Vec<u8> {
    let part = |(at, (name, text)): (usize, &(&'static str, &'static str))| {
        (*name, if at == changed { replacement.to_vec() } else { text.as_bytes().to_vec() })
    };
    zip(&WORKBOOK_PARTS.iter().enumerate().map(part).collect::<Vec<_>>())
}

#[test]
fn damaged_workbook_parts_are_read_to_their_end() {
    let intact = workbook(usize::MAX, b"");
    assert!(output_bytes(&intact, Some(Format::Xlsx)) > 20, "two records");
    for_random_values((0..WORKBOOK_PARTS.len(), vec(damage(), 1..6)), |(at, damages)| {
        let mut part = WORKBOOK_PARTS[at].1.as_bytes().to_vec();
        for damage in &damages {
            damage.apply(&mut part);
        }
        let bytes = workbook(at, &part);
        let size = output_bytes(&bytes, None);
        prop_assert!(size <= max_output_bytes(&bytes), "{size} of {}", bytes.len());
        Ok(())
    });
}

#[test]
fn cell_at_the_largest_address_needs_no_memory() {
    for address in ["XFD1048576", "XFD3", "A1048576", "ZZZZZ9", "A4294967295", "A0", ""] {
        let cell = format!("<row><c r=\"{address}\"><v>7</v></c></row></sheetData>");
        let sheet = WORKBOOK_PARTS[6].1.replace("</sheetData>", &cell);
        let bytes = workbook(6, sheet.as_bytes());
        let size = output_bytes(&bytes, None);
        assert!(
            size > 20 && size <= max_output_bytes(&bytes),
            "{address}: {size} of {}",
            bytes.len()
        );
    }
}

/// A text compressed with gzip and with Zstandard.
fn compress_both_ways(text: &str) -> [Vec<u8>; 2] {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    [gzip.finish().unwrap(), ruzstd::encoding::compress_to_vec(text.as_bytes(), level)]
}

#[test]
fn damaged_compressed_files_are_read_to_their_end() {
    let text = FILES.iter().find(|(format, _)| *format == Format::JsonLines).unwrap().1.repeat(50);
    for intact in compress_both_ways(&text) {
        let intact_size = output_bytes(&intact, None);
        assert!(intact_size > 1000, "{intact_size}");
        for_random_values(vec(damage(), 1..4), |damages| {
            let mut bytes = intact.clone();
            for damage in &damages {
                damage.apply(&mut bytes);
            }
            // Damage may repeat compressed blocks; neither compression expands more than a thousandfold.
            let size = output_bytes(&bytes, None);
            prop_assert!(size <= 1100 * max_output_bytes(&bytes), "{size} of {}", bytes.len());
            Ok(())
        });
    }
}

#[test]
fn workbook_with_any_byte_changed_is_read_to_its_end() {
    let text = include_str!("../import_tables/book.xlsx.base64");
    let intact = BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap();
    for_random_values((any::<proptest::sample::Index>(), any::<u8>()), |(at, byte)| {
        let mut bytes = intact.clone();
        bytes[at.index(intact.len())] = byte;
        prop_assert!(output_bytes(&bytes, Some(Format::Xlsx)) <= max_output_bytes(&bytes));
        Ok(())
    });
}
