//! Formatting dates for a narrow column, losing as little as possible.

use super::day::Day;
use super::format::{MONTH_NAMES, ordinal};
use super::span::{Date, DateSpan, ParsedDate, Precision};
use crate::text::clean::clean;
use crate::text::width::{display_width, truncate};

/// The width of a date in a list, in terminal columns.
pub const DATE_COLUMN_WIDTH: usize = 12;

/// The sign after a date that was not understood, or not with certainty.
///
/// It is the key that lists such dates on the screen. A `?` would mean that the archive is uncertain.
pub const DOUBTFUL_SIGN: &str = "!";

/// How the flags of a date are written around it, from the most to the least complete.
#[derive(Clone, Copy)]
enum FlagForm {
    /// `[c. 1945?]`
    Full,
    /// `[c1945?]`
    Compact,
    /// `c1945?`
    WithoutBrackets,
    /// `1945`
    None,
}

impl Date {
    /// Formats the date for a column of [`DATE_COLUMN_WIDTH`] columns: as [`Date::short`] does if
    /// that fits, else a shorter or less precise form of it. A doubtful date ends with
    /// [`DOUBTFUL_SIGN`].
    ///
    /// A text that could not be parsed is cut. Control characters are removed.
    ///
    /// ```
    /// use fonds::record::Date;
    ///
    /// let column = |text: &str| Date::parse(text).column();
    /// assert_eq!(column("12 July 1945"), "1945-07-12");
    /// assert_eq!(column("circa July 12, 1945"), "c1945-07-12");
    /// assert_eq!(column("July 12, 1945 - August 1, 1945"), "Jul–Aug 1945");
    /// assert_eq!(column("19th-20th century"), "19th–20th c.");
    /// assert_eq!(column("a letter to his brother"), "a letter t…!");
    /// ```
    pub fn column(&self) -> String {
        let sign = if self.parsed.is_doubtful() { DOUBTFUL_SIGN } else { "" };
        let width = DATE_COLUMN_WIDTH - sign.len();
        let text = match &self.parsed {
            ParsedDate::Span(span) => span.fitting(width),
            ParsedDate::Undated => "undated".to_owned(),
            ParsedDate::Unreadable => {
                let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                truncate(&clean(&text), width).into_owned()
            }
        };
        format!("{text}{sign}")
    }
}

impl DateSpan {
    /// Returns the first form of the span that fits into `width` columns.
    ///
    /// A form with less of the date is used only if the flags cannot be shortened enough.
    fn fitting(&self, width: usize) -> String {
        let short = self.short();
        if display_width(&short) <= width {
            return short;
        }
        let bodies = self.column_bodies();
        let most_flags = [FlagForm::Full, FlagForm::Compact, FlagForm::WithoutBrackets];
        let with_flags = bodies
            .iter()
            .flat_map(|body| most_flags.iter().map(move |form| self.with_flags(body, *form)));
        let without = bodies.iter().map(|body| self.with_flags(body, FlagForm::None));
        let fits = |text: &String| display_width(text) <= width;
        with_flags.chain(without).find(fits).unwrap_or_else(|| truncate(&short, width).into_owned())
    }

    /// Writes the flags of the span around a text.
    fn with_flags(&self, text: &str, form: FlagForm) -> String {
        let (mut open, mut circa, mut question_mark, mut close) = ("", "", "", "");
        let (until, text) = text.strip_prefix('–').map_or(("", text), |text| ("–", text));
        if self.inferred && matches!(form, FlagForm::Full | FlagForm::Compact) {
            (open, close) = ("[", "]");
        }
        if self.approximate {
            circa = match form {
                FlagForm::Full => "c. ",
                FlagForm::Compact | FlagForm::WithoutBrackets if is_number(text) => "c",
                FlagForm::Compact | FlagForm::WithoutBrackets => "c.",
                FlagForm::None => "",
            };
        }
        if self.uncertain && !matches!(form, FlagForm::None) {
            question_mark = "?";
        }
        format!("{open}{until}{circa}{text}{question_mark}{close}")
    }

    /// Returns the forms of the days without flags, from the most to the least complete.
    fn column_bodies(&self) -> Vec<String> {
        let plain = |unit: DateSpan| unit.short();
        let (first, last) = self.first_and_last_unit();
        match (first, last) {
            (Some(first), Some(last)) if first == last => {
                let mut forms = vec![plain(first)];
                forms.extend(years_form(self.earliest, self.latest));
                forms
            }
            (Some(first), Some(last)) => self.range_bodies(&first, &last),
            (Some(first), None) => {
                let year = DateSpan::year(first.earliest.to_ymd().0).short();
                vec![format!("{}–", plain(first)), format!("{year}–")]
            }
            (None, Some(last)) => {
                let year = DateSpan::year(last.latest.to_ymd().0).short();
                vec![format!("–{}", plain(last)), format!("–{year}")]
            }
            (None, None) => vec!["any time".to_owned()],
        }
    }

    /// Returns the forms of a range from one unit to another.
    fn range_bodies(&self, first: &DateSpan, last: &DateSpan) -> Vec<String> {
        let mut forms = Vec::new();
        let (start, end) = (self.earliest.to_ymd(), self.latest.to_ymd());
        let is_in_days = |unit: &DateSpan| unit.start_precision < Precision::Year;
        let is_whole_years = (start.1, start.2, end.1, end.2) == (1, 1, 12, 31);
        // Machine forms write whole centuries and years as days.
        if is_in_days(first) && is_whole_years {
            forms.extend(centuries_form(start.0, end.0));
            forms.extend(years_form(self.earliest, self.latest));
        }
        forms.push(format!("{}–{}", first.short(), last.short()));
        if first.start_precision == Precision::Century
            && last.start_precision == first.start_precision
        {
            forms.extend(shortened_centuries(first, last));
        }
        if is_in_days(first) && is_in_days(last) && start.0 > 0 {
            let [from, to] = [start.1, end.1].map(month_letters);
            match () {
                () if (start.0, start.1) == (end.0, end.1) => {
                    forms.push(format!("{}–{} {from} {:04}", start.2, end.2, start.0));
                    forms.push(format!("{}–{}{from}{:04}", start.2, end.2, start.0));
                    forms.push(format!("{}–…", first.short()));
                    forms.push(format!("{from} {}", start.0));
                }
                () if start.0 == end.0 => {
                    forms.push(format!("{from}–{to} {}", start.0));
                    forms.push(format!("{from} {}–…", start.0));
                }
                () => forms.push(format!("{:04}-{:02}–{}", start.0, start.1, end.0)),
            }
        }
        forms.extend(years_form(self.earliest, self.latest));
        forms
    }
}

/// Whether a text begins with a digit.
fn is_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Returns whole centuries as `19th–20th c.`, if the years are whole centuries, counted from 1.
fn centuries_form(first: i64, last: i64) -> Option<String> {
    let is_whole = first > 0 && first % 100 == 1 && last % 100 == 0;
    let (first, last) = (first / 100 + 1, last / 100);
    match () {
        () if !is_whole => None,
        () if first == last => Some(format!("{} c.", ordinal(first))),
        () => Some(format!("{}–{} c.", ordinal(first), ordinal(last))),
    }
}

/// Returns two centuries with their common words once: `19th–20th c.`, `19–20th c.`
fn shortened_centuries(first: &DateSpan, last: &DateSpan) -> Vec<String> {
    let (first, last) = (first.short(), last.short());
    let (Some((first, first_era)), Some((_, last_era))) =
        (first.split_once(' '), last.split_once(' '))
    else {
        return Vec::new();
    };
    if first_era != last_era {
        return Vec::new();
    }
    let number = first.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    vec![format!("{first}–{last}"), format!("{number}–{last}")]
}

/// Returns the years of two days, `1943–1945`, then with the common digits of the second left out,
/// `1943–45`, then the first year alone, `1943–…`.
fn years_form(earliest: Day, latest: Day) -> Vec<String> {
    let [first, last] = [earliest, latest].map(|day| day.to_ymd().0);
    let year = |year: i64| DateSpan::year(year).short();
    if first == last {
        return vec![year(first)];
    }
    let mut forms = vec![format!("{}–{}", year(first), year(last))];
    let common = |text: String, word: &str| text.replace(word, "").trim().to_owned();
    if first <= 0 && last <= 0 {
        forms.push(format!("{}–{}", common(year(first), "BC"), year(last)));
    } else if (1..1000).contains(&first) && (1..1000).contains(&last) {
        forms.push(format!("{}–{}", year(first), common(year(last), "AD")));
    } else if first >= 1000 && first / 100 == last / 100 {
        forms.push(format!("{first}–{:02}", last % 100));
    }
    forms.push(format!("{}–…", year(first)));
    forms
}

/// Returns the first three letters of a month, counted from 1.
fn month_letters(month: u8) -> &'static str {
    let name = MONTH_NAMES.get(usize::from(month.saturating_sub(1)));
    name.and_then(|name| name.get(..3)).unwrap_or("")
}
