//! The parser that the XML formats share: Dublin Core, MODS, MARCXML, EAD, alone or in a collection.
//!
//! It also reads OAI-PMH and SRU responses, which wrap records of these formats.

use std::io;

use super::dublin_core::DublinCoreDates;
use super::marc::MarcFields;
use super::xml::{Document, Element, XmlEvent, keep_element, push_own_field, root_name};
use super::{InputFile, PageStart, Sink, dublin_core, ead, mods};
use crate::record::{Archive, Field, Record};

/// Whether a text starts like a response of OAI-PMH or SRU, or like one record of it.
pub(super) fn looks_like(beginning: &str) -> bool {
    match root_name(beginning) {
        Some("OAI-PMH" | "ListRecords" | "GetRecord" | "searchRetrieveResponse") => true,
        Some(_) => {
            beginning.contains("www.openarchives.org/OAI/2.0") && beginning.contains("<header")
        }
        None => false,
    }
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
    let mut parser = RecordsParser::default();
    loop {
        match document.next_event()? {
            XmlEvent::StartElement => parser.start_element(&mut document)?,
            XmlEvent::Text => parser.stray_text(&mut document),
            XmlEvent::EndElement => parser.end_element(&mut document),
            XmlEvent::EndOfFile => break,
        }
    }
    parser.finish_record(&mut document);
    parser.start_page_once(&mut document);
    if document.record_count() == 0 && !document.is_aborted() && !parser.absence_explained {
        document
            .error(1, "no record was found: expected Dublin Core, MODS, MARC or EAD in this XML");
    }
    Ok(())
}

/// Whether an element of this name is a description that [`read`] reads, or a part of one.
pub(super) fn is_description(name: &str) -> bool {
    ["ead", "mods", "datafield"].contains(&name) || dublin_core::is_description(name)
}

/// Whether an element of this name only wraps others, or one record.
pub(super) fn is_wrapper(name: &str) -> bool {
    name == "record" || WRAPPER_ELEMENTS.contains(&name)
}

/// Elements that only wrap others.
const WRAPPER_ELEMENTS: &[&str] = &[
    "OAI-PMH",
    "ListRecords",
    "GetRecord",
    "ListIdentifiers",
    "metadata",
    "searchRetrieveResponse",
    "recordData",
    "modsCollection",
    "collection",
    "records",
];

/// The state of the parser while it goes through a file.
#[derive(Default)]
struct RecordsParser {
    /// The archive as described so far, until the page starts.
    archive: Archive,
    page_started: bool,
    /// Whether the response explains why it has no records: an error, deletions or a token.
    absence_explained: bool,
    /// The `<record>` element that is being read.
    open_record: Option<OpenRecord>,
}

/// A `<record>` element that has started and not ended.
#[derive(Default)]
struct OpenRecord {
    /// The depth of its element.
    depth: usize,
    /// The line of its start tag.
    line: usize,
    /// The values of its description.
    record: Record,
    /// The values of its OAI-PMH header and other elements around the description.
    header: Record,
    dates: DublinCoreDates,
    marc: MarcFields,
    /// Whether it may be empty: it was deleted by its archive, or its records were added already.
    handled: bool,
}

impl RecordsParser {
    /// Handles the start of an element.
    fn start_element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let name = document.element().name();
        match name {
            "record" if self.open_record.is_some() => Ok(()),
            "record" => {
                self.start_page_once(document);
                document.take_source_hash_before_tag();
                let (depth, line) = (document.depth(), document.line_of_tag());
                self.open_record = Some(OpenRecord { depth, line, ..OpenRecord::default() });
                Ok(())
            }
            "ead" => self.read_finding_aid(document),
            "mods" => self.read_description(document, mods::fill_record),
            _ if dublin_core::is_description(name) => {
                self.read_description(document, dublin_core::fill_record)
            }
            _ if WRAPPER_ELEMENTS.contains(&name) || document.depth() <= 1 => Ok(()),
            _ => {
                let line = document.line_of_tag();
                document.read_element()?;
                self.other_element(line, document);
                Ok(())
            }
        }
    }

    /// Reads a description element into the open record, or into a record of its own.
    fn read_description(
        &mut self,
        document: &mut Document<'_>,
        fill_record: fn(Element<'_>, &mut Record),
    ) -> io::Result<()> {
        let line = document.line_of_tag();
        if self.open_record.is_none() {
            document.take_source_hash_before_tag();
        }
        document.read_element()?;
        self.start_page_once(document);
        let element = document.element();
        if let Some(open) = &mut self.open_record {
            fill_record(element, &mut open.record);
            open.handled = true;
        } else {
            let mut record = Record::default();
            fill_record(element, &mut record);
            document.add_record(record, line);
        }
        Ok(())
    }

    /// Reads a finding aid, which adds its records itself.
    fn read_finding_aid(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        self.start_page_once(document);
        let header = self.open_record.as_mut().map(|open| {
            open.handled = true;
            std::mem::take(&mut open.header)
        });
        ead::read_within(document, header.unwrap_or_default())
    }

    /// Handles an element that is not a complete description, after it was read.
    fn other_element(&mut self, line: usize, document: &mut Document<'_>) {
        let element = document.element();
        match (element.name(), &mut self.open_record) {
            ("resumptionToken", _) => {
                let message = resumption_message(element);
                self.absence_explained = true;
                document.warning(line, message);
            }
            ("error", None) => {
                let message = archive_error_message(element);
                self.absence_explained = true;
                document.error(line, message);
            }
            ("header", Some(open)) => {
                if let Some(message) = open.add_header(element) {
                    self.absence_explained = true;
                    document.warning(line, message);
                }
            }
            ("leader" | "controlfield" | "datafield", Some(open)) => open.marc.add_element(element),
            (_, Some(open)) => dublin_core::add_element(element, &mut open.record, &mut open.dates),
            ("header", None) => {
                let mut open = OpenRecord { line, ..OpenRecord::default() };
                let message = open.add_header(element);
                self.start_page_once(document);
                self.open_record = Some(open);
                self.absence_explained |= message.is_some();
                if let Some(message) = message {
                    document.warning(line, message);
                }
                self.finish_record(document);
            }
            (_, None) => self.element_outside_records(line, document),
        }
    }

    /// Handles an element outside of records: kept with the archive, or reported after its start.
    fn element_outside_records(&mut self, line: usize, document: &mut Document<'_>) {
        let mut values = Record::default();
        let element = document.element();
        if element.name() == "request" && !element.text().is_empty() {
            self.archive.source = Some(element.text());
        }
        keep_element(element, &mut values);
        if !self.page_started {
            return self.archive.own.append(&mut values.own);
        }
        for (name, text) in values.own {
            document.warning(
                line,
                format!("“{name}: {text}” belongs to no record, so it is only shown here"),
            );
        }
    }

    /// Handles text between elements.
    fn stray_text(&mut self, document: &mut Document<'_>) {
        let text = document.text();
        if text.trim().is_empty() {
            return;
        }
        if let Some(open) = &mut self.open_record {
            push_own_field(&mut open.header, "text", text);
        } else {
            let message =
                format!("“{}” belongs to no record, so it is only shown here", text.trim());
            document.warning(document.line(), message);
        }
    }

    /// Handles the end of an element; at the end of the open record, adds it to the sink.
    fn end_element(&mut self, document: &mut Document<'_>) {
        if self.open_record.as_ref().is_some_and(|open| document.depth() < open.depth) {
            self.finish_record(document);
        }
    }

    /// Adds the open record to the sink.
    fn finish_record(&mut self, document: &mut Document<'_>) {
        let Some(open) = self.open_record.take() else { return };
        let OpenRecord { line, mut record, header, dates, marc, handled, .. } = open;
        if !dates.is_empty() {
            dates.apply_to(&mut record);
        }
        marc.fill_record(&mut record);
        if handled && record == Record::default() && header.own.is_empty() {
            return;
        }
        record.values.extend(header.values);
        record.own.extend(header.own);
        document.add_record(record, line);
    }

    /// Starts the page before the first record.
    fn start_page_once(&mut self, document: &mut Document<'_>) {
        if !self.page_started {
            self.page_started = true;
            document.start_page(PageStart {
                archive: std::mem::take(&mut self.archive),
                ..PageStart::default()
            });
        }
    }
}

impl OpenRecord {
    /// Adds the values of an OAI-PMH header. For a deleted record it returns a warning instead.
    fn add_header(&mut self, element: Element<'_>) -> Option<String> {
        let child_text = |name| element.first_child(name).map(Element::text).unwrap_or_default();
        if element.attribute("status") == Some("deleted") {
            self.handled = true;
            let (id, when) = (child_text("identifier"), child_text("datestamp"));
            return Some(format!(
                "the record “{id}” was deleted by its archive ({when}): it is not shown"
            ));
        }
        for child in element.children() {
            match child.name() {
                "identifier" => self.header.push(Field::Id, &child.text()),
                _ => keep_element(child, &mut self.header),
            }
        }
        None
    }
}

/// The warning for a resumption token.
fn resumption_message(element: Element<'_>) -> String {
    let token = element.text();
    let size = element.attribute("completeListSize").map(|size| format!(" of {size} records"));
    let size = size.unwrap_or_default();
    if token.is_empty() {
        format!("this is the last part of a listing{size}")
    } else {
        format!(
            "this is a part of a listing{size}: ask the archive for the next with resumptionToken={token}"
        )
    }
}

/// The error message for an OAI-PMH `error` element.
fn archive_error_message(element: Element<'_>) -> String {
    let code = element.attribute("code").unwrap_or("error");
    let text = element.text();
    let reason = if text.is_empty() { String::new() } else { format!(" ({text})") };
    format!(
        "the archive answered {code}{reason}: there are no records in this file, request it again"
    )
}
