//! A pattern for one word, and how closely a word of a text matches it.

use std::ops::Range;

use super::fuzzy::GuessMatcher;

/// How closely a word of a text matches the typed word, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchQuality {
    /// The typed word may be a shortened form of it, or differs from it in more than one letter.
    Guess,
    /// It begins with the typed word, of which one letter was typed wrong.
    MisspeltPrefix,
    /// One letter of it was typed wrong.
    Misspelt,
    /// It contains the typed word.
    Inside,
    /// It begins with the typed word.
    Prefix,
    /// It is the typed word.
    Whole,
}

impl MatchQuality {
    /// Whether the word was guessed: it does not contain the typed word.
    pub fn is_guess(self) -> bool {
        self <= MatchQuality::Misspelt
    }
}

/// A pattern for one folded word. It always matches the whole word; other matches are options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPattern {
    /// The folded letters.
    pub letters: String,
    /// Whether it matches words that begin with it.
    pub allow_prefix: bool,
    /// Whether it matches words that contain it.
    pub allow_inside: bool,
    /// Matches guesses at it. `None` means no guesses.
    pub guess: Option<GuessMatcher>,
}

impl WordPattern {
    /// Returns how closely a folded word matches, or `None` if it does not match.
    pub fn quality_of(&self, word: &str) -> Option<MatchQuality> {
        if word == self.letters {
            Some(MatchQuality::Whole)
        } else if self.allow_prefix && word.starts_with(&self.letters) {
            Some(MatchQuality::Prefix)
        } else if self.allow_inside && word.contains(&self.letters) {
            Some(MatchQuality::Inside)
        } else {
            self.guess.as_ref()?.quality_of(word)
        }
    }

    /// Returns the letters of a folded word that match, as byte ranges of the word.
    pub fn matched_ranges(&self, word: &str) -> Vec<Range<usize>> {
        match self.quality_of(word) {
            None => Vec::new(),
            Some(MatchQuality::Whole) => std::iter::once(0..word.len()).collect(),
            Some(MatchQuality::Prefix | MatchQuality::Inside) => {
                let start = word.find(&self.letters).unwrap_or(0);
                std::iter::once(start..start + self.letters.len()).collect()
            }
            Some(MatchQuality::Guess | MatchQuality::MisspeltPrefix | MatchQuality::Misspelt) => {
                self.guess.as_ref().map(|guess| guess.matched_ranges(word)).unwrap_or_default()
            }
        }
    }
}
