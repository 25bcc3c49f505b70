//! Parses MODS: converts each element to a field of the record.

mod holdings;
mod names;

use std::io;

use super::date_sources::{Coverage, DateSources};
use super::given_dates::{CodeKind, Point};
use super::shelf_locations::without_citation_heading;
use super::xml::{
    Element, keep_attributes, keep_attributes_and_kind, keep_element, push_own_field, root_name,
};
use super::{InputFile, Sink, date_events, xml_records};
use crate::record::{Field, Record, TitleForm};
use holdings::Related;

/// The date elements of `originInfo`, the preferred one first.
const DATE_ELEMENTS: &[&str] = &["dateCreated", "dateIssued", "copyrightDate", "dateOther"];

/// Whether a text starts like a MODS description or a collection of them.
pub(super) fn looks_like(beginning: &str) -> bool {
    root_name(beginning).is_some_and(|name| ["mods", "modsCollection"].contains(&name))
}

/// Reads every record in a file.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    xml_records::read(file, sink)
}

/// Fills a record from a description, the element `mods`.
pub(super) fn fill_record(description: Element<'_>, record: &mut Record) {
    let titles = || description.children().filter(|child| is_title_info(child.name()));
    // A title with a type is a translated or alternative one.
    let has_type = |info: &Element<'_>| info.attribute("type").is_some();
    titles().filter(|info| !has_type(info)).for_each(|info| add_title(info, record));
    titles().filter(has_type).for_each(|info| add_title(info, record));
    let related = Related::new(description);
    for element in description.children() {
        match element.name() {
            name if is_title_info(name) => {}
            // `set_date` adds it.
            "originInfo" => {}
            "name" => names::add_name(element, record),
            "abstract" => add_value(element, Field::Summary, record),
            "genre" => add_value(element, Field::Subjects, record),
            "subject" => add_subject(element, record),
            "language" => add_language(element, record),
            "location" => holdings::add_location(element, record),
            "part" => holdings::add_part(element, "", record),
            "note" if is_preferred_citation(element) => {
                record.push(Field::PreferredCitation, without_citation_heading(&element.text()));
            }
            "accessCondition" => add_value(element, Field::Rights, record),
            "identifier" => add_identifier(element, record),
            "relatedItem" => holdings::add_related_item(element, related, record),
            "recordInfo" => add_record_info(element, record),
            _ => keep_element(element, record),
        }
    }
    set_date(description, record);
}

/// Adds the text of an element to a field, with its content attributes.
fn add_value(element: Element<'_>, field: Field, record: &mut Record) {
    let text = element.text();
    record.push(field, &text);
    keep_attributes_and_kind(element, element.name(), &text, record);
}

/// Whether an element of this name holds a title; some programs write it in lower case.
fn is_title_info(name: &str) -> bool {
    name.eq_ignore_ascii_case("titleInfo")
}

/// Returns the title with its article, subtitle and part.
fn full_title(info: Element<'_>) -> String {
    let mut title = String::new();
    let is_article = |part: &Element<'_>| part.name() == "nonSort";
    let articles = info.children().filter(is_article);
    for part in articles.chain(info.children().filter(|part| !is_article(part))) {
        let text = part.text();
        let separator = match part.name() {
            _ if title.is_empty() => "",
            "subTitle" => ": ",
            // No space follows an elided article such as `L'`.
            "title" if title.ends_with(['\'', '’']) => "",
            "title" => " ",
            _ => ". ",
        };
        if !text.is_empty() {
            title.truncate(title.trim_end_matches([' ', ':', '/']).len());
            title.push_str(separator);
            title.push_str(&text);
        }
    }
    title
}

/// Adds a title with its content attributes. A title without text is replaced by its link.
fn add_title(info: Element<'_>, record: &mut Record) {
    let title = full_title(info);
    if title.is_empty() {
        return record.push(Field::Title, info.attribute("href").unwrap_or(""));
    }
    let is_first = record.title().is_none();
    record.push(Field::Title, &title);
    if is_first && info.attribute("supplied") == Some("yes") {
        record.set_title_form(TitleForm::Description);
    }
    keep_attributes_and_kind(info, "titleInfo", &title, record);
}

/// Whether a note says how the archive wants the document to be cited.
fn is_preferred_citation(note: Element<'_>) -> bool {
    let kinds = ["type", "displayLabel"].into_iter().filter_map(|name| note.attribute(name));
    let mut kinds = kinds.map(|kind| kind.to_lowercase().replace([' ', '-', '_', ':'], ""));
    kinds.any(|kind| matches!(kind.as_str(), "preferredcitation" | "preferredcite" | "citeas"))
}

/// Adds a subject, each part as one value. Attributes of the subject itself are kept with the
/// joined texts of its parts.
fn add_subject(subject: Element<'_>, record: &mut Record) {
    for part in subject.children() {
        let (field, text) = match part.name() {
            "name" => {
                names::add_subject_name(part, record);
                continue;
            }
            "geographic" => (Field::Places, part.text()),
            "hierarchicalGeographic" => {
                let parts: Vec<_> = part.children().map(Element::text).collect();
                (Field::Places, parts.join(", "))
            }
            "titleInfo" => (Field::Subjects, full_title(part)),
            "topic" | "genre" | "temporal" | "occupation" => (Field::Subjects, part.text()),
            _ => {
                keep_element(part, record);
                continue;
            }
        };
        record.push(field, &text);
        keep_attributes(part, part.name(), &text, record);
    }
    let texts: Vec<_> = subject.children().map(Element::text).collect();
    if texts.is_empty() {
        record.push(Field::Subjects, &subject.text());
    }
    let joined = if texts.is_empty() { subject.text() } else { texts.join(", ") };
    keep_attributes_and_kind(subject, "subject", &joined, record);
}

/// Adds a language by its name, or by its code if it has no name.
fn add_language(language: Element<'_>, record: &mut Record) {
    let terms = || language.children_named("languageTerm");
    let name = terms().find(|term| term.attribute("type") == Some("text"));
    let text = name.or_else(|| terms().next()).unwrap_or(language).text();
    let others = language.children().filter(|child| child.name() != "languageTerm");
    if terms().next().is_some() {
        others.for_each(|other| keep_element(other, record));
    }
    record.push(Field::Language, &text);
    terms()
        .map(Element::text)
        .filter(|term| *term != text)
        .for_each(|term| push_own_field(record, "language.code", &term));
}

/// Adds an identifier. An identifier that is a URL fills the URL field instead.
fn add_identifier(element: Element<'_>, record: &mut Record) {
    let text = element.text();
    if super::dublin_core::is_url(&text) {
        return record.push(Field::Url, &text);
    }
    record.push(Field::Id, &text);
    if element.attribute("type").is_some() {
        keep_element(element, record);
    }
}

/// Adds the identifier of the description; other record information becomes own fields.
fn add_record_info(info: Element<'_>, record: &mut Record) {
    for part in info.children() {
        match part.name() {
            "recordIdentifier" => add_value(part, Field::Id, record),
            _ => keep_element(part, record),
        }
    }
}

/// Sets the date of a record, and keeps its other origin information as own fields.
///
/// A record without a date takes the date of its host, or of its part in a related item.
fn set_date(description: Element<'_>, record: &mut Record) {
    let mut dates = DateSources::default();
    collect_dates(description, &mut dates, |part| keep_element(part, record));
    for item in description.children_named("relatedItem") {
        if dates.is_empty() && matches!(item.attribute("type"), Some("host")) {
            collect_dates(item, &mut dates, |_| {});
        }
        let part_dates = item.children_named("part").flat_map(|part| part.children_named("date"));
        if dates.is_empty() {
            part_dates.for_each(|date| add_date(date, &mut dates));
        }
    }
    dates.apply_to(record, "date.normal");
}

/// Adds the preferred dates of a description or related item. `keep` receives all other origin
/// information.
fn collect_dates(item: Element<'_>, dates: &mut DateSources, mut keep: impl FnMut(Element<'_>)) {
    let is_related = |info: &Element<'_>| {
        !["eventType", "displayLabel"].into_iter().any(|it| is_unrelated(info, it))
    };
    let infos = || item.children_named("originInfo");
    let parts = || infos().filter(is_related).flat_map(Element::children);
    infos().filter(|info| !is_related(info)).flat_map(Element::children).for_each(&mut keep);
    let is_filled = |part: &Element<'_>, name: &str| {
        part.name() == name && !part.text().is_empty() && !is_unrelated(part, "type")
    };
    // The file may say which date counts.
    let is_key_date = |part: &Element<'_>| part.attribute("keyDate") == Some("yes");
    let is_filled_key =
        |name: &&&str| parts().any(|part| is_filled(&part, name) && is_key_date(&part));
    let key = DATE_ELEMENTS.iter().find(is_filled_key);
    let first = || DATE_ELEMENTS.iter().find(|name| parts().any(|part| is_filled(&part, name)));
    let preferred = key.or_else(first);
    let is_preferred = |part: &Element<'_>| preferred.is_some_and(|name| is_filled(part, name));
    for part in parts() {
        if is_preferred(&part) {
            add_date(part, dates);
        } else {
            keep(part);
        }
    }
    let pair = |point: &str| {
        let mut ends = parts().filter(|part| {
            is_preferred(part)
                && part.attribute("encoding").is_none()
                && part.attribute("point") == Some(point)
        });
        ends.next().map(Element::text)
    };
    match (pair("start"), pair("end")) {
        (None, None) => {}
        (start, end) => {
            let ends = [start.unwrap_or_default(), end.unwrap_or_default()];
            dates.add_structured_text(Coverage::Inclusive, &ends.join("–"));
        }
    }
}

/// Whether an attribute says that the dates of an element are those of a copy or a scan.
fn is_unrelated(element: &Element<'_>, attribute: &str) -> bool {
    date_events::is_unrelated(element.attribute(attribute).unwrap_or(""))
}

/// Adds one date: as text, or as a normalized date if it has an encoding. A text that is one end of
/// a range is left to the caller.
fn add_date(element: Element<'_>, dates: &mut DateSources) {
    let text = element.text();
    let point = match element.attribute("point") {
        Some("start") => Point::Start,
        Some("end") => Point::End,
        _ => Point::Whole,
    };
    match element.attribute("encoding") {
        Some(encoding) => {
            let is_edtf = encoding.eq_ignore_ascii_case("edtf");
            dates.add_code(Coverage::Inclusive, CodeKind { point, is_edtf }, &text);
        }
        None if point == Point::Whole => dates.add_text(&text),
        None => {}
    }
    dates.add_qualifier(element.attribute("qualifier").unwrap_or(""));
    dates.set_calendar_and_era(element.attribute("calendar").unwrap_or(""), "");
}
