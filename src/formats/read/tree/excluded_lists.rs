//! Lists of records under keys that usually have none: documents under `media`.

use super::list_keys::Names;
use super::lists::{Candidate, MIN_WORTH, collect};
use super::nesting::is_keyed;
use super::worth::said;
use crate::formats::read::json::{Object, Value};

/// Returns the list of documents under a key that usually has none, such as `media`, if the top of the tree says nothing
/// itself but has what the documents say in fields with labels.
pub(super) fn find<'v>(
    tops: &'v [Value],
    names: Names,
    root: &Candidate<'_>,
) -> Option<Candidate<'v>> {
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
        collect(tops, names, true).into_iter().filter(|it| it.count > 1 && it.path.0.len() == 2);
    lists.find(Candidate::is_of_documents)
}

/// Returns the longest list of documents by its key and its objects that stands under a key of what usually has none:
/// `{"authors": [{"name": …, "works": […]}]}`.
pub(super) fn find_keyed(tops: &[Value], names: Names) -> Option<Candidate<'_>> {
    let is_list = |it: &Candidate<'_>| {
        it.count > 1 && it.worth >= MIN_WORTH && is_keyed(it) && it.is_of_documents()
    };
    collect(tops, names, true).into_iter().filter(is_list).max_by_key(|it| it.count)
}
