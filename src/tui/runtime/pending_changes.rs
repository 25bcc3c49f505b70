//! Changes of marks and notes that are not saved yet.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
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
    by_file: BTreeMap<PathBuf, LastChanges>,
    /// Changes that have no marks file, because there is no home folder, or a link is in its place.
    without_file: LastChanges,
}

/// The last change of each mark and each note: there are at most two for an entry, however often it changes before they
/// are saved.
#[derive(Debug, Default)]
struct LastChanges {
    operations: Vec<MarkOperation>,
    /// The indexes of the changes, by the hash of the entry and of what changes.
    indexes: HashMap<u64, usize>,
    hasher: RandomState,
}

impl LastChanges {
    /// Adds a change, in place of an earlier one of the same mark or note.
    fn push(&mut self, operation: MarkOperation) {
        let is_note = |change: &MarkChange| matches!(change, MarkChange::SetNote(_));
        let hash = self.hasher.hash_one((&operation.entry, is_note(&operation.change)));
        let index = self.indexes.get(&hash).copied();
        let is_same = |earlier: &&mut MarkOperation| {
            earlier.entry == operation.entry
                && is_note(&earlier.change) == is_note(&operation.change)
        };
        let earlier = index.and_then(|index| self.operations.get_mut(index));
        if let Some(earlier) = earlier.filter(is_same) {
            earlier.change = operation.change;
        } else {
            self.indexes.insert(hash, self.operations.len());
            self.operations.push(operation);
        }
    }
}

impl PendingChanges {
    /// Whether everything is saved.
    pub(super) fn is_empty(&self) -> bool {
        self.by_file.is_empty() && self.without_file.operations.is_empty()
    }

    /// The changes of each marks file.
    pub(super) fn by_file(&self) -> impl Iterator<Item = (&Path, &[MarkOperation])> {
        self.by_file.iter().map(|(path, changes)| (path.as_path(), changes.operations.as_slice()))
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
        for operation in std::mem::take(&mut self.without_file).operations {
            match location.path_for(&operation.entry.archive) {
                Ok(path) => self.push(&path, operation),
                Err(error) => {
                    outcome = Err(error);
                    self.without_file.push(operation);
                }
            }
        }
        for (path, changes) in std::mem::take(&mut self.by_file) {
            match marks_file::append(&path, &changes.operations) {
                Ok(saved) => versions.push((path, saved)),
                Err(error) => {
                    outcome = Err(error);
                    self.by_file.insert(path, changes);
                }
            }
        }
        outcome
    }

    /// Saves the changes a last time, or else writes them to rescue files. Returns a message for each
    /// marks file whose changes could not be saved.
    pub(super) fn finish(mut self) -> Vec<String> {
        if !self.without_file.operations.is_empty() {
            let path = std::env::temp_dir().join(UNPLACED_NAME);
            self.by_file.insert(path, std::mem::take(&mut self.without_file));
        }
        let outcomes = self.by_file().map(|(path, operations)| finish_file(path, operations));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::userdata::mark_entry::MarkEntry;

    #[test]
    fn changes_of_the_same_mark_replace_each_other() {
        let mut pending = PendingChanges::default();
        let entry = |id: &str| MarkEntry { id: Some(id.to_owned()), ..MarkEntry::default() };
        let note = |text: &str| MarkChange::SetNote(text.to_owned());
        for path in [Path::new("a.toml"), Path::new("")] {
            for round in 0..1_000 {
                for id in ["1", "2"] {
                    for change in [MarkChange::Mark, note(&round.to_string()), MarkChange::Unmark] {
                        pending.push(path, MarkOperation { entry: entry(id), change });
                    }
                }
            }
        }
        let expected: Vec<MarkOperation> = ["1", "2"]
            .into_iter()
            .flat_map(|id| [(id, MarkChange::Unmark), (id, note("999"))])
            .map(|(id, change)| MarkOperation { entry: entry(id), change })
            .collect();
        assert_eq!(pending.without_file.operations, expected);
        let saved: Vec<_> = pending.by_file().map(|(_, operations)| operations).collect();
        assert_eq!(saved, [expected.as_slice()]);
    }
}
