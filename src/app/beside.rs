//! What stands beside a record: where it comes from.

use super::App;
use crate::store::RecordNumber;

impl App {
    /// What is shown below the fields of a record: the files it stands in, where several are open.
    pub(super) fn beside(&self, number: RecordNumber) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        if self.store.files() > 1 {
            let files = self.store.files_of(number);
            lines.extend(files.iter().map(|file| ("from".to_owned(), file.clone())));
        }
        lines
    }
}
