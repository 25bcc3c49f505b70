//! The marks worker: a thread that saves marks and notes at once, and reads the saved ones.
//!
//! A change is appended to the journal of its marks file. As long as that fails, the change stays
//! pending and is tried again; when the worker ends, what is still pending goes to a rescue file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use super::event_loop::Event;
use super::marks_thread::MarksThread;
use crate::store::Store;
use crate::tui::action::Action;
use crate::tui::effect::{AttachRequest, MarksRequest};
use crate::userdata::marks_file::MarksLocation;

/// Why a change is not saved yet while the saved marks are read and matched with the records.
pub(super) const BUSY_MESSAGE: &str = "the saved marks are still being read";

/// Whether the worker may write to the marks files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarksAccess {
    /// It only reads, as while records are picked for another program.
    ReadOnly,
    /// It reads and writes.
    ReadWrite,
}

/// A message to the thread.
pub(super) enum Message {
    /// Save a change.
    Save(MarksRequest),
    /// Attach an unclaimed entry to a record.
    Attach(Box<AttachRequest>),
    /// Look up a record by its key.
    Find(String, Store),
}

/// A handle to the marks thread.
pub struct MarksWorker {
    /// The channel to the thread; none while the handle is being dropped.
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<Vec<String>>>,
    /// Whether a change has to wait for the saved marks.
    is_busy: Arc<AtomicBool>,
}

impl MarksWorker {
    /// Starts the thread, which sends the saved marks to `events`.
    pub fn start(
        location: MarksLocation,
        access: MarksAccess,
        events: Sender<Event>,
    ) -> MarksWorker {
        let (sender, receiver) = channel();
        let is_busy = Arc::new(AtomicBool::new(false));
        let thread_is_busy = Arc::clone(&is_busy);
        let thread = thread::spawn(move || {
            let mut marks = MarksThread::new(location, access, events, thread_is_busy);
            marks.run(&receiver);
            marks.finish()
        });
        MarksWorker { sender: Some(sender), thread: Some(thread), is_busy }
    }

    /// Requests that a change is saved, or that the marks of a snapshot are read. Returns what the
    /// screen says while the change waits for the saved marks.
    pub fn save(&mut self, request: MarksRequest) -> Option<Action> {
        let is_change = !request.change.is_empty();
        self.send(Message::Save(request));
        let has_to_wait = is_change && self.is_busy.load(Ordering::Acquire);
        has_to_wait.then(|| Action::MarksNotSaved(BUSY_MESSAGE.to_owned()))
    }

    /// Requests that an unclaimed entry is attached to a record.
    pub fn attach(&mut self, request: AttachRequest) {
        self.send(Message::Attach(Box::new(request)));
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

    /// Ends the thread after all changes are saved. Returns a message for each marks file whose
    /// changes could not be saved.
    pub fn finish(&mut self) -> Vec<String> {
        self.sender = None;
        let thread = self.thread.take().map(JoinHandle::join);
        let died = |_| vec!["marks are not saved: the program has an error".to_owned()];
        thread.map_or_else(Vec::new, |messages| messages.unwrap_or_else(died))
    }
}

impl Drop for MarksWorker {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}
