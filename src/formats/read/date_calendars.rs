//! Calendars and eras that a file names in a field of their own, such as `@calendar` of EAD.

use crate::record::date::{calendar, text};
use crate::record::{DateSpan, Day, Doubt, ParsedDate, Precision};

/// A calendar that a file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// The Gregorian calendar, which needs no conversion.
    Gregorian,
    /// The Julian calendar.
    Julian,
    /// A calendar whose dates are read in texts that name it.
    Named(&'static str),
    /// Any other.
    Other,
}

/// The beginnings of the names of calendars, and the words that say of a text that it is of one.
const NAMED_CALENDARS: [(&str, &str); 8] = [
    ("islam", "AH"),
    ("hijri", "AH"),
    ("muslim", "AH"),
    ("hebr", "anno mundi"),
    ("jewish", "anno mundi"),
    ("ethiop", "Ethiopian"),
    ("copt", "Coptic"),
    ("republican", "an"),
];

impl Calendar {
    /// Returns the calendar of a name: `julian`, `Julian calendar`. No name is the Gregorian.
    pub(super) fn from_name(name: &str) -> Calendar {
        let name = name.trim().to_lowercase();
        if name.is_empty() || name.contains("gregorian") || name == "iso8601" {
            Calendar::Gregorian
        } else if name.contains("julian") || name == "old style" {
            Calendar::Julian
        } else if let Some((_, words)) =
            NAMED_CALENDARS.iter().find(|(stem, _)| name.contains(stem))
        {
            Calendar::Named(words)
        } else {
            Calendar::Other
        }
    }
}

/// Returns the text of a date with its calendar, unless it is the usual one or named there.
pub(super) fn with_calendar(text: String, calendar: &str) -> String {
    let is_named = || {
        let lower = text.to_lowercase();
        ["julian", "old style", "o.s.", "(os)"].iter().any(|name| lower.contains(name))
    };
    match Calendar::from_name(calendar) {
        Calendar::Julian if !is_named() => format!("{text} (Julian)"),
        _ => parse_in_calendar(&text, calendar).map_or(text, |named| named.text),
    }
}

/// A date of a calendar that its text names.
pub(super) struct NamedDate {
    /// The text, with the words that name the calendar.
    pub(super) text: String,
    /// Its days in the Gregorian calendar.
    pub(super) span: DateSpan,
}

/// Parses a text of a calendar that is named apart, if the texts of that calendar are read: a year, two
/// years, or a date with the name of its month.
pub(super) fn parse_in_calendar(text: &str, calendar: &str) -> Option<NamedDate> {
    let text = text.trim();
    let words = match Calendar::from_name(calendar) {
        Calendar::Named(words) => words,
        // The text may name it: “Daoguang 30”.
        Calendar::Other => return with_words(text, ""),
        Calendar::Gregorian | Calendar::Julian => return None,
    };
    if let Some((first, last)) = text.split_once(['-', '–', '/']) {
        let is_year = |year: &str| year.trim().bytes().all(|byte| byte.is_ascii_digit());
        if !is_year(first) || !is_year(last) {
            return None;
        }
        let (first, last) = (with_words(first, words)?, with_words(last, words)?);
        let text = format!("{} – {}", first.text, last.text);
        return Some(NamedDate { text, span: first.span.through(last.span) });
    }
    with_words(text, words)
}

/// Parses a date as it is written, or with the words that name its calendar.
fn with_words(text: &str, words: &str) -> Option<NamedDate> {
    let text = text.trim();
    let numbers: Vec<i64> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    // A text that keeps its numbers as Gregorian years was not read in its calendar.
    let is_converted = |span: &DateSpan| {
        let years = [span.earliest, span.latest].map(|day| day.to_ymd().0);
        !span.doubtful && !years.iter().any(|year| numbers.contains(year))
    };
    [text.to_owned(), format!("{text} {words}"), format!("{words} {text}")].into_iter().find_map(
        |text| {
            let span = text::parse(&text).span().filter(is_converted)?;
            Some(NamedDate { text, span })
        },
    )
}

/// Converts days that were counted in the Julian calendar. Whole years stay as they are, since the
/// year of a document is counted alike in both.
pub(super) fn julian_to_gregorian(span: DateSpan) -> DateSpan {
    let is_short = |precision: Precision| precision <= Precision::Month;
    let mut converted = span;
    if is_short(span.start_precision) && !span.earliest.is_open() {
        converted.earliest = from_julian(span.earliest);
        converted.start_precision = Precision::Day;
    }
    if is_short(span.end_precision) && !span.latest.is_open() {
        converted.latest = last_from_julian(span.latest, span.end_precision);
        converted.end_precision = Precision::Day;
    }
    converted
}

/// Returns the day whose date in the Julian calendar is the one that `day` has in the Gregorian.
fn from_julian(day: Day) -> Day {
    let (year, month, number) = day.to_ymd();
    let days = calendar::days(calendar::Calendar::Julian, year, Some(month), Some(number));
    days.map_or(day, |(found, _)| found)
}

/// Returns the day that a span of the Julian calendar ends with. A month may have a leap day there.
fn last_from_julian(day: Day, precision: Precision) -> Day {
    let (year, month, _) = day.to_ymd();
    let days = calendar::days(calendar::Calendar::Julian, year, Some(month), None);
    match days {
        Some((_, last)) if precision == Precision::Month => last,
        _ => from_julian(day),
    }
}

/// Whether the name of an era counts years backwards: `bce`, `BC`.
pub(super) fn is_before_christ(era: &str) -> bool {
    let letters = era.chars().filter(char::is_ascii_alphabetic);
    let letters: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    ["bc", "bce", "avjc", "vchr"].contains(&letters.as_str())
}

/// Parses a text that may leave out that its years are before Christ.
pub(super) fn parse_before_christ(text: &str) -> (ParsedDate, Vec<Doubt>) {
    let as_written = text::parse_with_doubts(text);
    let is_said = as_written.0.span().is_some_and(|span| span.earliest < Day::from_ymd(1, 1, 1));
    if is_said || text.is_empty() {
        as_written
    } else {
        text::parse_with_doubts(&format!("{text} BC"))
    }
}

/// Returns the span with its years counted backwards: the year 44 becomes 44 BC.
pub(super) fn counted_before_christ(span: DateSpan) -> DateSpan {
    let ((first, ..), (last, ..)) = (span.earliest.to_ymd(), span.latest.to_ymd());
    if first < 1 || span.earliest.is_open() || span.latest.is_open() {
        return span;
    }
    let mirrored = |day: Day| {
        let (year, month, day) = day.to_ymd();
        Day::from_ymd(1 - year, month, day)
    };
    if first == last {
        return DateSpan {
            earliest: mirrored(span.earliest),
            latest: mirrored(span.latest),
            ..span
        };
    }
    DateSpan {
        earliest: Day::from_ymd(1 - last, 1, 1),
        latest: Day::from_ymd(1 - first, 12, 31),
        ..span
    }
}
