//! Descriptions one after the other, alone, in a collection, or in the answer of an archive (OAI-PMH).

use std::io;

use super::date_sources::Dated;
use super::marc::Fields;
use super::xml::{Document, Element, Step, keep, push_own, root};
use super::{Accession, Page, Sink, dublin_core, ead, mods};
use crate::record::{Archive, Field, Record};

/// Whether a text begins as an answer of OAI-PMH, or as one record of it.
pub(super) fn looks_like(beginning: &str) -> bool {
    match root(beginning) {
        Some("OAI-PMH" | "ListRecords" | "GetRecord") => true,
        Some(_) => {
            beginning.contains("www.openarchives.org/OAI/2.0") && beginning.contains("<header")
        }
        None => false,
    }
}

/// Reads every description in a file.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut document = Document::new(file, sink)?;
    let mut harvest = Harvest::default();
    loop {
        match document.step()? {
            Step::Open => harvest.element(&mut document)?,
            Step::Text => harvest.stray(&mut document),
            Step::Close => harvest.close(&mut document),
            Step::End => break,
        }
    }
    harvest.end_record(&mut document);
    harvest.begin_page(&mut document);
    if document.records() == 0 && !document.is_broken() && !harvest.answered {
        document
            .fault(1, "no record was found: expected Dublin Core, MODS, MARC or EAD in this XML");
    }
    Ok(())
}

/// Elements that only hold others.
const WRAPPERS: &[&str] = &[
    "OAI-PMH",
    "ListRecords",
    "GetRecord",
    "ListIdentifiers",
    "metadata",
    "modsCollection",
    "collection",
    "records",
];

/// What is known while the descriptions go by.
#[derive(Default)]
struct Harvest {
    archive: Archive,
    paged: bool,
    /// Whether the archive answered something other than records.
    answered: bool,
    /// The record that is open.
    open: Option<Open>,
}

/// A record that has begun and not ended.
#[derive(Default)]
struct Open {
    depth: usize,
    line: usize,
    /// What stands in its description.
    record: Record,
    /// What stands around it.
    header: Record,
    dates: Dated,
    marc: Fields,
    /// Whether nothing is missing when nothing is in it: it was deleted, or handed over already.
    done: bool,
}

impl Harvest {
    /// An element begins.
    fn element(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        let name = document.element().name();
        match name {
            "record" if self.open.is_some() => Ok(()),
            "record" => {
                self.begin_page(document);
                let (depth, line) = (document.depth(), document.line_of_tag());
                self.open = Some(Open { depth, line, ..Open::default() });
                Ok(())
            }
            "ead" => self.finding_aid(document),
            "mods" => self.whole(document, mods::describe),
            _ if dublin_core::is_record(name) => self.whole(document, dublin_core::describe),
            _ if WRAPPERS.contains(&name) || document.depth() <= 1 => Ok(()),
            _ => {
                let line = document.line_of_tag();
                document.complete()?;
                self.part(line, document);
                Ok(())
            }
        }
    }

    /// Reads one description as a whole.
    fn whole(
        &mut self,
        document: &mut Document<'_>,
        describe: fn(Element<'_>, &mut Record),
    ) -> io::Result<()> {
        let line = document.line_of_tag();
        document.complete()?;
        self.begin_page(document);
        let element = document.element();
        if let Some(open) = &mut self.open {
            describe(element, &mut open.record);
            open.done = true;
        } else {
            let mut record = Record::default();
            describe(element, &mut record);
            document.record(record, line);
        }
        Ok(())
    }

    /// Reads a finding aid, whose records are handed over as they come.
    fn finding_aid(&mut self, document: &mut Document<'_>) -> io::Result<()> {
        self.begin_page(document);
        let header = self.open.as_mut().map(|open| {
            open.done = true;
            std::mem::take(&mut open.header)
        });
        ead::read_within(document, header.unwrap_or_default())
    }

    /// An element that is no description as a whole.
    fn part(&mut self, line: usize, document: &mut Document<'_>) {
        let element = document.element();
        match (element.name(), &mut self.open) {
            ("resumptionToken", _) => {
                let message = go_on(element);
                self.answered = true;
                document.note(line, message);
            }
            ("error", None) => {
                let message = answer(element);
                self.answered = true;
                document.fault(line, message);
            }
            ("header", Some(open)) => {
                if let Some(message) = open.head(element) {
                    self.answered = true;
                    document.note(line, message);
                }
            }
            ("leader" | "controlfield" | "datafield", Some(open)) => open.marc.take(element),
            (_, Some(open)) => dublin_core::take(element, &mut open.record, &mut open.dates),
            ("header", None) => {
                let mut open = Open { line, ..Open::default() };
                let message = open.head(element);
                self.begin_page(document);
                self.open = Some(open);
                self.answered |= message.is_some();
                if let Some(message) = message {
                    document.note(line, message);
                }
                self.end_record(document);
            }
            (_, None) => self.around(line, document),
        }
    }

    /// An element outside of the records: it is kept with the listing, or said.
    fn around(&mut self, line: usize, document: &mut Document<'_>) {
        let mut around = Record::default();
        let element = document.element();
        if element.name() == "request" && !element.text().is_empty() {
            self.archive.source = Some(element.text());
        }
        keep(element, &mut around);
        if !self.paged {
            return self.archive.own.append(&mut around.own);
        }
        for (name, text) in around.own {
            document
                .note(line, format!("“{name}: {text}” stands in no record, and is only said here"));
        }
    }

    /// Text between the elements.
    fn stray(&mut self, document: &mut Document<'_>) {
        let text = document.letters();
        if text.trim().is_empty() {
            return;
        }
        if let Some(open) = &mut self.open {
            push_own(&mut open.header, "text", text);
        } else {
            let message = format!("“{}” stands in no record, and is only said here", text.trim());
            document.note(document.line(), message);
        }
    }

    /// An element ends; where it is the record that is open, that is handed over.
    fn close(&mut self, document: &mut Document<'_>) {
        if self.open.as_ref().is_some_and(|open| document.depth() < open.depth) {
            self.end_record(document);
        }
    }

    /// Hands over the record that is open.
    fn end_record(&mut self, document: &mut Document<'_>) {
        let Some(open) = self.open.take() else { return };
        let Open { line, mut record, header, dates, marc, done, .. } = open;
        if !dates.is_empty() {
            dates.put_in(&mut record, "date.normal");
        }
        marc.describe(&mut record);
        if done && record == Record::default() && header.own.is_empty() {
            return;
        }
        record.values.extend(header.values);
        record.own.extend(header.own);
        document.record(record, line);
    }

    /// Begins the page, once.
    fn begin_page(&mut self, document: &mut Document<'_>) {
        if !self.paged {
            self.paged = true;
            document.page(Page { archive: std::mem::take(&mut self.archive), ..Page::default() });
        }
    }
}

impl Open {
    /// Takes the header of an answer. Of a deleted record it only says that it was one.
    fn head(&mut self, element: Element<'_>) -> Option<String> {
        let text = |name| element.first(name).map(Element::text).unwrap_or_default();
        if element.attribute("status") == Some("deleted") {
            self.done = true;
            let (id, when) = (text("identifier"), text("datestamp"));
            return Some(format!(
                "the record “{id}” was deleted by its archive ({when}): it is not shown"
            ));
        }
        for child in element.children() {
            match child.name() {
                "identifier" => self.header.push(Field::Id, &child.text()),
                _ => keep(child, &mut self.header),
            }
        }
        None
    }
}

/// What a token to go on with means.
fn go_on(element: Element<'_>) -> String {
    let token = element.text();
    let of = element.attribute("completeListSize").map(|size| format!(" of {size} records"));
    let of = of.unwrap_or_default();
    if token.is_empty() {
        format!("this is the last part of a listing{of}")
    } else {
        format!(
            "this is a part of a listing{of}: ask the archive for the next with resumptionToken={token}"
        )
    }
}

/// What an archive answered instead of records.
fn answer(element: Element<'_>) -> String {
    let code = element.attribute("code").unwrap_or("error");
    let text = element.text();
    let why = if text.is_empty() { String::new() } else { format!(" ({text})") };
    format!("the archive answered {code}{why}: there are no records in this file, ask it again")
}
