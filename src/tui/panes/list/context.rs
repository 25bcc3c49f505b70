//! What the list shows beside its rows, and what it says where it has none.

use crate::query::UserMarks;
use crate::tui::panes::filter_bar::state::FilterBarState;
use crate::tui::records::OpenRecords;

/// What the list shows beside its rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListContext<'a> {
    /// What is known of all records.
    pub(crate) records: &'a OpenRecords,
    /// The marks and notes.
    pub(crate) user_marks: &'a UserMarks,
    /// The filter bar.
    pub(crate) filter_bar: &'a FilterBarState,
    /// Whether the list is the pane to look at.
    pub(crate) is_active: bool,
}

impl ListContext<'_> {
    /// Returns the lines of an empty list: how to open an archive, or which term found nothing.
    pub(crate) fn empty_list_lines(&self) -> Vec<String> {
        let is_empty = self.records.summary.is_empty();
        if !is_empty && self.filter_bar.is_empty() {
            // Without a filter all records match: the response has not arrived yet.
            return Vec::new();
        }
        if !is_empty {
            let mut lines = vec![format!("No record matches “{}”.", self.filter_bar.text())];
            lines.extend(self.filter_bar.messages.iter().cloned());
            lines.push("Esc goes back to all records.".to_owned());
            return lines;
        }
        if !self.records.is_loaded() {
            return vec!["Reading ...".to_owned()];
        }
        vec![
            "There are no records here.".to_owned(),
            "fonds FILE... opens files from archives: fonds formats lists the formats;".to_owned(),
            "to open a page copied in the browser: pbpaste | fonds -".to_owned(),
        ]
    }
}
