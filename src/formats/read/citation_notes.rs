//! Extracts fields from citation notes such as `collection: Letters`.
//!
//! Writers put values into notes if a citation format has no field that can hold them.

use crate::record::{Date, DateSpan, Field, ParsedDate, Record};

/// Separates the lines of a note where the format allows no line breaks. A bar after a space within
/// a line is written twice.
pub(super) const NOTE_SEPARATOR: &str = " | ";

/// Moves `field: value` lines from the notes of a record to its fields.
///
/// The notes are the own fields named `note_name`; `separator` separates their lines. Values from
/// notes replace other values of the same field.
pub(super) fn extract_fields(record: &mut Record, note_name: &str, separator: &str) {
    let mut fields: Vec<(Field, String)> = Vec::new();
    for (own_name, text) in std::mem::take(&mut record.own) {
        if own_name != note_name {
            record.own.push((own_name, text));
            continue;
        }
        let lines = text.split(separator);
        let other_lines = lines.filter(|line| !extract_field(record, &mut fields, line));
        let other_text = other_lines.collect::<Vec<_>>().join(separator);
        if !other_text.trim().is_empty() {
            record.own.push((own_name, other_text));
        }
    }
    record.values.retain(|(field, _)| !fields.iter().any(|(extracted, _)| extracted == field));
    for (field, value) in fields {
        let value = if separator == NOTE_SEPARATOR { value.replace(" ||", " |") } else { value };
        record.push(field, &value);
    }
}

/// Adds the field in a line of a note to `fields`, and sets a date or position at once. Returns
/// whether the line holds a field.
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

/// Whether a span is wholly inside another one and shorter, and not only its beginning, which is all
/// that a format without ranges can hold.
fn refines(span: &DateSpan, other: &DateSpan) -> bool {
    let days = |span: &DateSpan| (span.earliest, span.latest);
    let (first, _) = other.first_and_last_unit();
    let is_start = first.is_some_and(|first| days(&first) == days(span));
    span.is_within(other) && days(span) != days(other) && !is_start
}

/// Sets the date from a note, unless it contradicts the record's date. Returns whether it agrees.
fn extract_date(record: &mut Record, text: &str) -> bool {
    let date = Date::parse(text);
    let agrees = match (record.date.parsed, date.parsed) {
        (ParsedDate::Span(span), ParsedDate::Span(note_span)) => span.overlaps(&note_span),
        (ParsedDate::Span(_), _) => false,
        _ => true,
    };
    // Writers write `undated` for a record without a date.
    if agrees && text != "undated" {
        record.date = match (record.date.span(), date.span()) {
            // The days of the format are more certain than a text that was not understood whole.
            (Some(span), Some(note_span)) if note_span.doubtful && refines(&span, &note_span) => {
                Date::with_span(text, span)
            }
            _ => date,
        };
    }
    agrees
}
