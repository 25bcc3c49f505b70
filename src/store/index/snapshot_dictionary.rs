//! All words of a snapshot, each once or a few times: where guesses at a word are looked for.
//!
//! Batches of records mostly have the same words, so that all of them together have few more than one.
//! What is looked for among the words of each batch can be found by its letters; what has to be looked
//! for at every word is looked for here, and then found in each batch.

use std::sync::Arc;

use rayon::prelude::*;

use super::term_dictionary::Words;
use crate::text::bit_masks::{SHARE, bits, ones};
use crate::text::words::letter_mask;

/// How many words are looked at by one thread at a time.
const PART: usize = 1 << 13;

/// All words of a snapshot. A clone shares them.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Lists of words, each much longer than the next, so that there are few of them and none is
    /// written anew often. A word may stand in several.
    lists: Vec<Arc<List>>,
}

/// Words, sorted.
#[derive(Debug, Default)]
struct List {
    /// All words, one after the other.
    letters: String,
    /// Where each word ends.
    ends: Vec<u32>,
    /// The letters each word has: see [`letter_mask`].
    masks: Vec<u32>,
}

impl Lexicon {
    /// Takes in the words of a batch of records.
    pub(crate) fn take_in(&mut self, words: &Words) {
        let mut new = List::default();
        words.all().for_each(|number| new.push(words.word(number), None));
        while let Some(last) = self.lists.pop_if(|last| last.ends.len() <= 2 * new.ends.len()) {
            new = List::joined(&last, &new);
        }
        self.lists.push(Arc::new(new));
    }

    /// What is made of the words whose letters, given as a mask, pass; sorted, each once.
    pub fn look_for<T: Send + Ord>(
        &self,
        pass: impl Fn(u32) -> bool + Copy + Sync,
        make: impl Fn(&str) -> Option<T> + Sync,
    ) -> Vec<T> {
        let lists = self.lists.par_iter();
        let mut found: Vec<T> = lists.flat_map(|list| list.look_for(pass, &make)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl List {
    /// Adds a word that is greater than all before it, and its mask where it is known.
    fn push(&mut self, word: &str, mask: Option<u32>) {
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        self.masks.push(mask.unwrap_or_else(|| letter_mask(word)));
    }

    /// The word at a place, and its mask; nothing behind the last one.
    fn word(&self, at: usize) -> Option<(&str, u32)> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let word = self.letters.get(start.unwrap_or(0) as usize..end as usize)?;
        Some((word, self.masks.get(at).copied()?))
    }

    /// The words of two lists.
    fn joined(one: &List, other: &List) -> List {
        let mut joined = List {
            letters: String::with_capacity(one.letters.len() + other.letters.len()),
            ends: Vec::with_capacity(one.ends.len() + other.ends.len()),
            masks: Vec::with_capacity(one.ends.len() + other.ends.len()),
        };
        let (mut of_one, mut of_other) = (0, 0);
        loop {
            let (a, b) = (one.word(of_one), other.word(of_other));
            let (takes_one, takes_other) = match (a, b) {
                (None, None) => break,
                (Some(_), None) => (true, false),
                (None, Some(_)) => (false, true),
                (Some((a, _)), Some((b, _))) => (a <= b, b <= a),
            };
            if let Some((word, mask)) = if takes_one { a } else { b } {
                joined.push(word, Some(mask));
            }
            of_one += usize::from(takes_one);
            of_other += usize::from(takes_other);
        }
        joined.letters.shrink_to_fit();
        joined.ends.shrink_to_fit();
        joined.masks.shrink_to_fit();
        joined
    }

    /// What is made of the words whose letters pass.
    fn look_for<T: Send>(
        &self,
        pass: impl Fn(u32) -> bool + Copy + Sync,
        make: impl Fn(&str) -> Option<T> + Sync,
    ) -> Vec<T> {
        let parts = self.masks.par_chunks(PART).enumerate();
        let found = parts.flat_map_iter(|(part, masks)| {
            let shares = (part * PART..).step_by(SHARE).zip(masks.chunks(SHARE));
            let passed = shares.flat_map(|(first, masks)| {
                ones(bits(masks, |mask| pass(*mask))).map(move |at| first + at)
            });
            passed.filter_map(|at| make(self.word(at)?.0)).collect::<Vec<T>>()
        });
        found.collect()
    }
}
