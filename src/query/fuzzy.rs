//! Guesses at a typed word: the words that may have been meant by it.
//!
//! There are two kinds of guesses. The user may have shortened a word: `hrrmn` for Harriman. Such a
//! word has the typed letters in their order, which the crate fuzzy-matcher decides. Or the user
//! may have misspelt a word: `harimann` for Harriman. Then one letter is wrong, missing, doubled or
//! swapped if at least four were typed, or up to two if at least eight were. A word of the Cyrillic or Greek alphabet may
//! be typed in Latin letters: `besed` for беседа. There are no guesses at numbers, because a different number means something else.

use std::ops::Range;
use std::sync::LazyLock;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::romanization::begins_with_latin;
use super::word_pattern::MatchQuality;
use crate::text::words::letter_mask;

/// The matcher of shortened words. It compares letters as they are, because words are folded.
static SHORTENED_MATCHER: LazyLock<SkimMatcherV2> =
    LazyLock::new(|| SkimMatcherV2::default().respect_case().use_cache(true));

/// A shortened word has at least this many letters. Fewer letters occur in almost any word.
const MIN_SHORTENED_LETTERS: usize = 3;

/// A guessed word has fewer than this many times the typed letters. Shortening leaves out vowels,
/// which are fewer than half of the letters of a word.
const SHORTENED_LENGTH_FACTOR: usize = 2;

/// Pairs of a minimum word length and the number of letters that may be wrong in such a word. The
/// longer length comes first.
const MAX_WRONG_LETTERS: [(usize, usize); 2] = [(8, 2), (4, 1)];

/// Decides which words are guesses at a typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuessMatcher {
    /// The typed word, folded.
    typed: String,
    /// The number of its letters.
    letter_count: usize,
    /// Its letters as a [`letter_mask`].
    mask: u32,
    /// The number of letters that may be wrong.
    max_wrong: usize,
    /// Whether it may be a shortened word.
    allow_shortened: bool,
}

impl GuessMatcher {
    /// Creates a matcher for a folded word, or `None` if the word is too short or has a digit.
    pub fn new(typed: &str) -> Option<GuessMatcher> {
        let letter_count = typed.chars().count();
        if letter_count < MIN_SHORTENED_LETTERS || typed.chars().any(char::is_numeric) {
            return None;
        }
        let limit = MAX_WRONG_LETTERS.iter().find(|(min_letters, _)| letter_count >= *min_letters);
        Some(GuessMatcher {
            typed: typed.to_owned(),
            letter_count,
            mask: letter_mask(typed),
            max_wrong: limit.map_or(0, |(_, max_wrong)| *max_wrong),
            allow_shortened: true,
        })
    }

    /// Restricts the guesses to words that differ in one letter, for a word that was probably meant
    /// as it was typed.
    #[must_use]
    pub fn limit_to_one_letter(self) -> GuessMatcher {
        GuessMatcher { max_wrong: self.max_wrong.min(1), allow_shortened: false, ..self }
    }

    /// The number of letters that may be wrong.
    pub fn max_wrong_letters(&self) -> usize {
        self.max_wrong
    }

    /// Whether a word with this letter mask can be a guess at all: see [`may_match`].
    fn may_match(&self, mask: u32) -> bool {
        match self.max_wrong {
            0 => may_match::<0>(self.mask, mask),
            1 => may_match::<1>(self.mask, mask),
            _ => may_match::<2>(self.mask, mask),
        }
    }

    /// Returns how good a guess a folded word is, or `None` if it is not a guess.
    pub fn quality_of(&self, word: &str) -> Option<MatchQuality> {
        if self.allow_shortened && begins_with_latin(word, &self.typed) {
            return Some(MatchQuality::Misspelt);
        }
        // A user who typed on past the end of a word did not mean that word: `soong` is not `soon`.
        let is_longer = !self.allow_shortened && self.typed.starts_with(word);
        if is_longer || !self.may_match(letter_mask(word)) {
            return None;
        }
        match self.count_wrong_letters(word) {
            Some(0 | 1) => Some(MatchQuality::Misspelt),
            Some(_) => Some(MatchQuality::Guess),
            None => self.is_shortened(word).then_some(MatchQuality::Guess),
        }
    }

    /// Returns the letters of a guessed word that were typed, as byte ranges of the word. If the
    /// word was misspelt, that is the whole word.
    pub fn matched_ranges(&self, word: &str) -> Vec<Range<usize>> {
        if self.count_wrong_letters(word).is_some() || !self.is_shortened(word) {
            return std::iter::once(0..word.len()).collect();
        }
        let (_, indices) = SHORTENED_MATCHER.fuzzy_indices(word, &self.typed).unwrap_or_default();
        let letters = word.char_indices().enumerate().filter(|(index, _)| indices.contains(index));
        letters.map(|(_, (start, letter))| start..start + letter.len_utf8()).collect()
    }

    /// Returns the number of letters of a word that were typed wrong, left out, doubled or swapped,
    /// or `None` if there are too many.
    fn count_wrong_letters(&self, word: &str) -> Option<usize> {
        let length_difference = word.chars().count().abs_diff(self.letter_count);
        let is_near = self.max_wrong > 0 && length_difference <= self.max_wrong;
        let wrong = is_near.then(|| strsim::osa_distance(&self.typed, word));
        wrong.filter(|wrong| *wrong <= self.max_wrong)
    }

    /// Whether the typed word is a shortened form of `word`: it has the same first letter, and
    /// `word` has all typed letters in their order.
    fn is_shortened(&self, word: &str) -> bool {
        self.allow_shortened
            && word.chars().next() == self.typed.chars().next()
            && word.chars().count() < self.letter_count * SHORTENED_LENGTH_FACTOR
            && SHORTENED_MATCHER.fuzzy_match(word, &self.typed).is_some()
    }
}

/// Whether a word with the mask `letters` may contain all typed letters, or may be the typed word
/// with at most `MAX_WRONG` letters wrong. Both arguments are [`letter_mask`]s.
///
/// A wrong letter adds at most one letter to the mask and removes at most one. The check has no
/// branches, so that the compiler can vectorise it.
#[inline]
pub(crate) fn may_match<const MAX_WRONG: usize>(typed: u32, letters: u32) -> bool {
    let (missing, added) = (typed & !letters, letters & !typed);
    let beyond = |bits| (0..MAX_WRONG).fold(bits, |bits, _| clear_lowest(bits));
    (missing == 0) | (beyond(missing) | beyond(added) == 0)
}

/// Clears the lowest set bit.
#[inline]
fn clear_lowest(bits: u32) -> u32 {
    bits & bits.wrapping_sub(1)
}
