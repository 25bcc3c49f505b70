//! Looks for a phrase in the bytes of a text, as far as ASCII letters tell.
//!
//! Most phrases, and the places in a text where they stand, are of ASCII letters. What is found so is
//! there; what is not may still be written otherwise, unless all of the text is ASCII and folded.

use memchr::memmem::Finder;

use crate::query::clause::Phrase;
pub(crate) use crate::query::word_pattern::{MatchQuality, WordPattern};

/// A phrase of ASCII words.
pub(super) struct Glance<'p> {
    /// Its words.
    words: &'p [WordPattern],
    /// The place among them of the one that is looked for first, since it is the longest.
    longest: usize,
    /// The search for its letters.
    letters: Finder<'p>,
    /// The search for all of them but the first, which alone is often a capital, where they are several.
    tail: Option<Finder<'p>>,
}

impl<'p> Glance<'p> {
    /// Looks for a phrase; nothing where it may also stand where its letters do not.
    pub(super) fn new(phrase: &'p Phrase) -> Option<Glance<'p>> {
        let anchored = phrase.at_start || phrase.at_end;
        let is_plain = |word: &WordPattern| {
            !word.inside && word.guess.is_none() && word.letters.bytes().all(is_letter)
        };
        if anchored || !phrase.words.iter().all(is_plain) {
            return None;
        }
        let numbered = phrase.words.iter().enumerate();
        let (longest, word) = numbered.max_by_key(|(_, word)| word.letters.len())?;
        let letters = word.letters.as_bytes();
        Some(Glance {
            words: &phrase.words,
            longest,
            letters: Finder::new(letters),
            tail: letters.get(1..).filter(|tail| tail.len() > 1).map(Finder::new),
        })
    }

    /// The best tier that it is seen to have in a text that is not folded, where that is enough.
    pub(super) fn in_text(&self, text: &str, enough: MatchQuality) -> Option<MatchQuality> {
        let places = self.tail.as_ref()?.find_iter(text.as_bytes());
        let starts = places.filter_map(|place| place.checked_sub(1));
        self.best(text.as_bytes(), starts, enough).filter(|tier| *tier >= enough)
    }

    /// The best tier that it has in a folded text: a part of the answer where it is not all ASCII and
    /// not enough.
    pub(super) fn in_folded(&self, folded: &str, enough: MatchQuality) -> Option<MatchQuality> {
        let starts = self.letters.find_iter(folded.as_bytes());
        self.best(folded.as_bytes(), starts, enough)
    }

    /// The best tier that it has where its longest word may begin at these places, up to what is enough.
    fn best(
        &self,
        bytes: &[u8],
        starts: impl Iterator<Item = usize>,
        enough: MatchQuality,
    ) -> Option<MatchQuality> {
        let mut best = None;
        for start in starts {
            best = best.max(self.around(bytes, start));
            if best >= Some(enough) {
                break;
            }
        }
        best
    }

    /// The tier that it has where its longest word may begin at a place.
    fn around(&self, bytes: &[u8], longest: usize) -> Option<MatchQuality> {
        let mut before = bytes.get(..longest)?;
        for _ in 0..self.longest {
            before = word_off(before)?;
        }
        if before.last().is_some_and(|byte| !is_gap(*byte)) {
            return None;
        }
        let mut rest = bytes.get(before.len()..)?;
        let mut weakest = MatchQuality::Whole;
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                rest = gap_off(rest);
            }
            let (letters, behind) = rest.split_at_checked(word.letters.len())?;
            if !letters.eq_ignore_ascii_case(word.letters.as_bytes()) {
                return None;
            }
            rest = behind;
            if rest.first().is_some_and(|byte| !is_gap(*byte)) {
                if !word.beginning {
                    return None;
                }
                weakest = MatchQuality::Beginning;
                let more = rest.iter().take_while(|byte| is_letter(**byte)).count();
                rest = rest.get(more..)?;
            }
        }
        Some(weakest)
    }
}

/// Whether a byte is an ASCII letter or digit.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whether a byte is ASCII and of no word.
fn is_gap(byte: u8) -> bool {
    byte.is_ascii() && !is_letter(byte)
}

/// What is left of bytes when their last word and the gap behind it are taken off; nothing where they do
/// not end so.
fn word_off(bytes: &[u8]) -> Option<&[u8]> {
    let gap = bytes.iter().rev().take_while(|byte| is_gap(**byte)).count();
    let bytes = bytes.get(..bytes.len() - gap)?;
    let word = bytes.iter().rev().take_while(|byte| is_letter(**byte)).count();
    (gap > 0 && word > 0).then(|| bytes.get(..bytes.len() - word)).flatten()
}

/// What is left of bytes when the gap that they begin with is taken off.
fn gap_off(bytes: &[u8]) -> &[u8] {
    let gap = bytes.iter().take_while(|byte| is_gap(**byte)).count();
    bytes.get(gap..).unwrap_or_default()
}
