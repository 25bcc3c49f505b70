//! CSL-JSON, as citation processors read it (<https://docs.citationstyles.org/en/stable/>).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::biblatex::Keys;
use super::{Set, archive_of, item_type};
use crate::formats::cite;
use crate::record::{Archive, Date, DateSpan, Field, Precision, Reading, Record};

/// Writes a list with an item a record, an item a line.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let mut keys = Keys::default();
    write!(out, "[")?;
    let mut between = "\n";
    for placed in set.records {
        let archive = archive_of(set.archives, &placed);
        out.write_all(between.as_bytes())?;
        serde_json::to_writer(
            &mut *out,
            &item(&placed.record, archive, &keys.give(&placed.record)),
        )?;
        between = ",\n";
    }
    writeln!(out, "\n]")
}

/// One item. What CSL has no variable for stands in `note`, a line each, as Zotero has it.
fn item(record: &Record, archive: Option<&Archive>, key: &str) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    };
    let letter = item_type::is_letter(record);
    put("id", Some(key.into()));
    put("type", Some(if letter { "personal_communication" } else { "manuscript" }.into()));
    put("title", Some(item_type::title(record).into()));
    let people: Vec<Value> = record.all(Field::People).map(name).collect();
    put("author", (!people.is_empty()).then(|| people.into()));
    put("issued", issued(&record.date));
    put("abstract", all(record, Field::Summary, "\n\n"));
    put("archive", item_type::archive_name(archive).map(Value::from));
    put("archive_location", item_type::location(record).map(Value::from));
    put("archive_collection", item_type::collection(record).map(Value::from));
    put("language", all(record, Field::Language, ", "));
    put("keyword", all(record, Field::Subjects, ", "));
    put("URL", record.first(Field::Url).map(Value::from));
    put("note", notes(record, archive, key));
    item.into()
}

/// The values of a field as one text.
fn all(record: &Record, field: Field, between: &str) -> Option<Value> {
    let values: Vec<&str> = record.all(field).collect();
    (!values.is_empty()).then(|| values.join(between).into())
}

/// What has no variable of its own.
fn notes(record: &Record, archive: Option<&Archive>, key: &str) -> Option<Value> {
    let named = item_type::noted(record, |field, values| match field {
        // The key, as far as it can hold an id.
        Field::Id => values == [key],
        Field::People => values.iter().all(|name| !cite::says_more(name)),
        Field::Subjects => values.iter().all(|subject| !subject.contains([',', ';'])),
        Field::Source => true,
        Field::Places | Field::Rights => false,
        Field::Title | Field::Summary | Field::Url | Field::Language | Field::Collection => {
            values.len() < 2
        }
    });
    let repository = item_type::repository(archive).map(|name| format!("repository: {name}"));
    let position = record.position.map(|position| format!("position: {position}"));
    let in_words = record.date.span().is_none_or(|span| !is_held(&span));
    let undated = in_words.then(|| date_in_words(&record.date));
    let lines: Vec<String> = undated
        .into_iter()
        .chain(repository)
        .chain(position)
        .chain(named)
        .chain(item_type::own_notes(record))
        .map(|line| item_type::on_one_line(&line))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n").into())
}

/// Whether parts of dates hold a span: CSL has no sign for a date that the document does not say
/// itself, and none for seasons and decades.
fn is_held(span: &DateSpan) -> bool {
    let (first, last) = span.ends();
    let is_unit = |unit: Option<DateSpan>| {
        unit.is_some_and(|unit| unit.start <= Precision::Year && unit.start != Precision::Season)
    };
    !span.inferred && is_unit(first) && is_unit(last)
}

/// A date as it is written, as a note.
fn date_in_words(date: &Date) -> String {
    let text = date.text.trim();
    format!("date: {}", if text.is_empty() { "undated" } else { text })
}

/// The date: parts where CSL can hold them, else the text. An undated record has none.
fn issued(date: &Date) -> Option<Value> {
    let text = date.text.trim();
    match date.reading {
        Reading::Undated => None,
        Reading::Unreadable => Some(json!({ "literal": text })),
        Reading::Span(span) => Some(in_parts(&span).unwrap_or_else(|| json!({ "literal": text }))),
    }
}

/// The span in `date-parts`: one for a single day, month or year, two for anything longer.
fn in_parts(span: &DateSpan) -> Option<Value> {
    let (first, last) = span.ends();
    let (first, last) = (first?, last?);
    // How a processor counts the years before Christ is said nowhere.
    if first.earliest.to_ymd().0 <= 0 {
        return None;
    }
    let single = first == last;
    let date_parts = if single && first.start <= Precision::Year && first.start != Precision::Season
    {
        json!([parts(&first, first.earliest.to_ymd())])
    } else {
        json!([parts(&first, first.earliest.to_ymd()), parts(&last, last.latest.to_ymd())])
    };
    let mut date = Map::new();
    date.insert("date-parts".to_owned(), date_parts);
    if span.approximate || span.uncertain {
        date.insert("circa".to_owned(), true.into());
    }
    Some(date.into())
}

/// Year, month and day, as far as they are known.
fn parts(unit: &DateSpan, (year, month, day): (i64, u8, u8)) -> Value {
    match unit.start {
        Precision::Day => json!([year, month, day]),
        Precision::Month | Precision::Season => json!([year, month]),
        _ => json!([year]),
    }
}

/// A name: family and given where they are known, else one whole.
fn name(name: &str) -> Value {
    match cite::Name::read(name) {
        cite::Name::Parted { family, given, suffix: None } => {
            json!({ "family": family, "given": given })
        }
        cite::Name::Parted { family, given, suffix } => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
        cite::Name::Whole(name) => json!({ "literal": name }),
    }
}
