//! Reads the saved marks and notes of records, and says what became of the others.

use super::saved_marks::{Extent, FoundMarks, MarkCounts, SavedEntry, SavedMarks};
use crate::query::UserMarks;
use crate::record::Problem;
use crate::store::Store;
use crate::userdata::marks_file::{MarksError, MarksLocation};

/// The saved marks and notes of the records of a store, and what to report about them.
pub struct ReadMarks {
    /// The marks and notes.
    pub user_marks: UserMarks,
    /// What is wrong with the marks files.
    pub problems: Vec<Problem>,
    /// How many entries belong to no record, if any.
    pub unclaimed: Option<String>,
}

/// Reads the saved marks and notes of the records of a store.
///
/// # Errors
/// A file cannot be read.
pub fn read_marks(location: &MarksLocation, store: &Store) -> Result<ReadMarks, MarksError> {
    let saved = SavedMarks::load(location)?;
    let found = saved.find_records(store, Extent::All);
    let unclaimed = unclaimed_message(&saved, &found);
    Ok(ReadMarks { user_marks: found.user_marks, problems: saved.problems, unclaimed })
}

/// Returns how many entries belong to no record of what is open, and of which file the first one is.
pub(super) fn unclaimed_message(saved: &SavedMarks, found: &FoundMarks) -> Option<String> {
    let SavedEntry { entry, .. } = saved.entries.get(*found.unclaimed.first()?)?;
    let counts = saved.counts(&found.unclaimed);
    let (from, verb) = (&entry.file, if counts.total() == 1 { "belongs" } else { "belong" });
    Some(format!("{counts} of {from} {verb} to no record here: fonds marks --unclaimed lists them"))
}

/// Returns how many marks and notes were taken along from files that are gone or have another archive.
pub(super) fn taken_along_message(counts: MarkCounts) -> Option<String> {
    let verb = if counts.total() == 1 { "was" } else { "were" };
    (counts.total() > 0).then(|| format!("{counts} {verb} taken along"))
}
