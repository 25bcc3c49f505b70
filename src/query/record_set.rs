//! A set of records as a bit set: one bit per record, which makes copies of large sets cheap.

use super::RecordHandle;
use crate::text::bit_masks::set_bits;

/// The number of records per word of bits.
const WORD_BITS: u32 = u64::BITS;

/// A set of records of one store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordSet {
    /// One bit per record. The last word is never 0, so that equal sets compare equal.
    words: Vec<u64>,
}

/// Returns the index of a record's word and the mask of its bit.
fn word_and_bit(number: RecordHandle) -> (usize, u64) {
    ((number.0 / WORD_BITS) as usize, 1 << (number.0 % WORD_BITS))
}

impl RecordSet {
    /// Whether the set contains a record.
    pub fn contains(&self, number: RecordHandle) -> bool {
        let (word, bit) = word_and_bit(number);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds a record.
    pub fn insert(&mut self, number: RecordHandle) {
        let (word, bit) = word_and_bit(number);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Adds the records of a mask of 64 bits, whose lowest bit is the record `first`.
    pub(crate) fn insert_mask(&mut self, first: RecordHandle, mask: u64) {
        if mask == 0 {
            return;
        }
        let (word, bit) = ((first.0 / WORD_BITS) as usize, first.0 % WORD_BITS);
        // The mask may begin inside a word and end in the next one.
        let overflow = mask.checked_shr(WORD_BITS - bit).unwrap_or(0);
        for (index, bits) in [(word, mask << bit), (word + 1, overflow)] {
            if bits == 0 {
                continue;
            }
            if self.words.len() <= index {
                self.words.resize(index + 1, 0);
            }
            if let Some(word) = self.words.get_mut(index) {
                *word |= bits;
            }
        }
    }

    /// Adds all records of another set.
    pub fn insert_all(&mut self, other: &RecordSet) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Removes all records of another set.
    pub fn remove_all(&mut self, other: &RecordSet) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
        self.trim();
    }

    /// Removes all records that are not in another set.
    pub fn intersect(&mut self, other: &RecordSet) {
        self.words.truncate(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
        self.trim();
    }

    /// Drops words of 0 at the end.
    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The records in increasing order.
    pub fn iter(&self) -> impl Iterator<Item = RecordHandle> + '_ {
        let words = (0..).step_by(WORD_BITS as usize).zip(&self.words);
        words.flat_map(|(start, word)| {
            let bits = set_bits(*word).filter_map(|bit| u32::try_from(bit).ok());
            bits.map(move |bit| RecordHandle(start + bit))
        })
    }
}

impl FromIterator<RecordHandle> for RecordSet {
    fn from_iter<I: IntoIterator<Item = RecordHandle>>(numbers: I) -> RecordSet {
        let mut set = RecordSet::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}
