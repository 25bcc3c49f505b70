//! The names of a record for formats that keep creators, recipients and others apart.

use std::collections::HashSet;

use crate::formats::document::is_letter;
use crate::formats::roles;
use crate::record::{Field, Name, NameParts, Record};

/// Returns the names of a field in file order, each once. Stand-ins such as `anon.` and `et al.` are left out.
pub(super) fn parse_names(record: &Record, field: Field) -> Vec<Name> {
    let mut seen = HashSet::new();
    let is_new = |name: &Name| {
        !name.is_nobody() && !name.is_others() && seen.insert(name.index_without_signs())
    };
    record.parse_names(field).filter(is_new).collect()
}

/// Returns the contributors whose role has a CSL variable, with this variable, in the order of
/// [`roles::variables`].
pub(super) fn contributors(record: &Record) -> Vec<(&'static str, Name)> {
    let names = record.parse_names(Field::Contributor);
    let known = record.contributors().zip(names).filter_map(|((_, role), name)| {
        let is_known = !name.is_nobody() && !name.is_others();
        Some((roles::variable(role).filter(|_| is_known)?, name))
    });
    let mut known: Vec<(&str, Name)> = known.collect();
    known.sort_by_key(|(variable, _)| roles::variables().position(|other| other == *variable));
    known
}

/// Whether names that are read again are those of a field. `form`: how the format writes a name.
pub(super) fn are_read_again(
    record: &Record,
    field: Field,
    names: &[Name],
    form: fn(&Name) -> String,
) -> bool {
    record.all(field).eq(names.iter().map(form))
}

/// Whether contributors that are read again are those of a record, with their roles. `form`: how the
/// format writes a name.
pub(super) fn are_contributors_read_again<'n>(
    record: &Record,
    written: impl Iterator<Item = &'n (&'static str, Name)>,
    form: fn(&Name) -> String,
) -> bool {
    let written: Vec<(String, &str)> =
        written.map(|(variable, name)| (form(name), roles::role_of_variable(variable))).collect();
    record.contributors().eq(written.iter().map(|(name, role)| (name.as_str(), *role)))
}

/// How a name is read again from its parts.
pub(super) fn form_of_parts(name: &Name) -> String {
    match name.parts() {
        Some(parts) => Name::from_parts(parts).written,
        None => name.running_without_signs(),
    }
}

/// How a name is read again from BibLaTeX, which has one particle.
pub(super) fn form_of_bibtex(name: &Name) -> String {
    let Some(parts) = name.parts() else { return name.running_without_signs() };
    let given = format!("{} {}", parts.given, parts.dropping_particle);
    Name::from_parts(NameParts { given: given.trim(), dropping_particle: "", ..parts }).written
}

/// Whether a record is written as personal communication: a letter, or a record with a recipient.
pub(super) fn is_personal_communication(record: &Record) -> bool {
    is_letter(record) || record.first(Field::Recipient).is_some()
}
