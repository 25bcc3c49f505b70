//! Compares the checksums of a ZIP archive, and its directory with the parts that it lists.
//!
//! The parser of workbooks stops reading a part where its sheet ends, so it compares no checksum.
//! The layout of the headers is in PKWARE's APPNOTE.TXT, sections 4.3.7 and 4.3.12.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::formats::read::{UnpackExcess, UnpackLimit};

/// The beginning of a directory entry.
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
/// The length of a directory entry without its name, extra field and comment.
const ENTRY_BYTES: usize = 46;
/// The length of the header before each part, without its name.
const HEADER_BYTES: usize = 30;

/// Why a ZIP archive is not read.
#[derive(Clone, Debug)]
pub(super) enum Unsound {
    /// It is damaged in this way.
    Damaged(String),
    /// A part of it is too large.
    TooLarge(UnpackExcess),
}

/// Returns what is wrong with a ZIP archive; `None` if all its parts are sound. Other files are not
/// looked at.
pub(super) fn find_unsound(bytes: &[u8], limit: UnpackLimit) -> Option<Unsound> {
    let mut excess = None;
    let damage = damage(bytes, limit, &mut excess);
    excess.map(Unsound::TooLarge).or_else(|| damage.map(Unsound::Damaged))
}

/// Returns the damage of a ZIP archive. Ends early with an `excess`.
fn damage(bytes: &[u8], limit: UnpackLimit, excess: &mut Option<UnpackExcess>) -> Option<String> {
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
        let packed = part.compressed_size();
        match bounded_size(&mut part, packed, limit, excess) {
            _ if excess.is_some() => return None,
            Ok(read) if read == size => {}
            Ok(_) => return Some(format!("its part {name} has the wrong length")),
            Err(_) => return Some(format!("its part {name} does not fit its checksum")),
        }
    }
    let has_more = bytes.get(directory_end..).is_some_and(|it| it.starts_with(ENTRY_SIGNATURE));
    (has_more || archive.has_duplicate_names())
        .then(|| "its ZIP directory lists other parts than it counts".to_owned())
}

/// Reads a part to its end and returns its size, unless it is too large.
fn bounded_size(
    part: &mut dyn Read,
    packed: u64,
    limit: UnpackLimit,
    excess: &mut Option<UnpackExcess>,
) -> io::Result<u64> {
    let mut chunk = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        match part.read(&mut chunk) {
            Ok(0) => return Ok(size),
            Ok(count) => size += count as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        *excess = limit.excess(size, packed);
        if excess.is_some() {
            return Ok(size);
        }
    }
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
