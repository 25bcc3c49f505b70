//! Extracts fields from citation notes such as `collection: Letters`.
//!
//! Writers put values into notes if a citation format has no field that can hold them.

use crate::record::{Date, Field, ParsedDate, Record};

/// Separates lines of a note that must be one line. A bar inside a line is doubled.
pub(super) const NOTE_SEPARATOR: &str = " | ";

/// Moves `field: value` lines from the notes of a record to its fields.
///
/// The notes are the own fields called `name`; `separator` separates their lines. Values from notes
/// replace other values of the same field.
pub(super) fn extract_fields(record: &mut Record, name: &str, separator: &str) {
    let mut fields: Vec<(Field, String)> = Vec::new();
    for (own_name, text) in std::mem::take(&mut record.own) {
        if own_name != name {
            record.own.push((own_name, text));
            continue;
        }
        let others = text.split(separator).filter(|line| !extract_field(record, &mut fields, line));
        let others = others.collect::<Vec<_>>().join(separator);
        if !others.trim().is_empty() {
            record.own.push((own_name, others));
        }
    }
    record.values.retain(|(kept, _)| !fields.iter().any(|(field, _)| field == kept));
    for (field, value) in fields {
        let value = if separator == NOTE_SEPARATOR { value.replace(" ||", " |") } else { value };
        record.push(field, &value);
    }
}

/// Takes a field from a line of a note. Returns whether the line held one.
fn extract_field(record: &mut Record, fields: &mut Vec<(Field, String)>, line: &str) -> bool {
    let Some((name, value)) = line.trim().split_once(": ") else { return false };
    match name {
        "date" | "Date" => extract_date(record, value),
        "position" => value.parse().is_ok_and(|position| {
            record.position = Some(position);
            position > 0
        }),
        _ => Field::from_key(name).is_some_and(|field| {
            fields.push((field, value.to_owned()));
            true
        }),
    }
}

/// Takes the text of a date, unless it contradicts the record's date. Returns whether it agrees.
fn extract_date(record: &mut Record, text: &str) -> bool {
    let date = Date::parse(text);
    let agrees = match (record.date.parsed, date.parsed) {
        (ParsedDate::Span(days), ParsedDate::Span(noted)) => days.overlaps(&noted),
        (ParsedDate::Span(_), _) => false,
        _ => true,
    };
    if agrees && text != "undated" {
        record.date = date;
    }
    agrees
}
