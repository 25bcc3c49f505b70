//! The lines of a file around one line, to show where a problem is.

use std::io::{self, BufRead, Read};

use super::{DETECTION_BYTES, ReadOptions, decompress, encoding, read_first, transcode};

/// The number of bytes of a line that are read. Some files are a single line.
const MAX_LINE_BYTES: usize = 2000;

/// The number of a line, counted from 1, and its text.
pub type NumberedLine = (usize, String);

/// Returns a line of a file with `context_lines` before and after it, decompressed and decoded.
///
/// Returns `None` if the file is not text.
///
/// # Errors
/// Reading the bytes failed.
pub fn lines_around(
    line: usize,
    context_lines: usize,
    options: &ReadOptions,
    bytes: &mut dyn BufRead,
) -> io::Result<Option<Vec<NumberedLine>>> {
    let mut bytes = decompress::unchecked_reader(bytes, options.unpack_limit())?;
    let start = read_first(&mut *bytes, DETECTION_BYTES)?;
    let numbers = (line.saturating_sub(context_lines), line.saturating_add(context_lines));
    let mut text = transcode::open(options, start, &mut *bytes);
    let start = read_first(&mut text, DETECTION_BYTES)?;
    if encoding::unreadable_reason(&start).is_some() {
        return Ok(None);
    }
    lines(&mut start.as_slice().chain(text), numbers).map(Some)
}

/// The lines from the first to the last number, inclusive.
fn lines(bytes: &mut dyn BufRead, (first, last): (usize, usize)) -> io::Result<Vec<NumberedLine>> {
    let mut lines = Vec::new();
    for number in 1..=last {
        let Some(line) = next_line(bytes, if number < first { 0 } else { MAX_LINE_BYTES })? else {
            break;
        };
        if number >= first {
            let (text, _) = encoding::decode(&line);
            lines.push((number, text.trim_end_matches(['\n', '\r']).to_owned()));
        }
    }
    Ok(lines)
}

/// Reads the next line and returns at most `max_bytes` of it; `None` at the end of the file.
fn next_line(bytes: &mut dyn BufRead, max_bytes: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let found = bytes.fill_buf()?;
        if found.is_empty() {
            return Ok(any.then_some(line));
        }
        any = true;
        let end = memchr::memchr(b'\n', found).map(|at| at + 1);
        let chunk = found.get(..end.unwrap_or(found.len())).unwrap_or(found);
        let room = max_bytes.saturating_sub(line.len()).min(chunk.len());
        line.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
        let read = chunk.len();
        bytes.consume(read);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}
