//! The searching thread: it answers the newest question and drops those that are no longer asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::event_loop::Event;
use crate::query::Question;
use crate::store::Searcher;
use crate::store::Store;
use crate::tui::action::Action;

/// A question on its way to the thread.
struct Asked {
    generation: u64,
    question: Question,
    store: Store,
}

/// The near end of the searching thread.
pub struct SearchThread {
    asked: Sender<Asked>,
    newest: Arc<AtomicU64>,
}

impl SearchThread {
    /// Starts the thread; answers go to `events`. It ends when this end is dropped.
    pub fn start(events: Sender<Event>) -> SearchThread {
        let (asked, questions) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&newest);
        thread::spawn(move || answer_all(&questions, &seen, &events));
        SearchThread { asked, newest }
    }
}

impl SearchThread {
    /// Has a question answered.
    pub fn search(&mut self, generation: u64, question: Question, store: Store) {
        self.newest.store(generation, Ordering::Relaxed);
        // The thread ends only when this end is dropped, so there is somebody to ask.
        let _ = self.asked.send(Asked { generation, question, store });
    }
}

/// Answers question after question; of several that wait, only the last.
fn answer_all(questions: &Receiver<Asked>, newest: &AtomicU64, events: &Sender<Event>) {
    let mut desk = Searcher::default();
    while let Ok(first) = questions.recv() {
        let asked = questions.try_iter().last().unwrap_or(first);
        let stop = || newest.load(Ordering::Relaxed) != asked.generation;
        let Some(answer) = desk.answer(&asked.store, &asked.question, &stop) else { continue };
        let answered = Action::Answered(asked.generation, Box::new(answer));
        if events.send(Event::Action(answered)).is_err() {
            return;
        }
    }
}
