//! Dates that stand beside the type of their event: `{"type": "created", "date": "1945"}`.

use crate::formats::read::json::{Object, Value};

use super::texts::find_text;
use super::words;
use crate::formats::field_names::{FieldTarget, is_system_date, known_names};
use crate::formats::read::date_events;

/// Whether values under a key are dates, each with its type.
pub(super) fn is_list_of_dates(key: &str, values: &[Value]) -> bool {
    let has_type = |value: &Value| type_of_date(value).is_some();
    let is_date = || known_names(key).iter().any(|known| known.target == FieldTarget::Date);
    !values.is_empty() && values.iter().all(has_type) && is_date() && !are_of_one_data_type(values)
}

/// Whether the types of values say how they are written, all in the same way, and not what happened then.
fn are_of_one_data_type(values: &[Value]) -> bool {
    let first = values.first().and_then(type_of_date);
    let is_same = |value: &Value| type_of_date(value) == first && value.get("@value").is_some();
    first.is_some_and(words::is_data_type) && values.iter().all(is_same)
}

/// Returns the type that stands beside a date.
pub(super) fn type_of_date(date: &Value) -> Option<&str> {
    type_of_object(date.as_object()?)
}

/// Returns the type of the date that an object is.
pub(super) fn type_of_object(date: &Object) -> Option<&str> {
    find_text(date, &words::DATE_TYPE_KEYS).map(|(_, text)| text)
}

/// How sure the date of an event is that of the record, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EventRank {
    /// It was made or sent.
    Making,
    /// It was published.
    Publication,
    /// Any other event.
    Other,
    /// A copy or a description was made.
    Copy,
}

impl EventRank {
    /// Returns the rank of an event.
    pub(super) fn new(event: &str) -> EventRank {
        if date_events::is_unrelated(event) || is_system_date(event) {
            EventRank::Copy
        } else if date_events::is_secondary(event) {
            EventRank::Publication
        } else if words::is_making(event) {
            EventRank::Making
        } else {
            EventRank::Other
        }
    }
}
