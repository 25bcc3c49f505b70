//! A day of the calendar as one number, so that days of all ages compare and sort quickly.

use std::fmt;

/// A day as a number: days since 1970-01-01 in the proleptic Gregorian calendar, saturating. The
/// two ends stand for an open beginning and an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// Days in four hundred years, after which the Gregorian calendar repeats itself.
const ERA: i128 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i128 = 719_468;

impl Day {
    /// Before all days: the earliest day of a span that is open at its beginning.
    pub const OPEN_START: Day = Day(i64::MIN);
    /// After all days: the latest day of a span that is open at its end.
    pub const OPEN_END: Day = Day(i64::MAX);
    /// The first day that is no open beginning.
    pub const FIRST: Day = Day(i64::MIN + 1);
    /// The last day that is no open end.
    pub const LAST: Day = Day(i64::MAX - 1);

    /// The day of a date. Years are counted as in ISO 8601: the year 0 is 1 BC. A month or a day
    /// outside the calendar is moved to the nearest one inside.
    pub fn from_ymd(year: i64, month: u8, day: u8) -> Day {
        let month = month.clamp(1, 12);
        let day = day.clamp(1, days_in(year, month));
        // The year is counted from March, so that the leap day is its last one
        // (Howard Hinnant, "chrono-compatible low-level date algorithms").
        let year = i128::from(year) - i128::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((i128::from(month) + 9) % 12) + 2) / 5 + i128::from(day) - 1;
        let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        let number = era * ERA + day_of_era - EPOCH;
        let within = number.clamp(i128::from(Day::FIRST.0), i128::from(Day::LAST.0));
        Day(i64::try_from(within).unwrap_or(Day::LAST.0))
    }

    /// Year, month and day. An open end gives the last day that can be counted.
    pub fn to_ymd(self) -> (i64, u8, u8) {
        let days = i128::from(self.0.clamp(Day::FIRST.0, Day::LAST.0)) + EPOCH;
        let era = days.div_euclid(ERA);
        let of_era = days.rem_euclid(ERA);
        let year_of_era =
            (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096).div_euclid(365);
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i128::from(month <= 2);
        let small = |number: i128| u8::try_from(number).unwrap_or(1);
        (i64::try_from(year).unwrap_or(0), small(month), small(day))
    }

    /// The day before; an open end stays open.
    #[must_use]
    pub fn before(self) -> Day {
        self.moved(-1)
    }

    /// The day after; an open end stays open.
    #[must_use]
    pub fn after(self) -> Day {
        self.moved(1)
    }

    /// Whether it stands for an open beginning or an open end.
    pub fn is_open(self) -> bool {
        self == Day::OPEN_START || self == Day::OPEN_END
    }

    /// So many days on, within the days that can be counted.
    fn moved(self, by: i64) -> Day {
        if self.is_open() {
            return self;
        }
        Day(self.0.saturating_add(by).clamp(Day::FIRST.0, Day::LAST.0))
    }
}

impl fmt::Display for Day {
    /// ISO 8601 with at least four digits of the year: `1945-07-12`, `-0043-03-15`; nothing where
    /// it is open.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_open() {
            return Ok(());
        }
        let (year, month, day) = self.to_ymd();
        write!(f, "{}-{month:02}-{day:02}", iso_year(year))
    }
}

/// A year as ISO 8601 has it: at least four digits, the sign in front of them.
pub(super) fn iso_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.unsigned_abs())
}

/// How many days a month has. A month outside the calendar counts as one of 31.
pub(super) fn days_in(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
