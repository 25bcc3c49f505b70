//! One component of a finding aid: which field of its record each element fills.

use super::MAX_TITLE_BYTES;
use super::dates::{add_date, add_structured_date};
use crate::formats::read::date_sources::{DateSources, DateSourcesCache};
use crate::formats::read::truncate::truncate;
use crate::formats::read::xml::{
    Element, keep_attributes, keep_element, push_own_field, push_value,
};
use crate::record::{Field, Record, SourceHash};

/// The field of an element that holds prose.
fn prose_field(name: &str) -> Option<Field> {
    match name {
        "scopecontent" | "abstract" => Some(Field::Summary),
        "accessrestrict" | "userestrict" => Some(Field::Rights),
        _ => None,
    }
}

/// The field of an element that holds one name or term.
fn term_field(name: &str) -> Option<Field> {
    match name {
        "persname" | "corpname" | "famname" | "name" => Some(Field::People),
        "geogname" => Some(Field::Places),
        "subject" | "genreform" | "function" | "occupation" | "title" => Some(Field::Subjects),
        _ => None,
    }
}

/// The number of values that most components have, reserved in advance.
const EXPECTED_VALUES: usize = 8;

/// A component that is being read.
#[derive(Default)]
pub(super) struct Component {
    /// The values that were read and not emitted yet.
    pub(super) record: Record,
    /// The title for the paths of its children; empty until its record is emitted.
    pub(super) title: String,
    /// The line of its start tag.
    pub(super) line: usize,
    /// The depth of its element.
    pub(super) depth: usize,
    /// Whether its record was emitted.
    pub(super) emitted: bool,
    /// What the file says of it so far, without its own components.
    pub(super) source_hash: SourceHash,
    /// The `id` attribute, which follows the unit identifiers.
    id: String,
}

impl Component {
    /// Creates a component from its start tag.
    pub(super) fn from_tag(tag: Element<'_>, line: usize, depth: usize) -> Component {
        let mut component = Component { line, depth, ..Component::default() };
        component.record.values.reserve(EXPECTED_VALUES);
        component.record.own.reserve(EXPECTED_VALUES);
        for (name, value) in tag.attributes() {
            match name {
                "id" => value.clone_into(&mut component.id),
                "relatedencoding" | "type" | "audience" | "encodinganalog" => {}
                other => push_own_field(&mut component.record, other, value),
            }
        }
        component
    }

    /// Whether it has values that were not emitted.
    pub(super) fn has_unemitted(&self) -> bool {
        !self.emitted || self.record != Record::default()
    }

    /// Returns the component as it is after its record was emitted: title and position only.
    pub(super) fn after_emitting(&mut self) -> Component {
        Component {
            title: truncate(self.heading(), MAX_TITLE_BYTES).into_owned(),
            line: self.line,
            depth: self.depth,
            emitted: true,
            ..Component::default()
        }
    }

    /// Adds identifier and date, which are known only when the component was read.
    pub(super) fn finish(&mut self, dates: &mut DateSources, cache: &mut DateSourcesCache) {
        let id = std::mem::take(&mut self.id);
        if !self.record.all(Field::Id).any(|other| other == id) {
            push_value(&mut self.record, Field::Id, id);
        }
        if *dates != DateSources::default() {
            cache.apply(dates, &mut self.record, "unitdate.normal");
            dates.clear();
        }
    }

    /// The heading for the paths of its children: its title, or its identifier.
    pub(super) fn heading(&self) -> &str {
        let record_heading = || self.record.title().or(self.record.first(Field::Id)).unwrap_or("");
        if self.title.is_empty() { record_heading() } else { &self.title }
    }

    /// Adds a child element of the component. Its dates go to `dates`.
    pub(super) fn add_element(&mut self, element: Element<'_>, dates: &mut DateSources) {
        match element.name() {
            "did" => element.children().for_each(|child| self.add_identification(child, dates)),
            "controlaccess" => self.add_terms(element),
            "head" => push_own_field(&mut self.record, "head", &element.text()),
            _ => self.add_other(element),
        }
    }

    /// Adds a child element of `did`, the identification of the component.
    fn add_identification(&mut self, element: Element<'_>, dates: &mut DateSources) {
        let record = &mut self.record;
        match element.name() {
            "unittitle" => {
                element.children_named("unitdate").for_each(|it| add_date(it, dates));
                push_value(record, Field::Title, element.text());
            }
            "unitid" => {
                push_value(record, Field::Id, element.text());
                let kind = element.attribute("type").or(element.attribute("label"));
                let name =
                    kind.map_or_else(|| "unitid".to_owned(), |kind| format!("unitid.{kind}"));
                if kind.is_some() {
                    push_own_field(record, &name, &element.text());
                }
            }
            "unitdate" => add_date(element, dates),
            "unitdatestructured" => add_structured_date(element, dates),
            "repository" => push_value(record, Field::Source, element.text()),
            "origination" => add_creators(element, record),
            "langmaterial" => add_languages(element, record),
            _ => self.add_other(element),
        }
    }

    /// Adds the terms of a `controlaccess` list, which may hold other lists.
    fn add_terms(&mut self, list: Element<'_>) {
        let mut pending = vec![list];
        while let Some(element) = pending.pop() {
            match (term_field(element.name()), element.name()) {
                (Some(field), _) => add_term(element, field, &mut self.record),
                (None, "controlaccess" | "list" | "item" | "p")
                    if element.children().next().is_some() =>
                {
                    let first = pending.len();
                    pending.extend(element.children());
                    pending.get_mut(first..).unwrap_or_default().reverse();
                }
                (None, "head") => {}
                (None, _) => keep_element(element, &mut self.record),
            }
        }
    }

    /// Adds any other element: to a field for prose, as a digital object, or as an own field.
    fn add_other(&mut self, element: Element<'_>) {
        let name = element.name();
        if let Some(field) = prose_field(name) {
            push_value(&mut self.record, field, element.text_without(|name| name == "head"));
        } else if ["dao", "daogrp", "daoset"].contains(&name) {
            self.add_digital_object(element);
        } else if element.has_text() || element.first_child("p").is_none() {
            keep_element(element, &mut self.record);
        } else {
            push_own_field(&mut self.record, name, &element.text_without(|name| name == "head"));
        }
    }

    /// Adds the addresses of a digital object, and its title or text.
    fn add_digital_object(&mut self, object: Element<'_>) {
        let mut pending = vec![object];
        while let Some(element) = pending.pop() {
            self.record.push(Field::Url, element.attribute("href").unwrap_or(""));
            pending.extend(element.children());
        }
        let title = object.attribute("title").or(object.attribute("linktitle")).unwrap_or("");
        let text = object.text();
        push_own_field(&mut self.record, "dao", if text.is_empty() { title } else { &text });
    }
}

/// Adds a name or a term, with its content attributes.
fn add_term(element: Element<'_>, field: Field, record: &mut Record) {
    let text = element.text();
    keep_attributes(element, element.name(), &text, record);
    push_value(record, field, text);
}

/// Adds the creators of the documents: each marked name, or the text if none is marked.
fn add_creators(element: Element<'_>, record: &mut Record) {
    let is_term = |name: &str| term_field(name).is_some();
    let mut names = element.children().filter(|child| is_term(child.name())).peekable();
    if names.peek().is_none() {
        return push_value(record, Field::People, element.text());
    }
    names.for_each(|name| add_term(name, Field::People, record));
    let rest = element.text_without(is_term);
    push_own_field(record, "origination", &rest);
}

/// Adds the marked languages, or the text if none is marked. Other text goes to an own field.
fn add_languages(element: Element<'_>, record: &mut Record) {
    let mut pending = vec![element];
    let old_count = record.values.len();
    while let Some(element) = pending.pop() {
        if element.name() == "language" {
            let text = element.text();
            let code = element.attribute("langcode").unwrap_or("");
            record.push(Field::Language, if text.is_empty() { code } else { &text });
        } else {
            let children: Vec<_> = element.children().collect();
            pending.extend(children.into_iter().rev());
        }
    }
    let rest = element.text_without(|name| name == "language");
    if record.values.len() == old_count {
        record.push(Field::Language, &rest);
    } else if rest.chars().any(char::is_alphabetic) {
        push_own_field(record, "langmaterial", &element.text());
    }
}
