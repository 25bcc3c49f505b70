//! Rules for years that are counted otherwise and do not say so: those of the Ottoman Rumi calendar and of
//! the Hijra, beside a Gregorian date or alone.

use std::ops::RangeInclusive;

use super::builder::DateBuilder;
use super::numbers::Number;
use super::partial::{PartialDate, Relation, Separator};
use super::tokens::{SAINTS, Sign};
use super::words::{FEAST, LANGUAGES, LanguageSet, MONTH, Sense, WEEKDAY};
use crate::record::date::doubt::Doubt;

/// The years of the Rumi calendar, which was in use from 1840 to 1926.
const RUMI_YEARS: RangeInclusive<i64> = 1256..=1345;
/// By how many years the Rumi calendar is behind the Gregorian one: its year began in March.
const RUMI_DIFFERENCE: RangeInclusive<i64> = 583..=585;
/// The years of the Hijra that papers have.
const HIJRI_YEARS: RangeInclusive<i64> = 1000..=1450;
/// The short forms of the terms of German universities: "Sommersemester", "Wintersemester".
const TERMS: [&str; 2] = ["SS", "WS"];

impl DateBuilder<'_> {
    /// Leaves out dates of the Rumi calendar and years of the Hijra: the Gregorian date beside them counts.
    /// One that stands alone with a Turkish month is doubtful.
    pub(super) fn settle_ottoman(&mut self) {
        if !self.dates.iter().any(|date| single_year(date).is_some_and(|year| year <= 1450)) {
            return;
        }
        let mut at = 0;
        while let Some(date) = self.dates.get(at).copied() {
            let before = at.checked_sub(1).and_then(|before| self.dates.get(before));
            let is_before =
                self.dates.get(at + 1).is_some_and(|next| is_same_date(&date, next, next));
            let is_pair =
                is_before || before.is_some_and(|before| is_same_date(&date, before, &date));
            let is_rumi =
                single_year(&date).is_some_and(|year| RUMI_YEARS.contains(&year)) && !is_pair;
            let languages = if is_rumi { self.languages_of_month(&date) } else { 0 };
            let is_turkish = languages & language("tr") != 0 && languages & language("en") == 0;
            if is_pair && date.is_bare_year() && self.clauses.is_empty() {
                let part = self.written(date.first_token, date.last_token + 1).to_owned();
                let other = "it may be a year of another calendar".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
            }
            if is_pair || is_turkish && languages == language("tr") {
                self.dates.remove(at);
                if let Some(next) = self.dates.get_mut(at).filter(|_| is_before) {
                    (next.separator, next.relation) = (date.separator, date.relation);
                }
            } else {
                at += 1;
            }
            if is_turkish {
                self.doubts.push(Doubt::OtherCalendar);
            }
        }
    }

    /// Returns the languages in which the month of a date is written so.
    fn languages_of_month(&self, date: &PartialDate) -> LanguageSet {
        let mut tokens = date.first_token..=date.last_token;
        let month = tokens.find(|at| self.month(*at).is_some());
        month.map_or(0, |at| self.senses_of(at, MONTH))
    }

    /// Says that a letter before a year may name a calendar, or a term of a university: `h. 1327`,
    /// `SS 1933`.
    pub(super) fn doubt_letter_before_year(&mut self) -> Option<usize> {
        let year = self.number(self.at + 1).filter(Number::is_long)?;
        let written = self.written(self.at, self.at + 1);
        let other = if matches!(written, "h" | "H" | "r" | "R") && HIJRI_YEARS.contains(&year.value)
        {
            "it may be a year of the Hijra or of the Ottoman calendar"
        } else if TERMS.contains(&written) && self.dates.is_empty() {
            "it may be a term of half a year"
        } else {
            return None;
        };
        let part = self.written(self.at, self.at + 2).to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other: other.to_owned() });
        Some(1)
    }

    /// Passes over the name of a saint that looks like a month: `St. Martin 1412`. It may be the day of
    /// the saint, which is told.
    pub(super) fn pass_saint(&mut self) -> Option<usize> {
        let at = self.at;
        let name = at + 1 + usize::from(self.sign(at + 1) == Some(Sign::Dash));
        let follows_number = at.checked_sub(1).is_some_and(|before| self.number(before).is_some());
        let is_capital = self.written(name, name + 1).starts_with(char::is_uppercase);
        if follows_number
            || !is_capital
            || self.month(name).is_none()
            || !SAINTS.contains(&self.written(at, at + 1))
        {
            return None;
        }
        let part = self.written(at, name + 1).to_owned();
        let other = "it may be the day of the saint".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
        Some(name + 1 - at)
    }

    /// Passes over a day that is counted from a feast, which is not read: "Dienstag nach Ostern 1525".
    pub(super) fn pass_day_beside_feast(&mut self) -> Option<usize> {
        let at = self.at;
        let is_counted = self.has(at, WEEKDAY)
            && (self.has(at + 1, Sense::After) || self.has(at + 1, Sense::Before));
        let feast = self.skip_fillers(at + 2);
        if !is_counted || !self.has(feast, FEAST) {
            return None;
        }
        let part = self.written(at, feast + 1).to_owned();
        self.doubts.push(Doubt::PartlyUnderstood { part });
        Some(feast + 1 - at)
    }

    /// Applies "do" before a date as "until", as the Slavic languages have it: `do 1939`.
    pub(super) fn apply_slavic_until(&mut self) -> Option<usize> {
        let written = self.written(self.at, self.at + 1);
        if !matches!(written, "do" | "Do") || !self.dates.is_empty() {
            return None;
        }
        let is_until = self.senses_of(self.at, Sense::Until) & self.languages != 0;
        let is_year = self.number(self.at + 1).is_some_and(|number| number.is_long());
        let is_date = written == "do" && self.number(self.at + 1).is_some();
        let is_first = self.pending_relation == Relation::Same;
        if !is_until || !is_first || !is_year && !is_date {
            return None;
        }
        self.pending_relation = Relation::UpTo;
        Some(1)
    }
}

/// Returns the year of a date, if it is one.
fn single_year(date: &PartialDate) -> Option<i64> {
    date.years.filter(|years| years.first == years.last).map(|years| years.first)
}

/// Whether a date is the date beside it in another calendar: a slash or a bracket stands in front of the
/// second one.
fn is_same_date(date: &PartialDate, beside: &PartialDate, second: &PartialDate) -> bool {
    let (Some(year), Some(gregorian)) = (single_year(date), single_year(beside)) else {
        return false;
    };
    let is_slashed = second.separator == Separator::Slash;
    (is_slashed || date.clause != beside.clause) && is_same_year(year, gregorian)
}

/// Whether a text is one year in two calendars: `1352/1933`.
pub(super) fn is_year_of_two_calendars(text: &str) -> bool {
    let year = |text: &str| text.parse().ok().filter(|_| text.len() == 4);
    let years = text.split_once('/').and_then(|(one, other)| Some((year(one)?, year(other)?)));
    years.is_some_and(|(one, other)| is_same_year(one, other))
}

/// Whether a year of the Rumi calendar or of the Hijra is, or overlaps, a Gregorian one.
fn is_same_year(year: i64, gregorian: i64) -> bool {
    let hijri = year - year / 33 + 622;
    RUMI_YEARS.contains(&year) && RUMI_DIFFERENCE.contains(&(gregorian - year))
        || HIJRI_YEARS.contains(&year) && (gregorian - hijri).abs() <= 1
}

/// Returns the set of one language.
fn language(code: &str) -> LanguageSet {
    LANGUAGES.iter().position(|known| *known == code).map_or(0, |bit| 1 << bit)
}
