//! Dublin Core, simple and qualified: where each element stands in a record.

use std::io;

use super::date_sources::Dated;
use super::xml::{Element, keep, root, say_kind};
use super::{Accession, Sink, xml_records};
use crate::record::{Field, Record};

/// Elements with a place of their own.
const ELEMENTS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("alternative", Field::Title),
    ("creator", Field::People),
    ("contributor", Field::People),
    ("subject", Field::Subjects),
    ("type", Field::Subjects),
    ("description", Field::Summary),
    ("abstract", Field::Summary),
    ("publisher", Field::Source),
    ("source", Field::Source),
    ("language", Field::Language),
    ("coverage", Field::Places),
    ("spatial", Field::Places),
    ("rights", Field::Rights),
    ("accessRights", Field::Rights),
    ("license", Field::Rights),
    ("isPartOf", Field::Collection),
];

/// Elements that are dates.
const DATES: &[&str] = &["date", "created", "issued", "temporal"];

/// Whether a text begins as one description does, or as a list of them.
pub(super) fn looks_like(beginning: &str) -> bool {
    root(beginning).is_some_and(is_record)
        || root(beginning).is_some()
            && ["purl.org/dc/elements/1.1", "purl.org/dc/terms"]
                .iter()
                .any(|it| beginning.contains(it))
}

/// Whether an element of this name is a description.
pub(super) fn is_record(name: &str) -> bool {
    ["dc", "dcterms", "qualifieddc", "oai_dc", "oai_dcterms"].contains(&name)
}

/// Reads every description in a file.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
}

/// Puts the elements of a description into a record.
pub(super) fn describe(description: Element<'_>, record: &mut Record) {
    let mut dates = Dated::default();
    description.children().for_each(|element| take(element, record, &mut dates));
    dates.put_in(record, "date.normal");
}

/// Where the values of an element of this name belong, where they have a place of their own.
pub(super) fn field(name: &str) -> Option<Field> {
    ELEMENTS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// Puts one element into a record.
pub(super) fn take(element: Element<'_>, record: &mut Record, dates: &mut Dated) {
    let (name, text) = (element.name(), element.text());
    let bare = element.children().next().is_none();
    match field(name) {
        Some(field) if bare => {
            record.push(field, &text);
            // A kind is here the list of authorities that the text is taken from.
            say_kind(element, name, &text, record);
        }
        _ if name == "identifier" && is_address(&text) => record.push(Field::Url, &text),
        _ if name == "identifier" && bare => record.push(Field::Id, &text),
        _ if DATES.contains(&name) && bare => dates.show(&text),
        _ => keep(element, record),
    }
}

/// Whether an identifier is an address on the web.
pub(super) fn is_address(text: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
