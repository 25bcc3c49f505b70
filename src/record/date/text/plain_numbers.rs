//! Rules for a number by itself: a year, a day, or a year without its century.

use super::builder::DateBuilder;
use super::numbers::Number;
use super::numeric::{YEARS, expand_year, nonzero_u8};
use super::partial::{PartialDate, Relation, Separator, YearRange};
use super::tokens::Sign;
use crate::record::date::doubt::Doubt;
use crate::record::date::span::Precision;

impl DateBuilder<'_> {
    /// Puts a number: a year if it can be one, otherwise a day.
    pub(super) fn put_number(&mut self, number: Number) -> bool {
        if number.missing > 0 {
            if number.missing == 3 && self.put_unknown_end() {
                return true;
            }
            let length = 10_i64.pow(u32::from(number.missing));
            let first = number.value.saturating_mul(length);
            let years = match number.missing {
                1 => YearRange::decade(first),
                2 => YearRange::century(first),
                _ => YearRange { first, last: first + 999, precision: Precision::Millennium },
            };
            self.put_years(years, 1);
            return true;
        }
        self.inferred |= number.is_inferred;
        if number.is_short_year {
            return self.put_short_year(number);
        }
        if number.is_ordinal {
            let is_day = (1..=31).contains(&number.value);
            if is_day {
                self.put_day(nonzero_u8(number.value).unwrap_or(1), 1);
            }
            return is_day;
        }
        match number.digits {
            4 if YEARS.contains(&number.value) => {
                self.doubt_clock();
                self.put_years(YearRange::single(number.value), 1);
                true
            }
            4 => self.put_placeholder_year(number.value).is_some(),
            5 => self.put_year_with_slip(number),
            3 if number.value >= 100 && !self.has_full_year() && !self.year_is_ahead() => {
                self.put_years(YearRange::single(number.value), 1);
                true
            }
            1 | 2 if (1..=31).contains(&number.value) => {
                self.put_day(nonzero_u8(number.value).unwrap_or(1), 1);
                true
            }
            2 => self.put_short_year(number),
            _ => number.value == 0 && !self.dates.is_empty(),
        }
    }

    /// Applies a year whose digits but one are unknown, at an end of a range: `1893-1uuu`. It says
    /// nothing, so that the range is open.
    fn put_unknown_end(&mut self) -> bool {
        let ends = matches!(self.pending_separator, Separator::Range | Separator::Slash)
            && self.dates.last().is_some_and(PartialDate::is_bare_year);
        let begins = self.dates.is_empty()
            && matches!(self.sign(self.at + 1), Some(Sign::Dash | Sign::Slash))
            && self.number(self.at + 2).is_some_and(|number| number.digits > 1);
        if ends {
            self.relate_last(Relation::From);
            self.close_range();
        } else if begins {
            self.pending_relation = Relation::UpTo;
        }
        if ends || begins {
            let part = self.written(self.at, self.at + 1).to_owned();
            let other = "only the first digit of this year is known".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
        ends || begins
    }

    /// Whether a full year follows later.
    fn year_is_ahead(&self) -> bool {
        (self.at + 1..self.tokens.len().min(self.at + 40)).any(|at| {
            self.number(at).is_some_and(|number| number.is_long()) && !self.is_zulu_time(at)
        })
    }

    /// Puts a year with one digit too many, whose first four are a year before the end of a range.
    fn put_year_with_slip(&mut self, number: Number) -> bool {
        let year = number.value / 10;
        let next = self.number(self.at + 2).filter(Number::is_long);
        let is_range = self.sign(self.at + 1) == Some(Sign::Dash)
            && next.is_some_and(|next| next.value > year);
        if is_range && YEARS.contains(&year) {
            let part = self.written(self.at, self.at + 1).to_owned();
            self.doubts.push(Doubt::Impossible { part });
            self.put_years(YearRange::single(year), 1);
        }
        is_range
    }

    /// Puts a year of two digits behind a month: `12 July '45`.
    fn put_short_year(&mut self, number: Number) -> bool {
        if let Some(years) = self.dates.last().and_then(|date| date.years)
            && number.is_short_year
            && years.first >= 1000
            && self.pending_separator != Separator::Space
        {
            // 1916, '17 and '19
            let year = years.first.div_euclid(100) * 100 + number.value;
            self.put_years(YearRange::single(year), 1);
            return true;
        }
        let awaits = self.is_awaiting_year() || number.is_short_year && self.dates.is_empty();
        if !awaits
            || self.bracketed_year_is_only_one(number)
                && !number.is_short_year
                && self.year_is_ahead_outside()
        {
            return false;
        }
        let part = self.written(self.at, self.at + 1).to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other: "its century is not written".to_owned() });
        self.uncertain = true;
        self.put_years(YearRange::single(expand_year(number.value, 2)), 1);
        if let Some(date) = self.dates.last_mut() {
            date.has_short_year = true;
        }
        true
    }

    /// Whether a full year in brackets follows that ends with this number.
    fn bracketed_year_is_only_one(&self, number: Number) -> bool {
        !(matches!(self.sign(self.at + 1), Some(Sign::OpenSquare | Sign::OpenRound))
            && self
                .number(self.at + 2)
                .is_some_and(|year| year.is_long() && year.value % 100 == number.value))
    }

    /// Whether a full year follows in the same clause.
    fn year_is_ahead_outside(&self) -> bool {
        self.year_is_ahead()
    }
}
