//! The keeping thread: it writes marks and notes at once, and finds what was kept before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::event_loop::Event;
use crate::record::RecordId;
use crate::store::{Change, Marked, RecordNumber, Store};
use crate::tui::action::Action;
use crate::userdata::marks_file::{Ledger, LedgerError, Shelf};

/// What is on its way to the thread.
enum Message {
    /// A change to keep.
    Keep(Asked),
    /// A record to look for.
    Seek(String, Store),
}

/// A change on its way to the thread.
struct Asked {
    count: u64,
    change: Change,
    store: Store,
}

/// The near end of the keeping thread. When it is dropped, all that was to be kept is kept.
pub struct Keeper {
    asked: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread; what is kept is told to `events`.
    pub fn start(shelf: Shelf, events: Sender<Event>) -> Keeper {
        let (asked, changes) = channel();
        let thread = thread::spawn(move || keep_all(&shelf, &changes, &events));
        Keeper { asked: Some(asked), thread: Some(thread) }
    }

    /// Has a change kept.
    pub fn keep(&mut self, count: u64, change: Change, store: Store) {
        if let Some(asked) = &self.asked {
            let _ = asked.send(Message::Keep(Asked { count, change, store }));
        }
    }

    /// Has a record looked for.
    pub fn seek(&mut self, key: String, store: Store) {
        if let Some(asked) = &self.asked {
            let _ = asked.send(Message::Seek(key, store));
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.asked = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Keeps change after change; those that could not be kept wait for the next.
fn keep_all(shelf: &Shelf, changes: &Receiver<Message>, events: &Sender<Event>) {
    let mut waiting: Vec<Asked> = Vec::new();
    while let Ok(first) = changes.recv() {
        let mut newest = None;
        let mut sought = Vec::new();
        for message in std::iter::once(first).chain(changes.try_iter()) {
            match message {
                Message::Seek(key, store) => sought.push((key, store)),
                Message::Keep(asked) => {
                    newest = Some((asked.count, asked.store.clone()));
                    waiting.extend((!asked.change.is_nothing()).then_some(asked));
                }
            }
        }
        if let Some((count, store)) = newest {
            // Nobody listens any more where the reader quits: what is left is kept all the same.
            let _ = events.send(Event::Action(keep_waiting(shelf, count, &mut waiting, &store)));
        }
        // After the marks: the filter may ask for them, and the place is one of what it shows.
        for (key, store) in sought {
            let record = store.known_as(&key);
            let _ = events.send(Event::Action(Action::Sought(key, record)));
        }
    }
}

/// Keeps what waits, and says what is kept.
fn keep_waiting(shelf: &Shelf, count: u64, waiting: &mut Vec<Asked>, store: &Store) -> Action {
    match keep(shelf, waiting, store) {
        Ok(marked) => {
            waiting.clear();
            Action::Kept { count, marked: Arc::new(marked) }
        }
        Err(error) => Action::Said(format!("marks are not kept: {error}")),
    }
}

/// What is kept of the records of a store.
///
/// # Errors
/// A file cannot be read, or is no ledger.
pub fn kept(shelf: &Shelf, store: &Store) -> Result<Marked, LedgerError> {
    keep(shelf, &[], store)
}

/// Changes the files of all archives that are open, and finds their records in the store.
fn keep(shelf: &Shelf, changes: &[Asked], store: &Store) -> Result<Marked, LedgerError> {
    let mut files: BTreeSet<PathBuf> = BTreeSet::new();
    for archive in store.archives() {
        files.insert(shelf.file(&archive)?);
    }
    let mut steps: BTreeMap<PathBuf, Vec<(RecordId, Step)>> = BTreeMap::new();
    for asked in changes {
        for (id, step) in steps_of(asked) {
            steps.entry(shelf.file(&id.archive)?).or_default().push((id, step));
        }
    }
    let mut ids = Vec::new();
    let mut marks = Vec::new();
    files.extend(steps.keys().cloned());
    for file in files {
        let ledger = match steps.remove(&file) {
            None => Ledger::read(&file)?,
            Some(steps) => Ledger::change(&file, |ledger| {
                for (id, step) in steps {
                    step.take(ledger, &id);
                }
            })?,
        };
        for (id, mark) in ledger.marks {
            ids.push(id);
            marks.push(mark);
        }
    }
    let mut marked = Marked::default();
    for (number, mark) in store.numbers_of(&ids).into_iter().zip(marks) {
        let Some(number) = number else { continue };
        if mark.marked {
            marked.records.insert(number);
        }
        if let Some(note) = mark.note {
            marked.notes.insert(number, note.into());
        }
    }
    Ok(marked)
}

/// What is done to one record in a ledger.
enum Step {
    /// It is marked; its title is written beside it.
    Mark(String),
    /// Its mark is taken away.
    Unmark,
    /// A note is written on it, or taken away.
    Note(String, String),
}

impl Step {
    fn take(self, ledger: &mut Ledger, id: &RecordId) {
        ledger.set(id, |mark| match self {
            Step::Mark(title) => (mark.marked, mark.title) = (true, title),
            Step::Unmark => mark.marked = false,
            Step::Note(title, note) => {
                let note = note.trim();
                mark.title = title;
                mark.note = (!note.is_empty()).then(|| note.to_owned());
            }
        });
    }
}

/// A change record by record, by their identities.
fn steps_of(asked: &Asked) -> Vec<(RecordId, Step)> {
    let Asked { change, store, .. } = asked;
    let title = |number: RecordNumber| {
        store.record(number).map(|it| it.marked_heading().into_owned()).unwrap_or_default()
    };
    let marked = change.marked.iter().map(|number| (number, Step::Mark(title(number))));
    let unmarked = change.unmarked.iter().map(|number| (number, Step::Unmark));
    let noted = change.notes.iter();
    let noted = noted.map(|(number, note)| (*number, Step::Note(title(*number), note.clone())));
    let (numbers, steps): (Vec<_>, Vec<_>) = marked.chain(unmarked).chain(noted).unzip();
    let ids = store.ids_of(&numbers);
    ids.into_iter().zip(steps).filter_map(|(id, step)| Some((id?, step))).collect()
}
