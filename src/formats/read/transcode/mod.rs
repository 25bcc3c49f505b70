//! Converts text in any encoding to UTF-8 while it is read.
//!
//! [`open`] decides how: by the encoding the user chose, a byte-order mark, the zero bytes of UTF-16 and
//! UTF-32, the declaration of XML, HTML or BibTeX, and for all other files by the bytes that are not UTF-8.

mod controls;
mod declared;
mod findings;
mod guess;
mod guessing_reader;
mod stream;

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::UTF_8;

use super::{ReadOptions, foreign_kinds};
use controls::ControlCounter;
use declared::Marked;
use findings::Findings;
pub(super) use findings::no_letters_message;
use guessing_reader::{GuessingReader, Policy};
use stream::{Transcoder, Utf32Reader};

/// The number of bytes that are converted at once.
const CHUNK_BYTES: usize = 1 << 16;

/// The byte-order mark of UTF-8. A file that starts with it is UTF-8, whatever it declares.
const UTF8_BOM: &[u8] = "\u{feff}".as_bytes();

/// A file as UTF-8.
pub(super) struct TextReader<'a> {
    bytes: Box<dyn BufRead + 'a>,
    controls: ControlCounter,
    /// How many bytes of the buffer have been searched for control characters.
    searched: usize,
    findings: Findings,
}

impl TextReader<'_> {
    /// The warnings about the encoding, with their lines. They are complete at the end of the file.
    pub(super) fn take_warnings(&self) -> Vec<(usize, String)> {
        self.findings.take()
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for TextReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let text = self.bytes.fill_buf()?;
        // Lines are consumed one by one: it is the whole buffer that is searched, once.
        if let Some(unsearched @ [_, ..]) = text.get(self.searched..) {
            self.controls.count(unsearched, &self.findings);
            self.searched = text.len();
        }
        Ok(text)
    }

    fn consume(&mut self, count: usize) {
        self.searched = self.searched.saturating_sub(count);
        self.bytes.consume(count);
    }
}

/// A reader of a text file as UTF-8. `start` are its bytes read so far.
///
/// Where the encoding is not what the file declares, the text starts with a byte-order mark, so that the
/// parser ignores the declaration.
pub(super) fn open<'a>(
    options: &ReadOptions,
    start: Vec<u8>,
    rest: &'a mut dyn BufRead,
) -> TextReader<'a> {
    let findings = Findings::default();
    let marked = match options.encoding {
        Some(_) => None,
        None if foreign_kinds::describe("", &start).is_some() => None,
        None => declared::marked_encoding(&start, &findings),
    };
    let known = options.encoding.map(Marked::Known).or(marked);
    let declared = declared::declared_encoding(&start);
    let bytes = io::Cursor::new(start).chain(rest);
    let (reader, is_marked): (Box<dyn BufRead + 'a>, bool) = match (known, declared) {
        (Some(Marked::Utf32(order)), _) => {
            (buffered(Utf32Reader::new(bytes, order, findings.clone())), true)
        }
        (Some(Marked::Known(encoding)), _) if encoding == UTF_8 && options.encoding.is_none() => {
            let reader = GuessingReader::new(bytes, Policy::Utf8, findings.clone());
            (Box::new(reader), false)
        }
        (Some(Marked::Known(encoding)), _) => {
            (buffered(Transcoder::new(encoding, bytes, findings.clone())), true)
        }
        (None, declared) => {
            let policy = declared.map_or(Policy::Guess, Policy::Declared);
            let reader = GuessingReader::new(bytes, policy, findings.clone());
            (Box::new(reader), declared.is_some())
        }
    };
    let bytes = if is_marked { Box::new(UTF8_BOM.chain(reader)) } else { reader };
    TextReader { bytes, controls: ControlCounter::default(), searched: 0, findings }
}

/// Buffers what a reader converts.
fn buffered<'a>(reader: impl Read + 'a) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(CHUNK_BYTES, reader))
}
