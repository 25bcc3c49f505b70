//! What in a text was not understood: places are passed over, everything else is a doubt.

use std::ops::Range;

use super::builder::DateBuilder;
use super::partial::PartialDate;
use super::tokens::{Sign, TokenKind};
use super::words::{CALENDAR_MONTH, CALENDAR_NAME, ERA, ORDINAL, SEASON, Sense, TEN_DAYS, bits};
use crate::record::date::span::DateSpan;

/// What no word of a name means.
const NOT_IN_NAMES: u64 = bits(&[
    ORDINAL,
    SEASON,
    Sense::Fraction,
    Sense::Century,
    CALENDAR_MONTH,
    CALENDAR_NAME,
    ERA,
    Sense::OtherDay,
    Sense::UnreadPart,
    TEN_DAYS,
]);

/// The most days of a month in any calendar.
const MAX_MONTH_DAYS: i64 = 31;

/// Some tokens that no rule accounted for.
pub(super) struct Leftover {
    /// The tokens.
    tokens: Range<usize>,
    /// Whether they are the name of a place or of another thing beside the date.
    pub(super) is_name: bool,
}

impl DateBuilder<'_> {
    /// Returns the runs of tokens that are not accounted for.
    pub(super) fn leftovers(&self) -> Vec<Leftover> {
        let mut leftovers: Vec<Leftover> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.is_unused(at) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while self.continues_leftover(end) {
                end += 1;
            }
            while end > at + 1 && !self.is_unused(end - 1) {
                end -= 1;
            }
            leftovers.push(Leftover { is_name: self.is_place_name(at, end), tokens: at..end });
            at = end;
        }
        leftovers
    }

    /// Whether a run goes on with a token: one that is not accounted for, or a small word in it.
    fn continues_leftover(&self, at: usize) -> bool {
        let next = |at: usize| self.is_unused(at);
        next(at) || next(at + 1) && self.word(at).is_some() && self.has(at, Sense::Filler)
    }

    /// Whether a run names a place: capital letters, no numbers, and apart from the date.
    fn is_place_name(&self, start: usize, end: usize) -> bool {
        let has_capital =
            (start..end).any(|at| self.word(at).is_some_and(|word| word.is_capitalized));
        // Between two names, `to` says who wrote to whom.
        let is_between =
            |at: usize| at > start && at + 1 < end && self.has_any(at, bits(&[Sense::Until]));
        let is_plain = (start..end).all(|at| match self.tokens.get(at).map(|token| token.kind) {
            Some(TokenKind::Word(word)) => {
                !self.has_any(at, NOT_IN_NAMES)
                    && (word.is_capitalized || has_capital && !is_between(at))
            }
            _ => false,
        });
        let is_edge = |at: Option<usize>| match at {
            None => true,
            Some(at) => match self.sign(at) {
                Some(sign) => !matches!(
                    sign,
                    Sign::Slash
                        | Sign::Break
                        | Sign::Question
                        | Sign::Tilde
                        | Sign::Percent
                        | Sign::Other
                ),
                None => self.tokens.get(at).is_none(),
            },
        };
        let small_word = |at: usize| self.word(at).is_some() && self.has(at, Sense::Filler);
        let before = start.checked_sub(1);
        let before_small = before
            .filter(|before| small_word(*before))
            .map_or(before, |before| before.checked_sub(1));
        let (opens, closes) = (is_edge(before) || is_edge(before_small), is_edge(Some(end)));
        let is_short =
            |span: DateSpan| span.latest.0.saturating_sub(span.earliest.0) <= MAX_MONTH_DAYS;
        let has_month =
            |date: &PartialDate| date.month.is_some() || date.converted.is_some_and(is_short);
        has_capital
            && is_plain
            && (opens && closes || (opens || closes) && self.dates.iter().any(has_month))
    }

    /// Returns the text of what was not understood, without names.
    pub(super) fn not_understood(&self, leftovers: &[Leftover]) -> Option<String> {
        let mut unknown = leftovers.iter().filter(|leftover| !leftover.is_name);
        let words =
            |leftover: &&Leftover| leftover.tokens.clone().any(|at| self.word(at).is_some());
        let first = unknown.clone().find(words).or_else(|| unknown.next())?;
        Some(self.written(first.tokens.start, first.tokens.end).to_owned())
    }
}
