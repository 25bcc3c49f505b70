//! Descriptions that stand below others: the letters in a file, the files in a series. Each becomes a record,
//! and those below know the titles of those above.

use crate::formats::read::json::{Object, Value};

use super::leaves;
use super::nesting;
use super::words;
use super::worth::{is_part, said, types_of};
use crate::formats::field_names::{FieldTarget, known_names, words_of};
use crate::record::{Field, Record};

/// The deepest level of a hierarchy. What is below it stays in the record above.
const MAX_LEVELS: usize = 32;

/// A description, and how deep it stands.
pub(super) struct Description {
    /// The description without those below it.
    pub(super) value: Value,
    /// The number of descriptions above it.
    pub(super) level: usize,
    /// Whether it is only the title of those below it, and no record.
    pub(super) is_group: bool,
}

/// The keys under which records have others below them.
#[derive(Clone, Debug, Default)]
pub(super) struct ChildKeys {
    pub(super) keys: Vec<String>,
    /// Whether a record with others below it and a title alone is a group of them, and no record.
    pub(super) has_groups: bool,
}

impl ChildKeys {
    /// Whether records have no others below them.
    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// Returns the keys under which objects have descriptions like themselves.
pub(super) fn child_keys(objects: &[&Object]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for object in objects {
        for (key, value) in *object {
            if !keys.iter().any(|known| known == key)
                && words::is_child_key(key)
                && has_like_children(object, value)
            {
                keys.push(key.to_string());
            }
        }
    }
    keys
}

/// Whether most values of a list are descriptions like the object round them: they have a title under the
/// same key, another known field, and half of their keys, at least two, in common.
fn has_like_children(object: &Object, list: &Value) -> bool {
    let Some(list) = list.as_array().filter(|list| !list.is_empty()) else { return false };
    let means = |key: &str, target| known_names(key).iter().any(|known| known.target == target);
    let is_title = |key: &str| means(key, FieldTarget::Field(Field::Title));
    let are_documents = said(object).is_document();
    let is_like = |child: &Object| {
        let has_title = child.keys().any(|key| is_title(key) && object.contains_key(key));
        let known = leaves::of_record(child);
        let known =
            known.iter().filter(|leaf| leaf.depth == 0 && !known_names(&leaf.key).is_empty());
        let shared = child.keys().filter(|key| object.contains_key(key)).count();
        let is_alike = known.count() > 1 && shared > 1 && 2 * shared >= child.len();
        has_title && !is_part(child) && (is_alike || (are_documents && said(child).is_document()))
    };
    let like = list.iter().filter_map(Value::as_object).filter(|child| is_like(child)).count();
    2 * like > list.len()
}

/// Parts a value into the descriptions in it, each before those below it.
pub(super) fn split(value: Value, keys: &ChildKeys) -> Vec<Description> {
    let mut descriptions = Vec::new();
    if keys.is_empty() {
        descriptions.push(Description { value, level: 0, is_group: false });
    } else {
        add(value, keys, 0, &mut descriptions);
    }
    descriptions
}

/// Whether an object is a folder of bookmarks by its type, and describes nothing: `"type": "text/x-moz-place-container"`.
fn is_folder(object: &Object) -> bool {
    let said = said(object);
    let is_container =
        |of_object: &str| words_of(of_object).last().is_some_and(|word| word == "container");
    types_of(object).any(is_container) && !said.date && !said.person && !said.summary
}

/// Whether an object has a title, and says nothing else than its level.
fn is_titled(object: &Object) -> bool {
    !object.is_empty() && object.keys().all(|key| nesting::is_title(key) || is_level(key))
}

/// Whether a key is that of the level of a description.
pub(super) fn is_level(key: &str) -> bool {
    ["level", "levelofdescription"].contains(&words::bare(key).as_str())
}

/// Adds a description and those below it.
fn add(mut value: Value, keys: &ChildKeys, level: usize, descriptions: &mut Vec<Description>) {
    let mut children = Vec::new();
    if let Value::Object(object) = &mut value
        && level < MAX_LEVELS
    {
        for key in &keys.keys {
            let are_objects = |value: &Value| {
                value.as_array().is_some_and(|list| list.iter().all(Value::is_object))
            };
            if object.get(key.as_str()).is_some_and(are_objects)
                && let Some(Value::Array(list)) = object.remove(key.as_str())
            {
                children.extend(list);
            }
        }
    }
    let is_group = !children.is_empty()
        && value.as_object().is_some_and(|it| is_folder(it) || (keys.has_groups && is_titled(it)));
    descriptions.push(Description { value, level, is_group });
    for child in children {
        add(child, keys, level + 1, descriptions);
    }
}

/// The titles of the descriptions above the next one.
pub(super) struct TitlesAbove {
    titles: Vec<Option<String>>,
    /// Whether they are groups in a collection, and the outermost is not the collection itself.
    are_groups: bool,
}

impl TitlesAbove {
    /// Starts above the first description. See [`split`] for `are_groups`.
    pub(super) fn new(are_groups: bool) -> TitlesAbove {
        TitlesAbove { titles: Vec::new(), are_groups }
    }

    /// Gives a record the titles above it: the collection it belongs to, and the series. Then takes its own.
    pub(super) fn apply_to(&mut self, record: &mut Record, level: usize) {
        self.titles.truncate(level);
        let above: Vec<&str> = self.titles.iter().flatten().map(String::as_str).collect();
        let (collection, series) = match above.as_slice() {
            above if self.are_groups => (None, Some(above.join(" / "))),
            [] => (None, None),
            [only] => (Some(*only), None),
            [first, .., last] => (Some(*first), Some((*last).to_owned())),
        };
        let collection = collection.map(str::to_owned);
        for (field, title) in [(Field::Collection, collection), (Field::Series, series)] {
            if let Some(title) = title.filter(|title| !title.is_empty())
                && record.first(field).is_none()
            {
                record.push(field, &title);
            }
        }
        self.titles.push(record.title().map(str::to_owned));
    }
}
