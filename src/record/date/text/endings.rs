//! Endings that make a word of a date a bound, as Hungarian has them: `májusig`, `századtól`.

use super::words::{
    self, DECADE, Entry, FEAST, LanguageSet, MONTH, ORDINAL, SEASON, Sense, WEEKDAY, bits,
};

/// What a word with an ending means without it.
const STEMS: u64 = bits(&[
    MONTH,
    WEEKDAY,
    ORDINAL,
    SEASON,
    FEAST,
    DECADE,
    Sense::Part,
    Sense::Fraction,
    Sense::Century,
    Sense::DecadeWord,
    Sense::Year,
    Sense::MonthWord,
    Sense::Day,
]);
/// What an ending means.
const ENDINGS: u64 = bits(&[Sense::FromBehind, Sense::UntilBehind]);
/// The number of letters of an ending.
const LETTERS: [usize; 2] = [2, 3];
/// The fewest letters in front of an ending.
const MIN_STEM_LETTERS: usize = 2;

/// A word that was split.
pub(super) struct BoundWord {
    /// The word of a date.
    pub(super) stem: &'static Entry,
    /// The ending.
    pub(super) ending: &'static Entry,
    /// How many letters the ending has.
    pub(super) ending_letters: usize,
}

/// Splits a folded word that is not known into a word of a date and an ending of the same language.
pub(super) fn split(folded: &str) -> Option<BoundWord> {
    LETTERS.into_iter().find_map(|ending_letters| {
        let at = folded.len().checked_sub(ending_letters).filter(|at| *at >= MIN_STEM_LETTERS)?;
        let (stem, ending) = folded.split_at_checked(at)?;
        let ending = words::look_up(ending).filter(|ending| ending.is_bound())?;
        let languages: LanguageSet = ending.languages_of(ENDINGS);
        let stem = words::look_up(stem).filter(|stem| stem.languages_of(STEMS) & languages != 0)?;
        Some(BoundWord { stem, ending, ending_letters })
    })
}
