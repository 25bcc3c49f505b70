//! The texts in the tree of a record, each with the name that says what it is.
//!
//! Programs wrap values in many ways: `{"@value": "Letter"}`, `{"en": ["Letter"]}`, a family's and a given
//! name, a list of labels and values. What is left are names and texts.

use compact_str::CompactString;
use std::borrow::Cow;

use crate::formats::read::json::{Object, Value};

use super::accounts::{is_account, is_place_of_account};
use super::dated_events::{EventRank, is_list_of_dates, type_of_date, type_of_object};
use super::joined_persons::JoinedPersons;
use super::key_uses::KeyUses;
use super::labelled::LabelledValue;
use super::lifting::only_object;
use super::own_meanings::{OwnMeanings, title_of};
use super::scope::{Scope, event_scope};
use super::texts::{find_text, is_one_text, value_and_parts};
use super::values::{
    TEXT_KEY, date_of_number, date_of_parts, inner_value_of, is_language_map, is_value,
    name_of_first_and_last, name_of_parts, party_of, tagged_value, value_of, value_of_known,
    value_of_list,
};
use super::{mentioned, value_words, words};
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::is_known;

/// The deepest nesting that is followed. Values below it are kept as JSON text.
const MAX_DEPTH: usize = 24;

/// The name above a key in a wrapper, if the record has the same key further out.
pub(super) const INNER: &str = "inner";

/// Keys of events whose persons have a role by the key.
const EVENTS_WITH_ROLES: [&str; 2] = ["sent", "received"];

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
    /// What it describes.
    pub(super) owner: Owner,
    /// Whether the text is a date that the parts of an object make: `{"year": 2005, "month": 11}`.
    pub(super) is_joined: bool,
    /// Whether the text is that of a user's account: `{"type": "group", "name": …}`.
    pub(super) is_of_account: bool,
}

/// What a text describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// The record, or what belongs to it.
    #[default]
    Record,
    /// Another thing, which has its own id and title: the newspaper in the record of an article.
    Other,
    /// A document in which the record was published: its day is that of a record that has no other.
    Host,
    /// Another document, which the record only mentions: its days and persons are not those of the record.
    Mentioned,
}

/// A role that stands beside a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Role<'v> {
    /// The names down to the role, joined by dots; empty if the key of an event says it.
    pub(super) name: Cow<'v, str>,
    /// The role as written.
    pub(super) text: &'v str,
}

/// Returns the texts of a record in the order of its tree.
pub(super) fn of_record(record: &Object) -> Vec<Leaf<'_>> {
    of_record_in(record, &[])
}

/// Returns the texts of a record in the order of its tree. What is under the keys of `wrappers` counts as its own.
pub(super) fn of_record_in<'v>(record: &'v Object, wrappers: &[String]) -> Vec<Leaf<'v>> {
    let leaves = Vec::with_capacity(record.len());
    let mut flattener =
        Flattener { leaves, wrappers, has_title: false, own: OwnMeanings::default() };
    flattener.add_record(record, &[], 0);
    flattener.leaves
}

/// Collects leaves.
struct Flattener<'v, 'w> {
    leaves: Vec<Leaf<'v>>,
    /// Keys of objects that wrap the fields of a record in this file.
    wrappers: &'w [String],
    /// Whether the record has a title of its own.
    has_title: bool,
    /// What the keys of the record mean.
    own: OwnMeanings<'v>,
}

impl<'v> Flattener<'v, '_> {
    /// Adds a record. The keys in a wrapper count as its own, unless it has the same key further out.
    fn add_record(&mut self, record: &'v Object, outer_keys: &[&str], nesting: usize) {
        let uses = KeyUses::of_object(record).0;
        self.has_title |= uses.has(KeyUses::TITLE)
            || (uses.has(KeyUses::FILLS_TITLE) && title_of(record).is_some());
        let keys: Vec<&str> =
            outer_keys.iter().copied().chain(record.keys().map(CompactString::as_str)).collect();
        self.own.add_record(record);
        let persons = JoinedPersons::all_in(record, uses);
        for (key, value) in record {
            if self.add_person(&Scope { nesting, ..Scope::default() }, &persons, key) {
                continue;
            }
            let scope = if outer_keys.contains(&key.as_str()) {
                Scope { nesting, ..Scope::default() }.child(INNER).child(key)
            } else {
                Scope { nesting, ..Scope::default() }.child(key)
            };
            match only_object(value) {
                Some(inner)
                    if self.is_wrapper(key)
                        && !is_value(inner)
                        && !LabelledValue::is_whole(inner)
                        && LabelledValue::of_sole_element(key, inner).is_none()
                        && nesting < MAX_DEPTH =>
                {
                    self.add_record(inner, &keys, nesting + 1);
                }
                _ => self.add_value(&scope, value),
            }
        }
    }

    /// Adds the person whose family's name is under a key of the object at a scope. Returns whether the key is in a person.
    fn add_person(&mut self, outer: &Scope<'v>, persons: &JoinedPersons<'v>, key: &str) -> bool {
        if let Some(person) = persons.of_family(key) {
            self.push(&person.scope(outer), Cow::Owned(person.name.clone()));
            return true;
        }
        persons.have_given_names(key)
    }

    /// Whether an object under a key wraps the fields of the record.
    fn is_wrapper(&self, key: &str) -> bool {
        words::is_wrapper(key) || self.wrappers.iter().any(|wrapper| wrapper == key)
    }

    /// Adds a value.
    fn add_value(&mut self, scope: &Scope<'v>, value: &'v Value) {
        match value {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) => self.add_text(scope, text),
            Value::Bool(_) | Value::Number(_) => self.push(scope, Cow::Owned(value.to_string())),
            _ if scope.nesting > MAX_DEPTH => self.push(scope, Cow::Owned(value.to_string())),
            Value::Array(values) => self.add_list(scope, values),
            Value::Object(object) => self.add_object(scope, object),
        }
    }

    /// Adds a text, or the value and the other parts in it.
    fn add_text(&mut self, scope: &Scope<'v>, text: &'v str) {
        let Some((value, parts)) = value_and_parts(text) else {
            return self.push(scope, Cow::Borrowed(text));
        };
        self.push(scope, Cow::Borrowed(value));
        for (letter, part) in parts {
            self.push(&scope.child(letter.to_string()), Cow::Borrowed(part));
        }
    }

    /// Adds the values of a list. A list of labels with values is a list of fields.
    fn add_list(&mut self, scope: &Scope<'v>, values: &'v [Value]) {
        // In XML the list and its items have a name each.
        let list_key =
            scope.parent.as_deref().filter(|it| it.strip_suffix('s') == Some(&scope.key));
        let list_key = list_key.unwrap_or(&scope.key);
        let uses = || values.first().and_then(Value::as_object).map(KeyUses::of_object);
        // Several letters are not the letter itself.
        let key = if values.len() == 1 { list_key } else { "" };
        let is_other =
            || self.has_title || uses().is_some_and(|it| self.own.is_described_beside(key, it.0));
        let is_mentioned = mentioned::are_mentioned(list_key, values, &self.own) && is_other();
        let owner = match values {
            _ if !is_mentioned => scope.owner,
            [only] => mentioned::owner_of_mentioned(list_key, only.as_object(), &self.own),
            _ => Owner::Mentioned,
        };
        let inner = Scope { nesting: scope.nesting + 1, owner, ..scope.clone() };
        if let Some(fields) = LabelledValue::of_list(&scope.key, values) {
            for field in &fields {
                self.add_field(&inner, field);
            }
        } else if inner.depth == 0
            && values.len() > 1
            && values.iter().any(Value::is_object)
            && is_title_key(&inner.key)
        {
            self.add_titles(&inner, values);
        } else if inner.is_of_dates() && is_list_of_dates(&inner.key, values) {
            self.add_dates(&Scope { depth: 0, ..inner }, values);
        } else {
            for value in values {
                self.add_value(&inner, value);
            }
        }
    }

    /// Adds a field that stands beside its name. It is one of the record wherever it stands, unless it belongs to another
    /// thing, such as a collection.
    fn add_field(&mut self, scope: &Scope<'v>, field: &LabelledValue<'v>) {
        let count = self.leaves.len();
        if let Some(value) = field.value {
            let own = Scope { nesting: scope.nesting, ..Scope::default() };
            let second = Scope { owner: Owner::Mentioned, ..scope.clone() };
            let outer = if self.own.has(field.label, field.is_element()) {
                &second
            } else if scope.is_in_other_thing() {
                scope
            } else {
                &own
            };
            self.add_value(&outer.child(field.label), value);
        }
        // A label without a value is a text itself, unless it is the name of an empty field.
        let is_empty_field = field.value.is_none() && is_known(field.label);
        if self.leaves.len() == count && !is_empty_field {
            self.push(&scope.child(field.label_key), Cow::Borrowed(field.label));
        }
        for (key, value) in field.rest() {
            self.add_value(&scope.child(key), value);
        }
    }

    /// Adds the titles in a list. Beside the main one, or else the first, those with a kind or a language have the name of
    /// that.
    fn add_titles(&mut self, scope: &Scope<'v>, titles: &'v [Value]) {
        let kind = |title: &'v Value| {
            let (_, kind) = find_text(title.as_object()?, &value_words::TITLE_KIND_KEYS)?;
            Some(kind)
        };
        let is_main = |title: &'v Value| {
            kind(title).is_some_and(|it| {
                value_words::MAIN_KINDS.iter().any(|known| known.eq_ignore_ascii_case(it))
            })
        };
        let is_plain = |title: &'v Value| kind(title).is_none();
        let main = titles.iter().position(is_main).or_else(|| titles.iter().position(is_plain));
        for (at, title) in titles.iter().enumerate() {
            match kind(title).filter(|_| at != main.unwrap_or(0) && !is_main(title)) {
                Some(kind) => self.add_value(&scope.child(kind), title),
                None => self.add_value(scope, title),
            }
        }
    }

    /// Adds dates with types. Those of the making of the record count, else those of its publication, else those
    /// of any other event but of copies and descriptions. The others have the name of their event.
    fn add_dates(&mut self, scope: &Scope<'v>, dates: &'v [Value]) {
        let rank = |date: &'v Value| type_of_date(date).map_or(EventRank::Making, EventRank::new);
        let best = dates.iter().map(rank).min().unwrap_or(EventRank::Making);
        for date in dates {
            let counts = rank(date) == best && best != EventRank::Copy;
            match type_of_date(date).filter(|_| !counts) {
                Some(event) => self.add_value(&scope.child(event), date),
                None => self.add_value(scope, date),
            }
        }
    }

    /// Adds an object: one text where it stands for one, else the texts under its keys.
    fn add_object(&mut self, scope: &Scope<'v>, object: &'v Object) {
        let (any, all) = KeyUses::of_object(object);
        let of_key = KeyUses::of_key(&scope.key);
        if let Some(field) = LabelledValue::of_sole(&scope.key, object, (of_key, any)) {
            return self.add_field(scope, &field);
        }
        let dated;
        let scope = match lone_date_type(scope, of_key, object) {
            Some(event) if EventRank::new(event) == EventRank::Copy => {
                return self.add_object(&scope.child(event), object);
            }
            Some(_) => {
                dated = Scope { depth: 0, ..scope.clone() };
                &dated
            }
            None => scope,
        };
        let role =
            if any.has(KeyUses::ROLE) { find_text(object, &value_words::ROLE_KEYS) } else { None };
        // Several roles are kept as fields too, since one counts.
        let role_key =
            role.map(|(key, _)| key).filter(|key| object.get(key).is_some_and(is_one_text));
        // A field may have its own name as a label: `{"data-do-documento": {"id": 2, "name": "Data do documento"}}`.
        let is_field = || title_of(object).is_some_and(|it| fold_name(it) == fold_name(&scope.key));
        let is_other = any.has(KeyUses::ID) && any.has(KeyUses::TITLE) && !is_field();
        let key_uses = (of_key, any);
        let is_described = || {
            let has_title = self.has_title;
            if has_title {
                self.own.is_described()
            } else {
                self.own.is_described_beside(&scope.key, any)
            }
        };
        let is_mentioned =
            || mentioned::is_mentioned(&scope.key, object, key_uses, &self.own) && is_described();
        let owner = match is_other {
            _ if is_mentioned() => {
                mentioned::owner_of_mentioned(&scope.key, Some(object), &self.own)
            }
            true => Owner::Other,
            false => Owner::Record,
        };
        let scope = &Scope {
            role: role
                .map(|(key, text)| Role { name: scope.name_of(key.into()), text })
                .or_else(|| scope.role.clone()),
            owner: scope.owner.max(owner),
            is_of_account: scope.is_of_account || is_account(object),
            nesting: scope.nesting + 1,
            ..scope.clone()
        };
        if scope.depth == 0
            && scope.owner != Owner::Mentioned
            && (of_key.has(KeyUses::EVENT) || EVENTS_WITH_ROLES.contains(&&*scope.key))
            && let Some(event) = event_scope(scope, object)
        {
            return self.add_event(scope, &event, object);
        }
        let used = self.add_text_of(scope, object, (of_key, any, all), role_key);
        self.add_rest(scope, object, &used, any);
    }

    /// Adds the text for which an object stands, and returns the keys that are in it. The uses are those of the key of the
    /// object, of any of its keys, and of all.
    fn add_text_of(
        &mut self,
        scope: &Scope<'v>,
        object: &'v Object,
        (of_key, any, all): (KeyUses, KeyUses, KeyUses),
        role_key: Option<&'v str>,
    ) -> Vec<&'v str> {
        let mut used: Vec<&str> = Vec::new();
        let first = object.iter().next();
        let has_name = || any.has(KeyUses::FAMILY) || value_of_known(of_key, object).is_some();
        if is_place_of_account(&scope.key, object) {
            // Its name is that of a person or a group, and no library that keeps documents.
        } else if let Some((key, value)) = party_of(of_key, object).filter(|_| !has_name()) {
            // What else it has keeps its own names.
            let party = Scope { name: scope.name_of(key.into()), ..scope.clone() };
            self.add_value(&party, value);
            used.push(key);
            used.extend(role_key);
        } else if let Some((text, keys)) =
            text_of_parts(object, any).or_else(|| name_of_first_and_last(of_key, object))
        {
            self.push(scope, Cow::Owned(text));
            if let Some(leaf) = self.leaves.last_mut() {
                leaf.is_joined = any.has(KeyUses::DATE_PART);
            }
            used = keys;
            used.extend(role_key);
        } else if let Some((language, value)) =
            first.filter(|_| all.has(KeyUses::LANGUAGE) && is_language_map(object))
        {
            self.add_value(scope, value);
            used.push(language);
        } else if let Some((key, value)) = value_of_known(of_key, object)
            .or_else(|| tagged_value(object))
            .or_else(|| if any.has(KeyUses::VALUE) { value_of(object) } else { None })
            .or_else(|| value_of_list(&scope.key, object))
            .or_else(|| inner_value_of(&scope.key, of_key, object))
        {
            let count = self.leaves.len();
            self.add_value(scope, value);
            used.push(key);
            if self.leaves.len() > count {
                used.extend(role_key);
            }
        }
        used
    }

    /// Adds the values of an object under other keys than these. `any` are the uses of its keys.
    fn add_rest(&mut self, scope: &Scope<'v>, object: &'v Object, used: &[&str], any: KeyUses) {
        let persons = JoinedPersons::all_in(object, any);
        for (key, value) in object.iter().filter(|(key, _)| !used.contains(&key.as_str())) {
            if self.add_person(scope, &persons, key) {
                continue;
            }
            if words::is_class_key(key) && !scope.name.is_empty() {
                self.add_value(scope, value);
            } else {
                self.add_value(&scope.child(key), value);
            }
        }
    }

    /// Adds the texts of an event. Its label is its text, and no title.
    fn add_event(&mut self, outer: &Scope<'v>, event: &Scope<'v>, object: &'v Object) {
        let label = value_of(object).map(|(key, _)| key);
        for (key, value) in object {
            let scope = if label == Some(key) {
                Scope { role: event.role.clone(), ..outer.clone() }
            } else {
                event.child(key)
            };
            self.add_value(&scope, value);
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
            owner: scope.owner,
            is_of_account: scope.is_of_account,
            is_joined: false,
        });
    }
}

/// Whether a key is that of the titles of a document: `titles`, `titleInfo`.
fn is_title_key(key: &str) -> bool {
    let uses = KeyUses::of_key(key);
    uses.has(KeyUses::DOCUMENT_TITLE)
        || (uses.has(KeyUses::FILLS_TITLE) && key.starts_with("title"))
}

/// Returns the type of a date that stands alone where there might be several: `<date type="updated">`.
fn lone_date_type<'v>(scope: &Scope<'_>, uses: KeyUses, object: &'v Object) -> Option<&'v str> {
    let may_be = uses.has(KeyUses::DATE) && object.contains_key(TEXT_KEY) && scope.is_of_dates();
    may_be.then(|| type_of_object(object)).flatten()
}

/// Returns the date or name that the values of an object make together, with the keys used. `uses` are those of its
/// keys.
fn text_of_parts(object: &Object, uses: KeyUses) -> Option<(String, Vec<&str>)> {
    // A description has a title beside its year.
    let is_date = uses.has(KeyUses::DATE_PART) && !uses.has(KeyUses::DOCUMENT_TITLE);
    let of_date = || if is_date { date_of_parts(object) } else { None };
    let of_number = || if uses.has(KeyUses::MOMENT) { date_of_number(object) } else { None };
    let has_parts = uses.has(KeyUses::FAMILY) || uses.has(KeyUses::GIVEN);
    let of_name = || if has_parts { name_of_parts(object) } else { None };
    of_date().or_else(of_number).or_else(of_name)
}
