//! The domain: records and their fields, dates, archives, identities, and problems in files.
//!
//! A record is a list of named values, as in real finding aids and catalogues. Every field may
//! repeat and any may be missing. A field that fonds does not know keeps the name it has in its
//! file.
//!
//! This folder may use only [`text`](crate::text). Start with [`Record`] below, then read [`date`].

mod abbreviations;
mod archive;
mod archive_name;
mod containers;
mod contributors;
pub mod date;
mod field;
pub mod field_set;
pub mod fingerprint;
pub mod identity;
mod kept_problems;
mod name;
mod own_name;
mod problem;
mod problem_groups;
pub(crate) mod registry;
mod role_words;
pub mod shown;
mod source_hash;
mod stated_kind;
mod title_form;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

pub(crate) use abbreviations::is_abbreviation_in_citation;
pub(crate) use archive::EAD_ID;
pub use archive::{
    Archive, ArchiveId, FileSet, FileSetId, Provenance, bare_file_name, split_package,
};
pub use archive_name::{ArchiveName, ArchiveNameError};
pub(crate) use containers::{
    container_in_sentence, container_words, field_of_container_type, field_of_container_word,
    is_container, labelled_container,
};
pub use date::{Date, DateSpan, Day, Doubt, DoubtKind, MONTH_NAMES, ParsedDate, Precision};
pub use field::{Field, FieldRef};
pub use fingerprint::Fingerprint;
pub use identity::{RecordId, RecordKey};
pub use kept_problems::KeptProblems;
pub(crate) use name::WordSet;
pub use name::{Name, NameKind, NameParts};
pub use own_name::OwnName;
pub use problem::{DoubtfulDate, Problem, ProblemKind, Severity};
pub use problem_groups::{ProblemGroup, ProblemGroups};
pub(crate) use role_words::{CitedRole, ROLE_WORDS};
pub use source_hash::SourceHash;
pub use stated_kind::StatedKind;
pub(crate) use stated_kind::{MORE_CREATORS, is_about_other_values};
pub use title_form::TitleForm;

use crate::text::trim::trim;

/// The name of the own field with the path of a picture or PDF that shows the document.
pub(crate) const FILE_FIELD: &str = "file";

/// The most graphemes of another field that are shown in place of a missing title.
const MAX_HEADING_GRAPHEMES: usize = 80;

/// The most values of a record with which a new one is compared.
const MAX_COMPARED_VALUES: usize = 1_000;

/// One document or component of an archive, as its file describes it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The number of the record in its archive's listing, counted from 1 (`201` of 552), if known.
    pub position: Option<u64>,
    /// The date, as written and as parsed.
    pub date: Date,
    /// The values of the known fields, in the order of the file. A field may repeat.
    pub values: Vec<(Field, String)>,
    /// The own fields: all other fields, under the names in the file and in its order. Nested names
    /// are joined by dots (`container.box`).
    pub own: Vec<(OwnName, String)>,
    /// What the file says of the record, before it was parsed.
    pub source_hash: SourceHash,
}

impl PartialEq for Record {
    /// Whether two records say the same. How their files write it does not count.
    fn eq(&self, other: &Record) -> bool {
        let Record { position, date, values, own, source_hash: _ } = self;
        (position, date, values, own) == (&other.position, &other.date, &other.values, &other.own)
    }
}

impl Record {
    /// Adds a value, without the white space around it. An empty value is not added, except an empty
    /// [`Field::ContributorRole`], which keeps the roles parallel to the contributors.
    pub fn push(&mut self, field: Field, value: &str) {
        let value = trim(value);
        if !value.is_empty() || field == Field::ContributorRole {
            self.values.push((field, value.to_owned()));
        }
    }

    /// Adds a value unless the field has it already: see [`Record::has_value`].
    pub fn push_new(&mut self, field: Field, value: &str) {
        if !self.has_value(field, value) {
            self.push(field, value);
        }
    }

    /// Whether a field has a value. In a record with very many values it is not looked for, so that the time grows
    /// with the number of values, and not with its square.
    pub fn has_value(&self, field: Field, value: &str) -> bool {
        let value = trim(value);
        self.values.len() < MAX_COMPARED_VALUES && self.all(field).any(|known| known == value)
    }

    /// Returns the first value of a field.
    pub fn first(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    /// Returns all values of a field, in the order of the file.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .filter(move |(other, _)| *other == field)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the title, if there is one.
    pub fn title(&self) -> Option<&str> {
        self.first(Field::Title)
    }

    /// Returns what a list shows for the record: the title, or a substitute for it.
    ///
    /// The substitute is `‹` and who wrote to whom, or the first words of another field, or the date in brackets:
    /// `[June 1921]`. Without any field it is `untitled`.
    pub fn list_heading(&self) -> Cow<'_, str> {
        if let Some(title) = self.title() {
            return Cow::Borrowed(title);
        }
        if let Some(letter) = self.letter_heading() {
            return Cow::Owned(format!("‹{}", first_words(&letter)));
        }
        if let Some(text) = self.descriptive_value() {
            return Cow::Owned(format!("‹{}", first_words(text)));
        }
        if let Some(date) = self.date_heading() {
            return Cow::Owned(date);
        }
        let text = match (self.level_heading(), self.values.first(), self.own.first()) {
            (Some(level), ..) => Cow::Owned(level),
            (_, Some((_, value)), _) | (_, None, Some((_, value))) => Cow::Borrowed(&**value),
            (_, None, None) => return Cow::Borrowed("untitled"),
        };
        Cow::Owned(format!("‹{}", first_words(&text)))
    }

    /// Returns the level of a described part with its number or container: `item 7`, `file, box 3`. What it inherits,
    /// such as its repository, describes it less. `None` without a level.
    fn level_heading(&self) -> Option<String> {
        let (_, level) = self.own.iter().find(|(name, _)| name == "level")?;
        if let Some(id) = self.first(Field::Id).or_else(|| self.first(Field::ReferenceCode)) {
            return Some(format!("{level} {id}"));
        }
        let containers = self.containers();
        let containers = containers.map(|(field, value)| labelled_container(field, value));
        let all: Vec<Cow<'_, str>> =
            std::iter::once(Cow::Borrowed(level.as_str())).chain(containers).collect();
        Some(all.join(", "))
    }

    /// Returns who wrote to whom and when; `None` unless both are known.
    fn letter_heading(&self) -> Option<String> {
        let (sender, recipient) = (self.first(Field::Creator)?, self.first(Field::Recipient)?);
        let date = self.date_in_words();
        let date = if date.is_empty() { date } else { format!(", {date}") };
        Some(format!("{sender} to {recipient}{date}"))
    }

    /// Returns the date as written, or in words if a code was written.
    fn date_in_words(&self) -> String {
        let text = self.date.text.trim();
        let span = self.date.span().filter(|span| span.to_edtf() == text);
        span.map_or_else(|| text.to_owned(), |span| span.long())
    }

    /// Returns the value that describes a record without a title best: the summary, otherwise the
    /// first one that is about this document and not about where it is kept.
    fn descriptive_value(&self) -> Option<&str> {
        let is_about_it = |field: Field| {
            Field::NAMES.contains(&field) || matches!(field, Field::Places | Field::Subjects)
        };
        let other = || self.values.iter().find(|(field, _)| is_about_it(*field));
        self.first(Field::Summary).or_else(|| other().map(|(_, value)| value.as_str()))
    }

    /// Returns the date as a heading, as archivists write a title of their own; `None` without a date.
    fn date_heading(&self) -> Option<String> {
        let date = self.date_in_words();
        let is_bracketed = date.starts_with('[') && date.ends_with(']');
        match date.as_str() {
            "" => None,
            _ if is_bracketed => Some(date),
            date => Some(format!("[{}]", first_words(date))),
        }
    }

    /// Merges another description of the same document into this one.
    ///
    /// Adds the values that are missing here, and keeps the lower position.
    pub fn merge(&mut self, mut other: Record) {
        let positions = [self.position, other.position];
        self.position = positions.into_iter().flatten().min();
        self.merge_contributors(&other);
        self.merge_containers(&other);
        let parallel_fields = [Field::Contributor, Field::ContributorRole];
        other.values.retain(|(field, _)| !parallel_fields.contains(field) && !is_container(*field));
        other.own.retain(|(own, name)| {
            StatedKind::from_own_field(own).is_none() || self.name_kind(name).is_none()
        });
        add_missing(&mut self.values, other.values);
        add_missing(&mut self.own, other.own);
    }
}

/// Returns the first words of a text, with `…` if more follow.
fn first_words(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.grapheme_indices(true).nth(MAX_HEADING_GRAPHEMES) else {
        return Cow::Borrowed(text);
    };
    let (start, rest) = text.split_at(end);
    let words = match start.rfind(char::is_whitespace) {
        Some(last_space) if !rest.starts_with(char::is_whitespace) => {
            start.get(..last_space).unwrap_or(start)
        }
        _ => start,
    };
    Cow::Owned(format!("{}…", words.trim_end()))
}

/// A record and the archive it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedRecord {
    /// The archive.
    pub archive: ArchiveId,
    /// The record.
    pub record: Record,
}

/// Appends the values that are missing in `values`.
fn add_missing<T: PartialEq>(values: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !values.contains(&other) {
            values.push(other);
        }
    }
}
