//! Tells files that were written for fonds from those of other programs.

use std::collections::HashSet;

use crate::formats::read::json::{Object, Value};
use compact_str::CompactString;

use super::worth::is_about_weather;
use crate::formats::field_names::{
    FieldTarget, day_names, is_part_of_day, is_part_of_person, is_sole_date, known_names,
    person_names,
};
use crate::record::{Date, Field};

/// Keys of fonds beside those of fields.
const OTHER_KEYS: [&str; 4] = ["date", "date_edtf", "position", "own"];

/// Keys of an object round the records of fonds.
const OUTER_KEYS: [&str; 7] =
    ["archive", "records", "title", "source", "url", "description", "total"];

/// Keys that no other program writes. Files with them may have own fields beside them.
const CERTAIN_KEYS: [&str; 2] = ["date_edtf", "contributor_role"];

/// Fields that things of all kinds have.
const UNSPECIFIC_FIELDS: [Field; 6] =
    [Field::Id, Field::Url, Field::Language, Field::Rights, Field::Source, Field::Places];

/// Whether the records at the beginning of a file have the keys of an archive file: all of them, or one that no other program writes.
pub(super) fn are_used(tops: &[Value]) -> bool {
    let mut count = 0;
    let objects = || tops.iter().flat_map(objects_in);
    let has_own_object = |object: &Object| object.get("own").is_some_and(Value::is_object);
    if objects().any(has_own_object)
        || (objects().any(has_certain_key) && !have_names_of_other_program(objects))
    {
        return true;
    }
    let all = tops.iter().all(|top| match top {
        Value::Array(items) => items.iter().all(|item| is_own_record(item, &mut count)),
        Value::Object(object) if object.contains_key("records") => {
            let records = object.get("records").and_then(Value::as_array);
            object.keys().all(|key| OUTER_KEYS.contains(&key.as_str()))
                && records
                    .is_some_and(|items| items.iter().all(|item| is_own_record(item, &mut count)))
        }
        _ => is_own_record(top, &mut count),
    });
    all && count > 0
}

/// Returns the objects that may be records in a value of a file: itself, those in it, or those under `records`.
fn objects_in(top: &Value) -> impl Iterator<Item = &Object> {
    let records = top.get("records").or(Some(top)).and_then(Value::as_array);
    let items = records.into_iter().flatten().filter_map(Value::as_object);
    top.as_object().into_iter().chain(items)
}

/// Whether a key of objects fills a field under a name that another program gave it, and no object has the key of fonds
/// for that field: `created`, `author`.
fn have_names_of_other_program<'v, I: Iterator<Item = &'v Object>>(
    objects: impl Fn() -> I,
) -> bool {
    let keys: HashSet<&str> = objects().flat_map(Object::keys).map(CompactString::as_str).collect();
    let is_missing = |target| match target {
        FieldTarget::Date | FieldTarget::Begin | FieldTarget::Year => !keys.contains("date"),
        FieldTarget::Field(field) => !keys.contains(field.key()),
        _ => false,
    };
    let is_of_other = |key: &&str| {
        let is_own = Field::from_key(key).is_some() || OTHER_KEYS.contains(key);
        !is_own && known_names(key).first().is_some_and(|known| is_missing(known.target))
    };
    keys.iter().any(is_of_other)
}

/// Whether an object has a key that no other program writes.
fn has_certain_key(object: &Object) -> bool {
    let is_positioned = object.get("position").and_then(Value::as_u64).is_some_and(|it| it > 0)
        && object.contains_key("title")
        && !object.values().any(Value::is_object);
    is_positioned || CERTAIN_KEYS.iter().any(|key| object.contains_key(key))
}

/// Whether a value is a record with the keys of an archive file, or none. Counts records.
fn is_own_record(value: &Value, count: &mut usize) -> bool {
    // What is no object, or has no key, is no record in any file.
    let Some(object) = value.as_object().filter(|object| !object.is_empty()) else { return true };
    *count += 1;
    has_own_keys(object)
}

/// Whether all keys are those of an archive file, or names that mean nothing, with plain values. Beside such
/// names there is a field that describes a document, or they have texts as fonds writes them: a day and
/// measurements are no record.
fn has_own_keys(object: &Object) -> bool {
    let has_field = |key: &CompactString| Field::from_key(key).is_some() || key == "date";
    let is_own =
        |key: &CompactString| Field::from_key(key).is_some() || OTHER_KEYS.contains(&key.as_str());
    let describes = |key: &CompactString| {
        Field::from_key(key).is_some_and(|field| !UNSPECIFIC_FIELDS.contains(&field))
    };
    let is_text = |value: &Value| match value {
        Value::Array(values) => values.iter().all(Value::is_string),
        value => value.is_string(),
    };
    let are_texts = || object.iter().all(|(key, value)| is_own(key) || is_text(value));
    object.keys().any(has_field)
        && (object.keys().any(describes) || (are_texts() && !is_about_weather(object.keys())))
        && object.iter().all(|(key, value)| {
            let is_plain = match value {
                Value::Object(_) => key == "own",
                Value::Array(values) => !values.iter().any(Value::is_object),
                _ => true,
            };
            let means_nothing = || known_names(key).is_empty();
            is_plain && (is_own(key) || means_nothing())
        })
        && !is_dated_elsewhere(object)
        && !names_person_in_parts(object)
}

/// Whether an object has the family's and the given name of a person under two keys.
fn names_person_in_parts(object: &Object) -> bool {
    let keys = || object.keys().map(CompactString::as_str);
    keys().any(is_part_of_person) && !person_names(&keys().collect::<Vec<_>>()).is_empty()
}

/// Whether an object without a `date` has one under a name that another program gave it: `date_of_interview`.
fn is_dated_elsewhere(object: &Object) -> bool {
    let is_date = |(key, value): (&CompactString, &Value)| {
        is_sole_date(key) && value.as_str().is_some_and(|text| Date::parse(text).span().is_some())
    };
    let has_parts = || {
        let keys: Vec<&str> = object.keys().map(CompactString::as_str).collect();
        keys.iter().any(|key| is_part_of_day(key)) && !day_names(&keys).is_empty()
    };
    !object.contains_key("date") && (object.iter().any(is_date) || has_parts())
}
