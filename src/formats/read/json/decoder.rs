//! Decodes JSON text while counting its lines. Bytes that are not UTF-8 are read as Windows-1252.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use memchr::memchr_iter;

use super::NumberQuoter;
use crate::formats::read::xml::DecodedReader;
use crate::formats::read::{InputFile, Sink};
use crate::record::Problem;

/// Tracks the current line of a file while a [`DecodingReader`] reads it.
#[derive(Debug, Default)]
pub(crate) struct LineTracker {
    /// The line of the next value, counted from 1.
    line: Cell<usize>,
    /// The line of the first bytes that are not UTF-8.
    non_utf8_line: Cell<Option<usize>>,
}

impl LineTracker {
    /// Returns the line of the next value, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line.get()
    }

    /// Reports a warning if the file is not UTF-8.
    pub(crate) fn report_encoding(&self, file: &str, sink: &mut dyn Sink) {
        report_encoding(file, self.non_utf8_line.take(), sink);
    }
}

/// Reports a warning about letters that are not UTF-8, the first of them in this line.
pub(super) fn report_encoding(file: &str, line: Option<usize>, sink: &mut dyn Sink) {
    if line.is_some() {
        let message = "letters that are not UTF-8 were read as Windows-1252";
        sink.report(Problem::warning(file, line, message));
    }
}

/// Reads a file as UTF-8, with its numbers as they are written, and updates a [`LineTracker`].
pub(crate) struct DecodingReader<'f, 'p> {
    decoded: DecodedReader<'f>,
    numbers: NumberQuoter,
    /// What was decoded and is not read yet, from `position` on.
    pending: Vec<u8>,
    position: usize,
    tracker: &'p LineTracker,
}

impl<'f, 'p> DecodingReader<'f, 'p> {
    /// Starts reading a file, without its byte order mark.
    pub(crate) fn new(
        file: &'f mut InputFile<'_>,
        tracker: &'p LineTracker,
    ) -> io::Result<DecodingReader<'f, 'p>> {
        let decoded = DecodedReader::new(file.bytes)?;
        tracker.line.set(1);
        let (numbers, pending) = (NumberQuoter::default(), Vec::new());
        Ok(DecodingReader { decoded, numbers, pending, position: 0, tracker })
    }

    /// Decodes the bytes that are available, until some of them can be read.
    fn decode(&mut self) -> io::Result<()> {
        self.pending.clear();
        self.position = 0;
        while self.pending.is_empty() {
            let bytes = self.decoded.fill_buf()?;
            let (length, is_at_end) = (bytes.len(), bytes.is_empty());
            self.numbers.push(bytes, &mut self.pending);
            self.decoded.consume(length);
            if is_at_end {
                self.numbers.finish(&mut self.pending);
                break;
            }
        }
        Ok(())
    }
}

impl Read for DecodingReader<'_, '_> {
    /// Reads the decoded bytes that are available, and updates the line numbers.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.position == self.pending.len() {
            self.decode()?;
        }
        let read = self.pending.get(self.position..).unwrap_or_default().read(into)?;
        self.position += read;
        let newlines = memchr_iter(b'\n', into.get(..read).unwrap_or_default()).count();
        self.tracker.line.set(self.tracker.line.get() + newlines);
        if let Some(line) = self.decoded.first_malformed_line {
            self.tracker.non_utf8_line.set(Some(line));
        }
        Ok(read)
    }
}
