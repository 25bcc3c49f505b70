//! Rules for dates in numbers with two different signs, and with units in front: `19/8-1945`,
//! `7-8/1945`, `ngày 2-9-1945`.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::{YEARS, nonzero_u8};
use super::partial::{Separator, YearRange};
use super::tokens::Sign;
use super::words::Sense;
use crate::record::date::doubt::Doubt;

impl DateBuilder<'_> {
    /// Puts a date in numbers with two different signs. Returns the number of tokens.
    pub(super) fn put_mixed_signs(&mut self) -> Option<usize> {
        let at = self.at;
        if let Some(length) = self.put_dotted_months() {
            return Some(length);
        }
        let (first, second) = (self.plain(at)?, self.plain(at + 2)?);
        let mark = self.sign(at + 1).filter(|_| self.are_adjacent(at, at + 3))?;
        if mark == Sign::Slash
            && is_day_before_month(first, second)
            && let Some(length) = self.put_day_month_and_year(first, second)
        {
            return Some(length);
        }
        if !self.are_adjacent(at, at + 5) || self.continues_number(at + 5) {
            return None;
        }
        let (third, other) = (self.plain(at + 4)?, self.sign(at + 3)?);
        match (first.digits, mark, second.digits, other, third.digits) {
            (1 | 2, Sign::Dash, 1 | 2, Sign::Slash | Sign::Dot, 4) => {
                self.put_months_and_year(first.value, second.value, third.value)
            }
            (4, Sign::Dash, 2, Sign::Slash, 2) => {
                self.put_year_and_months(first.value, second.value, third.value)
            }
            // 1945-07–08: the longer dash is of a range.
            (4, Sign::Dash, 2, Sign::Dash, 2)
                if self.written(at + 1, at + 2) == "-"
                    && self.written(at + 3, at + 4) == "–"
                    && third.value > second.value =>
            {
                self.put_year_and_months(first.value, second.value, third.value)
            }
            _ => None,
        }
    }

    /// Puts numbers of a day, a month and a year behind the word "day" or "month", as Vietnamese has
    /// them. Returns the number of tokens.
    pub(super) fn put_numbers_behind_unit(&mut self) -> Option<usize> {
        let at = self.at;
        let is_month = self.has(at, Sense::MonthBefore);
        if !is_month && !self.has(at, Sense::DayBefore) {
            return None;
        }
        let (first, second) = (self.plain(at + 1)?, self.plain(at + 3)?);
        let mark = self.inner_mark(at + 2).filter(|_| self.are_adjacent(at + 1, at + 4))?;
        let is_month_number = |number: Number| (1..=12).contains(&number.value);
        if is_month {
            let is_year = second.digits == 4 && YEARS.contains(&second.value);
            if !is_year || !is_month_number(first) || first.digits > 2 {
                return None;
            }
            let month = nonzero_u8(first.value);
            self.put_date(Some(YearRange::single(second.value)), month, None, 4);
            return Some(4);
        }
        if !is_day_before_month(first, second) {
            return None;
        }
        let is_numeric = self.sign(at + 4) == Some(mark) && self.are_adjacent(at + 3, at + 6);
        let is_year_word = self.has(at + 4, Sense::YearBefore);
        let year = self.plain(at + 5).filter(|year| {
            (is_numeric || is_year_word) && year.digits == 4 && YEARS.contains(&year.value)
        })?;
        self.put_numbers(year.value, 4, second.value, first.value, 6);
        Some(6)
    }

    /// Puts `19/8-1945`, `31/12 1899`, or the first day of `1/1-31/12-1945`.
    fn put_day_month_and_year(&mut self, day: Number, month: Number) -> Option<usize> {
        let at = self.at;
        let is_year = |number: Number| number.digits == 4 && YEARS.contains(&number.value);
        // 31/12 1899: the first number can be no month.
        let spaced = self.plain(at + 3).filter(|year| is_year(*year) && day.value > 12);
        if let Some(year) = spaced {
            self.put_numbers(year.value, 4, month.value, day.value, 4);
            return Some(4);
        }
        let next = self.plain(at + 4).filter(|_| self.sign(at + 3) == Some(Sign::Dash))?;
        if is_year(next) && self.are_adjacent(at, at + 5) && !self.continues_number(at + 5) {
            self.put_numbers(next.value, 4, month.value, day.value, 5);
            return Some(5);
        }
        let last_month = self.plain(at + 6).filter(|_| self.sign(at + 5) == Some(Sign::Slash))?;
        let is_joined = self.sign(at + 7) == Some(Sign::Dash);
        let end = self.plain(if is_joined { at + 8 } else { at + 7 })?;
        if !is_day_before_month(next, last_month) || !is_year(end) || !is_joined && next.value <= 12
        {
            return None;
        }
        self.put_date(None, nonzero_u8(month.value), nonzero_u8(day.value), 3);
        Some(3)
    }

    /// Puts two months as German counts them: `7.-8.1945`.
    fn put_dotted_months(&mut self) -> Option<usize> {
        let at = self.at;
        let signs = [at + 1, at + 2, at + 4].map(|at| self.sign(at));
        if signs != [Some(Sign::Dot), Some(Sign::Dash), Some(Sign::Dot)]
            || !self.are_adjacent(at, at + 6)
        {
            return None;
        }
        let (first, second, year) =
            (self.plain(at)?, self.plain(at + 3)?, self.plain(at + 5)?.value);
        if !YEARS.contains(&year) || first.value >= second.value || second.value > 12 {
            return None;
        }
        self.put_two_months(year, first.value, second.value, 6);
        Some(6)
    }

    /// Puts `7-8/1945`: two months of a year. If the first number is no month, it is a day.
    fn put_months_and_year(&mut self, first: i64, second: i64, year: i64) -> Option<usize> {
        let is_month = (1..=12).contains(&second);
        if !YEARS.contains(&year) || !is_month || !(1..=31).contains(&first) {
            return None;
        }
        if first < second {
            self.put_two_months(year, first, second, 5);
            return Some(5);
        }
        let part = self.written(self.at, self.at + 5).to_owned();
        let other = "the first number may be a day or a month".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
        if first > 12 {
            self.put_numbers(year, 4, second, first, 5);
        } else {
            self.put_numbers(year, 4, 0, 0, 5);
        }
        Some(5)
    }

    /// Puts `1945-07/09`: two months of a year.
    fn put_year_and_months(&mut self, year: i64, first: i64, second: i64) -> Option<usize> {
        let is_month = |number: i64| (1..=12).contains(&number);
        if !YEARS.contains(&year) || !is_month(first) || !is_month(second) {
            return None;
        }
        if first < second {
            self.put_two_months(year, first, second, 5);
        } else {
            let part = self.written(self.at, self.at + 5).to_owned();
            let other = "the last number may be a day or a month".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
            self.put_numbers(year, 4, first, 0, 5);
        }
        Some(5)
    }

    /// Puts the months from one to another.
    fn put_two_months(&mut self, year: i64, first: i64, second: i64, length: usize) {
        let years = Some(YearRange::single(year));
        self.put_date(years, nonzero_u8(first), None, length);
        self.separate_next(Separator::Range);
        self.put_date(years, nonzero_u8(second), None, length);
    }

    /// Returns the sign at a token that may stand inside a numeric date.
    fn inner_mark(&self, at: usize) -> Option<Sign> {
        self.sign(at).filter(|sign| matches!(sign, Sign::Dash | Sign::Slash | Sign::Dot))
    }

    /// Whether a sign and a number go on directly behind a numeric date.
    fn continues_number(&self, at: usize) -> bool {
        matches!(self.sign(at), Some(Sign::Dash | Sign::Slash))
            && self.number(at + 1).is_some()
            && self.are_adjacent(at - 1, at + 2)
    }

    /// Returns the number at a token, if nothing is attached to it.
    fn plain(&self, at: usize) -> Option<Number> {
        self.number(at).filter(Number::is_plain)
    }
}

/// Whether two numbers can be a day and its month.
fn is_day_before_month(day: Number, month: Number) -> bool {
    day.digits <= 2
        && month.digits <= 2
        && (1..=31).contains(&day.value)
        && (1..=12).contains(&month.value)
}
