//! Reads notes in Markdown: a record a note.
//!
//! A note has its fields above its text: YAML between lines of `---`, TOML between lines of `+++`, or lines
//! such as `date:: 1945`; Joplin writes them below it. The text is the summary. `front_matter` and `end_block` take the
//! fields, `links` the text of links between notes.

mod end_block;
mod front_matter;
mod links;
mod sections;
mod tables;

use std::collections::HashSet;
use std::io;

use crate::formats::read::json::{Object, Value};

use super::tree::record_of_object;
use super::{InputFile, PageStart, ReadOptions, Sink, doubtful_dates, encoding, pictures};
use crate::formats::field_names::{FieldTarget, is_system_date, known_names};
use crate::record::{Date, Field, OwnName, Problem, Record};
use end_block::EndBlock;
use front_matter::FrontMatter;
pub(super) use tables::is_mostly_table;

/// The year from which a day in the name of a note is that of the note and not of a document.
const FIRST_NOTE_YEAR: i32 = 1990;

/// Whether a file is certainly a note: it begins with fields.
pub(super) fn looks_like(beginning: &str) -> bool {
    front_matter::has_fields(beginning) || EndBlock::split(beginning).is_some()
}

/// Whether a whole file is a notebook, a tag or an attachment that Joplin exports.
pub(crate) fn is_no_note(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    EndBlock::split(&text).is_some_and(|block| !block.is_note())
}

/// Reads a note.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = encoding::read_text(file.name, file.bytes, sink)?;
    read_text(file.name, &text, file.options, sink);
    Ok(())
}

/// Reads the text of a note, or of several under headings.
pub(super) fn read_text(name: &str, text: &str, options: &ReadOptions, sink: &mut dyn Sink) {
    sink.start_page(PageStart {
        file: name.to_owned(),
        is_one_of_many: true,
        ..PageStart::default()
    });
    let sections = sections::split(text).filter(|_| !front_matter::has_fields(text));
    let Some((above, sections)) = sections else {
        return read_note((name, None), text, options, sink);
    };
    let above = above.trim();
    if !above.is_empty() {
        let first = above.lines().next().unwrap_or("").trim_start_matches('#').trim();
        let message = format!("the text “{first}” above the notes in this file is in none of them");
        sink.report(Problem::warning(name, Some(1), message));
    }
    for section in sections {
        read_note((name, Some(section.line)), &section.to_note(), options, sink);
    }
}

/// Reads the text of one note. `start` is its line in the file, if that has several.
fn read_note(
    (name, start): (&str, Option<usize>),
    text: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) {
    let end_block = EndBlock::split(text);
    if end_block.as_ref().is_some_and(|block| !block.is_note()) {
        let message = "this is a notebook, a tag or an attachment of Joplin: it is no record";
        sink.report(Problem::warning(name, None, message));
        return;
    }
    let split = || FrontMatter::split(text);
    let FrontMatter { fields, body, problem } = end_block.as_ref().map_or_else(split, |block| {
        FrontMatter { fields: block.fields(), body: block.body, problem: None }
    });
    if let Some((line, message)) = problem {
        sink.report(Problem::error(name, start.or(Some(line)), message));
    }
    let (object, own) = sort_fields(fields);
    let mut record = match record_of_object(object, name, options) {
        Ok((record, names)) => {
            sink.describe_names(names);
            record
        }
        Err(message) => {
            sink.report(Problem::error(name, None, message));
            Record::default()
        }
    };
    if is_template(&record) {
        let message = "this is a template for notes: it is no record";
        sink.report(Problem::warning(name, None, message));
        return;
    }
    record.own.extend(own);
    record.own.extend(end_block.iter().flat_map(EndBlock::own));
    add_tags(&mut record, body);
    add_title_and_text(&mut record, body, name);
    add_date_of_name(&mut record, name);
    record.source_hash = crate::record::SourceHash::default();
    record.source_hash.add_wrapped_text(text.lines());
    if record.title().is_none() && record.values.is_empty() {
        sink.report(Problem::error(name, None, "there is nothing in this note"));
        return;
    }
    let text_of_date = record.date.text.trim();
    let line =
        text.lines().position(|line| !text_of_date.is_empty() && line.contains(text_of_date));
    doubtful_dates::send_record(sink, name, start.or(line.map(|at| at + 1)), record);
}

/// Whether a note is one from which a program makes others: `date: {{date}}`.
fn is_template(record: &Record) -> bool {
    let is_open = |text: &str| {
        let text = text.trim();
        (text.starts_with("{{") && text.ends_with("}}"))
            || (text.starts_with("<%") && text.ends_with("%>"))
    };
    is_open(&record.date.text) || record.title().is_some_and(is_open)
}

/// Adds the tags in the text of a note to its subjects: `#harvest`.
fn add_tags(record: &mut Record, body: &str) {
    let is_letter = |letter: char| letter.is_alphanumeric() || "-_/".contains(letter);
    let mut known: HashSet<String> = record.all(Field::Subjects).map(str::to_owned).collect();
    let mut is_code = false;
    for line in body.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        for word in line.split_whitespace().filter(|_| !is_code) {
            let Some(tag) = word.strip_prefix('#') else { continue };
            let tag = tag.trim_end_matches(|letter: char| !is_letter(letter));
            // `#fff` is a colour, `#12` a number.
            let is_colour = tag.len() == 3 || tag.len() == 6;
            let is_colour = is_colour && tag.chars().all(|letter| letter.is_ascii_hexdigit());
            let is_tag = tag.chars().all(is_letter) && tag.chars().any(char::is_alphabetic);
            if is_tag && !is_colour && known.insert(tag.to_owned()) {
                record.push(Field::Subjects, tag);
            }
        }
    }
}

/// The fields of a note under their names, and those that are kept as they are.
type SortedFields = (Object, Vec<(OwnName, String)>);

/// Takes the days of the note itself out of its fields: `created: 2024-05-01`. They are no dates of a document,
/// but a document of an earlier time may be dated so.
fn sort_fields(fields: Object) -> SortedFields {
    let (mut object, mut own) = (Object::default(), Vec::new());
    for (name, value) in fields {
        let text = match &value {
            Value::String(text) => text.to_string(),
            other => other.to_string(),
        };
        let word = name.to_lowercase();
        let is_creation = word.starts_with("creat") && !word.starts_with("creator");
        let year = text.get(..4).and_then(|year| year.parse::<i32>().ok());
        let is_recent = year.is_none_or(|year| year >= FIRST_NOTE_YEAR);
        if let Some(items) = items_of_list(&name, &value) {
            own.extend(items);
        } else if (is_creation && is_recent) || is_system_date(&name) {
            own.push((name.as_str().into(), text));
        } else {
            object.insert(name, links::plain_value(value));
        }
    }
    (object, own)
}

/// Returns the fields of a list of things under a name for references, each under that name: `references.title`. They are
/// what the note cites, and not where it lies.
fn items_of_list(name: &str, value: &Value) -> Option<Vec<(OwnName, String)>> {
    let items: Vec<&Object> =
        value.as_array()?.iter().map(Value::as_object).collect::<Option<_>>()?;
    let is_reference = known_names(name)
        .first()
        .is_some_and(|known| known.target == FieldTarget::Field(Field::ReferenceCode));
    let fields = items.into_iter().flat_map(Object::iter).map(|(key, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (format!("{name}.{key}").as_str().into(), text)
    });
    is_reference.then(|| fields.collect())
}

/// Adds the title, from the first heading or the name of the file, and the text as the summary.
fn add_title_and_text(record: &mut Record, body: &str, file: &str) {
    let body = body.trim();
    let first = body.lines().next().unwrap_or("");
    let heading =
        first.strip_prefix("# ").map(|heading| heading.trim().trim_end_matches('#').trim());
    let mut text = body;
    let of_file = pictures::date_and_title(file).1;
    match (record.title(), heading) {
        (None, Some(heading)) if !heading.is_empty() => {
            insert_title(record, &links::plain_text(heading));
            text = body.get(first.len()..).unwrap_or("");
        }
        (None, _) => insert_title(record, &of_file),
        (Some(title), Some(heading)) if title == heading => {
            text = body.get(first.len()..).unwrap_or("");
        }
        _ => {}
    }
    let text = links::plain_text(text);
    if record.all(Field::Summary).any(|summary| summary == text.trim()) {
        return;
    }
    record.push(Field::Summary, &text);
}

/// Puts the title before the other fields.
fn insert_title(record: &mut Record, title: &str) {
    if !title.trim().is_empty() {
        record.values.insert(0, (Field::Title, title.trim().to_owned()));
    }
}

/// Takes the date from the name of the file, if the note has none and its day is not that of writing it.
fn add_date_of_name(record: &mut Record, file: &str) {
    if !record.date.text.is_empty() {
        return;
    }
    let Some(text) = pictures::date_and_title(file).0 else { return };
    let year = text.split(|letter: char| !letter.is_ascii_digit()).find(|run| run.len() == 4);
    if year.and_then(|year| year.parse().ok()).is_some_and(|year: i32| year < FIRST_NOTE_YEAR) {
        record.date = Date::parse(&text);
    }
}

/// Whether a name of a field says what a document is, as names in settings of programs do not.
fn describes(name: &str) -> bool {
    known_names(name).first().is_some_and(|known| {
        matches!(known.target, FieldTarget::Date | FieldTarget::Begin | FieldTarget::Field(_))
    })
}
