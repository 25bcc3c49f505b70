//! Decodes JSON text while counting its lines. Bytes that are not UTF-8 are read as Windows-1252.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

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

/// Reads a file as UTF-8 and updates a [`LineTracker`].
pub(crate) struct DecodingReader<'f, 'p> {
    decoded: DecodedReader<'f>,
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
        Ok(DecodingReader { decoded, tracker })
    }
}

impl Read for DecodingReader<'_, '_> {
    /// Reads the decoded bytes that are available, and updates the line numbers.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.decoded.fill_buf()?.read(into)?;
        self.decoded.consume(read);
        self.tracker.line.set(self.decoded.count_lines());
        if let Some(line) = self.decoded.first_malformed_line {
            self.tracker.non_utf8_line.set(Some(line));
        }
        Ok(read)
    }
}
