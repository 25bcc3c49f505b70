//! Decides whether records of the same texts on two pages are one document.

use crate::record::{Field, Record};

/// Whether two records of the same texts are different documents: no value of their ids or reference codes is the same, or
/// without these their addresses lead to other pages.
pub(super) fn are_different(one: &Record, other: &Record) -> bool {
    let values = |record: &Record, field: Field| -> Vec<String> {
        record.all(field).map(str::to_owned).collect()
    };
    let differ = |field: Field| {
        let (mine, theirs) = (values(one, field), values(other, field));
        !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|value| theirs.contains(value))
    };
    let has = |record: &Record| record.first(Field::ReferenceCode).is_some();
    let addresses = (one.first(Field::Url), other.first(Field::Url));
    let lead_elsewhere = || match addresses {
        (Some(one), Some(other)) => document_of(one) != document_of(other),
        _ => false,
    };
    differ(Field::Id)
        || differ(Field::ReferenceCode)
        || !(has(one) && has(other)) && lead_elsewhere()
}

/// Returns the part of an address that says which document it leads to: without the search or the position in a list.
fn document_of(address: &str) -> (&str, Option<&str>) {
    const ID_KEYS: [&str; 8] =
        ["id", "docid", "itemid", "recordid", "objectid", "record", "doc", "item"];
    let address = address.split('#').next().unwrap_or(address);
    let Some((page, query)) = address.split_once('?') else { return (address, None) };
    let id = query
        .split(['&', ';'])
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| ID_KEYS.contains(&key.to_lowercase().replace(['_', '-'], "").as_str()));
    (page, id.map(|(_, value)| value))
}
