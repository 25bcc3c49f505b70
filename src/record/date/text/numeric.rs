//! Rules for dates in numbers, with dashes, slashes or full stops between them.

use super::builder::{DateBuilder, Separator, YearRange};
use super::languages::Word;
use super::rules::{first_kinds, nonzero_u8, single_year};
use super::tokens::{Token, TokenKind};
use crate::record::date::span::Precision;

/// Two-digit years below this belong to the 21st century, all others to the 20th.
const TWO_DIGIT_YEAR_PIVOT: i64 = 30;

impl DateBuilder {
    /// Parses a date of three parts with dashes, slashes or full stops between them. Returns the
    /// number of tokens that it consumed.
    pub(super) fn parse_three_parts(&mut self, tokens: &[Token]) -> Option<usize> {
        let [Some(first), Some(mark), Some(second), Some(other), Some(third)] = first_kinds(tokens)
        else {
            return None;
        };
        if mark != other || !matches!(mark, TokenKind::Dash | TokenKind::Slash | TokenKind::Dot) {
            return None;
        }
        match (first, second, third) {
            // 1945-07-12, 1945/07/00
            (
                TokenKind::Number(year, 4),
                TokenKind::Number(month @ 0..=12, 1 | 2),
                TokenKind::Number(day @ 0..=31, 1 | 2),
            ) if are_adjacent(tokens, 5) => self.put_numeric_date(year, month, day),
            // 7-Nov-78
            (
                TokenKind::Number(day @ 1..=31, 1 | 2),
                TokenKind::Word(Word::Month(month)),
                TokenKind::Number(year, digits @ (2 | 4)),
            ) if are_adjacent(tokens, 5) => {
                self.put_numeric_date(expand_year(year, digits), i64::from(month), day);
            }
            // 12.07.1945: with full stops the day comes first
            (
                TokenKind::Number(day @ 1..=31, 1 | 2),
                TokenKind::Number(month @ 1..=12, 1 | 2),
                TokenKind::Number(year, digits @ (2 | 4)),
            ) if mark == TokenKind::Dot => {
                self.put_numeric_date(expand_year(year, digits), month, day);
            }
            // 30-10-1920, 6/18/81, 05 - 09 - 86
            (
                TokenKind::Number(one, 1 | 2),
                TokenKind::Number(two, 1 | 2),
                TokenKind::Number(year, digits @ (2 | 4)),
            ) => self.put_ambiguous_date(one, two, expand_year(year, digits)),
            _ => return None,
        }
        Some(5)
    }

    /// Parses a date of two parts with such a sign between them, or a day in eight digits. Returns
    /// the number of tokens that it consumed.
    pub(super) fn parse_two_parts(&mut self, tokens: &[Token]) -> Option<usize> {
        let [first, mark, second, after, _] = first_kinds(tokens);
        if let Some(TokenKind::Number(number, 8)) = first {
            return self.parse_eight_digits(number);
        }
        let mark = mark
            .filter(|mark| matches!(mark, TokenKind::Dash | TokenKind::Slash | TokenKind::Dot))?;
        match (first?, second?) {
            _ if !are_adjacent(tokens, 3) => return None,
            // Apr-05
            (TokenKind::Word(Word::Month(month)), TokenKind::Number(year, 2))
                if mark == TokenKind::Dash =>
            {
                (self.uncertain, self.ambiguous) = (true, true);
                self.put_numeric_date(expand_year(year, 2), i64::from(month), 0);
            }
            // Nov-1944
            (TokenKind::Word(Word::Month(month)), TokenKind::Number(year, 4))
                if after.is_none() && self.dates.is_empty() =>
            {
                self.put_numeric_date(year, i64::from(month), 0);
            }
            // 07/1945
            (TokenKind::Number(month @ 1..=12, 1 | 2), TokenKind::Number(year, 4))
                if self.dates.is_empty() || self.pending_separator() != Separator::Space =>
            {
                self.put_numeric_date(year, month, 0);
            }
            (TokenKind::Number(year, 4), TokenKind::Number(second, digits @ (1 | 2)))
                if mark != TokenKind::Dot =>
            {
                return self.parse_year_and_number(year, mark, second, digits, tokens);
            }
            _ => return None,
        }
        Some(3)
    }

    /// Adds a date of three numbers. A month or a day of 0 is unknown.
    fn put_numeric_date(&mut self, year: i64, month: i64, day: i64) {
        let month = nonzero_u8(month);
        self.put_date(single_year(year), month, month.and(nonzero_u8(day)));
    }

    /// Adds a date whose order of day and month differs by country.
    ///
    /// If both numbers may be the month, only the year is kept, and it is uncertain.
    fn put_ambiguous_date(&mut self, one: i64, two: i64, year: i64) {
        let is_month = |number: i64| (1..=12).contains(&number);
        match (is_month(one), is_month(two)) {
            (true, true) if one != two => {
                (self.uncertain, self.ambiguous) = (true, true);
                self.put_numeric_date(year, 0, 0);
            }
            (true, _) if (1..=31).contains(&two) => self.put_numeric_date(year, one, two),
            (_, true) if (1..=31).contains(&one) => self.put_numeric_date(year, two, one),
            _ => self.has_foreign_words = true,
        }
    }

    /// Parses a year and a second number. Returns the number of tokens that it consumed.
    ///
    /// A second number over 12 is a year (`1996-97`), otherwise a month (`1996-07`). One digit is a
    /// year too (`1984-5`, `1703/4`), because a month has two digits.
    fn parse_year_and_number(
        &mut self,
        year: i64,
        mark: TokenKind,
        second: i64,
        digits: usize,
        tokens: &[Token],
    ) -> Option<usize> {
        let length = if digits == 1 { 10 } else { 100 };
        let is_later = second > year % length;
        let last = year - year % length + second;
        let is_next_year = (year + 1) % length == second;
        if is_later && (digits == 1 || second > 12) || mark == TokenKind::Slash && is_next_year {
            self.put_two_years(year, if is_later { last } else { last + length }, mark, tokens);
        } else if second <= 12 || mark == TokenKind::Dash && (21..=41).contains(&second) {
            self.put_numeric_date(year, second, 0);
        } else {
            return None;
        }
        Some(3)
    }

    /// Adds a range of years. In `1703/4 Jan.` the old-style year began in March, so January is in
    /// the later year.
    fn put_two_years(&mut self, first: i64, last: i64, mark: TokenKind, tokens: &[Token]) {
        let old_style = mark == TokenKind::Slash
            && last == first + 1
            && matches!(tokens.get(3).map(|t| t.kind), Some(TokenKind::Word(Word::Month(1..=3))));
        let first = if old_style { last } else { first };
        self.put_date(YearRange { first, last, precision: Precision::Year }, None, None);
    }

    /// Parses a day in eight digits: `19450712`. Returns the number of tokens that it consumed.
    fn parse_eight_digits(&mut self, number: i64) -> Option<usize> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let is_valid =
            (1000..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_valid.then(|| {
            self.put_numeric_date(year, month, day);
            1
        })
    }
}

/// Whether the first `length` tokens exist and have no space between them.
fn are_adjacent(tokens: &[Token], length: usize) -> bool {
    tokens.get(1..length).is_some_and(|rest| rest.iter().all(|token| token.is_adjacent))
}

/// Completes a year of two digits. Other years stay as they are.
pub(super) fn expand_year(year: i64, digits: usize) -> i64 {
    match year {
        _ if digits != 2 => year,
        ..TWO_DIGIT_YEAR_PIVOT => year + 2000,
        _ => year + 1900,
    }
}
