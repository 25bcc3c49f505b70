//! Streaming decompression of gzip (RFC 1952) and Zstandard (RFC 8878), known by their first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The number of bytes that are decompressed at once.
const CHUNK_BYTES: usize = 1 << 17;

/// A reader of the decompressed bytes, or of the same bytes if they are not compressed.
///
/// # Errors
/// Reading the bytes failed.
pub(super) fn reader<'a>(bytes: &'a mut dyn BufRead) -> io::Result<Box<dyn BufRead + 'a>> {
    let beginning = bytes.fill_buf()?;
    Ok(match beginning {
        [0x1f, 0x8b, ..] => {
            Box::new(BufReader::with_capacity(CHUNK_BYTES, MultiGzDecoder::new(bytes)))
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(BufReader::with_capacity(
            CHUNK_BYTES,
            ZstdReader { bytes, decoder: FrameDecoder::new(), in_frame: false },
        )),
        _ => Box::new(bytes),
    })
}

/// A file name without the ending of a compression: `harvest.jsonl` for `harvest.jsonl.gz`.
pub(super) fn uncompressed_name(name: &str) -> &str {
    let inner_length = |name: &str| {
        let (inner, ending) = name.rsplit_once('.')?;
        let is_compressed = ["gz", "zst", "zstd"].contains(&ending.to_ascii_lowercase().as_str());
        is_compressed.then_some(inner.len())
    };
    inner_length(name).and_then(|end| name.get(..end)).unwrap_or(name)
}

/// Decompresses a sequence of Zstandard frames. Parallel compression and appending make several.
struct ZstdReader<'a> {
    /// The compressed bytes that are left.
    bytes: &'a mut dyn BufRead,
    /// The decoder of the current frame.
    decoder: FrameDecoder,
    /// Whether a frame has started and not ended.
    in_frame: bool,
}

impl ZstdReader<'_> {
    /// Starts the next frame, skipping padding; false at the end of the file.
    fn start_frame(&mut self) -> io::Result<bool> {
        while !self.bytes.fill_buf()?.is_empty() {
            match self.decoder.init(&mut *self.bytes) {
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

impl Read for ZstdReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                self.in_frame = self.start_frame()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let block = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut *self.bytes, block).map_err(io::Error::other)?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.in_frame = false;
        }
    }
}
