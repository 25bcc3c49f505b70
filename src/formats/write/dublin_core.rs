//! Writes simple Dublin Core as XML, one `oai_dc:dc` element per record.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{RecordStream, archive_of, shared_values};
use crate::record::{Archive, Field, Record};

/// The XML namespaces (<https://www.openarchives.org/OAI/openarchivesprotocol.html>).
const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// Fields and their elements. People who are mentioned have none: `dc:creator` is for authors alone.
const FIELD_ELEMENTS: [(Field, &str); 14] = [
    (Field::Id, "dc:identifier"),
    (Field::Title, "dc:title"),
    (Field::Creator, "dc:creator"),
    (Field::Recipient, "dc:contributor"),
    (Field::Contributor, "dc:contributor"),
    (Field::Subjects, "dc:subject"),
    (Field::Places, "dc:coverage"),
    (Field::Summary, "dc:description"),
    (Field::Source, "dc:source"),
    (Field::Collection, "dc:relation"),
    (Field::Language, "dc:language"),
    (Field::Rights, "dc:rights"),
    (Field::Url, "dc:identifier"),
    (Field::Repository, "dc:source"),
];

/// Writes all records in one document.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("records").with_attributes(NAMESPACES).write_inner_content(|xml| {
        for sourced in stream.records {
            let archive = archive_of(stream.archives, &sourced);
            xml.create_element("oai_dc:dc")
                .write_inner_content(|xml| write_elements(xml, &sourced.record, archive))?;
        }
        Ok(())
    })?;
    writeln!(xml.into_inner())
}

/// Writes the elements of a record.
fn write_elements(
    xml: &mut Writer<&mut dyn Write>,
    record: &Record,
    archive: Option<&Archive>,
) -> io::Result<()> {
    for (field, name) in FIELD_ELEMENTS {
        for value in record.all(field) {
            write_element(xml, name, value)?;
        }
    }
    match record.date.text.trim() {
        "" => {}
        text => write_element(xml, "dc:date", text)?,
    }
    if let Some(name) = shared_values::archive_name(archive) {
        write_element(xml, "dc:publisher", name)?;
    }
    let has_element = |field| FIELD_ELEMENTS.iter().any(|(other, _)| *other == field);
    for note in shared_values::field_notes(record, |field, _| has_element(field)) {
        write_element(xml, "dc:description", &note)?;
    }
    for (name, value) in &record.own {
        write_element(xml, "dc:description", &format!("{name}: {value}"))?;
    }
    if let Some(position) = record.position {
        write_element(xml, "dc:description", &format!("position: {position}"))?;
    }
    Ok(())
}

/// Writes an element with a text. Noncharacters, which XML 1.0 forbids, become U+FFFD.
fn write_element(xml: &mut Writer<&mut dyn Write>, name: &str, text: &str) -> io::Result<()> {
    let allowed = |c: char| !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect();
    xml.create_element(name).write_text_content(BytesText::new(&text)).map(|_| ())
}
