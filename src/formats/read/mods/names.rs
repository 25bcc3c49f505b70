//! The names of a MODS description, each with its roles.

use crate::formats::read::roles::{NamedParty, field_of_role, role_with_code};
use crate::formats::read::xml::{
    Element, behind_text, keep_attributes, keep_attributes_and_kind, keep_element, push_own_field,
};
use crate::record::{Field, Record, StatedKind};

/// Adds a person or body by its role. Without one, only the main name of a description is a creator.
pub(super) fn add_name(name: Element<'_>, record: &mut Record) {
    let is_main = name.attribute("usage") == Some("primary");
    let default = if is_main { Field::Creator } else { Field::People };
    let text = full_name(name);
    let roles: Vec<String> = name.children_named("role").flat_map(roles_of_element).collect();
    let party = NamedParty { name: &text, roles: &roles, kind: stated_kind(name), default };
    let field = party.add_to(record);
    keep_rest(name, &text, record);
    for role in name.children_named("role") {
        keep_role(role, &text, field, record);
    }
}

/// Adds a name that is a subject: one that is only mentioned.
pub(super) fn add_subject_name(name: Element<'_>, record: &mut Record) {
    let text = full_name(name);
    record.push(Field::People, &text);
    keep_rest(name, &text, record);
    name.children_named("role").for_each(|role| keep_role(role, &text, Field::People, record));
}

/// What the type of a name states about it.
fn stated_kind(name: Element<'_>) -> Option<StatedKind> {
    match name.attribute("type")? {
        "personal" => Some(StatedKind::Person),
        "corporate" | "conference" => Some(StatedKind::Body),
        "family" => Some(StatedKind::Family),
        _ => None,
    }
}

/// Returns the texts of the parts of a name with this type.
fn parts_of_type(name: Element<'_>, kind: Option<&str>) -> Vec<String> {
    let parts = name.children_named("namePart").filter(|part| part.attribute("type") == kind);
    let texts = parts.map(|part| part.text().trim_end_matches([',', ' ']).to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// Returns a name as catalogues write it: `Keller, Anna Maria, Dr., 1900-1970`.
fn full_name(name: Element<'_>) -> String {
    let plain = parts_of_type(name, None);
    let (family, given) = (parts_of_type(name, Some("family")), parts_of_type(name, Some("given")));
    let mut parts = if has_family_name(name) {
        [family.join(" "), given.join(" ")].into_iter().filter(|part| !part.is_empty()).collect()
    } else if plain.is_empty() {
        name.first_child("displayForm").map(Element::text).into_iter().collect()
    } else {
        vec![join_parts(&plain)]
    };
    parts.extend(parts_of_type(name, Some("termsOfAddress")));
    parts.extend(parts_of_type(name, Some("date")));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Joins the parts of a name that have no type, such as a body and its department. Between two of them is
/// one full stop: `Norland. Army`.
fn join_parts(parts: &[String]) -> String {
    let mut name = String::new();
    for part in parts {
        if !name.is_empty() {
            name.push_str(if name.ends_with('.') { " " } else { ". " });
        }
        name.push_str(part);
    }
    name
}

/// Whether the family's or given name is marked, so that the name does not consist of plain parts.
fn has_family_name(name: Element<'_>) -> bool {
    let has = |kind| !parts_of_type(name, Some(kind)).is_empty();
    has("family") || (has("given") && parts_of_type(name, None).is_empty())
}

/// Keeps the attributes of a name, and what is no part of its text.
fn keep_rest(name: Element<'_>, text: &str, record: &mut Record) {
    keep_attributes_and_kind(name, "name", text, record);
    let is_plain_used = !has_family_name(name);
    for child in name.children() {
        match (child.name(), child.attribute("type")) {
            ("namePart", Some("family" | "date" | "termsOfAddress")) | ("role", _) => {}
            ("namePart", None) if is_plain_used => {}
            ("namePart", Some("given"))
                if text.contains(child.text().trim_end_matches([',', ' '])) => {}
            ("namePart", None) if text.contains(&child.text()) => {}
            ("displayForm", _) if child.text() == text => {}
            _ => keep_element(child, record),
        }
    }
}

/// Returns the roles that an element `role` states. A code beside a word is written behind it, and so is the address
/// of a relator if the word is not known.
fn roles_of_element(role: Element<'_>) -> Vec<String> {
    let is_code = |term: &Element<'_>| term.attribute("type") == Some("code");
    let terms = || role.children_named("roleTerm").filter(|term| !role_text(*term).is_empty());
    let mut words: Vec<String> = terms().filter(|term| !is_code(term)).map(role_text).collect();
    let codes: Vec<String> = terms().filter(is_code).map(role_text).collect();
    match (words.as_slice(), codes.as_slice()) {
        ([], []) => vec![role.text()],
        ([word], [code]) => vec![role_with_code(word, code)],
        _ => {
            words.extend(codes);
            words
        }
    }
}

/// Returns the role that a term states: its text, and the relator in its address if the text is missing or not known.
fn role_text(term: Element<'_>) -> String {
    let text = term.text();
    let address = term.attribute("valueURI").filter(|address| field_of_role(address).is_some());
    match address {
        Some(address) if text.is_empty() => address.to_owned(),
        Some(address) if field_of_role(&text).is_none() => role_with_code(&text, address),
        _ => text,
    }
}

/// Keeps a role as an own field, unless the record has it as the role of a contributor. Attributes of its
/// terms become own fields too, such as the vocabulary of a code.
fn keep_role(role: Element<'_>, name: &str, field: Field, record: &mut Record) {
    let terms = || role.children_named("roleTerm");
    if field != Field::Contributor {
        let roles = terms().map(role_text).filter(|text| !text.is_empty());
        let roles = roles.collect::<Vec<_>>().join(", ");
        let roles = if roles.is_empty() { role.text() } else { roles };
        push_own_field(record, "name.role", &behind_text(name, &roles));
    }
    terms().for_each(|term| keep_attributes(term, "roleTerm", &term.text(), record));
}
