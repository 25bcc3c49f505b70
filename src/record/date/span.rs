//! What a date means: the span of days it may be, how precisely it is known, how spans compare.

pub use super::day::Day;

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

/// The parts of a year that EDTF numbers like months (level 2, sub-year groupings): the number,
/// the first month, how many months. Where two mean the same months, the first is written.
pub(super) const SEASONS: [(u8, u8, u8); 21] = [
    (21, 3, 3),
    (22, 6, 3),
    (23, 9, 3),
    (24, 12, 3),
    (33, 1, 3),
    (34, 4, 3),
    (35, 7, 3),
    (36, 10, 3),
    (37, 1, 4),
    (38, 5, 4),
    (39, 9, 4),
    (40, 1, 6),
    (41, 7, 6),
    (25, 3, 3),
    (26, 6, 3),
    (27, 9, 3),
    (28, 12, 3),
    (29, 9, 3),
    (30, 12, 3),
    (31, 3, 3),
    (32, 6, 3),
];

impl DateSpan {
    /// All days from one to another, both included, known to the same precision. The days may
    /// come in any order.
    pub fn new(one: Day, other: Day, precision: Precision) -> DateSpan {
        DateSpan {
            earliest: one.min(other),
            latest: one.max(other),
            start: precision,
            end: precision,
            approximate: false,
            uncertain: false,
            inferred: false,
        }
    }

    /// One day. Years are counted as in ISO 8601: the year 0 is 1 BC.
    pub fn day(year: i64, month: u8, day: u8) -> DateSpan {
        let day = Day::from_ymd(year, month, day);
        DateSpan::new(day, day, Precision::Day)
    }

    /// One month.
    pub fn month(year: i64, month: u8) -> DateSpan {
        let (first, last) = (Day::from_ymd(year, month, 1), Day::from_ymd(year, month, 31));
        DateSpan::new(first, last, Precision::Month)
    }

    /// A season, quarter or other part of a year by its number in EDTF, 21 to 41. A winter begins
    /// in December and ends in the year after. A number that is none gives the whole year.
    pub fn season(year: i64, code: u8) -> DateSpan {
        let Some((_, first, months)) = SEASONS.iter().find(|(number, ..)| *number == code) else {
            return DateSpan::year(year);
        };
        let last = first + months - 1;
        let end_year = year.saturating_add(i64::from(last > 12));
        let end_month = if last > 12 { last - 12 } else { last };
        let end = Day::from_ymd(end_year, end_month, 31);
        DateSpan::new(Day::from_ymd(year, *first, 1), end, Precision::Season)
    }

    /// One year.
    pub fn year(year: i64) -> DateSpan {
        DateSpan::years(year, year, Precision::Year)
    }

    /// The ten years that begin with this one.
    pub fn decade(first: i64) -> DateSpan {
        DateSpan::years(first, first.saturating_add(9), Precision::Decade)
    }

    /// The hundred years that begin with this one: 1800 for the 19th century, as EDTF has it (`18XX`).
    pub fn century(first: i64) -> DateSpan {
        DateSpan::years(first, first.saturating_add(99), Precision::Century)
    }

    /// Whole years from the first to the last.
    pub fn years(first: i64, last: i64, precision: Precision) -> DateSpan {
        DateSpan::new(Day::from_ymd(first, 1, 1), Day::from_ymd(last, 12, 31), precision)
    }

    /// From the earliest day of the two to the latest, each end as precise as where it comes from,
    /// with the flags of both.
    #[must_use]
    pub fn with(self, other: DateSpan) -> DateSpan {
        let first = if other.earliest < self.earliest { other } else { self };
        let last = if other.latest > self.latest { other } else { self };
        DateSpan {
            earliest: first.earliest,
            latest: last.latest,
            start: first.start,
            end: last.end,
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
            inferred: self.inferred || other.inferred,
        }
    }

    /// From where this one begins to where the other one ends, with the flags of both; where the
    /// other one lies wholly before this one, the two are taken the other way round.
    #[must_use]
    pub fn to(self, other: DateSpan) -> DateSpan {
        if other.latest < self.earliest {
            return self.with(other);
        }
        let (earliest, start) = (self.earliest, self.start);
        DateSpan { earliest, start, latest: other.latest, end: other.end, ..self.with(other) }
    }

    /// From its earliest day on, without an end.
    #[must_use]
    pub fn onward(self) -> DateSpan {
        DateSpan { latest: Day::OPEN_END, end: self.start, ..self }
    }

    /// Until its latest day, without a beginning.
    #[must_use]
    pub fn until(self) -> DateSpan {
        DateSpan { earliest: Day::OPEN_START, start: self.end, ..self }
    }

    /// All that lies before its earliest day.
    #[must_use]
    pub fn before(self) -> DateSpan {
        DateSpan { latest: self.earliest.before(), end: self.start, ..self }.until()
    }

    /// All that lies after its latest day.
    #[must_use]
    pub fn after(self) -> DateSpan {
        DateSpan { earliest: self.latest.after(), start: self.end, ..self }.onward()
    }

    /// Whether its beginning is open.
    pub fn is_open_start(&self) -> bool {
        self.earliest == Day::OPEN_START
    }

    /// Whether its end is open.
    pub fn is_open_end(&self) -> bool {
        self.latest == Day::OPEN_END
    }

    /// Whether the two have a day in common.
    pub fn overlaps(&self, other: &DateSpan) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether it lies wholly inside the other.
    pub fn within(&self, other: &DateSpan) -> bool {
        other.earliest <= self.earliest && self.latest <= other.latest
    }
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

impl Reading {
    /// The span, where there is one.
    pub fn span(self) -> Option<DateSpan> {
        match self {
            Reading::Span(span) => Some(span),
            Reading::Undated | Reading::Unreadable => None,
        }
    }
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
        Date { text: text.to_owned(), reading: super::text::read(text) }
    }

    /// A date whose file has the days in another place than the text that is shown.
    pub fn with_span(text: &str, span: DateSpan) -> Date {
        Date { text: text.to_owned(), reading: Reading::Span(span) }
    }

    /// A date whose days stand beside the text, as EDTF; nothing where that cannot be read. Whether the
    /// date was supplied by the archivist, which EDTF has no sign for, the text tells.
    pub fn with_edtf(text: &str, edtf: &str) -> Option<Date> {
        let inferred = super::text::read(text).span().is_some_and(|span| span.inferred);
        let span = super::edtf::read(edtf.trim())?;
        Some(Date::with_span(text, DateSpan { inferred: span.inferred || inferred, ..span }))
    }

    /// The days as EDTF, where the text alone would be read otherwise.
    pub fn edtf_beside(&self) -> Option<String> {
        let span = self.span()?;
        (super::text::read(&self.text) != self.reading).then(|| span.edtf())
    }

    /// The span, where there is one.
    pub fn span(&self) -> Option<DateSpan> {
        self.reading.span()
    }

    /// Short, for a column: `1945-07-12`, `1945-07`, `c. 1970s`, `1943–1945`, `undated`, or the
    /// text itself where it could not be read.
    pub fn short(&self) -> String {
        self.shown(DateSpan::short)
    }

    /// Long, for reading: `July 12, 1945`.
    pub fn long(&self) -> String {
        self.shown(DateSpan::long)
    }

    /// The span in one of its forms, or what stands in its place.
    fn shown(&self, form: impl Fn(&DateSpan) -> String) -> String {
        match &self.reading {
            Reading::Span(span) => form(span),
            Reading::Undated => "undated".to_owned(),
            Reading::Unreadable => self.text.trim().to_owned(),
        }
    }
}
