//! A record as citations describe it: its parts, made once, which each style only arranges.

use std::collections::HashSet;

use super::title::{CitedForm, Title, is_same_name};
use super::{Style, preferred};
use crate::formats::write::has_more_creators;
use crate::record::{Archive, Date, Field, Name, Record, labelled_container};
use crate::text::fold::fold;

/// The parts of a citation.
#[derive(Clone, Debug)]
pub(crate) struct CitationItem<'r> {
    /// Who made the document. Stand-ins such as `anon.` are left out.
    pub(crate) creators: People,
    /// Whom it is addressed to.
    pub(crate) recipients: People,
    /// The title.
    pub(crate) title: Title,
    /// The date.
    pub(crate) date: &'r Date,
    /// Where it lies in the collection: box and folder, otherwise the reference code.
    pub(crate) location: Option<String>,
    /// The collection.
    pub(crate) collection: Option<String>,
    /// The institution that keeps it, its place, and the digital archive that shows it.
    pub(crate) archive: Vec<String>,
    /// The web address.
    pub(crate) url: Option<&'r str>,
    /// How the archive wants it to be cited.
    pub(crate) preferred: Option<String>,
}

/// People with the same part in a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    /// The names that are known.
    pub(crate) names: Vec<Name>,
    /// Whether the file says that there are others.
    pub(crate) has_others: bool,
}

impl<'r> CitationItem<'r> {
    /// Takes the parts of a record and its archive.
    pub(crate) fn new(record: &'r Record, archive: Option<&'r Archive>) -> CitationItem<'r> {
        let title = Title::new(record, archive);
        let collections = collections(record, &title.text);
        let collection = (!collections.is_empty()).then(|| collections.join(", "));
        let archive_names = archive_names(record, archive, &title.text, &collections);
        let named: Vec<&str> =
            collections.iter().copied().chain(archive_names.iter().map(String::as_str)).collect();
        let location = location(record, &named);
        let creators = match title.form {
            // A collection is cited by its title: its creator is mostly in it.
            CitedForm::Collection => People::default(),
            _ => People::with_role(record, Field::Creator),
        };
        let mut item = CitationItem {
            creators,
            recipients: People::with_role(record, Field::Recipient),
            title,
            date: &record.date,
            location,
            collection,
            archive: archive_names,
            url: record.first(Field::Url),
            preferred: None,
        };
        item.url = item.url.or_else(|| archive_url(archive, &item));
        item.preferred = preferred::citation(record, archive, &item);
        item
    }

    /// Whether the title is that of a whole collection.
    pub(crate) fn is_collection(&self) -> bool {
        self.title.form == CitedForm::Collection
    }
}

impl People {
    /// Takes the names of a field, each once. Stand-ins such as `anon.` and `et al.` are left out.
    fn with_role(record: &Record, field: Field) -> People {
        let names: Vec<Name> = record.all(field).map(|name| record.parse_name(name)).collect();
        let has_more = field == Field::Creator && has_more_creators(record);
        let has_others = has_more || names.iter().any(Name::is_others);
        let is_known = |name: &Name| !name.is_nobody() && !name.is_others();
        let mut people = People { names: Vec::new(), has_others };
        let mut seen = HashSet::new();
        for name in names.into_iter().filter(is_known) {
            if seen.insert(name.index()) {
                people.names.push(name);
            }
        }
        people
    }
}

/// Whether the citation of a record in a style names who keeps it, or is the one that the archive prefers.
pub(super) fn names_archive(record: &Record, archive: Option<&Archive>, style: Style) -> bool {
    let title = record.title().unwrap_or("");
    let has_preferred = || {
        let of_archive = archive.and_then(Archive::preferred_citation);
        style == Style::Archive && record.first(Field::PreferredCitation).or(of_archive).is_some()
    };
    let collections = collections(record, title);
    !archive_names(record, archive, title, &collections).is_empty() || has_preferred()
}

/// Returns the collections of a record that are not the record itself.
fn collections<'r>(record: &'r Record, title: &str) -> Vec<&'r str> {
    distinct(record.all(Field::Collection).filter(|name| !is_same_name(name, title)))
}

/// Returns the distinct names, in their order.
fn distinct<'t>(names: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names.map(str::trim) {
        if !name.is_empty() && !distinct.iter().any(|known| is_same_name(known, name)) {
            distinct.push(name);
        }
    }
    distinct
}

/// Whether a text is a web address.
fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Returns who keeps the document: the repository and its place, then the archive of the file if that is
/// no collection.
fn archive_names(
    record: &Record,
    archive: Option<&Archive>,
    title: &str,
    collections: &[&str],
) -> Vec<String> {
    let is_collection = |name: &str| {
        is_same_name(name, title) || collections.iter().any(|it| is_same_name(it, name))
    };
    let repositories: Vec<&str> = distinct(record.all(Field::Repository));
    // A component in another institution than its finding aid is in that one.
    let source = |it: &'_ Archive| it.source.clone().filter(|_| repositories.is_empty());
    let of_file: Vec<String> =
        archive.into_iter().flat_map(|it| [it.title.clone(), source(it)]).flatten().collect();
    let of_file = of_file.iter().map(String::as_str);
    let of_file = of_file.filter(|name| !is_address(name) && !is_collection(name));
    let given = archive.and_then(|archive| archive.given_name.title.as_deref());
    let names = distinct(repositories.iter().copied().chain(of_file).chain(given));
    let place = record.first(Field::ArchivePlace).map(str::trim);
    let place = place.filter(|place| !names.iter().any(|name| contains_name(name, place)));
    // The place is that of the repository, and of the whole archive if no repository is known.
    let at = if repositories.is_empty() { names.len() } else { repositories.len() };
    let (before, behind) = names.split_at(at);
    before.iter().copied().chain(place).chain(behind.iter().copied()).map(str::to_owned).collect()
}

/// Whether a text has a name between commas or spaces.
fn contains_name(text: &str, name: &str) -> bool {
    let (text, name) = (fold(text), fold(name));
    text.match_indices(&name).any(|(at, found)| {
        let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + found.len()..).and_then(|behind| behind.chars().next());
        is_edge(before) && is_edge(behind)
    })
}

/// Returns where a record lies, without the names of its collection and archive: box and folder, otherwise
/// the reference code; then its source, if the file has such a field.
fn location(record: &Record, named: &[&str]) -> Option<String> {
    let containers = containers(record);
    let codes = record.all(Field::ReferenceCode).map(str::to_owned);
    let place = if containers.is_empty() { codes.collect() } else { containers };
    let sources = record.all(Field::Source).filter(|source| !is_address(source));
    let all = place.into_iter().chain(sources.map(str::to_owned));
    let all: Vec<String> = all.filter_map(|text| without_names(&text, named)).collect();
    let all = distinct(all.iter().map(String::as_str));
    (!all.is_empty()).then(|| all.join(", "))
}

/// Returns box and folder, or own fields with such names. Several boxes stay in the order of the file.
pub(super) fn containers(record: &Record) -> Vec<String> {
    let count = |field: Field| record.all(field).count();
    let all = |field: Field| {
        record.all(field).map(move |value| labelled_container(field, value).into_owned())
    };
    if count(Field::Box) + count(Field::Folder) == 0 {
        let own = |field: Field| {
            let is_container =
                move |own: &&(String, String)| own.0.rsplit('.').next() == Some(field.key());
            let values = record.own.iter().filter(is_container);
            values.map(move |(_, value)| labelled_container(field, value).into_owned())
        };
        return own(Field::Box).chain(own(Field::Folder)).collect();
    }
    if count(Field::Box) < 2 {
        return all(Field::Box).chain(all(Field::Folder)).collect();
    }
    let containers =
        record.values.iter().filter(|(field, _)| [Field::Box, Field::Folder].contains(field));
    containers.map(|(field, value)| labelled_container(*field, value).into_owned()).collect()
}

/// Returns a location without the parts that are one of these names. `None` if nothing is left.
fn without_names(text: &str, names: &[&str]) -> Option<String> {
    let mut rest = text.trim();
    for name in names {
        let bare =
            rest.strip_prefix(name).filter(|behind| behind.starts_with([',', '.', ';', ' ', ':']));
        rest = bare.map_or(rest, |bare| bare.trim_start_matches([',', '.', ';', ':', ' ']));
    }
    let is_kept = |part: &&str| !names.iter().any(|name| is_same_name(part, name));
    let kept: Vec<&str> = rest.split(", ").filter(is_kept).collect();
    Some(kept.join(", ")).filter(|kept| !kept.is_empty())
}

/// Returns the address of a digital archive, for a record without its own. The address of a finding aid is
/// not that of its components.
fn archive_url<'r>(archive: Option<&'r Archive>, item: &CitationItem<'_>) -> Option<&'r str> {
    let archive = archive?;
    if let Some(given) = &archive.given_name.url {
        return Some(given);
    }
    let title = archive.title.as_deref();
    let is_named = title.is_none_or(|title| item.archive.iter().any(|name| name == title));
    archive.url.as_deref().filter(|_| is_named && archive.ead_id().is_none())
}
