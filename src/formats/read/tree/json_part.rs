//! Converts the records in a part of a JSON file, on any thread.

use std::sync::Arc;

use serde_json::Error;

use super::groups::Group;
use super::hierarchy::{Description, TitlesAbove};
use super::plan::Plan;
use super::rows::Row;
use super::worth;
use crate::formats::read::json::{self, Counts, error_reason};
use crate::formats::read::{ParserCache, RecordPart, Sink, doubtful_dates};
use crate::record::{Problem, Record};

/// A record in the bytes of a part.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its end in the bytes of the part. It begins at the end of the one before.
    pub(super) end: usize,
    /// Its line in the file.
    pub(super) line: usize,
    /// Its key, in an object of records.
    pub(super) entry_key: Option<String>,
    /// The key of its list, in an object of lists of records.
    pub(super) list_key: Option<Arc<str>>,
    /// What the objects that it stands in say of it, the innermost first.
    pub(super) groups: Vec<Arc<Group>>,
}

/// Converts the records of a part.
pub(super) fn read_items(
    part: &RecordPart,
    items: &[Item],
    plan: &Plan,
    cache: &mut ParserCache,
    sink: &mut dyn Sink,
) -> Counts {
    let (mut start, mut counts) = (0, Counts::default());
    // Checking all bytes at once takes less time than checking those of each text.
    let text = std::str::from_utf8(&part.bytes).ok();
    for item in items {
        let range = start..item.end;
        start = item.end;
        let value = match text.and_then(|text| text.get(range.clone())) {
            Some(json) => json::parse_text(json),
            None => json::parse_bytes(part.bytes.get(range).unwrap_or_default()),
        };
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                counts.left_out += 1;
                sink.report(no_json_value(&part.file, item.line, &error));
                continue;
            }
        };
        let value = match plan.row_names.read(value) {
            Row::Object(value) | Row::Other(value) => value,
            Row::Header => continue,
        };
        if value.as_object().is_some_and(worth::is_part) {
            let message = "this is a part of another thing and no record: it was left out";
            counts.left_out += 1;
            sink.report(Problem::warning(&part.file, Some(item.line), message));
            continue;
        }
        if !value.is_object() {
            let message = "this is no object with keys, such as `{\"title\": …}`: it was kept as a record with this value alone";
            sink.report(Problem::error(&part.file, Some(item.line), message));
        }
        if plan.is_left_out(&value) {
            counts.left_out += 1;
            continue;
        }
        let key = item.entry_key.as_deref();
        let mut titles = TitlesAbove::new(plan.child_keys.has_groups);
        for description in plan.split(value) {
            let Description { value, level, is_group } = description;
            let key = key.filter(|_| level == 0);
            let mut record = plan.record(&value, key, cache);
            if record == Record::default() {
                counts.left_out += 1;
                let message = "this record was left out: it has no field";
                sink.report(Problem::error(&part.file, Some(item.line), message));
                continue;
            }
            titles.apply_to(&mut record, level);
            if is_group {
                continue;
            }
            if let Some(list_key) = &item.list_key {
                plan.list_keys.add_to(&mut record, list_key);
            }
            item.groups.iter().for_each(|group| group.add_to(&mut record));
            counts.kept += 1;
            doubtful_dates::send_record(sink, &part.file, Some(item.line), record);
        }
    }
    counts
}

/// Returns the error for a value that is not JSON.
pub(super) fn no_json_value(file: &str, line: usize, error: &Error) -> Problem {
    let message = format!(
        "this is no JSON value: {}; it was left out, the others were read",
        error_reason(error)
    );
    Problem::error(file, Some(line), message)
}
