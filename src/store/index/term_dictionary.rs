//! The folded vocabulary of a segment, and for each word the records and fields it occurs in.

use std::ops::Range;

use super::bigrams::Formulas;
use super::postings::Postings;
use super::prefix_table::Sections;
use crate::record::field_set::FieldSet;

/// A word of a segment's vocabulary: its place in the sorted list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordNumber(pub(super) u32);

/// The word index of a segment. All words stand in one string and all postings in one row of bytes.
#[derive(Debug, Default)]
pub struct Words {
    /// All words, sorted, one after the other.
    pub(super) letters: String,
    /// Where each word ends in `letters`.
    pub(super) ends: Vec<u32>,
    /// Where those with the same first letters stand.
    pub(super) sections: Sections,
    /// The fields each word occurs in, then those of the words with each initial.
    pub(super) fields: Vec<FieldSet>,
    /// The initials of words, sorted, as far as they are ASCII.
    pub(super) initials: Vec<u8>,
    /// Where the postings of each word end in `postings`, then those of all words with each initial.
    pub(super) posting_ends: Vec<u32>,
    /// The postings of each word.
    pub(super) postings: Vec<u8>,
    /// The pairs of words that follow each other in many records.
    pub(super) formulas: Formulas,
}

/// The range that ends at a list's n-th end.
pub(super) fn part(ends: &[u32], at: u32) -> Range<usize> {
    let at = at as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before));
    start.map_or(0, |&start| start as usize)..ends.get(at).map_or(0, |&end| end as usize)
}

impl Words {
    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All words, sorted.
    pub fn all(&self) -> impl Iterator<Item = WordNumber> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(WordNumber)
    }

    /// The letters of a word.
    pub fn word(&self, number: WordNumber) -> &str {
        self.letters.get(part(&self.ends, number.0)).unwrap_or_default()
    }

    /// The fields a word occurs in.
    pub fn fields(&self, number: WordNumber) -> FieldSet {
        self.fields.get(number.0 as usize).copied().unwrap_or_default()
    }

    /// What stands for all words with an initial together, in the fields of [`FieldSet::BARE`], of each
    /// record the best one: a number with postings and fields, but without letters. One letter begins
    /// so many words that walking them all takes long.
    pub fn initial(&self, letters: &str) -> Option<WordNumber> {
        let [initial] = letters.as_bytes() else { return None };
        let at = self.initials.binary_search(initial).ok()?;
        u32::try_from(self.len() + at).ok().map(WordNumber)
    }

    /// The words that begin with these letters; the whole word, where there is one, is the first.
    pub fn beginning(&self, letters: &str) -> impl Iterator<Item = WordNumber> + use<> {
        let section = self.section(letters);
        let from = self.first(section.clone(), |word| word < letters);
        let to = self.first(from..section.end, |word| word.starts_with(letters));
        (from..to).map(WordNumber)
    }

    /// The number of a word, where it is one of these.
    pub fn number(&self, word: &str) -> Option<WordNumber> {
        let at = WordNumber(self.first(self.section(word), |other| other < word));
        (self.word(at) == word && !word.is_empty()).then_some(at)
    }

    /// Where the words stand that begin with these letters, among others perhaps.
    fn section(&self, letters: &str) -> Range<u32> {
        let all = || 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.sections.range(letters).unwrap_or_else(all)
    }

    /// The first word of a part, or after it, of which something that holds up to it holds no more.
    fn first(&self, part: Range<u32>, before: impl Fn(&str) -> bool) -> u32 {
        let Range { start: mut low, end: mut high } = part;
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(WordNumber(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The records a word occurs in.
    pub fn postings(&self, number: WordNumber) -> Postings<'_> {
        let bytes = self.postings.get(part(&self.posting_ends, number.0)).unwrap_or_default();
        Postings::new(bytes)
    }

    /// The records in which one word follows the other in a text, where that is known without reading it:
    /// in many of them.
    pub fn formula(&self, first: WordNumber, second: WordNumber) -> Option<Postings<'_>> {
        self.formulas.postings([first, second])
    }

    /// How many bytes the index takes.
    pub fn size(&self) -> usize {
        self.letters.len()
            + self.formulas.size()
            + self.sections.size()
            + self.postings.len()
            + (self.len() + self.initials.len()) * (2 * size_of::<u32>() + size_of::<FieldSet>())
    }
}
