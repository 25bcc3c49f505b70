//! Writes CSL-JSON, the input of citation processors
//! (<https://docs.citationstyles.org/en/stable/>).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::biblatex::CitationKeys;
use super::{RecordStream, archive_of, citation_item};
use crate::formats::cite::title::is_letter;
use crate::record::{Archive, Date, DateSpan, Field, Name, ParsedDate, Precision, Record};

/// Writes a list with one item per record, each on a line.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let mut keys = CitationKeys::default();
    write!(out, "[")?;
    let mut separator = "\n";
    for sourced in stream.records {
        let archive = archive_of(stream.archives, &sourced);
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(
            &mut *out,
            &to_item(&sourced.record, archive, &keys.assign(&sourced.record)),
        )?;
        separator = ",\n";
    }
    writeln!(out, "\n]")
}

/// Returns the item of a record. Values without a CSL variable go to `note`, one per line, as in
/// Zotero.
fn to_item(record: &Record, archive: Option<&Archive>, key: &str) -> Value {
    let mut item = Map::new();
    let mut insert = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    };
    let letter = is_letter(record);
    insert("id", Some(key.into()));
    insert("type", Some(if letter { "personal_communication" } else { "manuscript" }.into()));
    insert("title", Some(citation_item::title_or_heading(record).into()));
    let people: Vec<Value> = citation_item::people(record)
        .filter(|name| !name.is_others())
        .map(|name| to_csl_name(&name))
        .collect();
    insert("author", (!people.is_empty()).then(|| people.into()));
    insert("issued", issued(&record.date));
    insert("abstract", joined_values(record, Field::Summary, "\n\n"));
    insert("archive", citation_item::archive_name(archive).map(Value::from));
    insert("archive_location", citation_item::archive_location(record).map(Value::from));
    insert("archive_collection", citation_item::collection(record).map(Value::from));
    insert("language", joined_values(record, Field::Language, ", "));
    insert("keyword", joined_values(record, Field::Subjects, ", "));
    insert("URL", record.first(Field::Url).map(Value::from));
    insert("note", notes(record, archive, key));
    item.into()
}

/// Joins the values of a field.
fn joined_values(record: &Record, field: Field, separator: &str) -> Option<Value> {
    let values: Vec<&str> = record.all(field).collect();
    (!values.is_empty()).then(|| values.join(separator).into())
}

/// Returns the note: all values that have no CSL variable.
fn notes(record: &Record, archive: Option<&Archive>, key: &str) -> Option<Value> {
    let fields = citation_item::field_notes(record, |field, values| match field {
        // The item's `id` holds the record's id only if it needed no change.
        Field::Id => values == [key],
        Field::People => citation_item::are_plain_names(values),
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Source => true,
        Field::Title | Field::Summary | Field::Url | Field::Language | Field::Collection => {
            values.len() < 2
        }
        _ => false,
    });
    let repository = citation_item::repository(archive).map(|name| format!("repository: {name}"));
    let position = record.position.map(|position| format!("position: {position}"));
    let has_date_note =
        record.date.span().is_none_or(|span| span.doubtful || !fits_date_parts(&span));
    let date = has_date_note.then(|| date_note(&record.date));
    let lines: Vec<String> = date
        .into_iter()
        .chain(repository)
        .chain(position)
        .chain(fields)
        .chain(citation_item::own_field_notes(record))
        .map(|line| citation_item::to_one_line(&line))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n").into())
}

/// Whether CSL `date-parts` can express a span. They cannot express inferred dates, seasons and
/// decades, and not every program knows their open ends.
fn fits_date_parts(span: &DateSpan) -> bool {
    let (first, last) = span.first_and_last_unit();
    let is_unit = |unit: Option<DateSpan>| {
        unit.is_some_and(|unit| {
            unit.start_precision <= Precision::Year && unit.start_precision != Precision::Season
        })
    };
    !span.inferred && is_unit(first) && is_unit(last)
}

/// Returns a note line with the date's text.
fn date_note(date: &Date) -> String {
    let text = date.text.trim();
    format!("date: {}", if text.is_empty() { "undated" } else { text })
}

/// Returns the CSL date: `date-parts` if possible, else the text. `None` if the record is undated.
fn issued(date: &Date) -> Option<Value> {
    let text = date.text.trim();
    match date.parsed {
        ParsedDate::Undated => None,
        ParsedDate::Unreadable => Some(json!({ "literal": text })),
        ParsedDate::Span(span) => {
            Some(to_date_object(&span).unwrap_or_else(|| json!({ "literal": text })))
        }
    }
}

/// Returns a span as `date-parts`: one entry for a single day, month or year, else two.
///
/// An open end is the year 0, as in citation programs. `None` if the start is open.
fn to_date_object(span: &DateSpan) -> Option<Value> {
    let (first, last) = span.first_and_last_unit();
    let first = first?;
    let date_parts = match last {
        None => json!([unit_parts(&first, first.earliest.to_ymd()), [0]]),
        Some(last)
            if first == last
                && first.start_precision <= Precision::Year
                && first.start_precision != Precision::Season =>
        {
            json!([unit_parts(&first, first.earliest.to_ymd())])
        }
        Some(last) => json!([
            unit_parts(&first, first.earliest.to_ymd()),
            unit_parts(&last, last.latest.to_ymd())
        ]),
    };
    let mut date = Map::new();
    date.insert("date-parts".to_owned(), date_parts);
    if span.approximate || span.uncertain {
        date.insert("circa".to_owned(), true.into());
    }
    Some(date.into())
}

/// Returns `[year, month, day]`, shortened to the unit's precision. The years before Christ are
/// counted from -1.
fn unit_parts(unit: &DateSpan, (year, month, day): (i64, u8, u8)) -> Value {
    let year = if year < 1 { year.saturating_sub(1) } else { year };
    match unit.start_precision {
        Precision::Day => json!([year, month, day]),
        Precision::Month | Precision::Season => json!([year, month]),
        _ => json!([year]),
    }
}

/// Returns a CSL name: family and given name if known, else a literal.
fn to_csl_name(name: &Name) -> Value {
    let Some(parts) = name.parts() else {
        return json!({ "literal": name.running_without_signs() });
    };
    let fields = [
        ("family", parts.family),
        ("given", parts.given),
        ("dropping-particle", parts.dropping_particle),
        ("non-dropping-particle", parts.leading_particle),
        ("suffix", parts.suffix),
    ];
    let present = fields.into_iter().filter(|(_, text)| !text.is_empty());
    Value::Object(present.map(|(key, text)| (key.to_owned(), text.into())).collect())
}
