//! The search worker: a thread that answers the newest search request and drops older ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::thread;

use super::event_loop::Event;
use crate::query::{SearchError, SearchRequest, SharedBackend};
use crate::tui::action::Action;
use crate::tui::effect::Generation;

/// A search request on its way to the thread.
struct PendingRequest {
    generation: Generation,
    request: SearchRequest,
    backend: SharedBackend,
}

/// A handle to the search thread. The thread ends when the handle is dropped.
pub struct SearchWorker {
    requests: Sender<PendingRequest>,
    events: Sender<Event>,
    /// The generation of the newest request, by which the thread sees that its search is outdated.
    newest: Arc<AtomicU64>,
}

impl SearchWorker {
    /// Starts the thread, which sends its responses to `events`.
    pub fn start(events: Sender<Event>) -> SearchWorker {
        let newest = Arc::new(AtomicU64::new(0));
        let requests = start_thread(&newest, &events);
        SearchWorker { requests, events, newest }
    }

    /// Requests a search. An unfinished older search is cancelled.
    pub fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) {
        self.newest.store(generation.number(), Ordering::Relaxed);
        let pending = PendingRequest { generation, request, backend };
        if let Err(SendError(pending)) = self.requests.send(pending) {
            // The thread has panicked, which the screen tells. Another search may work.
            self.requests = start_thread(&self.newest, &self.events);
            let _ = self.requests.send(pending);
        }
    }
}

/// Starts the thread, and returns the channel to it.
fn start_thread(newest: &Arc<AtomicU64>, events: &Sender<Event>) -> Sender<PendingRequest> {
    let (requests, receiver) = channel();
    let (newest, events) = (Arc::clone(newest), events.clone());
    thread::spawn(move || answer_requests(&receiver, &newest, &events));
    requests
}

/// Answers requests until the handle is dropped. If several are waiting, only the last is answered.
fn answer_requests(
    requests: &Receiver<PendingRequest>,
    newest: &AtomicU64,
    events: &Sender<Event>,
) {
    while let Ok(first) = requests.recv() {
        let pending = requests.try_iter().last().unwrap_or(first);
        let is_cancelled = || newest.load(Ordering::Relaxed) != pending.generation.number();
        let action = match pending.backend.search(&pending.request, &is_cancelled) {
            Ok(response) => Action::SearchDone(pending.generation, Box::new(response)),
            Err(SearchError::Cancelled) => continue,
            Err(error) => Action::SearchFailed(pending.generation, error),
        };
        if events.send(Event::Action(action)).is_err() {
            return;
        }
    }
}
