//! The provenance of the selected record: its files and possible duplicates; showing duplicates.

use super::App;
use crate::tui::effect::Effect;
use crate::tui::notice::Notice;
use crate::tui::panes::detail::state::ProvenanceLine;
use crate::tui::panes::list::state::ListRow;

impl App {
    /// Returns the lines below the fields of a record: whether it changed since it was marked, the name
    /// that the user gave to its archive, the files it is in, and possible duplicates.
    pub(super) fn provenance_lines(&self, row: &ListRow) -> Vec<ProvenanceLine> {
        let mut lines = Vec::new();
        if self.marks.user_marks.changed.contains(row.handle) {
            let value = "changed since you marked it".to_owned();
            lines.push(ProvenanceLine { label: "this record", value });
        }
        let files = self.summary.files_of(row.provenance.file_set);
        if let Some(title) = self.given_titles.of_files(files) {
            lines.push(ProvenanceLine { label: "Archive", value: title.to_owned() });
        }
        lines.extend(self.file_lines(row));
        lines
    }

    /// Returns the lines with the files that a record is in, and with its possible duplicates. There
    /// are none if only one file is open.
    fn file_lines(&self, row: &ListRow) -> Vec<ProvenanceLine> {
        if self.summary.file_count < 2 {
            return Vec::new();
        }
        let all = std::iter::once(&row.provenance.file_set).chain(&row.duplicates);
        let mut files: Vec<&String> = Vec::new();
        for file in all.flat_map(|file_set| self.summary.files_of(*file_set)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        let from_file = |file: &String| ProvenanceLine { label: "File", value: file.clone() };
        let mut lines: Vec<_> = files.into_iter().map(from_file).collect();
        for possible in &row.possible_duplicates {
            let position = possible.position.map(|at| format!("position {at} in "));
            let files = self.summary.files_of(possible.file_set).join(", ");
            let value = position.unwrap_or_default() + &files;
            lines.push(ProvenanceLine { label: "Perhaps the same as", value });
        }
        lines
    }

    /// Shows duplicates, or hides them again. The selected record stays selected.
    pub(super) fn toggle_duplicates(&mut self) -> Vec<Effect> {
        if self.summary.duplicate_count == 0 {
            return self.tell(Notice::NoDuplicates);
        }
        self.list.keep_duplicates = !self.list.keep_duplicates;
        self.marks.range_start = None;
        let target = self.selected_target();
        self.search(target)
    }

    /// Returns the number of duplicates for the status line, or that they are shown.
    pub(crate) fn duplicates_text(&self) -> Option<String> {
        match (self.summary.duplicate_count, self.list.keep_duplicates) {
            (0, _) => None,
            (1, false) => Some("1 duplicate (=)".to_owned()),
            (count, false) => Some(format!("{count} duplicates (=)")),
            (_, true) => Some("duplicates shown (=)".to_owned()),
        }
    }
}
