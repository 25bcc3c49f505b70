//! One component of a finding aid: where each element of its description stands in a record.

use super::LONGEST_TITLE;
use crate::formats::read::date_sources::{Dated, KnownDates};
use crate::formats::read::truncate::shortened;
use crate::formats::read::xml::{Element, keep, push, push_own, say};
use crate::record::{Field, Record};

/// The field of an element that is prose.
fn prose(name: &str) -> Option<Field> {
    match name {
        "scopecontent" | "abstract" => Some(Field::Summary),
        "accessrestrict" | "userestrict" => Some(Field::Rights),
        _ => None,
    }
}

/// The field of an element that is one term.
fn term_field(name: &str) -> Option<Field> {
    match name {
        "persname" | "corpname" | "famname" | "name" => Some(Field::People),
        "geogname" => Some(Field::Places),
        "subject" | "genreform" | "function" | "occupation" | "title" => Some(Field::Subjects),
        _ => None,
    }
}

/// How many values of each kind a component mostly has.
const VALUES: usize = 8;

/// A component that is being read.
#[derive(Default)]
pub(super) struct Component {
    /// What was read of it and not handed over.
    pub(super) record: Record,
    /// Its title, for the path of those below, once its record was handed over.
    pub(super) title: String,
    /// Where it begins.
    pub(super) line: usize,
    /// How deep it stands.
    pub(super) depth: usize,
    /// Whether its record was handed over.
    pub(super) given: bool,
    /// The identifier of its element, which stands behind its own.
    id: String,
}

impl Component {
    /// A component with this tag.
    pub(super) fn begin(tag: Element<'_>, line: usize, depth: usize) -> Component {
        let mut component = Component { line, depth, ..Component::default() };
        component.record.values.reserve(VALUES);
        component.record.own.reserve(VALUES);
        for (name, value) in tag.attributes() {
            match name {
                "id" => value.clone_into(&mut component.id),
                "relatedencoding" | "type" | "audience" | "encodinganalog" => {}
                other => push_own(&mut component.record, other, value),
            }
        }
        component
    }

    /// Whether it says anything that was not handed over.
    pub(super) fn says_more(&self) -> bool {
        !self.given || self.record != Record::default()
    }

    /// The component after its record was handed over.
    pub(super) fn rest(&mut self) -> Component {
        Component {
            title: shortened(self.heading(), LONGEST_TITLE).into_owned(),
            line: self.line,
            depth: self.depth,
            given: true,
            ..Component::default()
        }
    }

    /// Puts in what is known only when all is read.
    pub(super) fn finish(&mut self, dates: &mut Dated, known: &mut KnownDates) {
        let id = std::mem::take(&mut self.id);
        if !self.record.all(Field::Id).any(|known| known == id) {
            push(&mut self.record, Field::Id, id);
        }
        if *dates != Dated::default() {
            known.put_in(dates, &mut self.record, "unitdate.normal");
            dates.clear();
        }
    }

    /// What it is called on the path of those below: its title, or its identifier.
    pub(super) fn heading(&self) -> &str {
        let heading = || self.record.title().or(self.record.first(Field::Id)).unwrap_or("");
        if self.title.is_empty() { heading() } else { &self.title }
    }

    /// Takes an element right in the component, and its dates apart.
    pub(super) fn describe(&mut self, element: Element<'_>, dates: &mut Dated) {
        match element.name() {
            "did" => element.children().for_each(|child| self.identify(child, dates)),
            "controlaccess" => self.terms(element),
            "head" => push_own(&mut self.record, "head", &element.text()),
            _ => self.other(element),
        }
    }

    /// Takes an element that identifies the component.
    fn identify(&mut self, element: Element<'_>, dates: &mut Dated) {
        let record = &mut self.record;
        match element.name() {
            "unittitle" => {
                element.all("unitdate").for_each(|it| date(it, dates));
                push(record, Field::Title, element.text());
            }
            "unitid" => {
                push(record, Field::Id, element.text());
                let kind = element.attribute("type").or(element.attribute("label"));
                let name =
                    kind.map_or_else(|| "unitid".to_owned(), |kind| format!("unitid.{kind}"));
                if kind.is_some() {
                    push_own(record, &name, &element.text());
                }
            }
            "unitdate" => date(element, dates),
            "unitdatestructured" => structured(element, dates),
            "repository" => push(record, Field::Source, element.text()),
            "origination" => people(element, record),
            "langmaterial" => language(element, record),
            _ => self.other(element),
        }
    }

    /// The terms of a list, which may hold other lists.
    fn terms(&mut self, list: Element<'_>) {
        let mut waiting = vec![list];
        while let Some(element) = waiting.pop() {
            match (term_field(element.name()), element.name()) {
                (Some(field), _) => term(element, field, &mut self.record),
                (None, "controlaccess" | "list" | "item" | "p")
                    if element.children().next().is_some() =>
                {
                    let first = waiting.len();
                    waiting.extend(element.children());
                    waiting.get_mut(first..).unwrap_or_default().reverse();
                }
                (None, "head") => {}
                (None, _) => keep(element, &mut self.record),
            }
        }
    }

    /// Any other element: prose with a place of its own, an address, or kept under its name.
    fn other(&mut self, element: Element<'_>) {
        let name = element.name();
        if let Some(field) = prose(name) {
            push(&mut self.record, field, element.text_without(|name| name == "head"));
        } else if ["dao", "daogrp", "daoset"].contains(&name) {
            self.address(element);
        } else if element.has_text() || element.first("p").is_none() {
            keep(element, &mut self.record);
        } else {
            push_own(&mut self.record, name, &element.text_without(|name| name == "head"));
        }
    }

    /// A digital object: its address, and what is said of it.
    fn address(&mut self, object: Element<'_>) {
        let mut waiting = vec![object];
        while let Some(element) = waiting.pop() {
            self.record.push(Field::Url, element.attribute("href").unwrap_or(""));
            waiting.extend(element.children());
        }
        let title = object.attribute("title").or(object.attribute("linktitle")).unwrap_or("");
        let text = object.text();
        push_own(&mut self.record, "dao", if text.is_empty() { title } else { &text });
    }
}

/// A date: its text, and its days in `normal`.
fn date(element: Element<'_>, dates: &mut Dated) {
    dates.show(&element.text());
    for name in ["normal", "standarddate"] {
        dates.machine(element.attribute(name).unwrap_or(""));
    }
    dates.qualify(element.attribute("certainty").unwrap_or(""));
}

/// A date of EAD3 in parts, which may also stand as text beside it.
fn structured(element: Element<'_>, dates: &mut Dated) {
    let mut waiting: Vec<_> = element.children().collect();
    let mut shown = Vec::new();
    while let Some(part) = waiting.pop() {
        waiting.extend(part.children());
        for name in ["standarddate", "notbefore", "notafter"] {
            dates.machine(part.attribute(name).unwrap_or(""));
        }
        if part.children().next().is_none() {
            shown.push(part.text());
        }
    }
    shown.reverse();
    let ends = shown.len() == 2 && element.first("daterange").is_some();
    if dates.is_empty() {
        dates.show(&shown.join(if ends { "–" } else { ", " }));
    }
}

/// A name or a term, and what is said of it.
fn term(element: Element<'_>, field: Field, record: &mut Record) {
    let text = element.text();
    say(element, element.name(), &text, record);
    push(record, field, text);
}

/// Those who made the documents: each name, or the text where none is marked.
fn people(element: Element<'_>, record: &mut Record) {
    let is_term = |name: &str| term_field(name).is_some();
    let mut names = element.children().filter(|child| is_term(child.name())).peekable();
    if names.peek().is_none() {
        return push(record, Field::People, element.text());
    }
    names.for_each(|name| term(name, Field::People, record));
    let rest = element.text_without(is_term);
    push_own(record, "origination", &rest);
}

/// The languages that are marked; else what is said of them. What is said more is kept.
fn language(element: Element<'_>, record: &mut Record) {
    let mut waiting = vec![element];
    let before = record.values.len();
    while let Some(element) = waiting.pop() {
        if element.name() == "language" {
            let text = element.text();
            let code = element.attribute("langcode").unwrap_or("");
            record.push(Field::Language, if text.is_empty() { code } else { &text });
        } else {
            let below: Vec<_> = element.children().collect();
            waiting.extend(below.into_iter().rev());
        }
    }
    let rest = element.text_without(|name| name == "language");
    if record.values.len() == before {
        record.push(Field::Language, &rest);
    } else if rest.chars().any(char::is_alphabetic) {
        push_own(record, "langmaterial", &element.text());
    }
}
