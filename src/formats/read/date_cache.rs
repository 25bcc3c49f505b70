//! Dates as they are read from a file: the same text is read once, since files repeat their dates.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::record::date::span::Reading;
use crate::record::date::text;

/// How many different texts are remembered; what comes after starts anew.
const REMEMBERED: usize = 1 << 15;

/// Reads dates, and remembers what they were read as.
#[derive(Debug, Default)]
pub(super) struct DateReader {
    /// What each text was read as, and what is to be said of it.
    known: HashMap<String, (Reading, Option<String>), RandomState>,
}

impl DateReader {
    /// What a text is read as, and what the reader should know of it.
    pub(super) fn read(&mut self, text: &str) -> (Reading, Option<String>) {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let read = text::read_with_note(text);
        if self.known.len() == REMEMBERED {
            self.known.clear();
        }
        self.known.insert(text.to_owned(), read.clone());
        read
    }
}
