//! Where a component lies: the repository, the containers, and the archive's identifiers.

use super::names::is_name;
use super::terms::term_text;
use crate::formats::read::shelf_locations::{
    field_of_container, is_plain_container, parse_containers, split_container,
    without_container_word,
};
use crate::formats::read::xml::{
    Element, behind_text, keep_attributes, keep_element, push_own_field,
};
use crate::formats::shelf_location::{container_of_kind, is_code_of_container, keep_kind};
use crate::record::{Field, Record};
use crate::text::fold::fold;

/// Adds the institution that keeps the documents. Its address is an own field, so that it is no part of
/// the name.
pub(super) fn add_repository(repository: Element<'_>, record: &mut Record) {
    let is_other = |name: &str| {
        is_name(name) || matches!(name, "address" | "addressline" | "subarea" | "geogname")
    };
    let mut address = address_lines(repository);
    let rest = name_and_address(repository.lines_without(is_other), &mut address);
    let rest = rest.trim_matches([',', ';', '.', ':', '(', ')', ' ']);
    let marked = repository.children().filter(|child| is_name(child.name()));
    let mut names: Vec<String> = marked
        .map(|name| name_and_address(name_lines(name), &mut address))
        .filter(|name| !name.is_empty())
        .collect();
    let subareas: Vec<String> = repository.children_named("subarea").map(Element::text).collect();
    if names.is_empty() {
        let unmarked: Vec<&str> =
            std::iter::once(rest).chain(subareas.iter().map(String::as_str)).collect();
        names.push(unmarked.join(", ").trim_start_matches([',', ' ']).to_owned());
    } else {
        push_own_field(record, "repository", rest);
        for subarea in &subareas {
            push_own_field(record, "repository.subarea", subarea);
        }
    }
    if names.iter().all(String::is_empty) && !address.is_empty() {
        names.push(address.remove(0).1);
    }
    for name in &names {
        record.push(Field::Repository, name);
    }
    add_places(repository, &address, record);
    let lines: Vec<String> = address.into_iter().map(|(_, text)| text).collect();
    push_own_field(record, "repository.address", &lines.join(", "));
}

/// Adds the place of a repository, where the file marks it as such.
fn add_places(repository: Element<'_>, address: &[(String, String)], record: &mut Record) {
    let is_city = |kind: &str| matches!(kind, "city" | "town" | "place");
    let cities = address.iter().filter(|(kind, _)| is_city(kind)).map(|(_, city)| city.clone());
    for place in repository.children_named("geogname").map(term_text).chain(cities) {
        record.push_new(Field::ArchivePlace, &place);
    }
}

/// Splits lines in which no address is marked. If one after the first has a house number, all of these are
/// the address.
fn name_and_address(mut lines: Vec<String>, address: &mut Vec<(String, String)>) -> String {
    let has_number = |line: &String| line.chars().any(|letter| letter.is_ascii_digit());
    if lines.iter().skip(1).any(has_number) {
        let found = lines.split_off(1).into_iter().map(|line| (String::new(), line));
        address.extend(found);
    }
    lines.join(" ")
}

/// Returns the lines of the address of a repository, each with its kind.
fn address_lines(repository: Element<'_>) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for child in repository.children() {
        match child.name() {
            "address" if child.children().next().is_some() => {
                lines.extend(child.children().map(|line| (part_kind(line), line.text())));
            }
            "address" | "addressline" => lines.push((part_kind(child), child.text())),
            _ => {}
        }
    }
    lines.retain(|(_, text)| !text.is_empty());
    lines
}

/// The kind of a line of an address, in lower case.
fn part_kind(line: Element<'_>) -> String {
    line.attribute("localtype").unwrap_or("").to_lowercase()
}

/// Returns the lines of the name of a body, with commas before its parts: `University Library, Special
/// Collections`.
fn name_lines(name: Element<'_>) -> Vec<String> {
    let parts: Vec<String> = name.children_named("subarea").map(Element::text).collect();
    if name.first_child("lb").is_some() && parts.is_empty() {
        return name.lines_without(|_| false);
    }
    let mut text = term_text(name);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let Some(at) = text.rfind(&format!(" {part}")) else { continue };
        if text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric)) {
            text.insert(at, ',');
        }
    }
    vec![text]
}

/// The attributes that say what kind of container it is, the most reliable first.
const KIND_NAMES: [&str; 3] = ["type", "localtype", "label"];

/// Adds a container, with the word for its type. What else its attributes say becomes own fields.
pub(super) fn add_container(container: Element<'_>, record: &mut Record) {
    let text = container.text();
    let kinds: Vec<&str> = KIND_NAMES.iter().filter_map(|name| container.attribute(name)).collect();
    let kind = kinds.first().copied().unwrap_or("");
    let plain = field_of_container(kind).filter(|_| is_plain_container(kind) && !text.is_empty());
    if plain.is_none() && is_code_of_container(kind) {
        return keep_element(container, record);
    }
    let split = || split_container(kind, &text).map(Vec::from);
    let of_kind = || kinds.iter().find_map(|kind| container_of_kind(kind, &text));
    let found = match plain {
        Some(field) => Some(vec![(field, without_container_word(&text, field).to_owned())]),
        None => {
            split().or_else(|| of_kind().map(|it| vec![it])).or_else(|| parse_containers(&text))
        }
    };
    let untyped = || (!text.is_empty()).then(|| vec![(Field::Container, text.clone())]);
    match found.or_else(untyped) {
        Some(containers) => {
            for (field, text) in &containers {
                record.push(*field, text);
            }
            for name in KIND_NAMES {
                let is_kept = |other: &str| {
                    (plain.is_some() && other == kind) || keep_kind(&containers, other)
                };
                if let Some(kind) = container.attribute(name).filter(|other| !is_kept(other)) {
                    let own_name = format!("container.{name}");
                    push_own_field(record, &own_name, &behind_text(&text, kind));
                }
            }
            keep_attributes(container, "container", &text, record);
        }
        None => keep_element(container, record),
    }
}

/// How likely an identifier is the one by which a reader orders the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CodeKind {
    /// A call number or shelf mark, as its type says.
    CallNumber,
    /// The type does not say what it is.
    Plain,
    /// Any other identifier of the archive.
    Other,
}

/// Words in the types of call numbers and shelf marks, folded.
const CALL_NUMBER_WORDS: &[&str] = &[
    "call",
    "shelf",
    "reference",
    "refcode",
    "ref ",
    "cote",
    "signat",
    "segnatura",
    "sygn",
    "signum",
    "collection number",
    "collection id",
    "collection identifier",
    "bestellnummer",
    "archivaliensignatur",
    "шифр",
];

/// Words in the types of identifiers that are not for ordering documents, folded.
const TECHNICAL_WORDS: &[&str] = &[
    "uri",
    "url",
    "urn",
    "ark",
    "handle",
    "hdl",
    "doi",
    "purl",
    "aspace",
    "archivesspace",
    "guid",
    "uuid",
    "system",
    "database",
    "internal",
    "old",
    "former",
    "ancien",
    "previous",
    "alt",
    "superseded",
    "obsolete",
    "barcode",
    "oclc",
    "persistent",
    "record",
];

/// Returns what kind of identifier this is; `None` for one that is not for ordering documents.
pub(super) fn code_kind(unit_id: Element<'_>) -> Option<CodeKind> {
    let text = unit_id.text();
    let mut kinds = ["type", "localtype", "label"].into_iter();
    let kind = kinds.find_map(|name| unit_id.attribute(name)).map(fold);
    let has = |words: &[&str]| {
        kind.as_deref().is_some_and(|kind| words.iter().any(|word| kind.contains(word)))
    };
    if text.is_empty() || text.contains("://") || has(TECHNICAL_WORDS) {
        None
    } else if has(CALL_NUMBER_WORDS) {
        Some(CodeKind::CallNumber)
    } else if kind.is_none() {
        Some(CodeKind::Plain)
    } else {
        Some(CodeKind::Other)
    }
}
