//! The meaning of a date: the span of days that it may be, its precision, and operations on spans.

use super::comparison;

pub use super::day::Day;

/// How precisely one end of a span is known, finest first.
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

/// The span of days that a date may be, with its precision and qualifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are independent of each other")]
pub struct DateSpan {
    /// The earliest day that it may be.
    pub earliest: Day,
    /// The latest day that it may be.
    pub latest: Day,
    /// How precisely the start is known.
    pub start_precision: Precision,
    /// How precisely the end is known. It equals `start_precision` for a single date.
    pub end_precision: Precision,
    /// "circa": the date is near this span (EDTF `~`).
    pub approximate: bool,
    /// "perhaps": the source doubts the date (EDTF `?`).
    pub uncertain: bool,
    /// The date is in brackets: the archivist supplied it, not the document.
    pub inferred: bool,
    /// The text says something that was not understood, or not with certainty: see
    /// [`Doubt`](super::Doubt).
    pub doubtful: bool,
}

/// The sub-year groupings of EDTF (level 2), which it numbers like months: the number, the first
/// month, and the count of months.
///
/// If two mean the same months, the first of them is used for writing.
pub(super) const SUBYEAR_GROUPINGS: [(u8, u8, u8); 21] = [
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

/// The numbers of EDTF for the seasons of the southern hemisphere.
pub(super) const SOUTHERN_SEASONS: std::ops::RangeInclusive<u8> = 29..=32;

impl DateSpan {
    /// Returns the span between two days, both included, with the same precision at both ends. The
    /// days may be in any order.
    pub fn new(one: Day, other: Day, precision: Precision) -> DateSpan {
        DateSpan {
            earliest: one.min(other),
            latest: one.max(other),
            start_precision: precision,
            end_precision: precision,
            approximate: false,
            uncertain: false,
            inferred: false,
            doubtful: false,
        }
    }

    /// Returns the span of one day. Years are counted as in ISO 8601: the year 0 is 1 BC.
    pub fn day(year: i64, month: u8, day: u8) -> DateSpan {
        let day = Day::from_ymd(year, month, day);
        DateSpan::new(day, day, Precision::Day)
    }

    /// Returns the span of one month.
    pub fn month(year: i64, month: u8) -> DateSpan {
        let (first, last) = (Day::from_ymd(year, month, 1), Day::from_ymd(year, month, 31));
        DateSpan::new(first, last, Precision::Month)
    }

    /// Returns the span of a season, quarter or other part of a year, by its EDTF number, 21 to 41.
    ///
    /// A winter begins in December and ends in the next year. The seasons of the southern hemisphere are
    /// ranges of months, because their names would say other months. An unknown number gives the
    /// whole year.
    pub fn season(year: i64, code: u8) -> DateSpan {
        let Some((_, first, months)) =
            SUBYEAR_GROUPINGS.iter().find(|(number, ..)| *number == code)
        else {
            return DateSpan::year(year);
        };
        let last = first + months - 1;
        let end_year = year.saturating_add(i64::from(last > 12));
        let end_month = if last > 12 { last - 12 } else { last };
        let end = Day::from_ymd(end_year, end_month, 31);
        let is_southern = SOUTHERN_SEASONS.contains(&code);
        let precision = if is_southern { Precision::Month } else { Precision::Season };
        DateSpan::new(Day::from_ymd(year, *first, 1), end, precision)
    }

    /// Returns the span of one year.
    pub fn year(year: i64) -> DateSpan {
        DateSpan::years(year, year, Precision::Year)
    }

    /// Returns the span of the ten years from `first` on.
    pub fn decade(first: i64) -> DateSpan {
        DateSpan::years(first, first.saturating_add(9), Precision::Decade)
    }

    /// Returns the span of the hundred years from `first` on: 1800 for the 19th century, as in EDTF
    /// (`18XX`).
    pub fn century(first: i64) -> DateSpan {
        DateSpan::years(first, first.saturating_add(99), Precision::Century)
    }

    /// Returns the span of whole years from `first` to `last`.
    pub fn years(first: i64, last: i64, precision: Precision) -> DateSpan {
        DateSpan::new(Day::from_ymd(first, 1, 1), Day::from_ymd(last, 12, 31), precision)
    }

    /// Returns the span that covers both spans, from the earliest day to the latest.
    ///
    /// Each end keeps its precision. The flags of both spans apply.
    #[must_use]
    pub fn union(self, other: DateSpan) -> DateSpan {
        let first = if other.earliest < self.earliest { other } else { self };
        let last = if other.latest > self.latest { other } else { self };
        DateSpan {
            earliest: first.earliest,
            latest: last.latest,
            start_precision: first.start_precision,
            end_precision: last.end_precision,
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
            inferred: self.inferred || other.inferred,
            doubtful: self.doubtful || other.doubtful,
        }
    }

    /// Returns the span from the start of this span through the end of the other.
    ///
    /// The flags of both spans apply. If the other span is wholly before this one, they are
    /// swapped.
    #[must_use]
    pub fn through(self, other: DateSpan) -> DateSpan {
        if other.latest < self.earliest {
            return self.union(other);
        }
        let (earliest, start) = (self.earliest, self.start_precision);
        DateSpan {
            earliest,
            start_precision: start,
            latest: other.latest,
            end_precision: other.end_precision,
            ..self.union(other)
        }
    }

    /// Returns the span from its earliest day on, with an open end.
    #[must_use]
    pub fn without_end(self) -> DateSpan {
        DateSpan { latest: Day::OPEN_END, end_precision: self.start_precision, ..self }
    }

    /// Returns the span until its latest day, with an open start.
    #[must_use]
    pub fn without_start(self) -> DateSpan {
        DateSpan { earliest: Day::OPEN_START, start_precision: self.end_precision, ..self }
    }

    /// Returns the span of all days before its earliest day.
    #[must_use]
    pub fn all_before(self) -> DateSpan {
        DateSpan { latest: self.earliest.previous(), end_precision: self.start_precision, ..self }
            .without_start()
    }

    /// Returns the span of all days after its latest day.
    #[must_use]
    pub fn all_after(self) -> DateSpan {
        DateSpan { earliest: self.latest.next(), start_precision: self.end_precision, ..self }
            .without_end()
    }

    /// Whether the start is open.
    pub fn has_open_start(&self) -> bool {
        self.earliest == Day::OPEN_START
    }

    /// Whether the end is open.
    pub fn has_open_end(&self) -> bool {
        self.latest == Day::OPEN_END
    }

    /// Whether both spans have a day in common.
    pub fn overlaps(&self, other: &DateSpan) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether both spans are equal but for doubts, which are about a text and not about days.
    pub fn says_the_same(&self, other: &DateSpan) -> bool {
        *self == DateSpan { doubtful: self.doubtful, ..*other }
    }

    /// Whether this span is wholly inside the other.
    pub fn is_within(&self, other: &DateSpan) -> bool {
        other.earliest <= self.earliest && self.latest <= other.latest
    }
}

/// What the text of a date was parsed as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ParsedDate {
    /// No date: the text is missing, or says `undated`.
    #[default]
    Undated,
    /// The text could not be parsed. It is shown as it is and sorted as undated.
    Unreadable,
    /// The days that the date may be.
    Span(DateSpan),
}

impl ParsedDate {
    /// Returns the span, if there is one.
    pub fn span(self) -> Option<DateSpan> {
        match self {
            ParsedDate::Span(span) => Some(span),
            ParsedDate::Undated | ParsedDate::Unreadable => None,
        }
    }

    /// Whether the text was not understood, or not with certainty.
    pub fn is_doubtful(self) -> bool {
        match self {
            ParsedDate::Undated => false,
            ParsedDate::Unreadable => true,
            ParsedDate::Span(span) => span.doubtful,
        }
    }
}

/// A date, as written and as parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The text in the file; empty if there is none.
    pub text: String,
    /// What the text was parsed as.
    pub parsed: ParsedDate,
}

impl Date {
    /// Parses a date as archives write it: see [`super::text::parse`]. It never fails.
    pub fn parse(text: &str) -> Date {
        Date { text: text.to_owned(), parsed: super::reversed::parse(text) }
    }

    /// Creates a date from a text to show and a span that the file gives separately.
    pub fn with_span(text: &str, span: DateSpan) -> Date {
        Date { text: text.to_owned(), parsed: ParsedDate::Span(span) }
    }

    /// Creates a date from a text to show and EDTF; `None` if the EDTF is invalid.
    ///
    /// EDTF has no sign for a date that the archivist supplied, so that flag comes from the text. The
    /// date is doubtful if the text says other days.
    pub fn with_edtf(text: &str, edtf: &str) -> Option<Date> {
        let span = super::edtf::parse(edtf.trim())?;
        if text.trim().is_empty() && super::edtf::is_set(edtf.trim()) {
            // A span cannot say whether one date of a set is meant or all of them.
            return Some(Date::with_span(edtf.trim(), span));
        }
        let is_edtf = is_same_field(text, &span);
        let (written, doubts) = super::text::parse_with_doubts(text);
        let has_brackets = written.span().is_some_and(|written| written.inferred);
        let is_set = is_edtf && super::edtf::is_set(text.trim());
        let inferred = span.inferred || (has_brackets && !is_set);
        let settled = comparison::settle(text, written, comparison::is_understood(&doubts), span);
        let doubtful = settled.span.doubtful && !is_edtf;
        Some(Date::with_span(text, DateSpan { inferred, doubtful, ..span }))
    }

    /// Returns the span as EDTF, if parsing the text alone would give something else.
    pub fn edtf_unless_implied(&self) -> Option<String> {
        let span = self.span()?;
        let implied = super::text::parse(&self.text).span();
        // A doubtful text says less than a date without doubt.
        let is_implied =
            implied.is_some_and(|it| it.says_the_same(&span) && (!it.doubtful || span.doubtful));
        (!is_implied).then(|| span.to_edtf())
    }

    /// Returns the span, if there is one.
    pub fn span(&self) -> Option<DateSpan> {
        self.parsed.span()
    }

    /// Formats the date for a column: `1945-07-12`, `1945-07`, `c. 1970s`, `1943–1945`, `undated`.
    ///
    /// A text that could not be parsed is returned as it is.
    pub fn short(&self) -> String {
        self.format_with(DateSpan::short)
    }

    /// Formats the date for running text: `July 12, 1945`.
    pub fn long(&self) -> String {
        self.format_with(DateSpan::long)
    }

    /// Returns the text as written if it says more than [`long`](Date::long), or something else.
    ///
    /// Order, letter case and punctuation do not matter, nor does the difference between `circa` and
    /// its abbreviations. A list of dates says more than the range that it was read as.
    ///
    /// ```
    /// use fonds::record::Date;
    ///
    /// let more = |text: &str| Date::parse(text).text_if_more().is_some();
    /// assert!(!more("12 July 1945") && !more("1945-07-12") && !more("ca. 1945"));
    /// assert!(more("12 Jul 1945, in the evening") && more("1943, 1945"));
    /// ```
    pub fn text_if_more(&self) -> Option<&str> {
        let text = self.text.trim();
        let forms =
            [self.long(), self.short(), self.span().map_or(String::new(), |it| it.to_edtf())];
        let words = sorted_words(text);
        let list_signs = |text: &str| text.matches([',', ';', '&', '+']).count();
        let is_range = self.span().is_some_and(|span| {
            let (first, last) = span.first_and_last_unit();
            first != last
        });
        let says_the_same = |form: &String| {
            sorted_words(form) == words && (!is_range || list_signs(form) == list_signs(text))
        };
        (!text.is_empty() && !forms.iter().any(says_the_same)).then_some(text)
    }

    /// Formats the span with `form`, or returns the substitute for a missing span.
    fn format_with(&self, form: impl Fn(&DateSpan) -> String) -> String {
        match &self.parsed {
            ParsedDate::Span(span) => form(span),
            ParsedDate::Undated => "undated".to_owned(),
            ParsedDate::Unreadable => self.text.trim().to_owned(),
        }
    }
}

/// Whether the text is EDTF that means the span.
fn is_same_field(text: &str, span: &DateSpan) -> bool {
    let parsed = super::edtf::parse_field(text).and_then(|(parsed, _)| parsed.span());
    parsed.is_some_and(|it| it.says_the_same(span))
}

/// Returns the words, numbers and signs of doubt of a date, sorted.
fn sorted_words(text: &str) -> Vec<String> {
    let is_sign = |letter: char| "[]?~%".contains(letter);
    let mut words: Vec<String> = Vec::new();
    let mut continues = false;
    for letter in text.chars() {
        match words.last_mut() {
            Some(word) if continues && letter.is_alphanumeric() => {
                word.extend(letter.to_lowercase());
            }
            _ if letter.is_alphanumeric() => words.push(letter.to_lowercase().collect()),
            _ if is_sign(letter) => words.push(letter.to_string()),
            _ => {}
        }
        continues = letter.is_alphanumeric();
    }
    for word in &mut words {
        if matches!(word.as_str(), "c" | "ca" | "cca" | "circa") {
            "circa".clone_into(word);
        }
    }
    words.sort_unstable();
    words
}
