//! The handle of a record, and how records are found again when their files were read again.

use std::collections::HashMap;
use std::sync::Arc;

use super::UserMarks;
use super::backend::Backend;

/// A record, as a number that means something only to the backend that gave it out.
///
/// It stays the same while records are added, and is no longer valid after the files were read again. Two records have
/// different handles. A backend gives out small numbers, so that sets of records are bit sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordHandle(pub u32);

/// The selected record and the user's marks, with the handles that they have after the files were read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemappedRecords {
    /// The selected record, if it still exists.
    pub selected: Option<RecordHandle>,
    /// The marks and notes on records that still exist.
    pub marks: UserMarks,
}

impl RemappedRecords {
    /// Finds the selected, marked and noted records of a backend in another one, by their identities.
    pub fn find(
        reloaded: &dyn Backend,
        previous: &dyn Backend,
        selected: Option<RecordHandle>,
        marks: &UserMarks,
    ) -> RemappedRecords {
        let with_notes = marks.notes.keys().copied();
        let before: Vec<RecordHandle> =
            selected.into_iter().chain(marks.marked.iter()).chain(with_notes).collect();
        let with_identity = before.iter().zip(previous.identities_of(&before));
        let (before, identities): (Vec<RecordHandle>, Vec<_>) =
            with_identity.filter_map(|(record, identity)| Some((*record, identity?))).unzip();
        let found = before.into_iter().zip(reloaded.find(&identities));
        let now: HashMap<RecordHandle, RecordHandle> =
            found.filter_map(|(before, now)| Some((before, now?))).collect();
        let remap = |record: &RecordHandle| now.get(record).copied();
        let notes = marks.notes.iter();
        let notes = notes.filter_map(|(record, note)| Some((remap(record)?, Arc::clone(note))));
        RemappedRecords {
            selected: selected.as_ref().and_then(remap),
            marks: UserMarks {
                marked: marks.marked.iter().filter_map(|record| remap(&record)).collect(),
                notes: notes.collect(),
                changed: marks.changed.iter().filter_map(|record| remap(&record)).collect(),
            },
        }
    }
}
