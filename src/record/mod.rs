//! What a record is: its fields, its identity, the archive it stands in, what went wrong reading it.
//!
//! A record is a list of named values, as finding aids and catalogues really are: every field may
//! repeat, any may be missing, and a field this program has no place for keeps its own name.

use std::borrow::Cow;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

pub mod date;
mod date_shown;
pub mod date_text;
mod day;
pub mod edtf;

pub use date::{Date, DateSpan, Day, Precision, Reading};
pub use date_shown::MONTHS;

/// How many letters of a summary stand for a title that is missing.
const HEADING_LETTERS: usize = 80;

/// A field every format can fill. The order is the order of the filter language: of two names with
/// the same beginning the earlier one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What the document is called.
    Title,
    /// What it is about: abstract, or scope and content.
    Summary,
    /// Authors, recipients, people and corporate bodies named.
    People,
    /// Places it was made in or speaks of.
    Places,
    /// Topics and genres.
    Subjects,
    /// The original archive and its reference.
    Source,
    /// The record's own identifier in its archive.
    Id,
    /// The collection, series or fonds it belongs to.
    Collection,
    /// Languages it is written in.
    Language,
    /// Terms of use and access.
    Rights,
    /// Its address on the web.
    Url,
}

impl Field {
    /// All fields, in the order of the filter language.
    pub const ALL: [Field; 11] = [
        Field::Title,
        Field::Summary,
        Field::People,
        Field::Places,
        Field::Subjects,
        Field::Source,
        Field::Id,
        Field::Collection,
        Field::Language,
        Field::Rights,
        Field::Url,
    ];

    /// The key of the field in files and in the filter language: `title`, `people` ...
    pub const fn key(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Summary => "summary",
            Field::People => "people",
            Field::Places => "places",
            Field::Subjects => "subjects",
            Field::Source => "source",
            Field::Id => "id",
            Field::Collection => "collection",
            Field::Language => "language",
            Field::Rights => "rights",
            Field::Url => "url",
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Field> {
        Some(match key {
            "title" => Field::Title,
            "summary" => Field::Summary,
            "people" => Field::People,
            "places" => Field::Places,
            "subjects" => Field::Subjects,
            "source" => Field::Source,
            "id" => Field::Id,
            "collection" => Field::Collection,
            "language" => Field::Language,
            "rights" => Field::Rights,
            "url" => Field::Url,
            _ => return None,
        })
    }
}

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

/// The files that a record stands in, as the reader named them: one, or several where copies of it
/// were made one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The names, in the order they were read.
    pub files: Vec<String>,
}

/// Adds the values that are not there yet.
fn add_missing<T: PartialEq>(values: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !values.contains(&other) {
            values.push(other);
        }
    }
}

/// What a file says of the archive, or of the listing, that its records come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// What it is called.
    pub title: Option<String>,
    /// Who holds it, or where the listing was taken from.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What it says of itself: the text above the first record.
    pub description: Option<String>,
    /// How many records the whole listing has, of which the file may hold a few (`552`).
    pub total: Option<u64>,
    /// Every other key of the file, under its own name.
    pub own: Vec<(String, String)>,
}

impl Archive {
    /// The archive's identity: its address, else its title, else nothing.
    pub fn id(&self) -> &str {
        self.url.as_deref().or(self.title.as_deref()).unwrap_or("")
    }

    /// Takes in what another page of the same listing says of it, where this says nothing.
    pub fn add(&mut self, other: Archive) {
        let Archive { title, source, url, description, total, own } = other;
        self.title = self.title.take().or(title);
        self.source = self.source.take().or(source);
        self.url = self.url.take().or(url);
        self.description = self.description.take().or(description);
        self.total = self.total.or(total);
        add_missing(&mut self.own, own);
    }
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Everything was read; the reader should know about it all the same.
    Note,
    /// Something could not be read.
    Fault,
}

/// Something in a file that could not be read, or that the reader should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether anything was lost by it.
    pub severity: Severity,
    /// The file as the reader named it, `standard input` for a pipe.
    pub file: String,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// The column in letters, counted from 1, where one is known.
    pub column: Option<usize>,
    /// What was found, what was expected, what to do: one sentence, without the place.
    pub message: String,
}

impl Problem {
    /// Something could not be read.
    pub fn fault(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        let message = message.into();
        Problem { severity: Severity::Fault, file: file.to_owned(), line, column: None, message }
    }

    /// Everything was read, and something is to be said all the same.
    pub fn note(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Note, ..Problem::fault(file, line, message) }
    }

    /// Whether anything was lost by it.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }
}

impl fmt::Display for Problem {
    /// `file:line:column: message`, the form that editors and compilers share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}
