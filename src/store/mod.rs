//! The in-memory record store: append-only segments, read through cheap snapshots.

use std::sync::Arc;

pub mod segment;

use crate::record::{Archive, Record};
use segment::Segment;

/// Where a record stands in the store, in the order of loading, counted from 0. It never changes
/// while the store lives, since the store only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordNumber(pub u32);

/// All records that are in memory. A clone is a snapshot: it shares the segments and costs nothing,
/// and segments that are appended later do not appear in it.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The listings the records come from; a record's source is an index into it.
    sources: Arc<[Archive]>,
    /// The batches, each read-only once it is built.
    segments: Vec<Arc<Segment>>,
}

impl Store {
    /// The listings the records come from, in the order they were opened.
    pub fn sources(&self) -> &[Archive] {
        &self.sources
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record with this number.
    pub fn record(&self, _number: RecordNumber) -> Option<Record> {
        None
    }
}
