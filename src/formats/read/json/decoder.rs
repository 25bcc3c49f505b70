//! JSON text as it is read: bytes that are not UTF-8 as Windows-1252, and the line that is reached.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use crate::formats::read::xml::Decoded;
use crate::formats::read::{Accession, Sink};
use crate::record::Problem;

/// How far the reading of a file is.
#[derive(Debug, Default)]
pub(crate) struct Place {
    /// The line of what comes next, counted from 1.
    line: Cell<usize>,
    /// The line of the first letters that are not UTF-8.
    strange: Cell<Option<usize>>,
}

impl Place {
    /// The line of the value that is about to be read, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.line.get()
    }

    /// Notes that the file is not UTF-8 where it is not.
    pub(crate) fn note(&self, file: &str, sink: &mut dyn Sink) {
        if let Some(line) = self.strange.take() {
            let message = "letters that are not UTF-8 were read as Windows-1252";
            sink.problem(Problem::note(file, Some(line), message));
        }
    }
}

/// The letters of a file, and who wants to know how far they are read.
pub(crate) struct Letters<'f, 'p> {
    decoded: Decoded<'f>,
    place: &'p Place,
}

impl<'f, 'p> Letters<'f, 'p> {
    /// The letters of a file, without its mark.
    pub(crate) fn new(
        file: &'f mut Accession<'_>,
        place: &'p Place,
    ) -> io::Result<Letters<'f, 'p>> {
        let decoded = Decoded::new(file.bytes)?;
        place.line.set(1);
        Ok(Letters { decoded, place })
    }
}

impl Read for Letters<'_, '_> {
    /// Reads what is there. A letter that is no UTF-8 is known to be near once it is decoded.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.decoded.fill_buf()?.read(into)?;
        self.decoded.consume(read);
        self.place.line.set(self.decoded.count_lines());
        if let Some(line) = self.decoded.strange {
            self.place.strange.set(Some(line));
        }
        Ok(read)
    }
}
