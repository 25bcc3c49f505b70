//! What a date means: the span of days it may be, how precisely it is known, and how it is shown.

/// A day as a number: days since 1970-01-01 in the proleptic Gregorian calendar, saturating. The
/// two ends stand for an open beginning and an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// Before all days: the earliest day of a span that is open at its beginning.
    pub const OPEN_START: Day = Day(i64::MIN);
    /// After all days: the latest day of a span that is open at its end.
    pub const OPEN_END: Day = Day(i64::MAX);
}

/// How precisely one end of a span is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A season, quarter or other part of a year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years or more.
    Millennium,
}

/// The days that a date may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateSpan {
    /// The earliest day it may be.
    pub earliest: Day,
    /// The latest day it may be.
    pub latest: Day,
    /// How precisely the beginning is known.
    pub start: Precision,
    /// How precisely the end is known; the same as `start` for a single date.
    pub end: Precision,
    /// "circa": near this span (EDTF `~`).
    pub approximate: bool,
    /// "perhaps": the source doubts it (EDTF `?`).
    pub uncertain: bool,
    /// In brackets: supplied by the archivist, not by the document.
    pub inferred: bool,
}

/// What the text of a date was understood as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// There is no date, or the text says that there is none.
    #[default]
    Undated,
    /// The text could not be understood. It is shown as it is and sorted as undated.
    Unreadable,
    /// The days it may be.
    Span(DateSpan),
}

/// A date as it is written and as it is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The text as the file has it; empty where there is none.
    pub text: String,
    /// What it was understood as.
    pub reading: Reading,
}

impl Date {
    /// Reads any way an archive writes a date.
    pub fn read(text: &str) -> Date {
        Date { text: text.to_owned(), reading: super::date_text::read(text) }
    }

    /// The span, where there is one.
    pub fn span(&self) -> Option<DateSpan> {
        match self.reading {
            Reading::Span(span) => Some(span),
            Reading::Undated | Reading::Unreadable => None,
        }
    }

    /// Short, for a column: `1945-07-12`, `1945-07`, `c. 1970s`, `1943–1945`, `undated`, or the
    /// text itself where it could not be read.
    pub fn short(&self) -> String {
        self.text.clone()
    }

    /// Long, for reading: `July 12, 1945`.
    pub fn long(&self) -> String {
        self.text.clone()
    }
}
