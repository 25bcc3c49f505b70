//! The in-memory record store: append-only segments, read through cheap snapshots.

mod duplicates;
pub mod evaluate;
pub mod index;
mod possible_duplicates;
pub mod record_set;
mod remap;
pub mod segment;
mod segment_builder;
pub mod user_marks;

use std::collections::HashSet;
use std::sync::Arc;

use crate::record::{Archive, Origin, Record};
pub use duplicates::{Copies, Copyist};
pub use evaluate::score::Stop;
pub use evaluate::searcher::Searcher;
pub use index::snapshot_dictionary::Lexicon;
pub use record_set::RecordSet;
pub use remap::Recalled;
use segment::Building;
pub use segment::Segment;
pub use user_marks::{Change, Marked};

/// Below how many records together small batches are made one.
const SMALL: usize = 1 << 12;

/// Several batches as one.
fn joined<'s>(segments: impl IntoIterator<Item = &'s Segment>) -> Segment {
    let mut building = Building::default();
    for segment in segments {
        for (record, source) in segment.sources().iter().enumerate() {
            building.stand_in(segment.origin(record));
            segment.record(record).iter().for_each(|record| building.push(*source, record));
        }
    }
    building.finish()
}

/// What titles are ordered by: the folded words, so that quotes and full stops do not matter.
pub fn title_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len() + 2);
    segment_builder::push_title_key(title, &mut key);
    key
}

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
    /// The files the records come from; a record's origin is an index into it.
    origins: Arc<[Origin]>,
    /// Which records are copies of others.
    copies: Copies,
    /// The batches, each read-only once it is built.
    segments: Arc<Vec<Arc<Segment>>>,
    /// For each segment the number of its first record.
    starts: Arc<Vec<u32>>,
    /// All words.
    lexicon: Lexicon,
    /// The names of fields that are the files' own.
    own_names: Arc<OwnNames>,
    /// How many records there are.
    len: u32,
}

/// The names of fields that are the files' own.
#[derive(Clone, Debug, Default)]
struct OwnNames {
    /// Each name once, in the order they were met.
    met: Vec<String>,
    /// The same names, to find one.
    known: HashSet<String>,
}

impl Store {
    /// The listings the records come from, in the order they were opened.
    pub fn sources(&self) -> &[Archive] {
        &self.sources
    }

    /// Says what is known of the listings. The list may grow; a listing keeps its index.
    pub fn set_sources(&mut self, sources: Vec<Archive>) {
        self.sources = sources.into();
    }

    /// The files the records come from; a record's origin is an index into it.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Says what is known of the files. The list may grow; an origin keeps its index.
    pub fn set_origins(&mut self, origins: Vec<Origin>) {
        self.origins = origins.into();
    }

    /// Which records are copies of others.
    pub fn copies(&self) -> &Copies {
        &self.copies
    }

    /// Says which records are copies of others.
    fn set_copies(&mut self, copies: Copies) {
        self.copies = copies;
    }

    /// How many files records come from.
    pub fn files(&self) -> usize {
        self.origins.iter().filter(|origin| origin.files.len() == 1).count()
    }

    /// The names of the files that a record stands in.
    pub fn files_of(&self, number: RecordNumber) -> &[String] {
        let at = self.locate(number).map(|(segment, within)| segment.origin(within));
        let origin = at.and_then(|at| self.origins.get(usize::from(at)));
        origin.map_or(&[], |origin| &origin.files)
    }

    /// Adds a batch after all others. Snapshots that were taken before do not see it.
    pub fn append(&mut self, segment: Arc<Segment>) {
        for name in segment.own_names() {
            if !self.own_names.known.contains(name) {
                let names = Arc::make_mut(&mut self.own_names);
                names.known.insert(name.clone());
                names.met.push(name.clone());
            }
        }
        self.lexicon.take_in(segment.words());
        Arc::make_mut(&mut self.starts).push(self.len);
        self.len = self.len.saturating_add(u32::try_from(segment.len()).unwrap_or(u32::MAX));
        Arc::make_mut(&mut self.segments).push(segment);
    }

    /// Adds a batch after all others. Where it and the last ones are small they are made one, so that
    /// many small files, or a slow pipe, do not make a million segments.
    pub fn take_in(&mut self, mut segment: Segment) {
        while let Some(last) = self.segments.last()
            && last.len() <= 2 * segment.len()
            && last.len() + segment.len() <= SMALL
        {
            segment = joined([last, &segment]);
            self.len = self.starts.last().copied().unwrap_or(0);
            Arc::make_mut(&mut self.starts).pop();
            Arc::make_mut(&mut self.segments).pop();
        }
        self.append(Arc::new(segment));
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The batches, in the order of loading.
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// All words.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Whether both are the same snapshot.
    pub fn is_same(&self, other: &Store) -> bool {
        Arc::ptr_eq(&self.segments, &other.segments)
            && Arc::ptr_eq(&self.sources, &other.sources)
            && Arc::ptr_eq(&self.origins, &other.origins)
            && self.copies.is_same(&other.copies)
    }

    /// The number of a record of a batch, both counted from 0.
    pub fn number(&self, segment: usize, record: u16) -> RecordNumber {
        let start = self.starts.get(segment).copied().unwrap_or(u32::MAX);
        RecordNumber(start.saturating_add(u32::from(record)))
    }

    /// The place of the batch a record stands in, and its number there.
    pub fn place_of(&self, number: RecordNumber) -> Option<(usize, u16)> {
        let at = self.starts.partition_point(|&start| start <= number.0).checked_sub(1)?;
        let within = u16::try_from(number.0 - self.starts.get(at)?).ok()?;
        (usize::from(within) < self.segments.get(at)?.len()).then_some((at, within))
    }

    /// The segment a record stands in, and its number there.
    pub fn locate(&self, number: RecordNumber) -> Option<(&Segment, usize)> {
        let (at, within) = self.place_of(number)?;
        Some((self.segments.get(at)?, usize::from(within)))
    }

    /// The record with this number.
    pub fn record(&self, number: RecordNumber) -> Option<Record> {
        let (segment, within) = self.locate(number)?;
        segment.record(within)
    }

    /// The names of fields that are the files' own, in the order they were met.
    pub fn own_names(&self) -> &[String] {
        &self.own_names.met
    }

    /// The identity of a listing's archive.
    fn archive_id(&self, source: u16) -> &str {
        self.sources.get(usize::from(source)).map_or("", Archive::id)
    }
}
