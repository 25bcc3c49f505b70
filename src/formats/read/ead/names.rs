//! Reads the names of a component as creators, recipients, contributors and people mentioned.

use super::terms::term_text;
use crate::formats::read::roles::{self, NamedParty};
use crate::formats::read::xml::{
    Element, keep_attributes, keep_attributes_without_roles, push_own_field,
};
use crate::record::{Field, Record, StatedKind};

/// Whether an element of this name holds the name of a person, body or family.
pub(super) fn is_name(name: &str) -> bool {
    matches!(name, "persname" | "corpname" | "famname" | "name")
}

/// What an element of this name states about the name in it.
fn stated_kind(element_name: &str) -> Option<StatedKind> {
    match element_name {
        "persname" => Some(StatedKind::Person),
        "corpname" => Some(StatedKind::Body),
        "famname" => Some(StatedKind::Family),
        _ => None,
    }
}

/// Adds a name of a `controlaccess` list: one without a role is only mentioned.
pub(super) fn add_access_point(element: Element<'_>, record: &mut Record) {
    add_name(element, None, Field::People, record);
}

/// Adds the names that are marked in a title, where the file states their roles.
pub(super) fn add_names_in_title(title: Element<'_>, record: &mut Record) {
    let has_role = |name: &Element<'_>| {
        ["role", "relator"].into_iter().any(|attribute| name.attribute(attribute).is_some())
    };
    let names = title.descendants().filter(|it| is_name(it.name()) && has_role(it));
    names.for_each(|name| add_name(name, None, Field::People, record));
}

/// Adds who made the documents: each marked name, or the text if none is marked.
///
/// The label says so if they only come from somebody: `source`.
pub(super) fn add_origination(origination: Element<'_>, record: &mut Record) {
    let label = label_role(origination);
    let mut names = origination.children().filter(|child| is_name(child.name())).peekable();
    if names.peek().is_none() {
        let text = origination.text();
        let roles: Vec<String> = label.into_iter().collect();
        let party = NamedParty { name: &text, roles: &roles, kind: None, default: Field::Creator };
        party.add_to(record);
        return;
    }
    names.for_each(|name| add_name(name, label.clone(), Field::Creator, record));
    push_own_field(record, "origination", &origination.text_without(is_name));
}

/// Returns the role that the label of an `origination` gives its names, if it is not that of a creator.
fn label_role(origination: Element<'_>) -> Option<String> {
    let labels = ["label", "localtype", "role"];
    let label = labels.into_iter().find_map(|name| origination.attribute(name))?;
    let label = label.trim_end_matches([':', ' ']);
    let field = roles::field_of_role(label);
    field.filter(|field| *field != Field::Creator).map(|_| label.to_owned())
}

/// Adds a name by its role, with its content attributes. `label` is the role of all names beside it.
fn add_name(element: Element<'_>, label: Option<String>, default: Field, record: &mut Record) {
    let text = term_text(element);
    let stated = ["role", "relator"].into_iter().filter_map(|name| element.attribute(name));
    let mut roles: Vec<String> = stated.map(str::to_owned).collect();
    if roles.is_empty() {
        roles.extend(label);
    }
    let kind = stated_kind(element.name());
    let party = NamedParty { name: &text, roles: &roles, kind, default };
    if party.add_to(record) == Field::Contributor {
        keep_attributes_without_roles(element, element.name(), &text, record);
    } else {
        keep_attributes(element, element.name(), &text, record);
    }
}
