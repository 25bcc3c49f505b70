//! The user's marks and notes on the records of a backend, and changes to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{RecordHandle, RecordSet};

/// The user's marks and notes on the records of a backend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserMarks {
    /// The records with a mark.
    pub marked: RecordSet,
    /// The note on each record that has one.
    pub notes: BTreeMap<RecordHandle, Arc<str>>,
    /// The marked or noted records whose text has changed since.
    pub changed: RecordSet,
}

/// A change of marks and notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksChange {
    /// The records to mark.
    pub marked: RecordSet,
    /// The records to unmark.
    pub unmarked: RecordSet,
    /// The new notes. An empty one removes the note.
    pub notes: Vec<(RecordHandle, String)>,
}

impl MarksChange {
    /// Creates a change that marks the unmarked ones of these records and unmarks the others.
    pub fn toggle(records: &RecordSet, before: &UserMarks) -> MarksChange {
        let (mut marked, mut unmarked) = (records.clone(), records.clone());
        marked.remove_all(&before.marked);
        unmarked.intersect(&before.marked);
        MarksChange { marked, unmarked, notes: Vec::new() }
    }

    /// Creates a change that marks these records.
    pub fn mark(records: &RecordSet) -> MarksChange {
        MarksChange { marked: records.clone(), ..MarksChange::default() }
    }

    /// Creates a change that sets the note on a record, or removes it if `note` is empty.
    pub fn set_note(record: RecordHandle, note: &str) -> MarksChange {
        MarksChange { notes: vec![(record, note.to_owned())], ..MarksChange::default() }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.unmarked.is_empty() && self.notes.is_empty()
    }
}

impl UserMarks {
    /// Applies a change.
    pub fn apply(&mut self, change: &MarksChange) {
        self.marked.insert_all(&change.marked);
        self.marked.remove_all(&change.unmarked);
        for (number, note) in &change.notes {
            if note.trim().is_empty() {
                self.notes.remove(number);
            } else {
                self.notes.insert(*number, note.trim().into());
            }
        }
    }

    /// The note on a record.
    pub fn note(&self, number: RecordHandle) -> Option<&str> {
        self.notes.get(&number).map(AsRef::as_ref)
    }
}
