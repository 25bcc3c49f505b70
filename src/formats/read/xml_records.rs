//! The parser that the XML formats share: Dublin Core, MODS, MARCXML, EAD, alone or in a collection.
//!
//! It also reads OAI-PMH and SRU responses, which wrap records of these formats.

mod answers;
mod edm;
mod endnote;
mod mets;
mod unread;

use std::io;

use super::dublin_core::DublinCoreDates;
use super::marc::MarcFields;
use super::xml::{Document, Element, XmlEvent, keep_element, push_own_field, root_name};
use super::{InputFile, PageStart, ReadOptions, RecordPart, Sink, dublin_core, ead, mods, tree};
use crate::record::{Archive, Field, Problem, Record};
use answers::{archive_error_message, diagnostics_message, resumption_message};
use unread::UnreadRecords;

/// Whether a text starts like a response of OAI-PMH or SRU, or like one record of it.
pub(super) fn looks_like(beginning: &str) -> bool {
    match root_name(beginning) {
        Some(
            "OAI-PMH"
            | "ListRecords"
            | "GetRecord"
            | "searchRetrieveResponse"
            | "explainResponse"
            | "mets",
        ) => true,
        Some(root) => {
            endnote::looks_like(root, beginning)
                || beginning.contains("www.openarchives.org/OAI/2.0")
                    && beginning.contains("<header")
        }
        None => false,
    }
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    read_with(RecordsParser::default(), file, sink)
}

/// Reads every record in a file with a parser.
fn read_with(
    mut parser: RecordsParser,
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
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
    parser.absence_explained |=
        parser.source == Source::File && parser.unread.report(&mut document);
    if let Some(line) = parser.mets_part {
        mets::report(line, &mut document);
        parser.absence_explained = true;
    }
    if let Some(message) = answers::count_message(parser.stated_count, document.record_count()) {
        document.warning(1, message);
    }
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
    "metadata",
    "searchRetrieveResponse",
    "recordData",
    "modsCollection",
    "collection",
    "records",
    "mets",
    "dmdSec",
    "mdWrap",
    "xmlData",
];

/// The state of the parser while it goes through a file.
#[derive(Default)]
struct RecordsParser {
    /// The archive as described so far, until the page starts.
    archive: Archive,
    page_started: bool,
    /// Whether the response explains why it has no records: an error, deletions or a token.
    absence_explained: bool,
    /// What the elements `record` are.
    kind: RecordKind,
    /// The line of the first part of METS that is not shown.
    mets_part: Option<usize>,
    /// The `<record>` element that is being read.
    open_record: Option<OpenRecord>,
    /// The records in schemas that are not read.
    unread: UnreadRecords,
    /// The number of records that the answer states.
    stated_count: Option<usize>,
    /// What is read.
    source: Source,
}

/// What a parser reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Source {
    /// A file, which is reported to have no records.
    #[default]
    File,
    /// A description that is packed as text in a record.
    PackedText,
}

/// What the elements `record` in a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RecordKind {
    /// Records of a harvest or a collection.
    #[default]
    Wrapper,
    /// References of `EndNote`.
    EndNote,
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
    /// Whether its description was packed as text.
    is_packed: bool,
    /// The text between its elements. It may be a description in XML whose brackets are written as references,
    /// as SRU does with `recordPacking` “string”.
    text: String,
}

impl RecordsParser {
    /// Handles the start of an element.
    fn start_element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let name = document.element().name();
        match name {
            "xml" if document.depth() == 1 => {
                self.kind = RecordKind::EndNote;
                Ok(())
            }
            "record" if self.kind == RecordKind::EndNote => {
                self.read_description(document, endnote::fill_record)
            }
            "record" if self.is_nested_record(document) => Ok(()),
            "record" => {
                self.end_unclosed_record(document);
                self.start_record(document);
                Ok(())
            }
            // Each description in a METS file is of one document.
            "dmdSec" if self.open_record.as_ref().is_none_or(|open| open.handled) => {
                self.finish_record(document);
                self.start_record(document);
                Ok(())
            }
            name if mets::FILE_PARTS.contains(&name) => self.pass_over_mets_part(document),
            name if answers::without_records(name).is_some() => {
                let message = answers::without_records(name).unwrap_or_default();
                let line = document.line_of_tag();
                self.absence_explained = true;
                document.read_element()?;
                document.error(line, message);
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

    /// Whether a `<record>` element is the description of the record that is open, and not the next record.
    fn is_nested_record(&self, document: &Document<'_>) -> bool {
        // The description is inside of another element: metadata or recordData.
        self.open_record.as_ref().is_some_and(|open| document.depth() > open.depth + 1)
    }

    /// Starts a record at the tag that was read last.
    fn start_record(&mut self, document: &mut Document<'_>) {
        self.start_page_once(document);
        document.take_source_hash_before_tag();
        let (depth, line) = (document.depth(), document.line_of_tag());
        self.open_record = Some(OpenRecord { depth, line, ..OpenRecord::default() });
    }

    /// Adds the open record if the next one starts before its end.
    fn end_unclosed_record(&mut self, document: &mut Document<'_>) {
        if let Some(open) = &self.open_record {
            let (start, line) = (open.line, document.line_of_tag());
            document.error(
                line,
                format!("the record that starts on line {start} does not end before the next one: it was taken to end here"),
            );
            self.finish_record(document);
        }
    }

    /// Passes over a part of METS.
    fn pass_over_mets_part(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let line = document.line_of_tag();
        document.read_element()?;
        self.mets_part.get_or_insert(line);
        Ok(())
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
            ("diagnostics", None) => {
                let message = diagnostics_message(element);
                self.absence_explained = true;
                document.error(line, message);
            }
            ("numberOfRecords", None) if element.text() != "0" => {
                self.stated_count = element.text().parse().ok();
            }
            ("numberOfRecords", None) if element.text() == "0" => {
                self.absence_explained = true;
                document.error(
                    line,
                    "the archive found no record: change the search and send it again",
                );
            }
            ("RDF", Some(open)) => {
                edm::fill_record(element, &mut open.record);
                open.handled = true;
            }
            ("header", Some(open)) => {
                if let Some(message) = open.add_header(element) {
                    self.absence_explained = true;
                    document.warning(line, message);
                }
            }
            ("leader" | "controlfield" | "datafield", Some(open)) => open.marc.add_element(element),
            (_, Some(open)) => match tree::record_of_element(element) {
                Some(described) => {
                    open.record.values.extend(described.values);
                    open.record.own.extend(described.own);
                    open.record.date = described.date;
                }
                None => dublin_core::add_element(element, &mut open.record, &mut open.dates),
            },
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
        if let Some(open) = &mut self.open_record {
            if !open.text.is_empty() || !text.trim().is_empty() {
                open.text.push_str(text);
            }
        } else if !text.trim().is_empty() {
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
        let Some(mut open) = self.open_record.take() else { return };
        for problem in open.read_text() {
            document.warning(open.line, problem.message);
        }
        let OpenRecord { line, mut record, header, dates, marc, handled, is_packed, .. } = open;
        if !dates.is_empty() {
            dates.apply_to(&mut record);
        }
        marc.fill_record(&mut record);
        if handled && record == Record::default() && header.own.is_empty() {
            return;
        }
        if (!handled || is_packed) && self.unread.takes(&record, &header, line) {
            document.take_source_hash();
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

/// Collects the records of a description that is written as text.
#[derive(Default)]
struct PackedRecords {
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for PackedRecords {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut super::ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl OpenRecord {
    /// Adds the text between the elements: a description in XML, or an own field. Returns what is wrong with it.
    fn read_text(&mut self) -> Vec<Problem> {
        let text = std::mem::take(&mut self.text);
        if !text.trim_start().starts_with('<') {
            push_own_field(&mut self.header, "text", &text);
            return Vec::new();
        }
        let mut packed = PackedRecords::default();
        let options = ReadOptions::default();
        let bytes = &mut text.trim().as_bytes();
        let parser = RecordsParser {
            source: Source::PackedText,
            absence_explained: true,
            ..RecordsParser::default()
        };
        let mut file = InputFile { name: "", bytes, options: &options };
        let result = read_with(parser, &mut file, &mut packed);
        if result.is_err() || packed.records.is_empty() {
            push_own_field(&mut self.header, "text", &text);
            return packed.problems;
        }
        self.handled = true;
        self.is_packed = true;
        for record in packed.records {
            self.record.values.extend(record.values);
            self.record.own.extend(record.own);
            if !record.date.text.is_empty() {
                self.record.date = record.date;
            }
        }
        packed.problems
    }

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
