//! Writes RIS as Zotero reads it: manuscripts and letters, with archive and location.

use std::io::{self, Write};

use super::{RecordStream, archive_of, citation_item};
use crate::formats::cite::title::is_letter;
use crate::record::{Archive, DateSpan, Field, Precision, Record};

/// Writes one reference per record, each followed by an empty line.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    for sourced in stream.records {
        write_entry(out, &sourced.record, archive_of(stream.archives, &sourced))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one reference. Values without a RIS tag become notes, each with its field's name.
fn write_entry(out: &mut dyn Write, record: &Record, archive: Option<&Archive>) -> io::Result<()> {
    // Not GEN, which Zotero imports as an article.
    write_tag(out, "TY", if is_letter(record) { "PCOMM" } else { "MANSCPT" })?;
    write_tags(out, "ID", record.all(Field::Id))?;
    write_tag(out, "TI", &citation_item::title_or_heading(record))?;
    for name in citation_item::people(record) {
        write_tag(out, "AU", &name.index_without_signs())?;
    }
    write_date(out, record)?;
    write_tags(out, "AB", record.all(Field::Summary))?;
    write_tags(out, "LA", record.all(Field::Language))?;
    write_tags(out, "DB", citation_item::archive_name(archive).into_iter())?;
    write_tags(out, "AN", citation_item::archive_location(record).as_deref().into_iter())?;
    write_tags(
        out,
        "DP",
        citation_item::repository(archive).or(citation_item::archive_name(archive)).into_iter(),
    )?;
    for keyword in record.all(Field::Subjects).chain(record.all(Field::Places)) {
        // Zotero splits keywords at semicolons.
        write_tag(out, "KW", &keyword.replace(';', ","))?;
    }
    write_tags(out, "UR", record.all(Field::Url))?;
    write_notes(out, record)?;
    writeln!(out, "ER  - ")
}

/// Writes the date as tags, and as a note if the tags cannot express all of it.
fn write_date(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    let span = record.date.span();
    let Some((span, unit)) = span.and_then(|span| {
        Some((span, span.first_and_last_unit().0.or(span.first_and_last_unit().1)?))
    }) else {
        let text = Some(record.date.text.trim()).filter(|text| !text.is_empty());
        return write_tag(out, "N1", &format!("Date: {}", text.unwrap_or("undated")));
    };
    let parts = date_parts(&unit, span.approximate);
    if let Some(parts) = &parts {
        write_tag(out, "DA", parts)?;
        write_tag(out, "PY", parts.split('/').next().unwrap_or(""))?;
    }
    let is_tag_unit =
        unit.start_precision <= Precision::Year && unit.start_precision != Precision::Season;
    // The span is one unit without flags, so the tags express all of it.
    if parts.is_some() && is_tag_unit && span == unit {
        return Ok(());
    }
    write_tag(out, "N1", &format!("Date: {}", record.date.text.trim()))
}

/// Returns the date as in `1945/07/12/`; unknown parts are empty. `None` outside years 1 to 9999.
fn date_parts(unit: &DateSpan, approximate: bool) -> Option<String> {
    let (year, month, day) = unit.earliest.to_ymd();
    let year = (1..=9999).contains(&year).then(|| format!("{year:04}"))?;
    let known = |part: u8, precision| match unit.start_precision {
        start if start <= precision => format!("{part:02}"),
        _ => String::new(),
    };
    let (month, day) = (known(month, Precision::Month), known(day, Precision::Day));
    Some(format!("{year}/{month}/{day}/{}", if approximate { "circa" } else { "" }))
}

/// The fields that have a tag.
const HELD_BY_TAGS: [Field; 8] = [
    Field::Id,
    Field::People,
    Field::Summary,
    Field::Language,
    Field::Source,
    Field::Subjects,
    Field::Places,
    Field::Url,
];

/// Writes the values that have no tag as notes.
fn write_notes(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    // A single title is in its tag already.
    let has_several_titles = record.all(Field::Title).count() > 1;
    let notes = citation_item::field_notes(record, |field, _| match field {
        Field::Title => !has_several_titles,
        _ => HELD_BY_TAGS.contains(&field),
    });
    for note in notes {
        write_tag(out, "N1", &note)?;
    }
    let people: Vec<&str> = record.all(Field::People).collect();
    if !citation_item::are_plain_names(&people) {
        for name in people {
            write_tag(out, "N1", &format!("{}: {name}", Field::People.key()))?;
        }
    }
    for note in citation_item::own_field_notes(record) {
        write_tag(out, "N1", &note)?;
    }
    match record.position {
        Some(position) => write_tag(out, "N1", &format!("position: {position}")),
        None => Ok(()),
    }
}

/// Writes one tag per value.
fn write_tags<'v>(
    out: &mut dyn Write,
    name: &str,
    mut values: impl Iterator<Item = &'v str>,
) -> io::Result<()> {
    values.try_for_each(|value| write_tag(out, name, value))
}

/// Writes a tag. The value keeps its lines; a line that looks like a tag is indented.
fn write_tag(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    let mut lines = value.lines().filter(|line| !line.trim().is_empty());
    writeln!(out, "{name}  - {}", lines.next().unwrap_or(""))?;
    for line in lines {
        writeln!(out, "{}{line}", if looks_like_tag(line) { " " } else { "" })?;
    }
    Ok(())
}

/// Whether a line could be read as a tag: two characters, white space, a dash.
fn looks_like_tag(line: &str) -> bool {
    line.get(2..)
        .is_some_and(|rest| rest.trim_start().starts_with('-') && rest.starts_with([' ', '\t']))
}
