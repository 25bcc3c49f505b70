//! Reads the fields that fonds keeps in the notes of citation formats: see
//! [`marked_notes`](crate::formats::marked_notes).

use std::collections::HashSet;

use crate::formats::{marked_notes, shelf_location};
use crate::record::{Date, DateSpan, Field, OwnName, ParsedDate, Record, StatedKind};

/// The fields that the marked notes of a record hold.
#[derive(Default)]
struct NotedFields {
    values: Vec<(Field, String)>,
    own: Vec<(OwnName, String)>,
    date: Option<String>,
    edtf: Option<String>,
}

/// Moves the fields in marked notes of a record to where they belong. All other notes stay.
///
/// The notes are the own fields named `note_name`; `separator` separates them in one text. Values
/// from notes replace other values of the same field. Returns the fields that had notes.
pub(super) fn extract_fields(record: &mut Record, note_name: &str, separator: &str) -> Vec<Field> {
    let mut noted = NotedFields::default();
    for (own_name, text) in std::mem::take(&mut record.own) {
        if own_name != note_name || !text.contains(marked_notes::MARK.trim_end()) {
            record.own.push((own_name, text));
            continue;
        }
        let parts = text.split(separator);
        let other_notes = parts.filter(|note| !noted.add(note, record));
        let other_text = other_notes.collect::<Vec<_>>().join(separator);
        if !other_text.trim().is_empty() {
            record.own.push((own_name, other_text));
        }
    }
    let fields = noted.values.iter().map(|(field, _)| *field).collect();
    noted.apply_to(record, note_name);
    fields
}

impl NotedFields {
    /// Adds the field in a note. Returns whether the note holds one.
    fn add(&mut self, note: &str, record: &mut Record) -> bool {
        let Some((name, value)) = marked_notes::from_note(note) else { return false };
        match (name.as_str(), Field::from_key(&name)) {
            ("date", _) => self.date = Some(value),
            ("date_edtf", _) => self.edtf = Some(value),
            ("position", _) => match value.parse() {
                Ok(position @ 1..) => record.position = Some(position),
                _ => return false,
            },
            (_, Some(field)) => self.values.push((field, value)),
            (name, None) => {
                let name = name.strip_prefix("own.").unwrap_or(name);
                self.own.push((name.into(), value));
            }
        }
        true
    }

    /// Sets the fields of a record.
    fn apply_to(self, record: &mut Record, note_name: &str) {
        let NotedFields { values, own, date, edtf } = self;
        let noted: HashSet<Field> = values.iter().map(|(field, _)| *field).collect();
        let has = |fields: &[Field]| fields.iter().any(|field| noted.contains(field));
        let replaces = |field: Field| {
            let is_role = field == Field::ContributorRole && has(&[Field::Contributor]);
            has(&[field])
                || is_role
                || (shelf_location::FIELDS.contains(&field) && has(&shelf_location::FIELDS))
        };
        record.values.retain(|(field, _)| !replaces(*field));
        for (field, value) in &values {
            record.push(*field, value);
        }
        // Formats have own fields of their own, such as the type.
        let names: HashSet<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
        record.own.retain(|(name, _)| name == note_name || !names.contains(name.as_str()));
        for (name, value) in own {
            match StatedKind::from_own_field(&name) {
                Some(kind) => record.set_name_kind(&value, kind),
                None => record.own.push((name, value)),
            }
        }
        if let Some(text) = &date
            && !set_date(record, text, edtf.as_deref())
        {
            let note = marked_notes::to_note("date", text);
            record.own.push((note_name.into(), note));
        }
        record.align_contributor_roles();
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

/// Sets the date from notes, unless they contradict the record's date, which somebody has changed
/// since. Returns whether they agree.
fn set_date(record: &mut Record, text: &str, edtf: Option<&str>) -> bool {
    let with_edtf = edtf.and_then(|edtf| Date::with_edtf(text, edtf));
    let is_exact = with_edtf.is_some();
    let date = with_edtf.unwrap_or_else(|| Date::parse(text));
    let agrees = match (record.date.parsed, date.parsed) {
        (ParsedDate::Span(span), ParsedDate::Span(note_span)) => span.overlaps(&note_span),
        (ParsedDate::Span(_), _) => false,
        _ => true,
    };
    if agrees {
        record.date = match (record.date.span(), date.span()) {
            // The days of the format are more certain than a text that was not understood whole.
            (Some(span), Some(note_span))
                if !is_exact && note_span.doubtful && refines(&span, &note_span) =>
            {
                Date::with_span(text, span)
            }
            _ => date,
        };
    }
    agrees
}
