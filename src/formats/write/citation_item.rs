//! A record as a citation describes it: its type, title, location in the archive, and notes.
//!
//! Export formats and citation styles share these functions.

use std::borrow::Cow;

use super::archive_toml::stored_values;
use crate::record::{Archive, Field, Name, Record, TitleForm};

/// Returns the title. Without a title, returns the record's heading in square brackets, which mark
/// a supplied title.
pub(crate) fn title_or_heading(record: &Record) -> Cow<'_, str> {
    if let Some(title) = record.title() {
        return Cow::Borrowed(title);
    }
    let heading = record.list_heading();
    Cow::Owned(format!("[{}]", heading.trim_start_matches('‹').trim_end_matches('.')))
}

/// Returns the location in the archive: source and reference, then box and folder.
pub(crate) fn archive_location(record: &Record) -> Option<String> {
    let container = |name: &'static str| {
        let is_container = move |own: &&(String, String)| own.0.rsplit('.').next() == Some(name);
        record.own.iter().filter(is_container).map(move |(_, value)| label_container(name, value))
    };
    let values = |field| record.all(field).map(str::to_owned);
    let known =
        |field: Field| record.all(field).map(move |value| label_container(field.key(), value));
    join_unique(
        values(Field::Source)
            .chain(values(Field::Repository))
            .chain(values(Field::ReferenceCode))
            .chain(known(Field::Box).chain(container("box")))
            .chain(known(Field::Folder).chain(container("folder"))),
    )
}

/// Puts the container's name before a value (`box 3`), unless the value begins with it.
fn label_container(name: &str, value: &str) -> String {
    if value.to_lowercase().starts_with(name) {
        value.to_owned()
    } else {
        format!("{name} {value}")
    }
}

/// Returns the collections of a record, joined by commas.
pub(crate) fn collection(record: &Record) -> Option<String> {
    join_unique(record.all(Field::Collection).map(str::to_owned))
}

/// Returns the archive's title, else its source.
pub(crate) fn archive_name(archive: Option<&Archive>) -> Option<&str> {
    let archive = archive?;
    archive.title.as_deref().or(archive.source.as_deref())
}

/// Returns the institution that holds the archive, if it differs from the archive's title.
pub(crate) fn repository(archive: Option<&Archive>) -> Option<&str> {
    let archive = archive?;
    archive.source.as_deref().filter(|source| archive.title.as_deref() != Some(*source))
}

/// Returns the people of a record, in file order, without those that nobody knows.
pub(crate) fn people(record: &Record) -> impl Iterator<Item = Name> {
    let names = record.all(Field::People).map(|name| Name::parse(name, None));
    names.filter(|name| !name.is_nobody())
}

/// Whether names say no more than the parts that formats have fields for.
pub(super) fn are_plain_names(names: &[&str]) -> bool {
    names.iter().all(|name| !Name::parse(name, None).has_more_than_parts())
}

/// Joins distinct texts with commas. Returns `None` if there are none.
pub(crate) fn join_unique(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let mut unique: Vec<String> = Vec::new();
    for text in texts {
        if !unique.contains(&text) {
            unique.push(text);
        }
    }
    (!unique.is_empty()).then(|| unique.join(", "))
}

/// Returns a note `field: value` for each value that the format cannot hold in a field of its own.
///
/// `holds`: the format holds all these values of a field unchanged.
pub(super) fn field_notes(record: &Record, holds: impl Fn(Field, &[&str]) -> bool) -> Vec<String> {
    let mut notes = Vec::new();
    for field in Field::ALL {
        let values = stored_values(record, field);
        if !values.is_empty() && !holds(field, &values) {
            notes.extend(values.iter().map(|value| format!("{}: {value}", field.key())));
        }
    }
    notes
}

/// Returns a note `name: value` for each own field. The prefix `own.` marks a name that has another
/// meaning in notes.
pub(super) fn own_field_notes(record: &Record) -> impl Iterator<Item = String> {
    let is_note_key = |name: &str| {
        ["position", "date", "Date"].contains(&name) || Field::from_key(name).is_some()
    };
    let is_implied = record.title_form() == Some(TitleForm::Quoted);
    let own = record.own.iter().filter(move |(name, _)| {
        // Titles in reference formats are quoted unless a note says otherwise.
        !is_implied || !TitleForm::is_own_field(name)
    });
    own.map(move |(name, value)| {
        let prefix = if is_note_key(name) { "own." } else { "" };
        format!("{prefix}{name}: {value}")
    })
}

/// Joins the lines of a note, because a line end separates notes.
pub(super) fn to_one_line(note: &str) -> String {
    note.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
