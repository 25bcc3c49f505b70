//! The marks worker: a thread that saves marks and notes at once, and reads the saved ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::event_loop::Event;
use crate::record::RecordId;
use crate::store::{MarksChange, RecordNumber, Store, UserMarks};
use crate::tui::action::Action;
use crate::userdata::marks_file::{MarksError, MarksFile, MarksLocation};

/// A message to the thread.
enum Message {
    /// Save a change.
    Save(ChangeRequest),
    /// Look up a record by its key.
    Find(String, Store),
}

/// A change on its way to the thread.
struct ChangeRequest {
    /// The number of changes by the user so far.
    change_count: u64,
    change: MarksChange,
    store: Store,
}

/// A handle to the marks thread. Dropping it waits until all changes are saved.
pub struct MarksWorker {
    /// The channel to the thread; none while the handle is being dropped.
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl MarksWorker {
    /// Starts the thread, which sends the saved marks to `events`.
    pub fn start(location: MarksLocation, events: Sender<Event>) -> MarksWorker {
        let (sender, receiver) = channel();
        let thread = thread::spawn(move || handle_messages(&location, &receiver, &events));
        MarksWorker { sender: Some(sender), thread: Some(thread) }
    }

    /// Requests that a change is saved. `change_count` is the number of changes so far.
    pub fn save(&mut self, change_count: u64, change: MarksChange, store: Store) {
        self.send(Message::Save(ChangeRequest { change_count, change, store }));
    }

    /// Requests the number of the record with this key. It is looked up after earlier changes are
    /// saved.
    pub fn find_record(&mut self, key: String, store: Store) {
        self.send(Message::Find(key, store));
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // Sending cannot fail: the thread ends only after this handle is dropped.
            let _ = sender.send(message);
        }
    }
}

impl Drop for MarksWorker {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Handles messages until the handle is dropped. Changes that could not be saved are tried again
/// with the next change.
fn handle_messages(location: &MarksLocation, messages: &Receiver<Message>, events: &Sender<Event>) {
    let mut pending: Vec<ChangeRequest> = Vec::new();
    while let Ok(first) = messages.recv() {
        let mut newest = None;
        let mut lookups = Vec::new();
        for message in std::iter::once(first).chain(messages.try_iter()) {
            match message {
                Message::Find(key, store) => lookups.push((key, store)),
                Message::Save(request) => {
                    newest = Some((request.change_count, request.store.clone()));
                    pending.extend((!request.change.is_empty()).then_some(request));
                }
            }
        }
        if let Some((change_count, store)) = newest {
            let action = save_pending(location, change_count, &mut pending, &store);
            // Sending fails after the user has quit; the remaining changes are saved nevertheless.
            let _ = events.send(Event::Action(action));
        }
        // Lookups follow the marks: the filter may ask for marks, and the record is one of its
        // matches.
        for (key, store) in lookups {
            let record = store.find_by_key(&key);
            let _ = events.send(Event::Action(Action::RecordLookedUp(key, record)));
        }
    }
}

/// Saves the pending changes, and returns an action with all saved marks or an error message.
fn save_pending(
    location: &MarksLocation,
    change_count: u64,
    pending: &mut Vec<ChangeRequest>,
    store: &Store,
) -> Action {
    match save_and_read(location, pending, store) {
        Ok(user_marks) => {
            pending.clear();
            Action::MarksUpdated { change_count, user_marks: Arc::new(user_marks) }
        }
        Err(error) => Action::ShowMessage(format!("marks are not saved: {error}")),
    }
}

/// Returns the saved marks and notes of the records of a store.
///
/// # Errors
/// A file cannot be read, or is not a marks file.
pub fn read_marks(location: &MarksLocation, store: &Store) -> Result<UserMarks, MarksError> {
    save_and_read(location, &[], store)
}

/// Saves changes to the marks files of their archives. Returns the marks and notes that are saved
/// for all archives of the store.
fn save_and_read(
    location: &MarksLocation,
    changes: &[ChangeRequest],
    store: &Store,
) -> Result<UserMarks, MarksError> {
    let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
    for archive in store.archive_names() {
        paths.insert(location.path_for(&archive)?);
    }
    let mut edits: BTreeMap<PathBuf, Vec<(RecordId, MarkEdit)>> = BTreeMap::new();
    for request in changes {
        for (id, edit) in edits_by_record(request) {
            edits.entry(location.path_for(&id.archive)?).or_default().push((id, edit));
        }
    }
    let mut ids = Vec::new();
    let mut marks = Vec::new();
    paths.extend(edits.keys().cloned());
    for path in paths {
        let file = match edits.remove(&path) {
            None => MarksFile::read(&path)?,
            Some(edits) => MarksFile::update(&path, |file| {
                for (id, edit) in edits {
                    edit.apply(file, &id);
                }
            })?,
        };
        for (id, mark) in file.marks {
            ids.push(id);
            marks.push(mark);
        }
    }
    let mut user_marks = UserMarks::default();
    for (number, mark) in store.find_by_ids(&ids).into_iter().zip(marks) {
        let Some(number) = number else { continue };
        if mark.marked {
            user_marks.marked.insert(number);
        }
        if let Some(note) = mark.note {
            user_marks.notes.insert(number, note.into());
        }
    }
    Ok(user_marks)
}

/// A change of one record in a marks file. The title is saved for people who read the file.
enum MarkEdit {
    /// Mark the record.
    Mark { title: String },
    /// Remove the mark.
    Unmark,
    /// Set the note, or remove it if it is empty.
    Note { title: String, note: String },
}

impl MarkEdit {
    /// Applies the change to a marks file.
    fn apply(self, file: &mut MarksFile, id: &RecordId) {
        file.update_record(id, |mark| match self {
            MarkEdit::Mark { title } => (mark.marked, mark.title) = (true, title),
            MarkEdit::Unmark => mark.marked = false,
            MarkEdit::Note { title, note } => {
                let note = note.trim();
                mark.title = title;
                mark.note = (!note.is_empty()).then(|| note.to_owned());
            }
        });
    }
}

/// Returns the edits of a change, each with the identity of its record.
fn edits_by_record(request: &ChangeRequest) -> Vec<(RecordId, MarkEdit)> {
    let ChangeRequest { change, store, .. } = request;
    let title = |number: RecordNumber| {
        store.record(number).map(|it| it.list_heading().into_owned()).unwrap_or_default()
    };
    let marked = change.marked.iter();
    let marked = marked.map(|number| (number, MarkEdit::Mark { title: title(number) }));
    let unmarked = change.unmarked.iter().map(|number| (number, MarkEdit::Unmark));
    let noted = change.notes.iter().map(|(number, note)| {
        (*number, MarkEdit::Note { title: title(*number), note: note.clone() })
    });
    let (numbers, edits): (Vec<_>, Vec<_>) = marked.chain(unmarked).chain(noted).unzip();
    let ids = store.ids_of(&numbers);
    ids.into_iter().zip(edits).filter_map(|(id, edit)| Some((id?, edit))).collect()
}
