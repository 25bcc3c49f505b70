//! Streaming decompression of gzip (RFC 1952), bzip2, xz and Zstandard (RFC 8878), known by their first bytes.
//!
//! A compressed file is a sequence of frames, each with a checksum of its content. ([RFC 1952] says
//! *member*, RFC 8878 *frame*.) [`reader`] passes on no byte of a frame before its checksum was
//! compared, as long as the frame fits into memory.
//!
//! [RFC 1952]: https://www.rfc-editor.org/rfc/rfc1952

mod frames;
mod limit;

use std::io::{self, BufRead, BufReader, Read};

pub(super) use frames::CheckedFrames;
use frames::{Frames, Progress};

use super::pause;
pub(super) use limit::size as size_in_words;
pub(crate) use limit::{UnpackExcess, UnpackLimit};

/// The number of bytes that are decompressed at once.
const CHUNK_BYTES: usize = 1 << 17;

/// The largest decompressed size of a frame that is held back until its checksum is compared.
const MAX_HELD_BYTES: usize = 16 << 20;

/// A file name without the ending of a compression: `harvest.jsonl` for `harvest.jsonl.gz`.
pub(super) fn uncompressed_name(name: &str) -> &str {
    let inner_length = |name: &str| {
        let (inner, ending) = name.rsplit_once('.')?;
        let endings = ["gz", "bz2", "xz", "zst", "zstd"];
        let is_compressed = endings.contains(&ending.to_ascii_lowercase().as_str());
        is_compressed.then_some(inner.len())
    };
    inner_length(name).and_then(|end| name.get(..end)).unwrap_or(name)
}

/// A reader of the decompressed bytes, or of the same bytes if they are not compressed. It passes
/// on bytes before their checksum is compared.
///
/// # Errors
/// Reading the bytes failed.
pub(super) fn unchecked_reader(
    bytes: &mut dyn BufRead,
    limit: UnpackLimit,
) -> io::Result<Box<dyn BufRead + '_>> {
    Ok(match CheckedFrames::open(bytes, limit)? {
        CheckedFrames::Plain(bytes) => Box::new(bytes),
        CheckedFrames::Compressed(frames) => {
            Box::new(BufReader::with_capacity(CHUNK_BYTES, frames))
        }
    })
}

/// A reader of the decompressed bytes, or of the same bytes if they are not compressed.
///
/// # Errors
/// Reading the bytes failed.
pub(super) fn reader(bytes: &mut dyn BufRead, limit: UnpackLimit) -> io::Result<Decompressed<'_>> {
    Ok(match CheckedFrames::open(bytes, limit)? {
        CheckedFrames::Plain(bytes) => Decompressed::Plain(bytes),
        CheckedFrames::Compressed(frames) => Decompressed::Held(Box::new(HeldFrames {
            frames,
            held: Vec::new(),
            position: 0,
            is_released: false,
            is_paused: false,
            damage: None,
        })),
    })
}

/// The damage of a compressed file.
pub(crate) struct Damage {
    /// The number of bytes of the compressed file before the damaged frame. They are sound.
    pub(crate) sound_bytes: u64,
    /// What is wrong.
    pub(crate) error: io::Error,
}

/// Decompresses a file to its end and compares all checksums. A file that is not compressed is not
/// read.
///
/// # Errors
/// The file is damaged, or reading the bytes failed.
pub(super) fn verify(bytes: &mut dyn BufRead, limit: UnpackLimit) -> Result<(), Damage> {
    let open =
        CheckedFrames::open(bytes, limit).map_err(|error| Damage { sound_bytes: 0, error })?;
    let CheckedFrames::Compressed(mut frames) = open else { return Ok(()) };
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match frames.advance(&mut chunk) {
            Ok(Progress::Bytes(_) | Progress::FrameEnd) => {}
            Ok(Progress::End) => return Ok(()),
            Err(error) => {
                let sound_bytes = frames.frame_start();
                return Err(Damage { sound_bytes, error: frames.describe(error, false) });
            }
        }
    }
}

/// A file that is read through checksums, if it has some.
pub(super) enum Decompressed<'a> {
    /// The file is not compressed.
    Plain(&'a mut dyn BufRead),
    /// The file is compressed.
    Held(Box<HeldFrames<'a>>),
}

impl Decompressed<'_> {
    /// Reads a compressed file to its end, so that all checksums are compared. Returns a warning
    /// about frames without a checksum.
    ///
    /// # Errors
    /// The file is damaged, or reading the bytes failed.
    pub(super) fn finish(self) -> io::Result<Option<&'static str>> {
        let Decompressed::Held(mut held) = self else { return Ok(None) };
        io::copy(&mut held, &mut io::sink())?;
        Ok(held.frames.has_unchecked_frame().then_some(
            "this Zstandard file has no checksum: damage to it could not be noticed; `zstd --check` writes one",
        ))
    }
}

impl Read for Decompressed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Decompressed::Plain(bytes) => bytes.read(buffer),
            Decompressed::Held(held) => held.read(buffer),
        }
    }
}

impl BufRead for Decompressed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Decompressed::Plain(bytes) => bytes.fill_buf(),
            Decompressed::Held(held) => held.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self {
            Decompressed::Plain(bytes) => bytes.consume(count),
            Decompressed::Held(held) => held.consume(count),
        }
    }
}

/// Decompresses frames and holds each back until its checksum is compared. The beginning of a frame
/// that is larger than [`MAX_HELD_BYTES`], or in which a stream pauses, is passed on before.
pub(super) struct HeldFrames<'a> {
    frames: Box<Frames<'a>>,
    /// The bytes that are ready to be read.
    held: Vec<u8>,
    /// The number of bytes of `held` that were read.
    position: usize,
    /// Whether bytes of the current frame were passed on.
    is_released: bool,
    /// Whether the stream has paused since the reader of these bytes was last told so.
    is_paused: bool,
    /// The message of the damage that was found. Every further read fails with it, so that no
    /// parser can miss it.
    damage: Option<String>,
}

impl HeldFrames<'_> {
    /// Fills `held` with the next frame, or with the next part of a large one.
    fn refill(&mut self) -> io::Result<()> {
        self.held.clear();
        self.position = 0;
        if let Some(message) = &self.damage {
            return Err(io::Error::new(io::ErrorKind::InvalidData, message.clone()));
        }
        if std::mem::take(&mut self.is_paused) && pause::may_pause() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        loop {
            let end = self.held.len();
            self.held.resize(end + CHUNK_BYTES, 0);
            let chunk = self.held.get_mut(end..).unwrap_or_default();
            let progress = pause::with_pauses(|| self.frames.advance(chunk));
            let count = if let Ok(Progress::Bytes(count)) = progress { count } else { 0 };
            self.held.truncate(end + count);
            match progress {
                Ok(Progress::Bytes(_)) if self.is_released || self.held.len() > MAX_HELD_BYTES => {
                    self.is_released = true;
                    return Ok(());
                }
                Ok(Progress::Bytes(_)) => {}
                Ok(Progress::FrameEnd) => {
                    self.is_released = false;
                    if !self.held.is_empty() {
                        return Ok(());
                    }
                }
                Ok(Progress::End) => return Ok(()),
                Err(error) if pause::is_pause(&error) => {
                    if !self.held.is_empty() {
                        (self.is_released, self.is_paused) = (true, true);
                        return Ok(());
                    }
                    if pause::may_pause() {
                        return Err(error);
                    }
                }
                Err(error) => {
                    self.held.clear();
                    let error = self.frames.describe(error, self.is_released);
                    self.damage = Some(error.to_string());
                    return Err(error);
                }
            }
        }
    }
}

impl Read for HeldFrames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for HeldFrames<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position >= self.held.len() {
            self.refill()?;
        }
        Ok(self.held.get(self.position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.position += count;
    }
}
