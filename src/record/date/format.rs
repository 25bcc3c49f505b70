//! Formatting spans of days: as EDTF, short for a column, long for running text.

use super::day::iso_year;
use super::span::{DateSpan, Day, Precision, SUBYEAR_GROUPINGS};

/// The English names of the months, January first.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The seasons, in the order of their EDTF numbers from 21.
const SEASON_NAMES: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// A function that formats one end of a span.
type UnitFormat = fn(&CalendarUnit) -> String;

/// One unit of the calendar: a day, month, part of a year, year, or several years.
///
/// A span is one unit, or begins with one and ends with another.
#[derive(Clone, Copy)]
struct CalendarUnit {
    /// The year of the unit. A winter belongs to the year in which it began.
    year: i64,
    /// 1 to 12, or the EDTF number of a part of a year, from 21 on.
    month: u8,
    /// The day of the month.
    day: u8,
    /// The size of the unit. It decides which of the fields above matter.
    precision: Precision,
    /// Whether its years count backwards from the birth of Christ.
    before_christ: bool,
}

impl DateSpan {
    /// Formats the span as EDTF (Library of Congress, 4 February 2019).
    ///
    /// EDTF has no sign for an inferred date. Parse the result with [`super::edtf::parse`], because
    /// [`super::text::parse`] takes `1901-24` as the years 1901 to 1924.
    pub fn to_edtf(&self) -> String {
        let flag = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        if let Some(unit) = self.single_unit() {
            return unit.to_edtf() + flag;
        }
        let end = |day: Day, unit: CalendarUnit| {
            if day.is_open() { "..".to_owned() } else { unit.to_edtf() + flag }
        };
        format!("{}/{}", end(self.earliest, self.first_unit()), end(self.latest, self.last_unit()))
    }

    /// Formats the span for a column: `1945-07-12`, `c. 1970s`, `1943–1945`, `1945?`,
    /// `[1994]`, `44 BC`.
    pub fn short(&self) -> String {
        let circa = if self.approximate { "c. " } else { "" };
        self.format_ends(circa, CalendarUnit::short, "–", "–")
    }

    /// Formats the span for running text: `July 12, 1945`, `circa 1970s`,
    /// `July 12, 1945 – August 1, 1946`.
    pub fn long(&self) -> String {
        let circa = if self.approximate { "circa " } else { "" };
        let is_in_years =
            self.start_precision == Precision::Year && self.end_precision == Precision::Year;
        self.format_ends(
            circa,
            CalendarUnit::long,
            if is_in_years { "–" } else { " – " },
            " onward",
        )
    }

    /// Formats both ends, or the single unit, with the signs for the flags around them.
    fn format_ends(&self, circa: &str, write: UnitFormat, dash: &str, onward: &str) -> String {
        let question_mark = if self.uncertain { "?" } else { "" };
        let (open, close) = if self.inferred { ("[", "]") } else { ("", "") };
        let (prefix, text, suffix) =
            match (self.single_unit(), self.has_open_start(), self.has_open_end()) {
                (Some(unit), ..) => ("", write(&unit), ""),
                (None, true, true) => ("", "any time".to_owned(), ""),
                (None, true, false) => ("until ", write(&self.last_unit()), ""),
                (None, false, true) => ("", write(&self.first_unit()), onward),
                (None, false, false) => (
                    "",
                    format!("{}{dash}{}", write(&self.first_unit()), write(&self.last_unit())),
                    "",
                ),
            };
        format!("{open}{prefix}{circa}{text}{question_mark}{suffix}{close}")
    }

    /// Returns the first and the last unit of the span, each a whole day, month, year and so on.
    ///
    /// The units have no flags. A single date gives the same unit twice. An open end gives `None`.
    pub fn first_and_last_unit(&self) -> (Option<DateSpan>, Option<DateSpan>) {
        if let Some(unit) = self.single_unit() {
            return (Some(unit.span()), Some(unit.span()));
        }
        let end = |day: Day, unit: CalendarUnit| (!day.is_open()).then(|| unit.span());
        (end(self.earliest, self.first_unit()), end(self.latest, self.last_unit()))
    }

    /// Returns the span as one day, month, year and so on, if it is exactly one.
    fn single_unit(&self) -> Option<CalendarUnit> {
        if self.start_precision != self.end_precision
            || self.earliest.is_open()
            || self.latest.is_open()
        {
            return None;
        }
        let first = self.first_unit();
        if self.start_precision != Precision::Season {
            return first.covers(self).then_some(first);
        }
        let mut seasons =
            SUBYEAR_GROUPINGS.iter().map(|(code, ..)| CalendarUnit { month: *code, ..first });
        seasons.find(|season| season.covers(self))
    }

    /// Returns the unit that the span begins with.
    fn first_unit(&self) -> CalendarUnit {
        CalendarUnit::containing(self.earliest, self.start_precision, |unit| {
            unit.earliest == self.earliest
        })
    }

    /// Returns the unit that the span ends with.
    fn last_unit(&self) -> CalendarUnit {
        CalendarUnit::containing(self.latest, self.end_precision, |unit| unit.latest == self.latest)
    }
}

impl CalendarUnit {
    /// Returns the unit of this precision that contains the day, if it `fits` the end of the span.
    ///
    /// Otherwise returns the widest unit that fits, down to the day. Only spans that were not
    /// parsed from text need this.
    fn containing(
        day: Day,
        precision: Precision,
        fits: impl Fn(&DateSpan) -> bool,
    ) -> CalendarUnit {
        let (year, month, day) = day.to_ymd();
        let day =
            CalendarUnit { year, month, day, precision: Precision::Day, before_christ: year < 0 };
        let seasons = SUBYEAR_GROUPINGS
            .iter()
            .flat_map(|(code, ..)| [(year, *code), (year.saturating_sub(1), *code)])
            .map(|(year, month)| CalendarUnit { year, month, precision: Precision::Season, ..day })
            .filter(|_| precision == Precision::Season);
        let calendar = [precision, Precision::Year, Precision::Month]
            .into_iter()
            .filter(|precision| *precision != Precision::Season)
            .flat_map(|precision| [(precision, year < 0), (precision, year <= 0)])
            .map(|(precision, before_christ)| CalendarUnit { precision, before_christ, ..day });
        seasons.chain(calendar).find(|unit| fits(&unit.span())).unwrap_or(day)
    }

    /// Whether the unit covers exactly the days of the span.
    fn covers(&self, span: &DateSpan) -> bool {
        let unit = self.span();
        unit.earliest == span.earliest && unit.latest == span.latest
    }

    /// Returns the days of the unit as a span.
    fn span(&self) -> DateSpan {
        match self.precision {
            Precision::Day => DateSpan::day(self.year, self.month, self.day),
            Precision::Month => DateSpan::month(self.year, self.month),
            Precision::Season => DateSpan::season(self.year, self.month),
            Precision::Year => DateSpan::year(self.year),
            Precision::Decade | Precision::Century | Precision::Millennium => {
                let (first, last) = self.years();
                DateSpan::years(first, last, self.precision)
            }
        }
    }

    /// Returns the length of the unit in years; 1 for shorter units.
    fn length_in_years(&self) -> i64 {
        match self.precision {
            Precision::Millennium => 1000,
            Precision::Century => 100,
            Precision::Decade => 10,
            _ => 1,
        }
    }

    /// Returns the first and the last year of the unit.
    ///
    /// Before Christ, masked digits count away from zero: `-004X` is -49 to -40, and `-00XX` ends
    /// with the year 0.
    fn years(&self) -> (i64, i64) {
        let others = self.length_in_years() - 1;
        if self.before_christ {
            let nearest = self.year / self.length_in_years() * self.length_in_years();
            (nearest.saturating_sub(others), nearest)
        } else {
            let first = self.year.div_euclid(self.length_in_years()) * self.length_in_years();
            (first, first.saturating_add(others))
        }
    }

    /// Formats the unit as EDTF, without flags. In EDTF a year of more than four digits has no
    /// months.
    fn to_edtf(self) -> String {
        let year = edtf_year(self.year);
        match self.precision {
            _ if year.starts_with('Y') => year,
            Precision::Day => format!("{year}-{:02}-{:02}", self.month, self.day),
            Precision::Month | Precision::Season => format!("{year}-{:02}", self.month),
            Precision::Year => year,
            Precision::Decade | Precision::Century | Precision::Millennium => self.masked_year(),
        }
    }

    /// Formats a decade, century or millennium as a year with masked digits: `194X`.
    fn masked_year(&self) -> String {
        let sign = if self.before_christ { "-" } else { "" };
        let known = (self.year / self.length_in_years()).unsigned_abs();
        let masked = self.length_in_years().ilog10() as usize;
        format!("{sign}{known:0width$}{:X>masked$}", "", width = 4 - masked.min(4))
    }

    /// Formats the unit for a column.
    fn short(&self) -> String {
        match self.precision {
            Precision::Day if self.year <= 0 => {
                format!("{} {} {}", self.day, self.month_letters(), display_year(self.year))
            }
            Precision::Month if self.year <= 0 => {
                format!("{} {}", self.month_letters(), display_year(self.year))
            }
            Precision::Day | Precision::Month => self.to_edtf(),
            Precision::Season if self.month <= 24 => self.season(),
            Precision::Season => self.part_of_year(),
            _ => self.display_years("c."),
        }
    }

    /// Returns the first three letters of the month.
    fn month_letters(&self) -> &'static str {
        let name = MONTH_NAMES.get(usize::from(self.month.saturating_sub(1)));
        name.and_then(|name| name.get(..3)).unwrap_or("")
    }

    /// Formats the unit for running text.
    fn long(&self) -> String {
        let year = display_year(self.year);
        let month = MONTH_NAMES.get(usize::from(self.month.saturating_sub(1))).unwrap_or(&"");
        match self.precision {
            Precision::Day => format!("{month} {}, {year}", self.day),
            Precision::Month => format!("{month} {year}"),
            Precision::Season if self.month <= 24 => self.season(),
            Precision::Season => self.part_of_year(),
            _ => self.display_years("century"),
        }
    }

    /// Formats a season: `summer 1945`.
    fn season(&self) -> String {
        let name = SEASON_NAMES.get(usize::from(self.month.saturating_sub(21)));
        format!("{} {}", name.unwrap_or(&""), display_year(self.year))
    }

    /// Formats a quarter as `1945 Q3`, and any other part of a year by its months.
    fn part_of_year(&self) -> String {
        let year = display_year(self.year);
        if (33..=36).contains(&self.month) {
            return format!("{year} Q{}", self.month - 32);
        }
        let span = self.span();
        let [from, to] = [span.earliest, span.latest].map(|day| usize::from(day.to_ymd().1) - 1);
        let name =
            |month: usize| MONTH_NAMES.get(month).and_then(|name| name.get(..3)).unwrap_or("");
        format!("{}–{} {year}", name(from), name(to))
    }

    /// Formats one or more years: `1900s` means ten years, and a hundred years are the `20th c.`
    fn display_years(&self, century: &str) -> String {
        let (first, last) = self.years();
        match self.precision {
            Precision::Decade if !self.before_christ => format!("{first}s"),
            Precision::Century if self.before_christ => {
                format!("{} {century} BC", ordinal(last / -100 + 1))
            }
            Precision::Century => format!("{} {century}", ordinal(first / 100 + 1)),
            _ if first == last => display_year(first),
            _ => format!("{}–{}", display_year(first), display_year(last)),
        }
    }
}

/// Formats a year as EDTF, with a `Y` before more than four digits.
fn edtf_year(year: i64) -> String {
    if year.unsigned_abs() > 9999 { format!("Y{year}") } else { iso_year(year) }
}

/// Formats a year as people write it: `1945`, `AD 732`, `44 BC`.
fn display_year(year: i64) -> String {
    match year {
        ..=0 => format!("{} BC", 1 - i128::from(year)),
        1..=999 => format!("AD {year}"),
        _ => year.to_string(),
    }
}

/// Formats an ordinal number: `1st`, `12th`, `19th`.
pub(super) fn ordinal(number: i64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
