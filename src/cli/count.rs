//! `fonds count`: how many records match a filter.

use serde_json::json;

use super::args::RecordArgs;
use super::exit_code::Outcome;
use super::output;
use super::requested_rows::with_requested_rows;

/// Prints the number of requested records, as a number or as a JSON object with further numbers.
pub(super) fn run(records: &RecordArgs, json: bool) -> anyhow::Result<Outcome> {
    with_requested_rows(records, |rows| {
        let (matching, total) = (rows.remaining(), rows.total());
        let undated = rows.undated_left_out();
        let object = json!({ "records": matching, "total": total, "undated_left_out": undated });
        output::write_stdout(|out| {
            if json { writeln!(out, "{object}") } else { writeln!(out, "{matching}") }
        })
    })
}
