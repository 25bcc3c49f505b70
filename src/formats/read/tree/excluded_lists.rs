//! Lists of records under keys that usually have none: documents under `media`.

use super::lists::{Candidate, collect};
use super::worth::said;
use crate::formats::read::json::{Object, Value};

/// Returns the list of documents under a key that usually has none, such as `media`, if the top of the tree says nothing
/// itself but has what the documents say in fields with labels.
pub(super) fn find<'v>(tops: &'v [Value], root: &Candidate<'_>) -> Option<Candidate<'v>> {
    let [object] = root.objects.as_slice() else { return None };
    let own: Object = object
        .iter()
        .filter(|(_, value)| !value.is_object() && !value.is_array())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let own = said(&own);
    if own.title || own.date || own.person {
        return None;
    }
    let mut lists =
        collect(tops, true).into_iter().filter(|it| it.count > 1 && it.path.0.len() == 2);
    lists.find(Candidate::is_of_documents)
}
