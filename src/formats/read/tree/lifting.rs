//! Finds the whole of a record whose description stands alone inside of it: the article in the citation of an entry.

use crate::formats::read::json::{Object, Value};

use super::lists::{Candidate, Path, Step};
use super::words;
use super::worth::said;

/// Returns the list of the objects that have one object of a list each and nothing that describes a document
/// themselves, with the keys between them; `None` if there is no such list.
pub(super) fn whole_records<'v>(
    list: &Candidate<'v>,
    others: Vec<Candidate<'v>>,
) -> Option<(Candidate<'v>, Vec<String>)> {
    let mut keys = Vec::new();
    let mut path = list.path.clone();
    let mut whole = None;
    while let [outer @ .., Step::Key(key), Step::Items] = path.0.as_slice() {
        let outer = Path(outer.to_vec());
        let Some(around) = others.iter().position(|it| it.path == outer) else { break };
        let Some(whole_list) = others.get(around) else { break };
        let holds_one =
            |object: &&Object| !said(object).title && sole_object(object, key).is_some();
        // The last one may be cut off where the beginning of the file ends.
        let (end, before) = whole_list.objects.split_last().unzip();
        let is_cut = |object: &&Object| !object.contains_key(key.as_str());
        let are_sound = before.is_some_and(|before| before.iter().all(&holds_one))
            && end.is_some_and(|object| holds_one(object) || is_cut(object));
        let is_list = whole_list.count > 1 && whole_list.count <= list.count + 1;
        if !is_list || words::is_list_key(key) || !are_sound {
            break;
        }
        keys.push(key.clone());
        whole = Some(around);
        path = outer;
    }
    let whole = others.into_iter().nth(whole?)?;
    Some((whole, keys))
}

/// Returns the object under a key, if it is one alone.
fn sole_object<'v>(object: &'v Object, key: &str) -> Option<&'v Object> {
    object.get(key).and_then(only_object)
}

/// Returns an object, or the only one of a list.
pub(super) fn only_object(value: &Value) -> Option<&Object> {
    match value {
        Value::Object(inner) => Some(inner),
        Value::Array(values) => match values.as_slice() {
            [only] => only.as_object(),
            _ => None,
        },
        _ => None,
    }
}
