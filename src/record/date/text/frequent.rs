//! Rules for the most frequent tokens, which need no look at most others.
//!
//! They give what the rules in `rules.rs` give, in fewer steps.

use super::builder::DateBuilder;
use super::numeric::YEARS;
use super::partial::{Separator, YearRange};
use super::tokens::{Sign, Token, Word};
use super::words::{
    CALENDAR_MONTH, CALENDAR_NAME, DECADE, ERA, ERA_SIGN, MONTH, ORDINAL, Sense, bits,
};

/// The words that some rule before [`DateBuilder::apply_word`] applies to.
const EARLY_WORDS: u64 = bits(&[
    Sense::At,
    Sense::Hour,
    Sense::Time,
    Sense::Reference,
    ERA,
    ERA_SIGN,
    Sense::YearBefore,
    Sense::MonthBefore,
    Sense::DayBefore,
    CALENDAR_MONTH,
    CALENDAR_NAME,
    Sense::Ad,
    Sense::Bc,
    Sense::Part,
    Sense::Fraction,
    ORDINAL,
    DECADE,
    Sense::DecadeWord,
    Sense::Century,
]);

/// The least year that is no time of day.
pub(super) const MIN_YEAR: i64 = 1760;

impl DateBuilder<'_> {
    /// Puts a year that nothing stands behind, or that a sign follows that ends it.
    pub(super) fn put_plain_year(&mut self) -> Option<usize> {
        let year = self.number(self.at).filter(|number| number.is_long() && !number.is_inferred)?;
        let is_whole = match self.tokens.get(self.at + 1) {
            None => self.pending_separator != Separator::Comma || self.is_awaiting_year(),
            Some(_) => matches!(self.sign(self.at + 1), Some(Sign::Question | Sign::CloseSquare)),
        };
        if !is_whole || !(MIN_YEAR..=*YEARS.end()).contains(&year.value) || year.is_short_year {
            return None;
        }
        self.put_years(YearRange::single(year.value), 1);
        Some(1)
    }

    /// Puts a day between its month and year: `July 12, 1945`.
    pub(super) fn put_plain_day(&mut self) -> Option<usize> {
        let day = self.number(self.at).filter(|number| number.is_short() && !number.is_inferred)?;
        let month = self.tokens.get(self.at.checked_sub(1)?)?;
        let is_plain = month.sense_bits == MONTH.bit()
            && (1..=31).contains(&day.value)
            && !day.is_short_year
            && self.sign(self.at + 1) == Some(Sign::Comma)
            && self.number(self.at + 2).is_some_and(|number| number.is_long());
        if !is_plain {
            return None;
        }
        self.put_day(u8::try_from(day.value).ok()?, 1);
        Some(1)
    }

    /// Whether the current word is the name of a month and nothing else, with nothing of a name beside it.
    pub(super) fn is_plain_month(&self, word: Word) -> bool {
        let is_month = |token: &Token| token.sense_bits == MONTH.bit();
        self.tokens.get(self.at).is_some_and(is_month) && self.is_late_word(word)
    }

    /// Whether no rule before [`DateBuilder::apply_word`] applies to the current word.
    pub(super) fn is_late_word(&self, word: Word) -> bool {
        let Some(token) = self.tokens.get(self.at) else { return false };
        token.sense_bits != 0
            && token.sense_bits & EARLY_WORDS == 0
            && word.roman == 0
            && token.end - token.start > 1
            && (token.sense_bits & MONTH.bit() == 0
                || !matches!(self.sign(self.at + 1), Some(Sign::Dash | Sign::Slash | Sign::Dot)))
    }
}
