//! BibLaTeX: `@unpublished` and `@letter`, dates in EDTF.

use std::collections::HashMap;
use std::io::{self, Write};

use super::{Set, archive_of, item_type};
use crate::formats::cite;
use crate::record::{Archive, Date, DateSpan, Field, Precision, Reading, Record};

/// Writes an entry a record, with an empty line between them.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let mut keys = Keys::default();
    for placed in set.records {
        let key = keys.give(&placed.record);
        entry(out, &placed.record, archive_of(set.archives, &placed), &key)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The keys that were given out, so that each is given once.
#[derive(Debug, Default)]
pub(super) struct Keys(HashMap<String, usize>);

impl Keys {
    /// A key for a record; with a number behind it where another has it already.
    pub(super) fn give(&mut self, record: &Record) -> String {
        let wanted = key(record);
        let mut key = wanted.clone();
        while self.0.contains_key(&key) {
            let times = self.0.entry(wanted.clone()).or_default();
            *times += 1;
            key = format!("{wanted}-{}", *times + 1);
        }
        self.0.insert(key.clone(), 0);
        key
    }
}

/// Writes one entry. What has no field of its own is a note, under its name.
fn entry(
    out: &mut dyn Write,
    record: &Record,
    archive: Option<&Archive>,
    key: &str,
) -> io::Result<()> {
    writeln!(
        out,
        "@{}{{{key},",
        if item_type::is_letter(record) { "letter" } else { "unpublished" }
    )?;
    let people: Vec<_> = record.all(Field::People).map(author).collect();
    pair(out, "author", &people.join(" and "))?;
    field(out, "title", &item_type::title(record))?;
    let (date, rest) = date(&record.date);
    pair(out, "date", &date.unwrap_or_default())?;
    field(out, "howpublished", &item_type::location(record).unwrap_or_default())?;
    field(out, "library", item_type::archive_name(archive).unwrap_or(""))?;
    field(out, "location", &listed(record, Field::Places).join("; "))?;
    field(out, "keywords", &listed(record, Field::Subjects).join(", "))?;
    field(out, "langid", &listed(record, Field::Language).join(", ").to_lowercase())?;
    pair(out, "url", &record.first(Field::Url).map(address).unwrap_or_default())?;
    field(out, "abstract", &listed(record, Field::Summary).join("\n\n"))?;
    let notes = notes(record, item_type::repository(archive), rest, key);
    // A bar in a note is doubled, since one stands between two notes.
    let alone = |note: &String| item_type::on_one_line(note).replace(" |", " ||");
    let notes: Vec<String> = notes.iter().map(alone).collect();
    field(out, "note", &notes.join(" | "))?;
    writeln!(out, "}}")
}

/// The key of a record: its id, else its position, without what a key may not hold.
fn key(record: &Record) -> String {
    let position = record.position.map(|position| format!("record-{position}"));
    let id = record.first(Field::Id).map(str::to_owned).or(position);
    let heading = || record.marked_heading().into_owned();
    let may_hold = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    let text = id.unwrap_or_else(heading);
    let words = text.split(|c| !may_hold(c)).filter(|word| !word.is_empty()).take(6);
    let key = words.collect::<Vec<_>>().join("-");
    if key.is_empty() { "record".to_owned() } else { key }
}

/// The values of a field.
fn listed(record: &Record, field: Field) -> Vec<&str> {
    record.all(field).collect()
}

/// What has no field of its own.
fn notes(
    record: &Record,
    repository: Option<&str>,
    date: Option<String>,
    key: &str,
) -> Vec<String> {
    let in_small_letters = |language: &str| language.to_lowercase() == language;
    let mut notes = item_type::noted(record, |field, values| match field {
        // The key, as far as it can hold an id.
        Field::Id => values == [key],
        Field::Title | Field::Url | Field::Summary | Field::Places => values.len() < 2,
        Field::People => values.iter().all(|name| !cite::says_more(name)),
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Language => values.len() < 2 && values.iter().all(|it| in_small_letters(it)),
        Field::Source => true,
        Field::Collection | Field::Rights => false,
    });
    notes.extend(repository.map(|name| format!("repository: {name}")));
    notes.extend(date.map(|date| format!("date: {date}")));
    notes.extend(record.position.map(|position| format!("position: {position}")));
    notes.extend(item_type::own_notes(record));
    notes
}

/// The date as BibLaTeX reads it, and what is left to be said in words: what it has no sign for.
fn date(date: &Date) -> (Option<String>, Option<String>) {
    let words = || Some(date.text.trim().to_owned()).filter(|text| !text.is_empty());
    match date.reading {
        Reading::Span(span) => {
            let form = (within_levels(&span)).then(|| span.edtf());
            let rest = (span.inferred || form.is_none()).then(words).flatten();
            (form, rest)
        }
        Reading::Undated => (None, words().or(Some("undated".to_owned()))),
        Reading::Unreadable => (None, words()),
    }
}

/// Whether BibLaTeX knows the form: levels 0 and 1, years of four digits, no thousand years at once.
fn within_levels(span: &DateSpan) -> bool {
    let (first, last) = span.ends();
    [first, last].into_iter().flatten().all(|unit| {
        let four_digits = unit.earliest.to_ymd().0.unsigned_abs() <= 9999;
        let season = unit.edtf().rsplit('-').next().and_then(|month| month.parse::<u8>().ok());
        let of_level_2 = unit.start == Precision::Season && season.is_none_or(|code| code > 24);
        four_digits && !of_level_2 && unit.start != Precision::Millennium
    }) && (first.is_some() || last.is_some())
}

/// A name as an author: its parts, or in braces where it is one whole.
fn author(name: &str) -> String {
    match cite::Name::read(name) {
        cite::Name::Whole(name) => format!("{{{}}}", escaped(&name)),
        cite::Name::Parted { family, given, suffix } => {
            let parts = [Some(family), suffix, Some(given)].into_iter().flatten();
            // A part in braces is one, whatever words are in it.
            parts.map(|part| part_of_name(&part)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A part of a name, in braces where it would be taken for several.
fn part_of_name(part: &str) -> String {
    let part = escaped(part);
    if part.contains(',') || part.contains(" and ") { format!("{{{part}}}") } else { part }
}

/// Writes a field whose value is text; none where it is empty.
fn field(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    pair(out, name, &escaped(text))
}

/// Writes a field whose value is written out already; none where it is empty.
fn pair(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { writeln!(out, "  {name} = {{{value}}},") }
}

/// A text with what TeX would obey made harmless.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            // A brace that is escaped still counts for BibTeX, which would look for its other half.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', letter]),
            // Two hyphens would be one dash.
            '-' if escaped.ends_with('-') => escaped.push_str("{}-"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// An address, which is not read as TeX: only braces would break it.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
