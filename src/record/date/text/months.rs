//! Rules for months, seasons, feasts and weekdays, and for Roman numbers.

use super::builder::DateBuilder;
use super::numeric::{YEARS, nonzero_u8};
use super::partial::{PartialDate, Relation, Separator, YearRange};
use super::tokens::Sign;
use super::words::{FEAST, MONTH, ORDINAL, SEASON, Sense, TEN_DAYS, WEEKDAY, bits};
use crate::record::date::doubt::Doubt;
use crate::record::date::feast::Feast;

/// The fewest letters of a year in Roman numerals; shorter ones are initials.
const MIN_ROMAN_YEAR_LETTERS: usize = 3;

/// The words of the rules for months and parts of years.
const MONTH_WORDS: u64 = bits(&[MONTH, WEEKDAY, SEASON, FEAST, Sense::Quarter, TEN_DAYS, ORDINAL]);

impl DateBuilder<'_> {
    /// Puts a month, a season, a feast, a Roman month or year, a number that counts.
    pub(super) fn put_month_word(&mut self) -> Option<usize> {
        let has_roman = self.word(self.at).is_some_and(|word| word.roman > 0);
        if !has_roman && !self.has_any(self.at, MONTH_WORDS) {
            return None;
        }
        if self.has(self.at, TEN_DAYS) {
            return self.put_ten_days();
        }
        let mut months = self.senses(self.at).filter_map(|sense| match sense {
            Sense::Month(month) => Some(month),
            _ => None,
        });
        // 1921 do 1925
        if self.senses_of(self.at, Sense::Until) != 0 && self.is_between_numbers() {
            return None;
        }
        // mar. 6 mai 1947: Tuesday, whatever the rest of the text is written in
        let may_be_weekday = self.senses_of(self.at, WEEKDAY) != 0;
        let is_weekday = self.has(self.at, WEEKDAY) || may_be_weekday && self.is_weekday_here();
        if let Some(month) = months.next().filter(|_| {
            let is_other = is_weekday && self.is_weekday_here() || self.is_feast_here();
            !is_other && self.is_month_here()
        }) {
            let other = months.find(|other| *other != month);
            if self.has_lunar_months {
                self.doubt_lunar_month(1);
                return Some(1);
            }
            self.put_month_of_word(month);
            if let Some(other) = other {
                self.doubt_month(other);
            }
            return Some(1);
        }
        if is_weekday {
            self.weekdays.push(self.at);
            return Some(1);
        }
        if self.is_part_of_name() {
            return None;
        }
        let sense = self.senses(self.at).find(|sense| {
            self.has(self.at, *sense)
                && matches!(sense, Sense::Season(_) | Sense::Feast(_) | Sense::Quarter)
        });
        match sense {
            Some(Sense::Season(season)) => self.put_month(season, 1),
            Some(Sense::Feast(key)) => self.put_feast(Feast::from_key(key)?),
            Some(Sense::Quarter) => {
                let number = self
                    .number(self.at + 1)
                    .filter(|number| number.digits == 1 && (1..=4).contains(&number.value))?;
                // 1945-Q3, 1945/Q3
                let is_joined = self.are_adjacent(self.at.saturating_sub(1), self.at + 1);
                if is_joined && self.dates.last().is_some_and(PartialDate::is_bare_year) {
                    self.pending_separator = Separator::Space;
                }
                self.put_month(nonzero_u8(32 + number.value)?, 2);
                return Some(2);
            }
            _ => return self.put_roman_or_ordinal(),
        }
        Some(1)
    }

    /// Puts the month that the current word names. A word may say "from" too: ממרץ.
    fn put_month_of_word(&mut self, month: u8) {
        if self.has(self.at, FEAST) {
            self.doubt_feast();
        }
        let is_related =
            self.pending_relation != Relation::Same || self.pending_separator == Separator::Range;
        let has_day = self.dates.last().is_some_and(PartialDate::is_bare_number);
        // "des." is December in one language and "from the" in another.
        let is_one_word =
            self.senses_of(self.at, Sense::From) & self.senses_of(self.at, MONTH) != 0;
        if is_one_word && self.has(self.at, Sense::From) && !is_related && !has_day {
            self.pending_relation = Relation::From;
        }
        self.doubt_after(has_day);
        self.put_month(month, 1);
    }

    /// Says that a month alone may be a word for "after": `ap. 1871`, après.
    fn doubt_after(&mut self, has_day: bool) {
        let is_day = self.number(self.at + 1).is_some_and(|number| number.is_short());
        let end = self.tokens.get(self.at).map_or(0, |token| token.end);
        let has_stop = self.text.get(end..).is_some_and(|rest| rest.starts_with('.'));
        let is_small = self.word(self.at).is_some_and(|word| !word.is_capitalized);
        let senses = bits(&[Sense::After, Sense::Before]);
        if is_small && has_stop && !has_day && !is_day && self.has_any(self.at, senses) {
            let part = self.written(self.at, self.at + 1).to_owned();
            let other = "the word may also say before or after".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Puts the ten days of the month in front: 3月上旬, 10月上、中旬.
    fn put_ten_days(&mut self) -> Option<usize> {
        let last = self.senses(self.at).find_map(|sense| match sense {
            Sense::TenDays(number) => Some(number),
            _ => None,
        })?;
        let before = self.at.checked_sub(2).filter(|_| self.sign(self.at - 1).is_some());
        let first = match before.map_or("", |before| self.written(before, before + 1)) {
            "上" | "初" | "상" | "초" => 1,
            "中" | "중" => 2,
            _ => last,
        };
        let is_continued = first != last || self.pending_separator == Separator::Space;
        let date = self.dates.last_mut().filter(|date| {
            is_continued && date.day.is_none() && date.month.is_some_and(|month| month <= 12)
        })?;
        date.ten_days = Some((first, last));
        date.last_token = self.at;
        if first != last {
            self.pending_separator = Separator::Space;
            if let Some(token) = before.and_then(|before| self.tokens.get_mut(before)) {
                token.is_used = true;
            }
        }
        Some(1)
    }

    /// Whether a word that may be a month is a feast: another feast is in the text and decides.
    fn is_feast_here(&self) -> bool {
        let is_feast = |at: usize| self.has(at, FEAST) && !self.has(at, MONTH);
        self.has(self.at, FEAST)
            && self.number(self.at.wrapping_sub(1)).is_none_or(|number| number.digits > 2)
            && (0..self.tokens.len().min(80)).any(is_feast)
    }

    /// Says that a month may be a feast, unless a day stands beside it or the word is written as a
    /// month is, with a capital letter or a full stop.
    fn doubt_feast(&mut self) {
        let is_day = |at: usize| self.number(at).is_some_and(|number| number.digits <= 2);
        let has_day = is_day(self.at.wrapping_sub(1)) || is_day(self.at.wrapping_sub(2));
        let end = self.tokens.get(self.at).map_or(0, |token| token.end);
        let has_stop = self.text.get(end..).is_some_and(|rest| rest.starts_with('.'));
        let has_capital = self.word(self.at).is_some_and(|word| word.is_capitalized);
        // Only these languages call the feast so.
        let is_certain =
            self.senses_of(self.at, Sense::Feast("")) & self.languages == self.languages;
        if !has_day && !has_stop && (is_certain || !has_capital) && !is_day(self.at + 1) {
            let part = self.written(self.at, self.at + 1).to_owned();
            let other = "the word is also the name of a feast".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Whether a word that may also mean something else is a month here.
    fn is_month_here(&self) -> bool {
        let ends_name = self.at.checked_sub(1).is_some_and(|before| self.begins_name(before));
        if ends_name || self.is_name_like_a_month() || self.is_part_of_name() {
            return false;
        }
        let means_more = self.has_other(self.at, bits(&[MONTH, WEEKDAY]));
        // dès 1921: no short form of a month has this accent.
        if self.written(self.at, self.at + 1).contains('è') {
            return false;
        }
        let is_number = |at: Option<usize>| {
            at.is_some_and(|at| self.number(at).is_some() || self.sign(at) == Some(Sign::Dot))
        };
        // Jul, 1645; Jul de 1645
        let behind = self.at + 1 + usize::from(self.sign(self.at + 1) == Some(Sign::Comma));
        !means_more
            || is_number(self.at.checked_sub(1))
            || is_number(Some(self.skip_fillers(behind)))
            || self.month_is_joined()
            || self.tokens.len() == 1
            || self.written(self.at, self.at + 1).chars().count() > 3
    }

    /// Whether years stand on both sides of a word.
    pub(super) fn is_between_numbers(&self) -> bool {
        let is_year = |at: usize| self.number(at).is_some_and(|number| number.is_long());
        self.at.checked_sub(1).is_some_and(is_year) && is_year(self.at + 1)
    }

    /// Whether another month stands behind a sign or "and": "Jul-Aug 1943".
    fn month_is_joined(&self) -> bool {
        let joins = matches!(self.sign(self.at + 1), Some(Sign::Dash | Sign::Slash | Sign::Comma))
            || self.has_any(self.at + 1, bits(&[Sense::And, Sense::Until, Sense::Or]));
        joins && self.month(self.at + 2).is_some()
    }

    /// Whether a capital month or season word goes on with a name: "Spring Valley", "March,
    /// Cambridgeshire", "Champ de Mars".
    fn is_part_of_name(&self) -> bool {
        let is_unknown = |at: usize| {
            self.word(at)
                .is_some_and(|word| !word.is_known() && word.is_capitalized && word.roman == 0)
        };
        let is_cased = self.written(self.at, self.at + 1).starts_with(char::is_uppercase);
        if !is_cased || !self.word(self.at).is_some_and(|word| word.is_capitalized) {
            return false;
        }
        let is_number = |at: Option<usize>| at.is_some_and(|at| self.number(at).is_some());
        let follows_number = is_number(self.at.checked_sub(1)) || is_number(self.at.checked_sub(2));
        let is_street = self.has(self.at + 1, Sense::Counted)
            && self.word(self.at + 1).is_some_and(|word| word.is_capitalized);
        let before_name = (is_unknown(self.at + 1) || is_street) && !follows_number;
        let before_region = self.at == self.first_token()
            && self.sign(self.at + 1) == Some(Sign::Comma)
            && is_unknown(self.at + 2)
            && self.sign(self.at + 3) == Some(Sign::Comma);
        let behind_name = self.at > 1
            && is_unknown(0)
            && self.word(self.at - 1).is_some()
            && self.sign(self.at + 1) == Some(Sign::Comma)
            && self.has_other_month();
        // Jar, 3 maja 1863
        let is_season_alone = self.at == 0
            && self.has(0, SEASON)
            && !self.has(0, MONTH)
            && self.sign(1) == Some(Sign::Comma)
            && self.number(2).is_some()
            && self.has_other_month();
        before_name || before_region || behind_name || is_season_alone
    }

    /// Whether a month word of another language stands alone, as a name does: "Augusta, May 3, 1865".
    fn is_name_like_a_month(&self) -> bool {
        let Some(word) = self.word(self.at).filter(|word| word.is_capitalized) else {
            return false;
        };
        let stands_alone = |at: usize| {
            let beside = [at.checked_sub(1), Some(at + 1)];
            !beside.into_iter().flatten().any(|at| {
                self.number(at).is_some()
                    || matches!(self.sign(at), Some(Sign::Dash | Sign::Slash | Sign::Dot))
                    || self.has_any(at, bits(&[Sense::And, Sense::Until, Sense::Or]))
                    || self.month(at).is_some()
            })
        };
        let is_foreign = |other: usize| {
            self.month(other).is_some()
                && !stands_alone(other)
                && self.word(other).is_some_and(|other| {
                    other.languages() & word.languages() == 0
                        || word.languages() & self.languages == 0
                })
        };
        stands_alone(self.at)
            && (0..self.tokens.len().min(80)).any(|other| other != self.at && is_foreign(other))
    }

    /// Whether a word that may be a month or a weekday is the weekday: "mar. 5 mai 1945".
    fn is_weekday_here(&self) -> bool {
        let mut next = self.at + 1;
        while matches!(self.sign(next), Some(Sign::Comma | Sign::Dot))
            || self.has(next, Sense::Filler)
        {
            next += 1;
        }
        let is_day = self.number(next).is_some_and(|number| number.digits <= 2);
        is_day && self.starts_with_month(next + 1)
    }

    /// Whether a month or a season stands in the text beside the current word.
    pub(super) fn has_month_beside(&self) -> bool {
        (0..self.tokens.len().min(80)).any(|at| at != self.at && self.starts_with_month(at))
            || self.dates.iter().any(|date| date.month.is_some())
    }

    /// Whether another word of the text is a month and no weekday.
    fn has_other_month(&self) -> bool {
        (0..self.tokens.len().min(80))
            .any(|at| at != self.at && self.month(at).is_some() && !self.has(at, WEEKDAY))
    }

    /// Says that a month of the moon is not converted.
    pub(super) fn doubt_lunar_month(&mut self, length: usize) {
        let part = self.written(self.at, self.at + length).to_owned();
        let other = "months of the moon are not converted".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
    }

    /// Says that the word may mean another month.
    fn doubt_month(&mut self, other: u8) {
        let part = self.written(self.at, self.at + 1).to_owned();
        self.doubts.push(Doubt::Ambiguous {
            part,
            other: "it is another month in another language".to_owned(),
        });
        self.uncertain = true;
        if let Some(date) = self.dates.last_mut() {
            date.other_month = Some(other);
        }
    }

    /// Puts a feast; with a date beside it the feast changes nothing.
    fn put_feast(&mut self, feast: Feast) {
        const OTHER_EVENTS: u64 = bits(&[Sense::Received, Sense::Bulk]);
        let is_month = |at: usize| self.month(at).is_some() && !self.has(at, FEAST);
        // New Year's Day 1863; received 3 May 1863
        let parts =
            |at: &usize| self.sign(*at) == Some(Sign::Semicolon) || self.has_any(*at, OTHER_EVENTS);
        let start = (0..self.at).rev().find(parts).unwrap_or(0);
        let end =
            (self.at..self.tokens.len().min(80)).find(parts).unwrap_or(self.tokens.len().min(80));
        let has_month = (start..end).any(is_month);
        if !has_month {
            self.update_or_add(false, 1, |date| date.feast = Some(feast));
        }
    }

    /// Puts a Roman number, as a month or year, or a number that counts, as a day.
    fn put_roman_or_ordinal(&mut self) -> Option<usize> {
        let roman = self.word(self.at).map_or(0, |word| word.roman);
        if self.is_roman_month(self.at) {
            self.put_month(nonzero_u8(i64::from(roman))?, 1);
            return Some(1);
        }
        // v květnu 1921, i maj 1921: the letter is "in".
        let is_small_letter = self.written(self.at, self.at + 1).len() == 1
            && self.has_any(self.at, bits(&[Sense::Filler, Sense::And]))
            && self.word(self.at).is_some_and(|word| !word.is_capitalized);
        // V. Mai 1921
        let month = self.at + 1 + usize::from(self.sign(self.at + 1) == Some(Sign::Dot));
        if (1..=31).contains(&roman)
            && !is_small_letter
            && self.month(month).is_some()
            && !self.century_follows(self.at)
        {
            // XX settembre 1870
            self.put_day(nonzero_u8(i64::from(roman))?, 1);
            return Some(1);
        }
        let is_long = self.written(self.at, self.at + 1).len() >= MIN_ROMAN_YEAR_LETTERS;
        if is_long && YEARS.contains(&i64::from(roman)) {
            self.put_years(YearRange::single(i64::from(roman)), 1);
            return Some(1);
        }
        if !self.has(self.at, ORDINAL) {
            return None;
        }
        let ordinal = self.senses(self.at).find_map(|sense| match sense {
            Sense::Ordinal(number) => Some(number),
            _ => None,
        })?;
        let is_day = self.starts_with_month(self.at + 1)
            || self.at > 0 && self.starts_with_month(self.at - 1);
        if is_day {
            self.put_day(ordinal, 1);
        }
        is_day.then_some(1)
    }

    /// Whether the word at a token may be a month as a Roman number: between a day and a year, or
    /// beside one of them.
    pub(super) fn is_roman_month(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let is_small_word = word.is_known() && !word.is_capitalized;
        // kwartał III 1945
        let counts_part = at.checked_sub(1).is_some_and(|part| self.has(part, Sense::Fraction));
        if counts_part
            || !(1..=12).contains(&word.roman)
            || word.is_counted_roman
            || is_small_word
            || self.century_follows(at)
        {
            return false;
        }
        if self.begins_roman_pair(at) {
            return true;
        }
        let is_mark =
            |at: usize| matches!(self.sign(at), Some(Sign::Dot | Sign::Slash | Sign::Dash));
        let next = if is_mark(at + 1) { at + 2 } else { at + 1 };
        let before = if at > 0 && is_mark(at - 1) { at.checked_sub(2) } else { at.checked_sub(1) };
        let is_number = |at: usize, most: usize| {
            self.number(at).is_some_and(|number| number.is_plain() && number.digits <= most)
        };
        let is_year = self
            .number(next)
            .is_some_and(|number| number.digits == 4 && YEARS.contains(&number.value));
        before.is_some_and(|before| is_number(before, 2))
            || is_year
            || before
                .is_some_and(|before| self.number(before).is_some_and(|number| number.is_long()))
                && is_number(next, 2)
            || before
                .is_some_and(|before| self.number(before).is_some_and(|number| number.is_long()))
                && self.tokens.get(next).is_none()
    }

    /// Whether another Roman month with its year follows: `IX–X 1944`, `VII & IX 1946`.
    fn begins_roman_pair(&self, at: usize) -> bool {
        let joins = self.sign(at + 1).is_some_and(|sign| {
            matches!(sign, Sign::Dash | Sign::Slash | Sign::Comma | Sign::Break)
        }) || self.has(at + 1, Sense::And)
            || self.has(at + 1, Sense::Until);
        let is_roman = |at: usize| {
            self.word(at)
                .is_some_and(|word| (1..=12).contains(&word.roman) && !word.is_counted_roman)
        };
        joins
            && is_roman(at + 2)
            && (self.is_roman_month(at + 2)
                || self.number(at + 3).is_some_and(|number| number.is_long()))
    }
}
