//! Rules for the numbers of houses, which are no dates.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::partial::PartialDate;
use super::tokens::Sign;
use super::words::{ORDINAL, Sense};

/// The ends of the names of streets that are written as one word.
const STREET_ENDINGS: [&str; 9] =
    ["straße", "strasse", "gasse", "platz", "straat", "gatan", "gata", "gade", "utca"];
/// How many words a street may have in front of the number of the house.
const MAX_STREET_WORDS: usize = 5;

impl DateBuilder<'_> {
    /// Returns 1 for the number of a house: `10 Downing Street, 3 May 1945`, `Hauptstraße 10, …`.
    pub(super) fn house_length(&self, at: usize) -> Option<usize> {
        let number = self.number(at).filter(|number| number.is_plain() && number.digits <= 4)?;
        let is_year = number.digits == 4 && (1000..2100).contains(&number.value);
        let stands_before = self.is_unknown_name(at + 1)
            && self.dates.is_empty()
            && (!is_year || self.has_month_after(at + 1));
        let stands_behind = at > 0
            && self.sign(at + 1) == Some(Sign::Comma)
            && (!is_year && self.is_unknown_name(at - 1) || self.ends_street(at));
        // 1789 Rue Cadet
        let stands_before_street = self.has(at + 1, Sense::Street)
            && self.month(at + 1).is_none()
            && self.dates.is_empty();
        // 1234 Elm Street
        let street = (at + 1..at + 4).find(|at| !self.is_unknown_name(*at)).unwrap_or(at + 1);
        let names_street = self.is_unknown_name(at + 1) && self.has(street, Sense::Counted);
        let is_house =
            (stands_before || stands_behind || stands_before_street) && self.has_date_after(at + 1);
        (is_house || names_street).then_some(1)
    }

    /// Passes over a street that is named by a day, beside a date: `Rue du 4 Septembre, 12 juillet 1945`,
    /// `Via XX Settembre, …`, `Március 15. tér, …`. Returns the number of tokens.
    pub(super) fn pass_street_named_by_day(&mut self) -> Option<usize> {
        let day = self.skip_fillers(self.at + 1);
        let is_day = |at: usize| {
            let is_short = |number: Number| number.is_short() && (1..=31).contains(&number.value);
            self.number(at).is_some_and(is_short)
                || self.word(at).is_some_and(|word| (1..=31).contains(&word.roman))
                || self.has(at, ORDINAL)
        };
        let end = if self.has(self.at, Sense::Street) && is_day(day) {
            let month = self.skip_fillers(day + 1);
            self.month(month)?;
            let year = self.skip_fillers(month + 1);
            if self.number(year).is_some_and(|year| year.is_long()) { year + 1 } else { month + 1 }
        } else {
            self.month(self.at)?;
            let street = self.skip_fillers(self.at + 2);
            is_day(self.at + 1)
                .then_some(street)
                .filter(|street| self.has(*street, Sense::Street))?
                + 1
        };
        let ends = self
            .sign(end)
            .is_some_and(|sign| matches!(sign, Sign::Comma | Sign::Semicolon | Sign::CloseRound))
            || self.number(end).is_some() && self.sign(end + 1) == Some(Sign::Comma);
        let has_date = self.has_date_after(end) || self.dates.iter().any(PartialDate::has_years);
        (ends && has_date).then(|| {
            self.is_complex = true;
            end - self.at
        })
    }

    /// Whether the word at a token may be a name.
    fn is_unknown_name(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| !word.is_known() && word.is_capitalized && word.roman == 0)
    }

    /// Whether the name of a street ends before a token: `Rue Cadet 1789`, `Hauptstraße 1789`.
    fn ends_street(&self, at: usize) -> bool {
        if self.is_unknown_name(at - 1) {
            let last = self.written(at - 1, at).to_lowercase();
            if STREET_ENDINGS.iter().any(|end| last.ends_with(end)) {
                return true;
            }
        }
        for before in (at.saturating_sub(MAX_STREET_WORDS)..at).rev() {
            if self.has(before, Sense::Street) {
                return before + 1 < at;
            }
            if !self.is_unknown_name(before) && !self.has(before, Sense::Filler) {
                return false;
            }
        }
        false
    }
}
