//! Decompresses a file frame by frame, and compares the checksum and the length of each.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{UnpackExcess, UnpackLimit};
use crate::formats::read::pause;

/// The largest memory that the decoder of xz may take, in KiB: enough for files made with `xz -9`.
const MAX_XZ_KIB: u32 = 1 << 18;

/// A file that is compressed or not, by its first bytes.
pub(in crate::formats::read) enum CheckedFrames<'a> {
    /// The file is not compressed.
    Plain(&'a mut dyn BufRead),
    /// The file is compressed.
    Compressed(Box<Frames<'a>>),
}

impl<'a> CheckedFrames<'a> {
    /// Looks at the first bytes of a file.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(in crate::formats::read) fn open(
        bytes: &'a mut dyn BufRead,
        limit: UnpackLimit,
    ) -> io::Result<CheckedFrames<'a>> {
        let beginning = bytes.fill_buf()?;
        let is_gzip = beginning.starts_with(&[0x1f, 0x8b]);
        let is_xz = beginning.starts_with(b"\xfd7zXZ\0");
        // A block, or the end of an empty file.
        let is_bzip2 = matches!(
            beginning,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, ..]
                | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, ..]
        );
        // A frame, or a skippable frame, which parallel compression puts before it.
        let is_zstd =
            matches!(beginning, [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        let source = Source { bytes, consumed: 0, at_end: false, error: None };
        let (codec, in_frame) = if is_gzip {
            (Codec::Gzip(Some(Box::new(GzDecoder::new(source)))), true)
        } else if is_bzip2 {
            (Codec::Bzip2(Some(Box::new(BzDecoder::new(source)))), true)
        } else if is_xz {
            (Codec::Xz(Box::new(XzReader::new_mem_limit(source, true, MAX_XZ_KIB))), true)
        } else if is_zstd {
            (Codec::Zstd(source, Box::new(FrameDecoder::new())), false)
        } else {
            return Ok(CheckedFrames::Plain(source.bytes));
        };
        Ok(CheckedFrames::Compressed(Box::new(Frames {
            codec,
            in_frame,
            frame_start: 0,
            frame_bytes: 0,
            total_bytes: 0,
            limit,
            has_unchecked_frame: false,
        })))
    }
}

/// What one step of decompression gave.
pub(super) enum Progress {
    /// This many bytes, at least one.
    Bytes(usize),
    /// The frame ended, and its checksum is right.
    FrameEnd,
    /// The file ended.
    End,
}

/// The compressed bytes, counted.
struct Source<'a> {
    bytes: &'a mut dyn BufRead,
    /// The number of bytes read so far.
    consumed: u64,
    /// Whether the end of the file was met.
    at_end: bool,
    /// Why the bytes could not be read. Decoders wrap or replace this error.
    error: Option<io::Error>,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.bytes.fill_buf() {
            Ok(bytes) => {
                self.at_end |= bytes.is_empty();
                Ok(bytes)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            // The next read goes on.
            Err(error) if pause::is_pause(&error) => Err(error),
            Err(error) => {
                let again = io::Error::new(error.kind(), error.to_string());
                self.error.get_or_insert(error);
                Err(again)
            }
        }
    }

    fn consume(&mut self, count: usize) {
        self.bytes.consume(count);
        self.consumed += count as u64;
    }
}

/// The compression of a file, with its bytes and the decoder of the current frame.
enum Codec<'a> {
    /// gzip. The decoder is absent only while the next one is made.
    Gzip(Option<Box<GzDecoder<Source<'a>>>>),
    /// bzip2. The decoder is absent only while the next one is made.
    Bzip2(Option<Box<BzDecoder<Source<'a>>>>),
    /// xz. Its streams are one frame.
    Xz(Box<XzReader<Source<'a>>>),
    /// Zstandard.
    Zstd(Source<'a>, Box<FrameDecoder>),
}

/// Decompresses a sequence of frames. Parallel compression and appending make several.
pub(in crate::formats::read) struct Frames<'a> {
    codec: Codec<'a>,
    /// Whether a frame has started and not ended.
    in_frame: bool,
    /// Where the current frame starts in the compressed file.
    frame_start: u64,
    /// The number of bytes that the current frame gave.
    frame_bytes: u64,
    /// The number of bytes that all frames gave.
    total_bytes: u64,
    /// How many bytes the frames may give.
    limit: UnpackLimit,
    /// Whether a frame had no checksum.
    has_unchecked_frame: bool,
}

impl<'a> Frames<'a> {
    /// The number of bytes of the compressed file before the current frame.
    pub(super) fn frame_start(&self) -> u64 {
        self.frame_start
    }

    /// Whether a frame so far had no checksum.
    pub(super) fn has_unchecked_frame(&self) -> bool {
        self.has_unchecked_frame
    }

    /// Decompresses the next bytes of the current frame, or starts the next one.
    ///
    /// # Errors
    /// The frame is damaged, or reading the bytes failed: see [`Frames::describe`].
    pub(super) fn advance(&mut self, buffer: &mut [u8]) -> io::Result<Progress> {
        loop {
            match self.try_advance(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// Does what [`Frames::advance`] does, unless a signal interrupts it.
    fn try_advance(&mut self, buffer: &mut [u8]) -> io::Result<Progress> {
        if !self.in_frame {
            // Between frames every decoder can go on after a pause.
            if let Some(source) = self.source() {
                source.fill_buf()?;
            }
            self.frame_start = self.source().map_or(0, |source| source.consumed);
            self.frame_bytes = 0;
            self.in_frame = match &mut self.codec {
                Codec::Gzip(decoder) => start_member(decoder)?,
                Codec::Bzip2(decoder) => start_stream(decoder)?,
                Codec::Xz(decoder) => is_more(decoder.inner_mut())?,
                Codec::Zstd(source, decoder) => {
                    pause::without_pauses(|| start_frame(source, decoder))?
                }
            };
            if !self.in_frame {
                return Ok(Progress::End);
            }
        }
        let count = match &mut self.codec {
            Codec::Gzip(decoder) => decoder.as_mut().map_or(Ok(0), |it| it.read(buffer))?,
            Codec::Bzip2(decoder) => decoder.as_mut().map_or(Ok(0), |it| it.read(buffer))?,
            Codec::Xz(decoder) => pause::without_pauses(|| decoder.read(buffer))?,
            Codec::Zstd(source, decoder) => {
                pause::without_pauses(|| read_frame(source, decoder, buffer))?
            }
        };
        self.frame_bytes += count as u64;
        self.total_bytes += count as u64;
        let packed = self.source().map_or(0, |source| source.consumed);
        if let Some(excess) = self.limit.excess(self.total_bytes, packed) {
            return Err(io::Error::other(excess));
        }
        if count > 0 {
            return Ok(Progress::Bytes(count));
        }
        if let Codec::Zstd(_, decoder) = &self.codec {
            self.has_unchecked_frame |= !verify_frame(decoder, self.frame_bytes)?;
        }
        self.in_frame = false;
        Ok(Progress::FrameEnd)
    }

    /// Returns an error as the user reads it. `is_released` says whether bytes of the damaged frame
    /// were passed on.
    pub(super) fn describe(&mut self, error: io::Error, is_released: bool) -> io::Error {
        let start = self.frame_start;
        let name = match self.codec {
            Codec::Gzip(_) => "gzip",
            Codec::Bzip2(_) => "bzip2",
            Codec::Xz(_) => "xz",
            Codec::Zstd(..) => "Zstandard",
        };
        let Some(source) = self.source() else { return error };
        if let Some(error) = source.error.take() {
            return error;
        }
        let wrong_frame = error.get_ref().and_then(|inner| inner.downcast_ref::<WrongFrame>());
        let excess = error.get_ref().and_then(|inner| inner.downcast_ref::<UnpackExcess>());
        let text = error.to_string();
        // The decoders state these limits in words alone.
        if text.contains("mem_limit_kb") || text.contains("window_size is too big") {
            let message = format!(
                "its {name} data needs more memory to unpack than fonds takes: unpack it with another program and open \
                 what it gives"
            );
            return io::Error::new(io::ErrorKind::Unsupported, message);
        }
        let what = if let Some(excess) = excess {
            return io::Error::new(io::ErrorKind::FileTooLarge, excess.clone());
        } else if let Some(wrong) = wrong_frame {
            wrong.to_string()
        } else if ["checksum", "CRC", "mismatch"].iter().any(|word| text.contains(word)) {
            WrongFrame::Checksum.to_string()
        } else if source.at_end {
            format!("ends too early, after {} bytes", source.consumed)
        } else {
            "is damaged".to_owned()
        };
        let place = if start == 0 { String::new() } else { format!(" from byte {start} on") };
        let kept = match (is_released, start) {
            (true, _) => "so records of this file may be wrong",
            (false, 0) => "so nothing of this file is shown",
            (false, _) => "so only what stands before that is shown",
        };
        let message = format!("its {name} data{place} {what}, {kept}: get the file again");
        io::Error::new(io::ErrorKind::InvalidData, message)
    }

    /// The compressed bytes that are left.
    fn source(&mut self) -> Option<&mut Source<'a>> {
        match &mut self.codec {
            Codec::Gzip(decoder) => decoder.as_mut().map(|it| it.get_mut()),
            Codec::Bzip2(decoder) => decoder.as_mut().map(|it| it.get_mut()),
            Codec::Xz(decoder) => Some(decoder.inner_mut()),
            Codec::Zstd(source, _) => Some(source),
        }
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.advance(buffer) {
                Ok(Progress::Bytes(count)) => return Ok(count),
                Ok(Progress::FrameEnd) => {}
                Ok(Progress::End) => return Ok(0),
                Err(error) => return Err(self.describe(error, true)),
            }
        }
    }
}

/// Why a frame is damaged although it could be decompressed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum WrongFrame {
    /// The content differs from the checksum.
    #[error("does not fit its checksum")]
    Checksum,
    /// The content has another length than the frame says.
    #[error("does not have the length that it states")]
    Length,
    /// Something that is not a frame follows.
    #[error("is followed by something else")]
    Trailing,
}

impl From<WrongFrame> for io::Error {
    fn from(wrong: WrongFrame) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, wrong)
    }
}

/// Starts the next gzip member; false at the end of the file. Zero bytes are padding.
fn start_member(decoder: &mut Option<Box<GzDecoder<Source<'_>>>>) -> io::Result<bool> {
    let Some(source) = decoder.as_mut().map(|it| it.get_mut()) else { return Ok(false) };
    loop {
        let rest = source.fill_buf()?;
        let padding = rest.iter().take_while(|byte| **byte == 0).count();
        match rest.get(padding) {
            None if padding == 0 => return Ok(false),
            None => source.consume(padding),
            Some(0x1f) => {
                source.consume(padding);
                break;
            }
            Some(_) => return Err(WrongFrame::Trailing.into()),
        }
    }
    *decoder = decoder.take().map(|ended| Box::new(GzDecoder::new(ended.into_inner())));
    Ok(true)
}

/// Starts the next bzip2 stream; false at the end of the file.
fn start_stream(decoder: &mut Option<Box<BzDecoder<Source<'_>>>>) -> io::Result<bool> {
    let Some(source) = decoder.as_mut().map(|it| it.get_mut()) else { return Ok(false) };
    if !is_more(source)? {
        return Ok(false);
    }
    if !source.fill_buf()?.starts_with(b"B") {
        return Err(WrongFrame::Trailing.into());
    }
    *decoder = decoder.take().map(|ended| Box::new(BzDecoder::new(ended.into_inner())));
    Ok(true)
}

/// Whether the file has more bytes.
fn is_more(source: &mut Source<'_>) -> io::Result<bool> {
    Ok(!source.fill_buf()?.is_empty())
}

/// Starts the next Zstandard frame, after skippable ones; false at the end of the file.
fn start_frame(source: &mut Source<'_>, decoder: &mut FrameDecoder) -> io::Result<bool> {
    while !source.fill_buf()?.is_empty() {
        match decoder.init(&mut *source) {
            Ok(()) => return Ok(true),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let length = u64::from(length);
                if io::copy(&mut (&mut *source).take(length), &mut io::sink())? < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    Ok(false)
}

/// Reads the next bytes of a Zstandard frame; 0 at its end.
fn read_frame(
    source: &mut Source<'_>,
    decoder: &mut FrameDecoder,
    buffer: &mut [u8],
) -> io::Result<usize> {
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        let block = BlockDecodingStrategy::UptoBlocks(1);
        decoder.decode_blocks(&mut *source, block).map_err(io::Error::other)?;
    }
    decoder.read(buffer)
}

/// Compares the checksum and the length of a Zstandard frame that was read to its end. Returns
/// whether it has a checksum.
fn verify_frame(decoder: &FrameDecoder, bytes: u64) -> io::Result<bool> {
    // 0 means that the frame states no length.
    if ![0, bytes].contains(&decoder.content_size()) {
        return Err(WrongFrame::Length.into());
    }
    let Some(checksum) = decoder.get_checksum_from_data() else { return Ok(false) };
    if decoder.get_calculated_checksum() != Some(checksum) {
        return Err(WrongFrame::Checksum.into());
    }
    Ok(true)
}
