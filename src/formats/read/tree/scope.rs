//! Where a value stands in a record: the names above it, and what it describes.

use std::borrow::Cow;

use super::leaves::{Owner, Role};
use super::texts::find_text;
use super::values::value_of;
use super::words;
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::json::Object;
use crate::formats::read::roles::is_known_role;
use crate::record::Field;

/// Where a value stands.
#[derive(Clone, Default)]
pub(super) struct Scope<'v> {
    pub(super) name: Cow<'v, str>,
    pub(super) key: Cow<'v, str>,
    pub(super) depth: usize,
    pub(super) parent: Option<Cow<'v, str>>,
    pub(super) role: Option<Role<'v>>,
    pub(super) owner: Owner,
    pub(super) is_of_account: bool,
    /// Whether what is inside is about the making of the record, as if it stood in the record itself.
    pub(super) is_event: bool,
    /// The number of objects and lists above it.
    pub(super) nesting: usize,
}

impl<'v> Scope<'v> {
    /// Returns the name of a key in the object at this scope.
    pub(super) fn name_of(&self, key: Cow<'v, str>) -> Cow<'v, str> {
        if self.name.is_empty() { key } else { Cow::Owned([&*self.name, ".", &*key].concat()) }
    }

    /// Returns the scope of a key in the object at this scope.
    pub(super) fn child(&self, key: impl Into<Cow<'v, str>>) -> Scope<'v> {
        let key = key.into();
        let is_outermost = self.name.is_empty();
        let name = self.name_of(key.clone());
        let parent = Some(self.key.clone()).filter(|parent| !parent.is_empty() && !self.is_event);
        Scope {
            name,
            key,
            depth: self.depth + usize::from(!is_outermost && !self.is_event),
            parent,
            role: self.role.clone(),
            owner: self.owner,
            is_of_account: self.is_of_account,
            is_event: false,
            nesting: self.nesting + 1,
        }
    }
}

impl Scope<'_> {
    /// Whether dates here are those of the record: they stand in it, or in a list of its dates.
    pub(super) fn is_of_dates(&self) -> bool {
        // `dates`, `dateList`.
        let is_list = |parent: &str| {
            let start = parent.get(..self.key.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(&self.key))
        };
        self.depth == 0 || (self.depth == 1 && self.parent.as_deref().is_some_and(is_list))
    }

    /// Whether it stands in what a record belongs to, or in a person.
    pub(super) fn is_in_other_thing(&self) -> bool {
        let is_other = |target| match target {
            FieldTarget::Field(field) => {
                use Field::{Collection, Repository, Series, Source};
                [Collection, Repository, Series, Source].contains(&field)
                    || Field::NAMES.contains(&field)
            }
            _ => false,
        };
        let mut above = self.name.rsplit('.').skip(1);
        above.any(|key| known_names(key).first().is_some_and(|known| is_other(known.target)))
    }
}

/// Returns the scope for the values of an event; `None` if the object is not an event.
///
/// The values of the event in which the record was made or sent count as those of the record. The names of other
/// events begin with the type of the event.
pub(super) fn event_scope<'v>(scope: &Scope<'v>, object: &'v Object) -> Option<Scope<'v>> {
    if value_of(object).is_some_and(|(key, _)| !["name", "label", "_label"].contains(&key)) {
        return None;
    }
    let event_type = find_text(object, &words::EVENT_TYPE_KEYS);
    // The type of a time span is no event.
    let event_type = event_type.filter(|(_, text)| fold_name(text) != fold_name(&scope.key));
    // The key of the event may be its type: `sent`.
    if event_type.is_none_or(|(_, text)| !words::is_making(text))
        && let Some(role) = words::role_of_event(&scope.key)
    {
        let role = Some(Role { name: Cow::Borrowed(""), text: role });
        return Some(Scope { role, is_event: words::is_making(&scope.key), ..scope.clone() });
    }
    let Some((type_key, event_type)) = event_type else {
        return Some(Scope { is_event: true, ..scope.clone() });
    };
    let known_role = Some(event_type).filter(|role| is_known_role(role));
    let role = words::role_of_event(event_type).or(known_role);
    let role = role.map(|text| Role { name: scope.name_of(type_key.into()), text });
    let role = role.or_else(|| scope.role.clone());
    Some(if words::is_making(event_type) {
        Scope { is_event: true, role, ..scope.clone() }
    } else {
        Scope { role, ..scope.child(event_type) }
    })
}
