//! Decides between lists that stand inside one another: documents with their parts, or groups of documents.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use crate::formats::read::json::{Object, Value};

use super::groups::is_day;
use super::hierarchy;
use super::leaves::{self, Leaf};
use super::lists::{Candidate, MIN_WORTH, has_title_word, is_named};
use super::named_addresses::labels_of_things;
use super::path::{Path, Step};
use super::totals::is_total;
use super::worth::said;
use super::{lifting, words};
use crate::formats::field_names::{FieldTarget, is_enclosure, known_names, languages};
use crate::record::{Date, Field};

/// Keys of what belongs to a thing and may have a title and a date: its files, its history, what was said of it.
const PART_LIST_KEYS: [&str; 35] = [
    "resource",
    "distribution",
    "asset",
    "download",
    "format",
    "manifestation",
    "digitalobject",
    "representation",
    "rendition",
    "version",
    "revision",
    "history",
    "change",
    "log",
    "provenance",
    "comment",
    "review",
    "rating",
    "note",
    "annotation",
    "exhibition",
    "bibliography",
    "reference",
    "citation",
    "literature",
    "availability",
    "location",
    "copy",
    "copies",
    "loan",
    "identifier",
    "extra",
    "tag",
    "organization",
    "activity",
];

/// Keys of what belongs to a thing and has days and persons of its own.
const DATED_PART_KEYS: [&str; 23] = [
    "resource",
    "distribution",
    "download",
    "version",
    "revision",
    "history",
    "comment",
    "review",
    "rating",
    "exhibition",
    "bibliography",
    "literature",
    "loan",
    "availability",
    "award",
    "prize",
    "medal",
    "honour",
    "honor",
    "grant",
    "conference",
    "reply",
    "answer",
];

/// Keys of what was done with a thing after it was made, whose days are its own.
const KEEPING_KEYS: [&str; 24] = [
    "acquisition",
    "accession",
    "purchase",
    "gift",
    "donation",
    "bequest",
    "sale",
    "auction",
    "transfer",
    "deposit",
    "treatment",
    "conservation",
    "restoration",
    "digitisation",
    "digitization",
    "modification",
    "erwerb",
    "erwerbung",
    "ankauf",
    "schenkung",
    "ausleihe",
    "restaurierung",
    "acquisizione",
    "adquisicion",
];

/// Keys of lists of literature about a thing, and of its printed forms.
const LITERATURE_KEYS: [&str; 10] = [
    "publication",
    "edition",
    "literature",
    "bibliography",
    "printing",
    "impression",
    "translation",
    "reprint",
    "article",
    "book",
];

/// Whether days and persons below a key are not those of the record.
pub(super) fn has_own_dates(key: &str) -> bool {
    is_one_of(key, &DATED_PART_KEYS)
}

/// Whether the name of an object says that its days are those of keeping: `acquisition`.
pub(super) fn has_days_of_keeping(key: &str) -> bool {
    is_one_of(key, &KEEPING_KEYS)
}

/// Keys that files have and documents have not.
const FILE_KEYS: [&str; 16] = [
    "format",
    "mimetype",
    "mime",
    "mediatype",
    "contenttype",
    "filesize",
    "size",
    "bytesize",
    "bytes",
    "checksum",
    "hash",
    "md5",
    "filename",
    "downloadurl",
    "accessurl",
    "contenturl",
];

/// Words for documents in the keys of their lists, beside those of [`words::is_list_key`].
const DOCUMENT_KEYS: [&str; 13] = [
    "article",
    "work",
    "letter",
    "publication",
    "volume",
    "manuscript",
    "photograph",
    "photo",
    "map",
    "book",
    "brief",
    "briefe",
    "dokumente",
];

/// Elements of one record in the answer of a service.
const RECORD_ELEMENTS: [&str; 5] = ["doc", "row", "result", "hit", "document"];

/// The most keys of a group of documents beside its list.
const MAX_GROUP_KEYS: usize = 4;

/// Whether the objects of a list are things to which the objects of a list inside it belong, and no groups of
/// documents.
pub(super) fn holds_parts(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let Some(between) = inner.path.0.strip_prefix(outer.path.0.as_slice()) else { return false };
    if between.is_empty() {
        return false;
    }
    if are_letters_with_parts(outer, inner) || are_titled_with_part(outer, inner) {
        return true;
    }
    if !are_mostly(outer, |object| said(object).is_thing()) {
        return false;
    }
    if are_mostly(outer, |object| said(object).is_document()) || are_certain_parts(between, inner) {
        return true;
    }
    let is_document = |object: &Object| said(object).is_document() && has_own_title(object);
    if !are_mostly(inner, is_document) || !hierarchy::child_keys(&outer.objects).is_empty() {
        return true;
    }
    // A museum lists what was written of a thing, a catalogue its editions.
    let is_titled =
        |object: &Object| said(object).id && object.keys().any(|key| has_title_word(key));
    if keys_of(between).any(|key| is_one_of(key, &LITERATURE_KEYS)) && are_mostly(outer, is_titled)
    {
        return true;
    }
    // A group has a name, and little else. What has a title and a description is a document.
    let is_group = |object: &Object| {
        object.len() <= MAX_GROUP_KEYS + 1 && (!said(object).summary || is_named(object))
    };
    !keys_of(between).any(is_of_documents) && !are_mostly(outer, is_group)
}

/// Whether the objects of a list are letters by their two sides, and what is in them is no list of letters.
fn are_letters_with_parts(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let between = inner.path.0.strip_prefix(outer.path.0.as_slice()).unwrap_or_default();
    let is_of_letters = |key: &str| words::is_child_key(key) || languages::is_letter(key);
    are_mostly(outer, |object| said(object).letter)
        && !keys_of(between).any(is_of_letters)
        && !are_letters_of_persons(outer, inner)
}

/// Whether the objects of a list are the two sides of letters that stand in a list inside of them, under any name: only those
/// have titles and dates, and they name no persons.
pub(super) fn are_letters_of_persons(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let between = inner.path.0.strip_prefix(outer.path.0.as_slice()).unwrap_or_default();
    let [Step::Key(key), Step::Items] = between else { return false };
    let is_other =
        are_certain_parts(between, inner) || is_one_of(key, &LITERATURE_KEYS) || is_enclosure(key);
    let is_pair = |object: &Object| {
        let said = said(object);
        said.letter && !said.title && !said.date
    };
    let is_letter = |object: &Object| {
        let said = said(object);
        said.title && said.date && !said.person
    };
    !is_other && are_mostly(outer, is_pair) && are_mostly(inner, is_letter)
}

/// Whether the objects of a list have the titles of documents, and one object each stands in them, under a key that says
/// nothing of documents: how they were made.
fn are_titled_with_part(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let between = inner.path.0.strip_prefix(outer.path.0.as_slice()).unwrap_or_default();
    // In XML an element alone is a list too.
    let is_single = between.iter().all(|step| matches!(step, Step::Key(_)))
        || matches!(between, [Step::Key(key), Step::Items] if !is_one_of(key, &LITERATURE_KEYS))
            && inner.count <= outer.count;
    let has_title = |object: &Object| object.keys().any(|key| has_title_word(key));
    let is_other = |key: &str| {
        is_of_documents(key)
            || words::is_item_key(key)
            || words::is_wrapper(key)
            || lifting::describes(key)
    };
    is_single && are_mostly(outer, has_title) && !keys_of(between).any(is_other)
}

/// Whether what an object alone has in it are its parts, whatever they say: the files of a set of data.
pub(super) fn holds_certain_parts(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let between = inner.path.0.strip_prefix(outer.path.0.as_slice()).unwrap_or_default();
    !between.is_empty()
        && are_mostly(outer, |object| said(object).is_thing())
        && are_certain_parts(between, inner)
}

/// Whether objects are parts by the keys on the way to them, or because they are files.
fn are_certain_parts(between: &[Step], inner: &Candidate<'_>) -> bool {
    let is_of_parts = |key: &str| {
        words::is_of_parts(key) || words::is_event_key(key) || is_one_of(key, &PART_LIST_KEYS)
    };
    let are_archival =
        keys_of(between).last().is_some_and(|key| are_archival_files(key, &inner.objects));
    (!are_archival && keys_of(between).any(is_of_parts))
        || (!keys_of(between).any(is_of_documents) && are_mostly(inner, is_file))
}

/// Takes the worth of objects whose titles are those of the records in them, each under a label of its own.
pub(super) fn leave_out_outer_labels(lists: &mut [Candidate<'_>]) {
    let labelled: Vec<&Candidate<'_>> = lists.iter().filter(|it| are_labelled(it)).collect();
    // Most files have no labels.
    if labelled.is_empty() {
        return;
    }
    let mut by_path: HashMap<&[Step], Vec<&Candidate<'_>>> = HashMap::new();
    for list in &*lists {
        by_path.entry(list.path.0.as_slice()).or_default().push(list);
    }
    let mut outer: HashSet<Path> = HashSet::new();
    for inner in labelled {
        let around = inner.path.0.iter().enumerate().filter_map(|(at, _)| inner.path.0.get(..at));
        let around = around.filter_map(|path| by_path.get(path)).flatten();
        let outer_lists = around.filter(|list| has_labels_of(list, inner));
        outer.extend(outer_lists.map(|list| list.path.clone()));
    }
    for list in lists.iter_mut().filter(|it| outer.contains(&it.path)) {
        list.worth = 0.0;
    }
}

/// Removes objects round lists of the same name as the chosen one: `photos.item` beside `letters.item` is a list, and
/// `photos` no record.
pub(super) fn drop_around_alike(lists: &mut Vec<Candidate<'_>>, chosen: &Path) {
    let name = chosen.key_names().last();
    let is_alike = |list: &&Candidate<'_>| name.is_some() && list.path.key_names().last() == name;
    let alike = lists.iter().filter(is_alike).map(|list| list.path.0.as_slice());
    let around = alike.flat_map(|path| (0..path.len()).filter_map(|length| path.get(..length)));
    let around: HashSet<Vec<Step>> = around.map(<[Step]>::to_vec).collect();
    lists.retain(|list| !around.contains(&list.path.0));
}

/// Removes lists that stand inside another one.
pub(super) fn without_nested(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut kept: Vec<Candidate<'_>> = Vec::new();
    let mut paths: HashSet<Vec<Step>> = HashSet::new();
    for candidate in candidates {
        let steps = &candidate.path.0;
        let mut outer = (0..=steps.len()).filter_map(|length| steps.get(..length));
        if !outer.any(|outer| paths.contains(outer)) {
            paths.insert(steps.clone());
            kept.push(candidate);
        }
    }
    kept
}

/// Takes the worth of objects that are only the days of the documents in them, whose titles are not theirs:
/// `{"year": 1945, "items": [{"title": …}]}`.
pub(super) fn leave_out_days(lists: &mut [Candidate<'_>]) {
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    let is_of_day = |object: &Object| {
        let mut own = object.iter().filter(|(_, value)| is_scalar(value)).peekable();
        own.peek().is_some()
            && own.all(|(key, _)| is_day(key) || words::is_paging(key) || is_total(key))
    };
    let are_days = |list: &&Candidate<'_>| list.objects.iter().all(|object| is_of_day(object));
    let days: HashSet<Vec<Step>> =
        lists.iter().filter(are_days).map(|list| list.path.0.clone()).collect();
    if days.is_empty() {
        return;
    }
    let mut left_out: HashSet<Vec<Step>> = HashSet::new();
    for list in &mut *lists {
        let [outer @ .., Step::Key(key), Step::Items] = list.path.0.as_slice() else { continue };
        let is_titled = |object: &Object| object.keys().any(|key| has_title_word(key));
        if days.contains(outer)
            && (is_of_documents(key) || words::is_item_key(key))
            && are_mostly(list, is_titled)
        {
            left_out.insert(outer.to_vec());
            list.worth = list.worth.max(MIN_WORTH);
        }
    }
    for list in lists.iter_mut().filter(|list| left_out.contains(&list.path.0)) {
        list.worth = 0.0;
    }
}

/// Whether most objects of a list of records have their title under a label.
fn are_labelled(list: &Candidate<'_>) -> bool {
    list.worth >= MIN_WORTH && are_mostly(list, |object| !title_labels(object).is_empty())
}

/// Returns the labels of titles in an object that are no keys of it.
fn title_labels(object: &Object) -> Vec<String> {
    let leaves = leaves::of_record(object);
    let is_filled = |key: &str| {
        object.get(key).is_some_and(|value| value.as_str().is_none_or(|text| !text.is_empty()))
    };
    let is_label =
        |leaf: &&Leaf<'_>| leaf.depth == 0 && !is_filled(&leaf.key) && is_title(&leaf.key);
    let titles = leaves.iter().filter(is_label).map(|leaf| leaf.key.to_string());
    let things = labels_of_things(&leaves).into_iter().filter(|key| !is_filled(key));
    titles.chain(things.map(str::to_owned)).collect()
}

/// Whether the title of objects is only a label in the records of a list inside of them.
pub(super) fn has_labels_of(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    let Some(between) = inner.path.0.strip_prefix(outer.path.0.as_slice()) else { return false };
    let is_record_key = |key: &str| {
        is_of_documents(key) || words::is_item_key(key) || RECORD_ELEMENTS.contains(&key)
    };
    let is_of_records = inner.count > outer.count
        || (outer.count == 1 && keys_of(between).last().is_some_and(is_record_key));
    if between.is_empty() || !is_of_records || !are_labelled(inner) {
        return false;
    }
    let has_title = |object: &Object| object.keys().any(|key| has_title_word(key));
    if outer.objects.iter().any(|object| has_title(object)) {
        return false;
    }
    let of_outer: Vec<String> = outer.objects.iter().flat_map(|it| title_labels(it)).collect();
    let is_shared =
        |object: &Object| title_labels(object).iter().any(|label| of_outer.contains(label));
    // What stands beside the list is the outer one's own.
    let key_of_list = keys_of(between).next();
    let has_own = outer.objects.iter().any(|object| {
        let is_other_list = |value: &Value| {
            let mut objects = value.as_array().into_iter().flatten().filter_map(Value::as_object);
            objects.any(|object| !title_labels(object).is_empty())
        };
        let entries = object
            .iter()
            .filter(|(key, value)| Some(key.as_str()) != key_of_list && !is_other_list(value));
        let others = entries.map(|(key, value)| (key.clone(), value.clone()));
        is_shared(&others.collect())
    });
    !has_own && are_mostly(inner, is_shared)
}

/// Whether the key of a list says that it is of records.
pub(super) fn is_keyed(list: &Candidate<'_>) -> bool {
    list.path.key_names().last().is_some_and(|key| is_of_documents(key) || words::is_item_key(key))
}

/// Whether a list under a key is of records, by the word.
fn is_of_documents(key: &str) -> bool {
    words::is_list_key(key) || words::is_result_key(key) || is_one_of(key, &DOCUMENT_KEYS)
}

/// Whether something holds for more than half of the first objects of a list.
fn are_mostly(list: &Candidate<'_>, holds: impl Fn(&Object) -> bool) -> bool {
    2 * list.objects.iter().filter(|object| holds(object)).count() > list.objects.len()
}

/// Returns the keys among steps.
fn keys_of(steps: &[Step]) -> impl Iterator<Item = &str> {
    steps.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Items | Step::Entries => None,
    })
}

/// Whether a key, or its singular, is one of these.
pub(super) fn is_one_of(key: &str, keys: &[&str]) -> bool {
    let key = words::bare(key);
    let singular = key.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = singular.as_deref().or_else(|| key.strip_suffix('s'));
    keys.contains(&key.as_str()) || singular.is_some_and(|singular| keys.contains(&singular))
}

/// Whether an object describes a file: it has an address, no creator, and a key that only files have.
fn is_file(object: &Object) -> bool {
    let said = said(object);
    let is_of_file = |key: &CompactString| FILE_KEYS.contains(&words::bare(key).as_str());
    said.address && !said.person && object.keys().any(is_of_file)
}

/// Whether objects under a key are the files of an archive, and no files of a computer: they have titles, and nothing that only
/// those have.
pub(super) fn are_archival_files<'v>(
    key: &str,
    objects: impl IntoIterator<Item = &'v &'v Object>,
) -> bool {
    let is_archival = |object: &Object| {
        let is_of_file = |key: &CompactString| FILE_KEYS.contains(&words::bare(key).as_str());
        said(object).is_document()
            && object.keys().any(|key| has_title_word(key))
            && !object.keys().any(is_of_file)
    };
    let mut objects = objects.into_iter().peekable();
    is_one_of(key, &["file"])
        && objects.peek().is_some()
        && objects.all(|object| is_archival(object))
}

/// Whether the title of an object is one of a document, and no date and no name of a file.
fn has_own_title(object: &Object) -> bool {
    let leaves = leaves::of_record(object);
    let mut titles = leaves.iter().filter(|leaf| leaf.depth == 0 && is_title(&leaf.key));
    titles.any(|leaf| Date::parse(&leaf.text).span().is_none() && !is_file_name(&leaf.text))
}

/// Whether a key may be that of a title.
pub(super) fn is_title(key: &str) -> bool {
    known_names(key).iter().any(|known| known.target == FieldTarget::Field(Field::Title))
}

/// Whether a text is the name of a file: `letters.csv`.
fn is_file_name(text: &str) -> bool {
    text.trim().rsplit_once('.').is_some_and(|(name, ending)| {
        let is_ending = (2..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
        !name.is_empty() && is_ending
    })
}
