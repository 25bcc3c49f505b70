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

use super::edit_distance::{Beginning, TypedLetters};
use super::romanization::begins_with_latin;
use super::word_pattern::MatchQuality;
use crate::text::tokens::is_unspaced;
use crate::text::words::letter_mask;

/// The matcher of shortened words. It compares letters as they are, because words are folded.
static SHORTENED_MATCHER: LazyLock<SkimMatcherV2> =
    LazyLock::new(|| SkimMatcherV2::default().respect_case().use_cache(true));

/// A word with fewer letters is never guessed.
const MIN_LETTERS: usize = 2;

/// A shortened word has at least this many letters. Fewer letters occur in almost any word.
const MIN_SHORTENED_LETTERS: usize = 3;

/// A guessed word has fewer than this many times the typed letters. Shortening leaves out vowels,
/// which are fewer than half of the letters of a word.
const SHORTENED_LENGTH_FACTOR: usize = 2;

/// Pairs of a minimum word length and the number of letters that may be wrong in such a word. The
/// longer length comes first.
const MAX_WRONG_LETTERS: [(usize, usize); 2] = [(8, 2), (MIN_LETTERS, 1)];

/// A word with fewer letters may only be an unfinished one with a wrong letter, which is a poor guess: too many words differ
/// from it in one letter.
const MIN_CONFIRMED_LETTERS: usize = 4;

/// Decides which words are guesses at a typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuessMatcher {
    /// The typed word, folded.
    typed: String,
    /// The number of its letters.
    letter_count: usize,
    /// Its letters as a [`letter_mask`].
    mask: u32,
    /// Its letters, to be compared with others.
    letters: TypedLetters,
    /// The number of letters that may be wrong.
    max_wrong: usize,
    /// Whether it may be unfinished.
    allow_beginning: bool,
    /// Whether it may be a shortened word.
    allow_shortened: bool,
}

impl GuessMatcher {
    /// Creates a matcher for a folded word, or `None` if the word is too short, has a digit or is in a script without
    /// spaces. With `allow_beginning` the word may be unfinished.
    pub fn new(typed: &str, allow_beginning: bool) -> Option<GuessMatcher> {
        let letter_count = typed.chars().count();
        let is_sign = |letter: char| letter.is_numeric() || is_unspaced(letter);
        if letter_count < MIN_LETTERS || typed.chars().any(is_sign) {
            return None;
        }
        let limit = MAX_WRONG_LETTERS.iter().find(|(min_letters, _)| letter_count >= *min_letters);
        let letters = TypedLetters::new(typed, limit.map_or(0, |(_, max_wrong)| *max_wrong));
        Some(GuessMatcher {
            typed: typed.to_owned(),
            letter_count,
            mask: letter_mask(typed),
            max_wrong: letters.max_distance(),
            letters,
            allow_beginning,
            allow_shortened: true,
        })
    }

    /// Restricts the guesses to words that differ in one letter, for a word that was probably meant
    /// as it was typed.
    #[must_use]
    pub fn limit_to_one_letter(self) -> GuessMatcher {
        let max_wrong = self.max_wrong.min(1);
        GuessMatcher {
            max_wrong,
            letters: TypedLetters::new(&self.typed, max_wrong),
            allow_beginning: false,
            allow_shortened: false,
            ..self
        }
    }

    /// Whether it has so few letters that it is only guessed at where no word begins with it.
    pub(super) fn is_short(&self) -> bool {
        self.letter_count < MIN_CONFIRMED_LETTERS
    }

    /// Whether a word with this letter mask can be a guess at all. It has all typed letters but
    /// those that were typed wrong.
    pub(crate) fn may_match(&self, mask: u32) -> bool {
        let missing = self.mask & !mask;
        match self.max_wrong {
            0 => missing == 0,
            1 => clear_lowest(missing) == 0,
            _ => clear_lowest(clear_lowest(missing)) == 0,
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
        if self.letter_count == MIN_LETTERS && self.lacks_first_letter(word) {
            return None;
        }
        let (whole, beginning) = self.distances(word);
        match (whole, beginning) {
            (Some(0 | 1), _) => Some(MatchQuality::Misspelt),
            (_, Some(Beginning { distance: 0 | 1, is_confirmed: true, .. }))
                if self.letter_count >= MIN_CONFIRMED_LETTERS =>
            {
                Some(MatchQuality::MisspeltPrefix)
            }
            (Some(_), _) | (_, Some(_)) => Some(MatchQuality::Guess),
            (None, None) => self.is_shortened(word).then_some(MatchQuality::Guess),
        }
    }

    /// Whether a word begins with the second of two typed letters, as if the first were one too many. Of one letter alone
    /// nothing can be guessed.
    fn lacks_first_letter(&self, word: &str) -> bool {
        let typed: Vec<char> = self.typed.chars().take(MIN_LETTERS).collect();
        let letters: Vec<char> = word.chars().take(MIN_LETTERS).collect();
        match (typed.as_slice(), letters.as_slice()) {
            ([first, second], [start, rest @ ..]) => {
                second == start && first != start && rest.first() != Some(first)
            }
            _ => false,
        }
    }

    /// Returns the distance of a word from the typed one, and that of its nearest beginning if the typed one may be
    /// unfinished.
    fn distances(&self, word: &str) -> (Option<u8>, Option<Beginning>) {
        let distance = self.letters.distance_of(word);
        let whole = distance.whole.filter(|_| self.letter_count >= MIN_CONFIRMED_LETTERS);
        (whole, distance.beginning.filter(|_| self.allow_beginning))
    }

    /// Returns the letters of a guessed word that were typed, as byte ranges of the word. If the
    /// word was misspelt, that is the whole word, or its beginning if it is unfinished.
    pub fn matched_ranges(&self, word: &str) -> Vec<Range<usize>> {
        if self.allow_shortened && begins_with_latin(word, &self.typed) {
            return std::iter::once(0..word.len()).collect();
        }
        match self.distances(word) {
            (Some(_), _) => std::iter::once(0..word.len()).collect(),
            (None, Some(beginning)) => {
                let end = word.char_indices().nth(beginning.letters).map_or(word.len(), |it| it.0);
                std::iter::once(0..end).collect()
            }
            (None, None) => self.typed_letters_of(word),
        }
    }

    /// Returns the letters of a word of which the typed one is a shortened form.
    fn typed_letters_of(&self, word: &str) -> Vec<Range<usize>> {
        let found = SHORTENED_MATCHER.fuzzy_indices(word, &self.typed);
        let (_, indices) = found.filter(|_| self.is_shortened(word)).unwrap_or_default();
        let letters = word.char_indices().enumerate().filter(|(index, _)| indices.contains(index));
        letters.map(|(_, (start, letter))| start..start + letter.len_utf8()).collect()
    }

    /// Whether the typed word is a shortened form of `word`: it has the same first letter, and
    /// `word` has all typed letters in their order.
    fn is_shortened(&self, word: &str) -> bool {
        self.allow_shortened
            && self.letter_count >= MIN_SHORTENED_LETTERS
            && word.chars().next() == self.typed.chars().next()
            && word.chars().count() < self.letter_count * SHORTENED_LENGTH_FACTOR
            && SHORTENED_MATCHER.fuzzy_match(word, &self.typed).is_some()
    }
}

/// Clears the lowest set bit.
#[inline]
fn clear_lowest(bits: u32) -> u32 {
    bits & bits.wrapping_sub(1)
}
