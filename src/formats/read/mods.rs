//! MODS: where each element of a description stands in a record.

use std::io;

use super::date_sources::Dated;
use super::xml::{Element, keep, push_own, root, say, say_kind};
use super::{Accession, Sink, xml_records};
use crate::record::{Field, Record};

/// Elements of `originInfo` that are dates, the best one first.
const DATES: &[&str] = &["dateCreated", "dateIssued", "copyrightDate", "dateOther", "dateCaptured"];

/// Whether a text begins as a description does, or as a list of them.
pub(super) fn looks_like(beginning: &str) -> bool {
    root(beginning).is_some_and(|name| ["mods", "modsCollection"].contains(&name))
}

/// Reads every description in a file.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
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
            "abstract" => told(element, Field::Summary, record),
            "genre" => told(element, Field::Subjects, record),
            "subject" => subject(element, record),
            "language" => language(element, record),
            "location" => location(element, record),
            "accessCondition" => told(element, Field::Rights, record),
            "identifier" => identifier(element, record),
            "relatedItem" => related(element, record),
            "recordInfo" => about(element, record),
            _ => keep(element, record),
        }
    }
    origin(description, record);
}

/// A text in its field, and what is said of it.
fn told(element: Element<'_>, field: Field, record: &mut Record) {
    let text = element.text();
    record.push(field, &text);
    say_kind(element, element.name(), &text, record);
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
    if title.is_empty() {
        return record.push(Field::Title, info.attribute("href").unwrap_or(""));
    }
    record.push(Field::Title, &title);
    say_kind(info, "titleInfo", &title, record);
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
    say_kind(name, "name", &text, record);
    for child in name.children() {
        match (child.name(), child.attribute("type")) {
            ("namePart", None | Some("family" | "given" | "date" | "termsOfAddress")) => {}
            ("displayForm", _) if child.text() == text => {}
            ("role", _) => role(child, &text, record),
            _ => keep(child, record),
        }
    }
}

/// What somebody did, as a word or a code or both, and where the codes are from.
fn role(role: Element<'_>, name: &str, record: &mut Record) {
    let terms = || role.all("roleTerm");
    let roles: Vec<_> = terms().map(Element::text).filter(|text| !text.is_empty()).collect();
    let roles = if roles.is_empty() { role.text() } else { roles.join(", ") };
    push_own(record, "name.role", &format!("{name}: {roles}"));
    terms().for_each(|term| say(term, "roleTerm", &term.text(), record));
}

/// A subject: each part is one term. What is said of all of them is said of their texts together.
fn subject(subject: Element<'_>, record: &mut Record) {
    for part in subject.children() {
        let (field, text) = match part.name() {
            "name" => {
                people(part, record);
                continue;
            }
            "geographic" => (Field::Places, part.text()),
            "hierarchicalGeographic" => {
                let parts: Vec<_> = part.children().map(Element::text).collect();
                (Field::Places, parts.join(", "))
            }
            "titleInfo" => (Field::Subjects, title(part)),
            "topic" | "genre" | "temporal" | "occupation" => (Field::Subjects, part.text()),
            _ => {
                keep(part, record);
                continue;
            }
        };
        record.push(field, &text);
        say(part, part.name(), &text, record);
    }
    let texts: Vec<_> = subject.children().map(Element::text).collect();
    if texts.is_empty() {
        record.push(Field::Subjects, &subject.text());
    }
    let whole = if texts.is_empty() { subject.text() } else { texts.join(", ") };
    say_kind(subject, "subject", &whole, record);
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
            "url" => {
                told(part, Field::Url, record);
                for key in ["note", "access"] {
                    push_own(record, &format!("url.{key}"), part.attribute(key).unwrap_or(""));
                }
            }
            "physicalLocation" => told(part, Field::Source, record),
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
            "recordIdentifier" => told(part, Field::Id, record),
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
    dates.put_in(record, "date.normal");
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
