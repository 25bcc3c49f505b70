//! What the keys of a record mean. An element of its own counts before one that only has the name in an attribute.

use super::labelled::LabelledValue;
use super::values::{TEXT_KEY, is_language_map, is_value};
use crate::formats::field_names::{FieldTarget, KnownName, known_names};
use crate::formats::read::json::{Object, Value};
use crate::record::Field;

/// The surest name of each meaning among the keys of a record.
#[derive(Default)]
pub(super) struct OwnMeanings(Vec<KnownName>);

impl OwnMeanings {
    /// Adds the keys of a record, or of what wraps its fields, that have a value and are no fields with a label.
    pub(super) fn add_record(&mut self, record: &Object) {
        for (key, _) in record.iter().filter(|(key, value)| has_own_value(key, value)) {
            let Some(known) = known_names(key).first().copied() else { continue };
            match self.0.iter_mut().find(|own| own.target == known.target) {
                Some(own) => own.rank = own.rank.min(known.rank),
                None => self.0.push(known),
            }
        }
    }

    /// Whether a key says what a label says, and as surely. Subjects and places may be said by both, and so may persons and ids
    /// where the label is no attribute of an element.
    pub(super) fn has(&self, label: &str, is_element: bool) -> bool {
        let Some(known) = known_names(label).first().copied() else { return false };
        let is_list = match known.target {
            FieldTarget::Field(Field::Subjects | Field::Places | Field::Language) => true,
            FieldTarget::Field(field) => {
                (Field::NAMES.contains(&field) || field == Field::Id) && !is_element
            }
            _ => false,
        };
        let is_same = |own: &KnownName| own.target == known.target && own.rank <= known.rank;
        !is_list && self.0.iter().any(is_same)
    }
}

/// Whether there is a value under a key that is no field whose name stands in an attribute.
fn has_own_value(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.first().is_some_and(|first| has_own_value(key, first)),
        // Other objects may have the field with the label in them.
        Value::Object(object) => {
            let is_value =
                object.contains_key(TEXT_KEY) || is_value(object) || is_language_map(object);
            is_value && !LabelledValue::is_field(key, object)
        }
        _ => true,
    }
}
