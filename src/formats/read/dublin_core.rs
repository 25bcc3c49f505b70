//! The parser of Dublin Core, simple and qualified: which field each element fills.

use std::collections::HashSet;
use std::io;

use super::roles::NamedParty;
use super::xml::{Element, keep_attributes_and_kind, keep_element, push_own_field, root_name};
use super::{InputFile, Sink, date_events, tree};
use crate::record::date::{machine, reversed};
use crate::record::shown::is_relator_code;
use crate::record::{Date, DateSpan, Day, Field, ParsedDate, Record};

/// The field of each element that has one.
const ELEMENT_FIELDS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("alternative", Field::Title),
    ("creator", Field::Creator),
    ("contributor", Field::Contributor),
    ("subject", Field::Subjects),
    ("type", Field::Subjects),
    ("description", Field::Summary),
    ("abstract", Field::Summary),
    ("publisher", Field::Source),
    ("source", Field::Source),
    ("language", Field::Language),
    ("coverage", Field::Places),
    ("spatial", Field::Places),
    ("rights", Field::Rights),
    ("accessRights", Field::Rights),
    ("license", Field::Rights),
    ("isPartOf", Field::Collection),
    ("bibliographicCitation", Field::PreferredCitation),
];

/// Elements that are dates, the most telling first.
const DATE_ELEMENTS: &[&str] = &["created", "date", "issued"];

/// Elements of HTML and TEI in a text that say how it looks.
const MARKUP: &[&str] = &[
    "p", "br", "i", "b", "u", "em", "strong", "sub", "sup", "span", "div", "ul", "ol", "li", "hi",
    "lb",
];

/// Records and scans have been dated by programs since this year.
const FIRST_YEAR_OF_RECORDS: i64 = 1990;
/// A later date is that of the record or scan if this many years are between it and another.
const MIN_YEARS_TO_RECORD: i64 = 20;

/// The most dates of a description with which each of them is compared: comparing any number takes quadratic time.
const MAX_COMPARED_DATES: usize = 500;

/// Whether a text starts like one description or a list of them.
///
/// Feeds and RDF have elements of Dublin Core too, but not in descriptions.
pub(super) fn looks_like(beginning: &str) -> bool {
    let root = root_name(beginning);
    root.is_some_and(is_description)
        || root.is_some_and(|root| !["RDF", "rss", "feed"].contains(&root))
            && ["purl.org/dc/elements/1.1", "purl.org/dc/terms"]
                .iter()
                .any(|it| beginning.contains(it))
}

/// Whether an element of this name holds a description.
pub(super) fn is_description(name: &str) -> bool {
    ["dc", "dcterms", "qualifieddc", "oai_dc", "oai_dcterms"].contains(&name)
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    tree::read_dublin_core(file, sink)
}

/// Fills a record from a description.
pub(super) fn fill_record(description: Element<'_>, record: &mut Record) {
    let mut dates = DublinCoreDates::default();
    description.children().for_each(|element| add_element(element, record, &mut dates));
    dates.apply_to(record);
}

/// The field of an element of this name; `None` if its values go to own fields.
pub(super) fn field_of_element(name: &str) -> Option<Field> {
    ELEMENT_FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// Adds one element to a record. Its dates go to `dates`.
pub(super) fn add_element(element: Element<'_>, record: &mut Record, dates: &mut DublinCoreDates) {
    let (name, text) = (element.name(), element.text());
    // A text may have markup in it.
    let is_leaf =
        element.has_text() || element.children().all(|child| MARKUP.contains(&child.name()));
    match field_of_element(name) {
        Some(field @ (Field::Creator | Field::Contributor)) if is_leaf => {
            add_name(element, &text, field, record);
        }
        None if is_leaf && is_relator(name) => add_name(element, &text, Field::Contributor, record),
        Some(Field::Collection) if is_url(&text) => keep_element(element, record),
        Some(field) if is_leaf => {
            record.push(field, &text);
            // Here the kind is the vocabulary that the text is taken from.
            keep_attributes_and_kind(element, name, &text, record);
        }
        _ if name == "identifier" && is_url(&text) => record.push(Field::Url, &text),
        _ if name == "identifier" && is_leaf => record.push(Field::Id, &text),
        _ if DATE_ELEMENTS.contains(&name) && is_leaf && !is_unrelated_date(element) => {
            dates.add(name, &text);
        }
        _ => keep_element(element, record),
    }
}

/// Whether attributes say that a date is that of a copy, a scan or a description.
fn is_unrelated_date(element: Element<'_>) -> bool {
    let attributes = ["type", "qualifier", "event", "label"];
    attributes.into_iter().filter_map(|it| element.attribute(it)).any(date_events::is_unrelated)
}

/// Whether an element is named after the MARC code of a role: `marcrel:trl` is a kind of contributor.
fn is_relator(name: &str) -> bool {
    is_relator_code(name)
}

/// Adds who made the document or had a part in it. Some programs write the role into an attribute.
fn add_name(element: Element<'_>, text: &str, field: Field, record: &mut Record) {
    let name = element.name();
    let attributes = ["role", "relator", "qualifier"];
    let stated = attributes.into_iter().filter_map(|name| element.attribute(name));
    let mut roles: Vec<String> = stated.map(str::to_owned).collect();
    if is_relator(name) {
        roles.push(name.to_owned());
    }
    NamedParty { name: text, roles: &roles, kind: None, default: field }.add_to(record);
    keep_attributes_and_kind(element, name, text, record);
}

/// Whether an identifier is a URL.
pub(super) fn is_url(text: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The dates of one description.
#[derive(Debug, Default)]
pub(super) struct DublinCoreDates {
    dates: Vec<DublinCoreDate>,
    /// The texts of the dates.
    texts: HashSet<String>,
}

/// A date of a description.
#[derive(Debug)]
struct DublinCoreDate {
    /// The name of its element.
    element: String,
    date: Date,
}

impl DublinCoreDates {
    /// Whether the record has no date.
    pub(super) fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// Adds the date of an element; one that was added before is ignored.
    fn add(&mut self, element: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() && self.texts.insert(text.to_owned()) {
            let date = parse_date(text);
            self.dates.push(DublinCoreDate { element: element.to_owned(), date });
        }
    }

    /// Sets the date of a record: the dates of the most telling element, without those that programs
    /// wrote about the record or a scan. The others become own fields.
    pub(super) fn apply_to(mut self, record: &mut Record) {
        let is_read = |it: &DublinCoreDate| it.date.parsed != ParsedDate::Unreadable;
        let of_element = |name: &str| {
            let mut named = self.dates.iter().filter(|it| it.element == name);
            named.any(is_read)
        };
        let preferred = DATE_ELEMENTS.iter().find(|name| of_element(name)).copied();
        if let Some(preferred) = preferred {
            for other in self.dates.extract_if(.., |it| it.element != preferred) {
                push_own_field(record, &other.element, &other.date.text);
            }
        }
        let is_secondary: Vec<bool> =
            self.dates.iter().map(|date| self.is_secondary(date)).collect();
        let mut kept = Vec::new();
        for (it, is_secondary) in self.dates.into_iter().zip(is_secondary) {
            if is_secondary {
                push_own_field(record, &format!("{}.other", it.element), &it.date.text);
            } else {
                kept.push(it.date);
            }
        }
        record.date = match <[Date; 1]>::try_from(kept) {
            Ok([date]) => date,
            Err(dates) => join_dates(&dates),
        };
    }

    /// Whether a date is a code for no date, beside one that is known.
    fn is_place_holder(&self, it: &DublinCoreDate) -> bool {
        machine::parse(&it.date.text).is_some()
            && self.dates.iter().take(MAX_COMPARED_DATES).any(|it| it.date.span().is_some())
    }

    /// Whether a date does not count beside the others: a time stamp or a day long after them, which
    /// is that of the record or scan; the year of a day that is there too; a code for no date.
    fn is_secondary(&self, it: &DublinCoreDate) -> bool {
        let Some(span) = it.date.span() else { return self.is_place_holder(it) };
        let compared = || self.dates.iter().take(MAX_COMPARED_DATES);
        let others = || compared().filter(|other| other.date.text != it.date.text);
        let day = |span: Day| span.to_ymd().0;
        let is_stamp = |text: &str| {
            let time = text.split_once('T').map(|(_, time)| time);
            time.is_some_and(|time| time.starts_with(|letter: char| letter.is_ascii_digit()))
        };
        let is_earlier = |other: &DublinCoreDate| {
            other.date.span().is_some_and(|other| other.earliest < span.earliest)
        };
        if is_stamp(&it.date.text) {
            // Of several time stamps the earliest counts.
            return others().any(|other| {
                let is_dated = other.date.parsed != ParsedDate::Unreadable;
                is_dated && (!is_stamp(&other.date.text) || is_earlier(other))
            });
        }
        // The year of a day that is there too.
        let (first, last) = span.first_and_last_unit();
        let is_part = |other: DateSpan| {
            other.is_within(&span) && (other.earliest, other.latest) != (span.earliest, span.latest)
        };
        if first == last && others().filter_map(|other| other.date.span()).any(is_part) {
            return true;
        }
        let is_day = span.earliest == span.latest;
        is_day
            && day(span.earliest) >= FIRST_YEAR_OF_RECORDS
            && others().filter_map(|other| other.date.span()).any(|other| {
                !other.has_open_end()
                    && day(other.latest).saturating_add(MIN_YEARS_TO_RECORD) <= day(span.earliest)
            })
    }
}

/// Parses a date: a DCMI Period or a code for no date, else a text.
fn parse_date(text: &str) -> Date {
    let is_special = |parsed: &ParsedDate| text.contains('=') || *parsed == ParsedDate::Undated;
    let code = machine::parse(text).map(|(parsed, _)| parsed).filter(is_special);
    let parsed = code.unwrap_or_else(|| reversed::parse(text));
    Date { text: text.to_owned(), parsed }
}

/// Joins several dates: the span covers all of them.
fn join_dates(dates: &[Date]) -> Date {
    let texts: Vec<&str> = dates.iter().map(|date| date.text.as_str()).collect();
    let joined = Date::parse(&texts.join(", "));
    let spans = dates.iter().filter_map(Date::span).reduce(DateSpan::union);
    match spans {
        Some(span) if joined.parsed.is_doubtful() => Date::with_span(&joined.text, span),
        _ => joined,
    }
}
