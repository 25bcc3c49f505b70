//! What is copied, as text.

use crate::cli::requested_rows::placed;
use crate::formats::cite::Style;
use crate::formats::write::Set;
use crate::record::{Field, Record};
use crate::store::{RecordSet, Store};
use crate::tui::app::copy::{Copying, Part};

/// The text that is copied and what the reader calls it, or why there is none.
pub(super) fn text(copying: &Copying) -> Result<(String, String), String> {
    let (part, style, records, store) = match copying {
        Copying::CommandLine(line) => return Ok((line.clone(), format!("“{line}”"))),
        Copying::Records { part, style, records, store } => (*part, style, records, store),
    };
    if part == Part::Citation {
        let what = match records.len() {
            1 => format!("the citation ({style})"),
            some => format!("{some} citations ({style})"),
        };
        return Ok((citations(style, records, store), what));
    }
    let all = records.iter().filter_map(|number| store.record(number));
    let texts: Vec<String> = all.filter_map(|record| of_record(part, &record)).collect();
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

/// The citations of records, as one text: in some styles they are entries of one list.
fn citations(style: &str, records: &RecordSet, store: &Store) -> String {
    let style = Style::from_name(style).unwrap_or_default();
    let mut text = Vec::new();
    let set = Set { archives: store.sources(), records: &mut placed(store, records) };
    // Memory is always there to be written to.
    let _ = style.write(&mut text, set);
    String::from_utf8_lossy(&text).trim_end_matches('\n').to_owned()
}

/// A part of a record, where it has that.
fn of_record(part: Part, record: &Record) -> Option<String> {
    match part {
        Part::Title | Part::Citation => Some(title_and_date(record)),
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

/// Every field in a line of its own, with its name.
fn all_fields(record: &Record) -> String {
    let mut lines = vec![format!("date: {}", record.date.text)];
    lines.extend(record.position.map(|position| format!("position: {position}")));
    lines.extend(record.values.iter().map(|(field, value)| format!("{}: {value}", field.key())));
    lines.extend(record.own.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.join("\n")
}
