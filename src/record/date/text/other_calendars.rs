//! Rules for dates of East Asia and of calendars other than the Gregorian one.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::{YEARS, nonzero_u8};
use super::partial::YearRange;
use super::tokens::Sign;
use super::words::{self, CALENDAR_MONTH, CALENDAR_NAME, Calendar, ERA, ERA_SIGN, Sense, bits};
use crate::record::date::calendar;
use crate::record::date::day::Day;
use crate::record::date::doubt::Doubt;
use crate::record::date::span::{DateSpan, Precision};

/// The least year of the Hebrew calendar that dates have; no other calendar has come as far.
const MIN_HEBREW_YEAR: i64 = 4000;

/// Words behind the name of an era that mean all its years.
const PERIOD_WORDS: [&str; 10] =
    ["年間", "年间", "時代", "时代", "時期", "时期", "period", "era", "시대", "연간"];

/// The least number beside the name of a calendar alone that is a year.
const MIN_YEAR_BESIDE_NAME: i64 = 100;

/// The most days that are listed in front of their month.
const MAX_LISTED_DAYS: usize = 6;

/// A date of another calendar, as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct OtherDate {
    calendar: Option<Calendar>,
    is_named: bool,
    year: Option<i64>,
    month: Option<u8>,
    day: Option<i64>,
}

impl DateBuilder<'_> {
    /// Applies the rule for an era, a unit behind or before a number, or another calendar.
    pub(super) fn put_other_calendar(&mut self) -> Option<usize> {
        self.put_era()
            .or_else(|| self.put_numbers_behind_unit())
            .or_else(|| self.put_unit())
            .or_else(|| self.put_converted())
            .or_else(|| self.put_day_before_month())
    }

    /// Puts the year of an era: `昭和20年`, `主体83(1994)年`. With a word such as "period" behind it,
    /// an era means all its years.
    fn put_era(&mut self) -> Option<usize> {
        let era = self.era_at(self.at)?;
        let next =
            if self.era_sign(self.at) { self.at + 1 } else { self.skip_fillers(self.at + 1) };
        let Some(number) =
            self.number(next).filter(|number| number.is_plain() && number.digits <= 4)
        else {
            let is_period = PERIOD_WORDS
                .contains(&self.written(self.at + 1, self.at + 2).to_lowercase().as_str());
            let years = YearRange {
                first: era.offset + 1,
                last: era.offset + era.last,
                precision: Precision::Year,
            };
            return is_period.then(|| {
                self.put_years(years, 2);
                2
            });
        };
        let mut length = next + 1 - self.at;
        if !(era.least..=era.last).contains(&number.value) {
            return None;
        }
        let year = era.offset + number.value;
        let turn = era.new_year.filter(|_| number.value <= era.new_year_last);
        // The Gregorian year may stand beside it.
        let beside = self.number(self.at + length + 1).filter(|beside| beside.value == year);
        let is_enclosed = self.sign(self.at + length) == Some(Sign::OpenRound)
            && self.sign(self.at + length + 2) == Some(Sign::CloseRound);
        if is_enclosed && beside.is_some() {
            length += 3;
        }
        length += usize::from(
            self.has(self.at + length, Sense::YearAfter) || self.has(self.at + length, Sense::Year),
        );
        let has_gregorian_year = beside.is_some() && is_enclosed;
        match turn.filter(|_| !has_gregorian_year) {
            Some(turn) => {
                let is_last = number.value == era.new_year_last && era.new_year_last < era.last;
                self.put_turning_year(year, turn, is_last, length);
            }
            None => self.put_years(YearRange::single(year), length),
        }
        if let Some(date) = self.dates.last_mut() {
            date.year_first = true;
        }
        if self.has(self.at + length, Sense::DecadeWord) {
            length += 1;
            self.widen_to_decade();
        }
        self.has_lunar_months = number.value <= era.last_lunar;
        Some(length + self.put_numbers_of_era_day(length))
    }

    /// Puts a year that begins on another day than 1 January: alone it reaches into the next Gregorian year,
    /// in which its last months are.
    /// The last year that began so ends with December.
    fn put_turning_year(
        &mut self,
        year: i64,
        (month, day): (u8, u8),
        is_last: bool,
        length: usize,
    ) {
        let month_before =
            self.dates.last().filter(|date| !date.has_years()).and_then(|date| date.month);
        if let Some(written) = month_before {
            if is_last && written < month {
                let part = self.written(self.at, self.at + length).to_owned();
                self.doubts.push(Doubt::Impossible { part });
            }
            let in_next = i64::from(written < month && !is_last);
            return self.put_years(YearRange::single(year + in_next), length);
        }
        if self.starts_with_month(self.at + length) {
            return self.put_years(YearRange::single(year), length);
        }
        let (first, next) = (Day::from_ymd(year, month, day), Day::from_ymd(year + 1, month, day));
        let last = if is_last { Day::from_ymd(year, 12, 31) } else { Day(next.0 - 1) };
        let span = DateSpan::new(first, last, Precision::Day);
        self.update_or_add(false, length, |date| date.converted = Some(span));
    }

    /// Makes the year of the last date the first of ten.
    fn widen_to_decade(&mut self) {
        if let Some(years) = self.dates.last_mut().and_then(|date| date.years.as_mut()) {
            years.last = years.first + 9;
        }
    }

    /// Puts month and day behind the year of an era: `S20.8.15`. Returns the number of tokens.
    fn put_numbers_of_era_day(&mut self, length: usize) -> usize {
        let at = self.at + length;
        let (Some(Sign::Dot), Some(month), Some(Sign::Dot), Some(day)) =
            (self.sign(at), self.number(at + 1), self.sign(at + 2), self.number(at + 3))
        else {
            return 0;
        };
        if self.has_lunar_months
            || !(1..=12).contains(&month.value)
            || !(1..=31).contains(&day.value)
        {
            return 0;
        }
        if let Some(date) = self.dates.last_mut() {
            (date.month, date.day) = (nonzero_u8(month.value), nonzero_u8(day.value));
            date.last_token = at + 3;
        }
        4
    }

    /// Returns the era that the word at a token names.
    fn era_at(&self, at: usize) -> Option<words::Era> {
        if !self.has_any(at, bits(&[ERA, ERA_SIGN])) {
            return None;
        }
        let is_before_number = self.is_adjacent(at + 1) && self.number(at + 1).is_some();
        let index = self.senses(at).find_map(|sense| match sense {
            Sense::Era(index) => Some(index),
            Sense::EraSign(index) if is_before_number => Some(index),
            _ => None,
        })?;
        // A letter alone is the sign of an era only before a whole day: S20.8.15.
        let is_letter = self.written(at, at + 1).is_ascii();
        if self.era_sign(at)
            && is_letter
            && !(self.sign(at + 2) == Some(Sign::Dot) && self.sign(at + 4) == Some(Sign::Dot))
        {
            return None;
        }
        words::era(index)
    }

    /// Whether the word at a token is only the short form of an era.
    fn era_sign(&self, at: usize) -> bool {
        !self.has(at, ERA)
    }

    /// Puts a number with a unit: `1945年`, `8月`, `15日`, `năm 1945`, `tháng 9`, `ngày 2`.
    fn put_unit(&mut self) -> Option<usize> {
        let before = [Sense::YearBefore, Sense::MonthBefore, Sense::DayBefore];
        let after = [Sense::YearAfter, Sense::MonthAfter, Sense::DayAfter];
        let (number, unit, length) = if let Some(number) = self.number(self.at) {
            let unit = after.iter().position(|unit| self.has(self.at + 1, *unit))?;
            (number, unit, 2)
        } else {
            let unit = before.iter().position(|unit| self.has(self.at, *unit))?;
            (self.number(self.at + 1)?, unit, 2)
        };
        if !number.is_plain() {
            return None;
        }
        match unit {
            0 if number.value >= 100 && number.value <= *YEARS.end() => {
                self.put_years(YearRange::single(number.value), length);
                if let Some(date) = self.dates.last_mut().filter(|date| date.month.is_none()) {
                    date.year_first = true;
                }
            }
            1 | 2 if self.has_lunar_months => self.doubt_lunar_month(length),
            1 if (1..=12).contains(&number.value) => {
                self.put_month(nonzero_u8(number.value)?, length);
            }
            2 if (1..=31).contains(&number.value) => {
                self.put_day(nonzero_u8(number.value)?, length);
            }
            _ => return None,
        }
        Some(length)
    }

    /// Puts a date of another calendar, converted: `18 brumaire an VIII`, `AH 1352`, `16 Av 5705`.
    fn put_converted(&mut self) -> Option<usize> {
        if !self.may_be_other_calendar() {
            return None;
        }
        let (mut date, length) = self.read_other_date(self.at)?;
        if date.year.is_none() && date.calendar == Some(Calendar::Republican) {
            date.year = self.year_of_next(self.at + length, date.month);
        }
        self.convert(date, length)
    }

    /// Puts a day whose month and year stand behind another day: `3 et 7 nivôse an X`.
    fn put_day_before_month(&mut self) -> Option<usize> {
        let is_day = |number: &Number| (1..=31).contains(&number.value) && number.digits <= 2;
        let first = self.number(self.at).filter(is_day)?;
        let mut at = self.at;
        while at < self.at + MAX_LISTED_DAYS * 2 && self.joins_dates(at + 1) {
            at = self.skip_fillers(at + 2);
            self.number(at).filter(is_day)?;
            if self.has(self.skip_fillers(at + 1), CALENDAR_MONTH) {
                let (date, _) = self.read_other_date(at)?;
                date.year.filter(|_| date.calendar == Some(Calendar::Republican))?;
                return self.convert(OtherDate { day: Some(first.value), ..date }, 1);
            }
        }
        None
    }

    /// Returns the republican year of the next date of a range or list, for a date in this month.
    fn year_of_next(&self, at: usize, month: Option<u8>) -> Option<i64> {
        if !self.joins_dates(at) {
            return None;
        }
        let (next, _) = self.read_other_date(self.skip_fillers(at + 1))?;
        let begins_before = month? > next.month?;
        let year = next.year.filter(|_| next.calendar == Some(Calendar::Republican))?;
        Some(year - i64::from(begins_before))
    }

    /// Whether the token may stand between two dates of a range or list.
    fn joins_dates(&self, at: usize) -> bool {
        matches!(self.sign(at), Some(Sign::Dash | Sign::Slash | Sign::Comma | Sign::Break))
            || self.has_any(at, bits(&[Sense::And, Sense::Until, Sense::Or]))
    }

    /// Puts a date of another calendar, converted.
    fn convert(&mut self, mut date: OtherDate, length: usize) -> Option<usize> {
        let has_hebrew_year = date.year.is_some_and(|year| year >= MIN_HEBREW_YEAR);
        if date.calendar == Some(Calendar::Hebrew) && !has_hebrew_year {
            return None;
        }
        let calendar = date.calendar?;
        let year = date
            .year
            .filter(|_| date.is_named || has_hebrew_year || calendar == Calendar::Republican);
        let is_gregorian_year = |year: i64| {
            calendar == Calendar::Republican && year > 100
                || calendar == Calendar::Islamic && year > 1600
        };
        if date.year.is_some_and(is_gregorian_year) {
            date.year = None;
        }
        let Some(year) = year.filter(|year| !is_gregorian_year(*year)) else {
            date.month?;
            if self.month(self.at).is_some() {
                return None;
            }
            self.doubts.push(Doubt::OtherCalendar);
            self.is_complex = true;
            return Some(length);
        };
        let day = date.day.and_then(nonzero_u8);
        let Some((first, last)) = calendar::days(calendar, year, date.month, day) else {
            let part = self.written(self.at, self.at + length).to_owned();
            self.doubts.push(Doubt::Impossible { part });
            return Some(length);
        };
        let span = DateSpan {
            approximate: calendar == Calendar::Islamic && date.month.is_some(),
            ..DateSpan::new(first, last, Precision::Day)
        };
        self.update_or_add(false, length, |date| {
            (date.converted, date.year_first) = (Some(span), true);
        });
        Some(length)
    }

    /// Whether a date of another calendar may begin here.
    fn may_be_other_calendar(&self) -> bool {
        let is_word = |at: usize| {
            self.has_any(at, bits(&[CALENDAR_MONTH, CALENDAR_NAME]))
                && !self.has(at, Sense::Hour)
                && self.month(at).is_none_or(|_| {
                    self.number(at + 1).is_some_and(|number| number.value >= MIN_HEBREW_YEAR)
                })
        };
        is_word(self.at)
            || self.number(self.at).is_some() && is_word(self.skip_fillers(self.at + 1))
    }

    /// Reads the parts of a date of another calendar: the day, the month, the year and its name.
    fn read_other_date(&self, start: usize) -> Option<(OtherDate, usize)> {
        let mut date = OtherDate::default();
        let mut end = start;
        let mut at = start;
        while at < self.tokens.len() && at < start + 10 {
            if let Some(name) = self.calendar_name(at, date.calendar) {
                date.calendar = date.calendar.or(Some(name));
                date.is_named = true;
            } else if let Some((calendar, month)) =
                self.calendar_month(at).filter(|_| date.month.is_none())
            {
                if date.calendar.is_some_and(|known| known != calendar) {
                    break;
                }
                (date.calendar, date.month) = (Some(calendar), Some(month));
            } else if let Some(value) = self.other_number(at) {
                let is_day = date.day.is_none()
                    && date.month.is_none_or(|_| {
                        date.year.is_some() || value <= 31 && self.year_follows(at)
                    })
                    && value <= 31
                    && !date.is_named;
                let is_year = date.year.is_none();
                if is_day {
                    date.day = Some(value);
                } else if is_year {
                    date.year = Some(value);
                } else {
                    break;
                }
            } else if !self.is_between_parts(at) {
                break;
            } else {
                at += 1;
                continue;
            }
            at += 1;
            end = at;
        }
        // A short number beside a name that means other things too is no year: "am 9. Mai".
        let may_be_name = date.month.is_some()
            || date.calendar == Some(Calendar::Republican)
            || date.year.or(date.day).is_some_and(|year| year >= MIN_YEAR_BESIDE_NAME);
        if !may_be_name {
            return None;
        }
        // A number in front of the name alone is the year: 1352 AH.
        if date.month.is_none() && date.year.is_none() {
            date.year = date.day.take();
        }
        (date.calendar.is_some() && (date.month.is_some() || date.year.is_some()))
            .then_some((date, end - start))
    }

    /// Returns the number at a token, in digits or Roman.
    fn other_number(&self, at: usize) -> Option<i64> {
        let roman = || self.word(at).map(|word| i64::from(word.roman)).filter(|roman| *roman > 0);
        self.number(at)
            .filter(|number| number.missing == 0 && !number.is_decade)
            .map(|number| number.value)
            .or_else(roman)
            .or_else(|| {
                self.senses(at).find_map(|sense| match sense {
                    Sense::Ordinal(value) => Some(i64::from(value)),
                    _ => None,
                })
            })
    }

    /// Whether a year of another calendar follows a day behind its month: `Ramadan 22, 1364 AH`.
    fn year_follows(&self, at: usize) -> bool {
        let next = (at + 1..at + 3).find(|next| self.other_number(*next).is_some());
        next.is_some_and(|next| self.number(next).is_none_or(|number| number.digits >= 3))
    }

    /// Whether a token may stand between the parts of a date of another calendar.
    fn is_between_parts(&self, at: usize) -> bool {
        matches!(self.sign(at), Some(Sign::Comma | Sign::Dot))
            || self.has(at, Sense::Filler)
            || self.has(at, Sense::Year)
    }

    /// Returns the calendar that a word names, preferably the given one.
    fn calendar_name(&self, at: usize, preferred: Option<Calendar>) -> Option<Calendar> {
        let names = || {
            self.senses(at).filter_map(|sense| match sense {
                Sense::CalendarName(calendar) => Some(calendar),
                _ => None,
            })
        };
        names().find(|calendar| preferred.is_none_or(|preferred| preferred == *calendar))
    }

    /// Returns the month of another calendar that a word names.
    fn calendar_month(&self, at: usize) -> Option<(Calendar, u8)> {
        self.senses(at).find_map(|sense| match sense {
            Sense::CalendarMonth(calendar, month) => Some((calendar, month)),
            _ => None,
        })
    }
}
