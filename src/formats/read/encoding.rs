//! Decoding bytes as text: UTF-8 and UTF-16, with Windows-1252 for bytes that are neither.

use std::io::{self, BufRead, Read};

use super::Sink;
use crate::record::Problem;

/// Returns why a file with these first bytes cannot be read as text: it is empty or binary.
pub(super) fn unreadable_reason(start: &[u8]) -> Option<&'static str> {
    let (text, _) = decode(start);
    if text.trim().is_empty() {
        return Some("this file is empty");
    }
    let is_binary = text.contains('\0') || has_many_controls(&text) || text.starts_with("%PDF-");
    is_binary
        .then_some("this is neither text nor a format that fonds reads: fonds formats lists them")
}

/// Whether the first bytes of a file are text, in which a control character may stand by mistake.
pub(super) fn has_few_controls(start: &[u8]) -> bool {
    let (text, _) = decode(start);
    !text.trim().is_empty() && !has_many_controls(&text)
}

/// Whether more than a twentieth of the bytes are control characters, as in files that are no text.
fn has_many_controls(text: &str) -> bool {
    let is_control = |c: &char| *c < ' ' && !"\t\n\r\x0b\x0c\x1b".contains(*c);
    text.chars().filter(is_control).count() * 20 > text.len()
}

/// The byte-order mark of UTF-8.
const UTF8_BOM: &[u8] = "\u{feff}".as_bytes();

/// Reads a whole file as text. Warns about the first bytes that are not UTF-8.
pub(super) fn read_text(
    name: &str,
    reader: &mut dyn Read,
    sink: &mut dyn Sink,
) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let (text, warning) = decode(&bytes);
    if let Some((line, message)) = warning {
        sink.report(Problem::warning(name, Some(line), message));
    }
    Ok(text)
}

/// Reads the lines of a file as text, one at a time, so that the whole file is never in memory.
pub(super) struct Lines<'a> {
    /// The name of the file as the user gave it.
    name: &'a str,
    reader: &'a mut dyn BufRead,
    /// The bytes of the current line.
    line: Vec<u8>,
    /// The number of the current line, counted from 1.
    line_number: usize,
    /// Whether the warning about the encoding was given.
    encoding_reported: bool,
}

impl<'a> Lines<'a> {
    /// Creates a line reader that stands before the first line.
    pub(super) fn new(name: &'a str, reader: &'a mut dyn BufRead) -> Lines<'a> {
        Lines { name, reader, line: Vec::new(), line_number: 0, encoding_reported: false }
    }

    /// Returns the number and text of the next line, without its line break.
    ///
    /// The first line that is not UTF-8 gives a warning.
    pub(super) fn next(&mut self, sink: &mut dyn Sink) -> io::Result<Option<(usize, String)>> {
        self.line.clear();
        if self.reader.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.line_number += 1;
        let (mut text, warning) = decode(&self.line);
        if let Some((_, message)) = warning.filter(|_| !self.encoding_reported) {
            self.encoding_reported = true;
            sink.report(Problem::warning(self.name, Some(self.line_number), message));
        }
        let line = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        text.truncate(line.map_or(text.len(), str::len));
        Ok(Some((self.line_number, text)))
    }
}

/// Decodes bytes, without the byte-order mark. Returns a warning with its line, counted from 1.
///
/// Bytes that are not UTF-8 are read as Windows-1252, one by one. So a file in either encoding, or
/// one with parts in both, keeps all its letters.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<(usize, &'static str)>) {
    if let Some(text) = decode_utf16(bytes) {
        return (text, None);
    }
    let bytes = bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut warning = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if invalid.is_empty() {
            continue;
        }
        let is_incomplete =
            std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
        let is_last = invalid.as_ptr_range().end == bytes.as_ptr_range().end;
        // A single byte at the end is more likely a whole letter of Windows-1252.
        let is_cut_off = is_incomplete && is_last && invalid.len() > 1;
        let (letters, message): (String, _) = if is_cut_off {
            ("\u{fffd}".to_owned(), "the file ends in the middle of a letter")
        } else {
            let letters = invalid.iter().map(|byte| decode_windows_1252(*byte)).collect();
            (letters, "letters that are not UTF-8 were read as Windows-1252")
        };
        warning.get_or_insert_with(|| (text.matches('\n').count() + 1, message));
        text.push_str(&letters);
    }
    (text, warning)
}

/// Decodes UTF-16 that starts with a byte-order mark; `None` for other bytes.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let unit_from_bytes: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let pairs = bytes.chunks_exact(2).skip(1).filter_map(|pair| pair.try_into().ok());
    let units = pairs.map(unit_from_bytes);
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect())
}

/// Decodes a byte with the windows-1252 table of the WHATWG Encoding Standard.
pub(super) fn decode_windows_1252(byte: u8) -> char {
    /// The characters of the bytes 0x80 to 0x9F. The others are the same as in Unicode.
    const CHARS_FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let index = usize::from(byte).checked_sub(0x80);
    index.and_then(|index| CHARS_FROM_0X80.get(index)).copied().unwrap_or(char::from(byte))
}
