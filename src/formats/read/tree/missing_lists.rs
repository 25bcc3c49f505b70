//! Lists of a file without records: those that are empty, and those whose names say that they have none.

use super::lists::MAX_DEPTH;
use super::path::{Path, Step};
use super::words;
use crate::formats::read::json::Value;

/// Returns the first list in a tree that is empty.
pub(super) fn find_empty(value: &Value, path: &Path) -> Option<Path> {
    match value {
        Value::Array(values) if values.is_empty() => Some(path.clone()),
        Value::Object(object) if path.0.len() <= MAX_DEPTH => {
            let mut parts = object.iter().filter(|(key, _)| !words::has_no_records(key));
            parts.find_map(|(key, value)| find_empty(value, &path.then(Step::Key(key.to_string()))))
        }
        _ => None,
    }
}

/// Returns the first list of objects under a key below which nothing is a record.
pub(super) fn find_left_out(value: &Value, path: &Path) -> Option<Path> {
    let object = value.as_object().filter(|_| path.0.len() <= MAX_DEPTH)?;
    object.iter().find_map(|(key, value)| {
        let path = path.then(Step::Key(key.to_string()));
        let mut items = value.as_array().into_iter().flatten();
        let is_left_out = words::has_no_records(key) && items.any(Value::is_object);
        if is_left_out { Some(path) } else { find_left_out(value, &path) }
    })
}
