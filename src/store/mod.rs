//! The in-memory record store: it indexes records and answers search requests.
//!
//! A [`Store`] is a list of immutable [`Segment`]s. Loading appends segments; a clone of the store
//! is a snapshot that later appends do not change. The store uses `text`, `record` and `query`.
//!
//! Start reading in [`segment`], whose documentation draws how a segment is laid out. `index` has
//! the parts of the index, and `evaluate` answers requests with them. `duplicates` finds records
//! that are in several files, and `remap` finds records again after a reload.

mod backend;
mod collect;
mod duplicates;
pub mod evaluate;
mod fingerprints;
pub mod index;
mod possible_duplicates;
mod remap;
pub mod segment;
mod segment_builder;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::query::RecordHandle;
use crate::record::date::span::DateSpan;
use crate::record::{Archive, ArchiveId, FileSet, FileSetId, OwnName, Record};
pub use backend::StoreBackend;
pub use duplicates::{DuplicateFinder, Duplicates};
pub use evaluate::rules::SearchRules;
pub use evaluate::searcher::Searcher;
pub use fingerprints::Lookalikes;
pub use index::snapshot_dictionary::SnapshotDictionary;
pub use remap::RecordChanges;
pub use segment::Segment;
use segment::SegmentBuilder;

/// Small segments are merged only if they have at most this many records together.
const MAX_MERGED_RECORDS: usize = 1 << 12;

/// Small segments are merged only if their texts have at most this many bytes together: records of a table of 200,000
/// columns are large, and each merge writes them again.
const MAX_MERGED_BYTES: usize = 4 << 20;

/// Builds one segment of the records of several.
fn merge_segments<'s>(segments: impl IntoIterator<Item = &'s Segment>) -> Segment {
    let mut builder = SegmentBuilder::default();
    for segment in segments {
        for (records, archive, file_set) in segment.provenance_ranges() {
            builder.set_file_set(file_set);
            let records = records.filter_map(|record| segment.record(record));
            records.for_each(|record| builder.push(archive, &record));
        }
    }
    builder.finish()
}

/// Returns the key that titles are sorted by: their folded words. Punctuation does not count.
pub fn title_sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len() + 2);
    segment_builder::push_title_sort_key(title, &mut key);
    key
}

/// Where a record is among the segments of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordAddress {
    /// The index of the segment.
    pub segment: usize,
    /// The number of the record in its segment.
    pub record: u16,
}

/// All loaded records. A clone is a snapshot: it shares the segments, takes constant time, and does
/// not contain segments that are appended later.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The archives of the records, indexed by [`ArchiveId`].
    archives: Arc<[Archive]>,
    /// The file sets of the records, indexed by [`FileSetId`](crate::record::FileSetId).
    file_sets: Arc<[FileSet]>,
    /// Which records are duplicates of others.
    duplicates: Duplicates,
    /// The segments, in the order of loading.
    segments: Arc<Vec<Arc<Segment>>>,
    /// The number of the first record of each segment.
    first_numbers: Arc<Vec<u32>>,
    /// The words of all segments.
    dictionary: SnapshotDictionary,
    /// The names of own fields.
    own_field_names: Arc<OwnFieldNames>,
    /// The number of records.
    len: u32,
}

/// The names of own fields.
#[derive(Clone, Debug, Default)]
struct OwnFieldNames {
    /// Each name once, in the order of first use.
    in_order: Arc<Vec<OwnName>>,
    /// The same names, for look-up.
    known_names: HashSet<OwnName, RandomState>,
}

impl Store {
    /// Whether a folded word is in a record.
    pub fn has_word(&self, word: &str) -> bool {
        self.segments.iter().any(|segment| segment.dictionary().find(word).is_some())
    }

    /// The archives of the records, indexed by [`ArchiveId`].
    pub fn archives(&self) -> &[Archive] {
        &self.archives
    }

    /// Sets the archives. A new list may be longer, but each archive must keep its index.
    pub fn set_archives(&mut self, archives: Vec<Archive>) {
        self.archives = archives.into();
    }

    /// The file sets of the records, indexed by [`FileSetId`].
    pub fn file_sets(&self) -> &[FileSet] {
        &self.file_sets
    }

    /// Sets the file sets. A new list may be longer, but each file set must keep its index.
    pub fn set_file_sets(&mut self, file_sets: Vec<FileSet>) {
        self.file_sets = file_sets.into();
    }

    /// Which records are duplicates of others.
    pub fn duplicates(&self) -> &Duplicates {
        &self.duplicates
    }

    /// Sets which records are duplicates of others.
    fn set_duplicates(&mut self, duplicates: Duplicates) {
        self.duplicates = duplicates;
    }

    /// The number of files that records come from.
    pub fn file_count(&self) -> usize {
        self.file_sets.iter().filter(|file_set| file_set.files.len() == 1).count()
    }

    /// The names of the files that a record is in; empty if there is no such record.
    pub fn files_of(&self, number: RecordHandle) -> &[String] {
        let id = self.locate(number).map(|(segment, record)| segment.file_set(record));
        let file_set = id.and_then(|id| self.file_sets.get(id.index()));
        file_set.map_or(&[], |file_set| &file_set.files)
    }

    /// Each pair of an archive and a file set that records have, once.
    pub fn archives_and_file_sets(&self) -> BTreeSet<(ArchiveId, FileSetId)> {
        let ranges = self.segments.iter().flat_map(|segment| segment.provenance_ranges());
        ranges.map(|(_, archive, file_set)| (archive, file_set)).collect()
    }

    /// From the first to the last day of all dates that have both ends and are not doubtful; `None` if there is none.
    pub fn date_extent(&self) -> Option<DateSpan> {
        let extents = self.segments.iter().filter_map(|segment| segment.dates().extent());
        extents.reduce(DateSpan::union)
    }

    /// Whether the records of a segment can still be numbered.
    pub fn has_room_for(&self, segment: &Segment) -> bool {
        u32::try_from(self.len().saturating_add(segment.len())).is_ok()
    }

    /// Appends a segment. Earlier snapshots do not contain it.
    pub fn append(&mut self, segment: Arc<Segment>) {
        let last = self.segments.last();
        let has_new_names =
            !last.is_some_and(|last| Arc::ptr_eq(&last.own_field_names, &segment.own_field_names));
        for name in segment.own_field_names().iter().filter(|_| has_new_names) {
            if !self.own_field_names.known_names.contains(name) {
                let names = Arc::make_mut(&mut self.own_field_names);
                names.known_names.insert(name.clone());
                Arc::make_mut(&mut names.in_order).push(name.clone());
            }
        }
        self.dictionary.add_words(segment.dictionary());
        Arc::make_mut(&mut self.first_numbers).push(self.len);
        self.len = self.len.saturating_add(u32::try_from(segment.len()).unwrap_or(u32::MAX));
        Arc::make_mut(&mut self.segments).push(segment);
    }

    /// Appends a segment, merged with the last ones if they are small. This limits the number of
    /// segments when there are many small files or a slow pipe.
    pub fn append_or_merge(&mut self, mut segment: Segment) {
        while let Some(last) = self.segments.last()
            && last.len() <= 2 * segment.len()
            && last.len() + segment.len() <= MAX_MERGED_RECORDS
            && last.text_bytes() + segment.text_bytes() <= MAX_MERGED_BYTES
        {
            segment = merge_segments([last, &segment]);
            self.len = self.first_numbers.last().copied().unwrap_or(0);
            Arc::make_mut(&mut self.first_numbers).pop();
            Arc::make_mut(&mut self.segments).pop();
        }
        // The segments of a table have the same columns.
        if let Some(last) = self.segments.last()
            && last.own_field_names == segment.own_field_names
        {
            segment.own_field_names = Arc::clone(&last.own_field_names);
        }
        self.append(Arc::new(segment));
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The segments, in the order of loading.
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// The words of all segments.
    pub fn dictionary(&self) -> &SnapshotDictionary {
        &self.dictionary
    }

    /// Whether both are the same snapshot. Takes constant time.
    pub fn is_same(&self, other: &Store) -> bool {
        Arc::ptr_eq(&self.segments, &other.segments)
            && Arc::ptr_eq(&self.archives, &other.archives)
            && Arc::ptr_eq(&self.file_sets, &other.file_sets)
            && self.duplicates.is_same(&other.duplicates)
    }

    /// Returns the store-wide number of a record, given the index of its segment and its number
    /// there.
    pub fn record_number(&self, segment: usize, record: u16) -> RecordHandle {
        let first = self.first_numbers.get(segment).copied().unwrap_or(u32::MAX);
        RecordHandle(first.saturating_add(u32::from(record)))
    }

    /// Returns where a record is among the segments.
    pub fn record_address(&self, number: RecordHandle) -> Option<RecordAddress> {
        let after = self.first_numbers.partition_point(|&first| first <= number.0);
        let segment = after.checked_sub(1)?;
        let record = u16::try_from(number.0 - self.first_numbers.get(segment)?).ok()?;
        let is_there = usize::from(record) < self.segments.get(segment)?.len();
        is_there.then_some(RecordAddress { segment, record })
    }

    /// Returns the segment that contains a record, and the record's number there.
    pub fn locate(&self, number: RecordHandle) -> Option<(&Segment, usize)> {
        let RecordAddress { segment, record } = self.record_address(number)?;
        Some((self.segments.get(segment)?, usize::from(record)))
    }

    /// Returns the record with this number.
    pub fn record(&self, number: RecordHandle) -> Option<Record> {
        let (segment, record) = self.locate(number)?;
        segment.record(record)
    }

    /// The names of own fields, in the order of first use.
    pub fn own_field_names(&self) -> &[OwnName] {
        &self.own_field_names.in_order
    }

    /// The identity of an archive: see [`Archive::identity`].
    fn archive_identity(&self, archive: ArchiveId) -> &str {
        self.archives.get(archive.index()).map_or("", Archive::identity)
    }
}
