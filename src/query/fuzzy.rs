//! Guesses at a word: which words may have been meant by what was typed.
//!
//! Two kinds of words are guesses. Words that were shortened: they have the typed letters in their
//! order (fuzzy-matcher: `hrrmn` for Harriman). And words that were misspelt: one letter is wrong,
//! missing, doubled or swapped from four letters on, two from eight (`harimann` for Harriman).
//! A number is never guessed at: another number is another thing.

use std::ops::Range;
use std::sync::LazyLock;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::store::words::letter_mask;

/// The matcher of shortened words. Words are folded, so letter case says nothing.
static MATCHER: LazyLock<SkimMatcherV2> =
    LazyLock::new(|| SkimMatcherV2::default().respect_case().use_cache(true));

/// From how many letters on a word can be a shortened one: fewer are in any word.
const SHORTENED_FROM: usize = 3;

/// A word that was shortened is less than so many times as long as what was typed: vowels are what
/// is left out, and they are fewer than half of the letters. Longer words are noise.
const SHORTENED_BELOW: usize = 2;

/// From how many letters on so many letters may be wrong.
const MISSPELT: [(usize, usize); 2] = [(8, 2), (4, 1)];

/// Tells which words are guesses at a typed word.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The typed word, folded.
    typed: String,
    /// How many letters it has.
    length: usize,
    /// Which letters it has: see [`letter_mask`].
    mask: u32,
    /// How many letters may be wrong.
    wrong: usize,
}

impl Guess {
    /// Guesses at a folded word; nothing where it is too short or has a digit.
    pub fn new(typed: &str) -> Option<Guess> {
        let length = typed.chars().count();
        if length < SHORTENED_FROM || typed.chars().any(char::is_numeric) {
            return None;
        }
        let wrong =
            MISSPELT.iter().find(|(from, _)| length >= *from).map_or(0, |(_, wrong)| *wrong);
        Some(Guess { typed: typed.to_owned(), length, mask: letter_mask(typed), wrong })
    }

    /// Whether a word with these letters can be a guess at all: a quick look before [`Guess::fits`].
    /// Each wrong letter adds at most one letter and takes at most one away.
    #[inline]
    pub fn may_fit(&self, mask: u32) -> bool {
        let (missing, added) = (self.mask & !mask, mask & !self.mask);
        missing == 0 || beyond(missing, self.wrong) | beyond(added, self.wrong) == 0
    }

    /// Whether a folded word is a guess at the typed one.
    pub fn fits(&self, word: &str) -> bool {
        self.may_fit(letter_mask(word)) && (self.is_misspelt(word) || self.is_shortened(word))
    }

    /// The letters of a guessed word that were typed, as byte ranges in it: all of them where the
    /// word was misspelt.
    pub fn matched(&self, word: &str) -> Vec<Range<usize>> {
        if self.is_misspelt(word) || !self.is_shortened(word) {
            return std::iter::once(0..word.len()).collect();
        }
        let (_, at) = MATCHER.fuzzy_indices(word, &self.typed).unwrap_or_default();
        let letters = word.char_indices().enumerate().filter(|(number, _)| at.contains(number));
        letters.map(|(_, (start, letter))| start..start + letter.len_utf8()).collect()
    }

    /// Whether the typed word is this one with letters wrong, missing, doubled or swapped.
    fn is_misspelt(&self, word: &str) -> bool {
        self.wrong > 0
            && word.chars().count().abs_diff(self.length) <= self.wrong
            && strsim::osa_distance(&self.typed, word) <= self.wrong
    }

    /// Whether the typed word is this one shortened: the same first letter, and all typed letters
    /// in their order.
    fn is_shortened(&self, word: &str) -> bool {
        word.chars().next() == self.typed.chars().next()
            && word.chars().count() < self.length * SHORTENED_BELOW
            && MATCHER.fuzzy_match(word, &self.typed).is_some()
    }
}

/// What is left of a set of bits when some are taken away.
#[inline]
fn beyond(bits: u32, taken: usize) -> u32 {
    (0..taken).fold(bits, |bits, _| bits & bits.wrapping_sub(1))
}
