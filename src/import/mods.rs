//! MODS: where each element of a description stands in a record.

use std::io;

use super::dated::Dated;
use super::xml::{Element, keep, push_own, root};
use super::{Accession, Sink, harvest};
use crate::record::{Field, Record};

/// Elements of `originInfo` that are dates, the best one first.
const DATES: &[&str] = &["dateCreated", "dateIssued", "copyrightDate", "dateOther", "dateCaptured"];

/// Whether a text begins as a description does, or as a list of them.
pub(super) fn looks_like(beginning: &str) -> bool {
    root(beginning).is_some_and(|name| ["mods", "modsCollection"].contains(&name))
}

/// Reads every description in a file.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    harvest::read(file, sink)
}

/// Puts the elements of a description into a record.
pub(super) fn describe(description: Element<'_>, record: &mut Record) {
    let titles = || description.children().filter(|it| is_title(it.name()));
    let title = |kind: bool| move |it: &Element<'_>| it.attribute("type").is_none() == kind;
    titles().filter(title(true)).for_each(|it| titled(it, record));
    titles().filter(title(false)).for_each(|it| titled(it, record));
    for element in description.children() {
        match element.name() {
            name if is_title(name) => {}
            "originInfo" => {}
            "name" => people(element, record),
            "abstract" => record.push(Field::Summary, &element.text()),
            "genre" => record.push(Field::Subjects, &element.text()),
            "subject" => subject(element, record),
            "language" => language(element, record),
            "location" => location(element, record),
            "accessCondition" => record.push(Field::Rights, &element.text()),
            "identifier" => identifier(element, record),
            "relatedItem" => related(element, record),
            "recordInfo" => about(element, record),
            _ => keep(element, record),
        }
    }
    origin(description, record);
}

/// Whether an element of this name holds a title; some programs write it small.
fn is_title(name: &str) -> bool {
    name.eq_ignore_ascii_case("titleInfo")
}

/// A title with the article before it, the subtitle and the part.
fn title(info: Element<'_>) -> String {
    let mut title = String::new();
    for part in info.children() {
        let text = part.text();
        let gap = match part.name() {
            _ if title.is_empty() => "",
            "subTitle" => ": ",
            "title" if title.ends_with(['\'', '’']) => "",
            "title" => " ",
            _ => ". ",
        };
        if !text.is_empty() {
            title.truncate(title.trim_end_matches([' ', ':', '/']).len());
            title.push_str(gap);
            title.push_str(&text);
        }
    }
    title
}

/// Adds a title.
fn titled(info: Element<'_>, record: &mut Record) {
    let title = title(info);
    record.push(
        Field::Title,
        if title.is_empty() { info.attribute("href").unwrap_or("") } else { &title },
    );
}

/// A person or body, with family name first, and what it did kept beside.
fn people(name: Element<'_>, record: &mut Record) {
    let part = |kind: &str| {
        let mut parts = name.all("namePart").filter(|part| part.attribute("type") == Some(kind));
        parts.next().map(Element::text).filter(|text| !text.is_empty())
    };
    let plain = name.all("namePart").filter(|part| part.attribute("type").is_none());
    let plain: Vec<_> = plain.map(Element::text).filter(|text| !text.is_empty()).collect();
    let inverted =
        [part("family"), part("given")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let shown = || name.first("displayForm").map(Element::text).unwrap_or_default();
    let mut text = match (plain.is_empty(), inverted.is_empty()) {
        (false, _) => plain.join(". "),
        (true, false) => inverted,
        (true, true) => shown(),
    };
    for more in ["termsOfAddress", "date"].into_iter().filter_map(part) {
        text = format!("{}, {more}", text.trim_end_matches([',', ' ']));
    }
    record.push(Field::People, &text);
    for child in name.children() {
        match (child.name(), child.attribute("type")) {
            ("namePart", None | Some("family" | "given" | "date" | "termsOfAddress")) => {}
            ("role", _) => {
                let roles: Vec<_> = child.all("roleTerm").map(Element::text).collect();
                push_own(record, "name.role", &format!("{text}: {}", roles.join(", ")));
            }
            _ => keep(child, record),
        }
    }
}

/// A subject: each part is one term.
fn subject(subject: Element<'_>, record: &mut Record) {
    for part in subject.children() {
        match part.name() {
            "name" => people(part, record),
            "geographic" => record.push(Field::Places, &part.text()),
            "hierarchicalGeographic" => {
                let parts: Vec<_> = part.children().map(Element::text).collect();
                record.push(Field::Places, &parts.join(", "));
            }
            "titleInfo" => record.push(Field::Subjects, &title(part)),
            "topic" | "genre" | "temporal" | "occupation" => {
                record.push(Field::Subjects, &part.text());
            }
            _ => keep(part, record),
        }
    }
    if subject.children().next().is_none() {
        record.push(Field::Subjects, &subject.text());
    }
}

/// A language in words where there are some, else by its code.
fn language(language: Element<'_>, record: &mut Record) {
    let terms = || language.all("languageTerm");
    let words = terms().find(|term| term.attribute("type") == Some("text"));
    let text = words.or_else(|| terms().next()).unwrap_or(language).text();
    record.push(Field::Language, &text);
    terms()
        .map(Element::text)
        .filter(|term| *term != text)
        .for_each(|term| push_own(record, "language.code", &term));
}

/// Where it is held, and its address.
fn location(location: Element<'_>, record: &mut Record) {
    for part in location.children() {
        match part.name() {
            "url" => record.push(Field::Url, &part.text()),
            "physicalLocation" => record.push(Field::Source, &part.text()),
            _ => keep(part, record),
        }
    }
}

/// An identifier; one that is an address is one.
fn identifier(element: Element<'_>, record: &mut Record) {
    let text = element.text();
    if super::dublin_core::is_address(&text) {
        return record.push(Field::Url, &text);
    }
    record.push(Field::Id, &text);
    if element.attribute("type").is_some() {
        keep(element, record);
    }
}

/// What it stands in is its collection; other works are kept.
fn related(item: Element<'_>, record: &mut Record) {
    let within = matches!(item.attribute("type"), Some("host" | "series"));
    for part in item.children() {
        match part.name() {
            "titleInfo" if within => record.push(Field::Collection, &title(part)),
            "location" if item.attribute("type") == Some("original") => location(part, record),
            _ => {
                let mut kept = Record::default();
                keep(part, &mut kept);
                let kind =
                    item.attribute("type").map(|kind| format!(".{kind}")).unwrap_or_default();
                for (name, text) in kept.own {
                    push_own(record, &format!("relatedItem{kind}.{name}"), &text);
                }
            }
        }
    }
    if item.children().next().is_none() {
        keep(item, record);
    }
}

/// The identifier of the description; the rest of what is said of it is kept.
fn about(info: Element<'_>, record: &mut Record) {
    for part in info.children() {
        match part.name() {
            "recordIdentifier" => record.push(Field::Id, &part.text()),
            _ => keep(part, record),
        }
    }
}

/// The dates of its making, and what else is said of it. What has no date was made when the work
/// that it stands in was.
fn origin(description: Element<'_>, record: &mut Record) {
    let mut dates = Dated::default();
    made(description, &mut dates, |part| keep(part, record));
    for host in description.all("relatedItem") {
        if dates.is_empty() && matches!(host.attribute("type"), Some("host")) {
            made(host, &mut dates, |_| {});
        }
        let parts = host.all("part").flat_map(|part| part.all("date"));
        if dates.is_empty() {
            parts.for_each(|part| date(part, &mut dates));
        }
    }
    record.date = dates.date();
}

/// Takes the best dates of a work; what else is said of its making goes to `other`.
fn made(work: Element<'_>, dates: &mut Dated, mut other: impl FnMut(Element<'_>)) {
    let parts = || work.all("originInfo").flat_map(Element::children);
    let filled = |part: &Element<'_>, name: &str| part.name() == name && !part.text().is_empty();
    let best = DATES.iter().find(|name| parts().any(|part| filled(&part, name)));
    let is_best = |part: &Element<'_>| best.is_some_and(|best| filled(part, best));
    for part in parts() {
        if is_best(&part) {
            date(part, dates);
        } else {
            other(part);
        }
    }
    if dates.is_empty() {
        let ends: Vec<_> = parts().filter(is_best).map(Element::text).collect();
        dates.show(&ends.join("/"));
    }
}

/// Takes one date: for reading where it has no encoding, else for machines.
fn date(element: Element<'_>, dates: &mut Dated) {
    let text = element.text();
    match element.attribute("encoding") {
        Some(_) => dates.machine(&text),
        None => dates.show(&text),
    }
    dates.qualify(element.attribute("qualifier").unwrap_or(""));
}
