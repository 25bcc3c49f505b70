//! The description of a letter: who sent it to whom, when and where
//! (<https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-correspDesc.html>).

use crate::formats::read::date_sources::{Coverage, DateSources};
use crate::formats::read::given_dates::{CodeKind, Point};
use crate::formats::read::names;
use crate::formats::read::xml::{Element, push_own_field};
use crate::record::{Field, NameParts, Record, StatedKind};

/// Fills a record from a `correspDesc`.
pub(super) fn fill_record(description: Element<'_>, record: &mut Record) {
    if let Some(key) = description.attribute("key") {
        record.push(Field::Id, key);
    }
    if let Some(address) = description.attribute("ref") {
        record.push(Field::Url, address);
    }
    let mut dates = DateSources::default();
    for action in description.children() {
        match action.name() {
            "correspAction" => add_action(action, record, &mut dates),
            "note" => record.push(Field::Summary, &action.text()),
            name => {
                push_own_field(record, name, &action.text());
                for reference in action.descendants() {
                    let address = reference.attribute("target").unwrap_or("");
                    push_own_field(record, &format!("{name}.target"), address);
                }
            }
        }
    }
    for name in ["source", "n"] {
        push_own_field(record, name, description.attribute(name).unwrap_or(""));
    }
    dates.apply_to(record, "date.normal");
}

/// Adds what happened to a letter: it was sent, received, forwarded.
fn add_action(action: Element<'_>, record: &mut Record, dates: &mut DateSources) {
    let kind = action.attribute("type").unwrap_or("");
    let mut last_place: Option<Element<'_>> = None;
    for child in action.descendants() {
        let is_in_place = last_place.is_some_and(|place| place.contains(child));
        if child.name() == "placeName" && !is_in_place {
            last_place = Some(child);
        }
        match child.name() {
            "persName" | "orgName" | "name" | "rs" => add_party(child, kind, record),
            "settlement" if is_in_place => {}
            "placeName" | "settlement" => {
                record.push_new(Field::Places, &child.text());
            }
            "date" if kind == "sent" || kind.is_empty() => add_date(child, dates),
            "date" => push_own_field(record, &format!("date.{kind}"), &date_text(child)),
            "note" => push_own_field(record, "note", &child.text()),
            _ => {}
        }
    }
}

/// Adds a person or body to the field of its action.
fn add_party(party: Element<'_>, kind: &str, record: &mut Record) {
    let name = name_of(party, record);
    match kind {
        "sent" => record.push(Field::Creator, &name),
        "received" => record.push(Field::Recipient, &name),
        "" => record.push(Field::People, &name),
        kind => record.push_contributor(&name, kind),
    }
    if party.name() == "orgName" && !name.is_empty() {
        record.set_name_kind(&name, StatedKind::Body);
    }
    push_own_field(record, "name.ref", party.attribute("ref").unwrap_or(""));
}

/// Returns a name: its parts as `Family, Given`, else its text.
pub(super) fn name_of(party: Element<'_>, record: &mut Record) -> String {
    let joined = |name: &str| {
        let texts: Vec<String> =
            party.descendants().filter(|it| it.name() == name).map(Element::text).collect();
        texts.join(" ")
    };
    let (family, given) = (joined("surname"), joined("forename"));
    if family.is_empty() || given.is_empty() {
        return party.text();
    }
    let (particle, suffix) = (joined("nameLink"), joined("genName"));
    names::from_parts(
        record,
        NameParts {
            family: &family,
            given: &given,
            dropping_particle: &particle,
            leading_particle: "",
            suffix: &suffix,
        },
    )
}

/// Adds a date: its text, and the codes in its attributes.
pub(super) fn add_date(date: Element<'_>, dates: &mut DateSources) {
    dates.add_text(&date.text());
    let mut add = |name: &str, point| {
        if let Some(code) = date.attribute(name) {
            dates.add_code(Coverage::Inclusive, CodeKind { point, is_edtf: false }, code);
        }
    };
    add("when", Point::Whole);
    for name in ["from", "notBefore"] {
        add(name, Point::Start);
    }
    for name in ["to", "notAfter"] {
        add(name, Point::End);
    }
    if let Some("low" | "medium" | "unknown") = date.attribute("cert") {
        dates.add_qualifier("uncertain");
    }
}

/// Returns a date in one text.
fn date_text(date: Element<'_>) -> String {
    let text = date.text();
    if !text.is_empty() {
        return text;
    }
    let codes = ["when", "from", "notBefore", "to", "notAfter"];
    let codes: Vec<&str> = codes.iter().filter_map(|name| date.attribute(name)).collect();
    codes.join("/")
}
