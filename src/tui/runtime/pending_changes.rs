//! Changes of marks and notes that are not saved yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files;
use crate::userdata::mark_entry::{MarkChange, MarkOperation};
use crate::userdata::marks_file::{self, MarksError, MarksLocation, SavedVersions};

/// The name that the rescue file is made of for changes without a marks file.
const UNPLACED_NAME: &str = "fonds-marks.toml";

/// How long to wait at the end for another program that holds a lock.
const FINAL_LOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// Changes that are not saved yet, oldest first for each marks file.
#[derive(Debug, Default)]
pub(super) struct PendingChanges {
    by_file: BTreeMap<PathBuf, Vec<MarkOperation>>,
    /// Changes that have no marks file, because there is no home folder, or a link is in its place.
    without_file: Vec<MarkOperation>,
}

impl PendingChanges {
    /// Whether everything is saved.
    pub(super) fn is_empty(&self) -> bool {
        self.by_file.is_empty() && self.without_file.is_empty()
    }

    /// The changes of each marks file.
    pub(super) fn by_file(&self) -> impl Iterator<Item = (&Path, &[MarkOperation])> {
        self.by_file.iter().map(|(path, operations)| (path.as_path(), operations.as_slice()))
    }

    /// Adds a change to a marks file; the path is empty if there is none.
    pub(super) fn push(&mut self, path: &Path, operation: MarkOperation) {
        if path.as_os_str().is_empty() {
            self.without_file.push(operation);
        } else {
            self.by_file.entry(path.to_owned()).or_default().push(operation);
        }
    }

    /// Tries to save the changes. Those that cannot be saved stay. Appends the versions of the files that were
    /// changed to `versions`.
    ///
    /// # Errors
    /// Some cannot be saved; the error is that of the last marks file.
    pub(super) fn save(
        &mut self,
        location: &MarksLocation,
        versions: &mut Vec<(PathBuf, SavedVersions)>,
    ) -> Result<(), MarksError> {
        let mut outcome = Ok(());
        for operation in std::mem::take(&mut self.without_file) {
            match location.path_for(&operation.entry.archive) {
                Ok(path) => self.push(&path, operation),
                Err(error) => {
                    outcome = Err(error);
                    self.without_file.push(operation);
                }
            }
        }
        for (path, operations) in std::mem::take(&mut self.by_file) {
            match marks_file::append(&path, &operations) {
                Ok(saved) => versions.push((path, saved)),
                Err(error) => {
                    outcome = Err(error);
                    self.by_file.insert(path, operations);
                }
            }
        }
        outcome
    }

    /// Saves the changes a last time, or else writes them to rescue files. Returns a message for each
    /// marks file whose changes could not be saved.
    pub(super) fn finish(mut self) -> Vec<String> {
        if !self.without_file.is_empty() {
            let path = std::env::temp_dir().join(UNPLACED_NAME);
            self.by_file.insert(path, self.without_file);
        }
        let outcomes = self.by_file.iter().map(|(path, operations)| finish_file(path, operations));
        outcomes.flatten().collect()
    }
}

/// Saves the changes of one marks file a last time. Returns a message if that fails.
fn finish_file(path: &Path, operations: &[MarkOperation]) -> Option<String> {
    let has_file = !path.ends_with(UNPLACED_NAME);
    if has_file && marks_file::append_within(path, operations, FINAL_LOCK_TIMEOUT).is_ok() {
        return None;
    }
    let name = files::display_name(path);
    let changes = match operations.len() {
        1 => "1 change of marks or notes".to_owned(),
        count => format!("{count} changes of marks or notes"),
    };
    Some(match marks_file::write_rescue(path, operations) {
        Ok(rescue) => format!("not kept in {name}: {changes}, now in {}", rescue.display()),
        Err(error) => {
            // Nothing can be written anywhere, so the changes are printed.
            let described: String = operations.iter().map(describe).collect();
            format!("not kept in {name}: {changes}: {error}{described}")
        }
    })
}

/// Describes a change for people.
fn describe(MarkOperation { entry, change }: &MarkOperation) -> String {
    let what = match change {
        MarkChange::Mark => "marked",
        MarkChange::Unmark => "not marked",
        MarkChange::SetNote(note) => note,
    };
    format!("; {} {}: {what}", entry.date, entry.title)
}
