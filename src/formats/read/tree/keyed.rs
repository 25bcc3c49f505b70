//! Objects whose keys are ids: `{"ms41-7": {"title": "Letter"}, "ms41-9": {"title": "Map"}}`.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::formats::read::json::{Object, Value};

use super::lists::has_title_word;
use super::words;
use super::worth::said;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The number of objects that decide whether most describe documents.
const MAX_RATED_OBJECTS: usize = 50;

/// Whether an object is a list whose keys are ids: at least two objects with the same keys, or with titles and
/// some of the same keys.
pub(super) fn has_like_objects(object: &Object) -> bool {
    if object.len() < 2 {
        return false;
    }
    let objects: Option<Vec<&Object>> = object.values().map(Value::as_object).collect();
    let Some(objects) = objects else { return false };
    // A key with a digit, or of one letter, is an id, whatever its letters mean.
    let is_name = |key: &CompactString| {
        let has_digit = key.contains(|letter: char| letter.is_ascii_digit());
        let is_word = !has_digit && key.chars().nth(1).is_some();
        (is_word && !known_names(key).is_empty()) || words::is_wrapper(key)
    };
    !object.keys().any(is_name) && (have_same_keys(&objects) || have_titles(&objects))
}

/// Whether each object has half of its keys, and of those of the first one, in common with the first one.
fn have_same_keys(objects: &[&Object]) -> bool {
    let Some((first, others)) = objects.split_first() else { return false };
    others.iter().all(|other| {
        let shared = first.keys().filter(|key| other.contains_key(key)).count();
        2 * shared >= first.len().max(other.len()) && shared > 0
    })
}

/// Whether all objects share a key with others, and most of them the key of their title.
fn have_titles(objects: &[&Object]) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for key in objects.iter().flat_map(|object| object.keys()) {
        *counts.entry(key).or_default() += 1;
    }
    let is_shared = |key: &CompactString| counts.get(key.as_str()).is_some_and(|count| *count > 1);
    let is_title = |key: &str| {
        known_names(key).iter().any(|known| known.target == FieldTarget::Field(Field::Title))
    };
    let is_of_most = |key: &str| counts.get(key).is_some_and(|count| 2 * count > objects.len());
    let mut titles = counts.keys().filter(|key| is_title(key) && is_of_most(key));
    let has_title_key = titles.clone().any(|key| has_title_word(key));
    let are_documents = || {
        let rated = objects.iter().take(MAX_RATED_OBJECTS);
        2 * rated.filter(|object| said(object).is_document()).count()
            >= objects.len().min(MAX_RATED_OBJECTS)
    };
    objects.iter().all(|object| object.keys().any(is_shared))
        && (has_title_key || (titles.next().is_some() && are_documents()))
}
