//! What stands beside a record: the files it comes from, its copies, and what may be the same.

use super::App;
use crate::store::RecordNumber;
use crate::tui::action::Effect;

/// How many records that may be the same are named.
const NAMED: usize = 3;

impl App {
    /// What is shown below the fields of a record, where several files are open: the files it stands
    /// in, and the records that may be the same.
    pub(super) fn beside(&self, number: RecordNumber) -> Vec<(String, String)> {
        if self.store.files() < 2 {
            return Vec::new();
        }
        let copies = self.store.copies().others(number);
        let all = std::iter::once(number).chain(copies);
        let mut files: Vec<&String> = Vec::new();
        for file in all.flat_map(|number| self.store.files_of(number)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        let mut lines: Vec<_> =
            files.into_iter().map(|file| ("from".to_owned(), file.clone())).collect();
        let same = self.store.perhaps_same(number);
        for other in same.into_iter().take(NAMED) {
            let position = self.store.record(other).and_then(|record| record.position);
            let position = position.map(|at| format!("position {at} in ")).unwrap_or_default();
            let files = self.store.files_of(other).join(", ");
            lines.push(("perhaps the same as".to_owned(), position + &files));
        }
        lines
    }

    /// Shows what stands in several files as often, or once; the selected record stays selected.
    pub(super) fn show_apart(&mut self) -> Vec<Effect> {
        if self.store.copies().is_empty() {
            return self.say("no record stands in several files");
        }
        self.list.apart = !self.list.apart;
        self.marks.range = None;
        let place = self.selected_place();
        self.ask(place)
    }

    /// Says how many records stand in several files, and how they are shown.
    pub(crate) fn copies_words(&self) -> Option<String> {
        match (self.store.copies().len(), self.list.apart) {
            (0, _) => None,
            (1, false) => Some("1 copy (=)".to_owned()),
            (copies, false) => Some(format!("{copies} copies (=)")),
            (_, true) => Some("copies apart (=)".to_owned()),
        }
    }
}
