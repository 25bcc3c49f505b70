//! A set of records by their numbers: one bit a record, so that a million are copied at once.

use super::RecordNumber;

/// How many records share a word of bits.
const WORD: u32 = u64::BITS;

/// A set of records of one store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordSet {
    /// A bit for each record; the last word is never empty.
    words: Vec<u64>,
}

/// The word of a record, and its bit there.
fn place(number: RecordNumber) -> (usize, u64) {
    ((number.0 / WORD) as usize, 1 << (number.0 % WORD))
}

impl RecordSet {
    /// Whether a record is in it.
    pub fn has(&self, number: RecordNumber) -> bool {
        let (word, bit) = place(number);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Takes a record in.
    pub fn insert(&mut self, number: RecordNumber) {
        let (word, bit) = place(number);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Takes all records of another set in.
    pub fn add(&mut self, other: &RecordSet) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Takes all records of another set out.
    pub fn take_out(&mut self, other: &RecordSet) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
        self.trim();
    }

    /// Leaves the records that are in another set too.
    pub fn keep(&mut self, other: &RecordSet) {
        self.words.truncate(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
        self.trim();
    }

    /// Drops the empty words at the end, so that equal sets are equal.
    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }

    /// How many records are in it.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether no record is in it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The records, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = RecordNumber> + '_ {
        let words = (0..).step_by(WORD as usize).zip(&self.words);
        words.flat_map(|(start, word)| {
            let bits = (0..WORD).filter(move |bit| word & (1 << bit) != 0);
            bits.map(move |bit| RecordNumber(start + bit))
        })
    }
}

impl FromIterator<RecordNumber> for RecordSet {
    fn from_iter<I: IntoIterator<Item = RecordNumber>>(numbers: I) -> RecordSet {
        let mut set = RecordSet::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}
