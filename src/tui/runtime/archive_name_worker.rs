//! The worker for names of archives: a thread that finds the names of archives, keeps a new one, and builds text to
//! copy that has these names, because all of it may read whole files.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::copy_text::{self, CopyText};
use super::event_loop::Event;
use crate::cli::archive_names::{
    ArchiveNames, archive_file_message, is_archive_file, save_name_of_files,
};
use crate::files::waiting;
use crate::query::{Backend, SharedBackend};
use crate::record::{ArchiveName, Provenance};
use crate::tui::action::Action;
use crate::tui::app::archive_name::{KeptArchiveName, PromptNumber};
use crate::tui::app::copy::CopyRequest;
use crate::tui::notice::Notice;

/// A request to the thread.
enum Request {
    /// Find the name that is kept for the archive of a record.
    Find {
        prompt: PromptNumber,
        provenance: Provenance,
        backend: SharedBackend,
        names: Box<ArchiveNames>,
    },
    /// Find the names that the user gave to all archives.
    FindTitles { backend: SharedBackend, names: Box<ArchiveNames> },
    /// Build the text to copy.
    BuildText { request: Box<CopyRequest>, names: Box<ArchiveNames> },
    /// Keep the name of the archive of these files.
    Keep { files: Vec<String>, name: ArchiveName },
}

/// A handle to the thread, which ends when the handle is dropped.
pub(super) struct ArchiveNameWorker {
    /// The channel to the thread; none while the handle is being dropped.
    sender: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
    /// The texts to copy that are ready.
    texts: Receiver<TextToCopy>,
}

/// A text to copy, or why there is none.
pub(super) type TextToCopy = Result<CopyText, String>;

impl ArchiveNameWorker {
    /// Starts the thread, which reports to `events`. It fulfils one request after the other.
    pub(super) fn start(events: Sender<Event>) -> ArchiveNameWorker {
        let (sender, receiver) = channel();
        let (text_sender, texts) = channel();
        let thread = thread::spawn(move || run(&receiver, &events, &text_sender));
        ArchiveNameWorker { sender: Some(sender), thread: Some(thread), texts }
    }

    /// Requests a text to copy. When it is ready, [`Action::TextReady`] is sent.
    pub(super) fn build_text(&self, request: CopyRequest, names: &ArchiveNames) {
        let names = Box::new(names.clone());
        self.send(Request::BuildText { request: Box::new(request), names });
    }

    /// Returns the next text that is ready.
    pub(super) fn ready_text(&self) -> Option<TextToCopy> {
        self.texts.try_recv().ok()
    }

    /// Waits until all requests are fulfilled, but not longer than `limit`. Later ones are dropped.
    pub(super) fn finish(&mut self, limit: Duration) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the panic hook.
            let _ = waiting::run_within(limit, move || thread.join().is_ok());
        }
    }

    /// Requests the name that is kept for the archive of a record.
    pub(super) fn find(
        &self,
        prompt: PromptNumber,
        provenance: Provenance,
        backend: SharedBackend,
        names: &ArchiveNames,
    ) {
        // The names of options are those of one run, and are not kept.
        let names = ArchiveNames { requested: ArchiveName::default(), ..names.clone() };
        self.send(Request::Find { prompt, provenance, backend, names: Box::new(names) });
    }

    /// Requests the names that the user gave to all archives.
    pub(super) fn find_titles(&self, backend: SharedBackend, names: &ArchiveNames) {
        self.send(Request::FindTitles { backend, names: Box::new(names.clone()) });
    }

    /// Requests that the name of the archive of these files is kept.
    pub(super) fn keep(&self, files: Vec<String>, name: ArchiveName) {
        self.send(Request::Keep { files, name });
    }

    /// Sends a request to the thread.
    fn send(&self, request: Request) {
        if let Some(sender) = &self.sender {
            // Sending cannot fail: the thread ends only after this handle is dropped.
            let _ = sender.send(request);
        }
    }
}

/// Fulfils requests until the handle is dropped.
fn run(requests: &Receiver<Request>, events: &Sender<Event>, texts: &Sender<TextToCopy>) {
    for request in requests {
        let action = match request {
            Request::Find { prompt, provenance, backend, names } => {
                Action::ArchiveNameFound(prompt, find(&names, provenance, &*backend))
            }
            Request::FindTitles { backend, names } => {
                let named = names.name_archives(&*backend);
                Action::GivenTitlesFound(named.given_titles(&*backend).collect())
            }
            Request::BuildText { request, names } => {
                // Sending cannot fail: the receiver is dropped after this thread has ended.
                let _ = texts.send(copy_text::text_to_copy(&request, &names));
                Action::TextReady
            }
            Request::Keep { files, name } => {
                Action::Tell(Notice::Told(save_name_of_files(&files, &name)))
            }
        };
        // Sending fails only after the user has quit.
        let _ = events.send(Event::Action(action));
    }
}

/// Returns the files of the archive of a record and the name that is kept for it.
///
/// # Errors
/// Its files name their archive themselves; the message explains it.
fn find(
    names: &ArchiveNames,
    provenance: Provenance,
    backend: &dyn Backend,
) -> Result<KeptArchiveName, String> {
    if let Some(message) = archive_file_message(backend.summary().files_of(provenance.file_set)) {
        return Err(message);
    }
    let (name, mut files) = names.name_archives(backend).name_and_files(backend, provenance);
    files.retain(|file| !is_archive_file(file));
    Ok(KeptArchiveName { files, name })
}
