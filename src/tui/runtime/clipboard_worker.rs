//! The clipboard worker: a thread that copies texts, because a clipboard may take its time.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::clipboard::Clipboard;
use super::event_loop::{CopyOutcome, Event};

/// A text to copy.
pub(super) struct CopyJob {
    /// The text.
    pub(super) text: String,
    /// Its name in messages, such as "the title".
    pub(super) description: String,
    /// What the message says after how the text was copied.
    pub(super) addition: String,
}

/// A handle to the thread.
pub(super) struct ClipboardWorker {
    /// The channel to the thread; none once the last job is sent.
    jobs: Option<Sender<CopyJob>>,
    /// Closed when the thread has done its last job.
    end: Receiver<()>,
}

impl ClipboardWorker {
    /// Starts the thread, which reports to `events`. It does one job after the other.
    pub(super) fn start(events: Sender<Event>) -> ClipboardWorker {
        let (jobs, receiver) = channel();
        let (end_sender, end) = channel();
        thread::spawn(move || {
            let mut clipboard = Clipboard::default();
            for CopyJob { text, description, addition } in receiver {
                let CopyOutcome { terminal_bytes, message } = clipboard.copy(&text, &description);
                let message = format!("{message}{addition}");
                // Sending fails only after the user has quit.
                let _ = events.send(Event::Copied(CopyOutcome { terminal_bytes, message }));
            }
            drop(end_sender);
        });
        ClipboardWorker { jobs: Some(jobs), end }
    }

    /// Requests that a text is copied. When it is, [`Event::Copied`] is sent.
    pub(super) fn copy(&self, job: CopyJob) {
        if let Some(jobs) = &self.jobs {
            // Sending cannot fail: the thread ends only after this handle has closed the channel.
            let _ = jobs.send(job);
        }
    }

    /// Waits until all texts are copied, but not longer than `limit`.
    pub(super) fn finish(&mut self, limit: Duration) {
        self.jobs = None;
        // Nothing is ever sent: the channel is closed when the thread ends.
        let _ = self.end.recv_timeout(limit);
    }
}
