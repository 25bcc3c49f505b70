//! The bytes of a file as UTF-8, from the encoding that its mark or its declaration names.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::formats::read::encoding::windows_1252;

/// How much is decoded at once, in bytes of UTF-8. No letter of any encoding needs more than eight.
const CHUNK: usize = 24 * 1024;

/// Decodes while it is read, and knows the line of what was taken.
pub(crate) struct Decoded<'a> {
    bytes: &'a mut dyn BufRead,
    decoder: Decoder,
    /// What was decoded and is still of use: what was taken last, and what was not.
    window: String,
    /// How much of it was taken.
    taken: usize,
    ended: bool,
    /// The line of what stands there, from 1: lines are counted only where one is asked for.
    line: usize,
    counted: usize,
    /// The line of the first letter that is not in the encoding of the file.
    pub(crate) strange: Option<usize>,
}

impl<'a> Decoded<'a> {
    /// Looks at the beginning for a mark, then for a declaration; without either it is UTF-8.
    pub(crate) fn new(bytes: &'a mut dyn BufRead) -> io::Result<Decoded<'a>> {
        let beginning = bytes.fill_buf()?;
        let encoding = Encoding::for_bom(beginning).map(|(encoding, _)| encoding);
        let encoding = encoding.or_else(|| without_mark(beginning)).unwrap_or(UTF_8);
        Ok(Decoded {
            bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            window: String::new(),
            taken: 0,
            ended: false,
            line: 1,
            counted: 0,
            strange: None,
        })
    }

    /// The name of the encoding.
    pub(super) fn encoding(&self) -> &'static str {
        self.decoder.encoding().name()
    }

    /// The line of what comes next, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line_at(self.taken)
    }

    /// The line of what comes next, from which the next one is counted.
    pub(crate) fn count_lines(&mut self) -> usize {
        self.count_lines_before(0)
    }

    /// The line of what was taken last and is so long, from which the next one is counted.
    pub(super) fn count_lines_before(&mut self, length: usize) -> usize {
        let at = self.taken.saturating_sub(length);
        (self.line, self.counted) = (self.line_at(at), at);
        self.line
    }

    /// The line of a place in the window.
    fn line_at(&self, at: usize) -> usize {
        self.line + newlines(self.window.get(self.counted..at).unwrap_or(""))
    }

    /// What was decoded and not taken.
    #[inline]
    pub(super) fn rest(&self) -> &[u8] {
        self.window.as_bytes().get(self.taken..).unwrap_or(&[])
    }

    /// What was taken last, between so many bytes before what comes next.
    #[inline]
    pub(super) fn taken(&self, start: usize, end: usize) -> &str {
        let place = |before: usize| self.taken.saturating_sub(before);
        self.window.get(place(start)..place(end)).unwrap_or("")
    }

    /// Decodes more, behind what was not taken. Whether there may be more still.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.count_lines();
        self.window.drain(..self.taken);
        (self.taken, self.counted) = (0, 0);
        self.decode()?;
        Ok(true)
    }

    /// Decodes the next bytes, behind what was decoded.
    fn decode(&mut self) -> io::Result<()> {
        let input = self.bytes.fill_buf()?;
        let last = input.is_empty();
        self.window.reserve(CHUNK);
        let (result, read) =
            self.decoder.decode_to_string_without_replacement(input, &mut self.window, last);
        if let DecoderResult::Malformed(bad, extra) = result {
            if self.strange.is_none() {
                self.strange = Some(self.line + newlines(&self.window));
            }
            let end = read.saturating_sub(usize::from(extra));
            let bytes = end.checked_sub(usize::from(bad)).and_then(|start| input.get(start..end));
            match bytes {
                Some(bytes) => self.window.extend(bytes.iter().map(|byte| windows_1252(*byte))),
                None => self.window.push('\u{fffd}'),
            }
        }
        self.ended = last && result == DecoderResult::InputEmpty;
        self.bytes.consume(read);
        Ok(())
    }
}

impl BufRead for Decoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken >= self.window.len() && self.more()? {}
        Ok(self.rest())
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.window.len());
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

/// How many lines end in a text.
pub(super) fn newlines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// The encoding of a file without a mark: two bytes a letter, or what its declaration says.
fn without_mark(beginning: &[u8]) -> Option<&'static Encoding> {
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
    // What can be read as single bytes up to here is not UTF-16, whatever it says.
    Encoding::for_label(label.as_bytes())
        .map(|it| if it.is_ascii_compatible() { it } else { UTF_8 })
}
