//! The lines of the detail about where a record comes from: its archive, its files, and possible duplicates.

use super::state::ProvenanceLine;
use crate::query::UserMarks;
use crate::tui::panes::list::state::ListRow;
use crate::tui::records::OpenRecords;

/// Returns the lines below the fields of a record: whether it changed since it was marked, the name
/// that the user gave to its archive, the files it is in, and possible duplicates.
pub(super) fn provenance_lines(
    row: &ListRow,
    records: &OpenRecords,
    user_marks: &UserMarks,
) -> Vec<ProvenanceLine> {
    let mut lines = Vec::new();
    if user_marks.changed.contains(row.handle) {
        let value = "changed since you marked it".to_owned();
        lines.push(ProvenanceLine { label: "this record", value });
    }
    let files = records.summary.files_of(row.provenance.file_set);
    if let Some(title) = records.given_titles.of_files(files) {
        lines.push(ProvenanceLine { label: "Archive", value: title.to_owned() });
    }
    lines.extend(file_lines(row, records));
    lines
}

/// Returns the lines with the files that a record is in, and with its possible duplicates. There
/// are none if only one file is open.
fn file_lines(row: &ListRow, records: &OpenRecords) -> Vec<ProvenanceLine> {
    let summary = &records.summary;
    if summary.file_count < 2 {
        return Vec::new();
    }
    let all = std::iter::once(&row.provenance.file_set).chain(&row.duplicates);
    let mut files: Vec<&String> = Vec::new();
    for file in all.flat_map(|file_set| summary.files_of(*file_set)) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let from_file = |file: &String| ProvenanceLine { label: "File", value: file.clone() };
    let mut lines: Vec<_> = files.into_iter().map(from_file).collect();
    for possible in &row.possible_duplicates {
        let position = possible.position.map(|at| format!("position {at} in "));
        let files = summary.files_of(possible.file_set).join(", ");
        let value = position.unwrap_or_default() + &files;
        lines.push(ProvenanceLine { label: "Perhaps the same as", value });
    }
    lines
}
