//! Fields whose name stands beside their value: `{"label": "Date", "value": "1945"}`, and in XML
//! `<field name="date">1945</field>`.

use compact_str::CompactString;

use crate::formats::read::json::{Object, Value};

use super::key_uses::KeyUses;
use super::texts::find_text;
use super::values::{TEXT_KEY, find_text_in_any_case};
use super::{value_words, words};
use crate::formats::field_names::{
    LAST_WORD_RANK, LOOSE_RANK, is_address, is_known, is_system_date, known_names,
};

/// The most objects that only wrap the value of a field.
const MAX_VALUE_WRAPPERS: usize = 2;

/// The element of Solr whose elements are the values of a field.
const LIST_ELEMENT: &str = "arr";

/// The element of Solr whose elements are fields round the records: its header, its facets.
const GROUP_ELEMENT: &str = "lst";

/// A field whose name stands beside its value.
pub(super) struct LabelledValue<'v> {
    /// The name of the field.
    pub(super) label: &'v str,
    /// The value; `None` if the field is empty.
    pub(super) value: Option<&'v Value>,
    /// The key of the label.
    pub(super) label_key: &'v str,
    /// Whether nothing else than a field looks like this.
    is_certain: bool,
    object: &'v Object,
    value_key: Option<&'v str>,
}

impl<'v> LabelledValue<'v> {
    /// Returns the fields in a list under a key; `None` if one of its values is no field.
    pub(super) fn of_list(key: &str, values: &'v [Value]) -> Option<Vec<LabelledValue<'v>>> {
        let are_notes = ["note", "notes"].contains(&key);
        // Most lists are of texts.
        values.first()?.as_object()?;
        let uses = KeyUses::of_key(key);
        let field = |value: &'v Value| {
            let object = value.as_object()?;
            LabelledValue::of_object((key, uses), object, are_notes)
        };
        let fields: Option<Vec<_>> = values.iter().map(field).collect();
        let is_field = |field: &LabelledValue<'_>| field.is_certain && field.value.is_some();
        fields.filter(|fields| fields.iter().any(is_field))
    }

    /// Returns the field that an object alone under a key is. The uses are those of the key, and of any key of the
    /// object.
    pub(super) fn of_sole(
        key: &str,
        object: &'v Object,
        (of_key, of_keys): (KeyUses, KeyUses),
    ) -> Option<LabelledValue<'v>> {
        let may_be = of_keys.has(KeyUses::LABELLED_VALUE)
            || of_key.has(KeyUses::FIELD)
            || object.contains_key(TEXT_KEY);
        let field = may_be.then(|| LabelledValue::of_object((key, of_key), object, false))??;
        let is_element = field.value_key == Some(TEXT_KEY);
        let is_field = of_key.has(KeyUses::FIELD)
            || is_element
            || (object.len() == 2 && is_field_name(field.label) && !is_certain_name(key));
        (is_field && field.is_certain && field.value.is_some()).then_some(field)
    }

    /// Returns the field that an object alone under a key is, if it was an element of XML.
    pub(super) fn of_sole_element(key: &str, object: &'v Object) -> Option<LabelledValue<'v>> {
        let field = LabelledValue::of_element((key, KeyUses::of_key(key)), object)?;
        (object.len() == 2 && field.is_certain && field.value.is_some()).then_some(field)
    }

    /// Whether an object has a label and a value and nothing else, and so is one field.
    pub(super) fn is_whole(object: &Object) -> bool {
        let field = || LabelledValue::of_keys(object, false);
        object.len() == 2
            && field().is_some_and(|it| {
                let mut keys = [Some(it.label_key), it.value_key].into_iter().flatten();
                keys.any(|key| key.ends_with("alue")) || is_field_name(it.label)
            })
    }

    /// Whether most objects under a key are fields with names that are known, or texts of such a field, and no records.
    pub(super) fn are_fields(key: &str, objects: &[&Object]) -> bool {
        let uses = KeyUses::of_key(key);
        let is_field_key = uses.has(KeyUses::FIELD);
        let is_value_key =
            is_field_name(key) && !words::is_wrapper(key) && !words::is_item_key(key);
        let is_field = |object: &&&Object| {
            let field = LabelledValue::of_object((key, uses), object, false);
            field.is_some_and(|field| is_field_key || is_field_name(field.label))
                || (is_value_key && object.contains_key(TEXT_KEY))
        };
        key == GROUP_ELEMENT || 2 * objects.iter().filter(is_field).count() > objects.len()
    }

    /// Whether an object under a key has a label and a value.
    pub(super) fn is_field(key: &str, object: &Object) -> bool {
        LabelledValue::of_object((key, KeyUses::of_key(key)), object, false).is_some()
    }

    /// Returns the field that an object under a key is; `None` if it lacks a label or a value. In a note (`is_note`) the
    /// type may be the label.
    fn of_object(
        key: (&str, KeyUses),
        object: &'v Object,
        is_note: bool,
    ) -> Option<LabelledValue<'v>> {
        LabelledValue::of_keys(object, is_note).or_else(|| LabelledValue::of_element(key, object))
    }

    /// Returns the field of an object that has keys for a label and a value.
    fn of_keys(object: &'v Object, is_note: bool) -> Option<LabelledValue<'v>> {
        if !KeyUses::of_object(object).0.has(KeyUses::LABELLED_VALUE) {
            return None;
        }
        let mut keys = value_words::LABELLED_VALUE_KEYS.iter();
        let of_statement = || {
            let [predicate, value] = value_words::STATEMENT_KEYS;
            object.get_key_value(value).filter(|_| object.contains_key(predicate))
        };
        let value = keys.find_map(|key| get_in_case_of(object, key)).or_else(of_statement);
        let (value_key, value) = value?;
        let of_type =
            || find_text(object, &value_words::NOTE_TYPE_KEYS).filter(|(_, text)| is_known(text));
        let label = find_label(object, &value_words::LABEL_KEYS);
        let (label_key, label) = label.or_else(|| of_type().filter(|_| is_note))?;
        let label = name_in_address(label);
        let (value, value_key) = (Some(unwrapped(value)), Some(value_key.as_str()));
        Some(LabelledValue { label, value, label_key, is_certain: true, object, value_key })
    }

    /// Returns the field of an XML element whose name is an attribute, and whose value is its text or an element.
    fn of_element((key, uses): (&str, KeyUses), object: &'v Object) -> Option<LabelledValue<'v>> {
        let is_field = uses.has(KeyUses::FIELD);
        let text = object.get_key_value(TEXT_KEY);
        if text.is_none() && !is_field {
            return None;
        }
        let (label_key, label) = find_label(object, &value_words::ELEMENT_LABEL_KEYS)?;
        let is_value =
            |name: &str| key == LIST_ELEMENT || value_words::ELEMENT_VALUE_KEYS.contains(&name);
        let is_pair = object.len() == 2;
        let mut others = object.iter().filter(|(name, _)| *name != label_key);
        let mut of_child = || others.next().filter(|(name, _)| is_pair && is_value(name));
        let value = text.map(|(key, value)| (key.as_str(), value));
        let value = value.or_else(|| of_child().map(|(key, value)| (key.as_str(), value)));
        let (value_key, value) = value.unzip();
        let is_sign = |key: &str| key == label_key || value_words::NULL_KEYS.contains(&key);
        if value.is_none() && !object.keys().all(|key| is_sign(key)) {
            return None;
        }
        // `<date name="created_dt">` is a field of the type of dates.
        let is_named = |label: &str| is_field_name(label) || is_system_date(label);
        let is_value = uses.has(KeyUses::KNOWN) && !is_field && !words::is_wrapper(key);
        let is_certain = if is_value {
            label_key == "name" && (is_named(label) || label.contains('_'))
        } else {
            is_field || is_field_name(label)
        };
        Some(LabelledValue { label, value, label_key, is_certain, object, value_key })
    }

    /// Whether it is an element of XML with its value as text or elements.
    pub(super) fn is_element(&self) -> bool {
        let is_value =
            |key: &str| key == TEXT_KEY || value_words::ELEMENT_VALUE_KEYS.contains(&key);
        self.value_key.is_some_and(is_value)
    }

    /// Returns what else the object has.
    pub(super) fn rest(&self) -> impl Iterator<Item = (&'v str, &'v Value)> {
        let (label_key, value_key) = (self.label_key, self.value_key);
        let is_null = value_key.is_none();
        let entries = self.object.iter().map(|(key, value)| (key.as_str(), value));
        let is_used = move |key: &str| key == label_key || Some(key) == value_key;
        entries.filter(move |(key, _)| !is_null && !is_used(key))
    }
}

/// Returns the name at the end of the address of a property, `http://purl.org/dc/terms/title`, or the label itself.
fn name_in_address(label: &str) -> &str {
    let name = || label.rsplit(['#', '/']).next().filter(|name| !name.is_empty());
    if is_address(label) { name().unwrap_or(label) } else { label }
}

/// Whether the keys of an object begin with capitals: `Name`, `Value`.
fn has_capitals(object: &Object) -> bool {
    object.keys().next().is_some_and(|key| key.starts_with(|letter: char| letter.is_uppercase()))
}

/// Returns the value under a key, without regard to case where the keys of the object begin with capitals.
fn get_in_case_of<'v>(object: &'v Object, key: &str) -> Option<(&'v CompactString, &'v Value)> {
    if has_capitals(object) {
        object.iter().find(|(known, _)| known.eq_ignore_ascii_case(key))
    } else {
        object.get_key_value(key)
    }
}

/// Returns the text under the first of these keys, without regard to case where the keys of the object begin with
/// capitals.
fn find_label<'v>(object: &'v Object, keys: &[&str]) -> Option<(&'v str, &'v str)> {
    if has_capitals(object) { find_text_in_any_case(object, keys) } else { find_text(object, keys) }
}

/// Whether a label is the name of a field, and no text that ends with one.
fn is_field_name(label: &str) -> bool {
    known_names(label).first().is_some_and(|known| known.rank < LAST_WORD_RANK)
}

/// Whether a key has a meaning as it is, and not only by a part of it.
fn is_certain_name(key: &str) -> bool {
    known_names(key).first().is_some_and(|known| known.rank < LOOSE_RANK)
}

/// Returns the value in objects that only wrap it: `{"elementText": [{"text": "Letter"}]}`.
fn unwrapped(value: &Value) -> &Value {
    let mut value = value;
    for _ in 0..MAX_VALUE_WRAPPERS {
        let inner = match value {
            Value::Array(values) => match values.as_slice() {
                [only] => only,
                _ => break,
            },
            other => other,
        };
        match inner.as_object().map(|object| (object.len(), object.iter().next())) {
            Some((1, Some((key, value_in_it))))
                if value_in_it.is_array() && !words::is_class_key(key) =>
            {
                value = value_in_it;
            }
            _ => break,
        }
    }
    value
}
