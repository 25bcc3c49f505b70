//! Rows that sum up a table at its end: `Total` or `Summe: 3` in any column, and nothing else.

use csv::StringRecord;

use super::columns::Column;
use super::header::fill_count;
use super::title_headings::sole_cell;
use crate::formats::field_names::languages::is_total_word;

/// Whether a table may have such rows: its records have several cells.
pub(super) fn are_expected(columns: &[Column], sample: &[StringRecord]) -> bool {
    let rows = sample.iter().filter(|row| fill_count(row) > 0).count();
    let full = sample.iter().filter(|row| fill_count(row) > 1).count();
    // What fonds writes has a cell for each value, so its rows with one cell are records.
    columns.iter().all(|column| column.splits_names) && 2 * full >= rows
}

/// Whether a row has nothing but a total. `records` is the number of records above it.
pub(super) fn is_total(row: &StringRecord, records: usize) -> bool {
    sole_cell(row).is_some_and(|(_, text)| names_total(text, records))
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
    words.split_once(' ').is_some_and(|(first, _)| is_total_word(first)) && is_count()
}
