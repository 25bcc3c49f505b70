//! Finds a phrase in the bytes of a text, without folding or splitting the text.
//!
//! Most phrases and most texts have only ASCII letters. A phrase that is found is in the text. A
//! phrase that is not found may still be in it with other letters, unless the text is folded and
//! all ASCII.

use memchr::memmem::Finder;

use crate::query::{MatchQuality, Phrase, WordPattern};

/// Finds a phrase of ASCII words in bytes.
pub(super) struct PhrasePrefilter<'p> {
    /// The words of the phrase.
    words: &'p [WordPattern],
    /// The index of the longest word, which is searched for first.
    longest_index: usize,
    /// Finds the longest word.
    finder: Finder<'p>,
    /// Finds the longest word without its first letter, which may be a capital in a text. `None` if
    /// the rest is too short.
    tail_finder: Option<Finder<'p>>,
}

impl<'p> PhrasePrefilter<'p> {
    /// Creates a prefilter, or returns `None` if the phrase has anchors or gaps, letters other than ASCII,
    /// or patterns that match more than whole words and prefixes.
    pub(super) fn new(phrase: &'p Phrase) -> Option<PhrasePrefilter<'p>> {
        let anchored = phrase.at_start || phrase.at_end || phrase.max_between.is_some();
        let is_ascii_word = |word: &WordPattern| {
            !word.allow_inside && word.guess.is_none() && word.letters.bytes().all(is_letter)
        };
        if anchored || !phrase.words.iter().all(is_ascii_word) {
            return None;
        }
        let indexed = phrase.words.iter().enumerate();
        let (longest_index, word) = indexed.max_by_key(|(_, word)| word.letters.len())?;
        let letters = word.letters.as_bytes();
        Some(PhrasePrefilter {
            words: &phrase.words,
            longest_index,
            finder: Finder::new(letters),
            tail_finder: letters.get(1..).filter(|rest| rest.len() > 1).map(Finder::new),
        })
    }

    /// Whether it finds the phrase in texts that are not folded.
    pub(super) fn searches_texts(&self) -> bool {
        self.tail_finder.is_some()
    }

    /// Returns the best quality of the phrase in a text that is not folded. It is a lower bound unless the text
    /// [has only initial capitals](has_only_initial_capitals). The search ends at an occurrence of at least `sufficient`.
    pub(super) fn in_text(&self, text: &str, sufficient: MatchQuality) -> Option<MatchQuality> {
        let positions = self.tail_finder.as_ref()?.find_iter(text.as_bytes());
        let starts = positions.filter_map(|position| position.checked_sub(1));
        self.best_at(text.as_bytes(), starts, sufficient)
    }

    /// Returns the best quality of the phrase in a folded text. It is a lower bound if the text is
    /// not all ASCII. The search ends at an occurrence of at least `sufficient`.
    pub(super) fn in_folded(&self, folded: &str, sufficient: MatchQuality) -> Option<MatchQuality> {
        let starts = self.finder.find_iter(folded.as_bytes());
        self.best_at(folded.as_bytes(), starts, sufficient)
    }

    /// Returns the best quality of the occurrences whose longest word begins at one of `starts`.
    /// The search ends at an occurrence of at least `sufficient`.
    fn best_at(
        &self,
        bytes: &[u8],
        starts: impl Iterator<Item = usize>,
        sufficient: MatchQuality,
    ) -> Option<MatchQuality> {
        let mut best = None;
        for start in starts {
            best = best.max(self.quality_at(bytes, start));
            if best >= Some(sufficient) {
                break;
            }
        }
        best
    }

    /// Returns the quality of the occurrence whose longest word begins at `start`, if there is one.
    fn quality_at(&self, bytes: &[u8], start: usize) -> Option<MatchQuality> {
        let mut before = bytes.get(..start)?;
        for _ in 0..self.longest_index {
            before = strip_last_word(before)?;
        }
        if before.last().is_some_and(|byte| !is_gap(*byte)) {
            return None;
        }
        let mut rest = bytes.get(before.len()..)?;
        let mut worst = MatchQuality::Whole;
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                rest = strip_gap(rest);
            }
            let (start, after) = rest.split_at_checked(word.letters.len())?;
            if !start.eq_ignore_ascii_case(word.letters.as_bytes()) {
                return None;
            }
            rest = after;
            if rest.first().is_some_and(|byte| !is_gap(*byte)) {
                if !word.allow_prefix {
                    return None;
                }
                worst = MatchQuality::Prefix;
                let word_end = rest.iter().take_while(|byte| is_letter(**byte)).count();
                rest = rest.get(word_end..)?;
            }
        }
        Some(worst)
    }
}

/// Whether a text is all ASCII, and a capital in it is always the first letter of a word.
pub(super) fn has_only_initial_capitals(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without an early end, so that the compiler can vectorise it.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let inner = pairs
        .fold(false, |any, (before, byte)| any | (is_letter(*before) & byte.is_ascii_uppercase()));
    !inner && bytes.is_ascii()
}

/// Whether a byte is an ASCII letter or digit.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whether a byte is ASCII but not a letter or digit.
fn is_gap(byte: u8) -> bool {
    byte.is_ascii() && !is_letter(byte)
}

/// Strips the last word and the gap after it. Returns `None` if the bytes do not end with a word
/// and a gap.
fn strip_last_word(bytes: &[u8]) -> Option<&[u8]> {
    let gap = bytes.iter().rev().take_while(|byte| is_gap(**byte)).count();
    let bytes = bytes.get(..bytes.len() - gap)?;
    let word = bytes.iter().rev().take_while(|byte| is_letter(**byte)).count();
    (gap > 0 && word > 0).then(|| bytes.get(..bytes.len() - word)).flatten()
}

/// Strips the gap at the beginning.
fn strip_gap(bytes: &[u8]) -> &[u8] {
    let gap = bytes.iter().take_while(|byte| is_gap(**byte)).count();
    bytes.get(gap..).unwrap_or_default()
}
