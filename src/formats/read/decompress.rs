//! Compressed files: gzip (RFC 1952) and Zstandard (RFC 8878), found by their first bytes, streamed.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How many bytes are unpacked at once.
const CHUNK: usize = 1 << 17;

/// The bytes behind a compression, or as they are where there is none.
///
/// # Errors
/// The bytes could not be had, or the compression is broken at its beginning.
pub(super) fn unpacked<'a>(bytes: &'a mut dyn BufRead) -> io::Result<Box<dyn BufRead + 'a>> {
    let beginning = bytes.fill_buf()?;
    Ok(match beginning {
        [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(CHUNK, MultiGzDecoder::new(bytes))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(BufReader::with_capacity(
            CHUNK,
            Frames { bytes, frame: FrameDecoder::new(), open: false },
        )),
        _ => Box::new(bytes),
    })
}

/// A name without the ending of a compression: `harvest.jsonl` of `harvest.jsonl.gz`.
pub(super) fn inner_name(name: &str) -> &str {
    let ending = |name: &str| {
        let (inner, ending) = name.rsplit_once('.')?;
        let packed = ["gz", "zst", "zstd"].contains(&ending.to_ascii_lowercase().as_str());
        packed.then_some(inner.len())
    };
    ending(name).and_then(|end| name.get(..end)).unwrap_or(name)
}

/// Zstandard frames, one after the other: compressing in parallel, and appending, makes several.
struct Frames<'a> {
    /// What is still packed.
    bytes: &'a mut dyn BufRead,
    /// Unpacks a frame.
    frame: FrameDecoder,
    /// Whether a frame is open.
    open: bool,
}

impl Frames<'_> {
    /// Opens the next frame that is no padding; whether there is one.
    fn next(&mut self) -> io::Result<bool> {
        while !self.bytes.fill_buf()?.is_empty() {
            match self.frame.init(&mut *self.bytes) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut *self.bytes).take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.open {
                self.open = self.next()?;
                if !self.open {
                    return Ok(0);
                }
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let block = BlockDecodingStrategy::UptoBlocks(1);
                self.frame.decode_blocks(&mut *self.bytes, block).map_err(io::Error::other)?;
            }
            let read = self.frame.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            self.open = false;
        }
    }
}
