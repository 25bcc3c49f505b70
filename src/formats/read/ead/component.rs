//! One component of a finding aid: which field of its record each element fills.

use super::MAX_TITLE_BYTES;
use super::dates::{add_date, add_structured_date};
use super::holdings::{CodeKind, add_container, add_repository, code_kind};
use super::names::{add_access_point, add_names_in_title, add_origination, is_name};
use super::terms::term_text;
use crate::formats::field_names::{is_known, words_of};
use crate::formats::read::date_sources::{DateSources, DateSourcesCache};
use crate::formats::read::shelf_locations::without_citation_heading;
use crate::formats::read::truncate::truncate;
use crate::formats::read::xml::{
    Element, keep_attributes, keep_element, keep_links, push_own_field, push_value,
};
use crate::record::{Field, Record, SourceHash, TitleForm};

/// The field of an element that holds prose.
fn prose_field(name: &str) -> Option<Field> {
    match name {
        "scopecontent" | "abstract" => Some(Field::Summary),
        "accessrestrict" | "userestrict" => Some(Field::Rights),
        _ => None,
    }
}

/// The field of an element that holds one term.
fn term_field(name: &str) -> Option<Field> {
    match name {
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
    /// Whether it is a series.
    pub(super) is_series: bool,
    /// The `id` attribute, which follows the unit identifiers.
    id: String,
    /// The identifiers by which readers may order it.
    codes: Vec<(CodeKind, String)>,
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
                "level" | "otherlevel" => {
                    component.is_series |= value.trim().eq_ignore_ascii_case("series");
                    push_own_field(&mut component.record, name, value);
                }
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
            is_series: self.is_series,
            ..Component::default()
        }
    }

    /// Adds identifier and date, which are known only when the component was read.
    pub(super) fn finish(&mut self, dates: &mut DateSources, cache: &mut DateSourcesCache) {
        let id = std::mem::take(&mut self.id);
        if !self.record.all(Field::Id).any(|other| other == id) {
            push_value(&mut self.record, Field::Id, id);
        }
        let codes = std::mem::take(&mut self.codes);
        let best = codes.iter().map(|(kind, _)| *kind).min();
        let best_codes = codes.into_iter().filter(|(kind, _)| Some(*kind) == best);
        best_codes.for_each(|(_, code)| push_value(&mut self.record, Field::ReferenceCode, code));
        if !dates.is_blank() {
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
                push_value(record, Field::Title, title_text(element));
                add_names_in_title(element, record);
                let mut marked = element.descendants().filter(|it| it.name() == "title").peekable();
                if marked.peek().is_some() && is_marked_title(element) {
                    record.set_title_form(TitleForm::Quoted);
                } else {
                    marked.for_each(|title| record.push_quoted_title_part(&title.text()));
                }
            }
            "unitid" => {
                push_value(record, Field::Id, element.text());
                self.codes.extend(code_kind(element).map(|kind| (kind, element.text())));
                let kind = element.attribute("type").or(element.attribute("label"));
                let name =
                    kind.map_or_else(|| "unitid".to_owned(), |kind| format!("unitid.{kind}"));
                if kind.is_some() {
                    push_own_field(record, &name, &element.text());
                }
            }
            "unitdate" => add_date(element, dates),
            "unitdatestructured" => add_structured_date(element, dates),
            "repository" => add_repository(element, record),
            "origination" => add_origination(element, record),
            "container" => add_container(element, record),
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
                (None, name) if is_name(name) => add_access_point(element, &mut self.record),
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
        if let Some(head) = element.first_child("head").map(Element::text)
            && is_own_heading(&head)
        {
            push_own_field(&mut self.record, &format!("{name}.head"), &head);
        }
        if let Some(field) = prose_field(name) {
            push_value(&mut self.record, field, element.text_without_children("head"));
            keep_links(element, name, &mut self.record);
        } else if name == "prefercite" {
            let text = element.text_without(|name| name == "head");
            self.record.push(Field::PreferredCitation, without_citation_heading(&text));
        } else if ["dao", "daogrp", "daoset"].contains(&name) {
            self.add_digital_object(element);
        } else if element.has_text() || element.first_child("p").is_none() {
            keep_element(element, &mut self.record);
        } else {
            push_own_field(&mut self.record, name, &element.text_without_children("head"));
            keep_links(element, name, &mut self.record);
        }
    }

    /// Adds the addresses of a digital object in the order of the file, and its titles and text.
    fn add_digital_object(&mut self, object: Element<'_>) {
        let text = object.text();
        push_own_field(&mut self.record, "dao", &text);
        for element in std::iter::once(object).chain(object.descendants()) {
            self.record.push(Field::Url, element.attribute("href").unwrap_or(""));
            let title = element.attribute("title").or(element.attribute("linktitle")).unwrap_or("");
            if !text.contains(title) {
                push_own_field(&mut self.record, "dao", title);
            }
        }
    }
}

/// Words of the headings that say which element they head: “Scope and Contents”, “Conditions Governing Access”.
const HEADING_WORDS: [&str; 62] = [
    "a",
    "about",
    "abstract",
    "access",
    "acquisition",
    "additional",
    "administrative",
    "and",
    "appraisal",
    "arrangement",
    "biographical",
    "biography",
    "bibliography",
    "chronology",
    "citation",
    "collection",
    "conditions",
    "content",
    "contents",
    "copies",
    "copyright",
    "custodial",
    "custody",
    "description",
    "finding",
    "for",
    "form",
    "general",
    "governing",
    "guide",
    "history",
    "historical",
    "immediate",
    "index",
    "information",
    "inventory",
    "language",
    "location",
    "material",
    "materials",
    "note",
    "notes",
    "of",
    "on",
    "original",
    "originals",
    "organization",
    "other",
    "physical",
    "preferred",
    "processing",
    "provenance",
    "publication",
    "related",
    "restrictions",
    "rights",
    "scope",
    "separated",
    "source",
    "subject",
    "the",
    "use",
];

/// Whether a heading says something of its own, and not only which element it heads.
fn is_own_heading(head: &str) -> bool {
    let mut words = words_of(head).into_iter().peekable();
    words.peek().is_some()
        && !is_known(head)
        && words.any(|word| {
            let singular = word.strip_suffix('s').unwrap_or(&word);
            !HEADING_WORDS.contains(&word.as_str()) && !HEADING_WORDS.contains(&singular)
        })
}

/// Adds a term, with its content attributes.
fn add_term(element: Element<'_>, field: Field, record: &mut Record) {
    let text = term_text(element);
    keep_attributes(element, element.name(), &text, record);
    push_value(record, field, text);
}

/// Whether the whole title is marked as the title of a work or document, and not as a description.
fn is_marked_title(title: Element<'_>) -> bool {
    let rest = title.text_without(|name| matches!(name, "title" | "unitdate"));
    !rest.chars().any(char::is_alphanumeric)
        && title.text_without(|name| name == "unitdate") != rest
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

/// Returns the text of a title without the dates in it, which are dates of the record.
fn title_text(title: Element<'_>) -> String {
    let text = title.text();
    if title.children_named("unitdate").next().is_none() {
        return text;
    }
    let bare = title.text_without_children("unitdate");
    let bare = ["()", "( )", "[]", "[ ]"].iter().fold(bare, |text, empty| text.replace(empty, ""));
    let parts = bare.split(',').map(str::trim).filter(|part| !part.is_empty());
    let bare = parts.collect::<Vec<_>>().join(", ");
    let bare = bare.trim_end_matches([',', ';', ':', ' ']);
    if bare.is_empty() { text } else { bare.to_owned() }
}
