//! The sorted words of a segment, each with the records and fields it occurs in.

use std::ops::Range;

use super::bigrams::Bigrams;
use super::postings::Postings;
use super::prefix_table::PrefixTable;
use crate::record::field_set::FieldSet;

/// A word of a segment: its index in the sorted list, or an initial group: see
/// [`TermDictionary::initial_group`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(super) u32);

/// The folded words of a segment with their postings. All words are in one string, and all postings
/// in one byte vector.
#[derive(Debug, Default)]
pub struct TermDictionary {
    /// All words, sorted, one after the other.
    pub(super) letters: String,
    /// The end of each word in `letters`.
    pub(super) ends: Vec<u32>,
    /// The range of the words with the same first two bytes.
    pub(super) prefix_table: PrefixTable,
    /// The fields of each word, then the fields of each initial group.
    pub(super) fields: Vec<FieldSet>,
    /// The ASCII initials of words, sorted.
    pub(super) initials: Vec<u8>,
    /// The end of each word's postings in `postings`, then the end of each initial group's
    /// postings.
    pub(super) posting_ends: Vec<u32>,
    /// The postings of all words and initial groups, one after the other.
    pub(super) postings: Vec<u8>,
    /// The pairs of words that follow each other in many records, with their postings.
    pub(super) bigrams: Bigrams,
}

/// Returns the range of the item at `index`, given the end of each item.
pub(super) fn range_at(ends: &[u32], index: u32) -> Range<usize> {
    let index = index as usize;
    let start = index.checked_sub(1).and_then(|before| ends.get(before));
    start.map_or(0, |&start| start as usize)..ends.get(index).map_or(0, |&end| end as usize)
}

impl TermDictionary {
    /// The number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All words in alphabetical order.
    pub fn word_ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(WordId)
    }

    /// Returns the text of a word; empty for an initial group.
    pub fn word(&self, id: WordId) -> &str {
        self.letters.get(range_at(&self.ends, id.0)).unwrap_or_default()
    }

    /// Returns the fields that a word occurs in.
    pub fn fields(&self, id: WordId) -> FieldSet {
        self.fields.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Returns the group of all words that begin with this letter. A group has fields and postings
    /// like a word, but no text. Its postings have only fields of [`FieldSet::DEFAULT_SEARCH`], and
    /// of each record only the best one. One letter begins so many words that reading their
    /// postings is slow.
    pub fn initial_group(&self, prefix: &str) -> Option<WordId> {
        let [initial] = prefix.as_bytes() else { return None };
        let index = self.initials.binary_search(initial).ok()?;
        u32::try_from(self.len() + index).ok().map(WordId)
    }

    /// Returns the words with this prefix in alphabetical order. If the prefix itself is a word, it
    /// comes first.
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = WordId> + use<> {
        let range = self.prefix_range(prefix);
        let from = self.partition_point(range.clone(), |word| word < prefix);
        let to = self.partition_point(from..range.end, |word| word.starts_with(prefix));
        (from..to).map(WordId)
    }

    /// Returns the id of a word, if the segment has it.
    pub fn find(&self, word: &str) -> Option<WordId> {
        let id = WordId(self.partition_point(self.prefix_range(word), |other| other < word));
        (self.word(id) == word && !word.is_empty()).then_some(id)
    }

    /// Returns a range that contains all words with this prefix, and perhaps others.
    fn prefix_range(&self, prefix: &str) -> Range<u32> {
        let all = || 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.prefix_table.range(prefix).unwrap_or_else(all)
    }

    /// Returns the partition point: the first index in `range` where `before` is false.
    fn partition_point(&self, range: Range<u32>, before: impl Fn(&str) -> bool) -> u32 {
        let Range { start: mut low, end: mut high } = range;
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(WordId(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Returns the postings of a word.
    pub fn postings(&self, id: WordId) -> Postings<'_> {
        let bytes = self.postings.get(range_at(&self.posting_ends, id.0)).unwrap_or_default();
        Postings::new(bytes)
    }

    /// The size of the postings of a word in bytes, which is about the number of its records.
    pub fn postings_bytes(&self, id: WordId) -> usize {
        range_at(&self.posting_ends, id.0).len()
    }

    /// Returns the postings of a bigram: the records in which `second` directly follows `first`.
    /// `None` if the pair is no bigram, which does not mean that it occurs nowhere.
    pub fn bigram_postings(&self, first: WordId, second: WordId) -> Option<Postings<'_>> {
        self.bigrams.postings([first, second])
    }

    /// The memory size in bytes.
    pub fn size_bytes(&self) -> usize {
        self.letters.len()
            + self.bigrams.size_bytes()
            + self.prefix_table.size_bytes()
            + self.postings.len()
            + (self.len() + self.initials.len()) * (2 * size_of::<u32>() + size_of::<FieldSet>())
    }
}
