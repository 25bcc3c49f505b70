//! Writes CSL-JSON, the input of citation processors
//! (<https://docs.citationstyles.org/en/stable/>).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::biblatex::CitationKeys;
use super::{RecordStream, archive_of, names, notes, shared_values};
use crate::formats::{roles, shelf_location};
use crate::record::date::set;
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
    let is_letter = names::is_personal_communication(record);
    insert("id", Some(key.into()));
    insert("type", Some(if is_letter { "personal_communication" } else { "manuscript" }.into()));
    insert("title", Some(shared_values::title_or_heading(record).into()));
    let variable_names = VariableNames::new(record);
    insert("author", csl_names(variable_names.creators.iter()));
    insert("recipient", csl_names(variable_names.recipients.iter()));
    for variable in roles::variables() {
        let named = variable_names.contributors.iter().filter(|(other, _)| *other == variable);
        insert(variable, csl_names(named.map(|(_, name)| name)));
    }
    insert("issued", issued(&record.date));
    insert("abstract", joined_values(record, Field::Summary, "\n\n"));
    insert("archive", shared_values::repository_name(record, archive).map(Value::from));
    insert("archive-place", record.first(Field::ArchivePlace).map(Value::from));
    insert("archive_location", shelf_location::describe(record).map(Value::from));
    insert("call-number", shelf_location::call_numbers(record).next().map(Value::from));
    insert("archive_collection", shared_values::collection(record).map(Value::from));
    insert("language", joined_values(record, Field::Language, ", "));
    insert("keyword", joined_values(record, Field::Subjects, ", "));
    insert("URL", record.first(Field::Url).map(Value::from));
    insert("note", note(record, key, &variable_names));
    item.into()
}

/// The names of a record, as the variables have them.
struct VariableNames {
    creators: Vec<Name>,
    recipients: Vec<Name>,
    /// Each with its variable.
    contributors: Vec<(&'static str, Name)>,
}

impl VariableNames {
    fn new(record: &Record) -> VariableNames {
        VariableNames {
            creators: names::parse_names(record, Field::Creator),
            recipients: names::parse_names(record, Field::Recipient),
            contributors: names::contributors(record),
        }
    }

    /// Whether reading the variables gives the names of a field of the record again.
    fn hold(&self, record: &Record, field: Field) -> bool {
        let form = names::form_of_parts;
        match field {
            Field::Creator => names::are_read_again(record, field, &self.creators, form),
            Field::Recipient => names::are_read_again(record, field, &self.recipients, form),
            _ => names::are_contributors_read_again(record, self.contributors.iter(), form),
        }
    }
}

/// Returns a list of names, or `None` for no name.
fn csl_names<'n>(names: impl Iterator<Item = &'n Name>) -> Option<Value> {
    let names: Vec<Value> = names.map(to_csl_name).collect();
    (!names.is_empty()).then(|| names.into())
}

/// Joins the values of a field.
fn joined_values(record: &Record, field: Field, separator: &str) -> Option<Value> {
    let values: Vec<&str> = record.all(field).collect();
    (!values.is_empty()).then(|| values.join(separator).into())
}

/// Returns the note: all values that have no CSL variable.
fn note(record: &Record, key: &str, variable_names: &VariableNames) -> Option<Value> {
    let fields = notes::note_fields(record, |field, values| match field {
        // The item's `id` holds the record's id only if it needed no change.
        Field::Id => values == [key],
        Field::Creator | Field::Recipient | Field::Contributor | Field::ContributorRole => {
            variable_names.hold(record, field)
        }
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Box | Field::Folder | Field::Container | Field::ReferenceCode | Field::Source => {
            let call_number = shelf_location::call_numbers(record).take(1);
            shelf_location::is_read_again(record, Field::ReferenceCode, call_number)
        }
        Field::Title
        | Field::Summary
        | Field::Url
        | Field::Language
        | Field::Collection
        | Field::Repository
        | Field::ArchivePlace => values.len() < 2,
        _ => false,
    });
    let date = &record.date;
    let has_date_note = date.text_if_more().is_some()
        // `circa` is all that the format has for a date that is only uncertain.
        || date.span().is_none_or(|span| {
            span.doubtful || span.uncertain || !fits_date_parts(&span)
        });
    let date = if has_date_note { notes::note_date(date) } else { Vec::new() };
    let lines: Vec<String> =
        date.into_iter().chain(fields).chain(notes::note_own_fields(record, "note")).collect();
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

/// Returns the CSL date: `date-parts` if possible, else the text. `None` if the record is undated.
fn issued(date: &Date) -> Option<Value> {
    let text = date.text.trim();
    match date.parsed {
        ParsedDate::Undated => None,
        ParsedDate::Unreadable => Some(json!({ "literal": text })),
        ParsedDate::Span(span) if text.starts_with('[') && !span.doubtful => {
            // One of several dates is no range.
            let set =
                set::in_words(text, &span, DateSpan::long).map(|set| json!({ "literal": set }));
            Some(
                set.or_else(|| to_date_object(&span)).unwrap_or_else(|| json!({ "literal": text })),
            )
        }
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
