//! Finds the records in a tree: the list whose objects say most about a document each.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::formats::read::json::{Object, Value};

use super::headers::{
    describes_a_list, is_header_key, is_list_in, leave_out_containers, leave_out_headers,
};
use super::labelled::LabelledValue;
use super::list_keys::{self, Names};
use super::path::{Path, Step};
use super::worth::{Said, are_places, has_container, mean_worth, said};
use super::{
    excluded_lists, hierarchy, keyed, leaves, lifting, linked, nesting, uneven_lists, words,
};
use crate::formats::field_names::{FieldTarget, LOOSE_RANK, known_names, words_of};
use crate::record::Field;

/// The number of objects of a list that decide its worth.
const MAX_RATED_OBJECTS: usize = 50;

/// The worth of a list that has records at least.
pub(super) const MIN_WORTH: f64 = 3.0;

/// The deepest nesting of a list of records.
pub(super) const MAX_DEPTH: usize = 12;

/// A list of objects, or the top of the tree itself.
#[derive(Debug, Default)]
pub(super) struct Candidate<'v> {
    /// Where it stands.
    pub(super) path: Path,
    /// The first of its objects.
    pub(super) objects: Vec<&'v Object>,
    /// The number of its objects.
    pub(super) count: usize,
    /// The keys of objects inside of its objects in which the records describe themselves.
    pub(super) wrappers: Vec<String>,
    /// What its objects say about a document each, in the mean.
    pub(super) worth: f64,
    /// The key under which its objects are groups of others, if not all of them are.
    pub(super) group_key: Option<String>,
}

impl Candidate<'_> {
    /// Returns what one of its objects says, with the description in it.
    fn said(&self, object: &Object) -> Said {
        match lifting::description_in(object, &self.wrappers) {
            Some(inner) => said(object).with(said(inner)),
            None => said(object),
        }
    }

    /// Finds the description inside of each object, and how much the first objects say.
    fn rate(&mut self) {
        let rated: Vec<&Object> = self.objects.iter().copied().take(MAX_RATED_OBJECTS).collect();
        if are_places(&rated) {
            self.worth = 0.0;
            return;
        }
        self.wrappers = lifting::keys_of_descriptions(&rated);
        self.worth = if self.wrappers.is_empty() {
            mean_worth(&rated)
        } else {
            let count = u32::try_from(rated.len()).unwrap_or(u32::MAX).max(1);
            rated.iter().map(|object| self.said(object).worth()).sum::<f64>() / f64::from(count)
        };
    }

    /// Whether its objects describe a document each: a title with a date or a person.
    pub(super) fn is_of_documents(&self) -> bool {
        let describes = |object: &&&Object| self.said(object).is_document();
        self.objects.iter().filter(describes).count() * 2 > self.objects.len()
    }
}

/// What was found in a tree.
#[derive(Debug)]
pub(super) enum Found<'v> {
    /// Lists of records, in the order of the tree. The top itself has an empty path.
    Records(Vec<Candidate<'v>>),
    /// No record; the longest lists.
    Nothing(Vec<Candidate<'v>>),
}

/// The number of lists that are named where no record was found.
const MAX_NAMED_LISTS: usize = 3;

/// Finds the records in the values at the beginning of a file.
///
/// `wanted` is the path that the user chose, as it is displayed, and `columns` are names that the user said
/// to be in the records.
pub(super) fn find<'v>(
    (tops, names): (&'v [Value], Names),
    wanted: Option<&str>,
    columns: &[(String, String)],
) -> Found<'v> {
    let mut candidates = collect(tops, names, wanted.is_some());
    if let Some(chosen) = chosen_by_user(&mut candidates, tops, wanted, columns) {
        return Found::Records(vec![chosen]);
    }
    nesting::leave_out_outer_labels(&mut candidates);
    nesting::leave_out_days(&mut candidates);
    uneven_lists::leave_out_wrappings(&mut candidates);
    leave_out_containers(&mut candidates);
    leave_out_headers(&mut candidates);
    let is_container = |root: &Candidate<'_>| {
        let lists = candidates.iter().filter(|list| is_list_in(list, &root.path));
        lists.into_iter().any(|list| {
            let is_of_results = list.path.key_names().last().is_some_and(words::is_result_key);
            list.count > 1 || is_of_results || describes_a_list(root)
        })
    };
    let root = root_candidate(tops).filter(|root| {
        let has_labels_of = |it: &Candidate<'_>| nesting::has_labels_of(root, it);
        wanted.is_none() && !is_container(root) && !candidates.iter().any(has_labels_of)
    });
    let best = candidates.iter().map(|it| it.worth).fold(0.0, f64::max);
    let is_best = |it: &&Candidate<'_>| it.worth >= best;
    let mut bests = candidates.iter().filter(is_best);
    let first = bests.clone().find(|it| it.is_of_documents()).or_else(|| bests.next());
    if let Some(root) = root
        && (root.worth > best
            || (root.worth >= best && !candidates.iter().any(Candidate::is_of_documents))
            || best < MIN_WORTH
            || first.is_some_and(|first| holds(&root, first))
            || !hierarchy::child_keys(&root.objects).is_empty())
    {
        let list = excluded_lists::find(tops, names, &root);
        return Found::Records(vec![list.unwrap_or(root)]);
    }
    let describes_more =
        |it: &&Candidate<'_>| it.count > 1 && (it.is_of_documents() || nesting::is_keyed(it));
    if !candidates.iter().any(|it| describes_more(&it) && it.worth >= MIN_WORTH)
        && let Some(whole) = lone_description(tops, &candidates)
    {
        return Found::Records(vec![whole]);
    }
    let Some(first) = first.filter(|_| best >= MIN_WORTH && wanted.is_none()) else {
        let keyed = if wanted.is_none() { excluded_lists::find_keyed(tops, names) } else { None };
        let nothing = || Found::Nothing(longest(candidates, tops));
        return keyed.map_or_else(nothing, |list| Found::Records(vec![list]));
    };
    // What stands inside objects that describe a document each are its parts.
    let around = |it: &&Candidate<'_>| it.worth >= MIN_WORTH && holds(it, first);
    let outer = candidates.iter().filter(around).min_by_key(|it| it.path.0.len());
    let chosen = outer.unwrap_or(first);
    let uneven = uneven_lists::find_outermost(&candidates, chosen);
    if let Some(list) = uneven.filter(|_| names == Names::Keys) {
        return Found::Records(vec![list]);
    }
    if let Some(only) = sole_objects(tops, &chosen.path).into_iter().find(|it| holds(it, chosen)) {
        return Found::Records(vec![only]);
    }
    let chosen = chosen.path.clone();
    Found::Records(keep_best(candidates, &chosen, best))
}

/// Collects the lists of objects and finds how much they say. `is_chosen`: also those under keys that usually have none.
pub(super) fn collect(tops: &[Value], names: Names, is_chosen: bool) -> Vec<Candidate<'_>> {
    let mut collector = Collector { names, is_chosen, ..Collector::default() };
    for top in tops {
        collector.visit(top, &Path::default(), false);
    }
    let mut candidates = collector.candidates;
    rate_all(&mut candidates);
    candidates
}

/// Finds how much the objects of each list say. Fields and what belongs to other objects say nothing.
fn rate_all(candidates: &mut [Candidate<'_>]) {
    let identifiers = linked::identifiers(candidates);
    for candidate in candidates {
        candidate.rate();
        let key = candidate.path.key_names().last().unwrap_or_default();
        let are_fields = LabelledValue::are_fields(key, &candidate.objects);
        if are_fields || linked::are_parts(candidate, &identifiers) {
            candidate.worth = 0.0;
        }
    }
}

/// Returns the chosen list with those that are half as good and not in it, or the list of whole records round it.
fn keep_best<'v>(lists: Vec<Candidate<'v>>, chosen: &Path, best: f64) -> Vec<Candidate<'v>> {
    let contains = |outer: &Path, inner: &Path| inner.0.starts_with(&outer.0);
    let has_document =
        |list: &Candidate<'_>| list.objects.iter().any(|it| list.said(it).is_document());
    let has_documents = lists.iter().any(|it| it.path == *chosen && has_document(it));
    let (mut kept, others): (Vec<_>, Vec<_>) = lists.into_iter().partition(|it| {
        it.path == *chosen
            || (it.worth >= (best / 2.0).max(MIN_WORTH)
                && (!has_documents || !is_lookup_table(it))
                && !contains(chosen, &it.path)
                && !contains(&it.path, chosen))
    });
    nesting::drop_around_alike(&mut kept, chosen);
    let kept = nesting::without_nested(kept);
    let whole = match kept.as_slice() {
        [only] => lifting::whole_records(only, others),
        _ => None,
    };
    match whole {
        Some((whole, wrappers)) => vec![Candidate { wrappers, ..whole }],
        None => kept,
    }
}

/// Whether the objects of a list have a name, and an id by which others refer to it, and nothing else is known of them.
fn is_lookup_table(list: &Candidate<'_>) -> bool {
    let only_named = |object: &&Object| {
        let said = list.said(object);
        let leaves = leaves::of_record(object);
        let mut titles =
            leaves.iter().filter(|leaf| leaf.depth == 0 && nesting::is_title(&leaf.key));
        titles.all(|leaf| is_name_key(&leaf.key))
            && said == Said { title: said.title, id: said.id, ..Said::default() }
    };
    list.objects.iter().all(only_named)
}

/// Whether the objects of a list have those of another one as their parts. Of one object alone this must be certain.
fn holds(outer: &Candidate<'_>, inner: &Candidate<'_>) -> bool {
    match outer.path.0.last() {
        None if outer.count > 1 => nesting::holds_parts(outer, inner),
        None | Some(Step::Key(_)) => nesting::holds_certain_parts(outer, inner),
        Some(Step::Items | Step::Entries) => nesting::holds_parts(outer, inner),
    }
}

/// Returns the objects on the way to a list that stand under a key each, in no list.
fn sole_objects<'v>(tops: &'v [Value], path: &Path) -> Vec<Candidate<'v>> {
    let [top] = tops else { return Vec::new() };
    let mut objects = Vec::new();
    let (mut value, mut steps) = (top, Vec::new());
    for step in &path.0 {
        let Step::Key(key) = step else { break };
        let Some(inner) = value.get(key.as_str()) else { break };
        value = inner;
        steps.push(step.clone());
        if let Some(object) = value.as_object() {
            let path = Path(steps.clone());
            let objects_of = vec![object];
            objects.push(Candidate { path, count: 1, objects: objects_of, ..Candidate::default() });
        }
    }
    objects
}

/// Returns the top of a tree with the one object in it that describes a document, if lists stand beside that: the
/// citation of an entry, with its terms.
fn lone_description<'v>(tops: &'v [Value], lists: &[Candidate<'_>]) -> Option<Candidate<'v>> {
    let [Value::Object(top)] = tops else { return None };
    let describes = |key: &str, value: &Value| {
        let is_other = is_header_key(key) || words::has_no_records(key) || is_of_values(key);
        let Some(object) = lifting::only_object(value).filter(|_| !is_other) else { return false };
        let mut path = Path(vec![Step::Key(key.to_owned())]);
        path.0.extend(value.is_array().then_some(Step::Items));
        let sole = Candidate { path, objects: vec![object], count: 1, ..Candidate::default() };
        said(object).is_document() && !lists.iter().any(|list| nesting::has_labels_of(&sole, list))
    };
    let mut keys = top.iter().filter(|(key, value)| describes(key, value)).map(|(key, _)| key);
    let key = keys.next()?.to_string();
    let is_beside = |it: &&Candidate<'_>| {
        it.worth >= MIN_WORTH && it.path.key_names().next().is_some_and(|first| first != key)
    };
    if keys.next().is_some() || !lists.iter().any(|list| is_beside(&list)) {
        return None;
    }
    let wrappers = vec![key];
    Some(Candidate { objects: vec![top], count: 1, wrappers, ..Candidate::default() })
}

/// Whether the title of an object is under a key for the name of anything.
pub(super) fn is_named(object: &Object) -> bool {
    let has_title = object.keys().any(|key| has_title_word(key));
    !has_title && object.keys().any(|key| is_name_key(key))
}

/// Whether a key is for the name of anything.
fn is_name_key(key: &str) -> bool {
    ["name", "label"].iter().any(|end| key.ends_with(end))
}

/// Returns the longest lists, for the sentence about a file without records.
fn longest<'v>(mut lists: Vec<Candidate<'v>>, tops: &'v [Value]) -> Vec<Candidate<'v>> {
    lists.extend(tops_as_records(tops).filter(|it| it.count > 1));
    lists.sort_by_key(|list| std::cmp::Reverse(list.count));
    lists.truncate(MAX_NAMED_LISTS);
    lists
}

/// Returns the list that the user chose: by its path, or by names that are in its objects.
fn chosen_by_user<'v>(
    candidates: &mut Vec<Candidate<'v>>,
    tops: &'v [Value],
    wanted: Option<&str>,
    columns: &[(String, String)],
) -> Option<Candidate<'v>> {
    if let Some(wanted) = wanted {
        let at = candidates.iter().position(|it| it.path.to_string() == wanted.trim())?;
        return Some(candidates.swap_remove(at));
    }
    if columns.is_empty() {
        return None;
    }
    match candidates.iter().position(|it| has_names(it, columns)) {
        Some(at) => Some(candidates.swap_remove(at)),
        None => tops_as_records(tops).filter(|it| has_names(it, columns)),
    }
}

/// Whether each of these names is in one of the objects of a candidate.
fn has_names(candidate: &Candidate<'_>, columns: &[(String, String)]) -> bool {
    let leaves: Vec<_> = candidate.objects.iter().flat_map(|it| leaves::of_record(it)).collect();
    columns.iter().all(|(_, name)| leaves.iter().any(|leaf| leaf.name == *name))
}

/// Returns the tops as records, if they are: they do not page, and have titles. One alone has another
/// field too.
fn root_candidate(tops: &[Value]) -> Option<Candidate<'_>> {
    let mut candidate = tops_as_records(tops)?;
    let rated: Vec<&Object> = candidate.objects.iter().copied().take(MAX_RATED_OBJECTS).collect();
    // A list under `pages` is of the pages of a document.
    let is_paging =
        |(key, value): (&CompactString, &Value)| !value.is_array() && words::is_paging(key);
    let is_empty_list = |(key, value): (&CompactString, &Value)| {
        value.as_array().is_some_and(Vec::is_empty)
            && (words::is_item_key(key) || words::is_result_key(key))
    };
    let are_of_nothing =
        |object: &&Object| object.iter().any(is_empty_list) && !said(object).is_document();
    if rated.iter().all(are_of_nothing) {
        return None;
    }
    let pages = rated.iter().any(|object| object.iter().any(is_paging));
    if candidate.count > 1 {
        candidate.rate();
    } else {
        candidate.worth = mean_worth(&rated);
    }
    let worth = candidate.worth;
    let is_record = match rated.as_slice() {
        [only] => worth > MIN_WORTH || (worth >= MIN_WORTH && has_container(only)),
        _ => worth >= MIN_WORTH,
    };
    (!pages && is_record).then_some(candidate)
}

/// Returns the tops as objects, whatever they are.
fn tops_as_records(tops: &[Value]) -> Option<Candidate<'_>> {
    let objects: Option<Vec<&Object>> = tops.iter().map(Value::as_object).collect();
    let objects = objects.filter(|objects| !objects.is_empty())?;
    Some(Candidate { count: objects.len(), objects, ..Candidate::default() })
}

/// Collects the lists of objects in a tree.
#[derive(Default)]
struct Collector<'v> {
    candidates: Vec<Candidate<'v>>,
    by_path: HashMap<Path, usize>,
    names: Names,
    /// Whether the user chooses the list, which may be anywhere.
    is_chosen: bool,
}

impl<'v> Collector<'v> {
    /// Visits a value. Lists in `excluded` parts of the tree are collected only for the user to choose.
    fn visit(&mut self, value: &'v Value, path: &Path, excluded: bool) {
        if (excluded && !self.is_chosen) || path.0.len() > MAX_DEPTH {
            return;
        }
        match value {
            Value::Array(values) => {
                let path = path.then(Step::Items);
                self.add(&path, values.iter().filter_map(Value::as_object));
                for value in values {
                    self.visit(value, &path, excluded);
                }
            }
            Value::Object(object) => {
                if keyed::has_like_objects(object) {
                    let path = path.then(Step::Entries);
                    self.add(&path, object.values().filter_map(Value::as_object));
                    object.values().for_each(|value| self.visit(value, &path, excluded));
                    return;
                }
                if self.names == Names::Keys && list_keys::are_chosen(object) {
                    let path = path.then(Step::Entries).then(Step::Items);
                    let items = || object.values().filter_map(Value::as_array).flatten();
                    self.add(&path, items().filter_map(Value::as_object));
                    if !self.is_chosen {
                        return items().for_each(|value| self.visit(value, &path, excluded));
                    }
                }
                for (key, value) in object {
                    let path = path.then(Step::Key(key.to_string()));
                    let is_excluded = is_of_values(key)
                        || (words::has_no_records(key) && !are_archival_files_in(key, value));
                    self.visit(value, &path, is_excluded);
                }
            }
            _ => {}
        }
    }

    /// Adds objects at a path.
    fn add(&mut self, path: &Path, objects: impl Iterator<Item = &'v Object>) {
        let mut objects = objects.peekable();
        if objects.peek().is_none() {
            return;
        }
        let at = *self.by_path.entry(path.clone()).or_insert_with(|| {
            self.candidates.push(Candidate { path: path.clone(), ..Candidate::default() });
            self.candidates.len() - 1
        });
        let Some(candidate) = self.candidates.get_mut(at) else { return };
        for object in objects {
            candidate.count += 1;
            if candidate.objects.len() < MAX_RATED_OBJECTS {
                candidate.objects.push(object);
            }
        }
    }
}

/// Whether the objects in a value under a key are the files of an archive.
fn are_archival_files_in(key: &str, value: &Value) -> bool {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let objects: Vec<&Object> =
        list.iter().filter_map(Value::as_object).take(MAX_RATED_OBJECTS).collect();
    nesting::are_archival_files(key, &objects)
}

/// Whether the objects under a key are persons, places or subjects of a record, and no records.
pub(super) fn is_of_values(key: &str) -> bool {
    let is_value = |target| match target {
        FieldTarget::Field(field) => {
            Field::NAMES.contains(&field) || [Field::Places, Field::Subjects].contains(&field)
        }
        _ => false,
    };
    let known = known_names(key);
    // A single letter is a word of some language: `a`.
    key.chars().count() > 1
        && known.first().is_some_and(|known| known.rank < LOOSE_RANK)
        && known.iter().all(|known| is_value(known.target))
}

/// Whether a key is that of a title, and not of the name of anything.
pub(super) fn has_title_word(key: &str) -> bool {
    let words = words_of(key);
    words.last().is_some_and(|word| ["title", "titel", "heading"].contains(&word.as_str()))
}
