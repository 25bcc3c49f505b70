//! The provenance of the selected record: its files and possible duplicates; showing duplicates.

use super::App;
use crate::store::RecordNumber;
use crate::tui::effect::Effect;
use crate::tui::panes::detail::state::ProvenanceLine;

/// The maximum number of possible duplicates that are shown.
const MAX_POSSIBLE_DUPLICATES: usize = 3;

impl App {
    /// Returns the lines below the fields of a record: whether it changed since it was marked, the name
    /// that the user gave to its archive, the files it is in, and possible duplicates.
    pub(super) fn provenance_lines(&self, number: RecordNumber) -> Vec<ProvenanceLine> {
        let mut lines = Vec::new();
        if self.marks.user_marks.changed.contains(number) {
            let value = "changed since you marked it".to_owned();
            lines.push(ProvenanceLine { label: "this record", value });
        }
        if let Some(title) = self.given_titles.of_files(self.store.files_of(number)) {
            lines.push(ProvenanceLine { label: "Archive", value: title.to_owned() });
        }
        lines.extend(self.file_lines(number));
        lines
    }

    /// Returns the lines with the files that a record is in, and with its possible duplicates. There
    /// are none if only one file is open.
    fn file_lines(&self, number: RecordNumber) -> Vec<ProvenanceLine> {
        if self.store.file_count() < 2 {
            return Vec::new();
        }
        let duplicates = self.store.duplicates().others(number);
        let all = std::iter::once(number).chain(duplicates);
        let mut files: Vec<&String> = Vec::new();
        for file in all.flat_map(|number| self.store.files_of(number)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        let from_file = |file: &String| ProvenanceLine { label: "File", value: file.clone() };
        let mut lines: Vec<_> = files.into_iter().map(from_file).collect();
        let possible = self.store.possible_duplicates(number);
        for other in possible.into_iter().take(MAX_POSSIBLE_DUPLICATES) {
            let position = self.store.record(other).and_then(|record| record.position);
            let position = position.map(|at| format!("position {at} in ")).unwrap_or_default();
            let files = self.store.files_of(other).join(", ");
            lines.push(ProvenanceLine { label: "Perhaps the same as", value: position + &files });
        }
        lines
    }

    /// Shows duplicates, or hides them again. The selected record stays selected.
    pub(super) fn toggle_duplicates(&mut self) -> Vec<Effect> {
        if self.store.duplicates().is_empty() {
            return self.show_message("there are no duplicates");
        }
        self.list.keep_duplicates = !self.list.keep_duplicates;
        self.marks.range_start = None;
        let target = self.selected_target();
        self.search(target)
    }

    /// Returns the number of duplicates for the status line, or that they are shown.
    pub(crate) fn duplicates_text(&self) -> Option<String> {
        match (self.store.duplicates().len(), self.list.keep_duplicates) {
            (0, _) => None,
            (1, false) => Some("1 duplicate (=)".to_owned()),
            (count, false) => Some(format!("{count} duplicates (=)")),
            (_, true) => Some("duplicates shown (=)".to_owned()),
        }
    }
}
