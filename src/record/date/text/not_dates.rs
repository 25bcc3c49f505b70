//! Rules for numbers that are no dates: pages, boxes, files, copies.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::partial::{Relation, Separator};
use super::tokens::Sign;
use super::words::{MONTH, Sense, bits};

/// What words before a number mean rather than that it is no date.
const NO_REFERENCE: u64 = bits(&[
    Sense::Circa,
    Sense::Born,
    Sense::Died,
    Sense::Century,
    MONTH,
    Sense::Bulk,
    Sense::Written,
]);

/// The ends of words for "before" and "after" that never stand in front of the date.
const POSTPOSITIONS: [&str; 10] = ["前", "后", "後", "降", "来", "來", "전", "후", "전에", "후에"];

impl DateBuilder<'_> {
    /// Passes over a number that a word makes a page, a box, a house and the like.
    pub(super) fn pass_reference(&mut self) -> Option<usize> {
        let at = self.at;
        let is_number = self.number(at).is_some();
        let precedes_word = self.word(at + 1).is_some();
        if is_number && !precedes_word && self.word(at.wrapping_sub(1)).is_none() {
            return None;
        }
        let length = self
            .reference_length(at)
            .or_else(|| self.counted_length(at))
            .or_else(|| self.house_length(at))?;
        self.is_complex = true;
        Some(length)
    }

    /// Returns the number of tokens of `No. 12`, `p. 12-14`, `Box 3`.
    fn reference_length(&self, at: usize) -> Option<usize> {
        let is_sign = self.sign(at) == Some(Sign::Other)
            && matches!(self.written(at, at + 1), "#" | "№" | "§");
        if !is_sign && !self.has(at, Sense::Reference) && !self.is_file_code(at) {
            return None;
        }
        if self.has_any(at, NO_REFERENCE) {
            return None;
        }
        let mut end = at + 1;
        if self.has(end, Sense::Reference) {
            end += 1;
        }
        // Vol. II
        let is_roman = self.word(end).is_some_and(|word| word.roman > 0 && word.is_capitalized);
        if is_roman && self.sign(end + 1) == Some(Sign::Comma) && self.has_date_after(end + 1) {
            return Some(end + 1 - at);
        }
        let number = self.number(end).filter(Number::is_plain)?;
        // lata 1881: "years" in Polish, a box in Portuguese.
        let is_decade = number.digits == 2 && number.value % 10 == 0;
        let counts_years = self.has_any(at, bits(&[Sense::Year, Sense::DecadeWord]));
        if counts_years && (number.digits == 4 || is_decade) {
            return None;
        }
        if self.starts_with_month(end + 1) || self.has(end + 1, Sense::MonthAfter) {
            return None;
        }
        // s 3 po 9 maia: from one day to another.
        let is_first_day = self.senses_of(end + 1, Sense::Until) != 0
            && self.number(end + 2).is_some_and(|number| number.is_short())
            && self.starts_with_month(end + 3);
        if is_first_day {
            return None;
        }
        let first_digits = self.number(end).map_or(0, |number| number.digits);
        // FO 371/1945, 3 May 1947
        let is_code = self.is_file_code(at) || self.is_code(at) && self.has_date_after(at + 4);
        let most_digits = first_digits.max(if is_code { 5 } else { 3 });
        // "12.07.1945" is a date, whatever stands in front.
        if self.sign(end + 1) == Some(Sign::Dot)
            && self.number(end + 2).is_some()
            && self.sign(end + 3) == Some(Sign::Dot)
        {
            return None;
        }
        end += 1;
        while matches!(self.sign(end), Some(Sign::Dash | Sign::Slash | Sign::Dot))
            && self
                .number(end + 1)
                .is_some_and(|number| number.is_plain() && number.digits <= most_digits)
            && self.are_adjacent(end - 1, end + 2)
        {
            end += 2;
        }
        Some(end - at)
    }

    /// Whether a word is two to four capital letters.
    fn is_code(&self, at: usize) -> bool {
        let written = self.written(at, at + 1);
        matches!(written.len(), 2..=4) && written.bytes().all(|letter| letter.is_ascii_uppercase())
    }

    /// Whether capital letters stand before the number of a file: `CO 1926/30, 7 May 1957`.
    fn is_file_code(&self, at: usize) -> bool {
        self.is_code(at)
            && self.word(at).is_some_and(|word| !word.is_known() && word.roman == 0)
            && matches!(self.sign(at + 2), Some(Sign::Slash))
            && self.has_date_after(at + 4)
    }

    /// Returns the number of tokens of `3 letters`, `2 of 3`.
    fn counted_length(&self, at: usize) -> Option<usize> {
        let number = self.number(at).filter(Number::is_plain)?;
        if self.has(at + 1, Sense::Counted)
            && (number.digits != 4 || !(1000..2100).contains(&number.value))
        {
            return Some(2);
        }
        let second = self.number(at + 2).filter(Number::is_short)?;
        let is_part = self.has(at + 1, Sense::Filler)
            && number.is_short()
            && number.value <= second.value
            && !self.starts_with_month(at + 3)
            && self.is_adjacent(at + 1) == self.is_adjacent(at + 2);
        let is_enclosed = self.sign(at + 3).is_none_or(|sign| {
            matches!(sign, Sign::CloseRound | Sign::CloseSquare | Sign::Comma | Sign::Semicolon)
        });
        (is_part && is_enclosed && self.number(at + 3).is_none() && self.word(at + 3).is_none())
            .then_some(3)
    }

    /// Whether a month follows.
    pub(super) fn has_month_after(&self, at: usize) -> bool {
        (at..self.tokens.len().min(at + 24)).any(|at| self.month(at).is_some())
    }

    /// Whether a year follows after another number, so that this number is not needed.
    pub(super) fn has_date_after(&self, at: usize) -> bool {
        let numbers = (at..self.tokens.len().min(at + 24)).filter_map(|at| self.number(at));
        let mut count = 0;
        for number in numbers {
            count += 1;
            if number.digits == 4 && (1000..2100).contains(&number.value) {
                let has_month = (at..self.tokens.len().min(at + 24))
                    .any(|at| self.month(at).is_some() || self.is_roman_month(at));
                return count > 1 || !has_month;
            }
        }
        false
    }

    /// Passes over a life date behind `*` or `†`.
    pub(super) fn relate_postposition(&mut self, relation: Relation) -> bool {
        let next = self.skip_fillers(self.at + 1);
        let is_year_word = self.has(next, Sense::Year) && self.number(next + 1).is_none();
        let is_behind =
            POSTPOSITIONS.iter().any(|end| self.written(self.at, self.at + 1).ends_with(end));
        let ends = is_year_word
            || is_behind
            || match self.sign(next) {
                Some(sign) => matches!(
                    sign,
                    Sign::CloseRound
                        | Sign::CloseSquare
                        | Sign::Comma
                        | Sign::Semicolon
                        | Sign::Question
                        | Sign::Enclosure
                ),
                None => self.tokens.get(next).is_none(),
            };
        let clause = self.clause();
        if !ends
            || self.pending_separator != Separator::Space
            || self
                .dates
                .last()
                .is_none_or(|date| date.clause != clause && date.clause + 1 != clause)
        {
            return false;
        }
        self.relate_last(relation);
        true
    }
}
