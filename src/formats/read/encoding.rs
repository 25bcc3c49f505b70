//! Bytes as text: what is no text at all, and text that is not UTF-8.

use std::io::{self, BufRead, Read};

use super::Sink;
use crate::record::Problem;

/// Says why these first bytes of a file cannot be text, if they cannot.
pub(super) fn not_text(beginning: &[u8]) -> Option<&'static str> {
    let (text, _) = decode(beginning);
    if text.trim().is_empty() {
        return Some("this file is empty");
    }
    let control = |c: &char| c.is_ascii_control() && !"\t\n\r\x0b\x0c\x1b".contains(*c);
    let controls = text.chars().filter(control).count();
    let strange = text.contains('\0') || controls * 20 > text.len() || text.starts_with("%PDF-");
    strange
        .then_some("this is not text, nor a file that is known: fonds formats lists what is read")
}

const UTF8_MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads everything as text, and notes where it was not UTF-8.
pub(super) fn read(name: &str, bytes: &mut dyn Read, sink: &mut dyn Sink) -> io::Result<String> {
    let mut all = Vec::new();
    bytes.read_to_end(&mut all)?;
    let (text, doubt) = decode(&all);
    if let Some((line, message)) = doubt {
        sink.problem(Problem::note(name, Some(line), message));
    }
    Ok(text)
}

/// The lines of a file as text, one at a time, so that no file is held as a whole.
pub(super) struct Lines<'a> {
    /// The file as the reader named it.
    name: &'a str,
    bytes: &'a mut dyn BufRead,
    line: Vec<u8>,
    number: usize,
    /// Whether it was said that the file is not UTF-8.
    doubted: bool,
}

impl<'a> Lines<'a> {
    /// The lines of a file.
    pub(super) fn new(name: &'a str, bytes: &'a mut dyn BufRead) -> Lines<'a> {
        Lines { name, bytes, line: Vec::new(), number: 0, doubted: false }
    }

    /// The next line without its end, and its number, counted from 1. That it is not UTF-8 is said once.
    pub(super) fn next(&mut self, sink: &mut dyn Sink) -> io::Result<Option<(usize, String)>> {
        self.line.clear();
        if self.bytes.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let (mut text, doubt) = decode(&self.line);
        if let Some((_, message)) = doubt.filter(|_| !self.doubted) {
            self.doubted = true;
            sink.problem(Problem::note(self.name, Some(self.number), message));
        }
        let end = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).len());
        text.truncate(end.unwrap_or(text.len()));
        Ok(Some((self.number, text)))
    }
}

/// The bytes as text without its byte-order mark, and the line and nature of the first doubt.
///
/// Bytes that are not UTF-8 are read as Windows-1252, one by one, so that a file of either kind,
/// or one pasted together from both, keeps all its letters.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<(usize, &'static str)>) {
    if let Some(text) = utf16(bytes) {
        return (text, None);
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let mut text = String::with_capacity(bytes.len());
    let mut doubt = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let strange = chunk.invalid();
        if strange.is_empty() {
            continue;
        }
        let cut = std::str::from_utf8(strange).is_err_and(|error| error.error_len().is_none());
        let at_end = cut && strange.as_ptr_range().end == bytes.as_ptr_range().end;
        let (letters, message): (String, _) = if at_end && strange.len() > 1 {
            ("\u{fffd}".to_owned(), "the file ends in the middle of a letter")
        } else {
            let letters = strange.iter().map(|byte| windows_1252(*byte)).collect();
            (letters, "letters that are not UTF-8 were read as Windows-1252")
        };
        doubt.get_or_insert_with(|| (text.matches('\n').count() + 1, message));
        text.push_str(&letters);
    }
    (text, doubt)
}

/// UTF-16 text, which begins with its byte-order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes.chunks_exact(2).skip(1).filter_map(|pair| pair.try_into().ok()).map(unit);
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect())
}

/// The letter of a byte, by the table of the WHATWG Encoding Standard for windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let high = usize::from(byte).checked_sub(0x80).and_then(|at| HIGH.get(at));
    high.copied().unwrap_or(char::from(byte))
}
