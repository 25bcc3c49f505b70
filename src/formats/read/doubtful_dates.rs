//! The one place where parsers report the doubtful dates of their records.

use super::Sink;
use crate::record::{Date, Problem, Record};

/// Reports a doubtful date of a record, then sends the record.
pub(super) fn send_record(sink: &mut dyn Sink, file: &str, line: Option<usize>, record: Record) {
    if let Some(problem) = Problem::doubtful_date(file, line, &record.date) {
        sink.report(problem);
    }
    sink.add_record(record);
}

/// Reports the dates of the own fields in `names` that have no day in common with the date of a record, which
/// counts. `parse` takes their values apart.
pub(super) fn report_other_dates(
    sink: &mut dyn Sink,
    file: &str,
    line: Option<usize>,
    record: &Record,
    names: &[&str],
    parse: fn(&str) -> Option<Date>,
) {
    let Some(span) = record.date.span() else { return };
    for (name, value) in record.own.iter().filter(|(name, _)| names.contains(&name.as_str())) {
        let other = parse(value).and_then(|date| date.span());
        if other.is_none_or(|other| other.overlaps(&span)) {
            continue;
        }
        let message = format!(
            "this record has two dates that differ, “{}” and “{value}” in {name}: the first one counts, the \
             other is kept as a field",
            record.date.text.trim()
        );
        sink.report(Problem::warning(file, line, message));
    }
}

/// Reports the date of the record with this number if it is doubtful, in a file without lines.
pub(super) fn report_numbered(sink: &mut dyn Sink, file: &str, number: usize, record: &Record) {
    if let Some(problem) = Problem::doubtful_date(file, None, &record.date) {
        let message = format!("record {number}: {}", problem.message);
        sink.report(Problem { message, ..problem });
    }
}
