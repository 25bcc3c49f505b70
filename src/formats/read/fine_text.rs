//! Refuses texts of next to nothing but line ends or signs.
//!
//! Formats that are read as a whole need some hundred bytes of memory for each line, tag or entry. A text with
//! millions of empty ones needs far more memory than its size suggests.

use std::io::{self, BufRead, Read};

use super::Format;

/// As many parts are read of any text, however short they are.
const MAX_SHORT_PARTS: u64 = 250_000;

/// What a text is made of.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// The byte with which each part begins or ends.
    sign: u8,
    /// What the parts are, for messages.
    name: &'static str,
    /// How many bytes a part has on average, at least.
    min_bytes: u64,
}

impl Parts {
    /// The parts of a format that is read as a whole; `None` for others.
    fn of(format: Format) -> Option<Parts> {
        let (sign, name, min_bytes) = match format {
            Format::Toml | Format::Yaml | Format::ResultsPage | Format::TypedList => {
                (b'\n', "lines", 6)
            }
            Format::BibTex => (b'@', "entries", 12),
            Format::Html => (b'<', "tags", 4),
            _ => return None,
        };
        Some(Parts { sign, name, min_bytes })
    }
}

/// Passes on the bytes of a text until it has too many parts for its size.
pub(super) struct FineTextReader<R> {
    inner: R,
    parts: Option<Parts>,
    /// The number of bytes so far.
    bytes: u64,
    /// The number of parts so far.
    count: u64,
}

impl<R: BufRead> FineTextReader<R> {
    /// Starts at the beginning of a file.
    pub(super) fn new(inner: R, format: Format) -> FineTextReader<R> {
        FineTextReader { inner, parts: Parts::of(format), bytes: 0, count: 0 }
    }

    /// Counts bytes that are passed on.
    fn look_at(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(parts) = self.parts else { return Ok(()) };
        self.bytes += bytes.len() as u64;
        self.count += memchr::memchr_iter(parts.sign, bytes).count() as u64;
        if self.count <= MAX_SHORT_PARTS || self.bytes >= self.count * parts.min_bytes {
            return Ok(());
        }
        let Parts { name, min_bytes, .. } = parts;
        let message = format!(
            "it has more than {MAX_SHORT_PARTS} {name} of less than {min_bytes} bytes on average, as files made to fill \
             the memory do"
        );
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }
}

impl<R: BufRead> Read for FineTextReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.look_at(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for FineTextReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
    }
}
