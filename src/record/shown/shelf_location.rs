//! Where a record lies, as one line: `Box 3, folder 12 · Series II · Keller papers · Town Archive`.

use std::borrow::Cow;
use std::collections::HashSet;

use super::ShownPart;
use crate::record::containers::names_container;
use crate::record::{Field, FieldRef, Record};

/// The fields of which one makes a line. A collection alone has a label of its own.
const SHELF_LOCATION_FIELDS: [Field; 7] = [
    Field::Box,
    Field::Folder,
    Field::Container,
    Field::ReferenceCode,
    Field::Series,
    Field::Repository,
    Field::ArchivePlace,
];

/// What separates the box from the series, the series from the collection, and so on.
const GROUP_SEPARATOR: &str = " · ";

/// The longest number of a series, in bytes, such as `XXVIII.a`.
const MAX_SERIES_NUMBER_BYTES: usize = 8;

/// Returns the line in parts; `None` if no field but the collection says where the record lies.
pub(super) fn parts(record: &Record) -> Option<Vec<ShownPart<'_>>> {
    SHELF_LOCATION_FIELDS.iter().find(|field| record.first(**field).is_some())?;
    let mut line = Line::default();
    record.containers().for_each(|(field, value)| line.add_container(field, value));
    record.all(Field::ReferenceCode).for_each(|code| line.add(Field::ReferenceCode, "", code));
    line.end_group();
    for series in record.all(Field::Series) {
        let word = if is_series_number(series) { "Series " } else { "" };
        line.add(Field::Series, word, series);
        line.end_group();
    }
    for collection in record.all(Field::Collection) {
        line.add(Field::Collection, "", collection);
        line.end_group();
    }
    let mut seen = HashSet::new();
    for name in record.all(Field::Repository) {
        if seen.insert(name) {
            line.add(Field::Repository, "", name);
        }
    }
    record.all(Field::ArchivePlace).for_each(|place| line.add(Field::ArchivePlace, "", place));
    Some(line.parts)
}

/// Whether a series is only a number or a letter: `II`, `3`, `B`.
fn is_series_number(series: &str) -> bool {
    let is_part =
        |letter: char| letter.is_ascii_digit() || letter.is_ascii_uppercase() || letter == '.';
    let is_roman_or_letter = |text: &str| {
        text.len() == 1 || text.chars().all(|letter| "IVXLCDM.0123456789".contains(letter))
    };
    series.len() <= MAX_SERIES_NUMBER_BYTES
        && series.chars().all(is_part)
        && is_roman_or_letter(series)
}

/// The line while it grows.
#[derive(Default)]
struct Line<'r> {
    parts: Vec<ShownPart<'r>>,
    /// Whether the next value begins a group.
    begins_group: bool,
}

impl<'r> Line<'r> {
    /// Adds a box or folder with the word for it, in lower case after another value.
    fn add_container(&mut self, field: Field, value: &'r str) {
        let word = match field {
            Field::Box => ["Box ", "box "],
            Field::Folder => ["Folder ", "folder "],
            _ => ["Container ", "container "],
        };
        let word = word[usize::from(!self.parts.is_empty())];
        let word = if names_container(field, value) { "" } else { word };
        self.add(field, word, value);
    }

    /// Adds a value with a word before it.
    fn add(&mut self, field: Field, word: &'static str, value: &'r str) {
        let separator = match self.parts.is_empty() {
            true => "",
            false if self.begins_group => GROUP_SEPARATOR,
            false => ", ",
        };
        self.begins_group = false;
        let before = [separator, word].concat();
        if !before.is_empty() {
            self.parts.push(ShownPart { text: Cow::Owned(before), field: None });
        }
        self.parts.push(ShownPart::new(FieldRef::Known(field), value));
    }

    /// Ends a group, unless it is empty.
    fn end_group(&mut self) {
        self.begins_group = !self.parts.is_empty();
    }
}
