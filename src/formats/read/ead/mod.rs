//! The parser of finding aids in EAD 2002 and EAD3. The collection and each component are records.
//!
//! Only the path from the collection to the current component is in memory, never the whole tree.

mod component;
mod dates;
mod holdings;
mod names;
mod sgml;
mod terms;

use std::io;

use super::date_sources::{DateSources, DateSourcesCache};
use super::truncate::truncate;
use super::xml::{Document, Element, XmlEvent, keep_element, push_own_field, root_name};
use super::{InputFile, PageStart, Sink, encoding};
use crate::record::{Archive, EAD_ID, Field, OwnName, Problem, Record};
use component::Component;

/// The separator between the titles of a path.
const PATH_SEPARATOR: &str = " › ";

/// The longest path of a component, in bytes.
const MAX_PATH_BYTES: usize = 600;
/// The longest title or repository that components inherit, in bytes.
const MAX_TITLE_BYTES: usize = 300;
/// The number of repositories and their places that components inherit.
const MAX_REPOSITORIES: usize = 3;

/// The name of the archive's own field with the preferred citation of the collection.
const PREFERRED_CITATION: &str = Field::PreferredCitation.key();

/// Whether a text starts like a finding aid.
pub(super) fn looks_like(beginning: &str) -> bool {
    root_name(beginning) == Some("ead") || sgml::looks_like(beginning)
}

/// Reads one finding aid, or several in one root element.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    if sgml::looks_like(&encoding::decode(file.bytes.fill_buf()?).0) {
        let xml = sgml::to_xml(&encoding::read_text(file.name, file.bytes, sink)?);
        let message = "this is EAD in SGML, the form before XML: it was read as XML";
        sink.report(Problem::warning(file.name, None, message));
        let bytes = &mut xml.as_bytes();
        return read_xml(&mut InputFile { name: file.name, bytes, options: file.options }, sink);
    }
    read_xml(file, sink)
}

/// Reads finding aids in XML.
fn read_xml(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
    let mut found = false;
    loop {
        match document.next_event()? {
            XmlEvent::StartElement if is_finding_aid(document.element().name()) => {
                found = true;
                FindingAid::default().read(&mut document)?;
            }
            XmlEvent::EndOfFile => break,
            _ => {}
        }
    }
    if !found && !document.is_aborted() {
        document.error(1, "no finding aid was found: expected an element <ead>");
    }
    Ok(())
}

/// Reads the finding aid whose start tag was read last, in a file whose page has started.
///
/// The values of `header` are added to the record of the collection.
pub(super) fn read_within(document: &mut Document<'_>, header: Record) -> io::Result<()> {
    FindingAid { header, page_started: true, ..FindingAid::default() }.read(document)
}

/// Whether an element of this name holds a finding aid.
fn is_finding_aid(name: &str) -> bool {
    ["ead", "archdesc"].contains(&name)
}

/// Whether an element of this name is a component: `c`, `c01` to `c12`.
fn is_component(name: &str) -> bool {
    let number = name.strip_prefix('c');
    number.is_some_and(|number| number.is_empty() || matches!(number.parse::<u8>(), Ok(1..=12)))
}

/// The state of the parser inside a finding aid.
#[derive(Default)]
struct FindingAid {
    /// The values of its `eadheader` or `control` element.
    header: Record,
    /// Whether its page has begun.
    page_started: bool,
    /// The path to the current component, the collection first.
    open_components: Vec<Component>,
    /// The title of the collection, which the components inherit.
    collection_title: Option<String>,
    /// The repositories and their places, which the components inherit.
    repositories: Vec<(Field, String)>,
    /// The dates of the current component. Those of its parents are in their records already.
    dates: DateSources,
    /// Dates that were resolved before.
    date_cache: DateSourcesCache,
}

impl FindingAid {
    /// Reads to the end of the element that started last.
    fn read(mut self, document: &mut Document<'_>) -> io::Result<()> {
        let depth = document.depth();
        if document.element().name() == "archdesc" {
            document.take_source_hash_before_tag();
            let line = document.line_of_tag();
            self.open_components.push(Component::from_tag(document.element(), line, depth));
        }
        while document.depth() >= depth {
            match document.next_event()? {
                XmlEvent::StartElement => self.start_element(document)?,
                XmlEvent::Text => self.stray_text(document),
                XmlEvent::EndElement => self.end_element(document, depth),
                XmlEvent::EndOfFile => break,
            }
        }
        while let Some(mut component) = self.open_components.pop() {
            component.source_hash.add(document.take_source_hash());
            self.emit(component, document);
        }
        Ok(())
    }

    /// Handles the start of an element: a component, a wrapper, or part of a description.
    fn start_element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let name = document.element().name();
        if name == "archdesc" || is_component(name) {
            let (line, depth) = (document.line_of_tag(), document.depth());
            let component = Component::from_tag(document.element(), line, depth);
            let of_parent = document.take_source_hash_before_tag();
            if let Some(parent) = self.open_components.last_mut() {
                parent.source_hash.add(of_parent);
            }
            self.emit_parent(document);
            self.open_components.push(component);
            return Ok(());
        }
        if ["dsc", "descgrp"].contains(&name) {
            return Ok(());
        }
        document.read_element()?;
        let element = document.element();
        match self.open_components.last_mut() {
            None => self.add_header(element),
            Some(component) => component.add_element(element, &mut self.dates),
        }
        Ok(())
    }

    /// Adds an element outside of `archdesc`, such as `eadheader`, to the header.
    fn add_header(&mut self, element: Element<'_>) {
        let id_elements = ["eadid", "recordid"];
        let mut ids = element.children().filter(|child| id_elements.contains(&child.name()));
        if let Some(id) = ids.next() {
            self.header.push(Field::Id, &id.text());
            for name in ["url", "instanceurl"] {
                self.header.push(Field::Url, id.attribute(name).unwrap_or(""));
            }
        }
        keep_element(element, &mut self.header);
    }

    /// Handles text directly in a component.
    fn stray_text(&mut self, document: &Document<'_>) {
        if let Some(component) = self.open_components.last_mut() {
            push_own_field(&mut component.record, "text", document.text());
        }
    }

    /// Handles the end of an element; at the end of the current component, emits its record.
    fn end_element(&mut self, document: &mut Document<'_>, min_depth: usize) {
        let depth = document.depth();
        let has_ended = |component: &mut Component| component.depth > depth.max(min_depth);
        if let Some(mut component) = self.open_components.pop_if(has_ended) {
            component.source_hash.add(document.take_source_hash());
            self.emit(component, document);
        }
    }

    /// Emits the record of the current component before a child starts, as far as it was read.
    fn emit_parent(&mut self, document: &mut Document<'_>) {
        let is_dated = !self.dates.is_blank();
        let needs_emitting = |parent: &mut Component| is_dated || parent.has_unemitted();
        if let Some(mut parent) = self.open_components.pop_if(needs_emitting) {
            parent.finish(&mut self.dates, &mut self.date_cache);
            let rest = parent.after_emitting();
            self.emit(parent, document);
            self.open_components.push(rest);
        }
    }

    /// Adds the record of a component to the sink, with the values it inherits.
    ///
    /// A component that was emitted before is skipped, unless it got more values since.
    fn emit(&mut self, mut component: Component, document: &mut Document<'_>) {
        component.finish(&mut self.dates, &mut self.date_cache);
        let is_collection = self.open_components.is_empty();
        if component.emitted && component.record == Record::default() {
            return;
        }
        if is_collection && !component.emitted {
            self.start_collection(&mut component, document);
        }
        let title = component.emitted.then(|| component.heading().to_owned());
        let Component { mut record, line, emitted, source_hash, .. } = component;
        if let Some(title) = title {
            document.warning(line, "part of this description comes after its components: it is kept as a separate record");
            let title = truncate(&title, MAX_TITLE_BYTES).into_owned();
            record.values.insert(0, (Field::Title, title));
        }
        if !is_collection {
            let path = self.component_path();
            if !path.is_empty() {
                record.own.push(("path".into(), path));
            }
            self.inherit(&mut record);
        }
        if !is_collection || emitted {
            record.push(Field::Collection, self.collection_title.as_deref().unwrap_or(""));
        }
        record.source_hash = source_hash;
        document.add_record(record, line);
    }

    /// Adds what a component inherits: the repository, and the series it is in.
    fn inherit(&self, record: &mut Record) {
        if record.first(Field::Repository).is_none() {
            self.repositories.iter().for_each(|(field, text)| record.push(*field, text));
        }
        let parents = self.open_components.iter().skip(1);
        if let Some(series) = parents.rev().find(|parent| parent.is_series) {
            record.push(Field::Series, &series.title);
        }
    }

    /// The titles of the parent components, without the collection.
    fn component_path(&self) -> String {
        let titles = || self.open_components.iter().skip(1).map(|parent| parent.title.as_str());
        let mut path =
            String::with_capacity(titles().map(|title| title.len() + PATH_SEPARATOR.len()).sum());
        for title in titles() {
            if !path.is_empty() {
                path.push_str(PATH_SEPARATOR);
            }
            path.push_str(title);
        }
        truncate(path, MAX_PATH_BYTES).into_owned()
    }

    /// Starts the page once the collection is read, and stores what its components inherit.
    fn start_collection(&mut self, collection: &mut Component, document: &mut Document<'_>) {
        let title = Some(collection.heading().to_owned()).filter(|title| !title.is_empty());
        let title_proper = || {
            let own = self.header.own.iter();
            own.filter(|(name, _)| name.contains("titleproper"))
                .map(|(_, text)| text.clone())
                .next()
        };
        let title = title.or_else(title_proper);
        let shorten = |text| truncate(text, MAX_TITLE_BYTES).into_owned();
        self.collection_title = title.as_deref().map(shorten);
        self.repositories = [Field::Repository, Field::ArchivePlace]
            .into_iter()
            .flat_map(|field| {
                let texts = collection.record.all(field).take(MAX_REPOSITORIES);
                texts.map(move |text| (field, shorten(text)))
            })
            .collect();
        let header = std::mem::take(&mut self.header);
        if self.page_started {
            collection.record.values.extend(header.values);
            collection.record.own.extend(header.own);
        } else {
            let archive = Archive {
                title,
                source: collection.record.first(Field::Repository).map(str::to_owned),
                url: header.first(Field::Url).map(str::to_owned),
                // The components are cited like their collection.
                own: archive_fields(header, &collection.record),
                ..Archive::default()
            };
            document.start_page(PageStart {
                line: Some(collection.line),
                archive,
                ..PageStart::default()
            });
            self.page_started = true;
        }
    }
}

/// The own fields of the archive: the header, its identifier, and how the collection is to be cited.
fn archive_fields(header: Record, collection: &Record) -> Vec<(OwnName, String)> {
    let citations = collection.all(Field::PreferredCitation);
    let citations: Vec<_> =
        citations.map(|text| (PREFERRED_CITATION.into(), text.to_owned())).collect();
    let ids = header.values.into_iter().filter(|(field, _)| *field == Field::Id);
    let ids = ids.map(|(_, id)| (EAD_ID.into(), id));
    header.own.into_iter().chain(ids).chain(citations).collect()
}
