//! The notes of citation formats, for what they have no other place for: see
//! [`marked_notes`].

use super::archive_toml::stored_values;
use super::control_signs::is_control;
use crate::formats::document::begins_with_document;
use crate::formats::marked_notes;
use crate::record::{Date, Field, Record, TitleForm};

/// Returns the values that the format cannot hold in a field of its own, boxes and folders in the order
/// in which they are read.
///
/// `holds`: reading the other fields of the format gives all these values of a field again.
pub(super) fn values_without_place(
    record: &Record,
    holds: impl Fn(Field, &[&str]) -> bool,
) -> Vec<(Field, &str)> {
    let mut all = Vec::new();
    for field in Field::ALL {
        let values: Vec<(Field, &str)> = match field {
            // A format holds all containers or none.
            Field::Box => record.containers().collect(),
            Field::Folder | Field::Container => Vec::new(),
            _ => stored_values(record, field).into_iter().map(|value| (field, value)).collect(),
        };
        let texts: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
        if !texts.is_empty() && !holds(field, &texts) {
            all.extend(values);
        }
    }
    all
}

/// Returns a note for each of [`values_without_place`].
pub(super) fn note_fields(record: &Record, holds: impl Fn(Field, &[&str]) -> bool) -> Vec<String> {
    let values = values_without_place(record, holds).into_iter();
    values.map(|(field, value)| marked_notes::to_note(field.key(), value)).collect()
}

/// Returns a note for the position and for each own field. The prefix `own.` marks a name that has
/// another meaning in notes.
///
/// `note_name`: the own field with the notes of the format itself, which are written as they are.
pub(super) fn note_own_fields(record: &Record, note_name: &str) -> Vec<String> {
    let is_note_key = |name: &str| {
        ["", "position", "date", "date_edtf"].contains(&name)
            || name.trim() != name
            || name.starts_with("own.")
            || Field::from_key(name).is_some()
    };
    // Titles in reference formats are quoted unless a note says otherwise.
    let is_implied = record.title_form() == Some(TitleForm::Quoted);
    let own = record.own.iter().filter(|(name, _)| !is_implied || !TitleForm::is_own_field(name));
    let own = own.map(|(name, value)| {
        if name == note_name && is_plain(value) {
            return value.clone();
        }
        let prefix = if is_note_key(name) { "own." } else { "" };
        marked_notes::to_note(&format!("{prefix}{name}"), value)
    });
    let needs_form = record.title_form().is_none()
        && record.title().is_some_and(|title| !begins_with_document(title));
    let form = needs_form.then(|| marked_notes::to_note("title_form", "description"));
    let position = record.position;
    let position =
        position.map(|position| marked_notes::to_note("position", &position.to_string()));
    own.chain(form).chain(position).collect()
}

/// Returns notes with the text of a date and, if the text does not give it, with its EDTF.
pub(super) fn note_date(date: &Date) -> Vec<String> {
    let text = date.text.trim();
    let edtf = date.edtf_unless_implied();
    let text = Some(text).filter(|text| !text.is_empty());
    text.map(|text| marked_notes::to_note("date", text))
        .into_iter()
        .chain(edtf.map(|edtf| marked_notes::to_note("date_edtf", &edtf)))
        .collect()
}

/// Whether a note is only text: it has no control character, and neither the mark nor a line such as `title: ...`, which
/// citation programs take for a field.
fn is_plain(note: &str) -> bool {
    let is_field = |line: &str| {
        let name = line.trim_start_matches(['{', ':', ' ']).split(':').next().unwrap_or(line);
        let is_name = |letter: char| letter.is_ascii_alphabetic() || "-_ ".contains(letter);
        line.contains(':') && name.len() < 30 && name.chars().all(is_name)
    };
    !note.contains(is_control)
        && !note.contains(marked_notes::MARK.trim_end())
        && !note.contains(marked_notes::SEPARATOR.trim_end())
        && !note.split(marked_notes::is_line_end).any(is_field)
}
