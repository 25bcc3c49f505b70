//! What a record is: its fields, its identity, the archive it stands in, what went wrong reading it.
//!
//! A record is a list of named values, as finding aids and catalogues really are: every field may
//! repeat, any may be missing, and a field this program has no place for keeps its own name.

mod archive;
pub mod date;
mod field;
pub mod field_set;
pub mod identity;
mod problem;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

pub use archive::{Archive, Origin};
pub use date::{Date, DateSpan, Day, MONTHS, Precision, Reading};
pub use field::{Field, Slot};
pub use identity::{RecordId, RecordKey};
pub use problem::{Problem, Severity};

/// How many letters of a summary stand for a title that is missing.
const HEADING_LETTERS: usize = 80;

/// One document of an archive, as its file describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its place in its archive's listing, counted from 1 (`201` of 552), where the file says so.
    pub position: Option<u64>,
    /// Its date, as written and as understood.
    pub date: Date,
    /// The values of the known fields, in the order of the file; a field may repeat.
    pub values: Vec<(Field, String)>,
    /// Every other field of its file, under its own name, in the order of the file. Nested names
    /// are joined by dots (`container.box`).
    pub own: Vec<(String, String)>,
}

impl Record {
    /// Adds a value. White space around it is not part of it, and an empty value is none.
    pub fn push(&mut self, field: Field, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.values.push((field, value.to_owned()));
        }
    }

    /// The first value of a field.
    pub fn first(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    /// All values of a field, in the order of the file.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(of, _)| *of == field).map(|(_, value)| value.as_str())
    }

    /// The title, or nothing where the file has none.
    pub fn title(&self) -> Option<&str> {
        self.first(Field::Title)
    }

    /// What the list shows for the record, and whether it is its title. Without a title it is the
    /// beginning of the summary, then of whatever else there is.
    pub fn heading(&self) -> (&str, bool) {
        if let Some(title) = self.title() {
            return (title, true);
        }
        let other =
            self.first(Field::Summary).or_else(|| self.values.first().map(|(_, v)| v.as_str()));
        (other.or_else(|| self.own.first().map(|(_, v)| v.as_str())).unwrap_or(""), false)
    }

    /// The heading as it stands among others: without a title it is marked by `‹` and cut to its
    /// first words; `untitled` where there is nothing to show.
    pub fn marked_heading(&self) -> Cow<'_, str> {
        match self.heading() {
            (title, true) => Cow::Borrowed(title),
            ("", false) => Cow::Borrowed("untitled"),
            (other, false) => Cow::Owned(format!("‹{}", first_words(other))),
        }
    }

    /// Takes in another description of the same document: the values that this one does not have,
    /// and the lower position.
    pub fn add(&mut self, other: Record) {
        let positions = [self.position, other.position];
        self.position = positions.into_iter().flatten().min();
        add_missing(&mut self.values, other.values);
        add_missing(&mut self.own, other.own);
    }
}

/// The words that a text begins with, with `…` where it goes on.
fn first_words(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.grapheme_indices(true).nth(HEADING_LETTERS) else {
        return Cow::Borrowed(text);
    };
    let (start, rest) = text.split_at(end);
    let words = match start.rfind(char::is_whitespace) {
        Some(last) if !rest.starts_with(char::is_whitespace) => start.get(..last).unwrap_or(start),
        _ => start,
    };
    Cow::Owned(format!("{}…", words.trim_end()))
}

/// A record and the listing it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The listing, as an index into the listings that are open.
    pub source: u16,
    /// The record.
    pub record: Record,
}

/// Adds the values that are not there yet.
fn add_missing<T: PartialEq>(values: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !values.contains(&other) {
            values.push(other);
        }
    }
}
