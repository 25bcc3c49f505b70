//! XML attributes: which of them are content, and the own fields they are kept in.
//!
//! Content describes what the element names: a role, an identifier in an authority file and which
//! file that is, a language or script, a normalized form of the name, an address. It is kept behind
//! the text of the element, in a field named after element and attribute: `persname.role` is
//! `Soong, T. V.: author`.
//!
//! All other attributes are markup: identifiers of elements and links between them, cataloguing
//! rules, encoding analogs, rendering and audience. They are not kept.

use super::{Element, KIND_ATTRIBUTES, push_own_field};
use crate::record::Record;

/// The longest text that is repeated in front of the value of an attribute, in bytes.
const MAX_REPEATED_TEXT_BYTES: usize = 200;

/// Whether an attribute of this name is content in every element.
pub(super) fn is_content(name: &str) -> bool {
    matches!(
        name,
        "role"
            | "relator"
            | "authfilenumber"
            | "identifier"
            | "authority"
            | "authorityURI"
            | "valueURI"
            | "source"
            | "normal"
            | "lang"
            | "script"
            | "transliteration"
            | "href"
            | "url"
    )
}

/// Keeps the content attributes of an element in own fields `name.attribute`, behind its text.
pub(crate) fn keep_attributes(element: Element<'_>, name: &str, text: &str, record: &mut Record) {
    keep_matching_attributes(element, name, text, record, is_content);
}

/// Keeps the content attributes of an element, except the roles of a name, which are in a field.
pub(crate) fn keep_attributes_without_roles(
    element: Element<'_>,
    name: &str,
    text: &str,
    record: &mut Record,
) {
    keep_matching_attributes(element, name, text, record, |key| {
        is_content(key) && !matches!(key, "role" | "relator")
    });
}

/// Keeps the content attributes of an element, and those that hold its kind.
pub(crate) fn keep_attributes_and_kind(
    element: Element<'_>,
    name: &str,
    text: &str,
    record: &mut Record,
) {
    keep_matching_attributes(element, name, text, record, |key| {
        is_content(key) || KIND_ATTRIBUTES.contains(&key)
    });
}

/// Keeps the attributes whose name matches.
fn keep_matching_attributes(
    element: Element<'_>,
    name: &str,
    text: &str,
    record: &mut Record,
    matches: fn(&str) -> bool,
) {
    for (key, value) in element.attributes().filter(|(key, _)| matches(key)) {
        let value = value.trim();
        if value.is_empty() || value == text {
            continue;
        }
        let name = format!("{name}.{key}");
        push_own_field(record, &name, &behind_text(text, value));
    }
}

/// Returns what an own field says of a text: the value behind the text, or alone where the text is empty or too long
/// to be repeated.
pub(crate) fn behind_text(text: &str, value: &str) -> String {
    if text.is_empty() || text.len() > MAX_REPEATED_TEXT_BYTES {
        value.to_owned()
    } else {
        format!("{text}: {value}")
    }
}
