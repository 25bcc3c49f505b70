//! One word that is looked for, and how it compares with a word of a text.

use std::ops::Range;

use super::fuzzy::Guess;

/// How closely a word of a text is the one that was typed. The later the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchQuality {
    /// It may have been meant: shortened, or far from what was typed.
    Guess,
    /// It may have been meant: one letter of it was typed wrong.
    Misspelt,
    /// It contains what was typed.
    Inside,
    /// It begins with what was typed.
    Beginning,
    /// It is what was typed.
    Whole,
}

impl MatchQuality {
    /// Whether it is not what was typed, but what may have been meant.
    pub fn is_guess(self) -> bool {
        self <= MatchQuality::Misspelt
    }
}

/// A folded word that is looked for. The whole word always fits; the rest is allowed or not.
#[derive(Clone, Debug)]
pub struct WordPattern {
    /// The folded letters.
    pub letters: String,
    /// Whether words that begin with it fit.
    pub beginning: bool,
    /// Whether words that contain it fit.
    pub inside: bool,
    /// Which words are guesses at it, where guesses are made.
    pub guess: Option<Guess>,
}

impl WordPattern {
    /// How closely a folded word fits, or nothing where it does not.
    pub fn tier(&self, word: &str) -> Option<MatchQuality> {
        if word == self.letters {
            Some(MatchQuality::Whole)
        } else if self.beginning && word.starts_with(&self.letters) {
            Some(MatchQuality::Beginning)
        } else if self.inside && word.contains(&self.letters) {
            Some(MatchQuality::Inside)
        } else {
            self.guess.as_ref()?.tier(word)
        }
    }

    /// The letters of a folded word that were matched, as byte ranges in it.
    pub fn matched(&self, word: &str) -> Vec<Range<usize>> {
        match self.tier(word) {
            None => Vec::new(),
            Some(MatchQuality::Whole) => std::iter::once(0..word.len()).collect(),
            Some(MatchQuality::Beginning | MatchQuality::Inside) => {
                let start = word.find(&self.letters).unwrap_or(0);
                std::iter::once(start..start + self.letters.len()).collect()
            }
            Some(MatchQuality::Guess | MatchQuality::Misspelt) => {
                self.guess.as_ref().map(|guess| guess.matched(word)).unwrap_or_default()
            }
        }
    }
}
