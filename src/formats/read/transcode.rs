//! Converts text in another encoding to UTF-8 while it is read.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::ReadOptions;

/// The number of bytes that are converted at once.
const CHUNK_BYTES: usize = 1 << 16;

/// The byte-order mark of UTF-8. A file that starts with it is UTF-8, whatever it declares.
const UTF8_BOM: &[u8] = "\u{feff}".as_bytes();

/// The encoding to convert a file from: the one the user chose, or UTF-16 with a byte-order mark.
///
/// Returns `None` for UTF-8 and for files whose encoding is unknown.
pub(super) fn source_encoding(
    options: &ReadOptions,
    beginning: &[u8],
) -> Option<&'static Encoding> {
    let from_bom = Encoding::for_bom(beginning).map(|(encoding, _)| encoding);
    options.encoding.or(from_bom).filter(|encoding| *encoding != UTF_8)
}

/// A reader of a file as UTF-8 with a byte-order mark. `start` are its bytes read so far.
pub(super) fn reader<'a>(
    encoding: &'static Encoding,
    start: Vec<u8>,
    rest: &'a mut dyn BufRead,
) -> BufReader<Box<dyn Read + 'a>> {
    let bytes = Box::new(io::Cursor::new(start).chain(rest));
    let transcoder = Transcoder {
        bytes: BufReader::with_capacity(CHUNK_BYTES, bytes),
        decoder: encoding.new_decoder_with_bom_removal(),
        finished: false,
    };
    BufReader::with_capacity(CHUNK_BYTES, Box::new(UTF8_BOM.chain(transcoder)))
}

/// A reader that converts another one to UTF-8.
struct Transcoder<R> {
    bytes: BufReader<R>,
    decoder: Decoder,
    /// Whether everything was converted.
    finished: bool,
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
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, buffer, last);
            self.bytes.consume(read);
            self.finished = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
