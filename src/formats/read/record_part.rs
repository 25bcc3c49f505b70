//! A part of a file that can be parsed independently of the rest, on another thread.

use std::fmt;
use std::sync::Arc;

use super::Sink;
use super::date_cache::DateCache;
use super::date_sources::DateSourcesCache;

/// What a thread caches between parts, to parse faster.
#[derive(Debug, Default)]
pub struct ParserCache {
    /// Dates that were parsed before.
    pub(super) date_cache: DateCache,
    /// Dates of several texts or codes that were resolved before.
    pub(super) date_sources: DateSourcesCache,
}

/// The function that parses a part. It sends records and problems to the sink, and never starts a page.
pub type PartParser = Arc<dyn Fn(&RecordPart, &mut ParserCache, &mut dyn Sink) + Send + Sync>;

/// A part of a file that holds whole records, with the function that parses them.
#[derive(Clone)]
pub struct RecordPart {
    /// The name of the file as the user gave it.
    pub file: Arc<str>,
    /// The number of its first line, counted from 1.
    pub line: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The function that parses the part.
    pub parser: PartParser,
}

impl fmt::Debug for RecordPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RecordPart { file, line, bytes, parser: _ } = self;
        f.debug_struct("RecordPart")
            .field("file", file)
            .field("line", line)
            .field("bytes", bytes)
            .finish_non_exhaustive()
    }
}

impl RecordPart {
    /// Parses the records into a sink.
    pub fn read(&self, cache: &mut ParserCache, sink: &mut dyn Sink) {
        (self.parser)(self, cache, sink);
    }
}
