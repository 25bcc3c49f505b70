//! Nodes of RDF that belong to other nodes: files, notes and journals to which they refer by `rdf:resource`.

use std::collections::HashSet;

use crate::formats::read::json::{Object, Value};

use super::lists::Candidate;
use super::texts;
use super::words::bare;
use super::worth::said;
use super::xml::NODE_KEY;

/// Keys by which a node refers to what belongs to it, or to what it is a part of.
const LINK_KEYS: [&str; 5] = ["link", "ispartof", "isreferencedby", "hasfile", "hasattachment"];

/// Names of classes of nodes that belong to others.
const PART_CLASSES: [&str; 2] = ["attachment", "memo"];

/// The key of what a list of a user refers to.
const MEMBER_KEY: &str = "hasPart";

/// Whether the objects of a list belong to other nodes. `linked` are the identifiers that others refer to.
pub(super) fn are_parts(list: &Candidate<'_>, linked: &HashSet<&str>) -> bool {
    let class = list.path.key_names().last().map(bare).unwrap_or_default();
    let is_linked = |object: &&&Object| {
        let id = texts::find_text(object, &["about", "@id", NODE_KEY]).map(|(_, id)| id);
        id.is_some_and(|id| linked.contains(id)) && !said(object).is_document()
    };
    let is_list = |object: &&Object| class == "collection" && object.contains_key(MEMBER_KEY);
    PART_CLASSES.contains(&class.as_str())
        || list.objects.iter().all(is_list)
        || 2 * list.objects.iter().filter(is_linked).count() > list.objects.len()
}

/// Returns the identifiers to which the objects of some lists refer.
pub(super) fn identifiers<'v>(lists: &[Candidate<'v>]) -> HashSet<&'v str> {
    let mut found = HashSet::new();
    for (key, value) in lists.iter().flat_map(|list| &list.objects).flat_map(|object| object.iter())
    {
        if LINK_KEYS.contains(&bare(key).as_str()) {
            add_resources(value, &mut found);
        }
    }
    found
}

/// Adds the identifiers that a value refers to.
fn add_resources<'v>(value: &'v Value, found: &mut HashSet<&'v str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| add_resources(value, found)),
        Value::Object(object) => {
            found.extend(texts::find_text(object, &["resource"]).map(|(_, id)| id));
        }
        _ => {}
    }
}
