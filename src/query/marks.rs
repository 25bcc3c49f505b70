//! Which records of a run count, and how many of them stand before a place: one bit a record, with
//! a sum from time to time.

/// How many records share a word of bits.
const WORD: usize = u64::BITS as usize;

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
    /// Marks what counts among so many records in the order of the run.
    pub(super) fn new(length: usize, counts: impl Fn(usize) -> bool) -> Marks {
        let mut bits = Vec::with_capacity(length.div_ceil(WORD));
        let mut before = Vec::with_capacity(bits.capacity());
        let mut count = 0;
        for start in (0..length).step_by(WORD) {
            let places = (start..length).take(WORD);
            let word = places.fold(0_u64, |word, at| word | u64::from(counts(at)) << (at - start));
            bits.push(word);
            before.push(count);
            count += word.count_ones() as usize;
        }
        Marks { bits, before, count }
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
