//! Writes plain text: the heading, the fields and the summary of each record.

use std::io::{self, Write};

use super::RecordStream;
use crate::record::{Field, Record};

/// Writes the records, separated by a rule.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let mut separator = "";
    for sourced in stream.records {
        let record = &sourced.record;
        writeln!(out, "{separator}{}", to_one_line(&record.list_heading()))?;
        for (name, values) in field_lines(record) {
            writeln!(out, "{name}: {}", to_one_line(&values))?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", to_one_line(paragraph))?;
        }
        separator = "\n* * *\n\n";
    }
    Ok(())
}

/// Returns the field lines of a record as names and values, without the first title and the
/// summaries.
///
/// The date is in words. Its text follows if it says more, then what is doubtful about it.
pub(super) fn field_lines(record: &Record) -> Vec<(&str, String)> {
    let date = &record.date;
    let mut lines = vec![("date", date.long())];
    lines.extend(date.text_if_more().map(|text| ("as written", text.to_owned())));
    lines.extend(date.doubt_sentence().map(|sentence| ("doubtful", sentence)));
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

/// Returns the paragraphs of the summaries.
pub(super) fn paragraphs(record: &Record) -> impl Iterator<Item = &str> {
    let summaries = record.all(Field::Summary);
    summaries.flat_map(|text| text.split("\n\n")).filter(|text| !text.trim().is_empty())
}

/// Joins the lines of a text.
fn to_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
