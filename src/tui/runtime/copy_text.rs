//! Builds the text that is copied to the clipboard.

use std::fmt::Write as _;

use crate::cli::archive_names::ArchiveNames;
use crate::cli::requested_rows::in_order;
use crate::formats::cite;
use crate::formats::cite::Style;
use crate::formats::write::RecordStream;
use crate::query::{Backend, Row};
use crate::record::{Field, Record};
use crate::text::clean::{clean, clean_lines};
use crate::tui::app::copy::{CopyContent, CopyRequest};

/// Text for the clipboard.
#[derive(Debug)]
pub(super) struct CopyText {
    /// The text itself.
    pub(super) text: String,
    /// Its name in messages, such as "the title".
    pub(super) description: String,
}

/// Returns the text that a request asks for. The records are in the order of the screen.
///
/// # Errors
/// There is nothing to copy; the message explains why.
pub(super) fn text_to_copy(
    request: &CopyRequest,
    archive_names: &ArchiveNames,
) -> Result<CopyText, String> {
    let (content, style, rows, backend) = match request {
        CopyRequest::CommandLine(line) => {
            return Ok(CopyText { text: line.clone(), description: format!("“{line}”") });
        }
        CopyRequest::Records { content, style, records, filter, order, backend } => {
            let rows = in_order(&**backend, records, filter, *order);
            (*content, style, rows.map_err(|error| error.to_string())?, backend)
        }
    };
    if content == CopyContent::Citation {
        return Ok(citations(style, rows, &**backend, archive_names));
    }
    let texts: Vec<String> =
        rows.iter().filter_map(|row| record_content(content, &row.record)).collect();
    let (one, many) = content.names();
    let description = match (texts.len(), rows.len()) {
        (0, 1) => return Err(format!("this record has no {one}, nothing is copied")),
        (0, all) => {
            return Err(format!("none of the {all} records has a {one}, nothing is copied"));
        }
        (1, 1) => format!("the {one}"),
        (count, all) if count == all => format!("{count} {many}"),
        (count, all) => format!("{count} {many}, {} have none,", all - count),
    };
    let has_long_texts = matches!(content, CopyContent::All | CopyContent::Summary);
    let separator = if has_long_texts { "\n\n" } else { "\n" };
    Ok(CopyText { text: texts.join(separator), description })
}

/// Returns the citations of records as one text, with a warning if some name no archive. In some styles they
/// are entries of one list.
fn citations(
    style: &str,
    rows: Vec<Row>,
    backend: &dyn Backend,
    archive_names: &ArchiveNames,
) -> CopyText {
    let mut text = Vec::new();
    let named = archive_names.name_archives(backend);
    let archives = &*named.archives;
    let cited_style = Style::from_name(style).unwrap_or_default();
    let mut without_archive = 0;
    let count = rows.len();
    let records = &mut rows.into_iter().map(|row| named.with_archive(row)).inspect(|record| {
        without_archive += usize::from(!cite::names_archive(archives, record, cited_style));
    });
    // Writing to memory cannot fail.
    let _ = cited_style.write(&mut text, RecordStream { archives, records });
    let mut description = match count {
        1 => format!("the citation ({style})"),
        count => format!("{count} citations ({style})"),
    };
    if without_archive > 0 {
        description.push_str(", which names no archive (A names it),");
    } else if let Some(message) = named.messages.first() {
        let _ = write!(description, " ({message})");
    }
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_end_matches('\n');
    let text = if cited_style.is_line() { clean_lines(text) } else { text.into() };
    CopyText { text: text.into_owned(), description }
}

/// Returns the text to copy of one record, or nothing if the record does not have it. Title, address and id are one
/// line, because a terminal would run the lines of a pasted text.
fn record_content(content: CopyContent, record: &Record) -> Option<String> {
    match content {
        CopyContent::Title | CopyContent::Citation => Some(to_one_line(&title_and_date(record))),
        CopyContent::Address => record.first(Field::Url).map(to_one_line),
        CopyContent::Id => record.first(Field::Id).map(to_one_line),
        CopyContent::Summary => {
            let summaries: Vec<&str> = record.all(Field::Summary).collect();
            (!summaries.is_empty()).then(|| summaries.join("\n\n"))
        }
        CopyContent::All => Some(all_fields(record)),
    }
}

/// Returns a text on one line, without what reorders or hides letters.
fn to_one_line(text: &str) -> String {
    clean(text).trim().to_owned()
}

/// Returns the heading and the date, separated by a comma. A doubtful date is copied as written.
fn title_and_date(record: &Record) -> String {
    let date = match record.date.text.trim() {
        text if record.date.parsed.is_doubtful() && !text.is_empty() => text.to_owned(),
        _ => record.date.long(),
    };
    let heading = record.list_heading();
    if date.is_empty() { heading.into_owned() } else { format!("{heading}, {date}") }
}

/// Returns all fields, one per line, each after its name.
fn all_fields(record: &Record) -> String {
    let mut lines = vec![format!("date: {}", record.date.text)];
    lines.extend(record.position.map(|position| format!("position: {position}")));
    lines.extend(record.values.iter().map(|(field, value)| format!("{}: {value}", field.key())));
    lines.extend(record.own.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.join("\n")
}
