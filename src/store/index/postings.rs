//! The postings of a word: the records it occurs in, those with the same fields together.
//!
//! Records of one set of fields stand together, so that who walks them looks at the fields once and
//! meets nothing that he could not foresee. As bytes, for each set of fields: the set, doubled, and one
//! more where it is the last; how many bytes its records take, unless it is the last; and of each record
//! the distance to the one before it.

use super::varint::{push_number, take_number};
use crate::record::field_set::FieldSet;

/// The records a word occurs in, by the fields it occurs in there.
#[derive(Clone, Debug)]
pub struct Postings<'a> {
    /// What is still to be read.
    bytes: &'a [u8],
}

/// The records a word occurs in, upwards, in certain fields.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// What is still to be read.
    bytes: &'a [u8],
    /// The record before.
    record: usize,
}

impl<'a> Postings<'a> {
    /// Reads postings that [`Posting`] has written.
    pub(super) fn new(bytes: &'a [u8]) -> Postings<'a> {
        Postings { bytes }
    }

    /// Each record with its fields: the records of one set of fields, upwards, then those of the next.
    pub fn each(self) -> impl Iterator<Item = (usize, FieldSet)> + use<'a> {
        self.flat_map(|(fields, records)| records.map(move |record| (record, fields)))
    }
}

impl<'a> Iterator for Postings<'a> {
    type Item = (FieldSet, Run<'a>);

    fn next(&mut self) -> Option<(FieldSet, Run<'a>)> {
        let fields = take_number(&mut self.bytes)?;
        let length = match fields & 1 {
            0 => take_number(&mut self.bytes)?,
            _ => self.bytes.len(),
        };
        let (records, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some((FieldSet::from_bits(fields >> 1), Run { bytes: records, record: 0 }))
    }
}

impl Iterator for Run<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.record += take_number(&mut self.bytes)?;
        Some(self.record)
    }
}

/// Writes postings, word after word.
#[derive(Debug, Default)]
pub(super) struct Posting {
    /// For each set of fields, as bits, one more than its place among the runs of this word, or 0.
    places: Vec<u16>,
    /// The records by sets of fields; kept for the next word, only the first ones are in use.
    runs: Vec<Written>,
    /// How many are in use.
    used: usize,
}

/// The records of one set of fields.
#[derive(Debug, Default)]
struct Written {
    /// The fields.
    fields: FieldSet,
    /// The last record.
    last: u16,
    /// The distances.
    bytes: Vec<u8>,
}

impl Posting {
    /// Adds a record of the word, later than those before it.
    #[inline]
    pub(super) fn push(&mut self, record: u16, fields: FieldSet) {
        let place = self.places.get(usize::from(fields.bits())).copied().unwrap_or(0);
        let place = if place == 0 { self.begin(fields) } else { usize::from(place) - 1 };
        if let Some(run) = self.runs.get_mut(place) {
            push_number(&mut run.bytes, usize::from(record - run.last));
            run.last = record;
        }
    }

    /// Begins the records of a set of fields; its place among the runs.
    #[inline(never)]
    fn begin(&mut self, fields: FieldSet) -> usize {
        let bits = usize::from(fields.bits());
        if self.places.len() <= bits {
            self.places.resize(bits + 1, 0);
        }
        if self.runs.len() == self.used {
            self.runs.push(Written::default());
        }
        if let Some(run) = self.runs.get_mut(self.used) {
            (run.fields, run.last) = (fields, 0);
        }
        self.used += 1;
        if let Some(place) = self.places.get_mut(bits) {
            *place = u16::try_from(self.used).unwrap_or(0);
        }
        self.used - 1
    }

    /// Writes all postings of the word, and forgets them. Returns all the fields it occurs in.
    pub(super) fn write(&mut self, postings: &mut Vec<u8>) -> FieldSet {
        let mut all = FieldSet::NONE;
        let used = std::mem::take(&mut self.used);
        for (left, run) in (0..used).rev().zip(&mut self.runs) {
            all = all | run.fields;
            let bits = usize::from(run.fields.bits());
            if let Some(place) = self.places.get_mut(bits) {
                *place = 0;
            }
            push_number(postings, bits << 1 | usize::from(left == 0));
            if left > 0 {
                push_number(postings, run.bytes.len());
            }
            postings.append(&mut run.bytes);
        }
        all
    }
}
