//! Which of the dates in a text are the date of the document: clauses, brackets, corrections.

use super::builder::DateBuilder;
use super::missing_parts::fill_years;
use super::partial::{Bracket, Clause, PartialDate, Role, YearRange};
use super::tokens::Sign;
use crate::record::date::doubt::Doubt;
use crate::record::date::span::Precision;

/// A year in brackets that is this far from the year in front is of another calendar.
const MIN_CALENDAR_DIFFERENCE: i64 = 200;

impl DateBuilder<'_> {
    /// Removes the dates that are not of the document, and applies corrections and supplied years.
    pub(super) fn settle_clauses(&mut self) {
        if self.clauses.is_empty() {
            return;
        }
        self.drop_lives();
        self.drop_lesser_roles();
        for clause in 1..=self.clauses.len() {
            self.settle_clause(clause);
        }
    }

    /// Returns the role of the clause of a date.
    fn role(&self, date: &PartialDate) -> Role {
        self.clause_at(date.clause).role
    }

    /// Drops receipts, bulk dates and lives where the date of the document is there.
    fn drop_lesser_roles(&mut self) {
        self.fill_year_of_sending();
        let has_main = self.dates.iter().any(|date| {
            date.has_years() && matches!(self.role(date), Role::Main | Role::Corrected)
        });
        let clauses = &self.clauses;
        let role = |date: &PartialDate| clause_of(clauses, date.clause).role;
        if has_main {
            self.dates.retain(|date| matches!(role(date), Role::Main | Role::Corrected));
        } else {
            self.dates.retain(|date| role(date) != Role::Life);
            let has_received =
                self.dates.iter().any(|date| role(date) == Role::Received && date.has_years());
            if has_received {
                self.dates.retain(|date| role(date) != Role::Bulk);
            }
        }
    }

    /// Fills in the year of a day of sending from that of its receipt: `sent July 12, received July 14, 1945`.
    fn fill_year_of_sending(&mut self) {
        let is_main = |date: &PartialDate| self.role(date) == Role::Main;
        let lacks_year = |date: &PartialDate| date.month.is_some() && !date.has_years();
        let mut main = self.dates.iter().filter(|date| is_main(date));
        let is_sent = main.clone().any(lacks_year) && main.all(|date| !date.has_years());
        let is_received =
            |date: &PartialDate| self.role(date) == Role::Received && date.has_years();
        let Some(received) = self.dates.iter().find(|date| is_received(date)).copied() else {
            return;
        };
        if !is_sent {
            return;
        }
        fill_years(&mut self.dates);
        let clauses = &self.clauses;
        let is_main = |date: &PartialDate| clause_of(clauses, date.clause).role == Role::Main;
        // sent December 30, received January 4, 1946
        let is_later = |date: &PartialDate| (date.month, date.day) > (received.month, received.day);
        for date in self.dates.iter_mut().filter(|date| is_main(date) && is_later(date)) {
            *date = date.years_later(-1);
            if date.month == received.month {
                let part = self.text.to_owned();
                let other = "the receipt is before the sending".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
            }
        }
    }

    /// Drops the years of a life in brackets behind a name.
    fn drop_lives(&mut self) {
        for index in 1..=self.clauses.len() {
            let Some((first, end)) = self.dates_of(index) else { continue };
            let clause = self.clause_at(index);
            if self.dates.get(first).is_some_and(|date| self.is_life(&clause, date, end - first)) {
                self.dates.drain(first..end);
            } else if clause.bracket == Bracket::Square {
                self.doubt_supplied_range(index, first, end);
            }
        }
    }

    /// Says that two years in square brackets may be those of a life: `Keller [1802-1899], 1850`.
    fn doubt_supplied_range(&mut self, clause: usize, first: usize, end: usize) {
        let is_range = self
            .dates
            .get(first..end)
            .is_some_and(|dates| dates.len() == 2 && dates.iter().all(PartialDate::is_bare_year));
        let is_outside = |date: &PartialDate| date.clause != clause && date.has_years();
        if is_range && self.dates.iter().any(is_outside) {
            let part = self.clause_text(first, end - 1);
            let other = "these may be the years of a life".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Returns the range of the dates of a clause.
    fn dates_of(&self, index: usize) -> Option<(usize, usize)> {
        let is_in = |date: &PartialDate| date.clause == index;
        let first = self.dates.iter().position(is_in)?;
        Some((first, self.dates.iter().rposition(is_in).map_or(first, |last| last + 1)))
    }

    /// Applies the dates of one clause to the date before it.
    fn settle_clause(&mut self, index: usize) {
        let clause = self.clause_at(index);
        let Some((first, end)) = self.dates_of(index) else { return };
        let Some(before) = first.checked_sub(1) else { return };
        if clause.role == Role::Corrected {
            self.correct(before, first);
            return;
        }
        if clause.bracket == Bracket::None {
            return;
        }
        let (Some(previous), Some(supplied)) =
            (self.dates.get(before).copied(), self.dates.get(first).copied())
        else {
            return;
        };
        let Some(supplied_years) = supplied.years else { return };
        let is_single = end == first + 1;
        if previous.converted.is_some() || is_other_calendar(&previous, supplied_years) {
            let is_converted =
                |date: &&PartialDate| date.converted.is_some() && date.clause == previous.clause;
            let dates = self.dates.get(..before).unwrap_or(&[]);
            let others = dates.iter().rev().take_while(is_converted).count();
            self.dates.drain(before - others..=before);
        } else if is_single && supplied.is_bare_year() {
            self.supply_year(before, first, supplied_years, clause.bracket);
        }
    }

    /// Whether a bracket behind a name holds the years of a life.
    fn is_life(&self, clause: &Clause, first: &PartialDate, count: usize) -> bool {
        let name = clause.first_token.checked_sub(1);
        let is_name = name.is_some_and(|name| {
            self.is_unused(name) && self.word(name).is_some_and(|word| word.is_capitalized)
        });
        let is_round = clause.bracket == Bracket::Round;
        let is_document = |date: &PartialDate| {
            date.clause != first.clause && date.has_years() && (is_round || date.day.is_some())
        };
        is_name
            && clause.bracket != Bracket::None
            && count == 2
            && first.is_bare_year()
            && self.dates.iter().any(is_document)
    }

    /// Applies the year in a bracket to the date before it.
    fn supply_year(&mut self, before: usize, supplied: usize, years: YearRange, bracket: Bracket) {
        let Some(previous) = self.dates.get_mut(before) else { return };
        let Some(known) = previous.years else {
            if previous.month.is_some() {
                previous.years = Some(years);
                previous.is_supplied |= bracket == Bracket::Square;
                self.dates.remove(supplied);
            }
            return;
        };
        if previous.has_short_year {
            if known.first.rem_euclid(100) == years.first.rem_euclid(100) {
                previous.years = Some(years);
                previous.has_short_year = false;
                previous.is_supplied |= bracket == Bracket::Square;
                self.dates.remove(supplied);
                self.uncertain = false;
                self.doubts.clear();
            }
        } else if bracket == Bracket::Square
            && known.first == known.last
            && !self.dates.get(supplied).is_some_and(|date| date.separator.parts_dates())
            && known.precision == Precision::Year
            && years.precision == Precision::Year
            && years.first == years.last
            && known != years
            && !self
                .dates
                .iter()
                .any(|date| date.clause == 0 && date.first_token > self.token_of(supplied))
        {
            let part = self.clause_text(before, supplied);
            self.doubts
                .push(Doubt::Ambiguous { part, other: "the year in brackets is taken".to_owned() });
            if let Some(previous) = self.dates.get_mut(before) {
                previous.years = Some(years);
                previous.is_supplied = true;
            }
            self.dates.remove(supplied);
        }
    }

    /// Returns the first token of a date.
    fn token_of(&self, date: usize) -> usize {
        self.dates.get(date).map_or(usize::MAX, |date| date.first_token)
    }

    /// Returns the text from one date through another.
    fn clause_text(&self, first: usize, last: usize) -> String {
        let start = self.dates.get(first).map_or(0, |date| date.first_token);
        let end = self.dates.get(last).map_or(start, |date| date.last_token + 1);
        let is_closed = matches!(self.sign(end), Some(Sign::CloseSquare | Sign::CloseRound));
        self.written(start, end + usize::from(is_closed)).to_owned()
    }

    /// Puts a corrected date in place of the date before it, which gives the parts that it lacks.
    fn correct(&mut self, before: usize, corrected: usize) {
        let Some(right) = self.dates.get(corrected).copied() else { return };
        let Some(previous) = self.dates.get_mut(before) else { return };
        let keeps_day = right.day.is_none() && right.month.is_none();
        let keeps_month = right.month.is_none();
        let keeps_year = right.years.is_none() && right.converted.is_none();
        *previous = PartialDate {
            day: if keeps_day { previous.day } else { right.day },
            month: if keeps_month { previous.month } else { right.month },
            years: if keeps_year { previous.years } else { right.years },
            converted: right.converted,
            is_supplied: previous.is_supplied || right.is_supplied,
            has_short_year: false,
            ..*previous
        };
        self.dates.remove(corrected);
    }
}

/// Returns a clause by its number. Number 0 is the text itself; the others are counted from 1.
pub(super) fn clause_of(clauses: &[Clause], number: usize) -> Clause {
    let index = number.checked_sub(1);
    index.and_then(|index| clauses.get(index)).copied().unwrap_or_default()
}

/// Whether the year before a bracket cannot be the one in it, since it counts otherwise.
fn is_other_calendar(previous: &PartialDate, supplied: YearRange) -> bool {
    let is_far = |years: YearRange| {
        years.precision == Precision::Year
            && (years.first - supplied.first).abs() >= MIN_CALENDAR_DIFFERENCE
    };
    previous.is_bare_year()
        && supplied.precision == Precision::Year
        && previous.years.is_some_and(is_far)
}
