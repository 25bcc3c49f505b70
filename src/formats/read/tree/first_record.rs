//! The first record of XML that comes through a pipe which pauses behind it.

use super::list_keys::Names;
use super::plan::Plan;
use super::vocabularies::Vocabulary;
use super::words;
use super::worth::said;
use super::xml::{has_known_descriptions, sample};
use crate::formats::field_names::is_form_of_document;
use crate::formats::read::ReadOptions;
use crate::formats::read::json::{Object, Value};
use crate::formats::read::xml::root_name;

/// Whether the beginning of XML ends behind its first record, so that more of it would not change how it is read: an
/// element that is named as one document (`letter`, `record`), has a title with a date or a person, stands in no other
/// document, and would be the only record if the file ended here.
pub(in crate::formats::read) fn ends_behind_record(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let name = text.rsplit_once("</").and_then(|(_, last)| last.trim_end().strip_suffix('>'));
    let Some(name) = name.map(|name| name.rsplit(':').next().unwrap_or(name).trim()) else {
        return false;
    };
    let Some(root) = root_name(&text).filter(|root| Vocabulary::of_root(root).is_none()) else {
        return false;
    };
    if !names_document(name) || names_document(root) {
        return false;
    }
    let options = ReadOptions::default();
    let Ok(Some(top)) = sample("", &options, beginning) else { return false };
    if has_known_descriptions(&top) {
        return false;
    }
    let tops = [top];
    let Ok(plan) = Plan::decide(&tops, Names::Elements, &options) else { return false };
    let [path] = plan.paths.as_slice() else { return false };
    let keys: Vec<&str> = path.key_names().collect();
    let Some((last, outer)) = keys.split_last() else { return false };
    *last == name
        && plan.member_key.is_none()
        && plan.child_keys.is_empty()
        && !outer.iter().any(|key| names_document(key))
        && tops
            .first()
            .and_then(|top| sole_object(top, &keys))
            .is_some_and(|it| said(it).is_document())
}

/// Whether a name is that of one document, and not of a list of them.
fn names_document(name: &str) -> bool {
    !name.ends_with('s') && (words::is_entry_key(name) || is_form_of_document(name))
}

/// Returns the object under these keys, if each is alone.
fn sole_object<'v>(top: &'v Value, keys: &[&str]) -> Option<&'v Object> {
    let inner = keys.iter().try_fold(top, |value, key| match value {
        Value::Array(values) => match values.as_slice() {
            [only] => only.get(key),
            _ => None,
        },
        other => other.get(key),
    })?;
    super::lifting::only_object(inner)
}
