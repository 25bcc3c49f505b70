//! Builds a segment, record by record.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::index::date_column::DateColumnBuilder;
use super::index::index_builder::IndexBuilder;
use super::index::sort_column::SortColumn;
use super::index::varint::push_varint;
use super::segment::{DATE_FIELD_CODE, MAX_RECORDS, ProvenanceRun, Segment};
use crate::record::field_set::FieldSet;
use crate::record::identity::RecordKey;
use crate::record::{ArchiveId, Field, FileSetId, OwnName, Record, is_about_other_values};
use crate::text::fold::fold;
use crate::text::words::words;

/// Builds segments. After [`finish`](SegmentBuilder::finish) it can build the next one and reuses
/// its memory.
#[derive(Debug, Default)]
pub struct SegmentBuilder {
    /// The texts and columns so far.
    segment: Segment,
    /// The file set of the records that follow.
    file_set: FileSetId,
    /// The index of each known own field in the segment's `own_field_names`.
    own_field_indexes: HashMap<OwnName, usize, RandomState>,
    /// The index of the next own field of the record, if its fields come in the order of the records before.
    next_own_field: usize,
    /// The dates so far.
    dates: DateColumnBuilder,
    /// The sort keys of the titles, one after the other.
    title_keys: String,
    /// The end of each record's key in `title_keys`. A record without a title has an empty key.
    title_key_ends: Vec<u32>,
    /// The words so far.
    index: IndexBuilder,
}

impl SegmentBuilder {
    /// Whether the segment has [`MAX_RECORDS`] records.
    pub fn is_full(&self) -> bool {
        self.segment.len() == MAX_RECORDS
    }

    /// Whether there are no records yet.
    pub fn is_empty(&self) -> bool {
        self.segment.is_empty()
    }

    /// Sets the file set of the records that follow.
    pub fn set_file_set(&mut self, file_set: FileSetId) {
        self.file_set = file_set;
    }

    /// Adds a record of an archive, unless the segment is full.
    pub fn push(&mut self, archive: ArchiveId, record: &Record) {
        if self.is_full() {
            return;
        }
        self.push_provenance(archive);
        self.push_position(record.position);
        self.segment.key_digests.push(RecordKey::from_record(record).digest());
        self.segment.source_hashes.push(record.source_hash);
        self.dates.push(record.date.parsed);
        push_varint(&mut self.segment.layout, self.segment.texts.len());
        if !record.date.text.is_empty() {
            self.push_text(DATE_FIELD_CODE, &record.date.text);
        }
        let mut has_title = false;
        for (field, value) in &record.values {
            self.push_text(*field as usize, value);
            self.index.add(FieldSet::from_field(*field), value);
            if *field == Field::Title && !std::mem::replace(&mut has_title, true) {
                push_folded_title_key(self.index.folded(), &mut self.title_keys);
            }
        }
        self.next_own_field = 0;
        for (name, value) in &record.own {
            let code = DATE_FIELD_CODE + 1 + self.own_field_index(name);
            self.push_text(code, value);
            // It says nothing of the document: a search for “quoted” would find every title.
            if !is_about_other_values(name) {
                self.index.add(FieldSet::OWN, value);
            }
        }
        self.segment.layout_ends.push(to_u32(self.segment.layout.len()));
        self.title_key_ends.push(to_u32(self.title_keys.len()));
        self.index.end_record();
    }

    /// Stores the archive and the file set of the record, if they differ from those of the record
    /// before.
    fn push_provenance(&mut self, archive: ArchiveId) {
        let file_set = self.file_set;
        let first_record = u16::try_from(self.segment.len()).unwrap_or(u16::MAX);
        let runs = &mut self.segment.provenance_runs;
        if runs.last().is_none_or(|run| (run.archive, run.file_set) != (archive, file_set)) {
            runs.push(ProvenanceRun { first_record, archive, file_set });
        }
    }

    /// Stores a position. The column stays empty until the first record that has one.
    fn push_position(&mut self, position: Option<u64>) {
        let positions = &mut self.segment.positions;
        if position.is_some() || !positions.is_empty() {
            positions.resize(self.segment.key_digests.len(), 0);
            positions.push(position.unwrap_or(0));
        }
    }

    /// Returns the index of an own field, which is added if it is new.
    fn own_field_index(&mut self, name: &OwnName) -> usize {
        let names = &mut self.segment.own_field_names;
        let index = if names.get(self.next_own_field) == Some(name) {
            self.next_own_field
        } else if let Some(known) = self.own_field_indexes.get(name) {
            *known
        } else {
            let index = names.len();
            self.own_field_indexes.insert(name.clone(), index);
            Arc::make_mut(names).push(name.clone());
            index
        };
        self.next_own_field = index + 1;
        index
    }

    /// Stores one text of the record, with the code of its field.
    fn push_text(&mut self, code: usize, text: &str) {
        push_varint(&mut self.segment.layout, code);
        push_varint(&mut self.segment.layout, text.len());
        self.segment.texts.push_str(text);
    }

    /// Reserves memory for this many bytes of text.
    pub fn reserve_text_bytes(&mut self, bytes: usize) {
        self.segment.texts.reserve(bytes);
    }

    /// Returns the finished segment, and starts an empty one.
    pub fn finish(&mut self) -> Segment {
        let mut segment = std::mem::take(&mut self.segment);
        segment.texts.shrink_to_fit();
        segment.layout.shrink_to_fit();
        segment.layout_ends.shrink_to_fit();
        segment.provenance_runs.shrink_to_fit();
        segment.key_digests.shrink_to_fit();
        segment.source_hashes.shrink_to_fit();
        segment.dates = self.dates.finish();
        segment.archive_order = archive_order(&segment);
        let archive_ranks = ranks_in_order(&segment.archive_order);
        let date_ranks = segment.dates.ranks();
        let has_span =
            |record| segment.dates.parsed_date(record).is_some_and(|it| it.span().is_some());
        segment.by_date = SortColumn::new(&date_ranks, &archive_ranks, has_span);
        let keys = title_keys(&self.title_keys, &self.title_key_ends);
        let has_title = |record: usize| keys.get(record).is_some_and(|(_, key)| !key.is_empty());
        segment.by_title = SortColumn::new(&keys, &archive_ranks, has_title);
        segment.dictionary = self.index.finish();
        self.title_keys.clear();
        self.title_key_ends.clear();
        self.own_field_indexes.clear();
        segment
    }
}

/// Converts an offset or a count, which is always far below `u32::MAX` in a segment.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends the sort key of a title: its folded words, without punctuation. It is never empty.
pub(super) fn push_title_sort_key(title: &str, key: &mut String) {
    push_folded_title_key(&fold(title), key);
}

/// Appends the sort key of a folded title.
fn push_folded_title_key(folded: &str, key: &mut String) {
    for word in words(folded) {
        key.push_str(folded.get(word).unwrap_or_default());
        key.push(' ');
    }
    key.push('\0');
}

/// Returns the key of each title, preceded by its first 16 bytes as a number. Numbers compare
/// faster than byte strings.
fn title_keys<'k>(keys: &'k str, ends: &[u32]) -> Vec<(u128, &'k [u8])> {
    let mut from = 0;
    let mut key = |end: &u32| {
        let key = keys.as_bytes().get(from..*end as usize).unwrap_or_default();
        from = *end as usize;
        let mut first = [0; 16];
        first.iter_mut().zip(key).for_each(|(first, letter)| *first = *letter);
        (u128::from_be_bytes(first), key)
    };
    ends.iter().map(&mut key).collect()
}

/// Returns the records in archive order: see [`Segment::archive_order_key`]. Records with the same
/// key keep their order. Empty if this is the order of their numbers.
fn archive_order(segment: &Segment) -> Vec<u16> {
    let count = u32::try_from(segment.len()).unwrap_or(u32::MAX);
    let key = |record: u16| segment.archive_order_key(usize::from(record));
    let mut records: Vec<u16> = (0..count).filter_map(|record| record.try_into().ok()).collect();
    if records.is_sorted_by_key(|&record| key(record)) {
        return Vec::new();
    }
    records.sort_by_key(|&record| key(record));
    records
}

/// Returns the rank of each record in an order; empty for an empty order.
fn ranks_in_order(order: &[u16]) -> Vec<u16> {
    let mut ranks = vec![0; order.len()];
    // The order comes first: the numbers would count one step beyond its end, which may not fit.
    for (record, rank) in order.iter().zip(0..) {
        if let Some(of_record) = ranks.get_mut(usize::from(*record)) {
            *of_record = rank;
        }
    }
    ranks
}
