//! Rules for dates in numbers, with dashes, slashes or full stops between them.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::partial::{Relation, Separator, YearRange};
use super::tokens::{Sign, TokenKind};
use super::words::Sense;
use crate::record::date::doubt::Doubt;
use crate::record::date::machine;

/// Two-digit years below this belong to the 21st century, all others to the 20th.
const TWO_DIGIT_YEAR_PIVOT: i64 = 30;
/// The years that four digits may be.
pub(super) use crate::record::date::machine::PLAIN_YEARS as YEARS;

/// One part of a numeric date.
#[derive(Clone, Copy)]
enum Part {
    /// A number and the count of its digits.
    Number(i64, usize),
    /// A month by its name or Roman number.
    Month(u8),
    /// Digits that are unknown.
    Unknown,
}

impl DateBuilder<'_> {
    /// Applies the rule for a numeric date at this token. Returns the number of tokens of the date.
    pub(super) fn put_numeric(&mut self) -> Option<usize> {
        self.part(self.at)?;
        let mixed = self.put_mixed_signs();
        mixed
            .or_else(|| self.put_three_parts())
            .or_else(|| self.put_two_parts())
            .or_else(|| self.put_joined_digits())
    }

    /// Returns the part of a numeric date at a token.
    fn part(&self, at: usize) -> Option<Part> {
        match self.tokens.get(at)?.kind {
            TokenKind::Number(Number { value, digits, .. })
                if self.number(at).is_some_and(|number| number.is_plain()) =>
            {
                Some(Part::Number(value, digits))
            }
            TokenKind::Placeholder => Some(Part::Unknown),
            TokenKind::Word(word) => match word.roman {
                roman @ 1..=12 if !word.is_counted_roman => {
                    u8::try_from(roman).ok().map(Part::Month)
                }
                _ => self.month(at).map(Part::Month),
            },
            _ => None,
        }
    }

    /// Puts a date of three parts with dashes, slashes or full stops between them.
    fn put_three_parts(&mut self) -> Option<usize> {
        let at = self.at;
        let (first, mark, second, other) =
            (self.part(at)?, self.mark(at + 1)?, self.part(at + 2)?, self.mark(at + 3)?);
        let third = self.part(at + 4)?;
        // 27-28-29 May 1940
        if self.starts_with_month(at + 5) {
            return None;
        }
        let is_spaced = !self.are_adjacent(at, at + 5);
        let has_name = matches!(second, Part::Month(_));
        if mark != other && !has_name
            || is_spaced && (mark != Sign::Dot || other != Sign::Dot) && !self.is_spaced_date(mark)
        {
            return None;
        }
        match (first, second, third) {
            // 1945-07-12, 1945/07/00, 1956.X.23
            (Part::Number(year, 4), month, day)
                if is_month_part(month)
                    && matches!(day, Part::Number(_, 1 | 2) | Part::Unknown) =>
            {
                self.put_year_first(year, month, day)?;
            }
            // 7-Nov-78, 17.IX.1939
            (
                Part::Number(day @ 1..=31, 1 | 2),
                Part::Month(month),
                Part::Number(year, digits @ (2 | 4)),
            ) => {
                self.put_numbers(year, digits, i64::from(month), day, 5);
            }
            // 12.07.1945: with full stops the day comes first.
            (
                Part::Number(day @ 1..=31, 1 | 2),
                Part::Number(month @ 1..=12, 1 | 2),
                Part::Number(year, digits @ (2 | 4)),
            ) if mark == Sign::Dot => {
                self.put_numbers(year, digits, month, day, 5);
            }
            // 30-10-1920, 6/18/81, 05 - 09 - 86
            (
                Part::Number(one, 1 | 2),
                Part::Number(two, 1 | 2),
                Part::Number(year, digits @ (2 | 4)),
            ) if digits == 2 || YEARS.contains(&year) => {
                self.put_day_and_month(one, two, year, digits);
            }
            _ => return None,
        }
        let is_dotted = self.sign(at + 5) == Some(Sign::Dot);
        Some(if is_dotted { 6 } else { 5 })
    }

    /// Returns the sign at a token that may stand inside a numeric date.
    fn mark(&self, at: usize) -> Option<Sign> {
        self.sign(at).filter(|sign| matches!(sign, Sign::Dash | Sign::Slash | Sign::Dot))
    }

    /// Whether three numbers with spaced signs are one date: `05 - 09 - 86`.
    fn is_spaced_date(&self, mark: Sign) -> bool {
        let short = |at: usize| self.number(at).is_some_and(|number| number.is_short());
        mark != Sign::Dot
            && short(self.at)
            && short(self.at + 2)
            && self.number(self.at + 4).is_some_and(|number| number.digits == 2)
    }

    /// Puts a date whose year comes first. Month or day may be 0 or unknown.
    fn put_year_first(&mut self, year: i64, month: Part, day: Part) -> Option<()> {
        let month = match month {
            Part::Number(month, _) => month,
            Part::Month(month) => i64::from(month),
            Part::Unknown => 0,
        };
        let day = if let Part::Number(day, _) = day { day } else { 0 };
        if !YEARS.contains(&year) {
            return self.put_placeholder_year(year);
        }
        self.put_year_month_day(year, month, day, 5);
        Some(())
    }

    /// Puts a date in the order of ISO 8601. Of an impossible one, what is possible counts.
    fn put_year_month_day(&mut self, year: i64, month: i64, day: i64, length: usize) {
        let (month, day) = if month > 12 || day > 31 {
            // 1945-13-45
            let part = self.written(self.at, self.at + length).to_owned();
            self.doubts.push(Doubt::Impossible { part });
            (if month > 12 { 0 } else { month }, 0)
        } else {
            (month, day)
        };
        self.put_numbers(year, 4, month, day, length);
    }

    /// Puts a date of three numbers. A month or a day of 0 is unknown.
    pub(super) fn put_numbers(
        &mut self,
        year: i64,
        digits: usize,
        month: i64,
        day: i64,
        length: usize,
    ) {
        if digits == 2 {
            self.doubt_century(length);
        }
        let month = nonzero_u8(month);
        let year = YearRange::single(expand_year(year, digits));
        self.put_date(Some(year), month, month.and(nonzero_u8(day)), length);
        if let Some(date) = self.dates.last_mut() {
            date.has_short_year = digits == 2;
        }
    }

    /// Says that the century of a year of two digits is a guess.
    fn doubt_century(&mut self, length: usize) {
        let part = self.written(self.at, self.at + length).to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other: "its century is not written".to_owned() });
    }

    /// Puts a date whose order of day and month differs by country.
    ///
    /// If both numbers may be the month, only the year is kept, and it is uncertain.
    fn put_day_and_month(&mut self, one: i64, two: i64, year: i64, digits: usize) {
        let is_month = |number: i64| (1..=12).contains(&number);
        let is_day = |number: i64| (1..=31).contains(&number);
        match (is_month(one), is_month(two)) {
            (true, true) if one != two => {
                let part = self.written(self.at, self.at + 5).to_owned();
                let other = "either number may be the month".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
                self.uncertain = true;
                self.put_numbers(year, if digits == 2 { 0 } else { digits }, 0, 0, 5);
                if let Some(date) = self.dates.last_mut() {
                    date.years = Some(YearRange::single(expand_year(year, digits)));
                }
            }
            (true, _) if is_day(two) => self.put_numbers(year, digits, one, two, 5),
            (_, true) if is_day(one) => self.put_numbers(year, digits, two, one, 5),
            _ => {
                let part = self.written(self.at, self.at + 5).to_owned();
                self.doubts.push(Doubt::Impossible { part });
                let possible = [one, two].into_iter().find(|number| is_month(*number)).unwrap_or(0);
                self.put_numbers(year, digits, possible, 0, 5);
            }
        }
    }

    /// Puts a date of two parts with such a sign between them.
    fn put_two_parts(&mut self) -> Option<usize> {
        let at = self.at;
        let (first, mark, second) = (self.part(at)?, self.mark(at + 1)?, self.part(at + 2)?);
        if let Some(length) = self.put_day_without_year(first, mark, second) {
            return Some(length);
        }
        let after = at + 3;
        let is_other = self.is_number_of_next_date(mark) || self.time_length(at + 2).is_some();
        if !self.are_adjacent(at, after) || is_other {
            return None;
        }
        match (first, second) {
            (Part::Month(month), Part::Number(year, 2)) if mark == Sign::Dash => {
                return self.put_month_and_short_number(month, year);
            }
            // Nov-1944, VII-1946
            (Part::Month(month), Part::Number(year, 4))
                if YEARS.contains(&year)
                    && (self.tokens.get(after).is_none() && self.dates.is_empty()
                        || self.is_roman_month(at)
                            && self.pending_separator != Separator::Space
                        || self.is_roman_month(at) && self.dates.is_empty()) =>
            {
                self.put_date(Some(YearRange::single(year)), Some(month), None, 3);
            }
            // 07/1945, 7.1945
            (Part::Number(month @ 1..=12, 1 | 2), Part::Number(year, 4))
                if YEARS.contains(&year)
                    && (self.dates.is_empty() || self.pending_separator != Separator::Space) =>
            {
                self.put_date(Some(YearRange::single(year)), nonzero_u8(month), None, 3);
            }
            (Part::Number(year, 4), Part::Unknown) if mark == Sign::Dash => {
                self.put_year_and_unknown(year);
            }
            (Part::Number(year, 4), Part::Month(month))
                if self.is_roman_month(at + 2) && !self.year_follows_month(at + 3) =>
            {
                self.put_date(Some(YearRange::single(year)), Some(month), None, 3);
            }
            // 1945.08
            (Part::Number(year, 4), Part::Number(month @ 1..=12, 2))
                if mark == Sign::Dot
                    && self.tokens.get(after).is_none()
                    && YEARS.contains(&year) =>
            {
                self.put_numbers(year, 4, month, 0, 3);
            }
            (Part::Number(year, 4), Part::Number(second, digits @ (1 | 2)))
                if mark != Sign::Dot =>
            {
                return self.put_year_and_number(year, mark, second, digits);
            }
            (Part::Number(first, 4), Part::Number(second, 4))
                if second == first + 1
                    && (self.is_fiscal || mark == Sign::Slash || self.is_awaiting_winter())
                    && YEARS.contains(&first) =>
            {
                self.put_year_pair(first, second, mark);
            }
            _ => return None,
        }
        Some(3)
    }

    /// Puts `1893-uuuu`, which has an unknown end, or `1893-uu`, which has an unknown month.
    fn put_year_and_unknown(&mut self, year: i64) {
        let is_end = self.written(self.at + 2, self.at + 3).len() == 4;
        self.put_date(Some(YearRange::single(year)), None, None, 3);
        if is_end {
            self.relate_last(Relation::From);
        }
    }

    /// Puts `30.9.` before another date that has the year: `30.9.-1.10.1938`.
    fn put_day_without_year(&mut self, first: Part, mark: Sign, second: Part) -> Option<usize> {
        let (Part::Number(day @ 1..=31, 1 | 2), month) = (first, second) else { return None };
        let month = match month {
            Part::Number(month @ 1..=12, 1 | 2) if mark == Sign::Dot => nonzero_u8(month)?,
            Part::Month(month) if self.is_roman_month(self.at + 2) && mark != Sign::Dash => month,
            _ => return None,
        };
        let mut length = 3;
        if self.sign(self.at + 3) == Some(Sign::Dot) {
            length += 1;
        }
        let next = self.at + length;
        let goes_on = matches!(
            self.sign(next),
            Some(Sign::Dash | Sign::Slash | Sign::Comma | Sign::Break | Sign::Semicolon)
        ) || self.has(next, Sense::Until)
            || self.has(next, Sense::And)
            || self.has(next, Sense::Or);
        let is_more = self.part(next + 1).is_some() || self.skip_fillers(next + 1) != next + 1;
        if !goes_on || !is_more {
            return None;
        }
        self.put_date(None, Some(month), nonzero_u8(day), length);
        Some(length)
    }

    /// Puts `Apr-05` at the end of a text: a month and a year, or a day.
    fn put_month_and_short_number(&mut self, month: u8, year: i64) -> Option<usize> {
        if !self.is_name(self.at) || self.tokens.get(self.at + 3).is_some() {
            return None;
        }
        let part = self.written(self.at, self.at + 3).to_owned();
        let other = "the number may be a year or a day".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
        self.uncertain = true;
        self.put_date(Some(YearRange::single(expand_year(year, 2))), Some(month), None, 3);
        Some(3)
    }

    /// Whether the number behind the sign is the day of another date: `Aug. 1914-11 Nov. 1918`.
    fn is_number_of_next_date(&self, mark: Sign) -> bool {
        let day = self.at + 2;
        let month_end = day + 2 + usize::from(self.sign(day + 2) == Some(Sign::Dot));
        let is_between = mark == Sign::Dash || self.year_follows_month(month_end);
        is_between
            && self.number(day).is_some_and(|number| number.is_short())
            && self.starts_with_month(day + 1)
            && self.number(self.at).is_some_and(|number| number.is_long())
    }

    /// Whether the word at a token is the name of a month and no Roman number.
    fn is_name(&self, at: usize) -> bool {
        self.month(at).is_some()
    }

    /// Whether the last date is a winter that still needs its year.
    fn is_awaiting_winter(&self) -> bool {
        self.pending_separator == Separator::Space
            && self.dates.last().is_some_and(|date| date.month == Some(24) && date.years.is_none())
    }

    /// Puts a year and a second number. Returns the number of tokens.
    ///
    /// A second number over 12 is a year (`1996-97`), otherwise a month (`1996-07`). One digit is a
    /// year too (`1984-5`, `1703/4`), because a month has two digits.
    fn put_year_and_number(
        &mut self,
        year: i64,
        mark: Sign,
        second: i64,
        digits: usize,
    ) -> Option<usize> {
        if !YEARS.contains(&year) {
            return None;
        }
        let length = if digits == 1 { 10 } else { 100 };
        let is_later = second > year % length;
        let last = year - year % length + second;
        let is_next_year = (year + 1) % length == second;
        let two_years = is_later && (digits == 1 || second > 12)
            || (mark == Sign::Slash
                || self.is_fiscal
                || second == 0 && mark == Sign::Dash
                || self.is_awaiting_winter())
                && is_next_year
            || self.is_fiscal && is_later;
        if two_years {
            if mark == Sign::Slash && digits == 1 && !is_next_year && second <= 12 {
                let part = self.written(self.at, self.at + 3).to_owned();
                let other = "the second number may be a month".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
            }
            self.put_year_pair(year, if is_later { last } else { last + length }, mark);
        } else if (1..=12).contains(&second) && (mark != Sign::Dash || digits == 2) {
            if mark == Sign::Dash
                && is_later
                && self.tokens.get(self.at + 3).is_none_or(|next| !next.is_adjacent)
            {
                let part = self.written(self.at, self.at + 3).to_owned();
                self.doubts
                    .push(Doubt::Ambiguous { part, other: "it may mean two years".to_owned() });
            }
            self.put_numbers(year, 4, second, 0, 3);
        } else if second == 0 {
            self.put_numbers(year, 4, 0, 0, 3);
        } else if mark == Sign::Dash && (21..=41).contains(&second) {
            self.put_date(Some(YearRange::single(year)), nonzero_u8(second), None, 3);
        } else {
            let part = self.written(self.at, self.at + 3).to_owned();
            self.doubts.push(Doubt::Impossible { part });
            self.put_numbers(year, 4, 0, 0, 3);
        }
        Some(3)
    }

    /// Puts two years that belong together: a winter, a year of account, or one year of two styles.
    ///
    /// In `1703/4 Jan.` the old-style year began in March, so January is in the later year.
    fn put_year_pair(&mut self, first: i64, last: i64, mark: Sign) {
        let pair = YearRange::pair(first, last);
        let is_double = mark == Sign::Slash && last == first + 1;
        let awaiting = self
            .dates
            .last()
            .filter(|date| self.pending_separator != Separator::Range && date.years.is_none());
        let awaits = awaiting.is_some_and(|date| date.month.is_some() || date.feast.is_some());
        let awaits_month = awaiting.is_some_and(|date| date.month.is_some_and(|month| month <= 12));
        if is_double && (awaits || self.starts_with_month(self.at + 3)) || self.is_awaiting_winter()
        {
            self.put_years(pair, 3);
            if let Some(date) = self.dates.last_mut() {
                date.has_double_year = true;
            }
            return;
        }
        if awaits_month {
            return self.put_year_of_month(first, last);
        }
        self.put_date(Some(pair), None, None, 3);
    }

    /// Puts two years behind a month that may be of one of them or of both: `July 1945-46`.
    fn put_year_of_month(&mut self, first: i64, last: i64) {
        let start = self.dates.last().map_or(self.at, |date| date.first_token);
        let part = self.written(start, self.at + 3).to_owned();
        let other = "the month may be of both years".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
        self.put_years(YearRange::single(first), 1);
        self.separate_next(Separator::Range);
        self.put_date(Some(YearRange::single(last)), None, None, 3);
    }

    /// Puts a day of eight digits or a month of six: `19450712`, `194507`.
    fn put_joined_digits(&mut self) -> Option<usize> {
        let number = self.number(self.at).filter(Number::is_plain)?;
        let (year, month, day) = match number.digits {
            8 => (number.value / 10_000, number.value / 100 % 100, number.value % 100),
            6 => (number.value / 100, number.value % 100, 0),
            _ => return None,
        };
        if !YEARS.contains(&year) || number.digits == 6 && !(1..=12).contains(&month) {
            return None;
        }
        self.put_year_month_day(year, month, day, 1);
        Some(1)
    }

    /// Applies a year that stands for none: `9999` at the end of a range is an open end.
    pub(super) fn put_placeholder_year(&mut self, year: i64) -> Option<()> {
        if !machine::is_placeholder_year(year) {
            return None;
        }
        if self.pending_separator == Separator::Range && year == machine::PLACEHOLDER_END {
            self.relate_last(Relation::From);
            self.close_range();
        } else if self.dates.is_empty() {
            self.undated = true;
        }
        Some(())
    }
}

/// Completes a year of two digits. Other years stay as they are.
pub(super) fn expand_year(year: i64, digits: usize) -> i64 {
    match year {
        _ if digits != 2 => year,
        ..TWO_DIGIT_YEAR_PIVOT => year + 2000,
        _ => year + 1900,
    }
}

/// Returns a number as `u8`, unless it is 0 or does not fit.
pub(super) fn nonzero_u8(number: i64) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| *number > 0)
}

/// Whether a part may be a month.
fn is_month_part(part: Part) -> bool {
    matches!(part, Part::Number(_, 1 | 2) | Part::Month(_) | Part::Unknown)
}
