//! The parts of dates as they are written: years, separators, relations, clauses.

use smallvec::SmallVec;

use crate::record::date::feast::Feast;
use crate::record::date::span::{DateSpan, Precision};

/// A year, or several years that are written as one: a decade, a century, `1996-97`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YearRange {
    /// The first year.
    pub(super) first: i64,
    /// The last year.
    pub(super) last: i64,
    /// Year, decade or century. A range of single years has the precision of a year.
    pub(super) precision: Precision,
}

impl YearRange {
    /// Returns the range of a single year.
    pub(super) fn single(year: i64) -> YearRange {
        YearRange { first: year, last: year, precision: Precision::Year }
    }

    /// Returns two years, or more, that are written as a pair: `1996-97`.
    pub(super) fn pair(first: i64, last: i64) -> YearRange {
        YearRange { first, last, precision: Precision::Year }
    }

    /// Returns the decade that begins with a year.
    pub(super) fn decade(first: i64) -> YearRange {
        YearRange { first, last: first.saturating_add(9), precision: Precision::Decade }
    }

    /// Returns the century that begins with a year.
    pub(super) fn century(first: i64) -> YearRange {
        YearRange { first, last: first.saturating_add(99), precision: Precision::Century }
    }

    /// Returns a century by its number, counted from 1.
    pub(super) fn nth_century(number: i64) -> YearRange {
        YearRange::century(number.saturating_sub(1).saturating_mul(100))
    }
}

/// How the real date relates to the written date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is the written date.
    #[default]
    Same,
    /// It is before the first day of the written date.
    Before,
    /// It is not after the last day.
    UpTo,
    /// It is after the last day.
    After,
    /// It is not before the first day.
    From,
}

/// What separates a date from the previous one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Separator {
    /// Only space.
    #[default]
    Space,
    /// A comma, colon or semicolon, which may also be inside a date.
    Comma,
    /// A separator that is never inside a date: `&`, "and".
    Break,
    /// A slash: two days, two months, or one day in two calendars.
    Slash,
    /// A dash or "to": a range.
    Range,
}

impl Separator {
    /// Whether a date never goes on behind it.
    pub(super) fn parts_dates(self) -> bool {
        matches!(self, Separator::Break | Separator::Slash | Separator::Range)
    }
}

/// What a part of a text says about the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// When it was made.
    #[default]
    Main,
    /// When it was received, which counts only if nothing else is there.
    Received,
    /// When most of the documents were made.
    Bulk,
    /// What is right in place of the date before: "i.e."
    Corrected,
    /// The birth or death of a person.
    Life,
}

/// The brackets around a part of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Bracket {
    /// None.
    #[default]
    None,
    /// `( )`.
    Round,
    /// `[ ]`: the archivist supplied what is inside.
    Square,
}

/// A part of a text with one role, in the same brackets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clause {
    /// What it says about the document.
    pub(super) role: Role,
    /// The brackets around it.
    pub(super) bracket: Bracket,
    /// The token with which it begins.
    pub(super) first_token: usize,
}

/// A date that gives another one its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neighbour {
    /// A date in front.
    Previous,
    /// A date behind.
    Next,
}

/// A date with the parts that are written.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that is written or not")]
pub(super) struct PartialDate {
    /// The year or years.
    pub(super) years: Option<YearRange>,
    /// The month, 1 to 12, or a part of the year by its EDTF number.
    pub(super) month: Option<u8>,
    /// Another month that the same word may mean.
    pub(super) other_month: Option<u8>,
    /// The day of the month.
    pub(super) day: Option<u8>,
    /// The first and the last of the ten days of the month, 1 to 3 each: 上旬.
    pub(super) ten_days: Option<(u8, u8)>,
    /// A feast in place of month and day.
    pub(super) feast: Option<Feast>,
    /// The days of a date of another calendar, already converted.
    pub(super) converted: Option<DateSpan>,
    /// Whether the year was written before month and day.
    pub(super) year_first: bool,
    /// Whether the day was written before the month.
    pub(super) day_first: bool,
    /// Whether the year has two digits, so that its century is a guess.
    pub(super) has_short_year: bool,
    /// Whether a word says that it is of the Julian calendar.
    pub(super) is_old_style: bool,
    /// Whether a part of it is in square brackets.
    pub(super) is_supplied: bool,
    /// Whether the year is written for two styles: `1602/3`.
    pub(super) has_double_year: bool,
    /// What separates it from the previous date.
    pub(super) separator: Separator,
    /// How the real date relates to it.
    pub(super) relation: Relation,
    /// Where its year comes from, if another date gave it.
    pub(super) year_from: Option<Neighbour>,
    /// The clause in which it begins.
    pub(super) clause: usize,
    /// The token with which it begins.
    pub(super) first_token: usize,
    /// The token with which it ends.
    pub(super) last_token: usize,
}

/// The dates of a text, which are few.
pub(super) type PartialDates = SmallVec<[PartialDate; 3]>;

impl PartialDate {
    /// Whether it is a number alone, which may be a day or count a century.
    pub(super) fn is_bare_number(&self) -> bool {
        self.day.is_some() && self.month.is_none() && self.years.is_none()
    }

    /// Whether nothing but a year is known.
    pub(super) fn is_bare_year(&self) -> bool {
        self.years.is_some() && self.month.is_none() && self.day.is_none() && self.feast.is_none()
    }

    /// Whether it is a century.
    pub(super) fn is_century(&self) -> bool {
        self.years.is_some_and(|years| years.precision == Precision::Century)
    }

    /// Whether it has its own year.
    pub(super) fn has_years(&self) -> bool {
        self.years.is_some() || self.converted.is_some()
    }
}
