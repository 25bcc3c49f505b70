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

use super::word_pattern::MatchQuality;
use crate::text::words::letter_mask;

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
    /// Whether it may be a word that was shortened.
    shortened: bool,
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
        Some(Guess {
            typed: typed.to_owned(),
            length,
            mask: letter_mask(typed),
            wrong,
            shortened: true,
        })
    }

    /// Guesses that differ in one letter only, for a word that may well have been meant as it was
    /// typed.
    #[must_use]
    pub fn close(self) -> Guess {
        Guess { wrong: self.wrong.min(1), shortened: false, ..self }
    }

    /// How many letters may be wrong.
    pub fn wrong(&self) -> usize {
        self.wrong
    }

    /// Whether a word with these letters can be a guess at all: see [`may_be`].
    fn may_fit(&self, mask: u32) -> bool {
        match self.wrong {
            0 => may_be::<0>(self.mask, mask),
            1 => may_be::<1>(self.mask, mask),
            _ => may_be::<2>(self.mask, mask),
        }
    }

    /// How close a folded word is as a guess at the typed one, or nothing where it is none.
    pub fn tier(&self, word: &str) -> Option<MatchQuality> {
        // Who typed on past the end of a word that is known did not mean it: `soong` is not `soon`.
        let passed = !self.shortened && self.typed.starts_with(word);
        if passed || !self.may_fit(letter_mask(word)) {
            return None;
        }
        match self.wrong_letters(word) {
            Some(0 | 1) => Some(MatchQuality::Misspelt),
            Some(_) => Some(MatchQuality::Guess),
            None => self.is_shortened(word).then_some(MatchQuality::Guess),
        }
    }

    /// The letters of a guessed word that were typed, as byte ranges in it: all of them where the
    /// word was misspelt.
    pub fn matched(&self, word: &str) -> Vec<Range<usize>> {
        if self.wrong_letters(word).is_some() || !self.is_shortened(word) {
            return std::iter::once(0..word.len()).collect();
        }
        let (_, at) = MATCHER.fuzzy_indices(word, &self.typed).unwrap_or_default();
        let letters = word.char_indices().enumerate().filter(|(number, _)| at.contains(number));
        letters.map(|(_, (start, letter))| start..start + letter.len_utf8()).collect()
    }

    /// How many letters of this word were typed wrong, left out, doubled or swapped; nothing where
    /// they are too many.
    fn wrong_letters(&self, word: &str) -> Option<usize> {
        let near = self.wrong > 0 && word.chars().count().abs_diff(self.length) <= self.wrong;
        let wrong = near.then(|| strsim::osa_distance(&self.typed, word));
        wrong.filter(|wrong| *wrong <= self.wrong)
    }

    /// Whether the typed word is this one shortened: the same first letter, and all typed letters
    /// in their order.
    fn is_shortened(&self, word: &str) -> bool {
        self.shortened
            && word.chars().next() == self.typed.chars().next()
            && word.chars().count() < self.length * SHORTENED_BELOW
            && MATCHER.fuzzy_match(word, &self.typed).is_some()
    }
}

/// Whether a word with these letters, given as a [`letter_mask`], may have all that were typed, or
/// may be what was typed with so many letters wrong, each of which adds at most one letter and takes
/// at most one away. A quick look without branches, so that several words are looked at together.
#[inline]
pub(crate) fn may_be<const WRONG: usize>(typed: u32, letters: u32) -> bool {
    let (missing, added) = (typed & !letters, letters & !typed);
    let beyond = |bits| (0..WRONG).fold(bits, |bits, _| but_one(bits));
    (missing == 0) | (beyond(missing) | beyond(added) == 0)
}

/// What is left of a set of bits when one is taken away.
#[inline]
fn but_one(bits: u32) -> u32 {
    bits & bits.wrapping_sub(1)
}
