//! Compares the checksums of a ZIP archive, and its directory with the parts that it lists.
//!
//! The parser of workbooks stops reading a part where its sheet ends, so it compares no checksum.
//! The layout of the headers is in PKWARE's APPNOTE.TXT, sections 4.3.7 and 4.3.12.

use std::io::{self, Cursor};

use zip::ZipArchive;

/// The beginning of a directory entry.
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
/// The length of a directory entry without its name, extra field and comment.
const ENTRY_BYTES: usize = 46;
/// The length of the header before each part, without its name.
const HEADER_BYTES: usize = 30;

/// Returns what is wrong with a ZIP archive; `None` if all its parts are sound. Other files are not
/// looked at.
pub(super) fn damage(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return Some(format!("its ZIP directory cannot be read: {error}")),
    };
    let mut directory_end = position(archive.central_directory_start());
    for index in 0..archive.len() {
        let mut part = match archive.by_index(index) {
            Ok(part) => part,
            Err(error) => return Some(format!("its part {} cannot be read: {error}", index + 1)),
        };
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        if !has_header_of(bytes, position(part.header_start()), part.name_raw()) {
            return Some(format!("its ZIP directory lists the part {name}, which is not there"));
        }
        let entry_end = entry_end(bytes, position(part.central_header_start()));
        directory_end = directory_end.max(entry_end);
        let size = part.size();
        match io::copy(&mut part, &mut io::sink()) {
            Ok(read) if read == size => {}
            Ok(_) => return Some(format!("its part {name} has the wrong length")),
            Err(_) => return Some(format!("its part {name} does not fit its checksum")),
        }
    }
    let has_more = bytes.get(directory_end..).is_some_and(|it| it.starts_with(ENTRY_SIGNATURE));
    (has_more || archive.has_duplicate_names())
        .then(|| "its ZIP directory lists other parts than it counts".to_owned())
}

/// Converts an offset. One beyond the memory is beyond the end of any file.
fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Whether the header at `start` is that of the part with this name.
fn has_header_of(bytes: &[u8], start: usize, name: &[u8]) -> bool {
    let header = bytes.get(start..).unwrap_or_default();
    u16_at(header, 26) == name.len()
        && header.get(HEADER_BYTES..).is_some_and(|rest| rest.starts_with(name))
}

/// Returns the end of the directory entry at `start`.
fn entry_end(bytes: &[u8], start: usize) -> usize {
    let entry = bytes.get(start..).unwrap_or_default();
    start + ENTRY_BYTES + u16_at(entry, 28) + u16_at(entry, 30) + u16_at(entry, 32)
}

/// The number in the two bytes at `at`, or 0 beyond the end.
fn u16_at(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 2) {
        Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
        _ => 0,
    }
}
