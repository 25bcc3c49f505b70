//! Streaming XML for the parsers of XML formats: elements by their local names, with line numbers.
//!
//! [`Document`] is where to start: it yields one [`XmlEvent`] after the other, and collects a whole
//! element where a parser asks for it. Only that element is in memory, so a file may be of any
//! length. The functions below it copy elements and attributes into a record.

mod attributes;
mod decoder;
mod element;
mod entities;
mod tokens;

use std::io;

use quick_xml::Error;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

use super::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use super::{InputFile, PageStart, Sink, doubtful_dates};
use crate::record::{Field, Problem, Record, SourceHash};
pub(crate) use attributes::{
    behind_text, keep_attributes, keep_attributes_and_kind, keep_attributes_without_roles,
};
pub(crate) use decoder::DecodedReader;
use decoder::count_newlines;
pub(crate) use element::Element;
use element::Tree;
use entities::Entities;
use tokens::{Name, Token, Tokenizer};

/// The greatest depth of nested elements. Finding aids have at most twelve levels of components.
const MAX_DEPTH: usize = 400;

/// What [`Document::next_event`] read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum XmlEvent {
    /// A start tag; [`Document::element`] returns it.
    StartElement,
    /// Text between tags; [`Document::text`] returns it.
    Text,
    /// The end of an element.
    EndElement,
    /// The end of the file, or of the part that can be read.
    EndOfFile,
}

/// An XML file that is being read, and the sink for its records and problems.
pub(super) struct Document<'a> {
    tokenizer: Tokenizer<'a>,
    tree: Tree,
    entities: Entities,
    depth: usize,
    /// Whether the last tag was of an empty element: its end is the next event.
    is_empty_element: bool,
    /// Whether reading stopped before the end of the file.
    aborted: bool,
    /// Whether the warning about the encoding was given.
    encoding_reported: bool,
    /// The name of the file, as the user gave it.
    name: &'a str,
    sink: &'a mut dyn Sink,
    /// The number of records added so far.
    record_count: usize,
    /// The number of records that were left out so far.
    left_out_count: usize,
    /// The texts and attributes since [`Document::take_source_hash`].
    source_hash: SourceHash,
    /// The same before the last start tag.
    source_hash_before_tag: SourceHash,
}

impl<'a> Document<'a> {
    /// Starts reading a file.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn new(
        file: &'a mut InputFile<'_>,
        sink: &'a mut dyn Sink,
    ) -> io::Result<Document<'a>> {
        Ok(Document {
            tokenizer: Tokenizer::new(DecodedReader::new(file.bytes)?)?,
            tree: Tree::default(),
            entities: Entities::default(),
            depth: 0,
            is_empty_element: false,
            aborted: false,
            encoding_reported: false,
            name: file.name,
            sink,
            record_count: 0,
            left_out_count: 0,
            source_hash: SourceHash::default(),
            source_hash_before_tag: SourceHash::default(),
        })
    }

    /// Reads the next tag or text, and forgets the element before it.
    pub(super) fn next_event(&mut self) -> io::Result<XmlEvent> {
        self.tree.clear();
        self.advance()
    }

    /// The line of the start tag that was read last, counted from 1.
    pub(super) fn line_of_tag(&mut self) -> usize {
        self.tokenizer.line_of_last()
    }

    /// The element that started last, with as much of its content as was read.
    pub(super) fn element(&self) -> Element<'_> {
        self.tree.root()
    }

    /// The text of the last [`XmlEvent::Text`].
    pub(super) fn text(&self) -> &str {
        self.element().name()
    }

    /// Reads the element that started last to its end; false where the file ends before.
    pub(super) fn read_element(&mut self) -> io::Result<bool> {
        loop {
            match self.advance()? {
                XmlEvent::EndElement if self.tree.end_element() => return Ok(true),
                XmlEvent::EndOfFile => return Ok(false),
                _ => {}
            }
        }
    }

    /// Whether the file could not be read to its end.
    pub(super) fn is_aborted(&self) -> bool {
        self.aborted
    }

    /// The number of open elements.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The number of records added so far.
    pub(super) fn record_count(&self) -> usize {
        self.record_count
    }

    /// Starts a page of this file in the sink.
    pub(super) fn start_page(&mut self, page: PageStart) {
        self.sink.start_page(PageStart { file: self.name.to_owned(), ..page });
    }

    /// Returns the hash of the texts and attributes since it was returned last.
    pub(super) fn take_source_hash(&mut self) -> SourceHash {
        self.source_hash_before_tag = SourceHash::default();
        std::mem::take(&mut self.source_hash)
    }

    /// Returns the hash of the texts and attributes since it was returned last, up to the last start tag.
    /// The attributes of this tag are the first of the next hash.
    pub(super) fn take_source_hash_before_tag(&mut self) -> SourceHash {
        let before = std::mem::take(&mut self.source_hash_before_tag);
        self.source_hash.subtract(before);
        before
    }

    /// The number of records that were left out, because they have no field.
    pub(super) fn left_out_count(&self) -> usize {
        self.left_out_count
    }

    /// Adds a record to the sink; an empty record is reported as an error instead. Without a source
    /// hash it gets that of the texts since the last one.
    pub(super) fn add_record(&mut self, mut record: Record, line: usize) {
        if record.source_hash == SourceHash::default() {
            record.source_hash = self.take_source_hash();
        }
        if record == Record::default() {
            self.left_out_count += 1;
            self.error(line, "this record was left out: it has no field");
        } else {
            self.record_count += 1;
            doubtful_dates::send_record(self.sink, self.name, Some(line), record);
        }
    }

    /// Leaves out an element that is a part of another thing, and says so.
    pub(super) fn leave_out_part(&mut self, line: usize) {
        self.left_out_count += 1;
        self.warning(line, "this is a part of another thing and no record: it was left out");
    }

    /// Reports an error: something could not be read.
    pub(super) fn error(&mut self, line: usize, message: impl Into<String>) {
        self.sink.report(Problem::error(self.name, Some(line), message));
    }

    /// Reports a warning.
    pub(super) fn warning(&mut self, line: usize, message: impl Into<String>) {
        self.sink.report(Problem::warning(self.name, Some(line), message));
    }

    /// The line of the current position, counted from 1.
    pub(super) fn line(&self) -> usize {
        self.tokenizer.input().line()
    }

    /// The line on which `read`, the text before the current position, starts.
    fn line_of_start(&self, read: &str) -> usize {
        self.line().saturating_sub(count_newlines(read))
    }

    /// Reads the next tag or text and adds it to the current element.
    fn advance(&mut self) -> io::Result<XmlEvent> {
        if self.aborted {
            return Ok(XmlEvent::EndOfFile);
        }
        if std::mem::take(&mut self.is_empty_element) {
            return Ok(self.end_element());
        }
        loop {
            let token = self.tokenizer.next()?;
            if let Some(fault) = self.tokenizer.take_fault() {
                let line = self.tokenizer.line_of_last();
                self.error(line, fault);
            }
            let event = match token {
                Token::Text => {
                    let text = self.tokenizer.last_content();
                    self.source_hash.add_text(text);
                    self.tree.add_text(text);
                    Some(XmlEvent::Text)
                }
                Token::EndTag => {
                    if self.tokenizer.ended_without_tag() {
                        self.tree.mark_unended();
                    }
                    Some(self.end_element())
                }
                Token::StartTag => Some(self.start_element(false)),
                Token::EmptyTag => Some(self.start_element(true)),
                Token::EndOfFile => Some(self.end_of_file()),
                Token::Other => self.read_other()?,
                Token::Malformed(error) => Some(self.abort_on_error(*error)?),
            };
            self.warn_about_encoding();
            if let Some(event) = event {
                return Ok(event);
            }
        }
    }

    /// Reads markup that is neither a tag nor a text; `None` where it has no content.
    fn read_other(&mut self) -> io::Result<Option<XmlEvent>> {
        match self.tokenizer.read_other(&mut Vec::new()) {
            Ok(Event::CData(text)) => {
                self.source_hash.add_text(&text);
                self.tree.add_text(&text);
            }
            Ok(Event::GeneralRef(name)) => self.resolve_reference(&name),
            Ok(Event::DocType(text)) => {
                self.declare_entities(&text);
                return Ok(None);
            }
            Ok(_) => return Ok(None),
            Err(error) => return self.abort_on_error(error).map(Some),
        }
        Ok(Some(XmlEvent::Text))
    }

    /// Stores the entities that the document type declares, and reports those that are refused.
    fn declare_entities(&mut self, document_type: &str) {
        let line = self.line_of_start(document_type);
        for name in self.entities.declare(document_type) {
            self.error(line, format!(
                "the entity “{name}” refers to another file or to other entities, which is not allowed: replace it by its text"
            ));
        }
    }

    /// Handles the end of the file, which is an error inside an element.
    fn end_of_file(&mut self) -> XmlEvent {
        if self.depth > 0 {
            return self.abort("the file ends in the middle of an element");
        }
        XmlEvent::EndOfFile
    }

    /// Handles the end of an element.
    fn end_element(&mut self) -> XmlEvent {
        self.depth = self.depth.saturating_sub(1);
        XmlEvent::EndElement
    }

    /// Handles the start tag that was read last, with its attributes.
    fn start_element(&mut self, empty: bool) -> XmlEvent {
        if self.depth >= MAX_DEPTH {
            return self.abort(&format!("elements are nested more than {MAX_DEPTH} deep"));
        }
        self.depth += 1;
        self.is_empty_element = empty;
        self.source_hash_before_tag = self.source_hash;
        let mut has_error = false;
        let repaired;
        let quote = self.tokenizer.take_missing_quote();
        let mut tag = self.tokenizer.last_content();
        if let Some(quote) = quote {
            repaired = format!("{tag}{quote}");
            tag = &repaired;
        }
        let Name { length: end, local: start } = self.tokenizer.last_name();
        self.tree.start_element(tag.get(start..end).unwrap_or(tag));
        if end == tag.len() {
            return XmlEvent::StartElement;
        }
        for attribute in Attributes::new(tag, end).with_checks(false) {
            let Ok(attribute) = attribute else {
                has_error = true;
                continue;
            };
            let (name, value) = (local_name(attribute.key.into_inner()), attribute.value.as_ref());
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let text = value.as_bytes().contains(&b'&').then(|| self.entities.expand(value));
            has_error |= matches!(text, Some(None));
            self.source_hash.add_text(value);
            self.tree.add_attribute(name, text.flatten().as_deref().unwrap_or(value));
        }
        if has_error && quote.is_none() {
            let (line, name) = (self.line_of_start(tag), tag.get(..end).unwrap_or(tag));
            let message = format!(
                "an attribute of <{name}> cannot be read: expected a value in quotes, with known entities"
            );
            self.error(line, message);
        }
        XmlEvent::StartElement
    }

    /// Adds the text of a character or entity reference; an unknown one is kept and reported.
    fn resolve_reference(&mut self, name: &BytesRef<'_>) {
        self.source_hash.add_text(name);
        if let Ok(Some(letter)) = name.resolve_char_ref() {
            return self.tree.add_text(letter.encode_utf8(&mut [0; 4]));
        }
        let name: &str = name;
        if let Some(text) = self.entities.resolve(name) {
            self.tree.add_text(text);
        } else {
            self.tree.add_text(&format!("&{name};"));
            self.error(
                self.line_of_start(name),
                format!("“&{name};” is unknown, or its text is too long: it is kept unchanged"),
            );
        }
    }

    /// Stops reading after an error of the tokenizer. An I/O error is returned.
    fn abort_on_error(&mut self, error: Error) -> io::Result<XmlEvent> {
        match error {
            Error::Io(error) => Err(io::Error::new(error.kind(), error.to_string())),
            error => Ok(self.abort(&format!("the XML is broken here ({error})"))),
        }
    }

    /// Stops reading and reports the reason.
    fn abort(&mut self, reason: &str) -> XmlEvent {
        self.aborted = true;
        let message = format!(
            "{reason}: everything before this was read, nothing after it; correct the file here and open it again"
        );
        self.error(self.line(), message);
        XmlEvent::EndOfFile
    }

    /// Warns, only once, about bytes that are not in the encoding of the file.
    #[inline]
    fn warn_about_encoding(&mut self) {
        let decoded = self.tokenizer.input();
        if let Some(line) = decoded.first_malformed_line.filter(|_| !self.encoding_reported) {
            self.encoding_reported = true;
            let name = decoded.encoding();
            self.warning(line, format!("letters that are not {name} were read as Windows-1252"));
        }
    }
}

/// A name without its namespace prefix.
fn local_name(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The local name of the root element, where a text starts like an XML file.
pub(super) fn root_name(beginning: &str) -> Option<&str> {
    let mut rest = beginning.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = rest.strip_prefix('<')?;
        let end = match rest.chars().next()? {
            '?' => "?>",
            '!' if rest.starts_with("!--") => "-->",
            '!' if rest.split('>').next().is_some_and(|head| head.contains('[')) => "]>",
            '!' => ">",
            _ => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
    Some(name.rsplit(':').next().unwrap_or(name))
}

/// The attributes that hold the kind of an element. If it has several, the first one counts.
const KIND_ATTRIBUTES: &[&str] = &["type", "localtype", "displayLabel", "label"];

/// Adds an element to the own fields of a record, named after it and its type: `container.box`.
pub(super) fn keep_element(element: Element<'_>, record: &mut Record) {
    keep_element_under("", element, record);
}

/// Adds an element to the own fields, with a prefix of the names of its parents, such as `did.`.
fn keep_element_under(prefix: &str, element: Element<'_>, record: &mut Record) {
    let kind = KIND_ATTRIBUTES.iter().find_map(|kind| element.attribute(kind));
    let name = match kind {
        Some(kind) => [prefix, element.name(), ".", kind].concat(),
        None => [prefix, element.name()].concat(),
    };
    let name = truncate(name, MAX_FIELD_NAME_BYTES).into_owned();
    let is_leaf = element.children().next().is_none();
    let text = if is_leaf || element.has_text() { element.text() } else { String::new() };
    let is_empty = is_leaf && text.is_empty();
    for (key, value) in element.attributes() {
        if (is_empty && !KIND_ATTRIBUTES.contains(&key)) || attributes::is_content(key) {
            push_own_field(record, &format!("{name}.{key}"), value);
        }
    }
    if text.is_empty() {
        let name = name + ".";
        element.children().for_each(|child| keep_element_under(&name, child, record));
    } else {
        keep_links(element, &name, record);
        record.own.push((name.into(), text));
    }
}

/// Keeps the addresses of the links in a text, in own fields named after the text and the links.
pub(super) fn keep_links(text: Element<'_>, name: &str, record: &mut Record) {
    for link in text.descendants() {
        let address = link.attribute("href").unwrap_or("");
        let words = link.text();
        let value =
            if words.is_empty() { address.to_owned() } else { format!("{words}: {address}") };
        if !address.is_empty() {
            push_own_field(record, &format!("{name}.{}.href", link.name()), &value);
        }
    }
}

/// Adds a value to a field of a record, trimmed; an empty value is skipped.
pub(super) fn push_value(record: &mut Record, field: Field, text: String) {
    if text.trim().len() < text.len() {
        record.push(field, &text);
    } else if !text.is_empty() {
        record.values.push((field, text));
    }
}

/// Adds a value to the own fields of a record, trimmed; an empty value is skipped.
///
/// A name longer than [`MAX_FIELD_NAME_BYTES`] is truncated.
pub(super) fn push_own_field(record: &mut Record, name: &str, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        let name = truncate(name, MAX_FIELD_NAME_BYTES).into_owned();
        record.own.push((name.into(), text.to_owned()));
    }
}
