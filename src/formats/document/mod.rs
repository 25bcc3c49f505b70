//! What documents are by their titles, types and subjects: letters, telegrams, minutes.
//!
//! Citation styles and export formats share it.

mod words;

use super::rich_text;
use crate::record::{Field, Record};
pub(super) use words::{Document, DocumentWord, WORDS};

/// Own fields that say what a document is: CSL and MODS types, the `TY` of RIS.
const TYPE_FIELDS: [&str; 5] = ["type", "genre", "TY", "ty", "typeOfResource"];
/// Types of reference formats that mean a letter.
const LETTER_TYPES: [&str; 4] =
    ["PCOMM", "personal_communication", "personal communication", "letter"];

/// Whether a title begins with what the document is, so that it is a description in any format.
pub(super) fn begins_with_document(title: &str) -> bool {
    leading(&rich_text::to_plain(title)).is_some()
}

/// Returns the document that a title begins with, inside the brackets and quotation marks that open it.
pub(super) fn leading(title: &str) -> Option<DocumentWord> {
    WORDS.leading_document(opened(title))
}

/// Returns a title without the brackets and quotation marks that open it, and without brackets round all of it.
pub(super) fn opened(title: &str) -> &str {
    inside_brackets(title).unwrap_or(title).trim_start_matches(['[', '"', '“'])
}

/// Whether a record is a letter or letters, by its title, its type or its subjects. Other messages are not.
pub(super) fn is_letter(record: &Record) -> bool {
    let title = record.title().map(rich_text::to_plain);
    match title.and_then(|title| leading(&title)).map(|word| word.document) {
        Some(Document::Message("letter") | Document::Messages) => true,
        Some(Document::Message(_) | Document::Other) => false,
        None => message_by_genre(record) == Some("letter"),
    }
}

/// Returns the kind of message that the type or a subject of a record names.
pub(super) fn message_by_genre(record: &Record) -> Option<&'static str> {
    let types = record.own.iter().filter(|(name, _)| TYPE_FIELDS.contains(&name.as_str()));
    let types = types.map(|(_, value)| value.as_str());
    types.chain(record.all(Field::Subjects)).find_map(|text| match WORDS.genre(text) {
        _ if LETTER_TYPES.contains(&text) => Some("letter"),
        Some(Document::Message(kind)) => Some(kind),
        Some(Document::Messages) => Some("letter"),
        _ => None,
    })
}

/// Returns the text inside square brackets that are round all of it.
pub(super) fn inside_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then_some(inner)
}
