//! Rules for four digits that look like a year and are none: the number of a resolution, the time of a
//! message; and for a year behind a day and a hyphen.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::YEARS;
use super::partial::{PartialDate, Separator};
use super::tokens::Sign;
use super::words::{MONTH, Sense, WEEKDAY, bits};
use crate::record::date::doubt::Doubt;

/// The least number behind a whole day that may be another year; smaller ones are times of day.
const MIN_LISTED_YEAR: i64 = 1760;
/// How far from a year its day and month are looked for, in tokens.
const MAX_PARTS: usize = 6;
/// The greatest Roman number of a century or a month.
const MAX_ROMAN: u16 = 39;
/// How many tokens are looked at.
const MAX_TOKENS: usize = 80;
/// The words that may stand before the number of a thing: none of them makes the number a year.
const WORDS_OF_THINGS: u64 =
    bits(&[Sense::Counted, Sense::Reference, Sense::Street, Sense::Fiscal]);
/// The words behind a number that make it a year, a time, or an end of a range.
const GOES_ON: u64 = bits(&[
    WEEKDAY,
    Sense::Until,
    Sense::And,
    Sense::Or,
    Sense::Year,
    Sense::YearAfter,
    Sense::Hour,
    Sense::Zone,
    Sense::Time,
    Sense::Ad,
    Sense::Bc,
    Sense::UntilBehind,
    Sense::FromBehind,
    Sense::Ongoing,
    Sense::OrLater,
    Sense::OrEarlier,
    Sense::DecadeWord,
]);
/// Words that begin a new part of the text, with a date of its own: `received`, `born`.
const ROLE_WORDS: u64 =
    bits(&[Sense::Received, Sense::Bulk, Sense::Born, Sense::Died, Sense::Corrected]);

impl DateBuilder<'_> {
    /// Passes over four digits that are no year beside the whole date of the text.
    pub(super) fn pass_bare_number(&mut self) -> Option<usize> {
        let number = self.number(self.at).filter(|number| number.is_plain() && number.digits == 4);
        if let Some(number) = number {
            self.doubt_count();
            return self
                .pass_zulu_time()
                .or_else(|| self.pass_number_of_thing(number))
                .or_else(|| self.pass_number_behind_day(number));
        }
        self.put_day_with_word()
    }

    /// Whether the dash at the current token only joins a day to its year: `12 July-1945`.
    pub(super) fn dash_joins_year(&self) -> bool {
        let next = self.at + 1;
        let is_year = self.is_year_number(next) && !self.starts_with_month(next + 1);
        let is_numeric = self.mark_follows(next) && self.are_adjacent(next, next + 3);
        let is_behind = |date: &PartialDate| {
            date.last_token + 1 == self.at
                || date.last_token + 2 == self.at && self.sign(self.at - 1) == Some(Sign::Dot)
        };
        is_year
            && !is_numeric
            && self.pending_separator == Separator::Space
            && self.dates.last().is_some_and(|date| awaits_year(date) && is_behind(date))
            && !self.dates.iter().any(|date| date.year_first)
    }

    /// Whether a letter stands for "anno" between a day and its year: `12 iulii a. 1945`.
    pub(super) fn is_anno(&self) -> bool {
        let end = self.tokens.get(self.at).map_or(0, |token| token.end);
        self.written(self.at, self.at + 1).eq_ignore_ascii_case("a")
            && self.text.get(end..).is_some_and(|rest| rest.starts_with('.'))
            && self.is_year_number(self.at + 1)
            && self.pending_separator == Separator::Space
            && self.dates.last().is_some_and(awaits_year)
    }

    /// Whether four digits with a Z are the time of a message: `12 JUL 1850Z 1945`.
    pub(super) fn is_zulu_time(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| number.digits == 4)
            && self.is_clock(at)
            && self.is_adjacent(at + 1)
            && matches!(self.written(at + 1, at + 2), "Z" | "z")
    }

    /// Passes over the time of a message behind its day.
    fn pass_zulu_time(&mut self) -> Option<usize> {
        let follows_day =
            self.dates.last().is_some_and(|date| date.day.is_some() && date.month.is_some());
        let has_year = self.dates.last().is_some_and(PartialDate::has_years)
            || self.has_other_year(self.at)
            || self.number(self.at + 2).is_some_and(|number| number.is_short());
        if !follows_day || !has_year || !self.is_zulu_time(self.at) {
            return None;
        }
        self.close_range();
        self.is_complex = true;
        Some(2)
    }

    /// Passes over a letter and a number at the beginning of a text, beside a whole date: `B 1853, …`,
    /// `C.1234/5, …`.
    pub(super) fn pass_letter_code(&mut self) -> Option<usize> {
        let first = 1 + usize::from(self.sign(1) == Some(Sign::Dot));
        let number = self.number(first).filter(|number| self.at == 0 && number.is_long())?;
        let written = self.written(0, 1);
        if !matches!(written.as_bytes(), [letter] if letter.is_ascii_uppercase()) {
            return None;
        }
        let end = self.end_of_code(first, number).unwrap_or(first + 3);
        let is_code = end > first + 1
            && self.are_adjacent(0, end)
            && self.sign(first + 1) == Some(Sign::Slash)
            && self.sign(end) == Some(Sign::Comma)
            && (end..self.tokens.len().min(MAX_TOKENS)).any(|at| self.is_year_number(at));
        if is_code {
            let part = self.written(0, end).to_owned();
            let other = "the number may be a year".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
            return Some(end);
        }
        if first > 1 {
            return None;
        }
        self.at = first;
        let length = self.pass_number_of_thing(number);
        self.at = 0;
        length.map(|length| length + first)
    }

    /// Passes over a number directly behind the name of a thing, beside a whole date: `Resolution 1514,
    /// 14 December 1960`. It may be a year after all, which is told.
    fn pass_number_of_thing(&mut self, number: Number) -> Option<usize> {
        let at = self.at;
        if !YEARS.contains(&number.value) || self.pending_separator == Separator::Range {
            return None;
        }
        let is_joined = at > 1
            && matches!(self.sign(at - 1), Some(Sign::Slash | Sign::Dash))
            && self.are_adjacent(at - 2, at + 1);
        let word = at.checked_sub(if is_joined { 2 } else { 1 })?;
        let end = self.end_of_code(at, number)?;
        if !self.is_name_of_thing(word, is_joined)
            || self.has_any(end, GOES_ON)
            || self.goes_on_with_month(end)
            || self.house_length(at).is_some()
            || !self.has_whole_day_beside(at, end)
        {
            return None;
        }
        let part = self.written(word, end).to_owned();
        let other = "the number may be a year".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
        self.close_range();
        self.is_complex = true;
        Some(end - at)
    }

    /// Whether a month stands at a token that has no year of its own behind it: `1850 July 12`.
    fn goes_on_with_month(&self, at: usize) -> bool {
        let is_day = self.number(at + 1).is_some_and(|day| day.is_short());
        let year = at + 2 + usize::from(self.sign(at + 2) == Some(Sign::Comma));
        self.starts_with_month(at) && !(is_day && self.is_year_number(year))
    }

    /// Says that a year behind "of" may count things: `Item 1918 of 2000`.
    fn doubt_count(&mut self) {
        let Some(first) = self.at.checked_sub(2) else { return };
        let is_count = self.number(first).is_some_and(|number| number.is_long())
            && self.has(first + 1, Sense::Filler)
            && first.checked_sub(1).is_some_and(|word| self.has(word, Sense::Reference));
        if is_count {
            let part = self.written(first, self.at + 1).to_owned();
            let other = "the numbers may count things".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Returns the end of the number of a thing, with the numbers behind slashes: `1850/12/3`. `None` for
    /// an end of a range and for two years.
    fn end_of_code(&self, at: usize, number: Number) -> Option<usize> {
        let mut end = at + 1;
        while self.sign(end) == Some(Sign::Slash)
            && self.number(end + 1).is_some()
            && self.are_adjacent(end - 1, end + 2)
        {
            end += 2;
        }
        let second = self.number(at + 2).filter(|_| end == at + 3);
        let is_pair = second.is_some_and(|second| {
            let length = 10_i64.pow(u32::from(u8::try_from(second.digits.min(4)).unwrap_or(4)));
            second.value == (number.value + 1) % length
        });
        let is_range = matches!(self.sign(end), Some(Sign::Dash | Sign::Slash | Sign::Tilde));
        (!is_pair && !is_range).then_some(end)
    }

    /// Whether the word at a token may name the thing that the number behind it counts.
    fn is_name_of_thing(&self, at: usize, is_joined: bool) -> bool {
        let Some(word) = self.word(at) else { return false };
        let written = self.written(at, at + 1);
        let is_capital = matches!(written.as_bytes(), [letter] if letter.is_ascii_uppercase());
        let is_first = at == 0 && is_capital;
        let is_code = is_joined && written.bytes().all(|letter| letter.is_ascii_uppercase());
        let is_thing = !self.has_other(at, WORDS_OF_THINGS);
        // CD 1853
        let is_roman = (1..=MAX_ROMAN).contains(&word.roman) || written == "C";
        (is_thing || is_code && !self.has(at, MONTH)) && !is_roman || is_first
    }

    /// Whether a day with its month and its own year stands elsewhere in the text.
    fn has_whole_day_beside(&self, at: usize, end: usize) -> bool {
        let opens_other = |other: usize| {
            matches!(self.sign(other), Some(Sign::OpenRound | Sign::OpenSquare))
                || self.has_any(other, ROLE_WORDS) && !self.has(other, Sense::Filler)
        };
        (0..self.tokens.len().min(MAX_TOKENS)).any(|year| {
            !(at..end).contains(&year)
                && self.is_year_number(year)
                && (self.has_day_before(year, at) || self.has_day_behind(year))
                && !(year > at && (end..year).any(|other| self.opens_role(other, &opens_other)))
        })
    }

    /// Whether another part of the text begins at a token. A Roman number in brackets begins none.
    fn opens_role(&self, at: usize, opens_other: &impl Fn(usize) -> bool) -> bool {
        let is_roman = self.word(at + 1).is_some_and(|word| word.roman > 0)
            && matches!(self.sign(at + 2), Some(Sign::CloseRound | Sign::CloseSquare));
        opens_other(at) && !is_roman
    }

    /// Whether a day and its month stand directly in front of a year.
    fn has_day_before(&self, year: usize, other: usize) -> bool {
        let (mut months, mut shorts) = (0, 0);
        for at in (year.saturating_sub(MAX_PARTS)..year).rev().take_while(|at| *at != other) {
            if self.number(at).is_some_and(|number| number.is_short() && number.value <= 31) {
                shorts += 1;
            } else if self.month(at).is_some() || self.is_roman_month(at) {
                months += 1;
            } else if !matches!(self.sign(at), Some(Sign::Comma | Sign::Dot))
                && !self.is_inner_mark(at)
                && !self.has(at, Sense::Filler)
            {
                break;
            }
        }
        months > 0 && shorts > 0 || shorts > 1
    }

    /// Whether a month and a day stand directly behind a year.
    fn has_day_behind(&self, year: usize) -> bool {
        let is_short = |at: usize| self.number(at).is_some_and(|number| number.is_short());
        let is_numeric = self.mark_follows(year)
            && is_short(year + 2)
            && self.mark_follows(year + 2)
            && is_short(year + 4)
            && self.are_adjacent(year, year + 5);
        let next = self.skip_fillers(year + 1);
        is_numeric || self.month(next).is_some() && is_short(next + 1)
    }

    /// Whether a sign inside a numeric date is at a token.
    fn is_inner_mark(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.mark_follows(before) && self.are_adjacent(before, before + 3)
        })
    }

    /// Whether a sign of a numeric date and a number stand behind a token.
    fn mark_follows(&self, at: usize) -> bool {
        matches!(self.sign(at + 1), Some(Sign::Dash | Sign::Slash | Sign::Dot))
            && self.number(at + 2).is_some()
    }

    /// Whether four digits are a year that papers have.
    fn is_year_number(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| {
            number.is_plain() && number.digits == 4 && YEARS.contains(&number.value)
        })
    }

    /// Passes over a number directly behind a whole day, which has its year: `12 July 1945 1850`.
    fn pass_number_behind_day(&mut self, number: Number) -> Option<usize> {
        let at = self.at;
        let last = *self.dates.last()?;
        let is_behind = last.last_token + 1 == at && self.pending_separator == Separator::Space;
        let is_whole = last.day.is_some() && last.month.is_some() && last.years.is_some();
        let goes_on = self.has_any(at + 1, GOES_ON)
            || self.starts_with_month(at + 1)
            || self.mark_follows(at) && self.are_adjacent(at, at + 3)
            || matches!(self.sign(at + 1), Some(Sign::Dash | Sign::Tilde));
        if !is_behind || !is_whole || goes_on {
            return None;
        }
        let is_clock = self.is_clock(at);
        if !is_clock || number.value >= MIN_LISTED_YEAR {
            let part = self.written(at, at + 1).to_owned();
            let other =
                if is_clock { "it may be a time of day or a year" } else { "it may be a year" };
            self.doubts.push(Doubt::Ambiguous { part, other: other.to_owned() });
        }
        self.is_complex = true;
        Some(1)
    }

    /// Puts a day beside its month with a word that may also be a time of day: `марта 12 дня 1918 г.`
    fn put_day_with_word(&mut self) -> Option<usize> {
        let day = self.number(self.at).filter(|day| day.is_short() && !day.is_inferred)?;
        let next = self.at + 1;
        if !self.has(next, Sense::Day) || !self.has(next, Sense::Time) {
            return None;
        }
        let follows_month = self.pending_separator == Separator::Space
            && self.dates.last().is_some_and(|date| date.month.is_some() && date.day.is_none());
        let value = u8::try_from(day.value).ok().filter(|day| (1..=31).contains(day))?;
        if !follows_month && self.month(next + 1).is_none() {
            return None;
        }
        self.put_day(value, 2);
        Some(2)
    }
}

/// Whether a date is a day with its month and without a year.
fn awaits_year(date: &PartialDate) -> bool {
    date.day.is_some()
        && date.month.is_some_and(|month| month <= 12)
        && !date.has_years()
        && date.feast.is_none()
}
