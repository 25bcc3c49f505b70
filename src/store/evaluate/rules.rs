//! The rules of searches that can be switched off, to measure what each of them contributes.

use crate::query::{Clause, GuessPolicy};

/// Which rules hold in searches. All do, except in measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the rules are independent of each other")]
pub struct SearchRules {
    /// Words that may have been meant are guessed.
    pub guesses: bool,
    /// Words that differ in one letter are guessed where several terms find few records.
    pub close_guesses: bool,
    /// Names are found in other spellings.
    pub spellings: bool,
    /// Records in which the words of the filter stand near each other come first.
    pub nearness: bool,
    /// Of records in which words stand equally near, those come first that have them in more texts.
    pub mentions: bool,
    /// Of records in which words stand equally near, those where they are in a shorter text come first.
    pub shortness: bool,
}

impl Default for SearchRules {
    fn default() -> SearchRules {
        SearchRules {
            guesses: true,
            close_guesses: true,
            spellings: true,
            nearness: true,
            mentions: true,
            shortness: true,
        }
    }
}

impl SearchRules {
    /// Changes what a term looks for so that only these rules hold.
    pub(super) fn apply_to(self, clause: &mut Clause) {
        let Clause::Words(phrase) = clause else { return };
        if !self.guesses {
            phrase.guess_policy = GuessPolicy::Never;
        }
        if !self.spellings {
            phrase.variants.clear();
        }
    }
}
