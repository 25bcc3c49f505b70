//! A rank/select bitmap over the sorted records of a segment: how many selected records precede an
//! index, and which is the next one.

use super::match_set::{MAX_SPARSE_MATCHES, MatchSet};
use super::rank::Rank;
use crate::text::bit_masks::{BLOCK_LEN, mask_where, set_bits};

/// The selected records of a segment in a sort order: one bit per record and a sum per word.
#[derive(Debug)]
pub(super) struct RankSelect {
    /// A bit for each record, in the sort order.
    bits: Vec<u64>,
    /// For each word of `bits`, the number of selected records before it.
    before: Vec<usize>,
    /// The number of selected records.
    count: usize,
}

impl RankSelect {
    /// Selects the matching records of a segment, or only those with the rank `rank`.
    ///
    /// `order` lists the records of the segment in the sort order. An empty slice means that they
    /// are stored in that order.
    pub(super) fn new(
        order: &[u16],
        matches: &MatchSet,
        ranks: &[Rank],
        rank: Option<Rank>,
    ) -> RankSelect {
        let words = matches.blocks().len();
        let mut selected = RankSelect {
            bits: Vec::with_capacity(words),
            before: Vec::with_capacity(words),
            count: 0,
        };
        let select = |matches: u64, ranks: &[Rank]| match rank {
            Some(wanted) if matches.count_ones() > MAX_SPARSE_MATCHES => {
                mask_where(ranks, |rank| *rank == wanted)
            }
            Some(wanted) => {
                let selected = set_bits(matches).filter(|i| ranks.get(*i) == Some(&wanted));
                selected.fold(0, |mask, i| mask | 1 << i)
            }
            None => matches,
        };
        if order.is_empty() {
            let blocks = matches.blocks().iter().zip(ranks.chunks(BLOCK_LEN));
            blocks.for_each(|(matches, ranks)| selected.push(select(*matches, ranks)));
        }
        let mut block_ranks = [0; BLOCK_LEN];
        for records in order.chunks(BLOCK_LEN) {
            let mask = mask_where(records, |record| matches.contains(*record));
            if rank.is_some() {
                for (rank, record) in block_ranks.iter_mut().zip(records) {
                    *rank = ranks.get(usize::from(*record)).copied().unwrap_or(0);
                }
            }
            selected.push(select(mask, block_ranks.get(..records.len()).unwrap_or_default()));
        }
        selected
    }

    /// Appends a word of bits.
    fn push(&mut self, word: u64) {
        self.bits.push(word);
        self.before.push(self.count);
        self.count += word.count_ones() as usize;
    }

    /// The number of selected records before an index of the sort order.
    pub(super) fn count_before(&self, index: usize) -> usize {
        let (word, bit) = (index / BLOCK_LEN, index % BLOCK_LEN);
        match (self.before.get(word), self.bits.get(word)) {
            (Some(before), Some(bits)) => before + (bits & ((1 << bit) - 1)).count_ones() as usize,
            _ => self.count,
        }
    }

    /// The index of the first selected record at or after an index of the sort order.
    pub(super) fn next_at_or_after(&self, index: usize) -> Option<usize> {
        let (mut word_index, bit) = (index / BLOCK_LEN, index % BLOCK_LEN);
        let mut word = self.bits.get(word_index)? & (u64::MAX << bit);
        while word == 0 {
            word_index += 1;
            word = *self.bits.get(word_index)?;
        }
        Some(word_index * BLOCK_LEN + word.trailing_zeros() as usize)
    }
}
