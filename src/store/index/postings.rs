//! The postings of a word: the records it occurs in, grouped by the fields it occurs in there.
//!
//! Each run has the records with one set of fields. Grouping keeps loops over a run free of
//! unpredictable branches. A run is encoded as these varints:
//!
//! ```text
//! fields * 2 + is_last     the set of fields as bits; is_last is 1 in the word's last run, else 0
//! length                   the number of bytes of the records; missing in the last run
//! delta, delta, ...        each record minus the record before it; the first one minus 0
//! ```

use super::varint::{push_varint, take_varint};
use crate::record::field_set::FieldSet;

/// The postings of a word: an iterator over its runs, each with its set of fields.
#[derive(Clone, Debug)]
pub struct Postings<'a> {
    /// The runs that are not read yet.
    bytes: &'a [u8],
}

/// The records with one set of fields, in increasing order.
#[derive(Clone, Debug)]
pub struct PostingsRun<'a> {
    /// The deltas that are not read yet.
    bytes: &'a [u8],
    /// The previous record.
    record: usize,
}

impl<'a> Postings<'a> {
    /// Creates an iterator over postings written by [`PostingsWriter`].
    pub(super) fn new(bytes: &'a [u8]) -> Postings<'a> {
        Postings { bytes }
    }

    /// Each record with its fields, run by run. Records increase only within a run.
    pub fn records_with_fields(self) -> impl Iterator<Item = (usize, FieldSet)> + use<'a> {
        self.flat_map(|(fields, records)| records.map(move |record| (record, fields)))
    }
}

impl<'a> Iterator for Postings<'a> {
    type Item = (FieldSet, PostingsRun<'a>);

    fn next(&mut self) -> Option<(FieldSet, PostingsRun<'a>)> {
        let fields = take_varint(&mut self.bytes)?;
        let length = match fields & 1 {
            0 => take_varint(&mut self.bytes)?,
            _ => self.bytes.len(),
        };
        let (records, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some((FieldSet::from_bits(fields >> 1), PostingsRun { bytes: records, record: 0 }))
    }
}

impl Iterator for PostingsRun<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.record += take_varint(&mut self.bytes)?;
        Some(self.record)
    }
}

/// Encodes the postings of one word after the other.
#[derive(Debug, Default)]
pub(super) struct PostingsWriter {
    /// For each set of fields, as bits: one more than the index of its run, or 0 if it has none
    /// yet.
    run_numbers: Vec<u16>,
    /// The runs of the word, of which the first `used_runs` are in use. The others keep their
    /// memory.
    runs: Vec<RunBuffer>,
    /// The number of runs in use.
    used_runs: usize,
}

/// A run that is being encoded.
#[derive(Debug, Default)]
struct RunBuffer {
    /// The set of fields.
    fields: FieldSet,
    /// The last record, or 0.
    last_record: u16,
    /// The encoded deltas.
    bytes: Vec<u8>,
}

impl PostingsWriter {
    /// Adds a record of the word. Records must be added in increasing order.
    #[inline]
    pub(super) fn push(&mut self, record: u16, fields: FieldSet) {
        let number = self.run_numbers.get(usize::from(fields.bits())).copied().unwrap_or(0);
        let index = if number == 0 { self.start_run(fields) } else { usize::from(number) - 1 };
        if let Some(run) = self.runs.get_mut(index) {
            push_varint(&mut run.bytes, usize::from(record - run.last_record));
            run.last_record = record;
        }
    }

    /// Starts the run of a set of fields. Returns its index.
    #[inline(never)]
    fn start_run(&mut self, fields: FieldSet) -> usize {
        let bits = usize::from(fields.bits());
        if self.run_numbers.len() <= bits {
            self.run_numbers.resize(bits + 1, 0);
        }
        if self.runs.len() == self.used_runs {
            self.runs.push(RunBuffer::default());
        }
        if let Some(run) = self.runs.get_mut(self.used_runs) {
            (run.fields, run.last_record) = (fields, 0);
        }
        self.used_runs += 1;
        if let Some(number) = self.run_numbers.get_mut(bits) {
            *number = u16::try_from(self.used_runs).unwrap_or(0);
        }
        self.used_runs - 1
    }

    /// Appends the postings of the word to `postings`, and starts the next word. Returns all fields
    /// that the word occurs in.
    pub(super) fn finish_word(&mut self, postings: &mut Vec<u8>) -> FieldSet {
        let mut all = FieldSet::EMPTY;
        let used = std::mem::take(&mut self.used_runs);
        for (runs_after, run) in (0..used).rev().zip(&mut self.runs) {
            all = all | run.fields;
            let bits = usize::from(run.fields.bits());
            if let Some(number) = self.run_numbers.get_mut(bits) {
                *number = 0;
            }
            push_varint(postings, bits << 1 | usize::from(runs_after == 0));
            if runs_after > 0 {
                push_varint(postings, run.bytes.len());
            }
            postings.append(&mut run.bytes);
        }
        all
    }
}
