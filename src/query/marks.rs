//! Which records of a run count, and how many of them stand before a place: one bit a record, with
//! a sum from time to time.

use crate::store::fold::packed;

/// How many records share a word of bits.
const WORD: usize = u64::BITS as usize;

/// How many records are looked at together.
const EIGHT: usize = size_of::<u64>();

/// The records of a run that count.
#[derive(Debug)]
pub(super) struct Marks {
    /// A bit for each record, in the order of the run.
    bits: Vec<u64>,
    /// How many records before each word of bits count.
    before: Vec<usize>,
    /// How many records count.
    count: usize,
}

impl Marks {
    /// Marks what counts among records, by their ranks. They are given in the order of the run; none
    /// is given where they stand so.
    pub(super) fn new(run: &[u16], ranks: &[u16], counts: impl Fn(u16) -> bool) -> Marks {
        let mut marks = Marks::with_room(ranks.len());
        if run.is_empty() {
            ranks.chunks(WORD).for_each(|ranks| marks.push(ranks, &counts));
        }
        let mut of_run = [0; WORD];
        for records in run.chunks(WORD) {
            for (rank, record) in of_run.iter_mut().zip(records) {
                *rank = ranks.get(usize::from(*record)).copied().unwrap_or(0);
            }
            marks.push(of_run.get(..records.len()).unwrap_or_default(), &counts);
        }
        marks
    }

    /// No marks yet, and room for so many.
    fn with_room(length: usize) -> Marks {
        let words = length.div_ceil(WORD);
        Marks { bits: Vec::with_capacity(words), before: Vec::with_capacity(words), count: 0 }
    }

    /// Adds the marks of a word of bits. Mostly none of its records counts.
    fn push(&mut self, ranks: &[u16], counts: impl Fn(u16) -> bool) {
        let mut word = 0_u64;
        if ranks.iter().fold(false, |any, rank| any | counts(*rank)) {
            for (at, ranks) in ranks.chunks(EIGHT).enumerate() {
                let mut ones = [0; EIGHT];
                let of_ranks = ranks.iter().map(|rank| u8::from(counts(*rank)));
                ones.iter_mut().zip(of_ranks).for_each(|(one, counts)| *one = counts);
                word |= packed(u64::from_le_bytes(ones)) << (EIGHT * at);
            }
        }
        self.bits.push(word);
        self.before.push(self.count);
        self.count += word.count_ones() as usize;
    }

    /// How many records before a place count.
    pub(super) fn before(&self, place: usize) -> usize {
        let (word, bit) = (place / WORD, place % WORD);
        match (self.before.get(word), self.bits.get(word)) {
            (Some(before), Some(bits)) => before + (bits & ((1 << bit) - 1)).count_ones() as usize,
            _ => self.count,
        }
    }

    /// The first place from here on whose record counts.
    pub(super) fn next(&self, place: usize) -> Option<usize> {
        let (mut at, bit) = (place / WORD, place % WORD);
        let mut word = self.bits.get(at)? & (u64::MAX << bit);
        while word == 0 {
            at += 1;
            word = *self.bits.get(at)?;
        }
        Some(at * WORD + word.trailing_zeros() as usize)
    }
}
