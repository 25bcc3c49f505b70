//! What the reader marked and noted, by the numbers of the records, and how that changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{RecordNumber, RecordSet};

/// What the reader marked and noted in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The records with a mark.
    pub records: RecordSet,
    /// The records with a note, and the note.
    pub notes: BTreeMap<RecordNumber, Arc<str>>,
}

/// What is to be different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The records that get a mark.
    pub marked: RecordSet,
    /// The records that lose it.
    pub unmarked: RecordSet,
    /// The records that get a note, and the note: an empty one takes it away.
    pub notes: Vec<(RecordNumber, String)>,
}

impl Change {
    /// The change that turns the marks of these records round.
    pub fn inverting(records: &RecordSet, before: &Marked) -> Change {
        let (mut marked, mut unmarked) = (records.clone(), records.clone());
        marked.take_out(&before.records);
        unmarked.keep(&before.records);
        Change { marked, unmarked, notes: Vec::new() }
    }

    /// The change that marks these records.
    pub fn marking(records: &RecordSet) -> Change {
        Change { marked: records.clone(), ..Change::default() }
    }

    /// The change of a note.
    pub fn noting(record: RecordNumber, note: &str) -> Change {
        Change { notes: vec![(record, note.to_owned())], ..Change::default() }
    }

    /// Whether nothing is to be different.
    pub fn is_nothing(&self) -> bool {
        self.marked.is_empty() && self.unmarked.is_empty() && self.notes.is_empty()
    }
}

impl Marked {
    /// Carries a change out.
    pub fn apply(&mut self, change: &Change) {
        self.records.add(&change.marked);
        self.records.take_out(&change.unmarked);
        for (number, note) in &change.notes {
            if note.trim().is_empty() {
                self.notes.remove(number);
            } else {
                self.notes.insert(*number, note.trim().into());
            }
        }
    }

    /// The note on a record.
    pub fn note(&self, number: RecordNumber) -> Option<&str> {
        self.notes.get(&number).map(AsRef::as_ref)
    }
}
