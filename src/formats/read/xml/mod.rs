//! XML as every reader of it needs it: one element after the other, by local names, with lines.
//!
//! Nothing is held but the element that is being read, so a file of any length needs little memory.

mod attributes;
mod decoder;
mod element;
mod entities;
mod tokens;

use std::io;

use quick_xml::Error;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

use super::truncate::{NAME, shortened};
use super::{Accession, Page, Sink};
use crate::record::{Field, Problem, Record};
pub(crate) use attributes::{say, say_kind};
pub(crate) use decoder::Decoded;
use decoder::newlines;
pub(crate) use element::Element;
use element::Tree;
use entities::Entities;
use tokens::{Markup, Name, Piece};

/// How deep elements may stand in one another. Finding aids are twelve components deep.
const DEEPEST: usize = 400;

/// What comes next in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element begins; [`Document::element`] is its tag.
    Open,
    /// Text between the tags.
    Text,
    /// An element ends.
    Close,
    /// The file ends, or cannot be read further.
    End,
}

/// An XML file that is being read, and where what is found goes.
pub(super) struct Document<'a> {
    markup: Markup<'a>,
    tree: Tree,
    entities: Entities,
    depth: usize,
    /// Whether the element that began last is empty, and ends now.
    empty: bool,
    broken: bool,
    warned: bool,
    name: &'a str,
    sink: &'a mut dyn Sink,
    /// How many records were handed over.
    records: usize,
}

impl<'a> Document<'a> {
    /// Begins to read a file.
    pub(super) fn new(
        file: &'a mut Accession<'_>,
        sink: &'a mut dyn Sink,
    ) -> io::Result<Document<'a>> {
        Ok(Document {
            markup: Markup::new(Decoded::new(file.bytes)?)?,
            tree: Tree::default(),
            entities: Entities::default(),
            depth: 0,
            empty: false,
            broken: false,
            warned: false,
            name: file.name,
            sink,
            records: 0,
        })
    }

    /// Goes on to the next tag or text.
    pub(super) fn step(&mut self) -> io::Result<Step> {
        self.tree.clear();
        self.go_on()
    }

    /// The line that the element begins on whose tag was read just now.
    pub(super) fn line_of_tag(&mut self) -> usize {
        self.markup.line_of_last()
    }

    /// The tag that began last, with what was read of the element.
    pub(super) fn element(&self) -> Element<'_> {
        self.tree.root()
    }

    /// The text that came last.
    pub(super) fn letters(&self) -> &str {
        self.element().name()
    }

    /// Reads the element that began last to its end. Whether it has one.
    pub(super) fn complete(&mut self) -> io::Result<bool> {
        loop {
            match self.go_on()? {
                Step::Close if self.tree.end() => return Ok(true),
                Step::End => return Ok(false),
                _ => {}
            }
        }
    }

    /// Whether the file could not be read to its end.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// How many records were handed over.
    pub(super) fn records(&self) -> usize {
        self.records
    }

    /// Begins a page.
    pub(super) fn page(&mut self, page: Page) {
        self.sink.page(Page { file: self.name.to_owned(), ..page });
    }

    /// Hands over a record, unless there is nothing in it.
    pub(super) fn record(&mut self, record: Record, line: usize) {
        if record == Record::default() {
            self.fault(line, "this record was left out: it has no field");
        } else {
            self.records += 1;
            self.sink.record(record);
        }
    }

    /// Something could not be read.
    pub(super) fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.sink.problem(Problem::fault(self.name, Some(line), message));
    }

    /// Something the reader should know of.
    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.sink.problem(Problem::note(self.name, Some(line), message));
    }

    /// The line of what comes next.
    pub(super) fn line(&self) -> usize {
        self.markup.decoded().line()
    }

    /// The line on which something begins that was just read.
    fn line_before(&self, read: &str) -> usize {
        self.line().saturating_sub(newlines(read))
    }

    /// The next tag or text, added to what was read of the element.
    fn go_on(&mut self) -> io::Result<Step> {
        if self.broken {
            return Ok(Step::End);
        }
        if std::mem::take(&mut self.empty) {
            return Ok(self.close());
        }
        loop {
            let step = match self.markup.next()? {
                Piece::Text => {
                    self.tree.letters(self.markup.last());
                    Some(Step::Text)
                }
                Piece::End => Some(self.close()),
                Piece::Start => Some(self.open(false)),
                Piece::Empty => Some(self.open(true)),
                Piece::Eof => Some(self.end()),
                Piece::Other => self.other()?,
                Piece::Broken(error) => Some(self.stop_for(*error)?),
            };
            self.look_at_encoding();
            if let Some(step) = step {
                return Ok(step);
            }
        }
    }

    /// Takes what is neither a tag nor a text; nothing where it is of no account.
    fn other(&mut self) -> io::Result<Option<Step>> {
        match self.markup.other(&mut Vec::new()) {
            Ok(Event::CData(text)) => self.tree.letters(&text),
            Ok(Event::GeneralRef(name)) => self.refer(&name),
            Ok(Event::DocType(text)) => {
                self.declare(&text);
                return Ok(None);
            }
            Ok(_) => return Ok(None),
            Err(error) => return self.stop_for(error).map(Some),
        }
        Ok(Some(Step::Text))
    }

    /// Takes the entities that the file names itself.
    fn declare(&mut self, document_type: &str) {
        let line = self.line_before(document_type);
        for name in self.entities.declare(document_type) {
            self.fault(line, format!(
                "the entity “{name}” stands for another file or for other entities, which is refused: write out its text in the file"
            ));
        }
    }

    /// The file ends.
    fn end(&mut self) -> Step {
        if self.depth > 0 {
            return self.stop("the file ends in the middle of an element");
        }
        Step::End
    }

    /// An element ends.
    fn close(&mut self) -> Step {
        self.depth = self.depth.saturating_sub(1);
        Step::Close
    }

    /// An element begins with the tag that came last.
    fn open(&mut self, empty: bool) -> Step {
        if self.depth >= DEEPEST {
            return self.stop(&format!("more than {DEEPEST} elements stand in each other"));
        }
        self.depth += 1;
        self.empty = empty;
        let tag = self.markup.last();
        let Name { length: end, local: start } = self.markup.name();
        self.tree.begin(tag.get(start..end).unwrap_or(tag));
        if end == tag.len() {
            return Step::Open;
        }
        let mut unread = false;
        for attribute in Attributes::new(tag, end).with_checks(false) {
            let Ok(attribute) = attribute else {
                unread = true;
                continue;
            };
            let (name, value) = (local(attribute.key.into_inner()), attribute.value.as_ref());
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let text = value.as_bytes().contains(&b'&').then(|| self.entities.written_out(value));
            unread |= matches!(text, Some(None));
            self.tree.attribute(name, text.flatten().as_deref().unwrap_or(value));
        }
        if unread {
            let (line, name) = (self.line_before(tag), tag.get(..end).unwrap_or(tag));
            let message = format!(
                "an attribute of <{name}> cannot be read: expected a value in quotes, with known entities"
            );
            self.fault(line, message);
        }
        Step::Open
    }

    /// A reference to a letter or an entity.
    fn refer(&mut self, name: &BytesRef<'_>) {
        if let Ok(Some(letter)) = name.resolve_char_ref() {
            return self.tree.letters(letter.encode_utf8(&mut [0; 4]));
        }
        let name: &str = name;
        if let Some(text) = self.entities.text(name) {
            self.tree.letters(text);
        } else {
            self.tree.letters(&format!("&{name};"));
            self.fault(
                self.line_before(name),
                format!(
                    "“&{name};” is not known, or too much to write out: it is kept as it stands"
                ),
            );
        }
    }

    /// The file cannot be read further, since its bytes cannot be had or are no XML.
    fn stop_for(&mut self, error: Error) -> io::Result<Step> {
        match error {
            Error::Io(error) => Err(io::Error::new(error.kind(), error.to_string())),
            error => Ok(self.stop(&format!("the XML is broken here ({error})"))),
        }
    }

    /// The file cannot be read further.
    fn stop(&mut self, what: &str) -> Step {
        self.broken = true;
        let message = format!(
            "{what}: what stands before was read, what follows was not; mend the file here and open it again"
        );
        self.fault(self.line(), message);
        Step::End
    }

    /// Says once that something was not in the encoding of the file.
    #[inline]
    fn look_at_encoding(&mut self) {
        let decoded = self.markup.decoded();
        if let Some(line) = decoded.strange.filter(|_| !self.warned) {
            self.warned = true;
            let name = decoded.encoding();
            self.note(line, format!("letters that are not {name} were read as Windows-1252"));
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The local name of the outermost element of a text that begins as XML.
pub(super) fn root(beginning: &str) -> Option<&str> {
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

/// The attributes that say of which kind an element is. Of several the first counts.
const KINDS: &[&str] = &["type", "localtype", "displayLabel", "label"];

/// Keeps an element under its own name, which its type or label stands behind: `container.box`.
pub(super) fn keep(element: Element<'_>, record: &mut Record) {
    keep_below("", element, record);
}

/// Keeps an element below others, whose names and a point stand before its own.
fn keep_below(above: &str, element: Element<'_>, record: &mut Record) {
    let kind = KINDS.iter().find_map(|kind| element.attribute(kind));
    let name = match kind {
        Some(kind) => [above, element.name(), ".", kind].concat(),
        None => [above, element.name()].concat(),
    };
    let name = shortened(name, NAME).into_owned();
    let bare = element.children().next().is_none();
    let text = if bare || element.has_text() { element.text() } else { String::new() };
    let bare = bare && text.is_empty();
    for (key, value) in element.attributes() {
        if (bare && !KINDS.contains(&key)) || attributes::is_content(key) {
            push_own(record, &format!("{name}.{key}"), value);
        }
    }
    if text.is_empty() {
        let name = name + ".";
        element.children().for_each(|child| keep_below(&name, child, record));
    } else {
        record.own.push((name, text));
    }
}

/// Puts a text of an element into its field.
pub(super) fn push(record: &mut Record, field: Field, text: String) {
    if text.trim().len() < text.len() {
        record.push(field, &text);
    } else if !text.is_empty() {
        record.values.push((field, text));
    }
}

/// Keeps a text under a name of the file.
pub(super) fn push_own(record: &mut Record, name: &str, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        let name = shortened(name, NAME).into_owned();
        record.own.push((name, text.to_owned()));
    }
}
