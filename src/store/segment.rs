//! An immutable batch of records with its index.
//!
//! Records of a segment are numbered from 0. Each record has its texts in one long string, and one
//! value in each column. A record is put together from them only when it is asked for.
//!
//! ```text
//! TEXTS        record 0                         record 1              ...
//!   texts      |date|title|summary|own field|   |date|title|url|      one string
//!
//! LAYOUT       which texts a record has, as varints: see `index::varint`
//!   layout     |start, code len, code len, ...| |start, code len, ...| ...
//!                                             ^                      ^
//!   layout_ends                               end of record 0        end of record 1
//!
//!              start: where the record's texts begin in `texts`
//!              code:  the field; known fields, then the date, then own fields
//!              len:   the length of the text in bytes
//!
//! COLUMNS      one value per record, indexed by the record's number
//!   positions, key_digests, source_hashes, dates
//!   provenance_runs        one entry per run of records with the same archive and file set
//!
//! ORDERS       the numbers of all records, sorted
//!   archive_order, by_date, by_title
//!
//! INDEX        dictionary: sorted words -> postings -> (set of fields: records)
//!              and pairs of words that often follow each other -> postings
//! ```

use std::ops::Range;
use std::sync::Arc;

use super::index::date_column::DateColumn;
use super::index::sort_column::SortColumn;
use super::index::term_dictionary::TermDictionary;
use super::index::varint::take_varint;
use crate::record::field_set::FieldSet;
use crate::record::{
    ArchiveId, Date, Field, FieldRef, FileSetId, Fingerprint, OwnName, Record, SourceHash,
    SourcedRecord,
};

pub use super::segment_builder::SegmentBuilder;

/// The largest number of records in a segment. Record numbers have 16 bits.
pub const MAX_RECORDS: usize = u16::MAX as usize;

/// An immutable batch of records with its index: see the [module documentation](self) for the
/// layout.
#[derive(Debug, Default)]
pub struct Segment {
    /// The texts of all records, one after the other.
    pub(super) texts: String,
    /// For each record the start of its texts in `texts`, then the field code and the length in
    /// bytes of each text. All numbers are varints.
    pub(super) layout: Vec<u8>,
    /// The end of each record's part of `layout`.
    pub(super) layout_ends: Vec<u32>,
    /// The names of own fields, in the order of first use. Shared with other segments that have the same ones.
    pub(super) own_field_names: Arc<Vec<OwnName>>,
    /// The position of each record in its archive's listing, or 0 if it has none. Empty if no
    /// record has a position.
    pub(super) positions: Vec<u64>,
    /// Where the records come from, one entry per run of records with the same archive and file
    /// set.
    pub(super) provenance_runs: Vec<ProvenanceRun>,
    /// The digest of each record's key: see [`RecordKey`](crate::record::RecordKey).
    pub(super) key_digests: Vec<u64>,
    /// What the file of each record says, as a hash: see [`SourceHash`].
    pub(super) source_hashes: Vec<SourceHash>,
    /// The parsed date of each record.
    pub(super) dates: DateColumn,
    /// The records in archive order: see [`Segment::archive_order_key`]. Empty if this is the order
    /// of their numbers.
    pub(super) archive_order: Vec<u16>,
    /// The records sorted by date.
    pub(super) by_date: SortColumn,
    /// The records sorted by title.
    pub(super) by_title: SortColumn,
    /// The words of the records, with their postings.
    pub(super) dictionary: TermDictionary,
}

/// The first of several consecutive records that have the same archive and file set.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProvenanceRun {
    /// The number of the first record.
    pub(super) first_record: u16,
    /// The archive of the records.
    pub(super) archive: ArchiveId,
    /// The file set of the records.
    pub(super) file_set: FileSetId,
}

/// The number of bytes that memory loads at once.
const CACHE_LINE_BYTES: usize = 64;

/// The byte range of a text in its segment: see [`Segment::text`].
#[derive(Clone, Copy, Debug)]
pub struct TextRange {
    /// The first byte.
    start: usize,
    /// One past the last byte.
    end: usize,
}

/// The field code of the date. Smaller codes are known fields, larger ones are own fields.
pub(super) const DATE_FIELD_CODE: usize = Field::ALL.len();

impl Segment {
    /// Builds a segment of the first [`MAX_RECORDS`] of these records.
    pub fn build(records: &[SourcedRecord]) -> Segment {
        let mut builder = SegmentBuilder::default();
        for SourcedRecord { archive, record } in records.iter().take(MAX_RECORDS) {
            builder.push(*archive, record);
        }
        builder.finish()
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.key_digests.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.key_digests.is_empty()
    }

    /// The size of the texts of all records.
    pub(super) fn text_bytes(&self) -> usize {
        self.texts.len()
    }

    /// The texts of a record with their fields: first the date, then the others as in its file.
    pub fn texts(&self, record: usize) -> impl Iterator<Item = (FieldRef<'_>, &str)> {
        self.text_ranges(record).map(|(field, range)| (field, self.text(range)))
    }

    /// The ranges of a record's texts with their fields. This reads no text. A caller that needs
    /// only some texts avoids loading the memory of the others.
    pub fn text_ranges(&self, record: usize) -> impl Iterator<Item = (FieldRef<'_>, TextRange)> {
        self.coded_text_ranges(record).map(|(code, range)| (self.field_ref(code), range))
    }

    /// The ranges of a record's texts in certain fields. Never includes the date.
    pub fn text_ranges_in(
        &self,
        record: usize,
        fields: FieldSet,
    ) -> impl Iterator<Item = (FieldRef<'_>, TextRange)> {
        let ranges = self.coded_text_ranges(record);
        let wanted = ranges.filter(move |(code, _)| {
            let field = Field::ALL.get(*code).copied().map(FieldSet::from_field);
            field
                .unwrap_or(if *code == DATE_FIELD_CODE { FieldSet::EMPTY } else { FieldSet::OWN })
                .intersects(fields)
        });
        wanted.map(|(code, range)| (self.field_ref(code), range))
    }

    /// The ranges of a record's texts with their field codes.
    #[inline]
    fn coded_text_ranges(&self, record: usize) -> impl Iterator<Item = (usize, TextRange)> {
        let mut layout = self.layout.get(self.layout_range(record)).unwrap_or_default();
        let mut at = take_varint(&mut layout).unwrap_or(0);
        std::iter::from_fn(move || {
            let code = take_varint(&mut layout)?;
            let start = at;
            at += take_varint(&mut layout)?;
            Some((code, TextRange { start, end: at }))
        })
    }

    /// Loads texts into the processor's cache. The loads overlap, which is faster than one load
    /// after the other while the texts are read. Returns the number of bytes.
    pub fn prefetch_texts(&self, ranges: impl Iterator<Item = TextRange>) -> usize {
        let all = self.texts.as_bytes();
        // Slicing a `str` also reads the byte after the text, to check that a character begins
        // there.
        let with_next = |range: TextRange| all.get(range.start..all.len().min(range.end + 1));
        touch_cache_lines(ranges.filter_map(with_next))
    }

    /// Loads the layout of records into the processor's cache. Returns the number of bytes.
    pub fn prefetch_layout(&self, records: impl Iterator<Item = usize>) -> usize {
        touch_cache_lines(records.filter_map(|record| self.layout.get(self.layout_range(record))))
    }

    /// The text in this range.
    pub fn text(&self, range: TextRange) -> &str {
        self.texts.get(range.start..range.end).unwrap_or_default()
    }

    /// The range of a record in `layout`.
    fn layout_range(&self, record: usize) -> Range<usize> {
        let start = record.checked_sub(1).and_then(|before| self.layout_ends.get(before));
        let end = self.layout_ends.get(record).copied().unwrap_or(0);
        start.copied().unwrap_or(0) as usize..end as usize
    }

    /// The field with this code.
    fn field_ref(&self, code: usize) -> FieldRef<'_> {
        match Field::ALL.get(code) {
            Some(field) => FieldRef::Known(*field),
            None if code == DATE_FIELD_CODE => FieldRef::Date,
            None => {
                let name = self.own_field_names.get(code - DATE_FIELD_CODE - 1);
                FieldRef::Own(name.map_or("", OwnName::as_str))
            }
        }
    }

    /// Returns the record with this number.
    pub fn record(&self, number: usize) -> Option<Record> {
        let parsed = self.dates.parsed_date(number)?;
        let mut record = Record { position: self.position(number), ..Record::default() };
        record.date = Date { text: String::new(), parsed };
        record.source_hash = self.source_hash(number);
        for (code, range) in self.coded_text_ranges(number) {
            let text = self.text(range);
            match Field::ALL.get(code) {
                Some(field) => record.values.push((*field, text.to_owned())),
                None if code == DATE_FIELD_CODE => text.clone_into(&mut record.date.text),
                None => {
                    let name = self.own_field_names.get(code - DATE_FIELD_CODE - 1);
                    record.own.push((name.cloned().unwrap_or_else(|| "".into()), text.to_owned()));
                }
            }
        }
        Some(record)
    }

    /// The first title of a record.
    pub fn title(&self, record: usize) -> Option<&str> {
        let of_title = |(field, range)| (field == FieldRef::Known(Field::Title)).then_some(range);
        self.text_ranges(record).find_map(of_title).map(|range| self.text(range))
    }

    /// The position of a record in its archive's listing, if its file has it.
    pub fn position(&self, record: usize) -> Option<u64> {
        self.positions.get(record).copied().filter(|position| *position > 0)
    }

    /// Whether any record has a position.
    pub fn has_positions(&self) -> bool {
        !self.positions.is_empty()
    }

    /// The key of the archive order: the archive, then the position. Records without a position
    /// come last in their archive.
    pub fn archive_order_key(&self, record: usize) -> (ArchiveId, bool, u64) {
        let position = self.position(record);
        (self.archive_id(record), position.is_none(), position.unwrap_or(0))
    }

    /// The archive of a record.
    pub fn archive_id(&self, record: usize) -> ArchiveId {
        self.provenance_run(record).map(|run| run.archive).unwrap_or_default()
    }

    /// The file set of a record.
    pub fn file_set(&self, record: usize) -> FileSetId {
        self.provenance_run(record).map(|run| run.file_set).unwrap_or_default()
    }

    /// The run that a record belongs to. Takes logarithmic time in the number of runs.
    fn provenance_run(&self, record: usize) -> Option<&ProvenanceRun> {
        let starts_before = |run: &ProvenanceRun| usize::from(run.first_record) <= record;
        let after = self.provenance_runs.partition_point(starts_before);
        self.provenance_runs.get(after.checked_sub(1)?)
    }

    /// Each run of records with the same archive and file set, in order.
    pub(super) fn provenance_ranges(
        &self,
    ) -> impl Iterator<Item = (Range<usize>, ArchiveId, FileSetId)> {
        let ends = self.provenance_runs.iter().skip(1).map(|run| usize::from(run.first_record));
        let runs = self.provenance_runs.iter().zip(ends.chain([self.len()]));
        runs.map(|(run, end)| (usize::from(run.first_record)..end, run.archive, run.file_set))
    }

    /// What the file of a record says.
    pub(super) fn source_hash(&self, record: usize) -> SourceHash {
        self.source_hashes.get(record).copied().unwrap_or_default()
    }

    /// The fingerprint of a record.
    pub(super) fn fingerprint(&self, record: usize) -> Fingerprint {
        Fingerprint::from_texts(self.texts(record)).with_source(self.source_hash(record))
    }

    /// The digest of each record's key.
    pub(super) fn key_digests(&self) -> &[u64] {
        &self.key_digests
    }

    /// The parsed date of each record.
    pub fn dates(&self) -> &DateColumn {
        &self.dates
    }

    /// The records in archive order. Empty if this is the order of their numbers.
    pub fn archive_order(&self) -> &[u16] {
        &self.archive_order
    }

    /// The records sorted by date: see [`DateColumn::sort_key`].
    pub fn by_date(&self) -> &SortColumn {
        &self.by_date
    }

    /// The records sorted by title: see [`title_sort_key`](super::title_sort_key).
    pub fn by_title(&self) -> &SortColumn {
        &self.by_title
    }

    /// The names of own fields, in the order of first use.
    pub fn own_field_names(&self) -> &[OwnName] {
        &self.own_field_names
    }

    /// The words of the records, with their postings.
    pub fn dictionary(&self) -> &TermDictionary {
        &self.dictionary
    }
}

/// Reads one byte of each cache line of these slices. Returns the number of bytes in the slices.
fn touch_cache_lines<'b>(all: impl Iterator<Item = &'b [u8]>) -> usize {
    let mut length = 0;
    let mut touched = 0_u8;
    for bytes in all {
        touched = bytes.iter().step_by(CACHE_LINE_BYTES).fold(touched, |sum, byte| sum ^ byte);
        length += bytes.len();
    }
    std::hint::black_box(touched);
    length
}
