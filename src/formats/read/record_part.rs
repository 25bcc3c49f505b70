//! A part of a file whose records can be read apart from all others: on another core, at another
//! time.

use std::sync::Arc;

use super::Sink;
use super::date_cache::DateReader;

/// What is remembered from part to part, by who reads them one after the other.
#[derive(Debug, Default)]
pub struct Memory {
    /// The dates that were read.
    pub(super) dates: DateReader,
}

/// A part of a file: whole records of it, and how they are read.
#[derive(Clone, Debug)]
pub struct Part {
    /// The file as the reader named it.
    pub file: Arc<str>,
    /// The line it begins with, counted from 1.
    pub line: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Reads it: records and problems, never a page.
    pub read: fn(&Part, &mut Memory, &mut dyn Sink),
}

impl Part {
    /// Reads the records.
    pub fn read(&self, memory: &mut Memory, sink: &mut dyn Sink) {
        (self.read)(self, memory, sink);
    }
}
