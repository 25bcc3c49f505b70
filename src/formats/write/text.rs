//! Writes plain text: the heading, the fields and the summary of each record.

use std::io::{self, Write};

use super::RecordStream;
use crate::formats::marked_notes::to_one_line;
use crate::record::shown::ShownField;
use crate::record::{Field, Record};

/// Which of a record's own fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnFields {
    /// Those for people, and how many others there are.
    Plain,
    /// All of them.
    All,
}

/// Writes the records with all fields, separated by a rule.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    write_records(out, stream, OwnFields::All)
}

/// Writes plain text like [`Format::Text`](super::Format::Text), but only counts the technical fields.
///
/// # Errors
/// The writer failed.
pub fn write_short_text(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    write_records(out, stream, OwnFields::Plain)
}

/// Writes the records, separated by a rule.
fn write_records(out: &mut dyn Write, stream: RecordStream<'_>, own: OwnFields) -> io::Result<()> {
    let mut separator = "";
    for sourced in stream.records {
        let record = &sourced.record;
        writeln!(out, "{separator}{}", to_one_line(&record.list_heading()))?;
        let lines = FieldLines::new(record);
        let technical = lines.technical.iter().filter(|_| own == OwnFields::All);
        for (name, values) in lines.plain.iter().chain(technical) {
            writeln!(out, "{}: {}", to_one_line(name), to_one_line(values))?;
        }
        if let Some(count) = lines.technical_count.filter(|_| own == OwnFields::Plain) {
            writeln!(out, "({count}: --all-fields shows them)")?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", to_one_line(paragraph))?;
        }
        separator = "\n* * *\n\n";
    }
    Ok(())
}

/// The fields of a record as labels and values, without the first title and the summaries.
pub(super) struct FieldLines {
    /// The fields for people.
    pub(super) plain: Vec<(String, String)>,
    /// The own fields for machines.
    pub(super) technical: Vec<(String, String)>,
    /// `12 technical fields`; `None` if there are none.
    pub(super) technical_count: Option<String>,
}

impl FieldLines {
    /// Returns the field lines of a record.
    ///
    /// The date is in words. Its text follows if it says more, then what is doubtful about it.
    pub(super) fn new(record: &Record) -> FieldLines {
        let date = &record.date;
        let line = |label: &str, value: String| (label.to_owned(), value);
        let mut plain = vec![line("Date", date.long())];
        plain.extend(date.text_if_more().map(|text| line("As written", text.to_owned())));
        plain.extend(date.doubt_sentence().map(|sentence| line("Doubtful", sentence)));
        plain.extend(record.position.map(|position| line("Position", position.to_string())));
        let titles: Vec<&str> = record.all(Field::Title).skip(1).collect();
        if !titles.is_empty() {
            plain.push(line(Field::Title.label(), titles.join("; ")));
        }
        let joined = |field: &ShownField<'_>| {
            line(&field.label, field.texts().collect::<Vec<_>>().join("; "))
        };
        plain.extend(record.shown_fields().iter().map(joined));
        let own = record.shown_own_fields();
        plain.extend(own.plain.iter().map(joined));
        FieldLines {
            plain,
            technical: own.technical.iter().map(joined).collect(),
            technical_count: own.technical_count(),
        }
    }
}

/// Returns the paragraphs of the summaries.
pub(super) fn paragraphs(record: &Record) -> impl Iterator<Item = &str> {
    let summaries = record.all(Field::Summary);
    summaries.flat_map(|text| text.split("\n\n")).filter(|text| !text.trim().is_empty())
}
