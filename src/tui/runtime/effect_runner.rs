//! Executes the effects of the running program with the workers, the clipboard, the editor and the
//! browser.

use std::sync::Arc;
use std::time::Duration;

use super::archive_name_worker::ArchiveNameWorker;
use super::browser;
use super::clipboard_worker::{ClipboardWorker, CopyJob};
use super::copy_text::CopyText;
use super::editor;
use super::event_loop::{CopyOutcome, Effects};
use super::excerpt_worker;
use super::export_worker::ExportWorker;
use super::input::TerminalInputLock;
use super::marks_worker::MarksWorker;
use super::picture_viewer;
use super::reload::Reloader;
use super::search_worker::SearchWorker;
use crate::cli::archive_names::ArchiveNames;
use crate::query::{RecordHandle, SearchRequest, SharedBackend, UserMarks};
use crate::record::{ArchiveName, Problem, Provenance};
use crate::tui::action::{Action, EditedNote};
use crate::tui::app::archive_name::PromptNumber;
use crate::tui::app::copy::CopyRequest;
use crate::tui::app::export::ExportRequest;
use crate::tui::app::reload::ReloadedRecords;
use crate::tui::effect::{AttachRequest, Generation, MarksRequest};

/// Executes effects on the workers and outside of the program. Results arrive as events later,
/// except where a method returns an action.
pub(super) struct EffectRunner {
    search_worker: SearchWorker,
    marks_worker: MarksWorker,
    export_worker: ExportWorker,
    archive_name_worker: ArchiveNameWorker,
    input_lock: TerminalInputLock,
    clipboard_worker: ClipboardWorker,
    reloader: Reloader,
    archive_names: ArchiveNames,
}

impl EffectRunner {
    /// Creates a runner that uses these workers.
    pub(super) fn new(
        search_worker: SearchWorker,
        marks_worker: MarksWorker,
        export_worker: ExportWorker,
        input_lock: TerminalInputLock,
        reloader: Reloader,
        archive_names: ArchiveNames,
    ) -> EffectRunner {
        let clipboard_worker = ClipboardWorker::start(reloader.events.clone());
        let archive_name_worker = ArchiveNameWorker::start(reloader.events.clone());
        EffectRunner {
            search_worker,
            marks_worker,
            export_worker,
            archive_name_worker,
            input_lock,
            clipboard_worker,
            reloader,
            archive_names,
        }
    }

    /// The names that the user gives to archives.
    pub(super) fn archive_names(&self) -> &ArchiveNames {
        &self.archive_names
    }

    /// Waits for the texts that are still to be copied, but not longer than `limit` for each of the two steps.
    pub(super) fn finish_copies(&mut self, limit: Duration) {
        self.archive_name_worker.finish(limit);
        self.copy_ready_texts();
        self.clipboard_worker.finish(limit);
    }

    /// Copies the texts that are ready. Returns the message of the last one that is not to be copied.
    fn copy_ready_texts(&mut self) -> Option<String> {
        let mut message = None;
        while let Some(text) = self.archive_name_worker.ready_text() {
            match text {
                Ok(CopyText { text, description }) => {
                    let addition = String::new();
                    self.clipboard_worker.copy(CopyJob { text, description, addition });
                }
                Err(why) => message = Some(why),
            }
        }
        message
    }

    /// Copies what could not be opened.
    fn copy_unopened(&self, text: &str, description: &str, why: &str) -> CopyOutcome {
        self.clipboard_worker.copy(CopyJob {
            text: text.to_owned(),
            description: description.to_owned(),
            addition: format!(": {why}: {text}"),
        });
        CopyOutcome::default()
    }

    /// Ends the worker of marks after its work is done, or as soon as the wait is over. Returns a message for each marks
    /// file whose changes could not be saved.
    pub(super) fn finish_marks(&mut self, is_over: &mut dyn FnMut() -> bool) -> Vec<String> {
        self.marks_worker.finish(is_over)
    }

    /// Stops an unfinished export, but does not wait for its end longer than `limit`. Returns the name of its file.
    pub(super) fn finish_export(&mut self, limit: Duration) -> Option<String> {
        self.export_worker.finish(limit)
    }
}

impl Effects for EffectRunner {
    fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) -> Option<Action> {
        self.search_worker.search(generation, request, backend);
        None
    }

    fn save_marks(&mut self, request: MarksRequest) -> Option<Action> {
        self.marks_worker.save(request);
        None
    }

    fn attach_mark(&mut self, request: AttachRequest) -> Option<Action> {
        self.marks_worker.attach(request);
        None
    }

    fn find_record(&mut self, key: String, backend: SharedBackend) -> Option<Action> {
        self.marks_worker.find_record(key, backend);
        None
    }

    fn read_excerpt(&mut self, problem: Problem) -> Option<Action> {
        excerpt_worker::start(problem, self.reloader.events.clone());
        None
    }

    fn reload(&mut self, previous: SharedBackend) -> Option<Action> {
        self.reloader.reload(previous);
        None
    }

    fn remap_records(
        &mut self,
        reloaded: Box<ReloadedRecords>,
        previous: SharedBackend,
        selected: Option<RecordHandle>,
        user_marks: Arc<UserMarks>,
    ) -> Option<Action> {
        self.reloader.remap_records(reloaded, previous, selected, user_marks);
        None
    }

    fn copy(&mut self, request: &CopyRequest) -> CopyOutcome {
        // All texts take the same way, so that a slow one never replaces a later one.
        self.archive_name_worker.build_text(request.clone(), &self.archive_names);
        CopyOutcome::default()
    }

    fn copy_ready_text(&mut self) -> CopyOutcome {
        self.copy_ready_texts().map(CopyOutcome::from_message).unwrap_or_default()
    }

    fn export(&mut self, request: ExportRequest) -> Option<Action> {
        Some(self.export_worker.start(request, self.archive_names.clone()))
    }

    fn find_archive_name(
        &mut self,
        prompt: PromptNumber,
        provenance: Provenance,
        backend: SharedBackend,
    ) -> Option<Action> {
        self.archive_name_worker.find(prompt, provenance, backend, &self.archive_names);
        None
    }

    fn find_given_titles(&mut self, backend: SharedBackend) -> Option<Action> {
        self.archive_name_worker.find_titles(backend, &self.archive_names);
        None
    }

    fn name_archive(
        &mut self,
        files: Vec<String>,
        name: ArchiveName,
        backend: SharedBackend,
    ) -> Option<Action> {
        self.archive_names.give(&files, &name);
        self.archive_name_worker.find_titles(backend, &self.archive_names);
        self.archive_name_worker.keep(files, name);
        None
    }

    fn cancel_export(&mut self) -> Option<Action> {
        self.export_worker.cancel();
        None
    }

    fn edit_note(&mut self, text: &str) -> Result<EditedNote, String> {
        let _guard = self.input_lock.lock();
        editor::edit(text)
    }

    fn open_picture(&mut self, opened: &str, path: &str) -> CopyOutcome {
        match picture_viewer::open(opened, path) {
            Ok(viewer) => CopyOutcome::from_message(format!("opened with {viewer}: {path}")),
            Err(picture_viewer::OpenError::Message(message)) => CopyOutcome::from_message(message),
            Err(picture_viewer::OpenError::NoViewer(file)) => {
                self.copy_unopened(&file, "its path", "no program to show it was found")
            }
        }
    }

    fn open_address(&mut self, address: &str) -> CopyOutcome {
        match browser::open(address) {
            Ok(browser) => CopyOutcome::from_message(format!("opened with {browser}: {address}")),
            Err(browser::OpenError::NotWebAddress) => CopyOutcome::from_message(format!(
                "“{address}” is not opened: only http and https addresses are"
            )),
            Err(browser::OpenError::NoBrowser) => {
                self.copy_unopened(address, "the address", "no browser was found")
            }
        }
    }
}
