//! Tells objects that describe a file or a list, such as a header or a feed, from records.

use std::collections::HashSet;

use super::lists::{Candidate, MIN_WORTH, is_named};
use super::path::{Path, Step};
use super::words;
use super::worth::{has_container, types_of};

/// Keys of one object that says what a file is and not what a document is.
const HEADER_KEYS: [&str; 20] = [
    "info",
    "header",
    "head",
    "meta",
    "metadata",
    "about",
    "export",
    "generator",
    "source",
    "query",
    "request",
    "config",
    "settings",
    "version",
    "kopf",
    "kopfdaten",
    "metadaten",
    "entete",
    "intestazione",
    "encabezado",
];

/// Takes the worth of objects that are alone in their list, beside a longer one or with a name alone: a header is
/// no document.
pub(super) fn leave_out_headers(candidates: &mut [Candidate<'_>]) {
    let has_fields = |it: &Candidate<'_>| it.objects.iter().all(|object| object.len() > 1);
    let longer: Vec<Path> = candidates
        .iter()
        .filter(|it| it.count > 1 && has_fields(it))
        .map(|it| it.path.clone())
        .collect();
    for candidate in candidates.iter_mut() {
        let key = candidate.path.key_names().last().unwrap_or_default().to_owned();
        let [object] = candidate.objects.as_slice() else { continue };
        let is_record_key = key.is_empty()
            || words::is_item_key(&key)
            || words::is_result_key(&key)
            || words::is_child_key(&key);
        let path = &candidate.path.0;
        let is_beside_longer =
            longer.iter().any(|it| !it.0.starts_with(path) && !path.starts_with(&it.0));
        let is_header = is_header_key(&key);
        let has_title_alone = candidate.worth <= MIN_WORTH && !has_container(object);
        let is_left_out = (is_beside_longer && (is_header || has_title_alone))
            || (has_title_alone && is_named(object));
        if is_left_out && !is_record_key {
            candidate.worth = 0.0;
        }
    }
    leave_out_names(candidates);
}

/// Takes the worth of lists of names alone beside a list that says more: the variables of an answer.
fn leave_out_names(candidates: &mut [Candidate<'_>]) {
    let are_names =
        |it: &Candidate<'_>| it.objects.iter().all(|object| object.len() == 1 && is_named(object));
    if candidates.iter().any(|it| it.worth >= MIN_WORTH && !are_names(it)) {
        candidates.iter_mut().filter(|it| are_names(it)).for_each(|it| it.worth = 0.0);
    }
}

/// Whether a candidate is a list of records in the objects at a path, under a key such as `items`.
pub(super) fn is_list_in(candidate: &Candidate<'_>, outer: &Path) -> bool {
    object_around(candidate) == Some(outer.0.as_slice())
}

/// Returns the path of the objects round a list of records under a key such as `items`.
fn object_around<'c>(candidate: &'c Candidate<'_>) -> Option<&'c [Step]> {
    match candidate.path.0.as_slice() {
        [outer @ .., Step::Key(key), Step::Items]
            if candidate.worth >= MIN_WORTH && words::is_item_key(key) =>
        {
            Some(outer)
        }
        _ => None,
    }
}

/// Whether a candidate is one object that describes the list in it, and no document: a feed, a collection.
pub(super) fn describes_a_list(candidate: &Candidate<'_>) -> bool {
    let [object] = candidate.objects.as_slice() else { return false };
    let is_feed_entry = object.contains_key("entry") && object.contains_key("updated");
    let is_channel = candidate.path.0.first() == Some(&Step::Key("channel".to_owned()));
    is_feed_entry
        || is_channel
        || types_of(object).any(words::is_list_type)
        || object.keys().any(|key| words::is_of_feed(key) || words::is_paging(key))
}

/// Takes the worth of objects that describe the list in them.
pub(super) fn leave_out_containers(candidates: &mut [Candidate<'_>]) {
    let around: HashSet<Vec<Step>> =
        candidates.iter().filter_map(object_around).map(<[Step]>::to_vec).collect();
    let is_container =
        |it: &&mut Candidate<'_>| around.contains(&it.path.0) && describes_a_list(it);
    // The channel of a feed is no document, also if it has no items.
    let is_channel =
        |path: &Path| matches!(path.0.as_slice(), [Step::Key(key), ..] if key == "channel");
    let is_container = |it: &&mut Candidate<'_>| {
        is_container(it) || (is_channel(&it.path) && describes_a_list(it) && it.path.0.len() < 3)
    };
    for candidate in candidates.iter_mut().filter(is_container) {
        candidate.worth = 0.0;
    }
}

/// Whether a key is that of an object that says what a file is.
pub(super) fn is_header_key(key: &str) -> bool {
    HEADER_KEYS.contains(&words::bare(key).as_str())
}
