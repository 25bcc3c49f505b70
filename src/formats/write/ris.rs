//! RIS as Zotero reads it: manuscripts and letters, with archive and location.

use std::io::{self, Write};

use super::{Set, archive_of, item_type};
use crate::formats::cite;
use crate::record::{Archive, DateSpan, Field, Precision, Record};

/// Writes an entry a record, with an empty line between them.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    for placed in set.records {
        entry(out, &placed.record, archive_of(set.archives, &placed))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one entry. What has no tag of its own is a note, under its name.
fn entry(out: &mut dyn Write, record: &Record, archive: Option<&Archive>) -> io::Result<()> {
    // Never GEN: Zotero makes an article of it.
    tag(out, "TY", if item_type::is_letter(record) { "PCOMM" } else { "MANSCPT" })?;
    all(out, "ID", record.all(Field::Id))?;
    tag(out, "TI", &item_type::title(record))?;
    for name in record.all(Field::People) {
        tag(out, "AU", &cite::inverted(name))?;
    }
    date(out, record)?;
    all(out, "AB", record.all(Field::Summary))?;
    all(out, "LA", record.all(Field::Language))?;
    all(out, "DB", item_type::archive_name(archive).into_iter())?;
    all(out, "AN", item_type::location(record).as_deref().into_iter())?;
    all(
        out,
        "DP",
        item_type::repository(archive).or(item_type::archive_name(archive)).into_iter(),
    )?;
    for keyword in record.all(Field::Subjects).chain(record.all(Field::Places)) {
        // Zotero makes two keywords of one with a semicolon in it.
        tag(out, "KW", &keyword.replace(';', ","))?;
    }
    all(out, "UR", record.all(Field::Url))?;
    notes(out, record)?;
    writeln!(out, "ER  - ")
}

/// Writes the date in its parts, and in a note what these cannot say.
fn date(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    let span = record.date.span();
    let Some(first) = span.and_then(|span| Some((span, span.ends().0.or(span.ends().1)?))) else {
        let text = Some(record.date.text.trim()).filter(|text| !text.is_empty());
        return tag(out, "N1", &format!("Date: {}", text.unwrap_or("undated")));
    };
    let (span, unit) = first;
    let parts = parts(&unit, span.approximate);
    if let Some(parts) = &parts {
        tag(out, "DA", parts)?;
        tag(out, "PY", parts.split('/').next().unwrap_or(""))?;
    }
    let is_whole = unit.start <= Precision::Year && unit.start != Precision::Season;
    // Equal to a unit without flags: nothing is lost by its parts.
    if parts.is_some() && is_whole && span == unit {
        return Ok(());
    }
    tag(out, "N1", &format!("Date: {}", record.date.text.trim()))
}

/// `1945/07/12/`, with less where less is known; nothing outside the years that have four digits.
fn parts(unit: &DateSpan, approximate: bool) -> Option<String> {
    let (year, month, day) = unit.earliest.to_ymd();
    let year = (1..=9999).contains(&year).then(|| format!("{year:04}"))?;
    let known = |part: u8, precision| match unit.start {
        start if start <= precision => format!("{part:02}"),
        _ => String::new(),
    };
    let (month, day) = (known(month, Precision::Month), known(day, Precision::Day));
    Some(format!("{year}/{month}/{day}/{}", if approximate { "circa" } else { "" }))
}

/// Writes as notes what has no tag.
fn notes(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    // One title has its tag.
    let several = record.all(Field::Title).count() > 1;
    let fields = [Field::Title, Field::Collection, Field::Rights];
    for field in fields.into_iter().filter(|field| several || *field != Field::Title) {
        for value in record.all(field) {
            tag(out, "N1", &format!("{}: {value}", field.key()))?;
        }
    }
    for note in item_type::own_notes(record) {
        tag(out, "N1", &note)?;
    }
    match record.position {
        Some(position) => tag(out, "N1", &format!("position: {position}")),
        None => Ok(()),
    }
}

/// Writes a tag for each value.
fn all<'v>(
    out: &mut dyn Write,
    name: &str,
    mut values: impl Iterator<Item = &'v str>,
) -> io::Result<()> {
    values.try_for_each(|value| tag(out, name, value))
}

/// Writes a tag. A value keeps its lines; one that looks like a tag is set in, so that it is none.
fn tag(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    let mut lines = value.lines().filter(|line| !line.trim().is_empty());
    writeln!(out, "{name}  - {}", lines.next().unwrap_or(""))?;
    for line in lines {
        writeln!(out, "{}{line}", if looks_like_tag(line) { " " } else { "" })?;
    }
    Ok(())
}

/// Whether a line begins as a tag does: two letters or digits, white space, a dash.
fn looks_like_tag(line: &str) -> bool {
    line.get(2..)
        .is_some_and(|rest| rest.trim_start().starts_with('-') && rest.starts_with([' ', '\t']))
}
