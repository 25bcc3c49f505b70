//! Readers that convert a file whose encoding is known.

use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::{CHUNK_BYTES, Findings};

/// The order of the four bytes of a letter in UTF-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteOrder {
    /// The lowest byte comes first.
    Little,
    /// The highest byte comes first.
    Big,
}

/// A reader that converts another one to UTF-8.
pub(super) struct Transcoder<R> {
    bytes: BufReader<R>,
    decoder: Decoder,
    findings: Findings,
    /// The number of line breaks converted so far.
    newlines: usize,
    /// Whether bytes were found that are no letter of the encoding.
    reported: bool,
    /// Whether everything was converted.
    finished: bool,
}

impl<R: Read> Transcoder<R> {
    /// Creates a reader that removes the byte-order mark.
    pub(super) fn new(encoding: &'static Encoding, bytes: R, findings: Findings) -> Transcoder<R> {
        Transcoder {
            bytes: BufReader::with_capacity(CHUNK_BYTES, bytes),
            decoder: encoding.new_decoder_with_bom_removal(),
            findings,
            newlines: 0,
            reported: false,
            finished: false,
        }
    }

    /// Reports, only once, bytes that are no letter of the encoding.
    fn report_wrong_letters(&mut self, text: &[u8]) {
        if self.reported {
            return;
        }
        self.reported = true;
        let mark = memchr::memmem::find(text, "\u{fffd}".as_bytes()).unwrap_or(text.len());
        let before = text.get(..mark).unwrap_or(text);
        let line = self.newlines + memchr::memchr_iter(b'\n', before).count() + 1;
        let name = self.decoder.encoding().name();
        let message = format!(
            "bytes that are no letters of {name} are shown as �: if many are wrong, name another encoding with --encoding"
        );
        Rc::clone(&self.findings).borrow_mut().push((line, message));
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A character has at most four bytes, and the buffer must hold one.
        if buffer.len() < 4 {
            return Err(io::Error::other("the buffer is too small for a character"));
        }
        while !self.finished {
            let bytes = self.bytes.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, written, had_errors) =
                self.decoder.decode_to_utf8(bytes, buffer, last);
            self.bytes.consume(read);
            self.finished = last && result == CoderResult::InputEmpty;
            if written > 0 {
                let text = buffer.get(..written).unwrap_or(&[]);
                if had_errors {
                    self.report_wrong_letters(text);
                }
                self.newlines += memchr::memchr_iter(b'\n', text).count();
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// A reader that converts UTF-32 to UTF-8, without the byte-order mark.
pub(super) struct Utf32Reader<R> {
    bytes: BufReader<R>,
    order: ByteOrder,
    at_start: bool,
}

impl<R: Read> Utf32Reader<R> {
    /// Creates a reader of bytes in this order.
    pub(super) fn new(bytes: R, order: ByteOrder) -> Utf32Reader<R> {
        Utf32Reader { bytes: BufReader::with_capacity(CHUNK_BYTES, bytes), order, at_start: true }
    }

    /// The next letter; `None` at the end. Bytes that are no letter become `�`.
    fn next_letter(&mut self) -> io::Result<Option<char>> {
        let mut unit = [0; 4];
        match self.bytes.read_exact(&mut unit) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let number = decode_unit(unit, self.order);
        Ok(Some(char::from_u32(number).unwrap_or('\u{fffd}')))
    }
}

/// The number of a letter in UTF-32.
pub(super) fn decode_unit(unit: [u8; 4], order: ByteOrder) -> u32 {
    match order {
        ByteOrder::Little => u32::from_le_bytes(unit),
        ByteOrder::Big => u32::from_be_bytes(unit),
    }
}

impl<R: Read> Read for Utf32Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.len() < 4 {
            return Err(io::Error::other("the buffer is too small for a character"));
        }
        let mut written = 0;
        while let Some(room) = buffer.get_mut(written..written + 4) {
            let Some(letter) = self.next_letter()? else { break };
            if !(std::mem::take(&mut self.at_start) && letter == '\u{feff}') {
                written += letter.encode_utf8(room).len();
            }
        }
        Ok(written)
    }
}
