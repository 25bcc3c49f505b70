//! Rows between the records of a table that are headings: one filled cell names the series of the rows below.

use csv::StringRecord;

use super::columns::Column;
use super::header::fill_count;
use super::title_headings;
use crate::formats::field_names::FieldTarget;
use crate::formats::field_names::languages::is_total_word;
use crate::record::{Date, Field, Problem, Record};

/// Tables with fewer columns have no headings: a row with one cell may be a record.
const MIN_COLUMNS: usize = 3;

/// The number of headings that a warning names.
const MAX_NAMED: usize = 3;

/// The shortest word that makes a cell a heading and no code, in letters.
const MIN_WORD_LETTERS: usize = 4;

/// How the word for a series begins, in lower case.
const SERIES_STEMS: [&str; 12] = [
    "series",
    "serie",
    "série",
    "seria",
    "subseries",
    "reeks",
    "reihe",
    "abteilung",
    "teil ",
    "part ",
    "section",
    "gruppe",
];

/// Why a row is no record, although it has several cells; `None` if it may be one.
pub(super) fn reason_against(columns: &[Column], row: &StringRecord) -> Option<&'static str> {
    let filled = || row.iter().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty());
    let is_name = |(at, cell): (usize, &str)| {
        columns.get(at).is_some_and(|column| column.name.eq_ignore_ascii_case(cell))
    };
    let repeats = |count: usize| count >= MIN_REPEATED_NAMES && filled().all(is_name);
    if repeats(filled().count()) {
        return Some("this row repeats the names of the columns and is no record");
    }
    let is_rule = |(_, cell): (usize, &str)| {
        cell.len() > 2 && cell.trim_matches(':').bytes().all(|byte| byte == b'-')
    };
    if filled().next().is_some() && filled().all(is_rule) {
        return Some("this row draws a line and is no record");
    }
    let mut cells = filled().map(|(_, cell)| cell);
    let first = cells.next()?.trim_end_matches([':', ' ']).to_lowercase();
    let is_number = |cell: &str| {
        cell.bytes().any(|byte| byte.is_ascii_digit())
            && cell.chars().all(|sign| sign.is_ascii_digit() || "., %'€$£".contains(sign))
    };
    let has_digit = first.contains(|letter: char| letter.is_ascii_digit());
    let sums_up = !has_digit && is_total_word(&first) && cells.clone().count() > 0;
    (sums_up && cells.all(is_number)).then_some(SUMS_UP)
}

/// Why a total is no record.
pub(super) const SUMS_UP: &str = "this row sums up the rows above it and is no record";

/// The fewest names of columns in a row that repeats them.
const MIN_REPEATED_NAMES: usize = 2;

/// The headings of a table while its rows are read.
#[derive(Debug, Default)]
pub(super) struct HeadingRows {
    /// Whether rows with one cell are headings.
    are_expected: bool,
    /// The column of titles, if titles that stand alone are headings.
    title_column: Option<usize>,
    /// The headings that the next rows stand under, the outer one first.
    levels: Vec<String>,
    /// Whether the last row was a heading.
    follows_heading: bool,
    /// The number of headings so far, the first ones, and the line of the first.
    count: usize,
    first: Vec<String>,
    first_line: usize,
    /// The line of the last heading.
    last_line: usize,
}

impl HeadingRows {
    /// Decides from some rows whether the table has headings: its records have at least three cells.
    pub(super) fn new(columns: &[Column], sample: &[StringRecord]) -> HeadingRows {
        let mut counts: Vec<usize> = sample.iter().map(fill_count).filter(|it| *it > 1).collect();
        counts.sort_unstable();
        let typical = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let rows = sample.iter().filter(|row| fill_count(row) > 0).count();
        // What fonds writes has a cell for each value, so its rows with one cell are records.
        let is_of_fonds = columns.iter().any(|column| !column.splits_names);
        let are_expected = columns.len() >= MIN_COLUMNS
            && typical >= MIN_COLUMNS
            && 3 * counts.len() >= rows
            && !is_of_fonds;
        let title_column =
            are_expected.then(|| title_headings::column_of_headings(columns, sample));
        HeadingRows { are_expected, title_column: title_column.flatten(), ..HeadingRows::default() }
    }

    /// Sets the headings above the whole table.
    pub(super) fn stand_under(&mut self, headings: &[&str]) {
        self.levels = headings.iter().map(|&heading| heading.to_owned()).collect();
    }

    /// Takes a row if it is a heading.
    pub(super) fn take(&mut self, line: usize, columns: &[Column], row: &StringRecord) -> bool {
        if !self.are_expected || !is_heading(columns, row) {
            return false;
        }
        self.push(line, row.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or(""));
        true
    }

    /// Whether a row is a heading if a row with more cells follows: it has a title alone.
    pub(super) fn may_be_title(&self, row: &StringRecord) -> bool {
        let sole = title_headings::sole_cell(row);
        self.title_column.is_some()
            && sole.is_some_and(|(at, text)| {
                Some(at) == self.title_column && title_headings::could_head(text)
            })
    }

    /// Takes titles that stand alone for records from here on.
    pub(super) fn keep_titles(&mut self) {
        self.title_column = None;
    }

    /// Adds a heading.
    pub(super) fn push(&mut self, line: usize, text: &str) {
        if !self.follows_heading {
            self.levels.clear();
        }
        self.levels.push(text.to_owned());
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
        self.last_line = line;
        self.follows_heading = true;
        if self.first.len() < MAX_NAMED {
            self.first.push(format!("“{text}”"));
        }
    }

    /// Adds the headings above a record as its series. Beside a series of its own they are own fields.
    pub(super) fn apply_to(&mut self, record: &mut Record) {
        self.follows_heading = false;
        let has_series = record.first(Field::Series).is_some();
        for heading in &self.levels {
            if has_series {
                record.own.push(("heading".into(), heading.clone()));
            } else {
                record.push(Field::Series, heading);
            }
        }
    }

    /// Returns warnings about the headings, at the end of the table.
    pub(super) fn problems(&self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let last_ones = if self.follows_heading { self.levels.len() } else { 0 };
        if self.count > last_ones {
            let count = self.count - last_ones;
            let more = if count > self.first.len() { " …" } else { "" };
            let named = self.first.get(..count).unwrap_or(&self.first).join(", ");
            let what = match count {
                1 => "1 row with one cell is no record but a heading".to_owned(),
                count => format!("{count} rows with one cell are no records but headings"),
            };
            let message = format!("{what}: {named}{more} became the series of the rows below");
            problems.push(Problem::warning(file, Some(self.first_line), message));
        }
        if self.follows_heading {
            let last = self.levels.join("”, “");
            let message =
                format!("“{last}” stands below all records and heads none: it was left out");
            problems.push(Problem::warning(file, Some(self.last_line), message));
        }
        problems
    }
}

/// Whether a row has one filled cell only, with words that no record would consist of.
fn is_heading(columns: &[Column], row: &StringRecord) -> bool {
    use FieldTarget::{Begin, End, Year};
    let mut filled = row.iter().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty());
    let (Some((at, text)), None) = (filled.next(), filled.next()) else { return false };
    let longest = text.split(|letter: char| !letter.is_alphabetic()).map(|it| it.chars().count());
    let has_word = longest.max().is_some_and(|letters| letters >= MIN_WORD_LETTERS);
    let is_of_date = || {
        let target = columns.get(at).and_then(|column| column.target);
        target.is_some_and(|it| [Begin, FieldTarget::Date, End, Year].contains(&it))
    };
    let may_be_date = || is_of_date() || text.split_whitespace().count() <= MAX_DATE_WORDS;
    if !has_word || text.contains('\n') || (may_be_date() && Date::parse(text).span().is_some()) {
        return false;
    }
    match columns.get(at).and_then(|column| column.target) {
        // A title alone may be a record that nothing else is known of.
        Some(FieldTarget::Field(Field::Title)) => looks_like_heading(text),
        Some(FieldTarget::Field(Field::Summary | Field::Url | Field::People)) => false,
        _ => at == 0 || looks_like_heading(text),
    }
}

/// The most words of a date that stands alone in a column for other things.
const MAX_DATE_WORDS: usize = 3;

/// Whether a text has the form of a heading: a number before it, the word for a series, or capitals alone.
fn looks_like_heading(text: &str) -> bool {
    let lower = text.to_lowercase();
    let (first, rest) = text.split_once(['.', ')', ':', ' ']).unwrap_or((text, ""));
    let is_number = !first.is_empty()
        && first.chars().count() <= 5
        && first.chars().all(|it| it.is_ascii_digit() || "IVXLC".contains(it) || it == '.');
    let is_letter = first.len() == 1
        && first.chars().all(|it| it.is_ascii_uppercase())
        && text.get(1..2).is_some_and(|it| [".", ")", ":"].contains(&it));
    let has_lower = text.chars().any(char::is_lowercase);
    SERIES_STEMS.iter().any(|stem| lower.starts_with(stem))
        || ((is_number || is_letter) && !rest.trim().is_empty())
        || !has_lower
}
