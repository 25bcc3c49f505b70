//! `fonds show`: all fields of the records that match a filter.

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::list;
use super::output;
use super::requested_rows::with_requested_rows;
use crate::formats::write;

/// Prints all fields of the requested records, as text or as a JSON list.
pub(super) fn run(records: &RecordArgs, json: bool) -> anyhow::Result<Outcome> {
    with_requested_rows(records, |rows| {
        let archives = rows.archives();
        output::write_stdout(|out| {
            if json {
                list::write_json(rows, out)
            } else {
                write::Format::Text.write(out, write::RecordStream { archives, records: rows })
            }
        })
    })
}
