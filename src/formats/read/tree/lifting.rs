//! Finds the description of a record that is an object inside of it (the `volumeInfo` of a book), and the whole record
//! round a description (the entry round its citation).

use crate::formats::read::json::{Object, Value};

use super::lists::{Candidate, has_title_word, is_of_values};
use super::path::{Path, Step};
use super::worth::{is_part, said};
use super::{nesting, words};
use crate::formats::field_names::known_names;

/// The most keys between a record and its description: `pnx.display`.
const MAX_LIFTED_KEYS: usize = 2;

/// Keys of objects whose title is not that of the record: what contains it, what follows it, what was asked for.
const HOST_KEYS: [&str; 21] = [
    "query",
    "request",
    "config",
    "settings",
    "version",
    "export",
    "generator",
    "journal",
    "host",
    "container",
    "source",
    "parent",
    "series",
    "collection",
    "repository",
    "institution",
    "project",
    "event",
    "next",
    "previous",
    "cover",
];

/// Keys of the description of a record, whatever it has beside it.
const DESCRIPTION_KEYS: [&str; 17] = [
    "biblio",
    "bibjson",
    "bibliographic",
    "bibliographicdata",
    "citation",
    "volumeinfo",
    "display",
    "pnx",
    "letter",
    "article",
    "work",
    "info",
    "detail",
    "descriptive",
    "description",
    "paper",
    "document",
];

/// Whether a key is that of the description of a record.
pub(super) fn describes(key: &str) -> bool {
    nesting::is_one_of(key, &DESCRIPTION_KEYS)
}

/// Whether a key fills a field by itself. A citation may be an object that describes.
fn fills_field(key: &str) -> bool {
    !describes(key) && !known_names(key).is_empty()
}

/// Returns the keys down to the objects in which records describe themselves, if they have no titles themselves:
/// `volumeInfo` in each item; none if there are no such objects.
pub(super) fn keys_of_descriptions(records: &[&Object]) -> Vec<String> {
    let are_rated = || records.iter().filter(|record| !is_part(record));
    if records.iter().any(|record| said(record).title) {
        return Vec::new();
    }
    // A record with a day, a person or a summary of its own needs no title: that of its edition is another thing's.
    let is_described = records.iter().any(|record| {
        let said = said(record);
        said.date || said.person || said.summary
    });
    let is_certain =
        |keys: &[&str]| keys.iter().any(|key| nesting::is_one_of(key, &DESCRIPTION_KEYS));
    let mut found: Option<Vec<&str>> = None;
    let (mut count, mut is_document) = (0, false);
    for record in are_rated() {
        let keys = keys_of_description(record, MAX_LIFTED_KEYS);
        let Some(keys) = keys.filter(|keys| !is_described || is_certain(keys)) else { continue };
        let description = description_in(record, &keys);
        is_document |= description.is_some_and(|it| said(it).is_document());
        if *found.get_or_insert_with(|| keys.clone()) != keys {
            return Vec::new();
        }
        count += 1;
    }
    let is_of_most = is_document && 2 * count > are_rated().count();
    let keys = found.filter(|_| is_of_most).unwrap_or_default();
    keys.into_iter().map(str::to_owned).collect()
}

/// Returns the keys down to the object in a record that has the title of a document and says most of it; `None` if
/// there is no such object, or several of the kind.
fn keys_of_description(record: &Object, depth: usize) -> Option<Vec<&str>> {
    let is_other = |key: &str| {
        words::has_no_records(key)
            || words::is_of_parts(key)
            || words::is_event_key(key)
            || is_of_values(key)
            || fills_field(key)
            || nesting::is_one_of(key, &HOST_KEYS)
    };
    if depth == 0 {
        return None;
    }
    let mut best: Option<(f64, Vec<&str>)> = None;
    let mut is_alone = true;
    for (key, value) in record.iter().filter(|(key, _)| !is_other(key)) {
        let Value::Object(inner) = value else { continue };
        // What only wraps fields is no key between.
        let cost = usize::from(!words::is_wrapper(key));
        let keys = if inner.keys().any(|key| has_title_word(key)) {
            vec![key.as_str()]
        } else if let Some(keys) = keys_of_description(inner, depth - cost) {
            [vec![key.as_str()], keys].concat()
        } else {
            continue;
        };
        let worth = description_in(record, &keys).map_or(0.0, |it| said(it).worth());
        let known = best.as_ref().map_or(0.0, |(worth, _)| *worth);
        if worth > known {
            best = Some((worth, keys));
            is_alone = true;
        } else if worth >= known {
            is_alone = false;
        }
    }
    best.filter(|_| is_alone).map(|(_, keys)| keys)
}

/// Returns the object under these keys, one inside of the other; `None` if there are no keys.
pub(super) fn description_in<'v>(
    record: &'v Object,
    keys: &[impl AsRef<str>],
) -> Option<&'v Object> {
    let (first, others) = keys.split_first()?;
    let first = record.get(first.as_ref())?.as_object()?;
    others.iter().try_fold(first, |object, key| object.get(key.as_ref())?.as_object())
}

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
