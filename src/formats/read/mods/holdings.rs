//! Where the document of a MODS description lies: its location, and what it is part of.

use std::collections::HashSet;

use super::{add_value, full_title, is_title_info};
use crate::formats::read::shelf_locations::{
    add_shelf_mark, field_of_container, is_plain_container,
};
use crate::formats::read::xml::{
    Element, behind_text, keep_attributes_and_kind, keep_element, push_own_field,
};
use crate::formats::shelf_location::{container_of_kind, keep_kind};
use crate::record::{Field, Record};

/// Adds the repository, the shelf mark and the URLs.
pub(super) fn add_location(location: Element<'_>, record: &mut Record) {
    if location.has_text() {
        let parts: HashSet<&str> = location.children().map(Element::name).collect();
        push_own_field(record, "location", &location.text_without(|name| parts.contains(name)));
    }
    let has_name =
        location.children_named("physicalLocation").any(|it| is_repository(it) && !is_code(it));
    for part in location.children() {
        match part.name() {
            "url" => {
                add_value(part, Field::Url, record);
                for key in ["note", "access"] {
                    let value = part.attribute(key).unwrap_or("");
                    push_own_field(record, &format!("url.{key}"), value);
                }
            }
            "physicalLocation" if is_repository(part) && !(has_name && is_code(part)) => {
                add_value(part, Field::Repository, record);
            }
            "shelfLocator" => add_shelf_locator(part, record),
            "holdingSimple" | "copyInformation" => add_holding(part, record),
            _ => keep_element(part, record),
        }
    }
}

/// Adds the copies of a document that an institution has.
fn add_holding(holding: Element<'_>, record: &mut Record) {
    for part in holding.children() {
        match part.name() {
            "copyInformation" => add_holding(part, record),
            "shelfLocator" => add_shelf_locator(part, record),
            _ => keep_element(part, record),
        }
    }
}

/// Adds a shelf mark with its content attributes.
fn add_shelf_locator(locator: Element<'_>, record: &mut Record) {
    let text = locator.text();
    add_shelf_mark(&text, record);
    keep_attributes_and_kind(locator, "shelfLocator", &text, record);
}

/// Whether a physical location is the institution that keeps the document now.
fn is_repository(place: Element<'_>) -> bool {
    matches!(place.attribute("type"), None | Some("repository" | "current" | "owner" | "holding"))
}

/// Whether a physical location is a code for an institution.
fn is_code(place: Element<'_>) -> bool {
    let authority = place.attribute("authority").unwrap_or("");
    let is_list = authority.contains("marcorg") || authority.contains("oclcorg");
    is_list || place.attribute("type") == Some("code")
}

/// Adds a related item. The title of a host is the collection, that of a series beside it the series, and
/// the location of an original is that of the record. All else becomes own fields.
pub(super) fn add_related_item(item: Element<'_>, related: Related, record: &mut Record) {
    let kind = item.attribute("type").unwrap_or("");
    // Of nested hosts the outermost is the collection.
    let is_inner = inner_host(item).is_some();
    for part in item.children() {
        match (kind, part.name()) {
            ("host", name) if is_title_info(name) => {
                let field = if is_inner { Field::Series } else { Field::Collection };
                record.push(field, &full_title(part));
            }
            ("series", name) if is_title_info(name) => {
                let field = if related.has_host { Field::Series } else { Field::Collection };
                record.push(field, &full_title(part));
            }
            ("host", "relatedItem") if part.attribute("type") == Some("host") => {
                add_related_item(part, related, record);
            }
            ("original", "location") => add_location(part, record),
            ("host", "location") if !related.has_location => add_location(part, record),
            ("host", "part") => add_part(part, &format!("relatedItem.{kind}."), record),
            _ => keep_part(item, part, record),
        }
    }
    if item.children().next().is_none() {
        keep_element(item, record);
    }
}

/// What a description has beside a related item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Related {
    /// A host: the collection that the document is in.
    pub(super) has_host: bool,
    /// A repository or shelf mark of its own.
    pub(super) has_location: bool,
}

impl Related {
    /// Looks at a description.
    pub(super) fn new(description: Element<'_>) -> Related {
        let mut items = description.children_named("relatedItem");
        let has_host = items.any(|item| item.attribute("type") == Some("host"));
        let mut locations = description.children_named("location");
        let is_place = |part: Element<'_>| part.name() != "url";
        let has_location = locations.any(|location| location.children().any(is_place));
        Related { has_host, has_location }
    }
}

/// The item that a host is part of.
fn inner_host(item: Element<'_>) -> Option<Element<'_>> {
    let mut items = item.children_named("relatedItem");
    items.find(|inner| inner.attribute("type") == Some("host"))
}

/// Types of details that number the parts of published works.
const NUMBERS_OF_WORKS: [&str; 8] =
    ["volume", "issue", "number", "part", "page", "pages", "section", "chapter"];

/// Adds an element `part`: the box and folder that it counts, and all else as own fields.
pub(super) fn add_part(part: Element<'_>, prefix: &str, record: &mut Record) {
    let field_of = |detail: Element<'_>| {
        // Volumes are counted of published works.
        let kind = detail.attribute("type").filter(|kind| !NUMBERS_OF_WORKS.contains(kind))?;
        let number = detail.first_child("number").filter(|number| !number.text().is_empty())?;
        match field_of_container(kind)? {
            field if is_plain_container(kind) => Some((field, number.text())),
            _ => container_of_kind(kind, &number.text()),
        }
    };
    for detail in part.children() {
        if let Some(found) = field_of(detail).filter(|_| detail.name() == "detail") {
            record.push(found.0, &found.1);
            let kind = detail.attribute("type").unwrap_or("");
            if !keep_kind(std::slice::from_ref(&found), kind) {
                push_own_field(record, "container.type", &behind_text(&found.1, kind));
            }
        } else {
            let mut values = Record::default();
            keep_element(detail, &mut values);
            for (name, text) in values.own {
                push_own_field(record, &format!("{prefix}part.{name}"), &text);
            }
        }
    }
}

/// Keeps a part of a related item in own fields named after both.
fn keep_part(item: Element<'_>, part: Element<'_>, record: &mut Record) {
    let mut values = Record::default();
    keep_element(part, &mut values);
    let kind = item.attribute("type").map(|kind| format!(".{kind}")).unwrap_or_default();
    for (name, text) in values.own {
        push_own_field(record, &format!("relatedItem{kind}.{name}"), &text);
    }
}
