//! Marks and notes on the records of a backend that has them elsewhere, such as a search engine.
//!
//! Such a record is known by its id. No file is behind it, so that an entry is never taken along or unclaimed.

use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use super::read_marks::ReadMarks;
use super::saved_marks::{FoundMarks, SavedEntry, SavedMarks};
use crate::query::{Backend, RecordHandle, SharedBackend};
use crate::record::{RecordId, RecordKey};
use crate::store::StoreBackend;
use crate::tui::action::Action;
use crate::userdata::claim::Proof;
use crate::userdata::mark_entry::MarkEntry;
use crate::userdata::marks_file::{MarksError, MarksLocation};

/// Reads the saved marks and notes of the records of a backend.
///
/// # Errors
/// A file cannot be read.
pub fn read_remote_marks(
    location: &MarksLocation,
    backend: &dyn Backend,
) -> Result<ReadMarks, MarksError> {
    let saved = SavedMarks::load(location)?;
    let user_marks = find_records(&saved.entries, backend).user_marks;
    Ok(ReadMarks { user_marks, problems: saved.problems, unclaimed: None })
}

/// Finds the records of the entries that have an id.
pub(super) fn find_records(entries: &[SavedEntry], backend: &dyn Backend) -> FoundMarks {
    let identity = |(index, saved): (usize, &SavedEntry)| {
        let MarkEntry { archive, id, .. } = &saved.entry;
        let key = RecordKey::Id(id.clone()?);
        Some((index, RecordId { archive: archive.clone(), key, repetition: 0 }))
    };
    let (indexes, identities): (Vec<usize>, Vec<RecordId>) =
        entries.iter().enumerate().filter_map(identity).unzip();
    let mut found = FoundMarks::default();
    for (index, record) in indexes.into_iter().zip(backend.find(&identities)) {
        if let (Some(record), Some(saved)) = (record, entries.get(index)) {
            found.add(index, &saved.entry, record, Proof::Same);
        }
    }
    found
}

/// Returns new entries for records, without mark and note. A record that the backend does not have gets none.
pub(super) fn new_entries(
    backend: &dyn Backend,
    records: &[RecordHandle],
) -> Vec<(RecordHandle, MarkEntry)> {
    let identities = backend.identities_of(records);
    let entry = |(record, identity): (&RecordHandle, Option<RecordId>)| {
        let RecordId { archive, key, .. } = identity?;
        let file = archive.clone();
        let id = Some(key.to_string());
        Some((*record, MarkEntry { archive, file, id, ..MarkEntry::default() }))
    };
    records.iter().zip(identities).filter_map(entry).collect()
}

/// Looks up a record by its key, and sends it to `events`. A remote backend may take long, which no change of marks waits
/// for.
pub(super) fn look_up(key: String, backend: SharedBackend, events: &Sender<Event>) {
    let is_remote = StoreBackend::from_backend(&*backend).is_none();
    let events = events.clone();
    let look_up = move || {
        let record = backend.find_by_key(&key);
        // Sending fails after the user has quit.
        let _ = events.send(Event::Action(Action::RecordLookedUp { key, record, backend }));
    };
    if is_remote {
        thread::spawn(look_up);
    } else {
        look_up();
    }
}
