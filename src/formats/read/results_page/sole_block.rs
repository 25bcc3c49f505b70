//! A text that is one record: each of its lines has a label of its own.

use super::labels::{is_name_of_date, label_and_value};
use super::lines::Line;
use super::orders::{Entry, Order};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The fewest labels of such a text.
const MIN_LABELS: usize = 2;

/// Returns the order of a text that is one record, in which each line is a label with a value. One of them is a title, and one a
/// date or a name, and none repeats.
pub(super) fn find(lines: &[Line<'_>]) -> Option<Order> {
    let mut entry = Entry::default();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let text = line.text.trim();
        let (name, value) = label_and_value(text).or_else(|| own_label(text))?;
        if entry.fields.iter().any(|(known, _)| known == name) {
            return None;
        }
        if entry.fields.is_empty() {
            entry.line = line.number;
        }
        entry.fields.push((name.to_owned(), value.to_owned()));
    }
    let has = |fields: &[Field]| {
        let is_one =
            |target| matches!(target, FieldTarget::Field(field) if fields.contains(&field));
        let means = |name: &str| known_names(name).first().is_some_and(|it| is_one(it.target));
        entry.fields.iter().any(|(name, _)| means(name))
    };
    let has_date = entry.fields.iter().any(|(name, _)| is_name_of_date(name));
    let is_record = entry.fields.len() >= MIN_LABELS
        && has(&[Field::Title])
        && (has_date || has(&[Field::Creator, Field::Recipient, Field::People]));
    is_record.then(|| Order::Labels(vec![entry]))
}

/// The most words of a label that is no known name.
const MAX_OWN_WORDS: usize = 3;

/// Splits a line with any label: `Pages: 3`.
fn own_label(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(": ")?;
    let is_label =
        name.starts_with(char::is_alphabetic) && name.split_whitespace().count() <= MAX_OWN_WORDS;
    is_label.then(|| (name, value.trim()))
}
