//! Text in another encoding as UTF-8, as it comes in.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::Options;

/// How many bytes are made UTF-8 at once.
const CHUNK: usize = 1 << 16;

/// The mark of UTF-8: what begins so is read as UTF-8, whatever it says of itself.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The encoding that a file has to be brought from: the one the reader wants, or UTF-16, which begins
/// with its mark.
pub(super) fn encoding(options: &Options, beginning: &[u8]) -> Option<&'static Encoding> {
    let marked = Encoding::for_bom(beginning).map(|(encoding, _)| encoding);
    options.encoding.or(marked).filter(|encoding| *encoding != UTF_8)
}

/// The bytes as UTF-8, with its mark: what was read of them, and the rest.
pub(super) fn text<'a>(
    encoding: &'static Encoding,
    begun: Vec<u8>,
    rest: &'a mut dyn BufRead,
) -> BufReader<Box<dyn Read + 'a>> {
    let bytes = Box::new(io::Cursor::new(begun).chain(rest));
    let decoded = Transcoded {
        bytes: BufReader::with_capacity(CHUNK, bytes),
        decoder: encoding.new_decoder_with_bom_removal(),
        done: false,
    };
    BufReader::with_capacity(CHUNK, Box::new(MARK.chain(decoded)))
}

/// Bytes that are decoded as they are read.
struct Transcoded<R> {
    bytes: BufReader<R>,
    decoder: Decoder,
    /// Whether everything was decoded.
    done: bool,
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // A letter has four bytes at most, and what is written into has to hold one.
        if into.len() < 4 {
            return Err(io::Error::other("too little room for a letter"));
        }
        while !self.done {
            let bytes = self.bytes.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, into, last);
            self.bytes.consume(read);
            self.done = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
