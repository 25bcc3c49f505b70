//! A cache of parsed dates, since most files repeat their dates.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::record::date::reversed;
use crate::record::date::span::ParsedDate;

/// The number of texts in the cache. When it is full it is cleared.
const MAX_CACHED_DATES: usize = 1 << 15;

/// Parses dates and caches the results.
#[derive(Debug, Default)]
pub(super) struct DateCache {
    /// The parsed date of each text.
    parsed: HashMap<String, ParsedDate, RandomState>,
}

impl DateCache {
    /// Parses a date.
    pub(super) fn parse(&mut self, text: &str) -> ParsedDate {
        if let Some(known) = self.parsed.get(text) {
            return *known;
        }
        let read = reversed::parse(text);
        if self.parsed.len() == MAX_CACHED_DATES {
            self.parsed.clear();
        }
        self.parsed.insert(text.to_owned(), read);
        read
    }
}
