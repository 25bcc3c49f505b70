//! Persons, bodies, places and subjects, which stand beside records in linked data and are none.

use super::words::bare_type;
use super::worth::{has_container, said, types_of};
use crate::formats::read::json::Object;

/// Types of what documents are about or by, as vocabularies write them.
const ENTITY_TYPES: [&str; 22] = [
    "person",
    "agent",
    "family",
    "corporatebody",
    "organization",
    "organisation",
    "archiveorganization",
    "educationalorganization",
    "group",
    "place",
    "location",
    "city",
    "country",
    "administrativearea",
    "concept",
    "conceptscheme",
    "definedterm",
    "timespan",
    "e21person",
    "e39actor",
    "e53place",
    "e74group",
];

/// Whether an object is a person, a body, a place or a subject by its type, and no document.
pub(super) fn is_entity(object: &Object) -> bool {
    types_of(object).any(|kind| ENTITY_TYPES.contains(&bare_type(kind).as_str()))
        && !said(object).is_document()
        && !has_container(object)
}
