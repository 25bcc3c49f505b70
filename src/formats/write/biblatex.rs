//! Writes BibLaTeX: `@unpublished` and `@letter` entries with EDTF dates.

use std::collections::HashMap;
use std::io::{self, Write};

use super::{RecordStream, archive_of, citation_item};
use crate::formats::cite::title::is_letter;
use crate::record::{Archive, Date, DateSpan, Field, Name, ParsedDate, Precision, Record};

/// Writes one entry per record, each followed by an empty line.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let mut keys = CitationKeys::default();
    for sourced in stream.records {
        let key = keys.assign(&sourced.record);
        write_entry(out, &sourced.record, archive_of(stream.archives, &sourced), &key)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Assigns unique citation keys. Maps each key to the number of its repetitions so far.
#[derive(Debug, Default)]
pub(super) struct CitationKeys(HashMap<String, usize>);

impl CitationKeys {
    /// Returns a new key for a record; a number is appended if its key is taken.
    pub(super) fn assign(&mut self, record: &Record) -> String {
        let base = base_key(record);
        let mut key = base.clone();
        while self.0.contains_key(&key) {
            let repeats = self.0.entry(base.clone()).or_default();
            *repeats += 1;
            key = format!("{base}-{}", *repeats + 1);
        }
        self.0.insert(key.clone(), 0);
        key
    }
}

/// Writes one entry. Values without a BibLaTeX field go to the note, each under its name.
fn write_entry(
    out: &mut dyn Write,
    record: &Record,
    archive: Option<&Archive>,
    key: &str,
) -> io::Result<()> {
    writeln!(out, "@{}{{{key},", if is_letter(record) { "letter" } else { "unpublished" })?;
    let people: Vec<_> = citation_item::people(record).map(|name| author_name(&name)).collect();
    write_raw_field(out, "author", &people.join(" and "))?;
    write_field(out, "title", &citation_item::title_or_heading(record))?;
    let (date, date_note) = edtf_and_note(&record.date);
    write_raw_field(out, "date", &date.unwrap_or_default())?;
    write_field(out, "howpublished", &citation_item::archive_location(record).unwrap_or_default())?;
    write_field(out, "library", citation_item::archive_name(archive).unwrap_or(""))?;
    write_field(out, "location", &values(record, Field::Places).join("; "))?;
    write_field(out, "keywords", &values(record, Field::Subjects).join(", "))?;
    write_field(out, "langid", &values(record, Field::Language).join(", ").to_lowercase())?;
    write_raw_field(out, "url", &record.first(Field::Url).map(escape_url).unwrap_or_default())?;
    write_field(out, "abstract", &values(record, Field::Summary).join("\n\n"))?;
    let notes = notes(record, citation_item::repository(archive), date_note, key);
    // `|` separates notes, so a bar inside a note is doubled.
    let separable = |note: &String| citation_item::to_one_line(note).replace(" |", " ||");
    let notes: Vec<String> = notes.iter().map(separable).collect();
    write_field(out, "note", &notes.join(" | "))?;
    writeln!(out, "}}")
}

/// Returns a key made of the record's id, position or heading, without forbidden characters.
fn base_key(record: &Record) -> String {
    let position = record.position.map(|position| format!("record-{position}"));
    let id = record.first(Field::Id).map(str::to_owned).or(position);
    let heading = || record.list_heading().into_owned();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    let text = id.unwrap_or_else(heading);
    let words = text.split(|c| !is_allowed(c)).filter(|word| !word.is_empty()).take(6);
    let key = words.collect::<Vec<_>>().join("-");
    if key.is_empty() { "record".to_owned() } else { key }
}

/// Returns the values of a field.
fn values(record: &Record, field: Field) -> Vec<&str> {
    record.all(field).collect()
}

/// Returns the note lines: all values that have no BibLaTeX field.
fn notes(
    record: &Record,
    repository: Option<&str>,
    date_note: Option<String>,
    key: &str,
) -> Vec<String> {
    let is_lower_case = |language: &str| language.to_lowercase() == language;
    let mut notes = citation_item::field_notes(record, |field, values| match field {
        // The entry key holds the id only if it needed no change.
        Field::Id => values == [key],
        Field::Title | Field::Url | Field::Summary | Field::Places => values.len() < 2,
        Field::People => citation_item::are_plain_names(values),
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Language => {
            values.len() < 2 && values.iter().all(|language| is_lower_case(language))
        }
        Field::Source => true,
        _ => false,
    });
    notes.extend(repository.map(|name| format!("repository: {name}")));
    notes.extend(date_note.map(|date| format!("date: {date}")));
    notes.extend(record.position.map(|position| format!("position: {position}")));
    notes.extend(citation_item::own_field_notes(record));
    notes
}

/// Returns the date in EDTF, and the text that a note must keep because EDTF cannot express it, or
/// because it was not understood with certainty.
fn edtf_and_note(date: &Date) -> (Option<String>, Option<String>) {
    let text = || Some(date.text.trim().to_owned()).filter(|text| !text.is_empty());
    match date.parsed {
        ParsedDate::Span(span) => {
            let edtf = (is_supported(&span)).then(|| span.to_edtf());
            let keeps_text = span.inferred || span.doubtful || edtf.is_none();
            let note = keeps_text.then(text).flatten();
            (edtf, note)
        }
        ParsedDate::Undated => (None, text().or(Some("undated".to_owned()))),
        ParsedDate::Unreadable => (None, text()),
    }
}

/// Whether BibLaTeX supports the span: EDTF levels 0 and 1, four-digit years, no millennia.
fn is_supported(span: &DateSpan) -> bool {
    let (first, last) = span.first_and_last_unit();
    [first, last].into_iter().flatten().all(|unit| {
        let has_four_digits = unit.earliest.to_ymd().0.unsigned_abs() <= 9999;
        let season = unit.to_edtf().rsplit('-').next().and_then(|month| month.parse::<u8>().ok());
        let is_level_2 =
            unit.start_precision == Precision::Season && season.is_none_or(|code| code > 24);
        has_four_digits && !is_level_2 && unit.start_precision != Precision::Millennium
    }) && (first.is_some() || last.is_some())
}

/// Returns a name as BibTeX syntax: its parts, or the whole name in braces.
fn author_name(name: &Name) -> String {
    if name.is_others() {
        return "others".to_owned();
    }
    let Some(parts) = name.parts() else {
        return format!("{{{}}}", escape_tex(&name.running_without_signs()));
    };
    let join = |words: [&str; 2]| words.join(" ").trim().to_owned();
    let family = join([parts.leading_particle, parts.family]);
    let given = join([parts.given, parts.dropping_particle]);
    let parts = [family.as_str(), parts.suffix, given.as_str()].into_iter();
    // Braces keep `and` and commas inside one part.
    parts.filter(|part| !part.is_empty()).map(name_part).collect::<Vec<_>>().join(", ")
}

/// Escapes a part of a name. Braces go around a part that contains a comma or `and`.
fn name_part(part: &str) -> String {
    let part = escape_tex(part);
    if part.contains(',') || part.contains(" and ") { format!("{{{part}}}") } else { part }
}

/// Writes a field with an escaped text, or nothing if the text is empty.
fn write_field(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    write_raw_field(out, name, &escape_tex(text))
}

/// Writes a field whose value needs no escaping, or nothing if the value is empty.
fn write_raw_field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { writeln!(out, "  {name} = {{{value}}},") }
}

/// Escapes the characters that are special in TeX.
fn escape_tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            // BibTeX counts escaped braces too and would look for the matching one.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', letter]),
            // TeX turns two hyphens into a dash.
            '-' if escaped.ends_with('-') => escaped.push_str("{}-"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Escapes a URL. BibLaTeX does not read it as TeX, so only braces and backslashes are escaped.
fn escape_url(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
