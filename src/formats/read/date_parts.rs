//! Dates whose year, month and day are in fields of their own.

use crate::formats::field_names::is_zero_date;
use crate::record::Date;

/// The date that a year, a month and a day make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JoinedDate {
    /// The date as text: `1945-07-12`, `12 July 1945`.
    pub(super) text: String,
    /// Whether the month and the day are in it.
    pub(super) has_month: bool,
    /// Whether the day is in it.
    pub(super) has_day: bool,
}

impl JoinedDate {
    /// Joins a year, a month, which is a number or a name, and a day.
    pub(super) fn new(year: &str, month: Option<&str>, day: Option<&str>) -> JoinedDate {
        let day = day.and_then(|day| number_to(day, 31));
        let number = month.and_then(|month| number_to(month, 12));
        let name = month.map(str::trim).filter(|month| number.is_none() && is_month_name(month));
        let text = match (number, name, day) {
            (Some(month), _, Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), ..) => format!("{year}-{month:02}"),
            (None, Some(month), Some(day)) => format!("{day} {month} {year}"),
            (None, Some(month), None) => format!("{month} {year}"),
            (None, None, _) => year.to_owned(),
        };
        let has_month = number.is_some() || name.is_some();
        JoinedDate { text, has_month, has_day: has_month && day.is_some() }
    }

    /// Returns the date.
    pub(super) fn date(&self) -> Date {
        date_of_joined(&self.text).unwrap_or_else(|| Date::parse(&self.text))
    }
}

/// Reads a text of joined parts as EDTF; `None` if it is not EDTF. The names of the parts show that `1902-03` is a
/// month and not two years.
pub(super) fn date_of_joined(text: &str) -> Option<Date> {
    Date::with_edtf(text, text)
}

/// Returns a whole number from 1 to `most`.
fn number_to(text: &str, most: u32) -> Option<u32> {
    text.trim().parse().ok().filter(|number| (1..=most).contains(number))
}

/// Whether a text is the name of a month or of a season.
fn is_month_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && Date::parse(&format!("{text} 1900")).span().is_some_and(|span| !span.doubtful)
}

/// Whether a part of a date says that it is not known.
pub(super) fn is_unknown(text: &str) -> bool {
    is_zero_date(text.trim())
}
