//! Refuses texts whose lines, tags or entries would fill the memory.
//!
//! Formats that are read as a whole need some hundred bytes of memory for each line, tag or entry. A text with
//! millions of tiny ones needs far more memory than its size suggests.

use std::io::{self, BufRead, Read};

use super::Format;
use super::memory_budget::MemoryBudget;

/// As many parts are read of any text, however short they are.
const MAX_SHORT_PARTS: u64 = 250_000;

/// How many times its size a text takes while it is read, beside its parts: it is in memory as it is, and in values.
const TIMES_TEXT: u64 = 4;

/// What a text is made of.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// The byte with which each part begins or ends.
    sign: u8,
    /// What the parts are, for messages.
    name: &'static str,
    /// How many bytes a part has on average, at least.
    min_bytes: u64,
    /// How many bytes of memory reading takes for each part.
    memory: u64,
    /// How many bytes of memory reading takes for each comma: one parts the values of a list within a line.
    comma_memory: u64,
}

impl Parts {
    /// The parts of a format that is read as a whole; `None` for others.
    fn of(format: Format) -> Option<Parts> {
        let (sign, name, min_bytes, memory, comma_memory) = match format {
            Format::Toml => (b'\n', "lines", 6, 800, 200),
            Format::Yaml => (b'\n', "lines", 6, 600, 0),
            Format::ResultsPage | Format::TypedList => (b'\n', "lines", 6, 200, 0),
            Format::BibTex => (b'@', "entries", 12, 700, 0),
            Format::Html => (b'<', "tags", 4, 450, 0),
            _ => return None,
        };
        Some(Parts { sign, name, min_bytes, memory, comma_memory })
    }
}

/// Passes on the bytes of a text until it has too many parts for its size, or for the memory.
pub(super) struct FineTextReader<'b, R> {
    inner: R,
    parts: Option<Parts>,
    budget: &'b MemoryBudget,
    /// The number of bytes so far.
    bytes: u64,
    /// The number of parts so far.
    count: u64,
    /// The number of commas so far, where they count.
    commas: u64,
}

impl<'b, R: BufRead> FineTextReader<'b, R> {
    /// Starts at the beginning of a file.
    pub(super) fn new(inner: R, format: Format, budget: &'b MemoryBudget) -> FineTextReader<'b, R> {
        FineTextReader { inner, parts: Parts::of(format), budget, bytes: 0, count: 0, commas: 0 }
    }

    /// Counts bytes that are passed on.
    fn look_at(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(parts) = self.parts else { return Ok(()) };
        self.bytes += bytes.len() as u64;
        self.count += memchr::memchr_iter(parts.sign, bytes).count() as u64;
        if parts.comma_memory > 0 {
            self.commas += memchr::memchr_iter(b',', bytes).count() as u64;
        }
        let of_parts = self.count * parts.memory + self.commas * parts.comma_memory;
        self.budget.check_whole(self.bytes * TIMES_TEXT + of_parts)?;
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

impl<R: BufRead> Read for FineTextReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.look_at(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for FineTextReader<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
    }
}
