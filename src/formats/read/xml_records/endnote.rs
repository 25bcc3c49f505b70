//! Reads the XML of `EndNote`: a list of references, whose texts are inside of elements for their style.

use crate::formats::read::roles::NamedParty;
use crate::formats::read::xml::{Element, keep_element, push_own_field};
use crate::record::{Date, Field, Record};

/// The groups of names, with the role of those in it.
const NAME_GROUPS: [(&str, &str); 5] = [
    ("authors", ""),
    ("secondary-authors", "editor"),
    ("tertiary-authors", "editor"),
    ("subsidiary-authors", "contributor"),
    ("translated-authors", "translator"),
];

/// The elements with one text, and the field that each fills.
const TEXT_FIELDS: [(&str, Field); 6] = [
    ("abstract", Field::Summary),
    ("language", Field::Language),
    ("publisher", Field::Source),
    ("call-num", Field::ReferenceCode),
    ("remote-database-name", Field::Repository),
    ("accession-num", Field::Id),
];

/// Whether a text starts like a list of `EndNote`.
pub(super) fn looks_like(root: &str, beginning: &str) -> bool {
    ["xml", "records"].contains(&root)
        && beginning.contains("<record>")
        && (beginning.contains("<ref-type") || beginning.contains("name=\"EndNote\""))
}

/// Fills a record from an element `record`.
pub(super) fn fill_record(reference: Element<'_>, record: &mut Record) {
    for element in reference.children() {
        match element.name() {
            "database" | "source-app" | "foreign-keys" => {}
            "rec-number" => record.push(Field::Id, &element.text()),
            "ref-type" => {
                let kind = element.attribute("name").map_or_else(|| element.text(), str::to_owned);
                push_own_field(record, "type", &kind);
            }
            "contributors" => element.children().for_each(|group| add_names(group, record)),
            "titles" => element.children().for_each(|title| add_title(title, record)),
            "dates" => add_dates(element, record),
            "keywords" => {
                let words = element.children_named("keyword");
                words.for_each(|word| record.push(Field::Subjects, &word.text()));
            }
            "urls" => add_addresses(element, record),
            name => match TEXT_FIELDS.iter().find(|(known, _)| *known == name) {
                Some((_, field)) => record.push(*field, &element.text()),
                None => push_own_field(record, name, &element.text()),
            },
        }
    }
}

/// Adds the names of a group.
fn add_names(group: Element<'_>, record: &mut Record) {
    let role = NAME_GROUPS.iter().find(|(name, _)| *name == group.name()).map(|(_, role)| *role);
    let Some(role) = role else { return keep_element(group, record) };
    let default = if role.is_empty() { Field::Creator } else { Field::Contributor };
    let roles: Vec<String> =
        [role].into_iter().filter(|role| !role.is_empty()).map(str::to_owned).collect();
    for name in group.children() {
        let name = name.text();
        // A comma at the end says that a name is one of a body.
        let name = name.trim_end_matches(',');
        NamedParty { name, roles: &roles, kind: None, default }.add_to(record);
    }
}

/// Adds a title: of the document, or of what it is a part of.
fn add_title(title: Element<'_>, record: &mut Record) {
    let text = title.text();
    match title.name() {
        "title" | "alt-title" | "translated-title" => record.push(Field::Title, &text),
        "secondary-title" | "tertiary-title" => record.push(Field::Collection, &text),
        name => push_own_field(record, name, &text),
    }
}

/// Adds the year, or the day where its text has the year too.
fn add_dates(dates: Element<'_>, record: &mut Record) {
    let year = dates.first_child("year").map(Element::text).unwrap_or_default();
    let days = dates.first_child("pub-dates").map(Element::text).unwrap_or_default();
    let date = match (days.is_empty(), year.is_empty()) {
        (true, _) => year,
        (false, true) => days,
        (false, false) if days.contains(&year) => days,
        (false, false) => format!("{days} {year}"),
    };
    if !date.is_empty() {
        record.date = Date::parse(&date);
    }
}

/// Adds the addresses of web pages; those of files on a computer are kept apart.
fn add_addresses(urls: Element<'_>, record: &mut Record) {
    for url in urls.descendants().filter(|it| it.name() == "url") {
        let text = url.text();
        if text.starts_with("http") {
            record.push(Field::Url, &text);
        } else {
            push_own_field(record, "file", &text);
        }
    }
}
