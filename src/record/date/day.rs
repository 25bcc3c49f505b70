//! A calendar day as one number, so that days of any age compare and sort quickly.

use std::fmt;

/// A day: the number of days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// Arithmetic saturates. The smallest and the largest number mean an open start and an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// The days in 400 years, after which the Gregorian calendar repeats.
const DAYS_PER_ERA: i128 = 146_097;
/// The days from 0000-03-01 to 1970-01-01.
const DAYS_TO_EPOCH: i128 = 719_468;

impl Day {
    /// Before all days: the earliest day of a span with an open start.
    pub const OPEN_START: Day = Day(i64::MIN);
    /// After all days: the latest day of a span with an open end.
    pub const OPEN_END: Day = Day(i64::MAX);
    /// The first real day, after [`Day::OPEN_START`].
    pub const EARLIEST_REAL: Day = Day(i64::MIN + 1);
    /// The last real day, before [`Day::OPEN_END`].
    pub const LATEST_REAL: Day = Day(i64::MAX - 1);

    /// Returns the day of a calendar date.
    ///
    /// Years are counted as in ISO 8601: the year 0 is 1 BC. A month or day outside the calendar
    /// becomes the nearest valid one.
    pub fn from_ymd(year: i64, month: u8, day: u8) -> Day {
        let month = month.clamp(1, 12);
        let day = if day <= 28 { day.max(1) } else { day.min(days_in_month(year, month)) };
        // The year is counted from March, so that the leap day is its last one
        // (Howard Hinnant, "chrono-compatible low-level date algorithms").
        if (-MAX_SMALL_YEAR..=MAX_SMALL_YEAR).contains(&year) {
            return Day(day_number(year, month, day));
        }
        let year = i128::from(year) - i128::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((i128::from(month) + 9) % 12) + 2) / 5 + i128::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let number = era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
        let clamped =
            number.clamp(i128::from(Day::EARLIEST_REAL.0), i128::from(Day::LATEST_REAL.0));
        Day(i64::try_from(clamped).unwrap_or(Day::LATEST_REAL.0))
    }

    /// Returns year, month and day. An open start gives the first real day, an open end the last.
    pub fn to_ymd(self) -> (i64, u8, u8) {
        let days =
            i128::from(self.0.clamp(Day::EARLIEST_REAL.0, Day::LATEST_REAL.0)) + DAYS_TO_EPOCH;
        let era = days.div_euclid(DAYS_PER_ERA);
        let day_of_era = days.rem_euclid(DAYS_PER_ERA);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524
            - day_of_era / 146_096)
            .div_euclid(365);
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i128::from(month <= 2);
        let to_u8 = |number: i128| u8::try_from(number).unwrap_or(1);
        (i64::try_from(year).unwrap_or(0), to_u8(month), to_u8(day))
    }

    /// Returns the day before. An open start or end stays open.
    #[must_use]
    pub fn previous(self) -> Day {
        self.plus_days(-1)
    }

    /// Returns the day after. An open start or end stays open.
    #[must_use]
    pub fn next(self) -> Day {
        self.plus_days(1)
    }

    /// Whether this is an open start or an open end.
    pub fn is_open(self) -> bool {
        self == Day::OPEN_START || self == Day::OPEN_END
    }

    /// Returns the day this many days later, within the real days.
    fn plus_days(self, days: i64) -> Day {
        if self.is_open() {
            return self;
        }
        Day(self.0.saturating_add(days).clamp(Day::EARLIEST_REAL.0, Day::LATEST_REAL.0))
    }
}

impl fmt::Display for Day {
    /// Writes ISO 8601 with at least four digits for the year: `1945-07-12`, `-0043-03-15`. An open
    /// start or end writes nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_open() {
            return Ok(());
        }
        let (year, month, day) = self.to_ymd();
        write!(f, "{}-{month:02}-{day:02}", iso_year(year))
    }
}

/// Writes a year as in ISO 8601: at least four digits, with the sign in front.
pub(super) fn iso_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.unsigned_abs())
}

/// The greatest year whose day numbers are computed with 32 bits; a multiple of 400.
const MAX_SMALL_YEAR: i64 = 1_000_000;

/// Returns the number of a day of a small year, as [`Day::from_ymd`] does.
///
/// The year is counted from the least one, which is a multiple of 400, so that nothing is negative.
fn day_number(year: i64, month: u8, day: u8) -> i64 {
    let years = u32::try_from(year + MAX_SMALL_YEAR + 400).unwrap_or(0) - u32::from(month <= 2);
    let months_from_march = (u32::from(month) + 9) % 12;
    let day_of_year = (153 * months_from_march + 2) / 5 + u32::from(day) - 1;
    let days = years * 365 + years / 4 - years / 100 + years / 400 + day_of_year;
    i64::from(days) - (MAX_SMALL_YEAR / 400 + 1) * 146_097 - 719_468
}

/// The number of days in a month. A month outside the calendar has 31.
pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
