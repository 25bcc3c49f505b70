//! The one place where parsers report the doubtful dates of their records.

use super::Sink;
use crate::record::{Problem, Record};

/// Reports a doubtful date of a record, then sends the record.
pub(super) fn send_record(sink: &mut dyn Sink, file: &str, line: Option<usize>, record: Record) {
    if let Some(problem) = Problem::doubtful_date(file, line, &record.date) {
        sink.report(problem);
    }
    sink.add_record(record);
}

/// Reports the date of the record with this number if it is doubtful, in a file without lines.
pub(super) fn report_numbered(sink: &mut dyn Sink, file: &str, number: usize, record: &Record) {
    if let Some(problem) = Problem::doubtful_date(file, None, &record.date) {
        let message = format!("record {number}: {}", problem.message);
        sink.report(Problem { message, ..problem });
    }
}
