//! A batch of records with its word index and date columns; built once, then read-only.

use std::collections::HashMap;

use super::bytes::{push_number, take_number};
use super::fields::FieldSet;
use super::identity::RecordKey;
use super::indexing::Indexing;
use super::words::Words;
use crate::record::date::Reading;
use crate::record::{Date, Field, Placed, Record};

/// A batch of records. Their texts stand in one row of bytes and are decoded when they are asked
/// for; what is asked of many at once stands in columns. Within a segment records are counted
/// from 0.
#[derive(Debug, Default)]
pub struct Segment {
    /// All texts of all records, one after the other.
    texts: String,
    /// For each record where its texts begin, then for each text its slot and its length.
    layout: Vec<u8>,
    /// Where the layout of each record ends.
    layout_ends: Vec<usize>,
    /// The names of fields that are the files' own, in the order they were met.
    own_names: Vec<String>,
    /// The position of each record in its listing; empty where no record has one.
    positions: Vec<Option<u64>>,
    /// The listing of each record, as an index among the sources.
    sources: Vec<u16>,
    /// The number of each record's key: see [`RecordKey`].
    identities: Vec<u64>,
    /// What each record's date was understood as.
    dates: Vec<Reading>,
    /// The word index.
    words: Words,
}

/// Which part of a record a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'a> {
    /// The date as it is written.
    Date,
    /// A value of a known field.
    Known(Field),
    /// A value of a field under its file's own name.
    Own(&'a str),
}

/// The number that stands for the date among the slots; known fields are below it, own names above.
const DATE: usize = Field::ALL.len();

/// How many bytes the texts of a record have.
fn length(record: &Record) -> usize {
    let values = record.values.iter().map(|(_, value)| value.len());
    let own = record.own.iter().map(|(_, value)| value.len());
    record.date.text.len() + values.chain(own).sum::<usize>()
}

impl Segment {
    /// Builds a segment: folds and indexes its records. A pure function.
    pub fn build(records: Vec<Placed>) -> Segment {
        let mut segment = Segment::with_capacity(records.len());
        let mut index = Indexing::new(records.len());
        segment.texts.reserve_exact(records.iter().map(|placed| length(&placed.record)).sum());
        let positioned = records.iter().any(|placed| placed.record.position.is_some());
        let mut own_names = HashMap::new();
        for Placed { source, record } in records {
            if positioned {
                segment.positions.push(record.position);
            }
            segment.sources.push(source);
            segment.identities.push(RecordKey::of(&record).number());
            segment.dates.push(record.date.reading);
            segment.push_texts(&record, &mut own_names, &mut index);
            index.end_record();
        }
        segment.layout.shrink_to_fit();
        segment.words = index.finish();
        segment
    }

    /// An empty segment with room for so many records.
    fn with_capacity(records: usize) -> Segment {
        Segment {
            layout_ends: Vec::with_capacity(records),
            sources: Vec::with_capacity(records),
            identities: Vec::with_capacity(records),
            dates: Vec::with_capacity(records),
            ..Segment::default()
        }
    }

    /// Stores and indexes the texts of a record. `known` has the place of each own name that was met.
    fn push_texts(
        &mut self,
        record: &Record,
        known: &mut HashMap<String, usize>,
        index: &mut Indexing,
    ) {
        push_number(&mut self.layout, self.texts.len());
        if !record.date.text.is_empty() {
            self.push_text(DATE, &record.date.text);
        }
        for (field, value) in &record.values {
            self.push_text(*field as usize, value);
            index.add(FieldSet::of(*field), value);
        }
        for (name, value) in &record.own {
            let at = known.get(name).copied().unwrap_or_else(|| {
                known.insert(name.clone(), self.own_names.len());
                self.own_names.push(name.clone());
                self.own_names.len() - 1
            });
            self.push_text(DATE + 1 + at, value);
            index.add(FieldSet::OWN, value);
        }
        self.layout_ends.push(self.layout.len());
    }

    /// Stores one text.
    fn push_text(&mut self, slot: usize, text: &str) {
        push_number(&mut self.layout, slot);
        push_number(&mut self.layout, text.len());
        self.texts.push_str(text);
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
        let start = record.checked_sub(1).and_then(|before| self.layout_ends.get(before));
        let end = self.layout_ends.get(record).copied().unwrap_or(0);
        let range = start.copied().unwrap_or(0)..end;
        let mut layout = self.layout.get(range).unwrap_or_default();
        let mut at = take_number(&mut layout).unwrap_or(0);
        std::iter::from_fn(move || {
            let slot = take_number(&mut layout)?;
            let start = at;
            at += take_number(&mut layout)?;
            Some((self.slot(slot), self.texts.get(start..at).unwrap_or_default()))
        })
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
        let reading = *self.dates.get(number)?;
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
        let of_title = |(slot, text)| (slot == Slot::Known(Field::Title)).then_some(text);
        self.texts(record).find_map(of_title)
    }

    /// The position of a record in its listing, where its file says so.
    pub fn position(&self, record: usize) -> Option<u64> {
        self.positions.get(record).copied().flatten()
    }

    /// The listing of each record, as an index among the sources.
    pub fn sources(&self) -> &[u16] {
        &self.sources
    }

    /// The number of each record's key.
    pub(super) fn identities(&self) -> &[u64] {
        &self.identities
    }

    /// What each record's date was understood as.
    pub fn dates(&self) -> &[Reading] {
        &self.dates
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
