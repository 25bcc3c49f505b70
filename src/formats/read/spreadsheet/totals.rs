//! Rows at the end of a table that are no records and have one cell: a total (`Summe: 3`), the end itself (`End of list`), or
//! when the table was written (`Exported on 3 May 2020`).

use csv::StringRecord;

use super::columns::Column;
use super::header::fill_count;
use super::headings::SUMS_UP;
use super::title_headings::sole_cell;
use crate::formats::field_names::languages::{begins_export_note, is_list_end, is_total_word};
use crate::record::{Date, Day, Precision};

/// Whether a table may have such rows: its records have several cells.
pub(super) fn are_expected(columns: &[Column], sample: &[StringRecord]) -> bool {
    let rows = sample.iter().filter(|row| fill_count(row) > 0).count();
    let full = sample.iter().filter(|row| fill_count(row) > 1).count();
    // What fonds writes has a cell for each value, so its rows with one cell are records.
    columns.iter().all(|column| column.splits_names) && 2 * full >= rows
}

/// Returns why a row at the end of a table is no record; `None` if it may be one. `records` is the number of records above it.
pub(super) fn reason_against_last(row: &StringRecord, records: usize) -> Option<String> {
    let (_, text) = sole_cell(row)?;
    if names_total(text, records) {
        return Some(SUMS_UP.to_owned());
    }
    (says_end(text) || tells_of_export(text))
        .then(|| format!("“{text}” ends the table and is no record"))
}

/// Whether a text says that a list ends, with signs round it or without.
fn says_end(text: &str) -> bool {
    is_list_end(text.trim_matches(|sign: char| !sign.is_alphanumeric()))
}

/// The first year in which programs exported lists.
const FIRST_EXPORT_YEAR: i64 = 1980;

/// The most words that begin a note about an export, and that are between these and the day.
const MAX_NOTE_WORDS: usize = 2;

/// The most words of a note about an export.
const MAX_NOTE_LENGTH: usize = 16;

/// Whether a text begins with a word for writing a list and has a day on which programs did.
fn tells_of_export(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ':', ',']).filter(|word| !word.is_empty()).collect();
    let starts =
        |count| words.get(..count).is_some_and(|first| begins_export_note(&first.join(" ")));
    if words.len() > MAX_NOTE_LENGTH || !(1..=MAX_NOTE_WORDS).any(starts) {
        return false;
    }
    let is_recent = |words: &[&str]| {
        let date = Date::parse(&words.join(" "));
        date.span().is_some_and(|span| {
            span.start_precision == Precision::Day
                && span.earliest >= Day::from_ymd(FIRST_EXPORT_YEAR, 1, 1)
        })
    };
    (1..=3).any(|count| words.windows(count).any(is_recent))
}

/// Whether a text is a word for a total, alone or with a number, or begins with one and ends with the number of records.
fn names_total(text: &str, records: usize) -> bool {
    let lower = text.to_lowercase();
    let is_of_number = |letter: char| letter.is_ascii_digit() || ".,:'= ".contains(letter);
    let words = lower.trim_end_matches(is_of_number);
    let (_, number) = lower.split_at(words.len());
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_count = || digits.parse() == Ok(records);
    if is_total_word(words) {
        return digits.is_empty() || number.contains([':', '=']) || is_count();
    }
    (words.split_once(' ').is_some_and(|(first, _)| is_total_word(first)) && is_count())
        || counts_things(&lower, records)
}

/// Whether a text is a word for a total before or behind a number of things: `total: 3 letters`, `3 letters in total`. Without
/// a colon the number must be that of the records.
fn counts_things(text: &str, records: usize) -> bool {
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut numbers = words.iter().filter_map(|word| word.parse::<usize>().ok());
    let (Some(number), None) = (numbers.next(), numbers.next()) else { return false };
    let begins = words.first().is_some_and(|word| is_total_word(word));
    let ends = words.last().is_some_and(|word| is_total_word(word));
    let has_colon = text.split_once([':', '=']).is_some_and(|(first, _)| is_total_word(first));
    words.len() <= MAX_COUNT_WORDS && (begins || ends) && (has_colon || number == records)
}

/// The most words of a row that counts what is above it.
const MAX_COUNT_WORDS: usize = 6;
