//! `fonds show`: all fields of the records that match a filter.

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::list;
use super::output;
use super::requested_rows::with_requested_rows;
use crate::formats::write;

/// What is printed of each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShowFormat {
    /// Text without technical fields.
    Text,
    /// Text with all fields.
    AllFields,
    /// JSON.
    Json,
}

impl ShowFormat {
    /// Returns the format for the options `--json` and `--all-fields`. JSON always has all fields.
    pub(super) fn new(json: bool, all_fields: bool) -> ShowFormat {
        match (json, all_fields) {
            (true, _) => ShowFormat::Json,
            (false, true) => ShowFormat::AllFields,
            (false, false) => ShowFormat::Text,
        }
    }
}

/// Prints the fields of the requested records, as text or as a JSON list.
pub(super) fn run(records: &RecordArgs, format: ShowFormat) -> anyhow::Result<Outcome> {
    with_requested_rows(records, |rows| {
        let named = rows.named_archives();
        output::write_stdout(|out| {
            if format == ShowFormat::Json {
                return list::write_json(rows, out);
            }
            let records = &mut rows.map(|record| named.with_archive_data(record));
            let stream = write::RecordStream { archives: &named.archives, records };
            match format {
                ShowFormat::AllFields => write::Format::Text.write(out, stream),
                _ => write::write_short_text(out, stream),
            }
        })
    })
}
