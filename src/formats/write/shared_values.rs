//! Values that several export formats write in the same way: title, collection, repository and notes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::notes;
use crate::record::{Archive, Field, Record};

/// Returns the title. Without a title, returns the record's heading in square brackets, which mark
/// a supplied title.
pub(super) fn title_or_heading(record: &Record) -> Cow<'_, str> {
    if let Some(title) = record.title() {
        return Cow::Borrowed(title);
    }
    let heading = record.list_heading();
    Cow::Owned(format!("[{}]", heading.trim_start_matches('‹').trim_end_matches('.')))
}

/// Returns the collections of a record, joined by commas.
pub(super) fn collection(record: &Record) -> Option<String> {
    join_unique(record.all(Field::Collection).map(str::to_owned))
}

/// Returns the archive's title, else its source.
pub(super) fn archive_name(archive: Option<&Archive>) -> Option<&str> {
    let archive = archive?;
    archive.title.as_deref().or(archive.source.as_deref())
}

/// Returns the name of the institution that keeps a record: its own, else that of its archive. The
/// title of a finding aid is that of a collection and names no institution.
pub(super) fn repository_name<'r>(
    record: &'r Record,
    archive: Option<&'r Archive>,
) -> Option<&'r str> {
    let title = |archive: &'r Archive| {
        let title = archive.title.as_deref().filter(|_| archive.ead_id().is_none());
        title.filter(|title| !record.all(Field::Collection).any(|collection| collection == *title))
    };
    let own = record.first(Field::Repository);
    own.or_else(|| archive.and_then(|archive| archive.source.as_deref().or_else(|| title(archive))))
}

/// Joins distinct texts with commas. Returns `None` if there are none.
pub(super) fn join_unique(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let mut seen = HashSet::new();
    let unique: Vec<String> = texts.into_iter().filter(|text| seen.insert(text.clone())).collect();
    (!unique.is_empty()).then(|| unique.join(", "))
}

/// Returns a note `field: value` for each value that the format cannot hold in a field of its own.
///
/// `holds`: the format holds all these values of a field unchanged.
pub(super) fn field_notes(record: &Record, holds: impl Fn(Field, &[&str]) -> bool) -> Vec<String> {
    let values = notes::values_without_place(record, holds).into_iter();
    values.map(|(field, value)| format!("{}: {value}", field.key())).collect()
}

/// The names of the own fields of a record with their values, in the order of their first values.
///
/// The time is linear: some records have tens of thousands of own fields.
pub(super) fn own_values(record: &Record) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (name, value) in &record.own {
        let place = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => groups.push((name, vec![value])),
        }
    }
    groups
}
