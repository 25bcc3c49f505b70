//! What a format with separate parts of names states about a name.

use crate::record::{Name, NameKind, NameParts, Record, StatedKind};

/// Returns the name that parts make: `Last, First`. The record keeps that it is a person's if the text
/// alone does not show it.
pub(super) fn from_parts(record: &mut Record, parts: NameParts<'_>) -> String {
    let has_parts = !parts.family.trim().is_empty() && !parts.given.trim().is_empty();
    let text = Name::from_parts(parts).written;
    let read = Name::parse(&text, None);
    if has_parts && (read.is_whole() || matches!(read.kind, NameKind::Body | NameKind::Family)) {
        record.set_name_kind(&text, StatedKind::Person);
    }
    text
}

/// Returns a name that must not be taken apart. The record keeps this if the text could be taken apart.
pub(super) fn from_whole(record: &mut Record, text: &str) -> String {
    let text = text.trim();
    if !Name::parse(text, None).is_whole() {
        record.set_name_kind(text, StatedKind::Whole);
    }
    text.to_owned()
}
