//! Walks tar files (POSIX.1-2017, pax), compressed or not.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use tar::{Archive, EntryType};

use super::container::{Member, MemberKind, PATH_TOO_LONG, Walk, path_text};
use super::{ReadSeek, buffered};
use crate::formats::read::{self, ReadOptions, UnpackLimit};

/// The size of a header.
const HEADER_BYTES: usize = 512;

/// Where the checksum is in a header.
const CHECKSUM: std::ops::Range<usize> = 148..156;

/// How many bytes the headers of one file may have: long names, links and extensions (PAX) of it.
const MAX_HEADERS_BYTES: usize = 1 << 20;

/// Passes on bytes, of headers only [`MAX_HEADERS_BYTES`]. The library reads headers into memory as a whole.
struct HeaderLimit<'c, R> {
    inner: R,
    /// How many more bytes may be read for the headers of a file; `None` while its content is read.
    left: &'c Cell<Option<usize>>,
}

impl<R: Read> Read for HeaderLimit<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(left) = self.left.get() {
            let Some(left) = left.checked_sub(count) else {
                let size = MAX_HEADERS_BYTES >> 20;
                let message =
                    format!("the name or the description of a file is longer than {size} MB");
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            };
            self.left.set(Some(left));
        }
        Ok(count)
    }
}

/// Whether a file that begins with these bytes is a tar file, when it is decompressed.
pub(super) fn is_tar(start: &[u8], options: &ReadOptions) -> bool {
    let mut start = start;
    let Ok(mut bytes) = read::decompressed(&mut start, options.unpack_limit()) else {
        return false;
    };
    let mut header = Vec::with_capacity(HEADER_BYTES);
    // Of a file that is cut off, what was unpacked is kept.
    let _ = (&mut bytes).take(HEADER_BYTES as u64).read_to_end(&mut header);
    has_checksum(&header)
}

/// Whether bytes are a header: the sum of all bytes, with spaces in place of the checksum, is the checksum.
fn has_checksum(header: &[u8]) -> bool {
    let Some(field) = header.get(CHECKSUM).filter(|_| header.len() == HEADER_BYTES) else {
        return false;
    };
    let digits = String::from_utf8_lossy(field);
    let digits = digits.trim_matches(|letter: char| letter == '\0' || letter == ' ');
    let Ok(stated) = u64::from_str_radix(digits, 8) else { return false };
    let others = header.iter().enumerate().filter(|(at, _)| !CHECKSUM.contains(at));
    let sum = others.map(|(_, byte)| u64::from(*byte)).sum::<u64>();
    sum > 0 && stated == sum + 8 * u64::from(b' ')
}

/// A tar file.
pub(super) struct TarContainer<'r> {
    bytes: Box<dyn ReadSeek + 'r>,
    limit: UnpackLimit,
}

impl<'r> TarContainer<'r> {
    /// Opens a tar file.
    pub(super) fn new(bytes: Box<dyn ReadSeek + 'r>, options: &ReadOptions) -> TarContainer<'r> {
        TarContainer { bytes, limit: options.unpack_limit().any_ratio() }
    }

    /// Shows all files to `visit`.
    ///
    /// # Errors
    /// The file is damaged or ends too early.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(Member<'_>) -> Walk) -> io::Result<()> {
        self.bytes.rewind()?;
        let mut packed = buffered(&mut self.bytes);
        let mut bytes = read::decompressed(&mut packed, self.limit)?;
        let mut is_stopped = false;
        {
            let left = Cell::new(None);
            let mut archive = Archive::new(HeaderLimit { inner: &mut bytes, left: &left });
            let mut entries = archive.entries()?;
            for index in 0.. {
                left.set(Some(MAX_HEADERS_BYTES));
                let entry = entries.next();
                left.set(None);
                let Some(entry) = entry else { break };
                let mut entry = entry?;
                let kind = match entry.header().entry_type() {
                    EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                        MemberKind::File
                    }
                    EntryType::Directory | EntryType::XGlobalHeader => {
                        io::copy(&mut entry, &mut io::sink())?;
                        continue;
                    }
                    _ => MemberKind::Special,
                };
                let name = entry.path_bytes().into_owned();
                let path = path_text(&name, || read::decode_name(&name));
                let kind =
                    if path.is_some() { kind } else { MemberKind::Unreadable(PATH_TOO_LONG) };
                let path = path.unwrap_or_else(|| format!("file {}", index + 1));
                let member = Member { index, path, kind, packed_bytes: None, bytes: &mut entry };
                if visit(member) == Walk::Stop {
                    is_stopped = true;
                    break;
                }
                // The library would skip the rest together with the next headers.
                io::copy(&mut entry, &mut io::sink())?;
            }
        }
        // The last checksum stands at the end.
        while !is_stopped {
            let count = bytes.fill_buf()?.len();
            bytes.consume(count);
            is_stopped = count == 0;
        }
        Ok(())
    }
}
