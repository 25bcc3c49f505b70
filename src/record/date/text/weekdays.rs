//! Whether a day of the week fits the day beside it.

use super::builder::DateBuilder;
use super::partial::PartialDate;
use super::tokens::Sign;
use super::words::{Sense, WEEKDAY, bits};
use crate::record::date::calendar::{self, Calendar};
use crate::record::date::day::{Day, days_in_month};
use crate::record::date::doubt::Doubt;

/// The English names of the days of the week, Monday first.
const NAMES: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// How many tokens may stand between a day of the week and the day.
const MAX_DISTANCE: usize = 4;
/// The last year in which days may be of the Julian calendar without a word that says so.
const LAST_JULIAN_YEAR: i64 = 1923;

impl DateBuilder<'_> {
    /// Adds a doubt if a day of the week is not that of the day beside it.
    pub(super) fn doubt_weekdays(&mut self, dates: &[PartialDate]) {
        let other = self.weekdays.iter().find_map(|at| {
            let date = self.day_beside(*at, dates).filter(|_| self.is_single_weekday(*at))?;
            Some((*at, self.other_weekday(*at, date)?))
        });
        if let Some((at, name)) = other {
            let part = self.written(at, at + 1).to_owned();
            self.doubts.push(Doubt::OtherWeekday { part, name });
        }
    }

    /// Returns the date behind a day of the week, or the one in front.
    fn day_beside<'d>(&self, at: usize, dates: &'d [PartialDate]) -> Option<&'d PartialDate> {
        let is_between = |first: usize, end: usize| {
            end - first <= MAX_DISTANCE
                && (first..end).all(|at| {
                    self.sign(at).is_some()
                        || self.has_any(at, bits(&[Sense::Filler, Sense::Time, Sense::Day]))
                })
        };
        let behind = dates.iter().find(|date| date.first_token > at);
        let in_front = dates.iter().rev().find(|date| date.last_token < at);
        behind
            .filter(|date| is_between(at + 1, date.first_token))
            .or(in_front.filter(|date| is_between(date.last_token + 1, at)))
    }

    /// Whether a token is the only day of the week at its place, and surely one: 月 alone is not.
    fn is_single_weekday(&self, at: usize) -> bool {
        let joins = |at: usize| {
            matches!(self.sign(at), Some(Sign::Dash | Sign::Slash | Sign::Break))
                || self.has_any(at, bits(&[Sense::And, Sense::Until, Sense::Or]))
        };
        let is_joined = at > 1 && joins(at - 1) && self.has(at - 2, WEEKDAY)
            || joins(at + 1) && self.has(at + 2, WEEKDAY);
        let is_short = self.written(at, at + 1).chars().count() <= 2;
        let end = self.tokens.get(at).map_or(0, |token| token.end);
        let is_marked = self.text.get(end..).is_some_and(|rest| rest.starts_with(['.', ',']))
            || matches!(self.sign(at + 1), Some(Sign::CloseRound | Sign::CloseSquare));
        !is_joined && (!is_short || is_marked)
    }

    /// Returns the day of the week that a day is, if the word at a token names another one.
    fn other_weekday(&self, at: usize, date: &PartialDate) -> Option<&'static str> {
        let (years, month, day) = (date.years?, date.month?, date.day?);
        let year = if date.has_double_year && month <= 3 { years.last } else { years.first };
        if years.last > years.first + 1 || month > 12 || day > days_in_month(year, month) {
            return None;
        }
        let gregorian = Day::from_ymd(year, month, day);
        let may_be_julian = year <= LAST_JULIAN_YEAR || date.is_old_style;
        let julian = calendar::days(Calendar::Julian, year, Some(month), Some(day))
            .map(|(day, _)| day)
            .filter(|_| may_be_julian);
        // The first day of the epoch was a Thursday.
        let weekday = |day: Day| (day.0 + 3).rem_euclid(7);
        let fits = self.senses(at).any(|sense| match sense {
            Sense::Weekday(number) => {
                let named = i64::from(number) - 1;
                named == weekday(gregorian) || julian.is_some_and(|day| named == weekday(day))
            }
            _ => false,
        });
        let name = NAMES.get(usize::try_from(weekday(gregorian)).ok()?)?;
        (!fits).then_some(name)
    }
}
