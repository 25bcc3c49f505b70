//! Rules for centuries and decades, and for years with their era.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::{YEARS, nonzero_u8};
use super::partial::{Relation, Role, Separator, YearRange};
use super::tokens::{Sign, Word};
use super::words::{DECADE, MONTH, ORDINAL, Sense, bits};
use crate::record::date::doubt::Doubt;
use crate::record::date::span::Precision;

/// What may stand between the numbers of centuries and the word.
const BETWEEN_CENTURIES: u64 = bits(&[
    Sense::Until,
    Sense::And,
    Sense::Or,
    Sense::Part,
    Sense::Fraction,
    Sense::Filler,
    Sense::Circa,
    Sense::From,
    Sense::Between,
]);

/// The number of tokens within which "century" may follow a number.
const CENTURY_REACH: usize = 14;

impl DateBuilder<'_> {
    /// Applies the rules for centuries and decades.
    pub(super) fn put_century_or_decade(&mut self) -> Option<usize> {
        self.pass_fraction()
            .or_else(|| self.put_decade())
            .or_else(|| self.put_century())
            .or_else(|| self.put_century_behind_word())
    }

    /// Passes over "first half of", "2. Viertel": the whole is kept, and is approximate.
    fn pass_fraction(&mut self) -> Option<usize> {
        let count = self.count(self.at).or_else(|| self.has(self.at, Sense::Part).then_some(1));
        let next = self.skip_fillers(self.at + 1);
        // segunda mitad del siglo XVIII
        let is_counted_part = self.has(self.at, ORDINAL) && self.has(next, Sense::Part);
        let is_fraction = count.is_some() && (is_counted_part || self.has(next, Sense::Fraction));
        if let Some(quarter) = count.filter(|count| (1..=4).contains(count))
            && self.has(next, Sense::Quarter)
            && !self.century_follows(next)
        {
            let length = next + 1 - self.at;
            self.put_month(nonzero_u8(32 + quarter)?, length);
            return Some(length);
        }
        if is_fraction {
            self.approximate = true;
            return Some(next + 1 - self.at);
        }
        None
    }

    /// Returns the number at a token that may count centuries: 1 to 30, as digits, word or Roman.
    fn count(&self, at: usize) -> Option<i64> {
        if let Some(number) = self.number(at) {
            let may_count = (number.is_plain() || number.is_ordinal)
                && number.digits <= 2
                && !number.is_inferred;
            return may_count.then_some(number.value).filter(|value| (1..=30).contains(value));
        }
        // A small letter alone is a word: "przełom XIX i XX w."
        let is_roman = |word: &Word| {
            let is_number = word.is_capitalized || self.written(at, at + 1).len() > 1;
            (1..=30).contains(&word.roman) && is_number
        };
        if let Some(word) = self.word(at).filter(is_roman) {
            return Some(i64::from(word.roman));
        }
        if !self.has(at, ORDINAL) {
            return None;
        }
        self.senses(at).find_map(|sense| match sense {
            Sense::Ordinal(value) => Some(i64::from(value)),
            _ => None,
        })
    }

    /// Whether the word at a token means "century", with a number in front of it.
    fn is_century_word(&self, at: usize) -> bool {
        if !self.has(at, Sense::Century) {
            return false;
        }
        let year_follows = self.number(at + 1).is_some_and(|number| number.digits >= 3);
        let is_letter = self.written(at, at + 1).chars().count() == 1;
        // "3 V 1921" has a month, and "5 в 1921" no century.
        if is_letter
            && (year_follows
                || self.word(at).is_some_and(|word| word.roman > 0 && word.is_capitalized))
        {
            return false;
        }
        let is_circa = self.has(at, Sense::Circa);
        let plain_before = at > 0
            && self.number(at - 1).is_some_and(|number| number.is_plain() && number.digits > 0)
            && !self.is_adjacent(at);
        !(is_circa
            && (year_follows
                || plain_before && self.written(at, at + 1).len() == 1 && self.month_is_near(at)))
    }

    /// Whether a month stands within two tokens of this one.
    fn month_is_near(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at + 3).any(|at| self.month(at).is_some())
    }

    /// Whether "century" follows behind this number, with other centuries between at most.
    pub(super) fn century_follows(&self, at: usize) -> bool {
        let mut next = at + 1;
        while next < self.tokens.len().min(at + CENTURY_REACH) {
            if self.is_century_word(next) {
                return true;
            }
            let may_stand_between = match self.sign(next) {
                Some(sign) => matches!(
                    sign,
                    Sign::Dash
                        | Sign::Slash
                        | Sign::Dot
                        | Sign::Break
                        | Sign::Comma
                        | Sign::Question
                        | Sign::Enclosure
                ),
                None => self.count(next).is_some() || self.has_any(next, BETWEEN_CENTURIES),
            };
            if !may_stand_between {
                return false;
            }
            next += 1;
        }
        false
    }

    /// Puts a century whose number stands before the word: `19th century`, `XVIIe-XVIIIe siècles`.
    fn put_century(&mut self) -> Option<usize> {
        let count = self.count(self.at)?;
        let follows = self.century_follows(self.at);
        let continues = self.continues_centuries();
        if !follows && !continues {
            return None;
        }
        self.put_years(YearRange::nth_century(count), 1);
        Some(1)
    }

    /// Whether a Roman number goes on with centuries that were named before: `sec. XIV-XV`.
    fn continues_centuries(&self) -> bool {
        let last_is_century =
            self.dates.last().is_some_and(super::partial::PartialDate::is_century);
        last_is_century
            && self.pending_separator.parts_dates()
            && self.word(self.at).is_some_and(|word| word.roman > 0)
            && !self.starts_with_month(self.at)
    }

    /// Puts a century whose number stands behind the word: `sec. XIV`, `siglo XVI`, `secolul al XIX-lea`.
    fn put_century_behind_word(&mut self) -> Option<usize> {
        if !self.has(self.at, Sense::Century) {
            return None;
        }
        let is_used = self.dates.last().is_some_and(super::partial::PartialDate::is_century)
            && self.pending_separator == Separator::Space;
        let mut next = self.skip_fillers(self.at + 1);
        // המאה ה-19
        let is_joined =
            self.are_adjacent(next - 1, next + 2) && !self.written(next - 1, next).is_ascii();
        next += usize::from(is_joined && self.sign(next) == Some(Sign::Dash));
        let is_letter = self.written(self.at, self.at + 1).chars().count() == 1;
        let count = self.count(next).filter(|_| {
            let is_roman = self.word(next).is_some_and(|word| word.roman > 0);
            if is_letter && (!is_roman || self.is_roman_month(next)) {
                return false;
            }
            let is_plain_number = self.number(next).is_some_and(|number| number.is_plain());
            let is_year = self.number(next + 1).is_some_and(|number| number.digits == 4);
            !is_used
                && !(is_plain_number
                    && (self.starts_with_month(next + 1)
                        || self.has(self.at, Sense::Circa)
                        || is_year))
        });
        if let Some(count) = count {
            self.put_years(YearRange::nth_century(count), next + 1 - self.at);
            return Some(next + 1 - self.at);
        }
        is_used.then_some(1)
    }

    /// Puts a decade: `1940s`, `1960er-Jahre`, `lata 30. XX w.`, `década de 1940`, "the thirties".
    fn put_decade(&mut self) -> Option<usize> {
        if let Some(number) = self.number(self.at) {
            return self.put_decade_number(number);
        }
        if !self.has_any(self.at, bits(&[DECADE, Sense::DecadeWord])) {
            return None;
        }
        let named = self.senses(self.at).find_map(|sense| match sense {
            Sense::Decade(tens) => Some(i64::from(tens)),
            _ => None,
        });
        if let Some(tens) = named {
            let mut length = 1;
            length += usize::from(
                self.has(self.at + 1, Sense::DecadeWord) || self.has(self.at + 1, Sense::Year),
            );
            return Some(self.put_tens(tens, length));
        }
        if !self.has(self.at, Sense::DecadeWord) || self.has(self.at, MONTH) {
            return None;
        }
        let next = self.skip_fillers(self.at + 1);
        let number = self.number(next).filter(|number| {
            (number.is_plain() || number.is_ordinal || number.is_decade) && number.value % 10 == 0
        })?;
        let mut length = next + 1 - self.at;
        if self.sign(self.at + length) == Some(Sign::Dot) {
            length += 1;
        }
        match (number.digits, number.value) {
            (4, value) if YEARS.contains(&value) => {
                self.doubt_last_decade(next);
                self.put_years(YearRange::decade(value), length);
                Some(length)
            }
            (2, value @ 10..=90) => Some(self.put_tens(value, length)),
            _ => None,
        }
    }

    /// Says that the end of a range behind a decade may be a decade too: `années 1880-1890`.
    fn doubt_last_decade(&mut self, first: usize) {
        let joins = matches!(self.sign(first + 1), Some(Sign::Dash | Sign::Slash))
            || self.has(first + 1, Sense::Until);
        let is_round = |number: Number| number.is_plain() && number.value % 10 == 0;
        if joins && self.number(first + 2).is_some_and(|last| is_round(last) && last.digits == 4) {
            let part = self.written(self.at, first + 3).to_owned();
            let other = "it may mean years or decades".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Puts a decade that begins with a number.
    fn put_decade_number(&mut self, number: Number) -> Option<usize> {
        let mut length = 1;
        let mut next = self.at + 1;
        if self.sign(next) == Some(Sign::Dash)
            && self.is_adjacent(next)
            && self.is_adjacent(next + 1)
            && !self.has(next + 1, Sense::Until)
            && number.is_decade
        {
            next += 1;
        }
        if self.sign(next) == Some(Sign::Dot) && !number.is_decade {
            next += 1;
        }
        let has_word = self.has(next, Sense::DecadeWord)
            && !self.has(next, MONTH)
            && (self.number(next + 1).is_none_or(|after| after.value % 10 != 0)
                || self.century_follows(next + 1));
        if has_word || number.is_decade && self.has(next, Sense::Year) {
            length = next + 1 - self.at;
        }
        let is_round = number.value % 10 == 0 && number.missing == 0;
        if !number.is_decade && !(has_word && is_round && (number.is_plain() || number.is_ordinal))
        {
            return None;
        }
        self.inferred |= number.is_inferred;
        let before = self
            .dates
            .last()
            .and_then(|date| date.years)
            .filter(|years| years.precision == Precision::Decade);
        let ends_range = self.pending_separator == Separator::Range;
        let is_decade_word = has_word && !self.has(next, Sense::Year);
        let years = match number.digits {
            4 if before.is_some() && ends_range => YearRange::decade(number.value),
            4 if number.value % 100 == 0
                && number.value != 2000
                && number.is_century
                && !is_decade_word =>
            {
                YearRange::century(number.value)
            }
            3 | 4 => YearRange::decade(number.value),
            2 => match before {
                Some(years) => YearRange::decade(years.first.div_euclid(100) * 100 + number.value),
                None => return Some(self.put_tens(number.value, length)),
            },
            _ => return None,
        };
        self.put_years(years, length);
        Some(length)
    }

    /// Puts a decade by its tens. Its century stands beside it, or is a guess.
    fn put_tens(&mut self, tens: i64, mut length: usize) -> usize {
        let next = self.skip_fillers(self.at + length);
        let ahead = self.count(next).filter(|_| {
            self.is_century_word(next + 1)
                || self.century_follows(next) && self.sign(next + 1) == Some(Sign::Dot)
        });
        let behind_word = self
            .has(next, Sense::Century)
            .then(|| self.skip_fillers(next + 1))
            .and_then(|at| self.count(at).map(|count| (count, at)));
        let last = self
            .dates
            .last()
            .filter(|date| date.is_century() && self.pending_separator == Separator::Space)
            .and_then(|date| date.years);
        let century = if let Some(count) = ahead {
            length = next + 1 - self.at;
            (count - 1) * 100
        } else if let Some((count, at)) = behind_word {
            length = at + 1 - self.at;
            (count - 1) * 100
        } else if let Some(years) = last {
            self.dates.pop();
            years.first
        } else if let Some(years) = self
            .dates
            .last()
            .and_then(|date| date.years)
            .filter(|_| self.pending_separator.parts_dates())
        {
            years.first.div_euclid(100) * 100
        } else {
            let part = self.written(self.at, self.at + length).to_owned();
            self.doubts
                .push(Doubt::Ambiguous { part, other: "its century is not written".to_owned() });
            self.uncertain = true;
            1900
        };
        self.put_years(YearRange::decade(century + tens), length);
        // The word behind the number of the century belongs to it.
        let after = self.at + length;
        let after_dot = if self.sign(after) == Some(Sign::Dot) { after + 1 } else { after };
        if ahead.is_some() && self.is_century_word(after_dot) {
            length = after_dot + 1 - self.at;
        }
        length
    }

    /// Puts a year with its era: `AD 79`, `44 BC`, `300-200 BC`.
    pub(super) fn put_year_with_era(&mut self) -> Option<usize> {
        if self.has(self.at, Sense::Ad) || self.has(self.at, Sense::Bc) {
            return self.put_year_behind_era();
        }
        let number =
            self.number(self.at).filter(|number| number.is_plain() && number.missing == 0)?;
        let mut next = self.at + 1;
        if self.sign(next) == Some(Sign::Dot) {
            next += 1;
        }
        let mut length = next + 1 - self.at;
        let mut era = next;
        let is_range = self.sign(next) == Some(Sign::Dash)
            || self.has(next, Sense::Until)
            || self.has(next, Sense::And)
            || self.has(next, Sense::Or);
        if is_range && self.number(next + 1).is_some() {
            (era, length) = (next + 2, 1);
        }
        let is_bc = self.has(era, Sense::Bc);
        let is_ad = self.has(era, Sense::Ad) && !self.has(era, Sense::Hour);
        if !is_bc && !is_ad {
            return None;
        }
        // The first of two years is of the same era only before Christ: 5 BC–10 AD has two.
        if length == 1
            && !is_bc
            && number.digits != 4
            && number.value > self.number(next + 1).map_or(0, |number| number.value)
        {
            return None;
        }
        if number.value > 3000 && !is_bc {
            return None;
        }
        let year = if is_bc { 1_i64.saturating_sub(number.value) } else { number.value };
        self.put_years(YearRange::single(year), length);
        Some(length)
    }

    /// Whether the letters of an era mean "died circa" or "born circa": `d. c. 1850`. Without a space
    /// they are the era: `b.c. 350`.
    fn is_circa_of_life(&self) -> bool {
        let written = self.written(self.at, self.at + 1);
        let is_year = |at: usize| {
            self.number(at).is_some_and(|number| number.is_plain() && number.digits == 4)
        };
        let follows_year = self.at.checked_sub(1).is_some_and(is_year);
        written.starts_with(['b', 'd'])
            && written.ends_with('c')
            && written.contains('.')
            && written.contains(char::is_whitespace)
            && is_year(self.at + 1)
            && !follows_year
    }

    /// Puts a year behind its era, or applies an era to the centuries before it.
    fn put_year_behind_era(&mut self) -> Option<usize> {
        if self.is_circa_of_life() {
            self.start_clause(Role::Life);
            return Some(1);
        }
        let is_bc = self.has(self.at, Sense::Bc);
        let last_is_century =
            self.dates.last().is_some_and(super::partial::PartialDate::is_century)
                && self.pending_separator == Separator::Space;
        if last_is_century {
            if is_bc {
                let centuries = self.dates.iter_mut().rev().take_while(|date| date.is_century());
                for years in centuries.filter_map(|date| date.years.as_mut()) {
                    let number = years.first.div_euclid(100) + 1;
                    (years.first, years.last) = (1 - number * 100, 100 - number * 100);
                }
            }
            return Some(1);
        }
        let next = self.skip_fillers(self.at + 1);
        let number = self.number(next).filter(|number| {
            number.is_plain() && number.value <= 3000 && !self.starts_with_month(next + 1)
        });
        let Some(number) = number.filter(|number| number.digits != 4 || !is_bc) else {
            let is_filler =
                self.dates.last().is_some_and(super::partial::PartialDate::has_years) && !is_bc;
            return is_filler.then_some(1);
        };
        if self.century_follows(next) || self.has(self.at, Sense::Hour) {
            return None;
        }
        let year = if is_bc { 1 - number.value } else { number.value };
        let length = next + 1 - self.at;
        self.put_years(YearRange::single(year), length);
        Some(length)
    }

    /// Applies "ineunte", "medio" and "exeunte" behind a century as they are abbreviated: `sec. XIV ex.`
    pub(super) fn apply_part_of_century(&mut self) -> Option<usize> {
        let is_century = self.dates.last().is_some_and(super::partial::PartialDate::is_century)
            && self.pending_separator == Separator::Space;
        if !is_century
            || self.senses_of(self.at, Sense::Part) == 0
            || self.date_follows(self.at + 1)
        {
            return None;
        }
        self.apply_part();
        Some(1)
    }

    /// Applies a word such as "early" or "half", which keeps the whole and makes it approximate.
    pub(super) fn apply_part(&mut self) {
        self.approximate = true;
    }

    /// Says that the real date is on the date or before it, and so on, before or behind the date.
    pub(super) fn relate(&mut self, relation: Relation) {
        if !self.relate_postposition(relation) {
            self.pending_relation = relation;
        }
    }
}
