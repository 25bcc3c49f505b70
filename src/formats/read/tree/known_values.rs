//! Whether a record has a value already.

use crate::record::{Field, Record};

/// The most values of a record with which a text is compared: comparing any number takes quadratic time.
const MAX_COMPARED_VALUES: usize = 1_000;

/// Whether a field has a value already.
pub(super) fn has_value(record: &Record, field: Field, text: &str) -> bool {
    has_like(record, field, |existing| existing == text)
}

/// Whether a field has a name already, perhaps with a note in brackets behind one of the two:
/// `Anna Keller (British, 1880–1950)`.
pub(super) fn has_name(record: &Record, field: Field, name: &str) -> bool {
    has_like(record, field, |existing| {
        existing == name || has_note_behind(existing, name) || has_note_behind(name, existing)
    })
}

/// Whether a text is a name with a note in brackets behind it.
fn has_note_behind(text: &str, name: &str) -> bool {
    let note = text.strip_prefix(name).map(str::trim_start);
    note.is_some_and(|note| note.starts_with('(') && note.ends_with(')'))
}

/// Whether something holds for a value of a field.
fn has_like(record: &Record, field: Field, is_like: impl Fn(&str) -> bool) -> bool {
    record.values.len() < MAX_COMPARED_VALUES && record.all(field).any(is_like)
}
