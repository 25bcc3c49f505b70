//! The lines of a file around a place in it, to be looked at.

use std::io::{self, BufRead, Read};

use super::{Options, beginning, decompress, encoding, transcode};

/// How many bytes of a line are shown at most: some files are one line.
const LONGEST: usize = 2000;

/// A line, and its number, counted from 1.
pub type NumberedLine = (usize, String);

/// The lines of a file around a line, so many before and behind it, as text without its compression.
/// Nothing where the file is no text.
///
/// # Errors
/// The bytes could not be had.
pub fn around(
    line: usize,
    reach: usize,
    options: &Options,
    bytes: &mut dyn BufRead,
) -> io::Result<Option<Vec<NumberedLine>>> {
    let mut bytes = decompress::unpacked(bytes)?;
    let begun = beginning(&mut *bytes)?;
    let numbers = (line.saturating_sub(reach), line.saturating_add(reach));
    match transcode::encoding(options, &begun) {
        Some(encoding) => {
            lines(&mut transcode::text(encoding, begun, &mut *bytes), numbers).map(Some)
        }
        None if encoding::not_text(&begun).is_some() => Ok(None),
        None => lines(&mut begun.as_slice().chain(bytes), numbers).map(Some),
    }
}

/// The lines from one number to another, both of them included.
fn lines(bytes: &mut dyn BufRead, (first, last): (usize, usize)) -> io::Result<Vec<NumberedLine>> {
    let mut lines = Vec::new();
    for number in 1..=last {
        let Some(line) = next_line(bytes, if number < first { 0 } else { LONGEST })? else { break };
        if number >= first {
            let (text, _) = encoding::decode(&line);
            lines.push((number, text.trim_end_matches(['\n', '\r']).to_owned()));
        }
    }
    Ok(lines)
}

/// The next line, or as many bytes of it as are wanted; nothing at the end of the file.
fn next_line(bytes: &mut dyn BufRead, wanted: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let found = bytes.fill_buf()?;
        if found.is_empty() {
            return Ok(any.then_some(line));
        }
        any = true;
        let end = memchr::memchr(b'\n', found).map(|at| at + 1);
        let piece = found.get(..end.unwrap_or(found.len())).unwrap_or(found);
        let room = wanted.saturating_sub(line.len()).min(piece.len());
        line.extend_from_slice(piece.get(..room).unwrap_or(piece));
        let read = piece.len();
        bytes.consume(read);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}
