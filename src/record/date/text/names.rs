//! Words that mean a date elsewhere and are part of a name here.

use super::builder::DateBuilder;
use super::rules::RELATIONS;
use super::tokens::Sign;

impl DateBuilder<'_> {
    /// Whether a word such as "after" begins a name of two words: "Sau Mai, Huế", "Post Falls, Idaho".
    ///
    /// The second word is not known, or is of another language than the first.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        let (Some(first), Some(second)) = (self.word(at), self.word(at + 1)) else { return false };
        let is_cased = |at: usize| self.written(at, at + 1).starts_with(char::is_uppercase);
        let is_unknown = !second.is_known() && second.roman == 0;
        let own = first.languages_of(RELATIONS);
        let is_foreign = second.languages() != 0 && second.languages() & own == 0;
        first.is_capitalized
            && second.is_capitalized
            && (is_unknown || is_foreign)
            && self.sign(at + 2) == Some(Sign::Comma)
            && is_cased(at)
            && is_cased(at + 1)
    }
}
