//! Lists under keys that the writer of a file chose: `{"Keller, Anna": [{"title": …}], "Brandt, Karl": [{"title": …}]}`. What
//! the key names holds for all records below it.

use crate::formats::read::json::{Object, Value};

use compact_str::CompactString;

use super::lists::{Candidate, is_of_values};
use super::members::GROUP_KEY;
use super::path::{Path, Step};
use super::words;
use super::worth::said;
use crate::formats::field_names::{are_places, is_known};
use crate::record::date::machine;
use crate::record::{Date, Field, Name, NameKind, Record};

/// The number of objects that decide whether most describe documents.
const MAX_RATED_OBJECTS: usize = 50;

/// Who gave the names in a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Names {
    /// The writer of the file may have chosen some: the keys of JSON and YAML.
    #[default]
    Keys,
    /// The vocabulary: elements of XML.
    Elements,
}

/// What the keys of lists of records are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ListKeys {
    /// Anything.
    #[default]
    Others,
    /// Persons, in a file that names no other creators.
    Creators,
}

impl ListKeys {
    /// Decides from the keys at the beginning of a file.
    pub(super) fn find(tops: &[Value], lists: &[Candidate<'_>], has_creators: bool) -> ListKeys {
        let mut keys = Vec::new();
        for list in lists {
            if let [outer @ .., Step::Entries, Step::Items] = list.path.0.as_slice() {
                for top in tops {
                    collect(top, outer, &mut keys);
                }
            }
        }
        // One of two keys may be unknown: `unsigned` beside names of persons.
        let persons = || keys.iter().filter(|key| is_person(key)).count();
        let are_persons = || 2 * persons() >= keys.len() && !are_places(&keys);
        if !keys.is_empty() && !has_creators && are_persons() {
            ListKeys::Creators
        } else {
            ListKeys::Others
        }
    }

    /// Adds the key of its list to a record, as its creator or as an own field.
    pub(super) fn add_to(self, record: &mut Record, key: &str) {
        let has_key = |(_, value): &(Field, String)| value == key;
        if record.values.iter().any(has_key) {
            return;
        }
        let is_creator = self == ListKeys::Creators && record.first(Field::Creator).is_none();
        if is_creator && is_person(key) {
            return record.push(Field::Creator, key);
        }
        if record.date.text.is_empty() && machine::parse(key).is_some() {
            record.date = Date::parse(key);
            return;
        }
        record.own.push((GROUP_KEY.into(), key.to_owned()));
    }
}

/// Collects the keys of the object at the end of steps.
fn collect<'v>(value: &'v Value, steps: &[Step], keys: &mut Vec<&'v str>) {
    match (steps.split_first(), value) {
        (None, Value::Object(object)) => keys.extend(object.keys().map(CompactString::as_str)),
        (Some((Step::Items, rest)), Value::Array(values)) => {
            for value in values {
                collect(value, rest, keys);
            }
        }
        (Some((Step::Entries, rest)), Value::Object(object)) => {
            for value in object.values() {
                collect(value, rest, keys);
            }
        }
        (Some((Step::Key(key), rest)), Value::Object(object)) => {
            if let Some(value) = object.get(key.as_str()) {
                collect(value, rest, keys);
            }
        }
        _ => {}
    }
}

/// The fewest letters of a word in a key that may be the name of a field: `Box`.
const MIN_WORD_LETTERS: usize = 3;

/// Whether a key is certainly the name of a person: the family's name stands before a comma, or initials before it.
fn is_person(key: &str) -> bool {
    let name = Name::parse(key, None);
    let is_word = |part: &str| part.chars().filter(|it| it.is_alphabetic()).nth(1).is_some();
    let starts_upper = |word: &str| word.starts_with(char::is_uppercase);
    // Particles and initials mean something in other places: `von`, `A.`
    let is_word_of_field = |word: &str| {
        starts_upper(word) && word.chars().nth(MIN_WORD_LETTERS - 1).is_some() && is_known(word)
    };
    let given = name.given.split(' ').next().unwrap_or_default();
    name.kind == NameKind::Person
        && !name.is_whole()
        && is_word(&name.family)
        && name.family.split(' ').all(starts_upper)
        && starts_upper(given)
        && !key.contains(|letter: char| letter.is_ascii_digit())
        && !key.split_whitespace().any(is_word_of_field)
        && !Name::is_certain_body(key)
}

/// Whether an object has lists of documents under keys that say nothing of the file but what the documents have in common.
pub(super) fn are_chosen(object: &Object) -> bool {
    let mut documents = Vec::new();
    for (key, value) in object {
        let Some(values) = value.as_array().filter(|_| may_be_chosen(key)) else { return false };
        for value in values {
            let Some(document) = value.as_object() else { return false };
            if documents.len() < MAX_RATED_OBJECTS {
                documents.push(document);
            }
        }
    }
    let are_days = object.keys().all(|key| machine::parse(key).is_some());
    let is_described = |document: &&&Object| {
        let said = said(document);
        said.is_document() || (are_days && said.title)
    };
    let described = documents.iter().filter(is_described).count();
    let may_be_alone = || object.keys().all(|key| is_person(key));
    !documents.is_empty()
        && 2 * described > documents.len()
        && object.keys().any(|key| is_written(key))
        && (object.len() > 1 || may_be_alone())
}

/// Whether a key looks as a person writes it, and no program: it has a capital, a space or a digit.
fn is_written(key: &str) -> bool {
    let is_sign = |letter: char| letter.is_whitespace() || letter.is_ascii_digit();
    key.starts_with(char::is_uppercase) || key.contains(is_sign)
}

/// Whether a key may stand among those that a person wrote: it means nothing else.
fn may_be_chosen(key: &str) -> bool {
    let has_digit = key.contains(|letter: char| letter.is_ascii_digit());
    !key.contains("://")
        && (has_digit || !is_known(key))
        && !words::is_wrapper(key)
        && !words::has_no_records(key)
        && !is_of_values(key)
}

impl Path {
    /// Whether it leads to the items of lists under chosen keys.
    pub(super) fn has_list_keys(&self) -> bool {
        self.0.ends_with(&[Step::Entries, Step::Items])
    }
}
