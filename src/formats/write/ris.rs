//! Writes RIS as Zotero reads it: manuscripts and letters, with archive and location.

use std::io::{self, Write};

use super::control_signs::is_control;
use super::{RecordStream, archive_of, names, notes, shared_values};
use crate::formats::{marked_notes, shelf_location};
use crate::record::date::{edtf, set};
use crate::record::{Archive, Date, DateSpan, Field, Name, NameKind, Precision, Record};

/// Writes one reference per record, each followed by an empty line.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    for sourced in stream.records {
        write_entry(out, &sourced.record, archive_of(stream.archives, &sourced))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The names of a record, as the tags have them.
struct TagNames {
    /// `AU`.
    creators: Vec<Name>,
    /// `A2`. Only a letter has recipients: in other types the tag has another meaning.
    recipients: Vec<Name>,
    /// `A4`, each with its role.
    translators: Vec<(&'static str, Name)>,
}

impl TagNames {
    fn new(record: &Record, is_letter: bool) -> TagNames {
        let mut translators = names::contributors(record);
        translators.retain(|(role, _)| *role == "translator");
        let mut recipients = names::parse_names(record, Field::Recipient);
        recipients.retain(|_| is_letter);
        TagNames { creators: names::parse_names(record, Field::Creator), recipients, translators }
    }

    /// Whether reading the tags gives the names of a field of the record again.
    fn hold(&self, record: &Record, field: Field) -> bool {
        let form = tag_name;
        match field {
            Field::Creator => names::are_read_again(record, field, &self.creators, form),
            Field::Recipient => names::are_read_again(record, field, &self.recipients, form),
            _ => names::are_contributors_read_again(record, self.translators.iter(), form),
        }
    }
}

/// Returns a name for a tag. Programs take what stands before a comma for the family's name, so that a person
/// without one has no comma: `John Paul II Pope`.
fn tag_name(name: &Name) -> String {
    let text = name.index_without_signs();
    if name.is_whole() && name.kind == NameKind::Person { text.replace(',', "") } else { text }
}

/// Writes one reference. Values without a RIS tag become notes, each with its field's name.
fn write_entry(out: &mut dyn Write, record: &Record, archive: Option<&Archive>) -> io::Result<()> {
    let is_letter = names::is_personal_communication(record);
    let tag_names = TagNames::new(record, is_letter);
    // Not GEN, which Zotero imports as an article.
    write_tag(out, "TY", if is_letter { "PCOMM" } else { "MANSCPT" })?;
    write_tags(out, "ID", record.all(Field::Id))?;
    write_tag(out, "TI", &shared_values::title_or_heading(record))?;
    for name in &tag_names.creators {
        write_tag(out, "AU", &tag_name(name))?;
    }
    for name in &tag_names.recipients {
        write_tag(out, "A2", &tag_name(name))?;
    }
    for (_, name) in &tag_names.translators {
        write_tag(out, "A4", &tag_name(name))?;
    }
    let date_notes = write_date(out, record)?;
    write_tags(out, "AB", record.all(Field::Summary))?;
    write_tags(out, "LA", record.all(Field::Language))?;
    write_tags(out, "DB", shared_values::repository_name(record, archive).into_iter())?;
    let shelf_location = shelf_location::describe(record).into_iter();
    let shelf_location: Vec<String> =
        shelf_location.chain(shared_values::collection(record)).collect();
    let shelf_location = (!shelf_location.is_empty()).then(|| shelf_location.join(", "));
    write_tags(out, "AN", shelf_location.as_deref().into_iter())?;
    // Zotero's field for call numbers.
    write_tags(out, "CN", shelf_location::call_numbers(record))?;
    // A place is recognised by its note when the list is read again, which has control characters as they are.
    let places = record.all(Field::Places).filter(|place| !place.contains(is_control));
    for keyword in record.all(Field::Subjects).chain(places) {
        // Zotero splits keywords at semicolons.
        write_tag(out, "KW", &keyword.replace(';', ","))?;
    }
    write_tags(out, "UR", record.all(Field::Url))?;
    let field_notes =
        notes::note_fields(record, |field, values| is_held(record, field, values, &tag_names));
    let own_notes = notes::note_own_fields(record, "N1");
    for note in date_notes.iter().chain(&field_notes).chain(&own_notes) {
        write_tag(out, "N1", note)?;
    }
    writeln!(out, "ER  - ")
}

/// Whether reading the tags gives these values of a field again.
fn is_held(record: &Record, field: Field, values: &[&str], tag_names: &TagNames) -> bool {
    if values.iter().any(|value| value.contains(is_control)) {
        return false;
    }
    let are_one_line = || values.iter().all(|value| marked_notes::to_one_line(value) == *value);
    match field {
        Field::Title | Field::Repository => values.len() < 2 && are_one_line(),
        Field::Id | Field::Language | Field::Url => are_one_line(),
        Field::Subjects => are_one_line() && !values.iter().any(|value| value.contains(';')),
        Field::Summary => true,
        Field::Creator | Field::Recipient | Field::Contributor | Field::ContributorRole => {
            tag_names.hold(record, field)
        }
        Field::Box | Field::Folder | Field::Container | Field::ReferenceCode | Field::Source => {
            let call_numbers = shelf_location::call_numbers(record);
            shelf_location::is_read_again(record, Field::ReferenceCode, call_numbers)
        }
        _ => false,
    }
}

/// Writes the date as tags. Returns notes if the tags cannot express all of it.
///
/// A day, month, season or year, and the start of a range of them, has the form of RIS. Any other date is
/// written in words, which reference managers show as they are: `before 1950` is not 1949.
fn write_date(out: &mut dyn Write, record: &Record) -> io::Result<Vec<String>> {
    let Some(span) = record.date.span() else { return Ok(notes::note_date(&record.date)) };
    let ends = span.first_and_last_unit();
    let is_set = set::in_words(&record.date.text, &span, DateSpan::long).is_some();
    // A range has its first day, month or year, and the rest in a note.
    let is_known_range = first_year(&span).is_some() && span.start_precision != Precision::Season;
    let unit = ends.0.filter(|_| ends.0 == ends.1 || (is_known_range && !is_set));
    let parts = unit.and_then(|unit| date_parts(&unit, span.approximate));
    match &parts {
        Some(parts) => write_tag(out, "DA", parts)?,
        None => write_tag(out, "DA", &in_words(&record.date, &span))?,
    }
    // One of several dates may not be the first.
    let is_choice = is_set && record.date.text.trim().starts_with('[');
    if let Some(year) = first_year(&span).filter(|_| !is_choice) {
        write_tag(out, "PY", &format!("{year:04}"))?;
    }
    // The span is one unit without other flags, so the tags express all of it.
    let without_circa = DateSpan { approximate: false, ..span };
    let is_unit = unit.is_some_and(|unit| without_circa == unit);
    if parts.is_some() && is_unit && record.date.text_if_more().is_none() {
        return Ok(Vec::new());
    }
    Ok(notes::note_date(&record.date))
}

/// Returns a date in words. Slashes would be taken for the form `1945/07/12/`.
fn in_words(date: &Date, span: &DateSpan) -> String {
    let text = date.text.trim();
    if let Some(set) = set::in_words(text, span, DateSpan::long) {
        return set;
    }
    if text.is_empty() || span.doubtful || text.contains('/') || edtf::parse(text).is_some() {
        span.long()
    } else {
        text.to_owned()
    }
}

/// Returns the year that the date begins with, if it is known to a year.
fn first_year(span: &DateSpan) -> Option<i64> {
    let is_known = span.start_precision <= Precision::Year
        && span.end_precision <= Precision::Year
        && !span.has_open_start()
        && !span.has_open_end();
    let year = span.earliest.to_ymd().0;
    Some(year).filter(|year| is_known && (1..=9999).contains(year))
}

/// Returns the date as in `1945/07/12/`; unknown parts are empty. `None` for what is no day, month,
/// season or year, and outside years 1 to 9999.
fn date_parts(unit: &DateSpan, approximate: bool) -> Option<String> {
    let (year, month, day) = unit.earliest.to_ymd();
    let year = (1..=9999).contains(&year).then(|| format!("{year:04}"))?;
    let (month, day) = match unit.start_precision {
        Precision::Day => (format!("{month:02}"), format!("{day:02}")),
        Precision::Month => (format!("{month:02}"), String::new()),
        Precision::Year => (String::new(), String::new()),
        // `1945///spring`
        Precision::Season if !approximate => {
            let name = unit.long().strip_suffix(&format!(" {year}"))?.to_owned();
            return Some(format!("{year}///{name}"));
        }
        _ => return None,
    };
    Some(format!("{year}/{month}/{day}/{}", if approximate { "circa" } else { "" }))
}

/// Writes one tag per value.
fn write_tags<'v>(
    out: &mut dyn Write,
    name: &str,
    mut values: impl Iterator<Item = &'v str>,
) -> io::Result<()> {
    values.try_for_each(|value| write_tag(out, name, value))
}

/// Writes a tag. The value is on one line, because many programs take each line for a tag.
fn write_tag(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "{name}  - {}", marked_notes::to_one_line(value))
}
