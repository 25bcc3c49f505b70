//! Objects round lists of records, which say something of all records in them: the series in
//! `{"series": [{"title": "Letters", "items": […]}, …]}`.
//!
//! One object alone round the records is the archive. Of several each holds for its own records.

use std::sync::Arc;

use compact_str::CompactString;

use crate::formats::field_names::{
    FieldTarget, KnownName, LOOSE_RANK, is_prose, known_names, words_of,
};
use crate::formats::read::json::{Object, Value};
use crate::record::{Date, Field, OwnName, Record};

use super::json_part::Item;
use super::members::GROUP_KEY;
use super::path::{Path, Step};
use super::{hierarchy, nesting, totals, words};
use crate::formats::read::spreadsheet::push_container;
use crate::record::is_container;

/// The longest text that each record of a group gets, in bytes. A longer one is kept with the archive.
const MAX_TEXT_BYTES: usize = 300;

/// The number of objects of a list that decide whether they say something of their records.
const MAX_RATED_OBJECTS: usize = 50;

/// The number of texts that each record of a group gets.
const MAX_TEXTS: usize = 20;

/// Fields that records have in common with what they stand in.
const SHARED_FIELDS: [Field; 8] = [
    Field::Repository,
    Field::Collection,
    Field::Series,
    Field::Box,
    Field::Folder,
    Field::Container,
    Field::Rights,
    Field::Language,
];

/// The most records in one object alone that is the archive and not the first of several.
const MAX_OF_ONE: usize = 500;

/// Words at the end of the keys for names of anything, beside those of titles.
const NAME_WORDS: [&str; 5] = ["name", "label", "heading", "head", "value"];

/// Keys of lists and objects that only hold others, beside those of lists.
const WRAPPING_KEYS: [&str; 4] = ["edges", "nodes", "node", "data"];

/// Keys of the number of a box or a folder.
const NUMBER_KEYS: [&str; 4] = ["number", "no", "nr", "n"];

/// A list of objects with records in them.
#[derive(Clone, Debug)]
pub(super) struct GroupLevel {
    /// The way from one of its objects to the records.
    inner: Vec<Step>,
    /// The keys on the way to its objects.
    keys: Vec<String>,
    /// The last of them that names what the objects are.
    name: String,
    /// What the titles of its objects are for the records.
    field: Option<Field>,
    /// Whether its objects say what they are only behind the records.
    is_late: bool,
}

impl GroupLevel {
    /// Finds the lists on the way to the records whose objects say what these have in common. Several values at the top of a
    /// file are a list too.
    pub(super) fn find_all(tops: &[Value], paths: &[Path]) -> Vec<GroupLevel> {
        let mut levels: Vec<GroupLevel> = Vec::new();
        for path in paths {
            for at in 0..path.0.len() {
                let (outer, inner) = path.0.split_at(at);
                if matches!(outer.last(), None | Some(Step::Items | Step::Entries))
                    && let Some(level) = GroupLevel::of_list(tops, outer, inner)
                    && !levels
                        .iter()
                        .any(|it| it.is_at(level.keys.last().map(String::as_str), inner))
                {
                    levels.push(level);
                }
            }
        }
        levels
    }

    /// Returns the level of a list; `None` if it has one object, or these say nothing of their records.
    fn of_list(tops: &[Value], outer: &[Step], inner: &[Step]) -> Option<GroupLevel> {
        let Some(Step::Key(list)) = inner.first() else { return None };
        let mut objects = Vec::new();
        for top in tops {
            collect(top, outer, &mut objects);
        }
        let keys = outer.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Items | Step::Entries => None,
        });
        let says_nothing = |key: &&str| words::is_list_key(key) || WRAPPING_KEYS.contains(key);
        let name = keys.clone().rfind(|key| !says_nothing(key)).unwrap_or(GROUP_KEY).to_owned();
        let field = field_of_list(&name);
        let rated = || objects.iter().take(MAX_RATED_OBJECTS);
        let has_title = rated().any(|it| {
            entries_round(it, inner).any(|(key, value, _)| is_text(value) && is_title(key, field))
        });
        let is_described = |(key, value): (&CompactString, &Value)| {
            is_text(value) && (is_title(key, field) || describes(key))
        };
        let has_keys = outer.last() == Some(&Step::Entries);
        let says = |it: &&Object| {
            entries_round(it, inner).any(|(key, value, _)| is_described((key, value)))
        };
        let says_something = has_keys || rated().any(says);
        let are_several = match objects.as_slice() {
            [only] => !outer.is_empty() && (field.is_some() || is_long_in(only, list)),
            objects => objects.len() > 1 && (!outer.is_empty() || differ(objects, is_described)),
        };
        let is_late = |object: &&Object| {
            let mut entries = entries_round(object, inner);
            entries.any(|(key, value, is_behind)| is_behind && is_described((key, value)))
        };
        (are_several && says_something).then(|| GroupLevel {
            inner: inner.to_vec(),
            keys: keys.map(str::to_owned).collect(),
            field: field.filter(|_| has_title),
            is_late: objects.iter().any(is_late),
            name,
        })
    }

    /// Whether it is the list under a key from whose objects these steps lead to records. A list in a list has no key.
    pub(super) fn is_at(&self, key: Option<&str>, inner: &[Step]) -> bool {
        self.keys.last().map(String::as_str) == key && self.inner == inner
    }

    /// Returns the keys on the way to its objects.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Returns the field of the records that its titles are, and its name.
    pub(super) fn field_and_name(&self) -> Option<(Field, &str)> {
        Some((self.field?, &self.name))
    }
}

/// Whether a list in an object is so long that the beginning of a file may end in the first of several objects.
fn is_long_in(object: &Object, list: &str) -> bool {
    object.get(list).and_then(Value::as_array).is_some_and(|list| list.len() >= MAX_OF_ONE)
}

/// Whether one of some objects says something else than the first one, in what counts.
fn differ(objects: &[&Object], counts: impl Fn((&CompactString, &Value)) -> bool) -> bool {
    let Some((first, others)) = objects.split_first() else { return false };
    let of_first: Vec<_> = first.iter().filter(|it| counts(*it)).collect();
    let is_other = |it: &&Object| of_first.iter().any(|(key, value)| it.get(key) != Some(*value));
    others.iter().any(is_other)
}

/// Returns the entries of an object and of those in it on the way to the next list, each with whether it stands behind the way:
/// `{"node": {"title": …, "items": […]}}`.
fn entries_round<'v>(
    object: &'v Object,
    inner: &[Step],
) -> impl Iterator<Item = (&'v CompactString, &'v Value, bool)> {
    let mut entries = Vec::new();
    let mut next = Some(object);
    for step in inner {
        let (Some(object), Step::Key(on_way)) = (next, step) else { break };
        let at = object.keys().position(|key| key == on_way.as_str());
        let is_behind = |index: usize| at.is_some_and(|at| index > at);
        entries.extend(
            object.iter().enumerate().map(|(index, (key, value))| (key, value, is_behind(index))),
        );
        next = object.get(on_way.as_str()).and_then(Value::as_object);
    }
    entries.into_iter()
}

/// Collects the objects at the end of steps.
pub(super) fn collect<'v>(value: &'v Value, steps: &[Step], objects: &mut Vec<&'v Object>) {
    match (steps.split_first(), value) {
        (None, value) => objects.extend(value.as_object()),
        (Some((Step::Items, rest)), Value::Array(values)) => {
            for value in values {
                collect(value, rest, objects);
            }
        }
        (Some((Step::Entries, rest)), Value::Object(object)) => {
            for value in object.values() {
                collect(value, rest, objects);
            }
        }
        (Some((Step::Key(key), rest)), Value::Object(object)) => {
            if let Some(value) = object.get(key.as_str()) {
                collect(value, rest, objects);
            }
        }
        _ => {}
    }
}

/// Whether a key is known to say something, of the records in its object or of that itself.
fn describes(key: &str) -> bool {
    use FieldTarget::{Date, Year};
    let known = known_names(key);
    known.first().is_some_and(|it| matches!(it.target, FieldTarget::Field(_) | Date | Year))
}

/// Whether a key is for a date or a year.
pub(super) fn is_day(key: &str) -> bool {
    let known = known_names(key);
    known.first().is_some_and(|it| matches!(it.target, FieldTarget::Date | FieldTarget::Year))
}

/// Whether a value is a text or a number.
fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_))
}

/// Whether a key is that of the title of an object, or of the number of a box. `field` is what the objects are for the
/// records in them.
fn is_title(key: &str, field: Option<Field>) -> bool {
    let is_name = words_of(key).last().is_some_and(|word| NAME_WORDS.contains(&word.as_str()));
    let is_number = || NUMBER_KEYS.contains(&words::bare(key).as_str());
    nesting::is_title(key) || is_name || (field.is_some_and(is_container) && is_number())
}

/// Returns the field under a key that holds for all records in an object.
fn shared_field(key: &str) -> Option<Field> {
    match known_names(key).first() {
        Some(KnownName { target: FieldTarget::Field(field), .. }) => {
            SHARED_FIELDS.contains(field).then_some(*field)
        }
        _ => None,
    }
}

/// Returns the field of names under a key.
fn name_field(key: &str) -> Option<Field> {
    match known_names(key).first()?.target {
        FieldTarget::Field(field) if Field::NAMES.contains(&field) => Some(field),
        _ => None,
    }
}

/// Returns what the titles of a list are for the records in it: those of `series` are series, those of `authors` creators.
fn field_of_list(key: &str) -> Option<Field> {
    let is_sure = |known: &&KnownName| known.rank < LOOSE_RANK;
    let singulars = [("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("n", ""), ("en", "")];
    let singulars =
        singulars.iter().filter_map(|(end, new)| Some(key.strip_suffix(end)?.to_owned() + new));
    let mut of_names =
        singulars.filter_map(|name| match known_names(&name).iter().find(is_sure)?.target {
            FieldTarget::Field(field) => Some(field),
            _ => None,
        });
    let is_usual = |field: &Field| {
        SHARED_FIELDS.contains(field)
            || Field::NAMES.contains(field)
            || [Field::Subjects, Field::Places].contains(field)
    };
    of_names.find(is_usual)
}

/// What an object says of the records in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Fields of the records that have none of their own.
    fields: Vec<(Field, OwnName, String)>,
    /// The date of records that have none, if the group is named by it alone.
    date: Option<String>,
    /// What is said of the group.
    own: Vec<(OwnName, String)>,
}

impl Group {
    /// Returns what the texts in an object say.
    fn new(level: &GroupLevel, object: &Object) -> Group {
        let mut group = Group::default();
        let mut levels = object.iter().filter(|(key, _)| hierarchy::is_level(key));
        let level_text = levels.next().and_then(|(_, level)| level.as_str());
        let field_of_level = level_text.and_then(|text| field_of_list(&text.to_lowercase()));
        let mut field_of_title = level.field.or(field_of_level);
        // A list that is named by a person alone is of what that person made.
        let is_titled = object.keys().any(|key| is_title(key, level.field));
        let field_in = |key: &str, text: &str| {
            shared_field(key).or_else(|| name_field(key).filter(|_| !is_titled && is_prose(text)))
        };
        let is_named_otherwise =
            |key: &CompactString| is_title(key, level.field) || shared_field(key).is_some();
        let is_of_days = !object.keys().any(is_named_otherwise);
        for (key, value) in object {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                other => other.to_string(),
            };
            let of_title = if is_title(key, level.field) { field_of_title.take() } else { None };
            if hierarchy::is_level(key) && field_of_level.is_some() {
                continue;
            }
            let is_key = key == GROUP_KEY && level.name == GROUP_KEY;
            let name = if is_key { key.to_string() } else { format!("{}.{key}", level.name) };
            let name: OwnName = name.into();
            if is_of_days && group.date.is_none() && is_day(key) {
                group.date = Some(text);
                continue;
            }
            match of_title.or_else(|| field_in(key, &text)) {
                Some(field) => group.fields.push((field, name, text)),
                None => group.own.push((name, text)),
            }
        }
        group
    }

    /// Adds what it says to a record in it.
    pub(super) fn add_to(&self, record: &mut Record) {
        for (field, name, text) in &self.fields {
            if record.all(*field).any(|value| value == text) {
                continue;
            }
            if record.first(*field).is_some() {
                record.own.push((name.clone(), text.clone()));
            } else if is_container(*field) {
                push_container(record, *field, field.key(), text);
            } else {
                record.push(*field, text);
            }
        }
        if let Some(date) = &self.date {
            if record.date.text.is_empty() {
                record.date = Date::parse(date);
            } else {
                record.own.push((GROUP_KEY.into(), date.clone()));
            }
        }
        record.own.extend(self.own.iter().cloned());
    }
}

/// The objects that are open round the records of a file while it is read, the outermost first.
#[derive(Debug, Default)]
pub(super) struct OpenGroups(Vec<OpenGroup>);

/// An object that is open round records.
#[derive(Debug)]
struct OpenGroup {
    level: GroupLevel,
    /// The texts in it so far.
    said: Object,
    /// What they say, once it was asked.
    group: Option<Arc<Group>>,
    /// The index of the first record in it among those that were not sent yet.
    start: usize,
}

impl OpenGroup {
    /// Returns what it said so far.
    fn group(&mut self) -> Arc<Group> {
        let OpenGroup { level, said, group, .. } = self;
        Arc::clone(group.get_or_insert_with(|| Arc::new(Group::new(level, said))))
    }
}

impl OpenGroups {
    /// Opens an object of a level. `start` is the number of records that were not sent yet.
    pub(super) fn open(&mut self, level: &GroupLevel, start: usize) {
        let (level, said) = (level.clone(), Object::default());
        self.0.push(OpenGroup { level, said, group: None, start });
    }

    /// Adds a value to the innermost object. Returns what is not for its records, with its key for the archive.
    pub(super) fn add(&mut self, key: &str, value: Value) -> Option<(String, Value)> {
        let Some(open) = self.0.last_mut() else { return Some((key.to_owned(), value)) };
        let is_short = match &value {
            Value::String(text) => text.len() <= MAX_TEXT_BYTES,
            Value::Number(_) | Value::Bool(_) => true,
            _ => false,
        };
        let is_of_list = words::is_paging(key) || totals::is_total(key);
        if !is_short || is_of_list || open.said.len() >= MAX_TEXTS || open.said.contains_key(key) {
            return Some((format!("{}.{key}", open.level.name), value));
        }
        if value.as_str().is_none_or(|text| !text.trim().is_empty()) {
            open.said.insert(key.into(), value);
            open.group = None;
        }
        None
    }

    /// Gives the records what the open objects said so far.
    pub(super) fn settle(&mut self, items: &mut [Item]) {
        for open in self.0.iter_mut().rev() {
            open.give_to(items);
            open.start = 0;
        }
    }

    /// Closes the innermost object, and gives its records what it said.
    pub(super) fn close(&mut self, items: &mut [Item]) {
        if let Some(mut open) = self.0.pop() {
            open.give_to(items);
        }
    }

    /// The number of keys on the way to the innermost object; `None` if none is open.
    pub(super) fn depth(&self) -> Option<usize> {
        self.0.last().map(|open| open.level.keys.len())
    }

    /// Gives a record what the open objects said so far.
    pub(super) fn add_to(&mut self, record: &mut Record) {
        for open in self.0.iter_mut().rev() {
            open.group().add_to(record);
        }
    }

    /// Whether records wait for what is said behind them.
    pub(super) fn are_late(&self) -> bool {
        self.0.iter().any(|open| open.level.is_late)
    }
}

impl OpenGroup {
    /// Gives the records in it what it said so far.
    fn give_to(&mut self, items: &mut [Item]) {
        let group = self.group();
        for item in items.get_mut(self.start..).unwrap_or_default() {
            item.groups.push(Arc::clone(&group));
        }
    }
}
