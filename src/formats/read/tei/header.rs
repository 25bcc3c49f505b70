//! The header of a TEI file: the title, who wrote and edited it, and where the original lies.

use std::collections::HashMap;

use super::corresp;
use crate::formats::read::date_sources::DateSources;
use crate::formats::read::xml::{Element, keep_element, push_own_field};
use crate::record::{Archive, Field, Record};

/// What a header says.
#[derive(Default)]
pub(super) struct Header {
    /// The identifier of the whole text.
    pub(super) id: String,
    titles: Vec<String>,
    authors: Vec<String>,
    /// The names of contributors with their roles.
    contributors: Vec<(String, String)>,
    summary: String,
    languages: Vec<String>,
    subjects: Vec<String>,
    url: String,
    rights: String,
    /// What the description of the manuscript says: fields with their values.
    manuscript: Vec<(Field, String)>,
    /// Where the original lies: fields with their values.
    location: Vec<(Field, String)>,
    date: DateSources,
    /// The sources to which letters refer: their identifiers and texts.
    sources: HashMap<String, String>,
    /// What else it says, as own fields.
    rest: Record,
}

impl Header {
    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.titles.is_empty() && self.authors.is_empty() && self.location.is_empty()
    }

    /// Adds a part of the header.
    pub(super) fn add(&mut self, part: Element<'_>) {
        match part.name() {
            "titleStmt" => self.add_title_statement(part),
            "publicationStmt" => self.add_publication(part),
            "abstract" => self.summary = part.text(),
            "langUsage" => self.languages.extend(part.children_named("language").map(language_of)),
            "keywords" => {
                let terms = part.descendants().filter(|it| ["term", "item"].contains(&it.name()));
                let leaves = terms.filter(|it| it.children().next().is_none());
                self.subjects.extend(leaves.map(Element::text));
            }
            "msIdentifier" => self.add_location(part),
            "msDesc" | "sourceDesc" => self.add_source(part),
            "creation" => {
                for inner in part.descendants() {
                    match inner.name() {
                        "date" => corresp::add_date(inner, &mut self.date),
                        "placeName" => self.manuscript.push((Field::Places, inner.text())),
                        _ => {}
                    }
                }
            }
            _ => keep_element(part, &mut self.rest),
        }
    }

    /// Adds the title, the authors and the editors.
    fn add_title_statement(&mut self, statement: Element<'_>) {
        for child in statement.children() {
            match child.name() {
                "title" => self.titles.push(child.text()),
                "author" => {
                    let name = self.name_in(child);
                    self.authors.push(name);
                }
                "editor" => {
                    let name = self.name_in(child);
                    let role = child.attribute("role").unwrap_or("editor").to_owned();
                    self.contributors.push((name, role));
                }
                "respStmt" => {
                    let role = child.first_child("resp").map(Element::text).unwrap_or_default();
                    let parties =
                        child.children().filter(|it| ["name", "persName"].contains(&it.name()));
                    for party in parties {
                        self.contributors.push((party.text(), role.clone()));
                    }
                }
                _ => keep_element(child, &mut self.rest),
            }
        }
    }

    /// Returns the name in an element.
    fn name_in(&mut self, element: Element<'_>) -> String {
        let inner = element.first_child("persName").or_else(|| element.first_child("name"));
        corresp::name_of(inner.unwrap_or(element), &mut self.rest)
    }

    /// Adds the address and the terms of use.
    fn add_publication(&mut self, publication: Element<'_>) {
        for element in publication.children() {
            let text = element.text();
            match element.name() {
                "idno" if text.starts_with("http") && self.url.is_empty() => self.url = text,
                "ptr" if self.url.is_empty() => {
                    element.attribute("target").unwrap_or("").clone_into(&mut self.url);
                }
                "availability" => self.rights = text,
                name => push_own_field(&mut self.rest, &format!("publication.{name}"), &text),
            }
        }
    }

    /// Adds the source: the manuscript, or the edition.
    fn add_source(&mut self, source: Element<'_>) {
        let identifiers = source.descendants().filter(|it| it.name() == "msIdentifier");
        identifiers.for_each(|identifier| self.add_location(identifier));
        let first_date = || source.descendants().find(|it| it.name() == "origDate");
        if let Some(date) = first_date() {
            corresp::add_date(date, &mut self.date);
        }
        let is_description = |it: &Element<'_>| it.name() == "msDesc";
        let inner = source.descendants().filter(|it| it.name() == "msDesc");
        for description in Some(source).filter(is_description).into_iter().chain(inner) {
            self.add_manuscript(description);
        }
        for bibl in source.descendants().filter(|it| it.name().starts_with("bibl")) {
            if let Some(id) = bibl.attribute("id") {
                self.sources.entry(id.to_owned()).or_insert_with(|| bibl.text());
            }
        }
        for bibl in source.children().filter(|it| it.name().starts_with("bibl")) {
            push_own_field(&mut self.rest, "source.bibl", &bibl.text());
        }
    }

    /// Adds what a description says of a manuscript: its contents, the place of its origin, and all else as own fields.
    fn add_manuscript(&mut self, description: Element<'_>) {
        for part in description.children() {
            match part.name() {
                "msIdentifier" => {}
                "msContents" | "history" | "origin" => self.add_manuscript_part(part),
                _ => keep_element(part, &mut self.rest),
            }
        }
    }

    /// Adds a part of the contents or the history of a manuscript.
    fn add_manuscript_part(&mut self, part: Element<'_>) {
        if part.has_text() {
            return keep_element(part, &mut self.rest);
        }
        let mut is_first = true;
        for child in part.children() {
            match child.name() {
                "summary" if is_first => {
                    self.manuscript.push((Field::Summary, child.text()));
                    is_first = false;
                }
                "msItem" | "msItemStruct" | "origin" => self.add_manuscript_part(child),
                "author" => {
                    let name = self.name_in(child);
                    self.manuscript.push((Field::Creator, name));
                }
                "textLang" if !child.text().is_empty() => {
                    self.manuscript.push((Field::Language, child.text()));
                }
                "origPlace" => self.manuscript.push((Field::Places, child.text())),
                "origDate" => {}
                _ => keep_element(child, &mut self.rest),
            }
        }
    }

    /// Puts the texts of the sources in place of the references to them in a record: `#s1 #s2`.
    pub(super) fn resolve_sources(&self, record: &mut Record) {
        let text_of = |reference: &str| {
            let id = reference.strip_prefix('#')?;
            self.sources.get(id).map(String::as_str)
        };
        for (_, value) in record.own.iter_mut().filter(|(name, _)| name == "source") {
            let texts: Option<Vec<&str>> = value.split_whitespace().map(text_of).collect();
            if let Some(texts) = texts.filter(|texts| texts.iter().all(|text| !text.is_empty())) {
                *value = texts.join("; ");
            }
        }
    }

    /// Adds where a manuscript lies.
    fn add_location(&mut self, identifier: Element<'_>) {
        if !self.location.is_empty() {
            return;
        }
        for part in identifier.descendants() {
            let field = match part.name() {
                "settlement" => Field::ArchivePlace,
                "institution" | "repository" => Field::Repository,
                "collection" => Field::Collection,
                "idno" => Field::ReferenceCode,
                _ => continue,
            };
            if part.children().next().is_none() {
                self.location.push((field, part.text()));
            }
        }
    }

    /// Returns the archive that the header of an index or a volume describes.
    pub(super) fn archive(&self) -> Archive {
        let mut archive = Archive {
            title: self.titles.first().cloned(),
            url: Some(self.url.clone()).filter(|url| !url.is_empty()),
            own: self.rest.own.clone(),
            ..Archive::default()
        };
        let editors = self.contributors.iter().map(|(name, role)| (role.into(), name.clone()));
        archive.own.extend(editors);
        archive
    }

    /// Adds where the original lies.
    pub(super) fn fill_location(&self, record: &mut Record) {
        for (field, text) in &self.location {
            record.push(*field, text);
        }
    }

    /// Adds what the description of the manuscript says. The abstract of a letter counts before the note in its description.
    fn fill_manuscript(&self, record: &mut Record, is_letter: bool) {
        if !self.summary.is_empty()
            && let Some(at) = record.values.iter().position(|(field, _)| *field == Field::Summary)
        {
            let (_, note) = record.values.remove(at);
            push_own_field(record, "note", &note);
            record.push(Field::Summary, &self.summary);
        }
        let has_summary = record.first(Field::Summary).is_some() || !self.summary.is_empty();
        for (field, text) in &self.manuscript {
            let is_known = record.has_value(*field, text);
            match field {
                _ if is_known => {}
                Field::Summary if has_summary => push_own_field(record, "msContents.summary", text),
                Field::Creator if is_letter || !self.authors.is_empty() => {
                    push_own_field(record, "msItem.author", text);
                }
                field => record.push(*field, text),
            }
        }
    }

    /// Fills the one record of the file. `is_letter`: its description has the sender and the date.
    pub(super) fn fill_record(&mut self, record: &mut Record, is_letter: bool) {
        for title in &self.titles {
            record.push(Field::Title, title);
        }
        for author in self.authors.iter().filter(|_| !is_letter) {
            record.push(Field::Creator, author);
        }
        for (name, role) in &self.contributors {
            record.push_contributor(name, role);
        }
        self.fill_location(record);
        self.fill_manuscript(record, is_letter);
        let single = [
            (Field::Summary, &self.summary),
            (Field::Url, &self.url),
            (Field::Rights, &self.rights),
            (Field::Id, &self.id),
        ];
        for (field, text) in single {
            if record.first(field).is_none() {
                record.push(field, text);
            }
        }
        self.languages.iter().for_each(|language| record.push(Field::Language, language));
        self.subjects.iter().for_each(|subject| record.push(Field::Subjects, subject));
        record.own.append(&mut self.rest.own);
        if record.date.text.is_empty() && !self.date.is_empty() {
            self.date.apply_to(record, "date.normal");
        }
        record.align_contributor_roles();
    }
}

/// Returns a language: its name, else its code.
fn language_of(language: Element<'_>) -> String {
    let text = language.text();
    if text.is_empty() { language.attribute("ident").unwrap_or("").to_owned() } else { text }
}
