//! What is copied, as text.

use crate::app::copying::{Copying, Part};
use crate::record::{Field, Record};
use crate::store::Store;

/// The text that is copied and what the reader calls it, or why there is none.
pub(super) fn text(copying: &Copying) -> Result<(String, String), String> {
    let Copying::Records { part, records, store } = copying else {
        let Copying::CommandLine(line) = copying else { return Err(String::new()) };
        return Ok((line.clone(), format!("“{line}”")));
    };
    let all = records.iter().filter_map(|number| Some((number, store.record(number)?)));
    let texts: Vec<String> = all
        .filter_map(|(number, record)| of_record(*part, &record, &archive(store, number)))
        .collect();
    let (one, many) = part.says();
    let what = match (texts.len(), records.len()) {
        (0, 1) => return Err(format!("this record has no {one}, nothing is copied")),
        (0, all) => return Err(format!("none of the {all} marked has a {one}, nothing is copied")),
        (1, 1) => format!("the {one}"),
        (some, all) if some == all => format!("{some} {many}"),
        (some, all) => format!("{some} {many}, {} have none,", all - some),
    };
    let between = if matches!(part, Part::All | Part::Summary) { "\n\n" } else { "\n" };
    Ok((texts.join(between), what))
}

/// What the archive of a record is called.
fn archive(store: &Store, number: crate::store::RecordNumber) -> String {
    let source = store.locate(number).and_then(|(segment, within)| segment.sources().get(within));
    let archive = source.and_then(|source| store.sources().get(usize::from(*source)));
    archive.and_then(|archive| archive.title.clone()).unwrap_or_default()
}

/// A part of a record, where it has that.
fn of_record(part: Part, record: &Record, archive: &str) -> Option<String> {
    match part {
        Part::Citation => Some(citation(record, archive)),
        Part::Title => Some(title_and_date(record)),
        Part::Address => record.first(Field::Url).map(str::to_owned),
        Part::Id => record.first(Field::Id).map(str::to_owned),
        Part::Summary => {
            let all: Vec<&str> = record.all(Field::Summary).collect();
            (!all.is_empty()).then(|| all.join("\n\n"))
        }
        Part::All => Some(all_fields(record)),
    }
}

/// The heading and the date, with a comma between them.
fn title_and_date(record: &Record) -> String {
    let date = record.date.long();
    let heading = record.marked_heading();
    if date.is_empty() { heading.into_owned() } else { format!("{heading}, {date}") }
}

/// A citation in the archive's own form: title, date, archive, reference and address.
fn citation(record: &Record, archive: &str) -> String {
    let (heading, titled) = record.heading();
    let heading =
        if titled { format!("“{heading},”") } else { record.marked_heading().into_owned() };
    let source: Vec<&str> = record.all(Field::Source).collect();
    let date = record.date.long();
    let address = record.first(Field::Url).unwrap_or_default();
    let rest = [&date, archive, &source.join(", "), address];
    let rest: Vec<&str> = rest.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{heading} {}.", rest.join(", "))
}

/// Every field in a line of its own, with its name.
fn all_fields(record: &Record) -> String {
    let mut lines = vec![format!("date: {}", record.date.text)];
    lines.extend(record.position.map(|position| format!("position: {position}")));
    lines.extend(record.values.iter().map(|(field, value)| format!("{}: {value}", field.key())));
    lines.extend(record.own.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.join("\n")
}
