//! Dates that are written in numbers with dashes, slashes or full stops between them.

use super::builder::{Joint, Sheet, Years};
use super::languages::Word;
use super::rules::{kinds, single, small};
use super::tokens::{Kind, Token};
use crate::record::date::span::Precision;

/// Two-digit years below this are of the 21st century.
const PIVOT: i64 = 30;

impl Sheet {
    /// Dates of three parts with dashes or slashes between them.
    pub(super) fn three_parts(&mut self, tokens: &[Token]) -> Option<usize> {
        let [Some(first), Some(mark), Some(second), Some(other), Some(third)] = kinds(tokens)
        else {
            return None;
        };
        if mark != other || !matches!(mark, Kind::Dash | Kind::Slash | Kind::Dot) {
            return None;
        }
        match (first, second, third) {
            // 1945-07-12, 1945/07/00
            (
                Kind::Number(year, 4),
                Kind::Number(month @ 0..=12, 1 | 2),
                Kind::Number(day @ 0..=31, 1 | 2),
            ) if is_glued(tokens, 5) => self.complete(year, month, day),
            // 7-Nov-78
            (
                Kind::Number(day @ 1..=31, 1 | 2),
                Kind::Word(Word::Month(month)),
                Kind::Number(year, digits @ (2 | 4)),
            ) if is_glued(tokens, 5) => {
                self.complete(full_year(year, digits), i64::from(month), day);
            }
            // 12.07.1945: with full stops the day comes first
            (
                Kind::Number(day @ 1..=31, 1 | 2),
                Kind::Number(month @ 1..=12, 1 | 2),
                Kind::Number(year, digits @ (2 | 4)),
            ) if mark == Kind::Dot => self.complete(full_year(year, digits), month, day),
            // 30-10-1920, 6/18/81, 05 - 09 - 86
            (
                Kind::Number(one, 1 | 2),
                Kind::Number(two, 1 | 2),
                Kind::Number(year, digits @ (2 | 4)),
            ) => self.ambiguous(one, two, full_year(year, digits)),
            _ => return None,
        }
        Some(5)
    }

    /// Dates of two parts with a dash or a slash between them, and a day without any.
    pub(super) fn two_parts(&mut self, tokens: &[Token]) -> Option<usize> {
        let [first, mark, second, after, _] = kinds(tokens);
        if let Some(Kind::Number(number, 8)) = first {
            return self.eight_digits(number);
        }
        let mark = mark.filter(|mark| matches!(mark, Kind::Dash | Kind::Slash | Kind::Dot))?;
        match (first?, second?) {
            _ if !is_glued(tokens, 3) => return None,
            // Apr-05
            (Kind::Word(Word::Month(month)), Kind::Number(year, 2)) if mark == Kind::Dash => {
                (self.uncertain, self.ambiguous) = (true, true);
                self.complete(full_year(year, 2), i64::from(month), 0);
            }
            // Nov-1944
            (Kind::Word(Word::Month(month)), Kind::Number(year, 4))
                if after.is_none() && self.points.is_empty() =>
            {
                self.complete(year, i64::from(month), 0);
            }
            // 07/1945
            (Kind::Number(month @ 1..=12, 1 | 2), Kind::Number(year, 4))
                if self.points.is_empty() || self.pending() != Joint::Space =>
            {
                self.complete(year, month, 0);
            }
            (Kind::Number(year, 4), Kind::Number(second, digits @ (1 | 2)))
                if mark != Kind::Dot =>
            {
                return self.two_numbers(year, mark, second, digits, tokens);
            }
            _ => return None,
        }
        Some(3)
    }

    /// A date of three numbers; a month or a day of 0 is not known.
    fn complete(&mut self, year: i64, month: i64, day: i64) {
        let month = small(month);
        self.put_date(single(year), month, month.and(small(day)));
    }

    /// Day and month in an order that differs from country to country: where both may be a month,
    /// only the year is sure, and not even that the archivist meant it so.
    fn ambiguous(&mut self, one: i64, two: i64, year: i64) {
        let month = |number: i64| (1..=12).contains(&number);
        match (month(one), month(two)) {
            (true, true) if one != two => {
                (self.uncertain, self.ambiguous) = (true, true);
                self.complete(year, 0, 0);
            }
            (true, _) if (1..=31).contains(&two) => self.complete(year, one, two),
            (_, true) if (1..=31).contains(&one) => self.complete(year, two, one),
            _ => self.foreign = true,
        }
    }

    /// `1996-97` is a range and `1996-07` a month: a second part over 12 is a year, otherwise a
    /// month. `1984-5` and `1703/4` are years too, since a month has two digits.
    fn two_numbers(
        &mut self,
        year: i64,
        mark: Kind,
        second: i64,
        digits: usize,
        tokens: &[Token],
    ) -> Option<usize> {
        let length = if digits == 1 { 10 } else { 100 };
        let later = second > year % length;
        let last = year - year % length + second;
        let next_year = (year + 1) % length == second;
        if later && (digits == 1 || second > 12) || mark == Kind::Slash && next_year {
            self.two_years(year, if later { last } else { last + length }, mark, tokens);
        } else if second <= 12 || mark == Kind::Dash && (21..=41).contains(&second) {
            self.complete(year, second, 0);
        } else {
            return None;
        }
        Some(3)
    }

    /// A range of years. `1703/4 Jan.` is a year that began in March: January is of the later one.
    fn two_years(&mut self, first: i64, last: i64, mark: Kind, tokens: &[Token]) {
        let old_style = mark == Kind::Slash
            && last == first + 1
            && matches!(tokens.get(3).map(|t| t.kind), Some(Kind::Word(Word::Month(1..=3))));
        let first = if old_style { last } else { first };
        self.put_date(Years { first, last, precision: Precision::Year }, None, None);
    }

    /// `19450712`, where it is a day.
    fn eight_digits(&mut self, number: i64) -> Option<usize> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let fits =
            (1000..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        fits.then(|| {
            self.complete(year, month, day);
            1
        })
    }
}

/// Whether so many pieces stand there without a space between them.
fn is_glued(tokens: &[Token], length: usize) -> bool {
    tokens.get(1..length).is_some_and(|rest| rest.iter().all(|token| token.glued))
}

/// A year of which two digits are written.
pub(super) fn full_year(year: i64, digits: usize) -> i64 {
    match year {
        _ if digits != 2 => year,
        ..PIVOT => year + 2000,
        _ => year + 1900,
    }
}
