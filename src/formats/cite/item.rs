//! A record as citations describe it: its parts, made once, which each style only arranges.

use std::collections::HashSet;

use super::containers::containers;
use super::contributors::{Contribution, contributions};
use super::distinct_names::{NameSet, distinct};
use super::punctuation::tidy;
use super::title::{CitedForm, Title, bare_name, is_same_name};
use super::{Style, preferred};
use crate::formats::rich_text;
use crate::record::{Archive, Date, Field, Name, Record};
use crate::text::fold::fold;

/// The parts of a citation.
#[derive(Clone, Debug)]
pub(crate) struct CitationItem<'r> {
    /// Who made the document. Stand-ins such as `anon.` are left out.
    pub(crate) creators: People,
    /// Whom it is addressed to.
    pub(crate) recipients: People,
    /// Who had another part in it that citations name.
    pub(crate) contributors: Vec<Contribution>,
    /// The title.
    pub(crate) title: Title,
    /// The date.
    pub(crate) date: &'r Date,
    /// Where it lies in the collection: box and folder, otherwise the reference code.
    pub(crate) shelf_location: Option<String>,
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
            collections.iter().chain(&archive_names).map(String::as_str).collect();
        let shelf_location = shelf_location(record, &named);
        let creators = match title.form {
            // A collection is cited by its title: its creator is mostly in it.
            CitedForm::Collection => People::default(),
            _ => People::with_role(record, Field::Creator),
        };
        let contributors = match title.form {
            CitedForm::Collection => Vec::new(),
            _ => contributions(record, &creators, |name| title.names(name)),
        };
        let mut item = CitationItem {
            creators,
            contributors,
            recipients: People::with_role(record, Field::Recipient),
            title,
            date: &record.date,
            shelf_location,
            collection,
            archive: archive_names,
            url: record.all(Field::Url).find(|url| is_public_address(url)),
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
        let names: Vec<Name> = record.parse_names(field).collect();
        let has_more = field == Field::Creator && record.has_more_creators();
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
    let title = record.title().map(rich_text::to_plain).unwrap_or_default();
    let has_preferred = || {
        let of_archive = archive.and_then(Archive::preferred_citation);
        style == Style::Archive && record.first(Field::PreferredCitation).or(of_archive).is_some()
    };
    let collections = collections(record, &title);
    !archive_names(record, archive, &title, &collections).is_empty() || has_preferred()
}

/// Returns the collections of a record that are not the record itself.
fn collections(record: &Record, title: &str) -> Vec<String> {
    distinct(record.all(Field::Collection).filter(|name| !is_same_name(name, title)))
}

/// Whether a text is a web address.
fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Whether an address is one of the web, and not of a file on somebody's computer.
fn is_public_address(url: &str) -> bool {
    url.split_once("://").is_none_or(|(scheme, _)| {
        ["http", "https", "ftp", "gopher"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
    })
}

/// Returns who keeps the document: the repository and its place, then the archive of the file if that is
/// no collection.
fn archive_names(
    record: &Record,
    archive: Option<&Archive>,
    title: &str,
    collections: &[String],
) -> Vec<String> {
    let is_collection = |name: &str| {
        is_same_name(name, title) || collections.iter().any(|it| is_same_name(it, name))
    };
    let repositories = distinct(record.all(Field::Repository));
    // A component in another institution than its finding aid is in that one.
    let source = |it: &'_ Archive| it.source.clone().filter(|_| repositories.is_empty());
    let of_file: Vec<String> =
        archive.into_iter().flat_map(|it| [it.title.clone(), source(it)]).flatten().collect();
    let of_file = of_file.iter().map(String::as_str);
    let of_file = of_file.filter(|name| !is_address(name) && !is_collection(name));
    let given = archive.and_then(|archive| archive.given_name.title.as_deref());
    let mut names = distinct(repositories.iter().map(String::as_str).chain(of_file).chain(given));
    let place = record.first(Field::ArchivePlace).map(tidy).filter(|place| !place.is_empty());
    let place = place.filter(|place| !names.iter().any(|name| contains_name(name, place)));
    // The place is that of the repository, and of the whole archive if no repository is known.
    let at = if repositories.is_empty() { names.len() } else { repositories.len() };
    if let Some(place) = place {
        names.insert(at.min(names.len()), place);
    }
    names
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
fn shelf_location(record: &Record, named: &[&str]) -> Option<String> {
    let containers = containers(record);
    let codes = || distinct_codes(record.all(Field::ReferenceCode));
    let place = if containers.is_empty() { codes() } else { containers };
    let named = NameSet::new(named.iter().copied());
    let mut all: Vec<String> =
        place.into_iter().filter_map(|text| named.remove_from(&text)).collect();
    let seen: HashSet<String> = all.iter().map(|text| bare_name(text)).collect();
    let sources = record.all(Field::Source).filter(|source| !is_address(source));
    let sources: Vec<String> = sources.filter_map(|text| named.remove_from(text)).collect();
    let sources = distinct(sources.iter().map(String::as_str)).into_iter();
    all.extend(sources.filter(|source| !seen.contains(&bare_name(source))));
    (!all.is_empty()).then(|| all.join(", "))
}

/// Returns a reference code without the separators and the full stop at its end. That of an abbreviation stays:
/// `Cod. germ.`
fn without_end_of_code(code: &str) -> &str {
    let code = code.trim_end_matches([',', ';', ':', ' ']);
    match code.strip_suffix('.') {
        Some(bare) if bare.ends_with(|it: char| it.is_ascii_digit() || ")]".contains(it)) => bare,
        _ => code,
    }
}

/// Returns the distinct reference codes as they are written: each mark of a code may mean something.
fn distinct_codes<'r>(codes: impl Iterator<Item = &'r str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let codes = codes.map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
    let codes = codes.map(|code| without_end_of_code(&code).to_owned());
    codes
        .filter(|code| code.chars().any(char::is_alphanumeric) && seen.insert(bare_name(code)))
        .collect()
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
