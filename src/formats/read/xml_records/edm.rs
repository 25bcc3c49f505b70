//! Reads EDM, the Europeana Data Model: RDF with an object, how it is provided, and the agents and places it names.
//!
//! See <https://pro.europeana.eu/page/edm-documentation>.

use std::collections::HashMap;

use crate::formats::read::dublin_core::{self, DublinCoreDates};
use crate::formats::read::xml::{Element, keep_element, push_own_field};
use crate::record::{Field, Record};

/// Fills a record from an element `RDF`.
pub(super) fn fill_record(rdf: Element<'_>, record: &mut Record) {
    let labels = labels(rdf);
    let mut used_labels = Vec::new();
    let mut dates = DublinCoreDates::default();
    for part in rdf.children() {
        for element in part.children() {
            match part.name() {
                "ProvidedCHO" | "Proxy" => {
                    let address = element.attribute("resource").unwrap_or("");
                    match labels.get(address) {
                        Some(label) if element.text().is_empty() => {
                            used_labels.push(address.to_owned());
                            push_labelled(element.name(), label, record);
                        }
                        _ => dublin_core::add_element(element, record, &mut dates),
                    }
                }
                "Aggregation" | "EuropeanaAggregation" => add_aggregation(element, record),
                _ => {}
            }
        }
    }
    if !dates.is_empty() {
        dates.apply_to(record);
    }
    // Agents and places that the object does not name, and what else is said about them.
    for part in rdf.children() {
        let is_used =
            part.attribute("about").is_some_and(|it| used_labels.iter().any(|used| used == it));
        let is_description =
            ["ProvidedCHO", "Proxy", "Aggregation", "EuropeanaAggregation"].contains(&part.name());
        for element in part.children().filter(|_| !is_description) {
            if !(is_used && element.name() == "prefLabel") {
                let mut kept = Record::default();
                keep_element(element, &mut kept);
                for (name, text) in kept.own {
                    push_own_field(record, &format!("{}.{name}", part.name()), &text);
                }
            }
        }
    }
}

/// The names of the agents, places, concepts and times, by their addresses.
fn labels(rdf: Element<'_>) -> HashMap<&str, String> {
    let with_label = rdf.children().filter_map(|part| {
        let label = part.first_child("prefLabel")?.text();
        Some((part.attribute("about")?, label))
    });
    with_label.collect()
}

/// Adds a value that is the name of another part of the description.
fn push_labelled(name: &str, label: &str, record: &mut Record) {
    match dublin_core::field_of_element(name) {
        Some(field) => record.push(field, label),
        None => push_own_field(record, name, label),
    }
}

/// Adds an element of the part that says who provides the object and where it is shown.
fn add_aggregation(element: Element<'_>, record: &mut Record) {
    let text = element.text();
    let value = if text.is_empty() { element.attribute("resource").unwrap_or("") } else { &text };
    match element.name() {
        "isShownAt" => record.push(Field::Url, value),
        "dataProvider" => record.push(Field::Repository, value),
        "rights" => record.push(Field::Rights, value),
        name => push_own_field(record, name, value),
    }
}
