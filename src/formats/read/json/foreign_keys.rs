//! What others call the fields of a record in JSON: the names of Dublin Core, as they are, and as
//! catalogues that are searched by Solr write them (`dcterms_title_display`, `creator_ssim`).

use super::Draft;
use crate::formats::read::dublin_core;
use crate::formats::read::dublin_core::is_address;
use crate::record::{Field, Record};

/// What stands before a name of Dublin Core.
const BEFORE: [&str; 6] = ["dcterms_", "dcterms:", "dcterms.", "dc_", "dc:", "dc."];
/// What stands behind a name where it is a column of an index.
const BEHIND: [&str; 7] = ["_display", "_tesim", "_ssim", "_ssm", "_sms", "_ssi", "_txt"];

/// Where a value under another name belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Field(Field),
    Date,
}

/// Puts values under other names where they belong. A place that has values under the names of an
/// archive file keeps those alone.
pub(super) fn put_in_place(draft: &mut Draft) {
    let Draft { record, date, .. } = draft;
    let is_dated = !date.is_empty();
    let is_taken = Field::ALL.map(|field| record.first(field).is_some().then_some(field));
    let own = std::mem::take(&mut record.own);
    for (name, value) in own {
        match place(&name, &value) {
            Some(Place::Date) if !is_dated && !value.trim().is_empty() => date.push(value),
            Some(Place::Field(field)) if !is_taken.contains(&Some(field)) => {
                put(record, field, &value);
            }
            _ => record.own.push((name, value)),
        }
    }
}

/// Adds a value, once.
fn put(record: &mut Record, field: Field, value: &str) {
    if !record.all(field).any(|there| there == value) {
        record.push(field, value);
    }
}

/// Where the value of a name belongs.
fn place(name: &str, value: &str) -> Option<Place> {
    let bare = BEFORE.iter().find_map(|start| name.strip_prefix(start)).unwrap_or(name);
    let bare = BEHIND.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    if bare == name && ["type", "source", "publisher", "temporal"].contains(&name) {
        // Without a mark of where the name is from, these are anything.
        return None;
    }
    let place = match bare {
        "date" => return Some(Place::Date),
        "identifier" if is_address(value) => Field::Url,
        "identifier" => Field::Id,
        "edm_is_shown_at" => Field::Url,
        "provenance" => Field::Source,
        "right" => Field::Rights,
        "collection_titles" => Field::Collection,
        other => match Field::from_key(other) {
            Some(field) => field,
            None => dublin_core::field(other)?,
        },
    };
    Some(Place::Field(place))
}
