//! Days of calendars other than the Gregorian one.
//!
//! The arithmetic is that of E. M. Reingold and N. Dershowitz, *Calendrical Calculations* (4th
//! edition, 2018), as the crate `calendrical_calculations` of ICU4X has it. The crate leaves out the
//! French Republican calendar, whose years are in a table here.
//!
//! Days begin at midnight here. A Hebrew or Islamic day begins at the sunset before.

use std::ops::RangeInclusive;

use calendrical_calculations::hebrew_keviyah::YearInfo;
use calendrical_calculations::islamic::{ISLAMIC_EPOCH_FRIDAY, fixed_from_tabular_islamic};
use calendrical_calculations::rata_die::RataDie;
use calendrical_calculations::{coptic, ethiopian, julian, persian};

use super::day::Day;

/// A calendar. Months are numbered from 1, in the order of `assets/calendars.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The calendar before the Gregorian reform ("old style"). The year 0 is 1 BC, and years begin on
    /// 1 January.
    Julian,
    /// The calendar of the French Republic. Month 13 holds the complementary days.
    Republican,
    /// The Islamic calendar of moon months, by the civil table (30-year cycle, epoch 16 July 622).
    ///
    /// Months really began when the new moon was seen, so a day may be one day off, in rare cases
    /// two.
    Islamic,
    /// The Hebrew calendar, from Tishri on. Months 6 to 8 are Adar, Adar I and Adar II.
    ///
    /// Adar I and II are in leap years only. There, Adar alone may be either.
    Hebrew,
    /// The Ethiopian calendar, in years of mercy. Month 13 holds the last 5 or 6 days.
    Ethiopian,
    /// The Coptic calendar, in years of the martyrs. Month 13 holds the last 5 or 6 days.
    Coptic,
    /// The Persian and Afghan calendar of sun years (solar Hijri), with the month lengths of 1925.
    ///
    /// In earlier dates a day may be one or two days off.
    Persian,
}

/// The years in which a Julian date may be.
const JULIAN_YEARS: RangeInclusive<i64> = -9999..=9999;
/// The years in which a date of the calendars with a beginning may be.
const YEARS: RangeInclusive<i64> = 1..=9999;

/// The first day of each year of the French Republic, in September, from 1792 on.
///
/// A year began on the day of the autumnal equinox in Paris, so that the years 3, 7 and 11 are a day
/// longer (decree of 4 frimaire an II).
const REPUBLICAN_NEW_YEARS: [u8; 14] = [22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23];
/// The year in which the calendar ended, with 10 nivôse (31 December 1805).
const LAST_REPUBLICAN_YEAR: i32 = 14;
/// The year in which the Commune of Paris used the calendar again (May 1871).
const COMMUNE_YEAR: i32 = 79;

/// The number of 1970-01-01 when days are counted from 0001-01-01 as day 1.
const RATA_DIE_OF_EPOCH: i64 = 719_163;

impl Calendar {
    /// Returns the number of months, as they are numbered.
    pub fn month_count(self) -> u8 {
        match self {
            Calendar::Julian | Calendar::Islamic | Calendar::Persian => 12,
            Calendar::Republican | Calendar::Ethiopian | Calendar::Coptic => 13,
            Calendar::Hebrew => 14,
        }
    }
}

/// Returns the first and the last Gregorian day of a day, a month or a year, both inclusive.
///
/// A year without month and day means the whole year. What does not exist gives `None`: the 30th of a
/// month with 29 days, the year 0 of a calendar that begins with 1, a day without its month, a year
/// of more than four digits, and what follows the last day of the French Republican calendar.
///
/// ```
/// use fonds::record::date::calendar::{Calendar, days};
///
/// let show = |(first, last)| format!("{first}..{last}");
/// let coup = days(Calendar::Republican, 8, Some(2), Some(18)).map(show);
/// assert_eq!(coup.as_deref(), Some("1799-11-09..1799-11-09"));
/// let month = days(Calendar::Hebrew, 5705, Some(13), None).map(show);
/// assert_eq!(month.as_deref(), Some("1945-07-11..1945-08-09"));
/// assert_eq!(days(Calendar::Islamic, 1364, Some(2), Some(30)), None);
/// ```
pub fn days(
    calendar: Calendar,
    year: i64,
    month: Option<u8>,
    day: Option<u8>,
) -> Option<(Day, Day)> {
    let years = if calendar == Calendar::Julian { JULIAN_YEARS } else { YEARS };
    let year = i32::try_from(year).ok().filter(|year| years.contains(&i64::from(*year)))?;
    let (first, last) = match month {
        Some(month) => days_of_month(calendar, year, month, day)?,
        None if day.is_some() => return None,
        None => days_of_year(calendar, year)?,
    };
    Some((first, last_day_in_use(calendar, year).map_or(last, |end| last.min(end))))
        .filter(|(first, last)| first <= last)
}

/// Whether a Julian date and a Gregorian date, each as year, month and day, are the same day.
///
/// Such a pair is written where both calendars were in use: "25 October/7 November 1917". The
/// Gregorian date must not be before 15 October 1582, when that calendar began. The difference is 10
/// days, from 1700 on 11, from 1800 on 12, from 1900 on 13 and from 2100 on 14; each time from
/// 29 February (Julian) on.
///
/// ```
/// use fonds::record::date::calendar::is_same_day_in_both_calendars;
///
/// assert!(is_same_day_in_both_calendars((1917, 10, 25), (1917, 11, 7)));
/// assert!(is_same_day_in_both_calendars((1899, 12, 24), (1900, 1, 5)));
/// assert!(!is_same_day_in_both_calendars((1917, 10, 25), (1917, 11, 6)));
/// ```
pub fn is_same_day_in_both_calendars(julian: (i64, u8, u8), gregorian: (i64, u8, u8)) -> bool {
    let (year, month, day) = gregorian;
    let gregorian_day = Day::from_ymd(year, month, day);
    let is_valid = gregorian_day.to_ymd() == gregorian && gregorian >= (1582, 10, 15);
    let (year, month, day) = julian;
    is_valid
        && days(Calendar::Julian, year, Some(month), Some(day))
            == Some((gregorian_day, gregorian_day))
}

/// The last day on which a year of a calendar was in use, if it ended within the year.
fn last_day_in_use(calendar: Calendar, year: i32) -> Option<Day> {
    (calendar == Calendar::Republican && year == LAST_REPUBLICAN_YEAR)
        .then(|| Day::from_ymd(1805, 12, 31))
}

/// Returns the days of a whole year.
fn days_of_year(calendar: Calendar, year: i32) -> Option<(Day, Day)> {
    // Adar is no month of its own in a leap year, but never the first or last one.
    let (first, _) = month_bounds(calendar, year, 1)?;
    let (_, last) = month_bounds(calendar, year, calendar.month_count())?;
    Some((first, last))
}

/// Returns the days of a month, or of one day of it.
fn days_of_month(calendar: Calendar, year: i32, month: u8, day: Option<u8>) -> Option<(Day, Day)> {
    if calendar == Calendar::Hebrew && month == ADAR && is_hebrew_leap_year(year) {
        // Either of the two months may be meant.
        let (first, last) = days_of_month(calendar, year, ADAR_I, day)?;
        let second = days_of_month(calendar, year, ADAR_II, day);
        return Some((first, second.map_or(last, |(_, last)| last)));
    }
    let (first, last) = month_bounds(calendar, year, month)?;
    let Some(day) = day else { return Some((first, last)) };
    let found = Day(first.0 + i64::from(day) - 1);
    (first..=last).contains(&found).then_some((found, found))
}

/// Returns the first and the last day of a month.
fn month_bounds(calendar: Calendar, year: i32, month: u8) -> Option<(Day, Day)> {
    if !(1..=calendar.month_count()).contains(&month) {
        return None;
    }
    if calendar == Calendar::Hebrew {
        return hebrew_month_bounds(year, month);
    }
    let first = first_day_of_month(calendar, year, month)?;
    let next = if calendar == Calendar::Republican && month == 13 {
        Day(first.0 + republican_complementary_days(year))
    } else if month < calendar.month_count() {
        first_day_of_month(calendar, year, month + 1)?
    } else {
        first_day_of_month(calendar, year + 1, 1)?
    };
    Some((first, next.previous()))
}

/// Returns the first day of a month of any calendar but the Hebrew one.
fn first_day_of_month(calendar: Calendar, year: i32, month: u8) -> Option<Day> {
    let first = match calendar {
        Calendar::Julian => julian::fixed_from_julian(year, month, 1),
        Calendar::Islamic => fixed_from_tabular_islamic(year, month, 1, ISLAMIC_EPOCH_FRIDAY),
        Calendar::Ethiopian => ethiopian::fixed_from_ethiopian(year, month, 1),
        Calendar::Coptic => coptic::fixed_from_coptic(year, month, 1),
        Calendar::Persian => persian::fixed_from_fast_persian(year, month, 1),
        Calendar::Republican => {
            return Some(Day(republican_new_year(year)?.0 + 30 * (i64::from(month) - 1)));
        }
        Calendar::Hebrew => return None,
    };
    Some(day_from(first))
}

/// Returns the day of a number of days since 0001-01-01.
fn day_from(fixed: RataDie) -> Day {
    Day(fixed.to_i64_date() - RATA_DIE_OF_EPOCH)
}

/// Returns the first day of a year of the French Republic.
fn republican_new_year(year: i32) -> Option<Day> {
    if year == COMMUNE_YEAR {
        return Some(Day::from_ymd(1870, 9, 23));
    }
    let index = usize::try_from(year - 1).ok()?;
    let day = REPUBLICAN_NEW_YEARS.get(index)?;
    Some(Day::from_ymd(i64::from(year) + 1791, 9, *day))
}

/// The days behind the twelve months of a year of the French Republic.
fn republican_complementary_days(year: i32) -> i64 {
    if matches!(year, 3 | 7 | 11 | COMMUNE_YEAR) { 6 } else { 5 }
}

/// The number of Adar in a year without a second one.
const ADAR: u8 = 6;
/// The number of the first Adar of a leap year.
const ADAR_I: u8 = 7;
/// The number of the second Adar of a leap year.
const ADAR_II: u8 = 8;

/// Whether a Hebrew year has thirteen months.
fn is_hebrew_leap_year(year: i32) -> bool {
    YearInfo::compute_for(year).keviyah.is_leap()
}

/// Returns the first and the last day of a Hebrew month. `None` for an Adar that the year has not.
fn hebrew_month_bounds(year: i32, month: u8) -> Option<(Day, Day)> {
    let info = YearInfo::compute_for(year);
    let is_leap = info.keviyah.is_leap();
    // The crate counts the months that the year has.
    let position = match (month, is_leap) {
        (ADAR, true) | (ADAR_I | ADAR_II, false) => return None,
        (1..=ADAR, _) => month,
        (_, true) => month - 1,
        (_, false) => month - 2,
    };
    let first = day_from(info.new_year()).0 + i64::from(info.keviyah.days_preceding(position));
    let last = first + i64::from(info.keviyah.month_len(position)) - 1;
    Some((Day(first), Day(last)))
}
