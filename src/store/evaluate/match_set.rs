//! The set of records of a segment that match, one bit each.

use std::ops::Range;

use super::rank::{MAX_SCORE, NO_MATCH, Score};
use crate::text::bit_masks::{BLOCK_LEN, pack_bytes};

/// The highest number of matches in a block for which only the matching records are processed.
/// Blocks with more matches are processed as a whole.
pub(super) const MAX_SPARSE_MATCHES: u32 = 12;

/// The number of scores that are processed together as one number.
const SCORES_PER_U64: usize = size_of::<u64>();

/// The set of records of a segment that match.
#[derive(Clone, Debug)]
pub(in crate::store) struct MatchSet {
    /// A bit for each record.
    bits: Vec<u64>,
}

impl MatchSet {
    /// The set of all `records` records.
    pub(in crate::store) fn full(records: usize) -> MatchSet {
        let mask = |block: Range<usize>| u64::MAX >> (BLOCK_LEN - block.len());
        MatchSet { bits: block_ranges(records).map(mask).collect() }
    }

    /// The set of the records whose score is not [`NO_MATCH`].
    pub(super) fn from_scores(scores: &[Score]) -> MatchSet {
        MatchSet { bits: scores.chunks(BLOCK_LEN).map(match_bits).collect() }
    }

    /// The empty set, with room for `records` records.
    pub(super) fn empty(records: usize) -> MatchSet {
        MatchSet { bits: vec![0; records.div_ceil(BLOCK_LEN)] }
    }

    /// Adds a record.
    #[inline]
    pub(super) fn insert(&mut self, record: usize) {
        if let Some(bits) = self.bits.get_mut(record / BLOCK_LEN) {
            *bits |= 1 << (record % BLOCK_LEN);
        }
    }

    /// Adds all records of another set.
    pub(super) fn union_with(&mut self, other: &MatchSet) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits |= other);
    }

    /// Removes all records that are not in another set.
    pub(super) fn intersect_with(&mut self, other: &MatchSet) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits &= other);
    }

    /// The number of records in the set.
    pub(in crate::store) fn count(&self) -> usize {
        self.bits.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Whether a record is in the set.
    #[inline]
    pub(super) fn contains(&self, record: u16) -> bool {
        let bits = self.bits.get(usize::from(record) / BLOCK_LEN).copied().unwrap_or(0);
        bits >> (usize::from(record) % BLOCK_LEN) & 1 == 1
    }

    /// Removes a record.
    pub(super) fn remove(&mut self, record: u16) {
        if let Some(bits) = self.bits.get_mut(usize::from(record) / BLOCK_LEN) {
            *bits &= !(1 << (usize::from(record) % BLOCK_LEN));
        }
    }

    /// The bits of each block of [`BLOCK_LEN`] records. The lowest bit is the first record of a block.
    pub(in crate::store) fn blocks(&self) -> &[u64] {
        &self.bits
    }
}

/// Returns a bit for each score that is not [`NO_MATCH`], for at most [`BLOCK_LEN`] scores.
///
/// Eight scores are added to as one number. No score has its highest bit set, so that nothing is
/// carried into the next score.
#[inline]
fn match_bits(scores: &[Score]) -> u64 {
    const { assert!(NO_MATCH == 0 && MAX_SCORE < HIGH_BIT) };
    let all = |byte: u8| u64::from_le_bytes([byte; SCORES_PER_U64]);
    let (chunks, rest) = scores.as_chunks::<SCORES_PER_U64>();
    let mut last = [NO_MATCH; SCORES_PER_U64];
    last.iter_mut().zip(rest).for_each(|(score, value)| *score = *value);
    let chunks = chunks.iter().chain((!rest.is_empty()).then_some(&last));
    chunks.enumerate().fold(0, |bits, (i, chunk)| {
        let ones = (u64::from_le_bytes(*chunk) + all(HIGH_BIT - 1)) >> 7 & all(1);
        bits | pack_bytes(ones) << (SCORES_PER_U64 * i)
    })
}

/// The highest bit of a score, which no score has.
const HIGH_BIT: Score = 1 << 7;

/// Splits `records` records into blocks of [`BLOCK_LEN`]; the last may be shorter.
pub(super) fn block_ranges(records: usize) -> impl Iterator<Item = Range<usize>> {
    (0..records).step_by(BLOCK_LEN).map(move |start| start..records.min(start + BLOCK_LEN))
}
