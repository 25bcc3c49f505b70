//! Walks through JSON text, and takes whole values without parsing them.

use std::io::{self, BufRead};

use memchr::{memchr_iter, memchr2, memrchr};
use serde::de::IgnoredAny;

use super::{decoder, error_reason};
use crate::formats::read::xml::DecodedReader;
use crate::formats::read::{InputFile, Sink};

/// Why a walk ends before the end of the text.
#[derive(Debug)]
pub(crate) enum WalkError {
    /// The file could not be read.
    Io(io::Error),
    /// The text is not JSON. The reason has no location, which is that of the cursor.
    Syntax(String),
}

impl From<io::Error> for WalkError {
    fn from(error: io::Error) -> WalkError {
        WalkError::Io(error)
    }
}

/// A position in the JSON text of a file.
pub(crate) struct Cursor<'f> {
    decoded: DecodedReader<'f>,
    /// The line of the position, counted from 1.
    pub(crate) line: usize,
    /// The number of bytes of the line before the position.
    pub(crate) column: usize,
}

impl<'f> Cursor<'f> {
    /// Starts at the beginning of a file, behind its byte order mark.
    ///
    /// # Errors
    /// The file could not be read.
    pub(crate) fn new(file: &'f mut InputFile<'_>) -> io::Result<Cursor<'f>> {
        Ok(Cursor { decoded: DecodedReader::new(file.bytes)?, line: 1, column: 0 })
    }

    /// Moves behind white space. Returns the byte there; `None` at the end of the file.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, WalkError> {
        loop {
            let bytes = self.decoded.fill_buf()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let blank = bytes.iter().take_while(|byte| is_blank(**byte)).count();
            let next = bytes.get(blank).copied();
            self.consume(blank);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Whether the value at the position is an empty list or object, or `null`.
    ///
    /// # Errors
    /// The file could not be read.
    pub(crate) fn is_at_nothing(&mut self) -> Result<bool, WalkError> {
        let closing = match self.peek()? {
            Some(b'[') => b']',
            Some(b'{') => b'}',
            other => return Ok(other == Some(b'n')),
        };
        loop {
            let inside = self.decoded.rest().iter().skip(1);
            if let Some(next) = inside.copied().find(|byte| !is_blank(*byte)) {
                return Ok(next == closing);
            }
            if !self.decoded.decode_more()? {
                return Ok(false);
            }
        }
    }

    /// Moves behind the byte that [`Cursor::peek`] returned.
    pub(crate) fn skip_byte(&mut self) {
        self.column += 1;
        self.decoded.consume(1);
    }

    /// Appends the value at the position to `json`, and moves behind it. Its brackets and quotation marks are
    /// paired, but it may be no JSON otherwise.
    ///
    /// # Errors
    /// The file ends inside the value, or could not be read.
    pub(crate) fn take_value(&mut self, json: &mut Vec<u8>) -> Result<(), WalkError> {
        self.take_value_within(json, usize::MAX).map(|_| ())
    }

    /// Does the same as [`Cursor::take_value`] for a value of at most `limit` bytes. A longer one is passed
    /// over. Returns whether it was taken whole.
    ///
    /// # Errors
    /// The file ends inside the value, or could not be read.
    pub(crate) fn take_value_within(
        &mut self,
        json: &mut Vec<u8>,
        limit: usize,
    ) -> Result<bool, WalkError> {
        let start = json.len();
        self.peek()?;
        let mut end = ValueEnd::default();
        let mut is_whole = true;
        loop {
            let bytes = self.decoded.fill_buf()?;
            let is_at_end = bytes.is_empty();
            let (length, is_found) = end.find(bytes);
            is_whole = is_whole && json.len() - start + length <= limit;
            if is_whole {
                json.extend_from_slice(bytes.get(..length).unwrap_or_default());
            }
            self.consume(length);
            if is_found {
                return Ok(is_whole);
            }
            if is_at_end && !is_whole {
                return Err(WalkError::Syntax("the file ends inside a value".to_owned()));
            }
            if is_at_end {
                let json = json.get(start..).unwrap_or_default();
                return match serde_json::from_slice::<IgnoredAny>(json) {
                    Ok(IgnoredAny) => Ok(true),
                    Err(error) => Err(WalkError::Syntax(error_reason(&error))),
                };
            }
        }
    }

    /// Moves behind a comma or the end of a list or an object. Returns whether it was a comma.
    ///
    /// # Errors
    /// Something else is there.
    pub(crate) fn skip_separator(&mut self, closing: u8) -> Result<bool, WalkError> {
        let is_comma = match self.peek()? {
            Some(b',') => true,
            Some(byte) if byte == closing => false,
            Some(_) => {
                return Err(WalkError::Syntax(format!(
                    "expected `,` or `{}`",
                    char::from(closing)
                )));
            }
            None => return Err(WalkError::Syntax("the file ends inside a list".to_owned())),
        };
        self.skip_byte();
        Ok(is_comma)
    }

    /// Whether no value is left of the bytes that were read so far. The next read may wait for a pipe.
    pub(crate) fn is_at_end_of_read(&self) -> bool {
        let rest = self.decoded.rest();
        rest.len() <= MAX_SEPARATOR_BYTES
            && rest.iter().all(|byte| is_blank(*byte) || *byte == b',')
    }

    /// Warns of letters that were not UTF-8.
    pub(crate) fn report_encoding(&self, file: &str, sink: &mut dyn Sink) {
        decoder::report_encoding(file, self.decoded.first_malformed_line, sink);
    }

    /// Moves behind some bytes.
    fn consume(&mut self, length: usize) {
        let bytes = self.decoded.rest().get(..length).unwrap_or_default();
        match memrchr(b'\n', bytes) {
            Some(at) => {
                self.line += memchr_iter(b'\n', bytes).count();
                self.column = length - at - 1;
            }
            None => self.column += length,
        }
        self.decoded.consume(length);
    }
}

/// The most bytes between two values of a list that is written a line a value.
const MAX_SEPARATOR_BYTES: usize = 8;

/// Whether a byte is white space between values.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Finds the end of a value whose text comes in pieces.
#[derive(Debug, Default)]
struct ValueEnd {
    /// The number of lists and objects that are open.
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    /// Whether a number or a word began.
    is_in_word: bool,
}

impl ValueEnd {
    /// Returns how many bytes of the next piece belong to the value, and whether it ends there.
    fn find(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_in_string {
                at += self.skip_string(bytes.get(at..).unwrap_or_default());
                if !self.is_in_string && self.depth == 0 {
                    return (at, true);
                }
                continue;
            }
            if self.depth > 0 {
                let (length, is_found) = self.skip_inside(bytes.get(at..).unwrap_or_default());
                at += length;
                if is_found {
                    return (at, true);
                }
                continue;
            }
            let ends_word = match byte {
                b'"' | b'{' | b'[' => self.is_in_word,
                b'}' | b']' | b',' | b':' => true,
                byte => is_blank(*byte),
            };
            if ends_word {
                return (at, true);
            }
            match byte {
                b'"' => self.is_in_string = true,
                b'{' | b'[' => self.depth += 1,
                _ => self.is_in_word = true,
            }
            at += 1;
        }
        (at, false)
    }

    /// Returns how many bytes of a list or an object there are up to the next sign that counts, and whether it ends
    /// with it.
    fn skip_inside(&mut self, bytes: &[u8]) -> (usize, bool) {
        let counts = |byte: &u8| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']');
        let Some(at) = bytes.iter().position(counts) else { return (bytes.len(), false) };
        match bytes.get(at) {
            Some(b'"') => self.is_in_string = true,
            Some(b'{' | b'[') => self.depth += 1,
            _ => self.depth -= 1,
        }
        (at + 1, self.depth == 0)
    }

    /// Returns how many bytes belong to the text that is open.
    fn skip_string(&mut self, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.is_escaped) {
            return 1;
        }
        match memchr2(b'"', b'\\', bytes) {
            None => bytes.len(),
            Some(at) => {
                self.is_escaped = bytes.get(at) == Some(&b'\\');
                self.is_in_string = self.is_escaped;
                at + 1
            }
        }
    }
}
