//! A part of a file that can be parsed independently of the rest, on another thread.

use std::sync::Arc;

use super::Sink;
use super::date_cache::DateCache;

/// What a thread caches between parts, to parse faster.
#[derive(Debug, Default)]
pub struct ParserCache {
    /// Dates that were parsed before.
    pub(super) date_cache: DateCache,
}

/// A part of a file that holds whole records, with the function that parses them.
#[derive(Clone, Debug)]
pub struct RecordPart {
    /// The name of the file as the user gave it.
    pub file: Arc<str>,
    /// The number of its first line, counted from 1.
    pub line: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The function that parses the part. It sends records and problems to the sink, and never
    /// starts a page.
    pub parser: fn(&RecordPart, &mut ParserCache, &mut dyn Sink),
}

impl RecordPart {
    /// Parses the records into a sink.
    pub fn read(&self, cache: &mut ParserCache, sink: &mut dyn Sink) {
        (self.parser)(self, cache, sink);
    }
}
