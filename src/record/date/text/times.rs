//! Rules for times of day, which are no dates.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::YEARS;
use super::partial::Separator;
use super::tokens::Sign;
use super::words::{Sense, bits};

/// The least number behind a whole day that may be another year; smaller ones are times of day.
const MIN_LISTED_YEAR: i64 = 1760;

/// Hours and minutes as they are written.
struct Clock {
    /// The first number.
    hours: Number,
    /// The number of tokens of hours and minutes.
    length: usize,
    /// The token where a unit may stand.
    unit: usize,
    /// Whether a colon stands between hours and minutes.
    has_colon: bool,
    /// Whether the hours are those of a day, and no year.
    is_plausible: bool,
}

impl DateBuilder<'_> {
    /// Whether a time of day may begin here: most tokens need no closer look.
    pub(super) fn may_be_time(&self) -> bool {
        const TIMES: u64 = bits(&[Sense::At, Sense::Hour, Sense::Time]);
        const UNITS: u64 = bits(&[Sense::Hour, Sense::Time, Sense::Zone]);
        let Some(number) = self.number(self.at) else {
            let is_letter =
                self.tokens.get(self.at).is_some_and(|token| token.end - token.start == 1);
            return is_letter || self.has_any(self.at, TIMES);
        };
        match self.sign(self.at + 1) {
            Some(Sign::Comma) => self.at == self.first_token() && number.digits == 4,
            Some(Sign::CloseRound | Sign::CloseSquare | Sign::Semicolon | Sign::Enclosure) => {
                number.digits == 4
            }
            Some(sign) => matches!(sign, Sign::Colon | Sign::Dot | Sign::Fraction | Sign::Dash),
            None => self.has_any(self.at + 1, UNITS) || number.digits == 4 || number.digits == 6,
        }
    }

    /// Passes over a time of day with its zone, or a range of two. Returns the number of tokens.
    pub(super) fn pass_time(&mut self) -> Option<usize> {
        let read = self.start_telegram_time().or_else(|| self.put_date_time_group());
        if let Some(length) = read {
            return Some(length);
        }
        let mut length = self.time_length(self.at)?;
        let after = self.at + length;
        if self.sign(after) == Some(Sign::Dash) || self.has(after, Sense::Until) {
            length += self.time_length(after + 1).map_or(0, |second| second + 1);
        }
        // The dash before a time is no range: "November 11, 1918—8 p.m."
        self.close_range();
        self.is_complex = true;
        Some(length)
    }

    /// Puts the day of a date-time group of radio messages: `021430Z May 1930`.
    fn put_date_time_group(&mut self) -> Option<usize> {
        let number =
            self.number(self.at).filter(|number| number.is_plain() && number.digits == 6)?;
        let is_group = self.is_letter(self.at + 1, "z")
            && self.is_adjacent(self.at + 1)
            && self.starts_with_month(self.at + 2);
        let day = u8::try_from(number.value / 10_000)
            .ok()
            .filter(|day| is_group && (1..=31).contains(day))?;
        self.put_day(day, 2);
        Some(2)
    }

    /// Returns the number of tokens of a time of day.
    pub(super) fn time_length(&self, at: usize) -> Option<usize> {
        if self.is_time_word(at) {
            let hour = self.number(at + 1).is_some_and(|hour| hour.is_short() && hour.value <= 24);
            let is_hour = hour && !self.starts_with_month(at + 2) && self.ends_part(at + 2);
            let length = if is_hour { 2 } else { 1 };
            return Some(length + self.time_tail(at + length));
        }
        if self.has(at, Sense::At) || self.has(at, Sense::Hour) && self.word(at).is_some() {
            let core = self.clock_length(at + 1).or_else(|| self.bare_clock_length(at + 1));
            if let Some(core) = core {
                return Some(1 + core + self.time_tail(at + 1 + core));
            }
            return self.is_time_word(at + 1).then_some(2);
        }
        // ISO 8601: T19:00:00-04:00
        if self.is_adjacent(at)
            && self.is_letter(at, "t")
            && self.number(at + 1).is_some()
            && self.number(at.checked_sub(1)?).is_some()
        {
            return Some(1 + self.iso_time_length(at + 1));
        }
        let core = self.clock_length(at)?;
        let zone = if self.sign(at + 1) == Some(Sign::Colon) {
            self.numeric_zone_length(at + core)
        } else {
            0
        };
        Some(core + zone + self.time_tail(at + core + zone))
    }

    /// Returns the number of tokens of a time zone in numbers: `-04`, `+0900`, `.000-04`.
    fn numeric_zone_length(&self, at: usize) -> usize {
        let is_joined = |at: usize| self.is_adjacent(at) && self.is_adjacent(at + 1);
        let mut length = 0;
        if self.sign(at) == Some(Sign::Dot) && self.number(at + 1).is_some() && is_joined(at) {
            length = 2;
        }
        let sign = at + length;
        let is_sign = matches!(self.sign(sign), Some(Sign::Dash | Sign::Break)) && is_joined(sign);
        let is_time = self.sign(sign + 2) == Some(Sign::Colon) || self.is_hour_unit(sign + 2);
        if is_sign
            && !is_time
            && self.number(sign + 1).is_some_and(|number| matches!(number.digits, 2 | 4))
        {
            length += 2;
        }
        length
    }

    /// Returns the number of tokens of hours and minutes that are written as such.
    fn clock_length(&self, at: usize) -> Option<usize> {
        let clock = self.clock_at(at)?;
        let has_other_year = clock.hours.digits == 4 && self.has_other_year(at);
        let is_short = clock.hours.digits <= 2;
        let is_written_as_time = clock.length > 1 || is_short || has_other_year;
        let has_zone =
            self.has(clock.unit, Sense::Zone) && (clock.hours.digits != 4 || is_written_as_time);
        // "május 3. este 8": the hour is behind the word.
        let is_day = clock.unit > at + clock.length && self.number(clock.unit + 1).is_some();
        let has_word = self.is_time_word(clock.unit) && is_written_as_time && !is_day;
        if clock.is_plausible && (self.is_hour_unit(clock.unit) || has_zone || has_word) {
            return Some(clock.unit + 1 - at);
        }
        let is_time = self.begins_time_range(at, &clock)
            || clock.has_colon && is_short && clock.hours.value <= 24
            || clock.is_plausible && clock.hours.digits == 4 && self.is_bare_time(at)
            || self.is_dotted_time(at, &clock);
        is_time.then_some(clock.length)
    }

    /// Reads hours and minutes, whatever they mean.
    fn clock_at(&self, at: usize) -> Option<Clock> {
        let hours = self.number(at).filter(|hours| hours.is_plain() && hours.missing == 0)?;
        let is_minutes = |at: usize| {
            self.number(at).is_some_and(|minutes| {
                let is_whole =
                    minutes.digits == 2 || minutes.digits == 1 && self.is_hour_unit(at + 1);
                minutes.is_plain() && is_whole && minutes.value < 60
            })
        };
        let mut length = 1;
        let has_colon = self.sign(at + 1) == Some(Sign::Colon) && is_minutes(at + 2);
        // július 12. 18 óra: the full stop belongs to the day.
        let joins = |sign: usize| match self.sign(sign) {
            Some(Sign::Colon) => true,
            Some(Sign::Dot) => self.is_adjacent(sign + 1) || !self.awaits_day(),
            _ => false,
        };
        while joins(at + length) && is_minutes(at + length + 1) && length < 5 {
            length += 2;
        }
        length += usize::from(self.sign(at + length) == Some(Sign::Fraction));
        // The full stop of "8 a. m." is no sign, that of "8. a.m." is one.
        let unit = at + length + usize::from(self.sign(at + length) == Some(Sign::Dot));
        // A number that can be the year of the text is no time: "1921 г."
        let is_named_year = self.has(unit, Sense::Year) && self.awaits_year();
        let is_year = hours.digits == 4
            && YEARS.contains(&hours.value)
            && (is_named_year || !self.has_year_beside(at));
        let is_plausible = !is_year
            && match hours.digits {
                1 | 2 => hours.value <= 24,
                3 | 4 => hours.value <= 2400 && hours.value % 100 < 60,
                6 => hours.value / 100 % 100 < 60,
                _ => false,
            };
        Some(Clock { hours, length, unit, has_colon, is_plausible })
    }

    /// Whether another number of the text can be its year: one behind, or one in front that is not of a
    /// life, `(1802-1899), March 3, 1919`.
    fn has_year_beside(&self, at: usize) -> bool {
        if !self.awaits_year() {
            return self.has_other_year(at);
        }
        let is_year = |number: Number| number.is_long() && YEARS.contains(&number.value);
        let behind = at + 1..self.tokens.len().min(80);
        behind.into_iter().any(|at| self.number(at).is_some_and(is_year))
            || self.clauses.is_empty() && self.has_other_year(at)
    }

    /// Whether the last date has a month and no year.
    fn awaits_year(&self) -> bool {
        self.dates.last().is_some_and(|date| date.month.is_some() && !date.has_years())
    }

    /// Whether the last date has a month and no day.
    fn awaits_day(&self) -> bool {
        self.dates.last().is_some_and(|date| date.month.is_some() && date.day.is_none())
    }

    /// Whether a time begins whose unit stands behind the second one: `9:30–10 a.m.`
    fn begins_time_range(&self, at: usize, clock: &Clock) -> bool {
        let dash = at + clock.length;
        self.sign(dash) == Some(Sign::Dash)
            && clock.is_plausible
            && (clock.has_colon || self.is_adjacent(dash))
            && (self.has_complete_date() || at == 0 && self.has_month_after(at))
            && self.clock_length(dash + 1).is_some_and(|second| self.is_hour_unit(dash + second))
    }

    /// Whether hours and minutes with a full stop stand behind a whole date: `5 Mai 1945, 8.30`.
    fn is_dotted_time(&self, at: usize, clock: &Clock) -> bool {
        clock.length == 3
            && self.sign(at + 1) == Some(Sign::Dot)
            && clock.hours.digits <= 2
            && clock.hours.value <= 24
            && (self.pending_separator != Separator::Space || self.is_behind_whole_day())
            && self.ends_part(at + 3)
            && self.has_complete_date()
    }

    /// Whether the last date is a day with its month and year: `12 July 1945 8.30`.
    fn is_behind_whole_day(&self) -> bool {
        self.dates
            .last()
            .is_some_and(|date| date.day.is_some() && date.month.is_some() && date.years.is_some())
    }

    /// Whether four digits behind a whole day are a time, since they are no year that papers have.
    fn is_bare_time(&self, at: usize) -> bool {
        let is_recent = self.number(at).is_some_and(|number| number.value >= MIN_LISTED_YEAR);
        if at == self.first_token() && !is_recent {
            // 1430, 6 June 1944
            return self.sign(at + 1) == Some(Sign::Comma) && self.has_day_at(at + 2);
        }
        let follows_day = self.pending_separator == Separator::Comma && self.has_complete_date();
        follows_day
            && !is_recent
            && self.number(at + 1).is_none()
            && !self.starts_with_month(at + 1)
    }

    /// Whether another number of the text can be its year.
    pub(super) fn has_other_year(&self, at: usize) -> bool {
        (0..self.tokens.len().min(80)).any(|other| {
            other != at
                && self
                    .number(other)
                    .is_some_and(|number| number.is_long() && YEARS.contains(&number.value))
        })
    }

    /// Returns the number of tokens of a time behind "at": `14.30`, `1430`, `8`.
    fn bare_clock_length(&self, at: usize) -> Option<usize> {
        let hours = self.number(at).filter(Number::is_plain)?;
        let next = self.number(at + 2).filter(|minutes| minutes.digits == 2 && minutes.value < 60);
        // ore 17,30
        let is_comma = self.sign(at + 1) == Some(Sign::Comma) && self.are_adjacent(at, at + 3);
        if hours.digits <= 2
            && (is_comma || matches!(self.sign(at + 1), Some(Sign::Dot | Sign::Colon)))
            && next.is_some()
        {
            let goes_on = matches!(self.sign(at + 3), Some(Sign::Dot | Sign::Dash | Sign::Slash))
                && self.number(at + 4).is_some();
            return (!goes_on && self.number(at + 3).is_none()).then_some(3);
        }
        if hours.digits <= 2
            && hours.value <= 24
            && (self.is_time_word(at + 1) || self.is_hour_unit(at + 1))
        {
            return Some(2);
        }
        let is_last = self.tokens.get(at + 1).is_none()
            || self.sign(at + 1).is_some_and(|sign| sign != Sign::Dot);
        let plausible = hours.value % 100 < 60 && hours.value <= 2400;
        (is_last && plausible && hours.digits != 1 && self.has_complete_date()
            || is_last && hours.value <= 24 && self.has_complete_date())
        .then_some(1)
    }

    /// Whether a part of the text ends before a token.
    fn ends_part(&self, at: usize) -> bool {
        let ends = |sign: Sign| !matches!(sign, Sign::Colon | Sign::Dot | Sign::Fraction);
        let joins = matches!(self.sign(at), Some(Sign::Dash | Sign::Slash))
            && self.number(at + 1).is_some();
        !joins && self.number(at).is_none() && self.sign(at).is_none_or(ends)
    }

    /// Returns the number of tokens that may follow a time: units, "in the morning", a zone, minutes.
    fn time_tail(&self, at: usize) -> usize {
        let mut length = 0;
        loop {
            let next = at + length;
            let minutes =
                self.number(next).is_some_and(|minutes| minutes.is_short() && minutes.value < 60)
                    && self.is_hour_unit(next.saturating_sub(1))
                    && !self.starts_with_month(next + 1)
                    && !(matches!(self.sign(next + 1), Some(Sign::Dash | Sign::Slash))
                        && self.number(next + 2).is_some())
                    && self.number(next + 1).is_none();
            let is_minutes = minutes
                && (self.is_hour_unit(next + 1)
                    || self.is_adjacent(next)
                    || self.has_complete_date());
            let is_unit = self.has(next, Sense::Hour)
                || self.is_time_word(next)
                || self.has(next, Sense::Zone);
            if is_minutes || is_unit {
                length += 1;
            } else if self.sign(next) == Some(Sign::Dot)
                && (self.has(next + 1, Sense::Hour) || self.is_time_word(next + 1))
            {
                length += 2;
            } else {
                return length;
            }
        }
    }

    /// Returns the number of tokens of a time of ISO 8601 behind its T.
    fn iso_time_length(&self, at: usize) -> usize {
        let mut length = 1;
        while let Some(next) = self.tokens.get(at + length)
            && next.is_adjacent
            && (self.number(at + length).is_some()
                || matches!(
                    self.sign(at + length),
                    Some(Sign::Colon | Sign::Dot | Sign::Break | Sign::Dash | Sign::Comma)
                ) && self.number(at + length + 1).is_some()
                    && self.is_adjacent(at + length + 1)
                || self.is_letter(at + length, "z"))
        {
            length += 1;
        }
        length
    }

    /// Whether the word at a token is this letter, in either case.
    fn is_letter(&self, at: usize, letter: &str) -> bool {
        self.word(at).is_some() && self.written(at, at + 1).eq_ignore_ascii_case(letter)
    }

    /// Whether the word at a token is a unit of time and no part of a date.
    fn is_hour_unit(&self, at: usize) -> bool {
        let is_filler = self.has(at, Sense::Filler) && self.number(at + 1).is_some();
        // 2. H. 18. Jh.
        let is_half = self.has(at, Sense::Fraction) && self.century_follows(at);
        self.has(at, Sense::Hour) && !is_filler && !is_half
    }

    /// Whether the word at a token is a time of day, such as "noon".
    fn is_time_word(&self, at: usize) -> bool {
        // 3 May 1621 O.S.: in Turkish these letters are the afternoon.
        let is_style = self.has_any(at, bits(&[Sense::OldStyle, Sense::NewStyle]));
        self.has(at, Sense::Time) && self.month(at).is_none() && !is_style
    }

    /// Whether a date with a day, a month and a year is there.
    pub(super) fn has_complete_date(&self) -> bool {
        let is_complete = |date: &super::partial::PartialDate| {
            date.day.is_some() && date.month.is_some() || date.converted.is_some()
        };
        self.dates.iter().any(is_complete)
            && self.dates.iter().any(super::partial::PartialDate::has_years)
    }
}
