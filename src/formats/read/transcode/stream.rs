//! Readers that convert a file whose encoding is known.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::CHUNK_BYTES;
use super::findings::Findings;

/// What stands for bytes that are no letter.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

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
            finished: false,
        }
    }

    /// Decodes into `buffer` as far as it has room. Bytes that are no letters become `�`. Returns how many bytes
    /// were written.
    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        // A character has at most four bytes. Room for a `�` stays free.
        let end = buffer.len().saturating_sub(REPLACEMENT.len());
        while let Some(room) = buffer.get_mut(written..end).filter(|room| room.len() >= 4)
            && !self.finished
        {
            let bytes = self.bytes.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, count) =
                self.decoder.decode_to_utf8_without_replacement(bytes, room, last);
            self.bytes.consume(read);
            let text = room.get(..count).unwrap_or(&[]);
            self.newlines += memchr::memchr_iter(b'\n', text).count();
            written += count;
            match result {
                DecoderResult::InputEmpty if last => self.finished = true,
                // The next read may wait, so the decoded text is returned first.
                DecoderResult::InputEmpty if written > 0 => break,
                DecoderResult::InputEmpty => {}
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(..) => {
                    let name = self.decoder.encoding().name();
                    self.findings.count_wrong(self.newlines + 1, name, 1);
                    let room = buffer.get_mut(written..).unwrap_or(&mut []);
                    written += (&mut &*REPLACEMENT).read(room)?;
                }
            }
        }
        Ok(written)
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.len() < 8 {
            return Err(io::Error::other("the buffer is too small for two characters"));
        }
        self.decode(buffer)
    }
}

/// A reader that converts UTF-32 to UTF-8, without the byte-order mark.
pub(super) struct Utf32Reader<R> {
    bytes: BufReader<R>,
    order: ByteOrder,
    at_start: bool,
    findings: Findings,
    /// The number of line breaks converted so far.
    newlines: usize,
}

impl<R: Read> Utf32Reader<R> {
    /// Creates a reader of bytes in this order.
    pub(super) fn new(bytes: R, order: ByteOrder, findings: Findings) -> Utf32Reader<R> {
        let bytes = BufReader::with_capacity(CHUNK_BYTES, bytes);
        Utf32Reader { bytes, order, at_start: true, findings, newlines: 0 }
    }

    /// The next letter; `None` at the end. Bytes that are no letter become `�`.
    fn next_letter(&mut self) -> io::Result<Option<char>> {
        let mut unit = [0; 4];
        let mut length = 0;
        while let Some(room) = unit.get_mut(length..).filter(|room| !room.is_empty()) {
            match self.bytes.read(room) {
                Ok(0) if length == 0 => return Ok(None),
                Ok(0) => break,
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let letter = char::from_u32(decode_unit(unit, self.order)).filter(|_| length == unit.len());
        if letter.is_none() {
            let name = match self.order {
                ByteOrder::Little => "UTF-32LE",
                ByteOrder::Big => "UTF-32BE",
            };
            self.findings.count_wrong(self.newlines + 1, name, 1);
        }
        self.newlines += usize::from(letter == Some('\n'));
        Ok(Some(letter.unwrap_or('\u{fffd}')))
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
