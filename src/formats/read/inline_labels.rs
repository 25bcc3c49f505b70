//! Lines in which several labels stand beside their values with only blanks between them:
//! `Author: Keller, Anna Date: 1945 Shelfmark: A 1`.

use super::html::names_other_field;
use super::whole_dates::{is_undated, is_whole_date};
use crate::formats::field_names::{FieldTarget, is_known, known_names};
use crate::record::Field;

/// The most words of a label.
const MAX_LABEL_WORDS: usize = 3;

/// Signs between a value and the label behind it.
const SEPARATORS: [char; 5] = [',', ';', '|', '·', '•'];

/// Returns the offsets at which the labels of a line begin, the first of them at its start; none if the line has no other
/// label. A date has the value of one, and so has a reference; other labels alone may be parts of a title.
pub(super) fn label_starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let is_parted =
            text.get(colon + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        let Some(start) = Some(colon).filter(|_| is_parted).and_then(|it| label_start(text, it))
        else {
            continue;
        };
        let is_first = starts.is_empty();
        if is_first != text.get(..start).is_some_and(|before| before.trim().is_empty()) {
            return Vec::new();
        }
        starts.push(start);
    }
    if starts.len() > 1 && are_fields(text, &starts) { starts } else { Vec::new() }
}

/// Returns the parts of a line that begin with labels; the whole line if it has no more than one.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let starts = label_starts(text);
    if starts.is_empty() {
        return vec![text];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end));
    let mut parts: Vec<&str> = parts.map(without_separator).collect();
    if let Some(last) = parts.last_mut() {
        *last = without_full_stop(last);
    }
    parts
}

/// Returns a text without the full stop behind a number at its end, which ends the line: `Call number: MS 41/7.`
pub(super) fn without_full_stop(text: &str) -> &str {
    let bare = text.trim_end().strip_suffix('.');
    bare.filter(|bare| bare.ends_with(|letter: char| letter.is_ascii_digit())).unwrap_or(text)
}

/// Returns a value without the sign between it and the label behind it. A slash or a dash has a blank before it:
/// `https://a.example/` ends with one.
pub(super) fn without_separator(value: &str) -> &str {
    let value = value.trim();
    let parted =
        value.strip_suffix(['/', '-', '–', '—']).filter(|it| it.ends_with(char::is_whitespace));
    parted.unwrap_or_else(|| value.trim_end_matches(SEPARATORS)).trim_end()
}

/// Returns the offset of the known label before a colon, with as few words as possible: `Date` of `Keller, Anna Date`.
fn label_start(text: &str, colon: usize) -> Option<usize> {
    let before = text.get(..colon)?;
    let starts = before.rmatch_indices(char::is_whitespace).map(|(at, sign)| at + sign.len());
    starts.chain([0]).take(MAX_LABEL_WORDS).find(|start| {
        let label = before.get(*start..).unwrap_or("");
        label.starts_with(char::is_uppercase)
            && label.chars().count() > 1
            && (is_known(label) || names_other_field(label))
    })
}

/// Whether each label has a value, and the values show that the labels are some.
fn are_fields(text: &str, starts: &[usize]) -> bool {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pairs: Vec<(&str, &str)> = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| text.get(*start..end)?.split_once(':'))
        .map(|(label, value)| (label, without_separator(value).trim_end_matches('.')))
        .collect();
    let target = |label: &str| known_names(label).first().map(|known| known.target);
    let is_date = |value: &str| is_whole_date(value) || is_undated(value);
    let fits = |(label, value): &(&str, &str)| match target(label) {
        Some(FieldTarget::Date) => is_date(value),
        _ => !value.is_empty(),
    };
    let is_sure = |(label, value): &(&str, &str)| match target(label) {
        Some(FieldTarget::Date) => is_date(value),
        Some(FieldTarget::Field(Field::ReferenceCode)) => {
            value.contains(|letter: char| letter.is_ascii_digit())
        }
        _ => false,
    };
    pairs.iter().all(fits) && (pairs.len() > 2 || pairs.iter().any(is_sure))
}
