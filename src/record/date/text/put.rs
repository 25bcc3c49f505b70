//! Putting years, months, days and whole dates into the dates of a text.

use super::builder::DateBuilder;
use super::partial::{Bracket, PartialDate, Relation, Role, Separator, YearRange};

impl DateBuilder<'_> {
    /// Adds a year or years to the last date, or as a new date.
    pub(super) fn put_years(&mut self, years: YearRange, length: usize) {
        let month_follows = self.starts_with_month(self.at + length);
        let by_year = self.dates.iter().any(|date| date.year_first);
        let open = self.dates.last().is_some_and(|date| {
            !date.has_years()
                && (date.month.is_some() || date.day.is_some() || date.feast.is_some())
        });
        let use_last = match self.pending_separator {
            Separator::Space => open,
            Separator::Comma => open && !(by_year && month_follows),
            // Q3/1945
            Separator::Slash => {
                open && self
                    .dates
                    .last()
                    .is_some_and(|date| date.month.is_some_and(|month| month > 12))
            }
            Separator::Break | Separator::Range => false,
        };
        self.update_or_add(use_last, length, |date| {
            date.years = Some(years);
            date.year_first = !use_last;
        });
    }

    /// Adds a month or a part of a year to the last date, or as a new date.
    pub(super) fn put_month(&mut self, month: u8, length: usize) {
        let year_follows = match self.pending_separator {
            Separator::Space => {
                self.number(self.at + length).is_some_and(|number| number.is_long())
            }
            _ => self.year_follows_month(self.at + length),
        };
        let use_last = self.dates.last().is_some_and(|date| {
            date.month.is_none()
                && date.feast.is_none()
                && date.converted.is_none()
                && match self.pending_separator {
                    Separator::Space => date.years.is_none() || !year_follows,
                    Separator::Comma if self.follows_this_month(date) => date.years.is_none(),
                    // 3, May 1921
                    Separator::Comma if date.is_bare_number() => {
                        self.number(self.at + length).is_some_and(|year| year.is_long())
                    }
                    Separator::Comma => date.years.is_some() && date.day.is_none() && !year_follows,
                    Separator::Break | Separator::Slash | Separator::Range => false,
                }
        }) || self.repeats_month(month);
        self.update_or_add(use_last, length, |date| {
            date.day_first = date.day.is_some() && (date.month.is_none() || date.day_first);
            date.month = Some(month);
        });
    }

    /// Whether the last month is written again in another language: `3 أيار/مايو 1921`.
    fn repeats_month(&self, month: u8) -> bool {
        self.pending_separator == Separator::Slash
            && self.are_adjacent(self.at.saturating_sub(1), self.at + 1)
            && self.dates.last().is_some_and(|date| {
                date.month == Some(month) && !date.has_years() && date.last_token + 2 == self.at
            })
    }

    /// Whether a day stands in front with words for "of this month", and a comma: `the 3rd inst., May 1921`.
    fn follows_this_month(&self, date: &PartialDate) -> bool {
        let words = date.last_token + 1..self.at.saturating_sub(1);
        date.is_bare_number()
            && !words.is_empty()
            && words.into_iter().all(|at| !self.is_unused(at) && self.number(at).is_none())
    }

    /// Adds a day to the last date, or as a new date.
    pub(super) fn put_day(&mut self, day: u8, length: usize) {
        // 1945 г., 7 май
        let next = self.skip_fillers(self.at + length);
        let continues_year = self.pending_relation == Relation::Same
            && self.starts_with_month(next)
            && !self.year_follows_month(next + 1);
        let use_last = self.dates.last().is_some_and(|date| {
            date.day.is_none()
                && date.converted.is_none()
                && date.feast.is_none()
                && match self.pending_separator {
                    Separator::Space => true,
                    Separator::Comma => {
                        // May 1943, 12 July 1945; Luty, 3 maja 1921
                        let is_other = self.starts_with_month(next)
                            && (date.has_years() || self.year_follows_month(next + 1));
                        date.month.is_some() && !is_other || continues_year && date.is_bare_year()
                    }
                    Separator::Break | Separator::Slash | Separator::Range => false,
                }
        });
        self.update_or_add(use_last, length, |date| date.day = Some(day));
    }

    /// Adds a new date that is written in numbers. The month or the day may be missing.
    pub(super) fn put_date(
        &mut self,
        years: Option<YearRange>,
        month: Option<u8>,
        day: Option<u8>,
        length: usize,
    ) {
        self.update_or_add(false, length, |date| {
            *date = PartialDate { years, month, day, year_first: years.is_some(), ..*date };
        });
    }

    /// Changes the last date, or a new one that it adds. `length` tokens from here on belong to it.
    pub(super) fn update_or_add(
        &mut self,
        use_last: bool,
        length: usize,
        write: impl FnOnce(&mut PartialDate),
    ) {
        let is_related = self.pending_relation != Relation::Same || self.follows_life();
        let last = if use_last && !is_related { self.dates.pop() } else { None };
        let mut date = last.unwrap_or_else(|| self.new_date());
        write(&mut date);
        let is_square = |clause: &usize| self.clause_at(*clause).bracket == Bracket::Square;
        date.is_supplied |= self.open_clauses.iter().any(is_square);
        date.last_token = self.at + length.max(1) - 1;
        self.dates.push(date);
        self.pending_separator = Separator::Space;
    }

    /// Whether the last date is one of a life, and its bracket is closed: `(b. 1872) 3 May 1901`,
    /// `(1802-1899), 3 May 1901`.
    fn follows_life(&self) -> bool {
        !self.clauses.is_empty()
            && self.dates.last().is_some_and(|date| {
                let clause = self.clause_at(date.clause);
                let is_range =
                    date.separator == Separator::Range && clause.bracket != Bracket::None;
                let is_closed = date.clause > 0 && !self.open_clauses.contains(&date.clause);
                is_closed && (clause.role == Role::Life || is_range)
            })
    }

    /// Creates a date with the pending separator and relation.
    fn new_date(&mut self) -> PartialDate {
        let first = self.dates.is_empty();
        self.is_complex |= !first && self.pending_separator != Separator::Range;
        let opens_with_range = first && self.pending_separator == Separator::Range;
        let relation = match std::mem::take(&mut self.pending_relation) {
            Relation::Same if opens_with_range => Relation::UpTo,
            relation => relation,
        };
        PartialDate {
            separator: self.pending_separator,
            relation,
            clause: self.clause(),
            first_token: self.at,
            is_old_style: std::mem::take(&mut self.is_old_style),
            ..PartialDate::default()
        }
    }
}
