//! Numbers beside a whole day that are no day of its month: those of a row or a page, as in
//! `3. 12 July 1945` and `12 July 1945, 2`.

use super::builder::DateBuilder;
use super::partial::{PartialDate, Separator};
use crate::record::date::doubt::Doubt;

impl DateBuilder<'_> {
    /// Drops the number in front of a whole day and those behind it, which is told.
    pub(super) fn drop_row_numbers(&mut self) {
        let before = self.dates.len();
        if let [number, day, ..] = self.dates[..]
            && number.is_bare_number()
            && number.first_token == 0
            && day.separator == Separator::Space
            && day.clause == number.clause
            && day.is_whole_day()
        {
            self.doubt_row_number(&number);
            self.dates.remove(0);
        }
        // Behind a year at its beginning, a date may go on with other days: `1945 July 12, 14`.
        let starts_with_day = |date: &PartialDate| {
            self.number(date.first_token).is_some_and(|number| number.digits <= 2)
        };
        let ends_with_year =
            |date: &PartialDate| date.is_whole_day() && (!date.year_first || starts_with_day(date));
        let last_whole = self.dates.iter().rposition(ends_with_year);
        let Some(whole) = last_whole else { return };
        let is_number = |date: &PartialDate| {
            date.is_bare_number() && matches!(date.separator, Separator::Space | Separator::Comma)
        };
        let behind = self.dates.get(whole + 1..).unwrap_or_default();
        if let Some(number) = behind.first().copied().filter(|_| behind.iter().all(is_number)) {
            self.doubt_row_number(&number);
            self.dates.truncate(whole + 1);
        }
        self.is_complex |= self.dates.len() < before;
    }

    /// Says that a number is passed over.
    fn doubt_row_number(&mut self, number: &PartialDate) {
        let part = self.written(number.first_token, number.last_token + 1).to_owned();
        let other = "it is no day beside a whole date, unless a range is meant".to_owned();
        self.doubts.push(Doubt::Ambiguous { part, other });
    }
}

impl PartialDate {
    /// Whether it has its own day, month and year.
    fn is_whole_day(&self) -> bool {
        self.day.is_some() && self.month.is_some() && self.years.is_some()
    }
}
