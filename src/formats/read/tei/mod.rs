//! Parses TEI (<https://tei-c.org/guidelines/p5/>): letters, indexes of letters (CMIF), volumes of editions.
//!
//! A letter has one `correspDesc` and is one record, with its text as the summary. An index has many and
//! gives a record each. A volume has a record for each `div` of the type `document` or `letter`. Any other
//! text is one record with what its header says.

mod corresp;
mod header;
mod volume;

use std::io;

use super::xml::{Document, XmlEvent, root_name};
use super::{InputFile, PageStart, Sink};
use crate::record::{Archive, Field, Record};
use header::Header;

/// The longest text of a document that is kept as its summary, in bytes.
const MAX_TEXT_BYTES: usize = 64 * 1024;

/// Whether a text starts like TEI.
pub(super) fn looks_like(beginning: &str) -> bool {
    root_name(beginning).is_some_and(|root| ["TEI", "teiCorpus", "TEI.2"].contains(&root))
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
    let mut parser = TeiParser::default();
    loop {
        match document.next_event()? {
            XmlEvent::StartElement => parser.start_element(&mut document)?,
            XmlEvent::Text => parser.add_body_text(&document),
            XmlEvent::EndElement => parser.end_element(&mut document),
            XmlEvent::EndOfFile => break,
        }
    }
    parser.finish_text(&mut document);
    parser.start_page_once(&mut document);
    if document.record_count() == 0 && !document.is_aborted() {
        document.error(1, "no record was found in this TEI: it has no header and no letter");
    }
    Ok(())
}

/// The state of the parser while it goes through a file.
#[derive(Default)]
struct TeiParser {
    page_started: bool,
    /// The line of the `<TEI>` element that is being read.
    line: usize,
    header: Header,
    /// The first letter of the text, kept until another one shows an index of letters.
    letter: Option<(Record, usize)>,
    /// The number of records of the text so far, without the letter that is kept.
    count: usize,
    /// Whether the body is being read, by its depth.
    body_depth: Option<usize>,
    body: String,
    /// The depth of the front or the back matter that is being read.
    matter_depth: Option<usize>,
    /// The line of the first text that is in no document and in no heading.
    prose_line: Option<usize>,
    /// The divisions round what is being read, each with its depth and its heading.
    divisions: Vec<(usize, String)>,
}

impl TeiParser {
    /// Handles the start of an element.
    fn start_element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let (line, name) = (document.line_of_tag(), document.element().name().to_owned());
        match name.as_str() {
            "TEI" | "TEI.2" => {
                if self.line == 0 && !self.header.is_empty() {
                    // The header of a corpus describes the archive.
                    self.start_page_once(document);
                    self.header = Header::default();
                }
                self.finish_text(document);
                self.line = line;
                self.header.id = document.element().attribute("id").unwrap_or("").to_owned();
            }
            "titleStmt" | "publicationStmt" | "msDesc" | "msIdentifier" | "abstract"
            | "langUsage" | "keywords" | "sourceDesc" | "creation" | "editionStmt"
            | "seriesStmt" | "notesStmt" | "encodingDesc" | "revisionDesc" => {
                document.read_element()?;
                self.header.add(document.element());
            }
            "correspDesc" => self.add_letter(line, document)?,
            "body" => self.body_depth = Some(document.depth()),
            "front" | "back" => self.matter_depth = Some(document.depth()),
            "div" | "div1" | "div2" | "div3" if volume::is_document(document.element()) => {
                self.start_page_once(document);
                document.take_source_hash_before_tag();
                document.read_element()?;
                let mut record = Record::default();
                volume::fill_record(document.element(), &mut record);
                self.header.fill_location(&mut record);
                let headings = self.divisions.iter().map(|(_, heading)| heading);
                headings.for_each(|heading| record.push(Field::Series, heading));
                document.add_record(record, line);
                self.count += 1;
            }
            "div" | "div1" | "div2" | "div3" => {
                self.divisions.push((document.depth(), String::new()));
                self.add_text("\n");
            }
            "head" if self.is_heading(document.depth()) => self.read_heading(document)?,
            "p" | "lb" | "head" | "salute" | "signed" | "dateline" | "opener" | "closer" | "l"
            | "ab" | "item" => self.add_text("\n"),
            _ => {}
        }
        Ok(())
    }

    /// Adds the description of a letter. The first is kept: the text may be this letter.
    fn add_letter(&mut self, line: usize, document: &mut Document<'_>) -> io::Result<()> {
        document.take_source_hash_before_tag();
        document.read_element()?;
        let mut record = Record::default();
        corresp::fill_record(document.element(), &mut record);
        self.header.resolve_sources(&mut record);
        record.source_hash = document.take_source_hash();
        if self.count == 0 && self.letter.is_none() {
            self.letter = Some((record, line));
            return Ok(());
        }
        self.start_page_once(document);
        if let Some((first, line)) = self.letter.take() {
            document.add_record(first, line);
            self.count += 1;
        }
        document.add_record(record, line);
        self.count += 1;
        Ok(())
    }

    /// Whether an element at this depth stands directly in a division that has no heading yet.
    fn is_heading(&self, depth: usize) -> bool {
        self.divisions
            .last()
            .is_some_and(|(outer, heading)| *outer + 1 == depth && heading.is_empty())
    }

    /// Reads the heading of a division, which is the series of the documents in it.
    fn read_heading(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        document.read_element()?;
        let element = document.element();
        if let Some((_, heading)) = self.divisions.last_mut() {
            *heading = element.text_without(|name| name == "note");
        }
        self.add_text("\n");
        self.add_text(&element.text());
        Ok(())
    }

    /// Adds the text at the cursor, if it is in the body.
    fn add_body_text(&mut self, document: &Document<'_>) {
        let text = document.text();
        let is_in_text = self.body_depth.or(self.matter_depth).is_some();
        if is_in_text && !text.trim().is_empty() {
            self.prose_line.get_or_insert(document.line());
        }
        self.add_text(text);
    }

    /// Adds text of the body.
    fn add_text(&mut self, text: &str) {
        if self.body_depth.is_some() && self.body.len() + text.len() <= MAX_TEXT_BYTES {
            self.body.push_str(text);
        }
    }

    /// Handles the end of an element.
    fn end_element(&mut self, document: &mut Document<'_>) {
        if self.body_depth.is_some_and(|depth| document.depth() < depth) {
            self.body_depth = None;
        }
        if self.matter_depth.is_some_and(|depth| document.depth() < depth) {
            self.matter_depth = None;
        }
        while self.divisions.last().is_some_and(|(depth, _)| document.depth() < *depth) {
            self.divisions.pop();
        }
    }

    /// Ends a `<TEI>` element: its only letter, or the whole text, is a record.
    fn finish_text(&mut self, document: &mut Document<'_>) {
        let (mut header, body) = (std::mem::take(&mut self.header), std::mem::take(&mut self.body));
        let (letter, count) = (self.letter.take(), std::mem::take(&mut self.count));
        let prose_line = self.prose_line.take();
        self.body_depth = None;
        self.divisions.clear();
        if let Some(line) = prose_line.filter(|_| count > 0) {
            document.warning(
                line,
                "the text beside the documents of this volume, such as its introductions, is in no record",
            );
        }
        if count > 0 || (letter.is_none() && header.is_empty()) {
            return;
        }
        if !self.page_started {
            // The header describes the one record of this file and no archive.
            document.start_page(PageStart::default());
            self.page_started = true;
        }
        let line = letter.as_ref().map_or(self.line, |(_, line)| *line);
        let is_letter = letter.is_some();
        let mut record = letter.map(|(record, _)| record).unwrap_or_default();
        record.source_hash = document.take_source_hash();
        header.fill_record(&mut record, is_letter);
        let text = lines_of(&body);
        if record.first(Field::Summary).is_none() {
            record.push(Field::Summary, &text);
        } else if !text.is_empty() {
            record.own.push(("text".into(), text));
        }
        document.add_record(record, line);
    }

    /// Sends the page start, with what the header says of the whole file.
    fn start_page_once(&mut self, document: &mut Document<'_>) {
        if !self.page_started {
            let archive: Archive = self.header.archive();
            document.start_page(PageStart { archive, ..PageStart::default() });
            self.page_started = true;
        }
    }
}

/// Returns a text with white space collapsed in each line.
fn lines_of(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
