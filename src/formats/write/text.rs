//! Plain text, to read or print: the date, the title, the fields, the summary.

use std::io::{self, Write};

use super::Set;
use crate::record::{Field, Record};

/// Writes each record with an empty line and a rule between them.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let mut between = "";
    for placed in set.records {
        let record = &placed.record;
        writeln!(out, "{between}{}", one_line(&record.marked_heading()))?;
        for (name, values) in lines_of(record) {
            writeln!(out, "{name}: {}", one_line(&values))?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", one_line(paragraph))?;
        }
        between = "\n* * *\n\n";
    }
    Ok(())
}

/// What is said of a record in a line a field, in the order in which one reads it: all but the first
/// title and the summaries.
pub(super) fn lines_of(record: &Record) -> Vec<(&str, String)> {
    let date = match record.date.text.trim() {
        "" => "undated".to_owned(),
        text => text.to_owned(),
    };
    let mut lines = vec![("date", date)];
    lines.extend(record.position.map(|position| ("position", position.to_string())));
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Summary) {
        let skipped = usize::from(field == Field::Title);
        let values: Vec<&str> = record.all(field).skip(skipped).collect();
        if !values.is_empty() {
            lines.push((field.key(), values.join("; ")));
        }
    }
    lines.extend(record.own.iter().map(|(name, value)| (name.as_str(), value.clone())));
    lines
}

/// The paragraphs of the summaries.
pub(super) fn paragraphs(record: &Record) -> impl Iterator<Item = &str> {
    let summaries = record.all(Field::Summary);
    summaries.flat_map(|text| text.split("\n\n")).filter(|text| !text.trim().is_empty())
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
