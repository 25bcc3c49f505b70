//! A segment that is being built, record by record.

use std::collections::HashMap;

use super::index::date_column::DatesInMaking;
use super::index::index_builder::Indexing;
use super::index::sort_column::Sorted;
use super::index::varint::push_number;
use super::segment::{DATE, MOST, Segment};
use crate::record::field_set::FieldSet;
use crate::record::identity::RecordKey;
use crate::record::{Field, Record};
use crate::text::fold::fold;
use crate::text::words::words;

/// A segment that is being built. It can be used again for the next, and keeps its memory for it.
#[derive(Debug, Default)]
pub struct Building {
    /// The columns so far.
    segment: Segment,
    /// The origin of the records that follow.
    origin: u16,
    /// The place of each own name that was met.
    own_names: HashMap<String, usize>,
    /// The dates so far.
    dates: DatesInMaking,
    /// The keys of the titles, one after the other.
    titles: String,
    /// Where the key of each record's title ends; empty keys are of records without a title.
    title_ends: Vec<u32>,
    /// The word index so far.
    index: Indexing,
}

impl Building {
    /// Whether no further record finds room.
    pub fn is_full(&self) -> bool {
        self.segment.len() == MOST
    }

    /// Whether there is no record yet.
    pub fn is_empty(&self) -> bool {
        self.segment.is_empty()
    }

    /// Says in which files the records that follow stand, as an index among the origins.
    pub fn stand_in(&mut self, origin: u16) {
        self.origin = origin;
    }

    /// Adds a record of a listing, unless the segment is full.
    pub fn push(&mut self, source: u16, record: &Record) {
        if self.is_full() {
            return;
        }
        self.push_origin();
        self.push_position(record.position);
        self.segment.sources.push(source);
        self.segment.identities.push(RecordKey::of(record).number());
        self.dates.push(record.date.reading);
        push_number(&mut self.segment.layout, self.segment.texts.len());
        if !record.date.text.is_empty() {
            self.push_text(DATE, &record.date.text);
        }
        let mut titled = false;
        for (field, value) in &record.values {
            self.push_text(*field as usize, value);
            self.index.add(FieldSet::of(*field), value);
            if *field == Field::Title && !std::mem::replace(&mut titled, true) {
                push_key_of(self.index.folded(), &mut self.titles);
            }
        }
        for (name, value) in &record.own {
            let slot = DATE + 1 + self.own_name(name);
            self.push_text(slot, value);
            self.index.add(FieldSet::OWN, value);
        }
        self.segment.layout_ends.push(short(self.segment.layout.len()));
        self.title_ends.push(short(self.titles.len()));
        self.index.end_record();
    }

    /// Stores where the record stands, where that is elsewhere than the one before it.
    fn push_origin(&mut self) {
        let origins = &mut self.segment.origins;
        let first = u16::try_from(self.segment.sources.len()).unwrap_or(u16::MAX);
        if origins.last().is_none_or(|(_, origin)| *origin != self.origin) {
            origins.push((first, self.origin));
        }
    }

    /// Stores a position: the column begins with the first record that has one.
    fn push_position(&mut self, position: Option<u64>) {
        let positions = &mut self.segment.positions;
        if position.is_some() || !positions.is_empty() {
            positions.resize(self.segment.sources.len(), 0);
            positions.push(position.unwrap_or(0));
        }
    }

    /// The place of a field's own name.
    fn own_name(&mut self, name: &str) -> usize {
        if let Some(known) = self.own_names.get(name) {
            return *known;
        }
        let place = self.segment.own_names.len();
        self.own_names.insert(name.to_owned(), place);
        self.segment.own_names.push(name.to_owned());
        place
    }

    /// Stores one text.
    fn push_text(&mut self, slot: usize, text: &str) {
        push_number(&mut self.segment.layout, slot);
        push_number(&mut self.segment.layout, text.len());
        self.segment.texts.push_str(text);
    }

    /// Makes room for texts of so many bytes together.
    pub fn make_room(&mut self, bytes: usize) {
        self.segment.texts.reserve(bytes);
    }

    /// The finished segment.
    pub fn finish(&mut self) -> Segment {
        let mut segment = std::mem::take(&mut self.segment);
        segment.texts.shrink_to_fit();
        segment.layout.shrink_to_fit();
        segment.layout_ends.shrink_to_fit();
        segment.sources.shrink_to_fit();
        segment.identities.shrink_to_fit();
        segment.dates = self.dates.finish();
        segment.as_listed = as_listed(&segment);
        let places = places(&segment.as_listed);
        let ranks = segment.dates.ranks();
        let dated = |record| segment.dates.reading(record).is_some_and(|it| it.span().is_some());
        segment.by_date = Sorted::new(&ranks, &places, dated);
        let keys = title_keys(&self.titles, &self.title_ends);
        let titled = |record: usize| keys.get(record).is_some_and(|(_, key)| !key.is_empty());
        segment.by_title = Sorted::new(&keys, &places, titled);
        segment.words = self.index.finish();
        self.titles.clear();
        self.title_ends.clear();
        self.own_names.clear();
        segment
    }
}

/// A number that is far below four thousand millions in any segment.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends what a title is ordered by: its folded words, so that quotes and full stops do not matter.
/// It is never empty.
pub(super) fn push_title_key(title: &str, key: &mut String) {
    push_key_of(&fold(title), key);
}

/// Appends the same for a title that is folded.
fn push_key_of(folded: &str, key: &mut String) {
    for word in words(folded) {
        key.push_str(folded.get(word).unwrap_or_default());
        key.push(' ');
    }
    key.push('\0');
}

/// The key of each title, after its first letters as a number, which are quicker to compare.
fn title_keys<'k>(titles: &'k str, ends: &[u32]) -> Vec<(u128, &'k [u8])> {
    let mut from = 0;
    let mut key = |end: &u32| {
        let key = titles.as_bytes().get(from..*end as usize).unwrap_or_default();
        from = *end as usize;
        let mut first = [0; 16];
        first.iter_mut().zip(key).for_each(|(first, letter)| *first = *letter);
        (u128::from_be_bytes(first), key)
    };
    ends.iter().map(&mut key).collect()
}

/// The records as the archive lists them: by listing, by position, those without one last as they
/// came. Empty where they stand so.
fn as_listed(segment: &Segment) -> Vec<u16> {
    let count = u32::try_from(segment.len()).unwrap_or(u32::MAX);
    let key = |record: u16| segment.listing_key(usize::from(record));
    let mut records: Vec<u16> = (0..count).filter_map(|record| record.try_into().ok()).collect();
    if records.is_sorted_by_key(|&record| key(record)) {
        return Vec::new();
    }
    records.sort_by_key(|&record| key(record));
    records
}

/// For each record its place in an order; empty where they stand so.
fn places(order: &[u16]) -> Vec<u16> {
    let mut places = vec![0; order.len()];
    for (place, record) in (0..).zip(order) {
        if let Some(of_record) = places.get_mut(usize::from(*record)) {
            *of_record = place;
        }
    }
    places
}
