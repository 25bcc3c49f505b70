//! Decodes an XML file to UTF-8, from the encoding of its byte-order mark or XML declaration.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::formats::read::encoding::decode_windows_1252;

/// The number of bytes of UTF-8 that are decoded at once. No character needs more than eight.
const CHUNK_BYTES: usize = 24 * 1024;

/// A reader that decodes as it is read, and counts lines on demand.
pub(crate) struct DecodedReader<'a> {
    bytes: &'a mut dyn BufRead,
    decoder: Decoder,
    /// Decoded text: first the consumed part, then the rest.
    window: String,
    /// The number of bytes of `window` that were consumed.
    consumed: usize,
    /// The number of bytes of decoded text before `window`.
    dropped: u64,
    /// Whether all input was decoded.
    finished: bool,
    /// The line at `counted_to`, counted from 1. Lines are counted only when one is asked for.
    line: usize,
    /// The offset in `window` up to which lines were counted.
    counted_to: usize,
    /// The line of the first character that is not valid in the encoding of the file.
    pub(crate) first_malformed_line: Option<usize>,
}

impl<'a> DecodedReader<'a> {
    /// Detects the encoding from a byte-order mark, then from a declaration; UTF-8 without either.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(crate) fn new(bytes: &'a mut dyn BufRead) -> io::Result<DecodedReader<'a>> {
        let beginning = bytes.fill_buf()?;
        let encoding = Encoding::for_bom(beginning).map(|(encoding, _)| encoding);
        let encoding = encoding.or_else(|| declared_encoding(beginning)).unwrap_or(UTF_8);
        Ok(DecodedReader {
            bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            window: String::new(),
            consumed: 0,
            dropped: 0,
            finished: false,
            line: 1,
            counted_to: 0,
            first_malformed_line: None,
        })
    }

    /// The name of the encoding.
    pub(super) fn encoding(&self) -> &'static str {
        self.decoder.encoding().name()
    }

    /// The current position, in bytes of decoded text.
    pub(super) fn position(&self) -> u64 {
        self.dropped + self.consumed as u64
    }

    /// The line of the current position, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line_at(self.consumed)
    }

    /// The line of the current position. Later lines are counted from here.
    pub(crate) fn count_lines(&mut self) -> usize {
        self.count_lines_before(0)
    }

    /// The line `length` bytes before the current position. Later lines are counted from there.
    pub(super) fn count_lines_before(&mut self, length: usize) -> usize {
        let at = self.consumed.saturating_sub(length);
        (self.line, self.counted_to) = (self.line_at(at), at);
        self.line
    }

    /// The line of an offset in `window`.
    fn line_at(&self, at: usize) -> usize {
        self.line + count_newlines(self.window.get(self.counted_to..at).unwrap_or(""))
    }

    /// The text that was decoded and not consumed yet.
    #[inline]
    pub(crate) fn rest(&self) -> &[u8] {
        self.window.as_bytes().get(self.consumed..).unwrap_or(&[])
    }

    /// The text that was decoded and not consumed yet, between two offsets.
    pub(super) fn rest_text(&self, start: usize, end: usize) -> &str {
        self.window.get(self.consumed + start..self.consumed + end).unwrap_or("")
    }

    /// The consumed text between two positions, in bytes before the current position.
    #[inline]
    pub(super) fn consumed_text(&self, start: usize, end: usize) -> &str {
        let offset = |before: usize| self.consumed.saturating_sub(before);
        self.window.get(offset(start)..offset(end)).unwrap_or("")
    }

    /// Drops consumed text and decodes more; false at the end of the file.
    pub(crate) fn decode_more(&mut self) -> io::Result<bool> {
        if self.finished {
            return Ok(false);
        }
        self.count_lines();
        self.window.drain(..self.consumed);
        self.dropped += self.consumed as u64;
        (self.consumed, self.counted_to) = (0, 0);
        self.decode()?;
        Ok(true)
    }

    /// Decodes the next bytes to the end of `window`. Malformed bytes are read as Windows-1252.
    fn decode(&mut self) -> io::Result<()> {
        let input = self.bytes.fill_buf()?;
        let last = input.is_empty();
        self.window.reserve(CHUNK_BYTES);
        let (result, read) =
            self.decoder.decode_to_string_without_replacement(input, &mut self.window, last);
        if let DecoderResult::Malformed(bad, extra) = result {
            if self.first_malformed_line.is_none() {
                self.first_malformed_line = Some(self.line + count_newlines(&self.window));
            }
            let end = read.saturating_sub(usize::from(extra));
            let bytes = end.checked_sub(usize::from(bad)).and_then(|start| input.get(start..end));
            match bytes {
                Some(bytes) => {
                    self.window.extend(bytes.iter().map(|byte| decode_windows_1252(*byte)));
                }
                None => self.window.push('\u{fffd}'),
            }
        }
        self.finished = last && result == DecoderResult::InputEmpty;
        self.bytes.consume(read);
        Ok(())
    }
}

impl BufRead for DecodedReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.consumed >= self.window.len() && self.decode_more()? {}
        Ok(self.rest())
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.consumed = (self.consumed + count).min(self.window.len());
    }
}

impl Read for DecodedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// The number of line breaks in a text.
pub(super) fn count_newlines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// The encoding of a file without a byte-order mark: UTF-16, or the one its declaration names.
fn declared_encoding(beginning: &[u8]) -> Option<&'static Encoding> {
    match beginning {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let declaration = beginning.split(|byte| *byte == b'>').next()?;
    let declaration = std::str::from_utf8(declaration).ok()?.trim_start().strip_prefix("<?xml")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    // The declaration was read as single bytes, so the file is not UTF-16, whatever it names.
    Encoding::for_label(label.as_bytes())
        .map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}
