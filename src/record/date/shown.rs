//! How a span of days is written: as EDTF, short for a column, long for reading.

use super::day::iso_year;
use super::span::{DateSpan, Day, Precision, SEASONS};

/// The months as the long form of a date and results pages write them, January first.
pub const MONTHS: [&str; 12] = [
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

/// The seasons in the order of their EDTF numbers, from 21.
const SEASON_NAMES: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// How one form writes one end of a span.
type Unit = fn(&Piece) -> String;

/// One end of a span with all that writing it needs.
#[derive(Clone, Copy)]
struct Piece {
    /// The year it lies in; the one it began in for a winter.
    year: i64,
    /// 1 to 12, or the number of a part of a year from 21 on.
    month: u8,
    /// The day of the month.
    day: u8,
    /// How much of this is known.
    precision: Precision,
    /// Whether it is counted backwards from the birth of Christ.
    before_christ: bool,
}

impl DateSpan {
    /// The span in EDTF (Library of Congress, 4 February 2019). What was inferred has no sign
    /// there. Where text is expected, `1901-24` means the years 1901 to 1924: read it back with
    /// [`super::edtf::read`].
    pub fn edtf(&self) -> String {
        let flag = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        if let Some(unit) = self.unit() {
            return unit.edtf() + flag;
        }
        let end = |day: Day, piece: Piece| {
            if day.is_open() { "..".to_owned() } else { piece.edtf() + flag }
        };
        format!("{}/{}", end(self.earliest, self.first()), end(self.latest, self.last()))
    }

    /// Short, for a column: `1945-07-12`, `c. 1970s`, `1943–1945`, `1945?`, `[1994]`, `44 BC`.
    pub fn short(&self) -> String {
        let circa = if self.approximate { "c. " } else { "" };
        self.shown(circa, Piece::short, "–", "–")
    }

    /// Long, for reading: `July 12, 1945`, `circa 1970s`, `July 12, 1945 – August 1, 1946`.
    pub fn long(&self) -> String {
        let circa = if self.approximate { "circa " } else { "" };
        let years = self.start == Precision::Year && self.end == Precision::Year;
        self.shown(circa, Piece::long, if years { "–" } else { " – " }, " onward")
    }

    /// Both ends, or one where it is a single date, with the flags round them.
    fn shown(&self, circa: &str, write: Unit, dash: &str, onward: &str) -> String {
        let doubt = if self.uncertain { "?" } else { "" };
        let (open, close) = if self.inferred { ("[", "]") } else { ("", "") };
        let (before, text, behind) = match (self.unit(), self.is_open_start(), self.is_open_end()) {
            (Some(unit), ..) => ("", write(&unit), ""),
            (None, true, true) => ("", "any time".to_owned(), ""),
            (None, true, false) => ("until ", write(&self.last()), ""),
            (None, false, true) => ("", write(&self.first()), onward),
            (None, false, false) => {
                ("", format!("{}{dash}{}", write(&self.first()), write(&self.last())), "")
            }
        };
        format!("{open}{before}{circa}{text}{doubt}{behind}{close}")
    }

    /// Its beginning and its end as units of their own, each a whole day, month, year and so on
    /// without flags; the same one twice where it is a single date, nothing where it is open.
    pub fn ends(&self) -> (Option<DateSpan>, Option<DateSpan>) {
        if let Some(unit) = self.unit() {
            return (Some(unit.span()), Some(unit.span()));
        }
        let end = |day: Day, piece: Piece| (!day.is_open()).then(|| piece.span());
        (end(self.earliest, self.first()), end(self.latest, self.last()))
    }

    /// The span as one day, month, year and so on, where it is exactly one.
    fn unit(&self) -> Option<Piece> {
        if self.start != self.end || self.earliest.is_open() || self.latest.is_open() {
            return None;
        }
        let first = self.first();
        if self.start != Precision::Season {
            return first.fills(self).then_some(first);
        }
        let mut seasons = SEASONS.iter().map(|(code, ..)| Piece { month: *code, ..first });
        seasons.find(|season| season.fills(self))
    }

    /// The unit that the span begins with.
    fn first(&self) -> Piece {
        Piece::at(self.earliest, self.start, |unit| unit.earliest == self.earliest)
    }

    /// The unit that the span ends with.
    fn last(&self) -> Piece {
        Piece::at(self.latest, self.end, |unit| unit.latest == self.latest)
    }
}

impl Piece {
    /// The unit of this precision that the day lies in, where it `fits` the end of the span; else
    /// (a span that no text gave) the widest unit that fits, down to the day.
    fn at(day: Day, precision: Precision, fits: impl Fn(&DateSpan) -> bool) -> Piece {
        let (year, month, day) = day.to_ymd();
        let day = Piece { year, month, day, precision: Precision::Day, before_christ: year < 0 };
        let seasons = SEASONS
            .iter()
            .flat_map(|(code, ..)| [(year, *code), (year.saturating_sub(1), *code)])
            .map(|(year, month)| Piece { year, month, precision: Precision::Season, ..day })
            .filter(|_| precision == Precision::Season);
        let calendar = [precision, Precision::Year, Precision::Month]
            .into_iter()
            .filter(|precision| *precision != Precision::Season)
            .flat_map(|precision| [(precision, year < 0), (precision, year <= 0)])
            .map(|(precision, before_christ)| Piece { precision, before_christ, ..day });
        seasons.chain(calendar).find(|piece| fits(&piece.span())).unwrap_or(day)
    }

    /// Whether the unit is all of the span.
    fn fills(&self, span: &DateSpan) -> bool {
        let unit = self.span();
        unit.earliest == span.earliest && unit.latest == span.latest
    }

    /// The days of the unit.
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

    /// How many years the unit is long.
    fn length(&self) -> i64 {
        match self.precision {
            Precision::Millennium => 1000,
            Precision::Century => 100,
            Precision::Decade => 10,
            _ => 1,
        }
    }

    /// The first and the last year. Before Christ the digits are masked as they are written, so
    /// that `-004X` is -49 to -40 and `-00XX` ends with the year 0.
    fn years(&self) -> (i64, i64) {
        let rest = self.length() - 1;
        if self.before_christ {
            let nearest = self.year / self.length() * self.length();
            (nearest.saturating_sub(rest), nearest)
        } else {
            let first = self.year.div_euclid(self.length()) * self.length();
            (first, first.saturating_add(rest))
        }
    }

    /// The unit in EDTF, without flags. A year of more than four digits has no months there.
    fn edtf(&self) -> String {
        let year = edtf_year(self.year);
        match self.precision {
            _ if year.starts_with('Y') => year,
            Precision::Day => format!("{year}-{:02}-{:02}", self.month, self.day),
            Precision::Month | Precision::Season => format!("{year}-{:02}", self.month),
            Precision::Year => year,
            Precision::Decade | Precision::Century | Precision::Millennium => self.masked(),
        }
    }

    /// A year with as many digits masked as are not known: `194X`.
    fn masked(&self) -> String {
        let sign = if self.before_christ { "-" } else { "" };
        let known = (self.year / self.length()).unsigned_abs();
        let masked = self.length().ilog10() as usize;
        format!("{sign}{known:0width$}{:X>masked$}", "", width = 4 - masked.min(4))
    }

    /// The unit as a column shows it.
    fn short(&self) -> String {
        match self.precision {
            Precision::Day | Precision::Month => self.edtf(),
            Precision::Season if self.month <= 24 => self.season(),
            Precision::Season => self.part_of_year(),
            _ => self.shown_years("c."),
        }
    }

    /// The unit as one reads it.
    fn long(&self) -> String {
        let year = shown_year(self.year);
        let month = MONTHS.get(usize::from(self.month.saturating_sub(1))).unwrap_or(&"");
        match self.precision {
            Precision::Day => format!("{month} {}, {year}", self.day),
            Precision::Month => format!("{month} {year}"),
            Precision::Season if self.month <= 24 => self.season(),
            Precision::Season => self.part_of_year(),
            _ => self.shown_years("century"),
        }
    }

    /// A season of a year.
    fn season(&self) -> String {
        let name = SEASON_NAMES.get(usize::from(self.month.saturating_sub(21)));
        format!("{} {}", name.unwrap_or(&""), shown_year(self.year))
    }

    /// A quarter as such, any other part of a year by its months.
    fn part_of_year(&self) -> String {
        let year = shown_year(self.year);
        if (33..=36).contains(&self.month) {
            return format!("{year} Q{}", self.month - 32);
        }
        let span = self.span();
        let [from, to] = [span.earliest, span.latest].map(|day| usize::from(day.to_ymd().1) - 1);
        let name = |month: usize| MONTHS.get(month).and_then(|name| name.get(..3)).unwrap_or("");
        format!("{}–{} {year}", name(from), name(to))
    }

    /// A year or more years at once: `1900s` are ten years, a hundred are the `20th c.`
    fn shown_years(&self, century: &str) -> String {
        let (first, last) = self.years();
        match self.precision {
            Precision::Decade if !self.before_christ => format!("{first}s"),
            Precision::Century if self.before_christ => {
                format!("{} {century} BC", ordinal(last / -100 + 1))
            }
            Precision::Century => format!("{} {century}", ordinal(first / 100 + 1)),
            _ if first == last => shown_year(first),
            _ => format!("{}–{}", shown_year(first), shown_year(last)),
        }
    }
}

/// A year in EDTF: a `Y` before more than four digits.
fn edtf_year(year: i64) -> String {
    if year.unsigned_abs() > 9999 { format!("Y{year}") } else { iso_year(year) }
}

/// A year as people write it: `1945`, `AD 732`, `44 BC`.
fn shown_year(year: i64) -> String {
    match year {
        ..=0 => format!("{} BC", 1 - i128::from(year)),
        1..=999 => format!("AD {year}"),
        _ => year.to_string(),
    }
}

/// A number in a row: `1st`, `12th`, `19th`.
fn ordinal(number: i64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
