//! Finds the records that are like one: they share its rarest words, its people and bodies, where it lies, and its time.
//!
//! Words and names say more the fewer records have them, so each counts with the logarithm of the share of records that
//! lack it. The postings of the rarest words give the candidates. Their values are then compared whole.

use std::collections::HashMap;

use rayon::prelude::*;

use super::rank::{MATCH_ONLY, NO_MATCH, Score};
use crate::record::field_set::FieldSet;
use crate::record::{DateSpan, Field, FieldRef};
use crate::store::{RecordAddress, Segment, Store};
use crate::text::fold::{FoldedText, fold};
use crate::text::tokens::tokens;

/// The most records that are found.
const MAX_FOUND: usize = 200;

/// The most records whose values are compared.
const MAX_CANDIDATES: usize = 1_000;

/// The most words of a record that are looked for, the rarest ones.
const MAX_WORDS: usize = 32;

/// The most different words of a record of which the records are counted.
const MAX_COUNTED_WORDS: usize = 400;

/// The most values of a record that are compared.
const MAX_VALUES: usize = u64::BITS as usize;

/// Words of more than one record in so many say nothing.
const MIN_RARITY: usize = 20;

/// Words of so few records are looked for in any case.
const MIN_FREQUENT_RECORDS: usize = 50;

/// So many records before and after it in its file are candidates.
const NEIGHBORS: usize = 48;

/// How much more the word of a name counts than another word.
const NAME_FACTOR: f32 = 1.5;

/// How much more a whole value counts than a word as rare.
const VALUE_FACTOR: f32 = 2.0;

/// How much the same day counts.
const DATE_WEIGHT: f32 = 3.0;

/// The number of days of a year.
const YEAR_DAYS: f32 = 365.25;

/// The records that are like one.
#[derive(Debug, Default)]
pub(super) struct SimilarRecords {
    /// The title of that record.
    pub(super) title: String,
    /// Its rarest words that other records have, as it writes them, the rarest first.
    pub(super) shared_words: Vec<String>,
    /// How alike the records of each segment are: the greater, the more.
    similarity: Vec<HashMap<u16, u32>>,
}

impl SimilarRecords {
    /// The scores of the `records` records of a segment, as those of a term.
    pub(super) fn scores(&self, segment: usize, records: usize) -> Vec<Score> {
        let mut scores = vec![NO_MATCH; records];
        for record in self.similarity.get(segment).into_iter().flat_map(HashMap::keys) {
            if let Some(score) = scores.get_mut(usize::from(*record)) {
                *score = MATCH_ONLY;
            }
        }
        scores
    }

    /// Whether no record is like it.
    pub(super) fn is_empty(&self) -> bool {
        self.similarity.iter().all(HashMap::is_empty)
    }

    /// How alike a record is.
    pub(super) fn similarity(&self, address: RecordAddress) -> u32 {
        let found = self.similarity.get(address.segment);
        found.and_then(|found| found.get(&address.record)).copied().unwrap_or(0)
    }
}

/// Finds the records that are like the one with this id, position or title, the most similar ones. Returns `None` if there
/// is no such record.
pub(super) fn similar_records(store: &Store, named: &str) -> Option<SimilarRecords> {
    let address = find_record(store, named)?;
    let segment = store.segments().get(address.segment)?;
    let record = usize::from(address.record);
    let rare_words = rare_words(store, segment, record);
    let candidates = candidates(store, address, &rare_words);
    let mut compared = Comparison::new(store, address).compare(candidates);
    compared.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| key_of(*x).cmp(&key_of(*y))));
    let mut found = SimilarRecords {
        title: segment.title(record).unwrap_or_default().to_owned(),
        shared_words: rare_words.into_iter().map(|word| word.as_written).collect(),
        similarity: vec![HashMap::new(); store.segments().len()],
    };
    for (similarity, RecordAddress { segment, record }) in compared.into_iter().take(MAX_FOUND) {
        if let Some(of_segment) = found.similarity.get_mut(segment) {
            of_segment.insert(record, to_thousandths(similarity));
        }
    }
    Some(found)
}

/// Whether there is a record with this id, position or title.
pub(super) fn has_record(store: &Store, named: &str) -> bool {
    find_record(store, named).is_some()
}

/// The key by which records are sorted that are equally alike.
fn key_of(RecordAddress { segment, record }: RecordAddress) -> (usize, u16) {
    (segment, record)
}

/// Returns a similarity as a whole number of thousandths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
fn to_thousandths(similarity: f32) -> u32 {
    (similarity * 1000.0).clamp(1.0, 1e9) as u32
}

/// Returns a number of records as a float.
#[expect(clippy::cast_precision_loss, reason = "only its logarithm matters")]
fn to_float(records: usize) -> f32 {
    records as f32
}

/// Finds a record by its id, else by its position, else by its title.
fn find_record(store: &Store, named: &str) -> Option<RecordAddress> {
    let with_value = |field| find_by_value(store, named, field);
    let by_position = || find_by_position(store, named.trim().parse().ok()?);
    with_value(Field::Id).or_else(by_position).or_else(|| with_value(Field::Title))
}

/// Finds the first record with this value of a field; letter case and accents do not matter.
fn find_by_value(store: &Store, value: &str, field: Field) -> Option<RecordAddress> {
    let folded = fold(value.trim());
    let longest = tokens(&folded).max_by_key(ExactSizeIterator::len)?;
    let longest = folded.get(longest)?;
    let fields = FieldSet::from_field(field);
    store.segments().iter().enumerate().find_map(|(index, segment)| {
        let word = segment.dictionary().find(longest)?;
        let has_value = |record: &usize| {
            let mut texts = segment.text_ranges_in(*record, fields);
            texts.any(|(_, range)| fold(segment.text(range).trim()) == folded)
        };
        let postings = segment.dictionary().postings(word).records_with_fields();
        let in_field = postings.filter(|(_, found)| found.intersects(fields));
        let record = in_field.map(|(record, _)| record).filter(has_value).min()?;
        Some(RecordAddress { segment: index, record: u16::try_from(record).ok()? })
    })
}

/// Finds the first record with this position in its archive.
fn find_by_position(store: &Store, position: u64) -> Option<RecordAddress> {
    let segments = store.segments().iter().enumerate().filter(|(_, it)| it.has_positions());
    let mut found = segments.filter_map(|(segment, it)| {
        let record = (0..it.len()).find(|record| it.position(*record) == Some(position))?;
        Some(RecordAddress { segment, record: u16::try_from(record).ok()? })
    });
    found.next()
}

/// A word of the record that other records have.
struct RareWord {
    /// The folded word.
    letters: String,
    /// The word as the record writes it.
    as_written: String,
    /// How much it counts.
    weight: f32,
}

/// Returns the rarest words of a record that others have, the rarest first.
fn rare_words(store: &Store, segment: &Segment, record: usize) -> Vec<RareWord> {
    let mut counted: HashMap<String, (String, bool)> = HashMap::new();
    for (field, range) in segment.text_ranges_in(record, FieldSet::DEFAULT_SEARCH) {
        let is_name = matches!(field, FieldRef::Known(field) if Field::NAMES.contains(&field));
        let text = segment.text(range);
        let folded = FoldedText::new(text);
        for word in tokens(&folded.text) {
            let letters = folded.text.get(word.clone()).unwrap_or_default();
            if letters.chars().nth(1).is_none() || counted.len() >= MAX_COUNTED_WORDS {
                continue;
            }
            let written = text.get(folded.original_range(word)).unwrap_or(letters);
            let known = counted.entry(letters.to_owned());
            known.or_insert_with(|| (written.to_owned(), false)).1 |= is_name;
        }
    }
    let limit = (store.len() / MIN_RARITY).max(MIN_FREQUENT_RECORDS);
    let rare = counted.into_par_iter().filter_map(|(letters, (as_written, is_name))| {
        let records = count_records(store, &letters, limit)?;
        let factor = if is_name { NAME_FACTOR } else { 1.0 };
        let weight = factor * rarity(store.len(), records);
        (records > 1).then_some(RareWord { letters, as_written, weight })
    });
    let mut rare: Vec<RareWord> = rare.collect();
    rare.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.letters.cmp(&b.letters)));
    rare.truncate(MAX_WORDS);
    rare
}

/// How much something counts that so many records of all have.
fn rarity(all: usize, records: usize) -> f32 {
    (to_float(all + 1) / to_float(records.max(1))).ln().max(0.0)
}

/// Returns the number of records that have a word, or `None` if they are more than `limit`.
fn count_records(store: &Store, letters: &str, limit: usize) -> Option<usize> {
    let mut records = 0;
    for dictionary in store.segments().iter().map(|segment| segment.dictionary()) {
        let Some(word) = dictionary.find(letters) else { continue };
        records += dictionary.postings(word).records_with_fields().take(limit + 1).count();
        if records > limit {
            return None;
        }
    }
    Some(records)
}

/// Returns the records with the rarest words, each with the weight of its words, and the neighbours of the record.
fn candidates(
    store: &Store,
    of: RecordAddress,
    rare_words: &[RareWord],
) -> Vec<(f32, RecordAddress)> {
    let segments = store.segments().par_iter().enumerate();
    let found = segments.flat_map_iter(|(index, segment)| {
        let dictionary = segment.dictionary();
        let mut weights: HashMap<usize, f32> = HashMap::new();
        for rare in rare_words {
            let Some(word) = dictionary.find(&rare.letters) else { continue };
            for (record, fields) in dictionary.postings(word).records_with_fields() {
                if fields.intersects(FieldSet::DEFAULT_SEARCH) {
                    *weights.entry(record).or_default() += rare.weight;
                }
            }
        }
        if index == of.segment {
            let record = usize::from(of.record);
            for neighbor in
                record.saturating_sub(NEIGHBORS)..(record + NEIGHBORS).min(segment.len())
            {
                weights.entry(neighbor).or_default();
            }
        }
        let address = move |record| {
            Some(RecordAddress { segment: index, record: u16::try_from(record).ok()? })
        };
        weights.into_iter().filter_map(move |(record, weight)| Some((weight, address(record)?)))
    });
    let mut found: Vec<(f32, RecordAddress)> =
        found.filter(|(_, address)| *address != of).collect();
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| key_of(*x).cmp(&key_of(*y))));
    found.truncate(MAX_CANDIDATES);
    found
}

/// A value of the record, to be compared with those of others.
struct Value<'a> {
    /// Its field.
    field: FieldRef<'a>,
    /// Its folded text.
    folded: String,
}

/// Compares records with one.
struct Comparison<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The values of the record.
    values: Vec<Value<'a>>,
    /// Its date.
    date: Option<DateSpan>,
}

impl<'a> Comparison<'a> {
    /// Prepares the comparison with a record.
    fn new(store: &'a Store, address: RecordAddress) -> Comparison<'a> {
        let mut comparison = Comparison { store, values: Vec::new(), date: None };
        let Some(segment) = store.segments().get(address.segment) else { return comparison };
        let record = usize::from(address.record);
        let values = segment.texts(record).filter(|(field, _)| is_compared(*field));
        let values = values.map(|(field, text)| Value { field, folded: fold(text) });
        comparison.values = values.take(MAX_VALUES).collect();
        comparison.date = date_of(segment, record);
        comparison
    }

    /// Adds to the weights of records what their values and dates count.
    fn compare(&self, candidates: Vec<(f32, RecordAddress)>) -> Vec<(f32, RecordAddress)> {
        let shared: Vec<u64> =
            candidates.par_iter().map(|(_, address)| self.shared_values(*address)).collect();
        let weights: Vec<f32> = (0..self.values.len())
            .map(|value| {
                let records = shared.iter().filter(|bits| **bits & (1 << value) != 0).count();
                VALUE_FACTOR * rarity(self.store.len(), records + 1)
            })
            .collect();
        let compared = candidates.into_iter().zip(shared).map(|((weight, address), shared)| {
            let values = weights.iter().enumerate().filter(|(value, _)| shared & (1 << value) != 0);
            let of_values: f32 = values.map(|(_, weight)| weight).sum();
            (weight + of_values, address)
        });
        // A time is no likeness by itself.
        let alike = compared.filter(|(weight, _)| *weight > 0.0);
        alike.map(|(weight, address)| (weight + self.date_weight(address), address)).collect()
    }

    /// Returns which values a record shares, as bits. A box or folder of another collection has nothing in common, nor has a
    /// folder of another box.
    fn shared_values(&self, address: RecordAddress) -> u64 {
        let Some(segment) = self.store.segments().get(address.segment) else { return 0 };
        let mut shared = 0;
        for (field, text) in segment.texts(usize::from(address.record)) {
            if !is_compared(field) {
                continue;
            }
            let folded = fold(text);
            for (bit, value) in self.values.iter().enumerate() {
                if value.field == field && value.folded == folded {
                    shared |= 1 << bit;
                }
            }
        }
        let lacks = |shared: u64, of: Field| {
            let bits = self.bits_of(&[of]);
            bits != 0 && shared & bits == 0
        };
        if lacks(shared, Field::Collection) {
            shared &= !self.bits_of(&[Field::Series, Field::Box, Field::Folder, Field::Container]);
        }
        if lacks(shared, Field::Box) {
            shared &= !self.bits_of(&[Field::Folder]);
        }
        shared
    }

    /// The bits of the values of some fields.
    fn bits_of(&self, fields: &[Field]) -> u64 {
        let values = self.values.iter().enumerate();
        let of_fields = values.filter(
            |(_, value)| matches!(value.field, FieldRef::Known(field) if fields.contains(&field)),
        );
        of_fields.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }

    /// How much the date of a record counts: the less, the more years it is away.
    fn date_weight(&self, address: RecordAddress) -> f32 {
        let segment = self.store.segments().get(address.segment);
        let other = segment.and_then(|segment| date_of(segment, usize::from(address.record)));
        let (Some(date), Some(other)) = (self.date, other) else { return 0.0 };
        let start = date.earliest.0.abs_diff(other.earliest.0);
        let end = date.latest.0.abs_diff(other.latest.0);
        let days = to_float(usize::try_from(start.saturating_add(end) / 2).unwrap_or(usize::MAX));
        DATE_WEIGHT / (1.0 + days / YEAR_DAYS)
    }
}

/// Whether the values of a field are compared whole. Those that are different in each record, or the same in all, are not.
fn is_compared(field: FieldRef<'_>) -> bool {
    match field {
        FieldRef::Date => false,
        FieldRef::Own(_) => true,
        FieldRef::Known(field) => !matches!(
            field,
            Field::Id | Field::Summary | Field::Language | Field::Rights | Field::Url
        ),
    }
}

/// The date of a record.
fn date_of(segment: &Segment, record: usize) -> Option<DateSpan> {
    segment.dates().parsed_date(record)?.span()
}
