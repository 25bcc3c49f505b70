//! Writes BibLaTeX: `@unpublished` and `@letter` entries with EDTF dates.

use std::collections::HashMap;
use std::io::{self, Write};

use super::control_signs::is_control;
use super::{RecordStream, archive_of, names, notes, shared_values};
use crate::formats::{marked_notes, rich_text, shelf_location};
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
    writeln!(
        out,
        "@{}{{{key},",
        if names::is_personal_communication(record) { "letter" } else { "unpublished" }
    )?;
    let entry_names = EntryNames::new(record);
    let others = record.has_more_creators().then(|| "others".to_owned());
    let authors: Vec<String> = entry_names.creators.iter().map(author_name).chain(others).collect();
    write_raw_field(out, "author", &authors.join(" and "))?;
    for key in ["editor", "translator"] {
        let named = entry_names.contributors.iter().filter(|(variable, _)| *variable == key);
        let named: Vec<String> = named.map(|(_, name)| author_name(name)).collect();
        write_raw_field(out, key, &named.join(" and "))?;
    }
    // BibLaTeX would print the markup of CSL-JSON as it is: the note has it.
    let title = shared_values::title_or_heading(record);
    write_field(out, "title", &rich_text::to_plain(&title))?;
    let (date, date_notes) = edtf_and_notes(&record.date);
    write_raw_field(out, "date", &date.unwrap_or_default())?;
    let shelf_location =
        shelf_location::describe(record).into_iter().chain(shared_values::collection(record));
    write_field(out, "howpublished", &shelf_location.collect::<Vec<_>>().join(", "))?;
    write_field(out, "library", shared_values::repository_name(record, archive).unwrap_or(""))?;
    write_field(out, "location", &values(record, Field::Places).join("; "))?;
    write_field(out, "keywords", &values(record, Field::Subjects).join(", "))?;
    write_field(out, "langid", &values(record, Field::Language).join(", ").to_lowercase())?;
    write_raw_field(out, "url", &record.first(Field::Url).map(escape_url).unwrap_or_default())?;
    write_field(out, "abstract", &values(record, Field::Summary).join("\n\n"))?;
    let field_notes = notes::note_fields(record, |field, values| {
        is_held(record, field, values, key, &entry_names)
    });
    let notes = [notes::note_own_fields(record, "note"), date_notes, field_notes].concat();
    write_field(out, "note", &notes.join(marked_notes::SEPARATOR))?;
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

/// The names of a record, as the fields of an entry have them.
struct EntryNames {
    creators: Vec<Name>,
    /// Editors and translators.
    contributors: Vec<(&'static str, Name)>,
}

impl EntryNames {
    fn new(record: &Record) -> EntryNames {
        let mut contributors = names::contributors(record);
        contributors.retain(|(variable, _)| ["editor", "translator"].contains(variable));
        // Entries are read in the order of the names of their fields.
        contributors.sort_by_key(|(variable, _)| *variable);
        EntryNames { creators: names::parse_names(record, Field::Creator), contributors }
    }
}

/// Whether reading the entry gives these values of a field again.
fn is_held(
    record: &Record,
    field: Field,
    values: &[&str],
    key: &str,
    entry_names: &EntryNames,
) -> bool {
    let form = names::form_of_bibtex;
    let are_one_line = || values.iter().all(|value| marked_notes::to_one_line(value) == *value);
    let is_lower_case = |text: &&str| text.to_lowercase() == **text;
    // These look like TeX once they are read, or are signs for control characters.
    let looks_like_tex = |text: &str| {
        text.contains('\\')
            || text.contains("``")
            || text.contains("''")
            || text.contains(is_control)
    };
    let fields = if shelf_location::FIELDS.contains(&field) {
        &shelf_location::FIELDS[..]
    } else {
        &[field]
    };
    if fields.iter().any(|field| record.all(*field).any(looks_like_tex)) {
        return false;
    }
    match field {
        // The entry key holds the id only if it needed no change.
        Field::Id => values == [key],
        Field::Title => {
            let is_plain = |title: &&str| rich_text::to_plain(title) == **title;
            values.len() < 2 && are_one_line() && values.iter().all(is_plain)
        }
        Field::Places | Field::Repository => values.len() < 2 && are_one_line(),
        Field::Summary => values.len() < 2,
        Field::Url => values.len() < 2 && values.iter().all(|url| escape_url(url) == *url),
        Field::Creator => names::are_read_again(record, field, &entry_names.creators, form),
        Field::Contributor | Field::ContributorRole => {
            names::are_contributors_read_again(record, entry_names.contributors.iter(), form)
        }
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Language => values.len() < 2 && values.iter().all(is_lower_case),
        Field::Box | Field::Folder | Field::Container | Field::ReferenceCode | Field::Source => {
            shelf_location::is_read_again(record, Field::Source, std::iter::empty())
        }
        _ => false,
    }
}

/// Returns the date in EDTF, and the notes with the text, if EDTF cannot express all of it or it was not
/// understood with certainty.
fn edtf_and_notes(date: &Date) -> (Option<String>, Vec<String>) {
    let ParsedDate::Span(span) = date.parsed else { return (None, notes::note_date(date)) };
    let edtf = is_supported(&span).then(|| span.to_edtf());
    let keeps_text =
        span.inferred || span.doubtful || edtf.is_none() || date.text_if_more().is_some();
    (edtf, if keeps_text { notes::note_date(date) } else { Vec::new() })
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
    if part.contains([',', '=']) || has_word_and(&part) { format!("{{{part}}}") } else { part }
}

/// Whether a text has the word `and`, which separates names.
fn has_word_and(text: &str) -> bool {
    text.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"))
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
