//! Finding aids in EAD 2002 and EAD3: the collection is the first record, and each component is one.
//!
//! What is held is the way down to the component that is being read, never the whole tree.

mod component;

use std::io;

use super::date_sources::{Dated, KnownDates};
use super::truncate::shortened;
use super::xml::{Document, Element, Step, keep, push_own, root};
use super::{Accession, Page, Sink};
use crate::record::{Archive, Field, Record};
use component::Component;

/// What stands between the titles of a path.
const PATH: &str = " › ";

/// How long a path is at most, and a title or a repository that others inherit, in bytes; and how many
/// repositories they inherit.
const LONGEST_PATH: usize = 600;
const LONGEST_TITLE: usize = 300;
const REPOSITORIES: usize = 3;

/// Whether a text begins as a finding aid does.
pub(super) fn looks_like(beginning: &str) -> bool {
    root(beginning) == Some("ead")
}

/// Reads one finding aid, or several in one element.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
    let mut found = false;
    loop {
        match document.step()? {
            Step::Open if is_finding_aid(document.element().name()) => {
                found = true;
                FindingAid::default().read(&mut document)?;
            }
            Step::End => break,
            _ => {}
        }
    }
    if !found && !document.is_broken() {
        document.fault(1, "no finding aid was found: expected an element <ead>");
    }
    Ok(())
}

/// Reads the finding aid whose tag came last, in a listing that has its page already.
pub(super) fn read_within(document: &mut Document<'_>, header: Record) -> io::Result<()> {
    FindingAid { header, paged: true, ..FindingAid::default() }.read(document)
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

/// A finding aid as far as it was read.
#[derive(Default)]
struct FindingAid {
    /// What its head says of it.
    header: Record,
    /// Whether its page has begun.
    paged: bool,
    /// The way down to where the reading is: the collection first.
    open: Vec<Component>,
    /// What the components inherit.
    collection: Option<String>,
    repository: Vec<String>,
    /// The dates of the component that is open last: those of the others are in their records.
    dates: Dated,
    /// The dates that were read.
    known: KnownDates,
}

impl FindingAid {
    /// Reads to the end of the element that began last.
    fn read(mut self, document: &mut Document<'_>) -> io::Result<()> {
        let depth = document.depth();
        if document.element().name() == "archdesc" {
            let line = document.line_of_tag();
            self.open.push(Component::begin(document.element(), line, depth));
        }
        while document.depth() >= depth {
            match document.step()? {
                Step::Open => self.element(document)?,
                Step::Text => self.stray(document),
                Step::Close => self.close(document, depth),
                Step::End => break,
            }
        }
        while let Some(component) = self.open.pop() {
            self.hand_over(component, document);
        }
        Ok(())
    }

    /// An element begins: a component, what only holds others, or part of a description.
    fn element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let name = document.element().name();
        if name == "archdesc" || is_component(name) {
            let (line, depth) = (document.line_of_tag(), document.depth());
            let component = Component::begin(document.element(), line, depth);
            self.hand_over_above(document);
            self.open.push(component);
            return Ok(());
        }
        if ["dsc", "descgrp"].contains(&name) {
            return Ok(());
        }
        document.complete()?;
        let element = document.element();
        match self.open.last_mut() {
            None => self.head(element),
            Some(component) => component.describe(element, &mut self.dates),
        }
        Ok(())
    }

    /// The head of the finding aid: kept with the listing, and with the collection.
    fn head(&mut self, element: Element<'_>) {
        let id = ["eadid", "recordid"];
        let mut found = element.children().filter(|child| id.contains(&child.name()));
        if let Some(id) = found.next() {
            self.header.push(Field::Id, &id.text());
            for address in ["url", "instanceurl"] {
                self.header.push(Field::Url, id.attribute(address).unwrap_or(""));
            }
        }
        keep(element, &mut self.header);
    }

    /// Text that stands right in a component.
    fn stray(&mut self, document: &Document<'_>) {
        if let Some(component) = self.open.last_mut() {
            push_own(&mut component.record, "text", document.letters());
        }
    }

    /// An element ends; where it is the component that is open, it is handed over.
    fn close(&mut self, document: &mut Document<'_>, least: usize) {
        let depth = document.depth();
        let ended = |component: &mut Component| component.depth > depth.max(least);
        if let Some(component) = self.open.pop_if(ended) {
            self.hand_over(component, document);
        }
    }

    /// Hands over the component that another one stands in, as far as it is described.
    fn hand_over_above(&mut self, document: &mut Document<'_>) {
        let is_dated = self.dates != Dated::default();
        if let Some(mut above) = self.open.pop_if(|above| is_dated || above.says_more()) {
            above.finish(&mut self.dates, &mut self.known);
            let rest = above.rest();
            self.hand_over(above, document);
            self.open.push(rest);
        }
    }

    /// Hands over a record with what it inherits, unless that was done.
    fn hand_over(&mut self, mut component: Component, document: &mut Document<'_>) {
        component.finish(&mut self.dates, &mut self.known);
        let outermost = self.open.is_empty();
        if component.given && component.record == Record::default() {
            return;
        }
        if outermost && !component.given {
            self.begin(&mut component, document);
        }
        let title = component.given.then(|| component.heading().to_owned());
        let Component { mut record, line, given, .. } = component;
        if let Some(title) = title {
            document.note(line, "part of this description stands behind its components: it is kept as a record of its own");
            let title = shortened(&title, LONGEST_TITLE).into_owned();
            record.values.insert(0, (Field::Title, title));
        }
        if !outermost {
            let path = self.path();
            if !path.is_empty() {
                record.own.push(("path".to_owned(), path));
            }
            if record.first(Field::Source).is_none() {
                self.repository.iter().for_each(|it| record.push(Field::Source, it));
            }
        }
        if !outermost || given {
            record.push(Field::Collection, self.collection.as_deref().unwrap_or(""));
        }
        document.record(record, line);
    }

    /// The titles of the components above, but for the collection's.
    fn path(&self) -> String {
        let titles = || self.open.iter().skip(1).map(|above| above.title.as_str());
        let mut path = String::with_capacity(titles().map(|title| title.len() + PATH.len()).sum());
        for title in titles() {
            if !path.is_empty() {
                path.push_str(PATH);
            }
            path.push_str(title);
        }
        shortened(path, LONGEST_PATH).into_owned()
    }

    /// The collection is known: the page begins, and what its components inherit.
    fn begin(&mut self, collection: &mut Component, document: &mut Document<'_>) {
        let title = Some(collection.heading().to_owned()).filter(|title| !title.is_empty());
        let proper = || {
            let own = self.header.own.iter();
            own.filter(|(name, _)| name.contains("titleproper"))
                .map(|(_, text)| text.clone())
                .next()
        };
        let title = title.or_else(proper);
        let inherited = |text| shortened(text, LONGEST_TITLE).into_owned();
        self.collection = title.as_deref().map(inherited);
        let repositories = collection.record.all(Field::Source).take(REPOSITORIES);
        self.repository = repositories.map(inherited).collect();
        let header = std::mem::take(&mut self.header);
        if self.paged {
            collection.record.values.extend(header.values);
            collection.record.own.extend(header.own);
        } else {
            let archive = Archive {
                title,
                source: collection.record.first(Field::Source).map(str::to_owned),
                url: header.first(Field::Url).map(str::to_owned),
                own: header
                    .own
                    .into_iter()
                    .chain(
                        header
                            .values
                            .iter()
                            .filter(|(field, _)| *field == Field::Id)
                            .map(|(_, id)| ("eadid".to_owned(), id.clone())),
                    )
                    .collect(),
                ..Archive::default()
            };
            document.page(Page { line: Some(collection.line), archive, ..Page::default() });
            self.paged = true;
        }
    }
}
