//! Bounds the memory that the records of a file take.
//!
//! A packed file of a megabyte may hold millions of tiny records. They are counted as they are found, so that reading
//! stops with a sentence before the memory ends.

use std::cell::Cell;
use std::io;

use super::decompress::size_in_words;
use super::{ReadOptions, RecordPart};
use crate::record::{Problem, Record};

/// How much memory the records of one file may take, in bytes, unless the user says so.
const DEFAULT_MAX_BYTES: u64 = 4 << 30;

/// How many times as much the records of all files together may take.
const TIMES_FOR_ALL_FILES: u64 = 2;

/// What a record takes beside its values, in bytes: its place in the store, in the orders and in the index.
const BYTES_PER_RECORD: u64 = 64;

/// What a value takes beside its bytes.
const BYTES_PER_VALUE: u64 = 32;

/// What a problem takes beside its message and the name of its file.
const BYTES_PER_PROBLEM: u64 = 150;

/// The number of quotation marks in JSON for each value, at least: texts have two, and their names two.
const QUOTES_PER_VALUE: u64 = 4;

/// Estimates how much memory a record takes once it is indexed, in bytes.
pub(crate) fn memory_of_record(record: &Record) -> u64 {
    let values = record.values.iter().map(|(_, value)| value.len());
    let own = record.own.iter().map(|(_, value)| value.len());
    let text = values.chain(own).sum::<usize>() + record.date.text.len();
    let count = record.values.len() + record.own.len() + 1;
    BYTES_PER_RECORD + BYTES_PER_VALUE * count as u64 + text as u64
}

/// Estimates how much memory the records of a part take once they are indexed, in bytes.
pub(crate) fn memory_of_part(part: &RecordPart) -> u64 {
    let records = memchr::memchr_iter(b'\n', &part.bytes).count() as u64 + 1;
    let quotes = memchr::memchr_iter(b'"', &part.bytes).count() as u64;
    let values = quotes / QUOTES_PER_VALUE;
    // The signs and names between the values are not kept.
    let text = part.bytes.len() as u64 / 4 * 3;
    BYTES_PER_RECORD * records + BYTES_PER_VALUE * values + text
}

/// Estimates how much memory a problem takes, in bytes.
pub(super) fn memory_of_problem(problem: &Problem) -> u64 {
    BYTES_PER_PROBLEM + (problem.message.len() + problem.file.len()) as u64
}

/// How much memory the records of a file may take, and how much they take so far.
#[derive(Debug)]
pub(super) struct MemoryBudget {
    /// The limit for one file.
    max_bytes: u64,
    /// What this file has left of the limits, in bytes.
    left: Cell<u64>,
    /// Whether something was left out.
    is_exceeded: Cell<bool>,
    /// Whether the error was returned to a parser, which passes it on.
    is_reported: Cell<bool>,
}

impl MemoryBudget {
    /// The budget of a file. `used` is what the records of the files before it take.
    pub(super) fn new(options: &ReadOptions, used: u64) -> MemoryBudget {
        let max_bytes = options.max_memory.unwrap_or(DEFAULT_MAX_BYTES);
        let left_for_all = max_bytes.saturating_mul(TIMES_FOR_ALL_FILES).saturating_sub(used);
        MemoryBudget {
            max_bytes,
            left: Cell::new(left_for_all.min(max_bytes)),
            is_exceeded: Cell::new(false),
            is_reported: Cell::new(false),
        }
    }

    /// Takes memory for records. Returns whether there is as much.
    pub(super) fn take(&self, bytes: u64) -> bool {
        let left = self.left.get().checked_sub(bytes).filter(|_| !self.is_exceeded.get());
        match left {
            Some(left) => self.left.set(left),
            None => self.is_exceeded.set(true),
        }
        left.is_some()
    }

    /// Checks before more is read that no record was left out so far.
    ///
    /// # Errors
    /// Records were left out.
    pub(super) fn check(&self) -> io::Result<()> {
        if !self.is_exceeded.get() {
            return Ok(());
        }
        self.is_reported.set(true);
        Err(io::Error::new(io::ErrorKind::OutOfMemory, self.message("those from here on were")))
    }

    /// Fails if a file that is read as a whole needs more than is left.
    ///
    /// # Errors
    /// It needs more.
    pub(super) fn check_whole(&self, bytes: u64) -> io::Result<()> {
        if bytes <= self.left.get() {
            return Ok(());
        }
        self.is_reported.set(true);
        Err(io::Error::new(io::ErrorKind::OutOfMemory, self.message("they were")))
    }

    /// The sentence about records that were left out, unless a parser has passed it on.
    pub(super) fn unreported(&self) -> Option<String> {
        let is_unreported = self.is_exceeded.get() && !self.is_reported.get();
        is_unreported.then(|| self.message("the last ones were"))
    }

    /// The sentence about records that were left out.
    fn message(&self, which: &str) -> String {
        let one = size_in_words(self.max_bytes);
        let all = size_in_words(self.max_bytes.saturating_mul(TIMES_FOR_ALL_FILES));
        format!(
            "its records need more memory than {one} for one file or {all} for all files: {which} left out; \
             --max-memory SIZE allows more"
        )
    }
}
