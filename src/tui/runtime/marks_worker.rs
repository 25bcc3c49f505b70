//! The marks worker: a thread that saves marks and notes at once, and reads the saved ones.
//!
//! A change is appended to the journal of its marks file. As long as that fails, the change stays
//! pending and is tried again; when the worker ends, what is still pending goes to a rescue file. A second
//! thread tells the screen if a change is neither saved nor refused in time.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event_loop::Event;
use super::marks_thread::MarksThread;
use crate::query::SharedBackend;
use crate::tui::action::Action;
use crate::tui::effect::{AttachRequest, MarksRequest};
use crate::userdata::marks_file::MarksLocation;

/// How long a change may take before the screen says that it is not saved yet.
const MAX_SILENCE: Duration = Duration::from_millis(200);

/// How long the program waits at its end until all changes are saved.
pub const MAX_SAVING_TIME: Duration = Duration::from_secs(10);

/// How often the end of the work is looked for.
const WAIT_STEP: Duration = Duration::from_millis(5);

/// Why a change is not saved yet while it waits: the saved marks are still being read, or the disk is slow.
const SLOW_MESSAGE: &str = "this takes a while";

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
    Find(String, SharedBackend),
}

/// A handle to the marks thread.
pub struct MarksWorker {
    /// The channel to the thread; none while the handle is being dropped.
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    /// What the thread reports when all changes are saved, or cannot be.
    messages: Receiver<Vec<String>>,
    /// The channel to the thread that watches how long changes take; each is sent with its number.
    watch: Sender<(u64, Instant)>,
    /// The number of changes so far.
    change_number: u64,
}

impl MarksWorker {
    /// Starts the thread, which sends the saved marks to `events`.
    pub fn start(
        location: MarksLocation,
        access: MarksAccess,
        events: Sender<Event>,
    ) -> MarksWorker {
        let (sender, receiver) = channel();
        let (message_sender, messages) = channel();
        let answered = Arc::new(Mutex::new(0));
        let watch = watch_changes(Arc::clone(&answered), events.clone());
        let thread = thread::spawn(move || {
            let mut marks = MarksThread::new(location, access, events, answered);
            marks.run(&receiver);
            marks.finish(&message_sender);
        });
        MarksWorker {
            sender: Some(sender),
            thread: Some(thread),
            messages,
            watch,
            change_number: 0,
        }
    }

    /// Requests that a change is saved, or that the marks of a snapshot are read.
    pub fn save(&mut self, request: MarksRequest) {
        if !request.change.is_empty() {
            self.change_number += 1;
            // Sending cannot fail: that thread ends only after this handle is dropped.
            let _ = self.watch.send((self.change_number, Instant::now()));
        }
        self.send(Message::Save(request));
    }

    /// Requests that an unclaimed entry is attached to a record.
    pub fn attach(&mut self, request: AttachRequest) {
        self.send(Message::Attach(Box::new(request)));
    }

    /// Requests the number of the record with this key. It is looked up after earlier changes are
    /// saved.
    pub fn find_record(&mut self, key: String, backend: SharedBackend) {
        self.send(Message::Find(key, backend));
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // Sending cannot fail: the thread ends only after this handle is dropped.
            let _ = sender.send(message);
        }
    }

    /// Ends the thread after all changes are saved, or as soon as `is_over`, which is asked all the while, says that the
    /// wait is. Returns a message for each marks file whose changes could not be saved.
    pub fn finish(&mut self, is_over: &mut dyn FnMut() -> bool) -> Vec<String> {
        self.sender = None;
        let Some(thread) = self.thread.take() else { return Vec::new() };
        let messages = loop {
            match self.messages.recv_timeout(WAIT_STEP) {
                Ok(messages) => break messages,
                Err(RecvTimeoutError::Disconnected) => {
                    return vec!["marks are not saved: the program has an error".to_owned()];
                }
                Err(RecvTimeoutError::Timeout) if is_over() => {
                    return vec![
                        "the last marks and notes may not be saved: their file does not answer"
                            .to_owned(),
                    ];
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        // What is left to do, merging a journal, is done at a later end if there is no time now.
        while !thread.is_finished() && !is_over() {
            thread::sleep(WAIT_STEP);
        }
        messages
    }
}

/// Starts a thread that tells the screen about changes that are not answered in time. `answered` is the
/// number of changes that are saved, or of which the screen says why not.
fn watch_changes(answered: Arc<Mutex<u64>>, events: Sender<Event>) -> Sender<(u64, Instant)> {
    let (sender, receiver) = channel::<(u64, Instant)>();
    thread::spawn(move || {
        for (number, began) in receiver {
            thread::sleep((began + MAX_SILENCE).saturating_duration_since(Instant::now()));
            // While the lock is held, no answer can be sent before this message.
            let answered = lock(&answered);
            if *answered < number {
                let action = Action::MarksNotSaved(SLOW_MESSAGE.to_owned());
                // This fails after the user has quit.
                let _ = events.send(Event::Action(action));
            }
        }
    });
    sender
}

/// Locks a number of changes.
pub(super) fn lock(number: &Mutex<u64>) -> MutexGuard<'_, u64> {
    number.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for MarksWorker {
    fn drop(&mut self) {
        let began = Instant::now();
        let _ = self.finish(&mut || began.elapsed() >= MAX_SAVING_TIME);
    }
}
