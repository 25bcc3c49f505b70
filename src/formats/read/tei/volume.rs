//! The documents of a volume: a `div` of the type `document` or `letter`, with its head and date line.

use super::{MAX_TEXT_BYTES, corresp};
use crate::formats::read::date_sources::{Coverage, DateSources};
use crate::formats::read::given_dates::{CodeKind, Point};
use crate::formats::read::truncate::truncate;
use crate::formats::read::xml::{Element, push_own_field};
use crate::record::{Field, Record};

/// The types of divisions that are documents.
const DOCUMENT_TYPES: [&str; 6] =
    ["document", "letter", "telegram", "memorandum", "diary-entry", "entry"];

/// Whether a division of a text is a document.
pub(super) fn is_document(division: Element<'_>) -> bool {
    division.attribute("type").is_some_and(|kind| DOCUMENT_TYPES.contains(&kind))
}

/// Fills a record from a document.
pub(super) fn fill_record(document: Element<'_>, record: &mut Record) {
    record.push(Field::Id, document.attribute("id").unwrap_or(""));
    if let Some(head) = document.first_child("head") {
        record.push(Field::Title, &head.text_without(|name| name == "note"));
    }
    add_parties(document, record);
    let mut dates = DateSources::default();
    add_dates(document, &mut dates);
    let place = document.descendants().filter(|it| it.name() == "dateline");
    let places = place.flat_map(Element::descendants).filter(|it| it.name() == "placeName");
    for place in places {
        record.push_new(Field::Places, &place.text());
    }
    let text = document.text_without_children("head");
    record.push(Field::Summary, &truncate(text, MAX_TEXT_BYTES));
    push_own_field(record, "number", document.attribute("n").unwrap_or(""));
    push_own_field(record, "subtype", document.attribute("subtype").unwrap_or(""));
    dates.apply_to(record, "date.normal");
}

/// Adds the sender and the addressee that the head marks.
fn add_parties(document: Element<'_>, record: &mut Record) {
    for party in document.descendants() {
        let field = match (party.name(), party.attribute("type")) {
            ("persName" | "orgName" | "gloss", Some("from" | "sender")) => Field::Creator,
            ("persName" | "orgName" | "gloss", Some("to" | "addressee" | "recipient")) => {
                Field::Recipient
            }
            _ => continue,
        };
        let name = corresp::name_of(party, record);
        record.push_new(field, &name);
    }
}

/// Adds the date: that of the date line, with the days in the attributes of the division.
fn add_dates(document: Element<'_>, dates: &mut DateSources) {
    let line = document.descendants().find(|it| it.name() == "dateline");
    let in_line = line.and_then(|line| line.descendants().find(|it| it.name() == "date"));
    let first = in_line.or_else(|| document.descendants().find(|it| it.name() == "date"));
    if let Some(date) = first {
        corresp::add_date(date, dates);
        return;
    }
    let day = |name: &str| {
        let moment = document.attribute(name)?;
        moment.get(..10).map(str::to_owned)
    };
    let codes = [("doc-dateTime-min", Point::Start), ("doc-dateTime-max", Point::End)];
    for (name, point) in codes {
        if let Some(day) = day(name) {
            dates.add_code(Coverage::Inclusive, CodeKind { point, is_edtf: false }, &day);
        }
    }
}
