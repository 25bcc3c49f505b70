//! Headings that stand in the column of titles: `Letters` above the rows of letters.

use std::collections::HashSet;

use csv::StringRecord;

use super::columns::Column;
use super::header::fill_count;
use super::{MAX_SAMPLE_ROWS, totals, trim_cell};
use crate::formats::field_names::FieldTarget;
use crate::formats::field_names::languages::is_kind_of_documents;
use crate::record::{Date, Field};

/// The most words of a heading in the column of titles.
const MAX_WORDS: usize = 8;

/// The shortest word that makes a title a heading and no code, in letters.
const MIN_WORD_LETTERS: usize = 4;

/// Words that join such words, in lower case.
const JOINING_WORDS: [&str; 6] = ["and", "und", "et", "e", "y", "en"];

/// Returns the only filled cell of a row, with the index of its column.
pub(super) fn sole_cell(row: &StringRecord) -> Option<(usize, &str)> {
    let mut filled = row.iter().map(trim_cell).enumerate().filter(|(_, cell)| !cell.is_empty());
    filled.next().filter(|_| filled.next().is_none())
}

/// Whether a title may be a heading: it has few words, and is no date.
pub(super) fn could_head(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    let has_word = words.map(|word| word.chars().count()).max() >= Some(MIN_WORD_LETTERS);
    has_word
        && !text.contains('\n')
        && text.split_whitespace().count() <= MAX_WORDS
        && Date::parse(text).span().is_none()
}

/// Returns the column of titles, if the titles that stand alone in some rows are headings and no records that nothing else
/// is known of.
///
/// They are if all other rows have a code or two other values, no two of them follow each other, and the table begins with
/// one or all are words for many documents.
pub(super) fn column_of_headings(columns: &[Column], sample: &[StringRecord]) -> Option<usize> {
    let is_title = |it: &Column| it.target == Some(FieldTarget::Field(Field::Title));
    let title = columns.iter().position(is_title)?;
    let mut rows: Vec<&StringRecord> = sample.iter().filter(|row| fill_count(row) > 0).collect();
    while rows.pop_if(|row| totals::reason_against_last(row, sample.len()).is_some()).is_some() {}
    let is_alone = |row: &StringRecord| sole_cell(row).is_some_and(|(at, _)| at == title);
    let alone: Vec<usize> = (0..rows.len()).filter(|at| is_alone(rows[*at])).collect();
    let full: Vec<&StringRecord> = rows.iter().copied().filter(|row| !is_alone(row)).collect();
    let title_of = |row: &StringRecord| row.get(title).map_or("", trim_cell).to_lowercase();
    let headings: Vec<String> = alone.iter().map(|at| title_of(rows[*at])).collect();
    let mut titles: HashSet<String> = full.iter().map(|row| title_of(row)).collect();
    let is_whole = sample.len() < MAX_SAMPLE_ROWS;
    let is_last = is_whole && alone.last().is_some_and(|at| at + 1 == rows.len());
    let follow = alone.windows(2).any(|pair| pair[0] + 1 == pair[1]);
    let may_be = !is_last
        && !follow
        && 5 * alone.len() <= 2 * rows.len()
        && headings.iter().all(|text| could_head(text) && titles.insert(text.clone()))
        && have_values(columns, title, &full);
    let begin = alone.first() == Some(&0) && alone.len() > 1;
    let are_kinds = 3 * alone.len() <= rows.len() && headings.iter().all(|text| is_kind(text));
    (may_be && !alone.is_empty() && (begin || are_kinds)).then_some(title)
}

/// Whether nearly all rows have a code, or values of two columns beside the title.
fn have_values(columns: &[Column], title: usize, rows: &[&StringRecord]) -> bool {
    let filled = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(trim_cell);
        cells.filter(|cell| !cell.is_empty()).count()
    };
    let are_filled = |at: &usize| *at != title && 10 * filled(*at) >= 9 * rows.len();
    let mut keys = (0..columns.len()).filter(are_filled);
    let is_code = |at: usize| {
        columns[at].target == Some(FieldTarget::Field(Field::ReferenceCode))
            && filled(at) == rows.len()
    };
    keys.next().is_some_and(|first| is_code(first) || keys.next().is_some())
}

/// Whether a text, in lower case, names kinds of documents and nothing else: `letters and postcards`.
fn is_kind(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|it| !it.is_empty());
    let mut words = words.filter(|word| !JOINING_WORDS.contains(word)).peekable();
    words.peek().is_some() && words.all(is_kind_of_documents)
}
