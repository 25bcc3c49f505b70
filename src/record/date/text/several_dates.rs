//! Doubts about texts with several dates of which one may be no date of the document.

use super::builder::DateBuilder;
use super::partial::{Bracket, PartialDate, Relation, Role, Separator};
use super::words::{MONTH, Sense, WEEKDAY, bits};
use crate::record::date::doubt::Doubt;

impl DateBuilder<'_> {
    /// Says that a date beside a whole day may be of something else: `Report 1944, 12 July 1945`,
    /// `Mai, 12 July 1965`, `Photo 1944-12-03, 12 July 1945`.
    ///
    /// `filled` are the dates with the parts that they take from others.
    pub(super) fn doubt_other_dates(&mut self, filled: &[PartialDate]) {
        if !self.doubts.is_empty() {
            return;
        }
        for at in 1..filled.len() {
            let (Some(first), Some(second)) = (filled.get(at - 1), filled.get(at)) else { return };
            if !self.is_listed(first, second) {
                continue;
            }
            let other = match (is_whole_day(first), is_whole_day(second)) {
                (true, true) => [first, second].into_iter().find(|date| self.has_heading(date)),
                (true, false) if is_part(second) => Some(second),
                (false, true) if is_part(first) => Some(first),
                // 9 de Julio, Chaco, 3 de marzo de 1950
                (false, true) if first.year_from.is_some() && self.are_parted(first, second) => {
                    Some(first)
                }
                // Berlin W. 8, 3. Mai 1921
                (false, true) if self.is_number_of_name(at - 1) => Some(first),
                _ => None,
            };
            if let Some(date) = other {
                let part = self.written(date.first_token, date.last_token + 1).to_owned();
                let other = "it may be of something else".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
                return;
            }
        }
    }

    /// Whether two dates of the document stand beside each other, and nothing says that they belong together.
    fn is_listed(&self, first: &PartialDate, second: &PartialDate) -> bool {
        let clause = self.clause_at(first.clause);
        let is_told = clause.role == Role::Life || clause.bracket != Bracket::None;
        matches!(second.separator, Separator::Space | Separator::Comma)
            && first.clause == second.clause
            && !is_told
            && [first, second].into_iter().all(|date| date.relation == Relation::Same)
    }

    /// Whether a word that is not understood stands between two dates.
    fn are_parted(&self, first: &PartialDate, second: &PartialDate) -> bool {
        (first.last_token + 1..second.first_token)
            .any(|at| self.word(at).is_some() && self.is_unused(at))
    }

    /// Whether a date is written as a number alone, directly behind a capital word inside the text.
    fn is_number_of_name(&self, date: usize) -> bool {
        const DATE_WORDS: u64 = bits(&[WEEKDAY, MONTH, Sense::Day]);
        let Some(date) = self.dates.get(date).filter(|date| date.is_bare_number()) else {
            return false;
        };
        let before = date.first_token.checked_sub(1).filter(|before| *before > 0);
        before.is_some_and(|before| {
            self.word(before).is_some_and(|word| word.is_capitalized)
                && self.written(before, before + 1).starts_with(char::is_uppercase)
                && !self.has_any(before, DATE_WORDS)
        })
    }

    /// Whether a word that is not understood stands directly in front of a date.
    fn has_heading(&self, date: &PartialDate) -> bool {
        date.first_token
            .checked_sub(1)
            .is_some_and(|before| self.word(before).is_some() && self.is_unused(before))
    }
}

/// Whether a date is a year alone, or a month that takes its year from another date.
fn is_part(date: &PartialDate) -> bool {
    let is_month = date.month.is_some() && date.day.is_none() && date.year_from.is_some();
    is_month && date.feast.is_none() || date.is_bare_year()
}

/// Whether a date is a day of a month with its own year.
fn is_whole_day(date: &PartialDate) -> bool {
    date.day.is_some() && date.month.is_some() && date.years.is_some() && date.year_from.is_none()
}
