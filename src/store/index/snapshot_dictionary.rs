//! All words of a snapshot, for searches that must test every word, such as guesses.
//!
//! Segments mostly have the same words, so all segments together have few more words than one.
//! Words and prefixes are found in the term dictionary of each segment by binary search. A guess
//! must be compared with every word. It is searched for here, once, and the words found are then
//! looked up in each segment.

use std::sync::Arc;

use rayon::prelude::*;

use super::term_dictionary::TermDictionary;
use crate::text::bit_masks::{BLOCK_LEN, mask_where, set_bits};
use crate::text::words::letter_mask;

/// The number of words that a thread tests at a time.
const CHUNK_WORDS: usize = 1 << 13;

/// All words of a snapshot. A clone shares the lists.
#[derive(Clone, Debug, Default)]
pub struct SnapshotDictionary {
    /// Lists of words, each more than twice as long as the next. So there are few lists, and long
    /// ones are rarely merged. A word may be in several lists.
    word_lists: Vec<Arc<SortedWords>>,
}

/// A sorted list of words, each once.
#[derive(Debug, Default)]
struct SortedWords {
    /// All words, one after the other.
    letters: String,
    /// The end of each word in `letters`.
    ends: Vec<u32>,
    /// The letters that each word contains: see [`letter_mask`].
    masks: Vec<u32>,
}

impl SnapshotDictionary {
    /// Adds the words of a segment.
    pub(crate) fn add_words(&mut self, dictionary: &TermDictionary) {
        let mut new = SortedWords::default();
        dictionary.word_ids().for_each(|id| new.push(dictionary.word(id), None));
        while let Some(last) = self.word_lists.pop_if(|last| last.ends.len() <= 2 * new.ends.len())
        {
            new = SortedWords::merge(&last, &new);
        }
        self.word_lists.push(Arc::new(new));
    }

    /// Applies `make` to the words whose letter mask passes `filter`. Returns the results sorted
    /// and without duplicates. Tests lists and chunks in parallel.
    pub fn collect_matching<T: Send + Ord>(
        &self,
        filter: impl Fn(u32) -> bool + Copy + Sync,
        make: impl Fn(&str) -> Option<T> + Sync,
    ) -> Vec<T> {
        let lists = self.word_lists.par_iter();
        let mut found: Vec<T> =
            lists.flat_map(|list| list.collect_matching(filter, &make)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl SortedWords {
    /// Adds a word, which must be greater than all words so far. The mask is computed if it is not
    /// given.
    fn push(&mut self, word: &str, mask: Option<u32>) {
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        self.masks.push(mask.unwrap_or_else(|| letter_mask(word)));
    }

    /// Returns the word at an index, and its mask.
    fn word_and_mask(&self, index: usize) -> Option<(&str, u32)> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let word = self.letters.get(start.unwrap_or(0) as usize..end as usize)?;
        Some((word, self.masks.get(index).copied()?))
    }

    /// Merges two lists. A word of both is in the result once.
    fn merge(left: &SortedWords, right: &SortedWords) -> SortedWords {
        let mut merged = SortedWords {
            letters: String::with_capacity(left.letters.len() + right.letters.len()),
            ends: Vec::with_capacity(left.ends.len() + right.ends.len()),
            masks: Vec::with_capacity(left.ends.len() + right.ends.len()),
        };
        let (mut left_index, mut right_index) = (0, 0);
        loop {
            let (a, b) = (left.word_and_mask(left_index), right.word_and_mask(right_index));
            let (takes_left, takes_right) = match (a, b) {
                (None, None) => break,
                (Some(_), None) => (true, false),
                (None, Some(_)) => (false, true),
                (Some((a, _)), Some((b, _))) => (a <= b, b <= a),
            };
            if let Some((word, mask)) = if takes_left { a } else { b } {
                merged.push(word, Some(mask));
            }
            left_index += usize::from(takes_left);
            right_index += usize::from(takes_right);
        }
        merged.letters.shrink_to_fit();
        merged.ends.shrink_to_fit();
        merged.masks.shrink_to_fit();
        merged
    }

    /// Applies `make` to the words whose letter mask passes `filter`, in chunks in parallel.
    fn collect_matching<T: Send>(
        &self,
        filter: impl Fn(u32) -> bool + Copy + Sync,
        make: impl Fn(&str) -> Option<T> + Sync,
    ) -> Vec<T> {
        let chunks = self.masks.par_chunks(CHUNK_WORDS).enumerate();
        let found = chunks.flat_map_iter(|(chunk, masks)| {
            let blocks = (chunk * CHUNK_WORDS..).step_by(BLOCK_LEN).zip(masks.chunks(BLOCK_LEN));
            let passed = blocks.flat_map(|(first, masks)| {
                set_bits(mask_where(masks, |mask| filter(*mask))).map(move |index| first + index)
            });
            passed.filter_map(|index| make(self.word_and_mask(index)?.0)).collect::<Vec<T>>()
        });
        found.collect()
    }
}
