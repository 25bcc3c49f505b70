//! Records of MARC in JSON: each field under its tag, as pymarc and MARC-in-JSON write them, or made of MARCXML.

use crate::formats::read::json::{Object, Value};

use super::path::{Path, Step};
use super::texts;
use super::worth::said;
use crate::formats::read::json_items::add_to_hash;
use crate::formats::read::marc::{MarcFields, Subfield};
use crate::record::{Record, SourceHash};

/// The deepest nesting in which records are looked for.
const MAX_DEPTH: usize = 6;

/// Keys of the list of all fields, or of those with and without subfields.
const FIELD_KEYS: [&str; 5] =
    ["fields", "controlfield", "controlfields", "datafield", "datafields"];

/// Keys of the content of a field or a subfield that stands beside its tag or code.
const CONTENT_KEYS: [&str; 5] = ["data", "value", "content", "text", "#text"];

/// Returns the path to the first record of MARC in a tree.
pub(super) fn find(tops: &[Value]) -> Option<Path> {
    find_in(tops.first()?, &Path::default())
}

/// Returns the path to the first record of MARC in a value at a path.
fn find_in(value: &Value, path: &Path) -> Option<Path> {
    match value {
        _ if path.0.len() > MAX_DEPTH => None,
        Value::Object(object) if is_record(object) => Some(path.clone()),
        // What describes itself says more than the MARC in it.
        Value::Object(object) if path.0.last() == Some(&Step::Items) && said(object).title => None,
        Value::Object(object) => object
            .iter()
            .find_map(|(key, value)| find_in(value, &path.then(Step::Key(key.to_string())))),
        Value::Array(values) => find_in(values.first()?, &path.then(Step::Items)),
        _ => None,
    }
}

/// Whether an object is a record of MARC: it has a leader, and fields with tags.
fn is_record(object: &Object) -> bool {
    let is_field = |field: &Value| field.as_object().is_some_and(|it| tagged(it).is_some());
    let has_fields = |key: &&str| {
        object.get(key).and_then(Value::as_array).is_some_and(|it| it.iter().any(is_field))
    };
    object.get("leader").is_some_and(Value::is_string) && FIELD_KEYS.iter().any(has_fields)
}

/// Returns the tag of a field and what it has: `{"001": "7"}`, `{"tag": "001", "data": "7"}`.
fn tagged(field: &Object) -> Option<(&str, &Value)> {
    let is_tag =
        |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if let Some(tag) = field.get("tag").and_then(texts::text_of).filter(|tag| is_tag(tag)) {
        let content = CONTENT_KEYS.iter().find_map(|key| field.get(key));
        return Some((tag, content.unwrap_or(&Value::Null)));
    }
    let (tag, content) = field.iter().next().filter(|_| field.len() == 1)?;
    (is_tag(tag) && tag.starts_with(|sign: char| sign.is_ascii_digit()))
        .then_some((tag.as_str(), content))
}

/// Returns the record of an object of MARC.
pub(super) fn record_of(object: &Object) -> Record {
    let mut fields = MarcFields::default();
    if let Some(leader) = object.get("leader").and_then(texts::text_of) {
        fields.push("leader".to_owned(), "  ", vec![whole(leader)]);
    }
    let lists = FIELD_KEYS.iter().filter_map(|key| object.get(key).and_then(Value::as_array));
    for field in lists.flatten().filter_map(Value::as_object) {
        let Some((tag, content)) = tagged(field) else { continue };
        // The field itself has the subfields, or the object under its tag.
        let inner = content.as_object().unwrap_or(field);
        let subfields = subfields_of(inner);
        let text = texts::text_of(content);
        let subfields =
            if subfields.is_empty() { text.map(whole).into_iter().collect() } else { subfields };
        let indicator = |name: &str| inner.get(name).and_then(texts::text_of).unwrap_or(" ");
        fields.push(tag.to_owned(), &[indicator("ind1"), indicator("ind2")].concat(), subfields);
    }
    let mut record = Record::default();
    fields.fill_record(&mut record);
    record.align_contributor_roles();
    let mut hash = SourceHash::default();
    add_to_hash(&Value::Object(object.clone()), &mut hash);
    record.source_hash = hash;
    record
}

/// Returns the content of a field without subfields.
fn whole(text: &str) -> Subfield {
    Subfield { code: String::new(), text: text.to_owned() }
}

/// Returns the subfields of a field: `[{"a": "Mill"}]`, `[{"code": "a", "data": "Mill"}]`.
fn subfields_of(field: &Object) -> Vec<Subfield> {
    let lists = ["subfields", "subfield"].iter().filter_map(|key| field.get(key));
    let mut subfields = Vec::new();
    for value in lists {
        let one = std::slice::from_ref(value);
        let objects = value.as_array().map_or(one, Vec::as_slice);
        for object in objects.iter().filter_map(Value::as_object) {
            let code = object.get("code").and_then(texts::text_of);
            let content =
                CONTENT_KEYS.iter().find_map(|key| object.get(key)).and_then(texts::text_of);
            match code.zip(content) {
                Some((code, text)) => {
                    subfields.push(Subfield { code: code.to_owned(), text: text.to_owned() });
                }
                None => subfields.extend(object.iter().filter_map(|(code, text)| {
                    Some(Subfield {
                        code: code.to_string(),
                        text: texts::text_of(text)?.to_owned(),
                    })
                })),
            }
        }
    }
    subfields
}
