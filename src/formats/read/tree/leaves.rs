//! The texts in the tree of a record, each with the name that says what it is.
//!
//! Programs wrap values in many ways: `{"@value": "Letter"}`, `{"en": ["Letter"]}`, a family's and a given
//! name, a list of labels and values. What is left are names and texts.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::words;
use crate::formats::field_names::fold::fold_name;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The number of keys of an object that are compared without regard to case.
const MAX_VALUE_KEYS: usize = 8;

/// The deepest nesting that is followed. Values below it are kept as JSON text.
const MAX_DEPTH: usize = 24;

/// A text of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaf<'v> {
    /// The names from the record down to the text, joined by dots, without those of wrappers.
    pub(super) name: Cow<'v, str>,
    /// The last of these names.
    pub(super) key: Cow<'v, str>,
    /// The number of names above the last one.
    pub(super) depth: usize,
    /// The name above the last one.
    pub(super) parent: Option<Cow<'v, str>>,
    /// The text.
    pub(super) text: Cow<'v, str>,
    /// The role that stands beside a name of a person or body.
    pub(super) role: Option<Role<'v>>,
    /// Whether the text is that of another thing, which has its own id and title.
    pub(super) is_of_other: bool,
}

/// A role that stands beside a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Role<'v> {
    /// The names down to the role, joined by dots.
    pub(super) name: Cow<'v, str>,
    /// The role as written.
    pub(super) text: &'v str,
}

/// Returns the texts of a record in the order of its tree.
pub(super) fn of_record(record: &Object) -> Vec<Leaf<'_>> {
    let mut flattener = Flattener { leaves: Vec::with_capacity(record.len()) };
    flattener.add_record(record, &[], 0);
    flattener.leaves
}

/// Where a value stands.
#[derive(Clone, Default)]
struct Scope<'v> {
    name: Cow<'v, str>,
    key: Cow<'v, str>,
    depth: usize,
    parent: Option<Cow<'v, str>>,
    role: Option<Role<'v>>,
    is_of_other: bool,
    /// The number of objects and lists above it.
    nesting: usize,
}

impl<'v> Scope<'v> {
    /// Returns the scope of a key in the object at this scope.
    fn child(&self, key: impl Into<Cow<'v, str>>) -> Scope<'v> {
        let key = key.into();
        let is_outermost = self.name.is_empty();
        let name =
            if is_outermost { key.clone() } else { Cow::Owned(format!("{}.{key}", self.name)) };
        Scope {
            name,
            key,
            depth: self.depth + usize::from(!self.name.is_empty()),
            parent: Some(self.key.clone()).filter(|parent| !parent.is_empty()),
            role: self.role.clone(),
            is_of_other: self.is_of_other,
            nesting: self.nesting + 1,
        }
    }
}

/// Collects leaves.
struct Flattener<'v> {
    leaves: Vec<Leaf<'v>>,
}

impl<'v> Flattener<'v> {
    /// Adds a record. The keys in a wrapper count as its own, unless it has the same key further out.
    fn add_record(&mut self, record: &'v Object, outer_keys: &[&str], nesting: usize) {
        let keys: Vec<&str> =
            outer_keys.iter().copied().chain(record.keys().map(String::as_str)).collect();
        for (key, value) in record {
            let scope = if outer_keys.contains(&key.as_str()) {
                Scope { nesting, ..Scope::default() }.child("inner").child(key)
            } else {
                Scope { nesting, ..Scope::default() }.child(key)
            };
            match sole_object(value) {
                Some(inner)
                    if words::is_wrapper(key) && !is_value(inner) && nesting < MAX_DEPTH =>
                {
                    self.add_record(inner, &keys, nesting + 1);
                }
                _ => self.add_value(&scope, value),
            }
        }
    }

    /// Adds a value.
    fn add_value(&mut self, scope: &Scope<'v>, value: &'v Value) {
        match value {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) => self.push(scope, Cow::Borrowed(text)),
            Value::Bool(_) | Value::Number(_) => self.push(scope, Cow::Owned(value.to_string())),
            _ if scope.nesting > MAX_DEPTH => self.push(scope, Cow::Owned(value.to_string())),
            Value::Array(values) => self.add_list(scope, values),
            Value::Object(object) => self.add_object(scope, object),
        }
    }

    /// Adds the values of a list. A list of labels with values is a list of fields.
    fn add_list(&mut self, scope: &Scope<'v>, values: &'v [Value]) {
        let inner = Scope { nesting: scope.nesting + 1, ..scope.clone() };
        let pairs: Option<Vec<_>> = values.iter().map(LabelledValue::new).collect();
        match pairs.filter(|pairs| !pairs.is_empty()) {
            Some(pairs) => {
                for pair in pairs {
                    let field = Scope { nesting: inner.nesting, ..Scope::default() };
                    let count = self.leaves.len();
                    self.add_value(&field.child(pair.label.clone()), pair.value);
                    // A label without a value is a text itself.
                    if self.leaves.len() == count {
                        let [label_key, _] = pair.used;
                        self.push(&inner.child(label_key), Cow::Owned(pair.label.clone()));
                    }
                    for (key, value) in pair.rest() {
                        self.add_value(&inner.child(key), value);
                    }
                }
            }
            None => values.iter().for_each(|value| self.add_value(&inner, value)),
        }
    }

    /// Adds an object: one text where it stands for one, else the texts under its keys.
    fn add_object(&mut self, scope: &Scope<'v>, object: &'v Object) {
        let mut used: Vec<&str> = Vec::new();
        let role = find_text(object, &words::ROLE_KEYS);
        // Several roles are kept as fields too, since one counts.
        let role_key =
            role.map(|(key, _)| key).filter(|key| object.get(*key).is_some_and(is_one_text));
        let scope = &Scope {
            role: role
                .map(|(key, text)| Role { name: scope.child(key).name, text })
                .or_else(|| scope.role.clone()),
            is_of_other: scope.is_of_other || is_other_thing(object),
            nesting: scope.nesting + 1,
            ..scope.clone()
        };
        if let Some((text, keys)) = date_of_parts(object).or_else(|| name_of_parts(object)) {
            self.push(scope, Cow::Owned(text));
            used = keys;
            used.extend(role_key);
        } else if let Some((first, _)) = object.iter().next().filter(|_| is_language_map(object)) {
            if let Some(value) = object.get(first) {
                self.add_value(scope, value);
            }
            used.push(first);
        } else if let Some((key, value)) =
            value_of(object).or_else(|| value_of_list(&scope.key, object))
        {
            let count = self.leaves.len();
            self.add_value(scope, value);
            used.push(key);
            if self.leaves.len() > count {
                used.extend(role_key);
            }
        }
        for (key, value) in object.iter().filter(|(key, _)| !used.contains(&key.as_str())) {
            self.add_value(&scope.child(key), value);
        }
    }

    /// Adds a text.
    fn push(&mut self, scope: &Scope<'v>, text: Cow<'v, str>) {
        self.leaves.push(Leaf {
            name: scope.name.clone(),
            key: scope.key.clone(),
            depth: scope.depth,
            parent: scope.parent.clone(),
            text,
            role: scope.role.clone(),
            is_of_other: scope.is_of_other,
        });
    }
}

/// An item of a list that names its value: `{"label": "Date", "value": "1945"}`.
struct LabelledValue<'v> {
    label: String,
    value: &'v Value,
    object: &'v Object,
    used: [&'v str; 2],
}

impl<'v> LabelledValue<'v> {
    /// Returns the label and the value of an item; `None` if it is none.
    fn new(item: &'v Value) -> Option<LabelledValue<'v>> {
        let object = item.as_object()?;
        let find = |keys: &[&str]| {
            let key = keys.iter().find(|key| object.contains_key(**key))?;
            object.get_key_value(*key)
        };
        let (label_key, label) = find(&words::LABEL_KEYS)?;
        let (value_key, value) = find(&words::LABELLED_VALUE_KEYS)?;
        let label = text_of(label).filter(|label| !label.trim().is_empty())?.trim().to_owned();
        Some(LabelledValue { label, value, object, used: [label_key, value_key] })
    }

    /// Returns what else the item has.
    fn rest(&self) -> impl Iterator<Item = (&'v String, &'v Value)> {
        let used = self.used;
        self.object.iter().filter(move |(key, _)| !used.contains(&key.as_str()))
    }
}

/// Returns the first text in a value: itself, of the first language, or under a key for values.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) => values.first().and_then(text_of),
        Value::Object(object) if is_language_map(object) => {
            object.values().next().and_then(text_of)
        }
        Value::Object(object) => value_of(object).and_then(|(_, value)| text_of(value)),
        _ => None,
    }
}

/// Whether [`text_of`] gives all that is in a value.
fn is_one_text(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.len() <= 1 && values.iter().all(is_one_text),
        Value::Object(object) => object.len() <= 1 && object.values().all(is_one_text),
        _ => true,
    }
}

/// Returns the text under the first of these keys.
fn find_text<'v>(object: &'v Object, keys: &[&str]) -> Option<(&'v str, &'v str)> {
    keys.iter().find_map(|key| {
        let (key, value) = object.get_key_value(*key)?;
        let text = text_of(value)?.trim();
        (!text.is_empty()).then_some((key.as_str(), text))
    })
}

/// Whether an object is a thing of its own: a newspaper in the record of an article.
fn is_other_thing(object: &Object) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    has(&["id", "@id", "_id"]) && has(&["title", "name", "label"])
}

/// Returns the value of an object that stands for it, with its key.
fn value_of(object: &Object) -> Option<(&str, &Value)> {
    words::VALUE_KEYS.iter().find_map(|key| {
        let (key, value) = object.get_key_value(*key).or_else(|| {
            // Larger objects are things of their own, and comparing all keys takes time.
            let mut entries = object.iter().take(MAX_VALUE_KEYS);
            entries.find(|(other, _)| other.eq_ignore_ascii_case(key))
        })?;
        let stands = match value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty() && values.iter().all(|it| !it.is_object()),
            Value::Object(inner) => is_language_map(inner) || key.starts_with(['@', '$', '_']),
            _ => true,
        };
        stands.then_some((key.as_str(), value))
    })
}

/// Returns the value under the singular of a list's name: `{"description": …}` in `descriptions`.
fn value_of_list<'v>(list_key: &str, object: &'v Object) -> Option<(&'v str, &'v Value)> {
    let singular = list_key.strip_suffix('s')?;
    let (key, value) = object.get_key_value(singular)?;
    let is_text = value.is_string() || value.is_number();
    is_text.then_some((key.as_str(), value))
}

/// Returns a value that is an object, or a list of one.
fn sole_object(value: &Value) -> Option<&Object> {
    match value {
        Value::Object(object) => Some(object),
        Value::Array(values) => match values.as_slice() {
            [only] => only.as_object(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an object stands for a value: `{"type": "uri", "value": "http://…"}`.
fn is_value(object: &Object) -> bool {
    ["value", "@value"].iter().any(|key| object.contains_key(*key))
}

/// Whether all keys of an object are languages: `{"en": ["Letter"], "de": ["Brief"]}`.
fn is_language_map(object: &Object) -> bool {
    let is_language = |key: &str| {
        let (language, region) = key.split_once(['-', '_']).unwrap_or((key, "XX"));
        let is_code = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase())
            && (2..=4).contains(&region.len());
        (is_code && !["id", "to", "by", "no"].contains(&key)) || ["@none", "none"].contains(&key)
    };
    let is_text = |value: &Value| match value {
        Value::String(_) => true,
        Value::Array(values) => values.iter().all(Value::is_string),
        Value::Object(inner) => is_value(inner) && inner.contains_key("language"),
        _ => false,
    };
    !object.is_empty() && object.iter().all(|(key, value)| is_language(key) && is_text(value))
}

/// Returns the date that the parts in an object make, with the keys used: `{"year": 1945, "month": 7}`.
fn date_of_parts(object: &Object) -> Option<(String, Vec<&str>)> {
    if let Some((key, Value::Array(dates))) = object.get_key_value("date-parts") {
        let dates: Option<Vec<String>> = dates.iter().map(date_of_list).collect();
        return dates.filter(|it| !it.is_empty()).map(|it| (it.join("/"), vec![key.as_str()]));
    }
    let part = |names: &[&str], most: u64| {
        let (key, value) =
            object.iter().find(|(key, _)| names.contains(&fold_name(key).as_str()))?;
        let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
        (1..=most).contains(&number).then_some((key.as_str(), number))
    };
    let (year_key, year) = part(&["year"], 9999)?;
    let Some((month_key, month)) = part(&["month"], 12) else {
        let others = object.keys().filter(|key| *key != year_key).count();
        return (others == 0).then(|| (format!("{year:04}"), vec![year_key]));
    };
    Some(match part(&["day"], 31) {
        Some((day_key, day)) => {
            (format!("{year:04}-{month:02}-{day:02}"), vec![year_key, month_key, day_key])
        }
        None => (format!("{year:04}-{month:02}"), vec![year_key, month_key]),
    })
}

/// Returns the date that a list of year, month and day makes.
fn date_of_list(parts: &Value) -> Option<String> {
    let number = |part: &Value| part.as_u64().or_else(|| part.as_str()?.trim().parse().ok());
    let parts: Option<Vec<u64>> = parts.as_array()?.iter().map(number).collect();
    match parts?.as_slice() {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// Returns the name that a family's and a given name make, with the keys used.
fn name_of_parts(object: &Object) -> Option<(String, Vec<&str>)> {
    let (family_key, family) = find_text(object, &words::FAMILY_KEYS)?;
    match find_text(object, &words::GIVEN_KEYS) {
        Some((given_key, given)) => {
            Some((format!("{family}, {given}"), vec![family_key, given_key]))
        }
        None => Some((family.to_owned(), vec![family_key])),
    }
}
