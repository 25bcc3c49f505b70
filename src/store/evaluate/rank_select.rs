//! Which records of a run count, and how many of them stand before a place: one bit a record, with
//! a sum from time to time.

use super::match_set::{FEW, MatchSet};
use crate::text::bit_masks::{SHARE, bits, ones};

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
    /// Marks what counts among the records of a segment: those that fit, or of them those that have
    /// one rank. They are given in the order of the run; none is given where they stand so.
    pub(super) fn new(run: &[u16], fits: &MatchSet, ranks: &[u16], rank: Option<u16>) -> Marks {
        let words = fits.shares().len();
        let mut marks =
            Marks { bits: Vec::with_capacity(words), before: Vec::with_capacity(words), count: 0 };
        let counting = |fits: u64, ranks: &[u16]| match rank {
            Some(wanted) if fits.count_ones() > FEW => bits(ranks, |rank| *rank == wanted),
            Some(wanted) => {
                let counting = ones(fits).filter(|at| ranks.get(*at) == Some(&wanted));
                counting.fold(0, |bits, at| bits | 1 << at)
            }
            None => fits,
        };
        if run.is_empty() {
            let shares = fits.shares().iter().zip(ranks.chunks(SHARE));
            shares.for_each(|(fits, ranks)| marks.push(counting(*fits, ranks)));
        }
        let mut of_run = [0; SHARE];
        for records in run.chunks(SHARE) {
            let fitting = bits(records, |record| fits.has(*record));
            if rank.is_some() {
                for (rank, record) in of_run.iter_mut().zip(records) {
                    *rank = ranks.get(usize::from(*record)).copied().unwrap_or(0);
                }
            }
            marks.push(counting(fitting, of_run.get(..records.len()).unwrap_or_default()));
        }
        marks
    }

    /// Adds a word of bits.
    fn push(&mut self, word: u64) {
        self.bits.push(word);
        self.before.push(self.count);
        self.count += word.count_ones() as usize;
    }

    /// How many records before a place count.
    pub(super) fn before(&self, place: usize) -> usize {
        let (word, bit) = (place / SHARE, place % SHARE);
        match (self.before.get(word), self.bits.get(word)) {
            (Some(before), Some(bits)) => before + (bits & ((1 << bit) - 1)).count_ones() as usize,
            _ => self.count,
        }
    }

    /// The first place from here on whose record counts.
    pub(super) fn next(&self, place: usize) -> Option<usize> {
        let (mut at, bit) = (place / SHARE, place % SHARE);
        let mut word = self.bits.get(at)? & (u64::MAX << bit);
        while word == 0 {
            at += 1;
            word = *self.bits.get(at)?;
        }
        Some(at * SHARE + word.trailing_zeros() as usize)
    }
}
