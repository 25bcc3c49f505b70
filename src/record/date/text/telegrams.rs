//! Rules for the times of telegrams, and for times of day that may be years.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::partial::{Clause, Role, Separator};
use super::tokens::Sign;
use crate::record::date::doubt::Doubt;

/// The last year of the Hijra that papers have, nearly.
const LAST_HIJRI_YEAR: i64 = 1450;

impl DateBuilder<'_> {
    /// Starts the time at which a telegram was despatched or received: `D. 8.15 p.m. July 12, 1945.
    /// R. 6 a.m. July 13`.
    pub(super) fn start_telegram_time(&mut self) -> Option<usize> {
        let role = match self.written(self.at, self.at + 1) {
            "D" => Role::Main,
            "R" => Role::Received,
            _ => return None,
        };
        let has_sign = matches!(self.sign(self.at + 1), Some(Sign::Colon | Sign::Dot));
        let length = if has_sign { 2 } else { 1 };
        let time = self.at + length;
        let is_bare = self.is_clock(time)
            && self.number(time + 1).is_some_and(|number| number.is_short())
            && self.starts_with_month(time + 2);
        if !is_bare && self.time_length(time).is_none() {
            return None;
        }
        self.is_complex = true;
        self.start_clause(role);
        Some(length + usize::from(is_bare))
    }

    /// Makes the last date that of a receipt, as a word directly behind it says: `同27日受領`.
    pub(super) fn receive_last(&mut self) -> bool {
        let is_behind = self.is_adjacent(self.at)
            && self.number(self.at + 1).is_none()
            && !self.written(self.at, self.at + 1).is_ascii()
            && self.pending_separator == Separator::Space
            && self.dates.len() > 1;
        let Some(last) = self.dates.last_mut().filter(|_| is_behind) else { return false };
        if last.last_token + 1 != self.at {
            return false;
        }
        self.clauses.push(Clause { role: Role::Received, ..Clause::default() });
        last.clause = self.clauses.len();
        true
    }

    /// Says that a year beside a whole date may be a time of day: `1900, 14 Aug 1945`.
    pub(super) fn doubt_clock(&mut self) {
        let may_be_clock = self.at == 0 || self.pending_separator == Separator::Comma;
        if !may_be_clock || !self.is_clock(self.at) {
            return;
        }
        let is_first = self.at == 0
            && self.sign(1) == Some(Sign::Comma)
            && self.has_day_at(2)
            && self.has_other_year(0);
        let is_last = self.dates.len() == 1
            && self.tokens.get(self.at + 1).is_none()
            && self.pending_separator == Separator::Comma
            && self.has_complete_date();
        if is_first || is_last {
            let part = self.written(self.at, self.at + 1).to_owned();
            let other = "it may be a time of day".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Says that a year with an H behind it may be one of the Hijra: `1364 H.`
    pub(super) fn doubt_hijra(&mut self) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return false };
        let is_hijra = self.written(self.at, self.at + 1) == "H"
            && self
                .number(before)
                .is_some_and(|year| year.is_long() && year.value <= LAST_HIJRI_YEAR);
        if is_hijra {
            let part = self.written(before, self.at + 1).to_owned();
            let other = "it may be a year of the Hijra".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
        is_hijra
    }

    /// Whether a day and its month stand at a token, in any order.
    pub(super) fn has_day_at(&self, at: usize) -> bool {
        let is_day = |at: usize| {
            self.number(at)
                .is_some_and(|number| number.digits <= 2 && (1..=31).contains(&number.value))
        };
        is_day(at) && self.starts_with_month(at + 1) || self.month(at).is_some() && is_day(at + 1)
    }

    /// Whether four digits are hours and minutes.
    pub(super) fn is_clock(&self, at: usize) -> bool {
        self.number(at)
            .filter(Number::is_long)
            .is_some_and(|number| number.value <= 2400 && number.value % 100 < 60)
    }
}
