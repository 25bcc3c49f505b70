//! The parser of Dublin Core, simple and qualified: which field each element fills.

use std::io;

use super::date_sources::DateSources;
use super::xml::{Element, keep_attributes_and_kind, keep_element, root_name};
use super::{InputFile, Sink, xml_records};
use crate::record::{Field, Record};

/// The field of each element that has one.
const ELEMENT_FIELDS: &[(&str, Field)] = &[
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
const DATE_ELEMENTS: &[&str] = &["date", "created", "issued", "temporal"];

/// Whether a text starts like one description or a list of them.
pub(super) fn looks_like(beginning: &str) -> bool {
    root_name(beginning).is_some_and(is_description)
        || root_name(beginning).is_some()
            && ["purl.org/dc/elements/1.1", "purl.org/dc/terms"]
                .iter()
                .any(|it| beginning.contains(it))
}

/// Whether an element of this name holds a description.
pub(super) fn is_description(name: &str) -> bool {
    ["dc", "dcterms", "qualifieddc", "oai_dc", "oai_dcterms"].contains(&name)
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
}

/// Fills a record from a description.
pub(super) fn fill_record(description: Element<'_>, record: &mut Record) {
    let mut dates = DateSources::default();
    description.children().for_each(|element| add_element(element, record, &mut dates));
    dates.apply_to(record, "date.normal");
}

/// The field of an element of this name; `None` if its values go to own fields.
pub(super) fn field_of_element(name: &str) -> Option<Field> {
    ELEMENT_FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// Adds one element to a record. Its dates go to `dates`.
pub(super) fn add_element(element: Element<'_>, record: &mut Record, dates: &mut DateSources) {
    let (name, text) = (element.name(), element.text());
    let is_leaf = element.children().next().is_none();
    match field_of_element(name) {
        Some(field) if is_leaf => {
            record.push(field, &text);
            // Here the kind is the vocabulary that the text is taken from.
            keep_attributes_and_kind(element, name, &text, record);
        }
        _ if name == "identifier" && is_url(&text) => record.push(Field::Url, &text),
        _ if name == "identifier" && is_leaf => record.push(Field::Id, &text),
        _ if DATE_ELEMENTS.contains(&name) && is_leaf => dates.add_text(&text),
        _ => keep_element(element, record),
    }
}

/// Whether an identifier is a URL.
pub(super) fn is_url(text: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
