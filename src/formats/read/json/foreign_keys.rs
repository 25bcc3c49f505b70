//! Maps the keys of other programs to fields: Dublin Core names, also with the suffixes of Solr
//! indexes (`dcterms_title_display`, `creator_ssim`).

use super::Draft;
use crate::formats::read::dublin_core;
use crate::formats::read::dublin_core::is_url;
use crate::record::{Field, Record};

/// Prefixes of Dublin Core names.
const NAME_PREFIXES: [&str; 6] = ["dcterms_", "dcterms:", "dcterms.", "dc_", "dc:", "dc."];
/// Suffixes of Solr index fields.
const NAME_SUFFIXES: [&str; 7] = ["_display", "_tesim", "_ssim", "_ssm", "_sms", "_ssi", "_txt"];

/// The field that a foreign key fills.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldTarget {
    Field(Field),
    Date,
}

/// Moves own fields with known names to the fields they fill, unless those have values already.
pub(super) fn map_foreign_keys(draft: &mut Draft) {
    let Draft { record, date_texts, .. } = draft;
    let is_dated = !date_texts.is_empty();
    let filled_fields = Field::ALL.map(|field| {
        let is_filled = record.all(field).any(|value| !value.is_empty());
        is_filled.then_some(field)
    });
    let own = std::mem::take(&mut record.own);
    for (name, value) in own {
        match target_for_name(&name, &value) {
            Some(FieldTarget::Date) if !is_dated && !value.trim().is_empty() => {
                date_texts.push(value);
            }
            Some(FieldTarget::Field(field)) if !filled_fields.contains(&Some(field)) => {
                push_unique(record, field, &value);
            }
            _ => record.own.push((name, value)),
        }
    }
}

/// Adds a value unless the field has it already.
fn push_unique(record: &mut Record, field: Field, value: &str) {
    if !record.all(field).any(|existing| existing == value) {
        record.push(field, value);
    }
}

/// Returns the field that a key fills, if the key is known.
fn target_for_name(name: &str, value: &str) -> Option<FieldTarget> {
    let bare = NAME_PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let bare = NAME_SUFFIXES.iter().find_map(|suffix| bare.strip_suffix(suffix)).unwrap_or(bare);
    if bare == name && ["type", "source", "publisher", "temporal"].contains(&name) {
        // Without a prefix or suffix, these names are ambiguous.
        return None;
    }
    let field = match bare {
        "date" => return Some(FieldTarget::Date),
        "identifier" if is_url(value) => Field::Url,
        "identifier" => Field::Id,
        "edm_is_shown_at" => Field::Url,
        "provenance" => Field::Source,
        "right" => Field::Rights,
        "collection_titles" => Field::Collection,
        other => match Field::from_key(other) {
            Some(field) => field,
            None => dublin_core::field_of_element(other)?,
        },
    };
    Some(FieldTarget::Field(field))
}
