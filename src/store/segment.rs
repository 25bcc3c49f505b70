//! A batch of records with its word index and date columns; built once, then read-only.

use std::ops::Range;

use super::index::date_column::Dates;
use super::index::sort_column::Sorted;
use super::index::term_dictionary::Words;
use super::index::varint::take_number;
use crate::record::field_set::FieldSet;
use crate::record::{Date, Field, Placed, Record, Slot};

pub use super::segment_builder::Building;

/// The most records of a segment: they are counted in 16 bits.
pub const MOST: usize = u16::MAX as usize;

/// A batch of records. Their texts stand in one row of bytes and are decoded when they are asked
/// for; what is asked of many at once stands in columns. Within a segment records are counted
/// from 0.
#[derive(Debug, Default)]
pub struct Segment {
    /// All texts of all records, one after the other.
    pub(super) texts: String,
    /// For each record where its texts begin, then for each text its slot and its length.
    pub(super) layout: Vec<u8>,
    /// Where the layout of each record ends.
    pub(super) layout_ends: Vec<u32>,
    /// The names of fields that are the files' own, in the order they were met.
    pub(super) own_names: Vec<String>,
    /// The position of each record in its listing, 0 where it has none; empty where none has one.
    pub(super) positions: Vec<u64>,
    /// The listing of each record, as an index among the sources.
    pub(super) sources: Vec<u16>,
    /// Where the records of an origin begin, and its index: they mostly stand together.
    pub(super) origins: Vec<(u16, u16)>,
    /// The number of each record's key: see [`RecordKey`](crate::record::RecordKey).
    pub(super) identities: Vec<u64>,
    /// What each record's date was understood as.
    pub(super) dates: Dates,
    /// The records as the archive lists them; empty where they stand so.
    pub(super) as_listed: Vec<u16>,
    /// The records by date.
    pub(super) by_date: Sorted,
    /// The records by title.
    pub(super) by_title: Sorted,
    /// The word index.
    pub(super) words: Words,
}

/// How many bytes memory hands over at once.
const LINE: usize = 64;

/// Where a text stands in its segment.
#[derive(Clone, Copy, Debug)]
pub struct TextPlace {
    /// Its first byte.
    start: usize,
    /// The byte behind it.
    end: usize,
}

/// The number that stands for the date among the slots; known fields are below it, own names above.
pub(super) const DATE: usize = Field::ALL.len();

impl Segment {
    /// Builds a segment of up to [`MOST`] records: folds and indexes them. A pure function.
    pub fn build(records: &[Placed]) -> Segment {
        let mut building = Building::default();
        for Placed { source, record } in records.iter().take(MOST) {
            building.push(*source, record);
        }
        building.finish()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The texts of a record, in the order of its file, the date first.
    pub fn texts(&self, record: usize) -> impl Iterator<Item = (Slot<'_>, &str)> {
        self.places(record).map(|(slot, place)| (slot, self.text(place)))
    }

    /// Where the texts of a record stand. Who wants only some of them looks at these alone: each text is
    /// in another part of memory.
    pub fn places(&self, record: usize) -> impl Iterator<Item = (Slot<'_>, TextPlace)> {
        self.numbered_places(record).map(|(number, place)| (self.slot(number), place))
    }

    /// Where the texts of a record in certain fields stand. Other texts are passed over at once.
    pub fn places_in(
        &self,
        record: usize,
        fields: FieldSet,
    ) -> impl Iterator<Item = (Slot<'_>, TextPlace)> {
        let places = self.numbered_places(record);
        let wanted = places.filter(move |(number, _)| {
            let field = Field::ALL.get(*number).copied().map(FieldSet::of);
            field
                .unwrap_or(if *number == DATE { FieldSet::NONE } else { FieldSet::OWN })
                .meets(fields)
        });
        wanted.map(|(number, place)| (self.slot(number), place))
    }

    /// Where the texts of a record stand, and the numbers of their slots.
    #[inline]
    fn numbered_places(&self, record: usize) -> impl Iterator<Item = (usize, TextPlace)> {
        let mut layout = self.layout.get(self.layout_of(record)).unwrap_or_default();
        let mut at = take_number(&mut layout).unwrap_or(0);
        std::iter::from_fn(move || {
            let number = take_number(&mut layout)?;
            let start = at;
            at += take_number(&mut layout)?;
            Some((number, TextPlace { start, end: at }))
        })
    }

    /// Has the memory of texts come in, that of all of them at once, and not of one after the other while
    /// they are read. Returns how many bytes they have.
    pub fn fetch(&self, places: impl Iterator<Item = TextPlace>) -> usize {
        let all = self.texts.as_bytes();
        // With the byte behind it, which is looked at to see that a letter begins there.
        fetch(places.filter_map(|place| all.get(place.start..all.len().min(place.end + 1))))
    }

    /// The same for where the texts of records stand.
    pub fn fetch_places(&self, records: impl Iterator<Item = usize>) -> usize {
        fetch(records.filter_map(|record| self.layout.get(self.layout_of(record))))
    }

    /// The text at a place.
    pub fn text(&self, place: TextPlace) -> &str {
        self.texts.get(place.start..place.end).unwrap_or_default()
    }

    /// The part of the layout that is of a record.
    fn layout_of(&self, record: usize) -> Range<usize> {
        let start = record.checked_sub(1).and_then(|before| self.layout_ends.get(before));
        let end = self.layout_ends.get(record).copied().unwrap_or(0);
        start.copied().unwrap_or(0) as usize..end as usize
    }

    /// The slot with this number.
    fn slot(&self, number: usize) -> Slot<'_> {
        match Field::ALL.get(number) {
            Some(field) => Slot::Known(*field),
            None if number == DATE => Slot::Date,
            None => Slot::Own(self.own_names.get(number - DATE - 1).map_or("", String::as_str)),
        }
    }

    /// A record.
    pub fn record(&self, number: usize) -> Option<Record> {
        let reading = self.dates.reading(number)?;
        let mut record = Record { position: self.position(number), ..Record::default() };
        record.date = Date { text: String::new(), reading };
        for (slot, text) in self.texts(number) {
            match slot {
                Slot::Date => text.clone_into(&mut record.date.text),
                Slot::Known(field) => record.values.push((field, text.to_owned())),
                Slot::Own(name) => record.own.push((name.to_owned(), text.to_owned())),
            }
        }
        Some(record)
    }

    /// The title of a record.
    pub fn title(&self, record: usize) -> Option<&str> {
        let of_title = |(slot, place)| (slot == Slot::Known(Field::Title)).then_some(place);
        self.places(record).find_map(of_title).map(|place| self.text(place))
    }

    /// The position of a record in its listing, where its file says so.
    pub fn position(&self, record: usize) -> Option<u64> {
        self.positions.get(record).copied().filter(|position| *position > 0)
    }

    /// Whether any record has a position.
    pub fn has_positions(&self) -> bool {
        !self.positions.is_empty()
    }

    /// What the archive's order goes by: the listing, then the position; those without one last.
    pub fn listing_key(&self, record: usize) -> (u16, bool, u64) {
        let position = self.position(record);
        let source = self.sources.get(record).copied().unwrap_or(u16::MAX);
        (source, position.is_none(), position.unwrap_or(0))
    }

    /// The listing of each record, as an index among the sources.
    pub fn sources(&self) -> &[u16] {
        &self.sources
    }

    /// The files that a record stands in, as an index among the origins.
    pub fn origin(&self, record: usize) -> u16 {
        let after = self.origins.partition_point(|(first, _)| usize::from(*first) <= record);
        after.checked_sub(1).and_then(|run| self.origins.get(run)).map_or(0, |(_, origin)| *origin)
    }

    /// The number of each record's key.
    pub(super) fn identities(&self) -> &[u64] {
        &self.identities
    }

    /// What each record's date was understood as.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// The records as the archive lists them; empty where they stand so.
    pub fn as_listed(&self) -> &[u16] {
        &self.as_listed
    }

    /// The records by date: see [`Dates::key`].
    pub fn by_date(&self) -> &Sorted {
        &self.by_date
    }

    /// The records by title: see [`title_key`](super::title_key).
    pub fn by_title(&self) -> &Sorted {
        &self.by_title
    }

    /// The names of fields that are the files' own, in the order they were met.
    pub fn own_names(&self) -> &[String] {
        &self.own_names
    }

    /// The word index.
    pub fn words(&self) -> &Words {
        &self.words
    }
}

/// Touches all bytes, as far as memory hands them over apart. Returns how many they are.
fn fetch<'b>(all: impl Iterator<Item = &'b [u8]>) -> usize {
    let mut length = 0;
    let mut touched = 0_u8;
    for bytes in all {
        touched = bytes.iter().step_by(LINE).fold(touched, |sum, byte| sum ^ byte);
        length += bytes.len();
    }
    std::hint::black_box(touched);
    length
}
