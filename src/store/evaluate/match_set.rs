//! Which records of a segment fit, one bit each: where few do, those between are passed over.

use std::ops::Range;

use super::rank::{BEST, NONE};
use crate::text::bit_masks::{SHARE, packed};

/// Where so few records of a share fit, each is looked at for itself.
pub(super) const FEW: u32 = 12;

/// How many records are looked at together.
const EIGHT: usize = size_of::<u64>();

/// The records of a segment that fit.
#[derive(Clone, Debug)]
pub(super) struct MatchSet {
    /// A bit for each record.
    bits: Vec<u64>,
}

impl MatchSet {
    /// All of so many records.
    pub(super) fn all(records: usize) -> MatchSet {
        MatchSet { bits: shares(records).map(|share| u64::MAX >> (SHARE - share.len())).collect() }
    }

    /// The records that have a score.
    pub(super) fn of(scores: &[u8]) -> MatchSet {
        MatchSet { bits: scores.chunks(SHARE).map(scored).collect() }
    }

    /// None of so many records.
    pub(super) fn none(records: usize) -> MatchSet {
        MatchSet { bits: vec![0; records.div_ceil(SHARE)] }
    }

    /// Adds a record.
    #[inline]
    pub(super) fn add(&mut self, record: usize) {
        if let Some(bits) = self.bits.get_mut(record / SHARE) {
            *bits |= 1 << (record % SHARE);
        }
    }

    /// Adds all records of another set.
    pub(super) fn join(&mut self, other: &MatchSet) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, more)| *bits |= more);
    }

    /// Takes away all records that are not in another set.
    pub(super) fn keep(&mut self, other: &MatchSet) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, kept)| *bits &= kept);
    }

    /// How many fit.
    pub(super) fn count(&self) -> usize {
        self.bits.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Whether a record fits.
    #[inline]
    pub(super) fn has(&self, record: u16) -> bool {
        let bits = self.bits.get(usize::from(record) / SHARE).copied().unwrap_or(0);
        bits >> (usize::from(record) % SHARE) & 1 == 1
    }

    /// Takes a record away.
    pub(super) fn take(&mut self, record: u16) {
        if let Some(bits) = self.bits.get_mut(usize::from(record) / SHARE) {
            *bits &= !(1 << (usize::from(record) % SHARE));
        }
    }

    /// The bits of all shares, in their order.
    pub(super) fn shares(&self) -> &[u64] {
        &self.bits
    }
}

/// A bit for each of some scores that is one, at most [`SHARE`]. Scores are small, so that eight of
/// them are looked at as one number without one of them reaching into the next.
#[inline]
fn scored(scores: &[u8]) -> u64 {
    const { assert!(NONE == 0 && BEST < LOW) };
    let all = |byte: u8| u64::from_le_bytes([byte; EIGHT]);
    let (eights, rest) = scores.as_chunks::<EIGHT>();
    let mut last = [NONE; EIGHT];
    last.iter_mut().zip(rest).for_each(|(score, of_rest)| *score = *of_rest);
    let eights = eights.iter().chain((!rest.is_empty()).then_some(&last));
    eights.enumerate().fold(0, |bits, (at, eight)| {
        let ones = (u64::from_le_bytes(*eight) + all(LOW - 1)) >> 7 & all(1);
        bits | packed(ones) << (EIGHT * at)
    })
}

/// What a byte is below where its highest bit is not set.
const LOW: u8 = 1 << 7;

/// So many records, share by share.
pub(super) fn shares(records: usize) -> impl Iterator<Item = Range<usize>> {
    (0..records).step_by(SHARE).map(move |start| start..records.min(start + SHARE))
}
