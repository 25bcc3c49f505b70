//! Names of people without a label in the records of a copied page.

use super::orders::{BY_NAME, DETAIL_SEPARATOR, DETAILS_NAME, Entry, PEOPLE_NAME};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::html::is_inverted_names;
use crate::record::Field;

/// Makes creators of the names in the details, if most records have some in the same form and no other creator:
/// `Keller, Anna`.
pub(super) fn name_people(mut entries: Vec<Entry>) -> Vec<Entry> {
    let is_creator = |name: &str| {
        name == BY_NAME
            || known_names(name)
                .first()
                .is_some_and(|known| known.target == FieldTarget::Field(Field::Creator))
    };
    let details = |entry: &Entry| -> Option<(usize, String)> {
        entry.fields.iter().enumerate().find_map(|(at, (name, text))| {
            let mut parts = text.split(DETAIL_SEPARATOR);
            let names = parts.find(|part| is_inverted_names(part)).filter(|_| name == DETAILS_NAME);
            Some((at, names?.to_owned()))
        })
    };
    let count = entries.iter().filter(|entry| details(entry).is_some()).count();
    let has_creators =
        entries.iter().flat_map(|entry| &entry.fields).any(|(name, _)| is_creator(name));
    if has_creators || count < 2 || 3 * count < 2 * entries.len() {
        return entries;
    }
    for entry in &mut entries {
        let Some((at, names)) = details(entry) else { continue };
        if let Some((_, text)) = entry.fields.get_mut(at) {
            let mut kept: Vec<&str> = text.split(DETAIL_SEPARATOR).collect();
            kept.retain(|part| *part != names);
            *text = kept.join(DETAIL_SEPARATOR);
        }
        entry.fields.retain(|(name, text)| name != DETAILS_NAME || !text.is_empty());
        let names = names.split(';').map(str::trim).filter(|name| !name.is_empty());
        let names = names.map(|name| (PEOPLE_NAME.to_owned(), name.to_owned()));
        entry.fields.extend(names);
    }
    entries
}
