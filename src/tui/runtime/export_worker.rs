//! The export worker: writes one file at a time on a thread, and reports progress and the result.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event_loop::Event;
use crate::cli;
use crate::cli::archive_names::ArchiveNames;
use crate::cli::requested_rows::{RequestedRows, RowsRequest};
use crate::files::cancel::{CancelToken, Cancelled};
use crate::files::{self, FileError, FileErrorKind, IfExists, waiting};
use crate::tui::action::Action;
use crate::tui::app::export::{ExportProgress, ExportRequest};

/// The least time between two progress reports.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// The number of records between two readings of the clock.
const RECORDS_PER_CLOCK_CHECK: usize = 256;

/// How long a cancelled export may take to end before the user is told that it is stopped.
const CANCEL_LIMIT: Duration = Duration::from_millis(400);

/// How long a folder may take to answer whether a file may be written.
const CHECK_LIMIT: Duration = Duration::from_secs(1);

/// A handle to the export thread.
pub(super) struct ExportWorker {
    events: Sender<Event>,
    /// The last export, which may have finished.
    current: Option<RunningExport>,
}

/// An export on its thread.
struct RunningExport {
    /// The file, as the user typed it.
    file: String,
    cancel_token: CancelToken,
    /// Returns whether the file is written.
    thread: JoinHandle<bool>,
    /// Whether the user was told its end: by the thread, or by who has abandoned the thread.
    is_reported: Arc<AtomicBool>,
}

impl ExportWorker {
    /// Creates a worker that reports to `events`. A thread starts with each export.
    pub(super) fn new(events: Sender<Event>) -> ExportWorker {
        ExportWorker { events, current: None }
    }

    /// Starts an export if the file may be written. Returns the first progress, or why it may not
    /// be written.
    pub(super) fn start(&mut self, request: ExportRequest, archive_names: ArchiveNames) -> Action {
        let path = expand_home(&request.file);
        let if_exists = IfExists::from_force(request.replace);
        let checked_path = path.clone();
        let check = move || files::check_writable(&checked_path, if_exists);
        match waiting::run_within(CHECK_LIMIT, check).map(|it| it.map_err(|error| error.kind)) {
            Ok(Err(FileErrorKind::AlreadyExists)) => return Action::FileExists(Box::new(request)),
            Ok(Err(kind)) => return failed_action(&format!("{kind}: {}", request.file)),
            Err(_) => {
                return failed_action(&format!("its folder does not answer: {}", request.file));
            }
            Ok(Ok(())) => {}
        }
        let file = request.file.clone();
        let progress = ExportProgress { file: file.clone(), ..ExportProgress::default() };
        let (cancel_token, events) = (CancelToken::default(), self.events.clone());
        let thread_token = cancel_token.clone();
        let is_reported = Arc::new(AtomicBool::new(false));
        let thread_is_reported = Arc::clone(&is_reported);
        let thread = thread::spawn(move || {
            let result = write(&request, archive_names, &path, &thread_token, &events);
            let is_written = result.is_ok();
            let result = match result {
                Ok(written) => written_action(written.message(&request.file)),
                Err(error) if error.is::<Cancelled>() => failed_action("it is stopped"),
                Err(error) => failed_action(&reason_first(&error)),
            };
            if !thread_is_reported.swap(true, Ordering::SeqCst) {
                // Sending fails only after the user has quit.
                let _ = events.send(Event::Action(result));
            }
            is_written
        });
        self.current = Some(RunningExport { file, cancel_token, thread, is_reported });
        Action::ExportProgressed(progress)
    }

    /// Cancels the current export. Its unfinished file is removed. An export that waits for something else,
    /// such as the reader of a named pipe, is abandoned.
    pub(super) fn cancel(&mut self) {
        let Some(RunningExport { cancel_token, thread, is_reported, .. }) = self.current.take()
        else {
            return;
        };
        cancel_token.cancel();
        let events = self.events.clone();
        thread::spawn(move || {
            let _ = waiting::run_within(CANCEL_LIMIT, move || thread.join().is_ok());
            if !is_reported.swap(true, Ordering::SeqCst) {
                let why = "it is stopped, but what it writes to does not answer";
                // Sending fails only after the user has quit.
                let _ = events.send(Event::Action(failed_action(why)));
            }
        });
    }

    /// Cancels the current export and waits for its end, but not longer than `limit`. Returns the name of its file
    /// if this stopped it.
    pub(super) fn finish(&mut self, limit: Duration) -> Option<String> {
        let RunningExport { file, cancel_token, thread, is_reported } = self.current.take()?;
        if is_reported.load(Ordering::SeqCst) {
            return None;
        }
        cancel_token.cancel();
        let is_written = waiting::run_within(limit, move || thread.join().unwrap_or(false));
        (!is_written.unwrap_or(false)).then_some(file)
    }
}

/// Returns the action for a file that is written.
fn written_action(message: String) -> Action {
    Action::ExportDone { message, written: true }
}

/// Returns the action for a file that is not written.
fn failed_action(why: &str) -> Action {
    Action::ExportDone { message: format!("nothing is exported: {why}"), written: false }
}

/// Returns the message of an error with its reason before the name of the file: a long path would hide it.
fn reason_first(error: &anyhow::Error) -> String {
    match error.downcast_ref::<FileError>() {
        Some(FileError { file, kind }) => format!("{kind}: {file}"),
        None => format!("{error:#}"),
    }
}

/// The numbers of records of a finished export.
struct WrittenRecords {
    total: usize,
    /// Those with signs for control characters.
    with_signs: usize,
}

impl WrittenRecords {
    /// Returns the message for the user.
    fn message(&self, file: &str) -> String {
        let message = match self.total {
            1 => format!("wrote 1 record to {file}"),
            count => format!("wrote {count} records to {file}"),
        };
        match cli::export::signs_message(self.with_signs) {
            Some(signs) => format!("{message}: {signs}"),
            None => message,
        }
    }
}

/// Writes the records.
fn write(
    request: &ExportRequest,
    archive_names: ArchiveNames,
    path: &Path,
    cancel_token: &CancelToken,
    events: &Sender<Event>,
) -> anyhow::Result<WrittenRecords> {
    let rows_request = RowsRequest {
        selection: request.selection.clone(),
        notes: Arc::clone(&request.notes),
        archive_names,
    };
    let mut rows = RequestedRows::new(&*request.backend, &rows_request)?;
    let total = rows.remaining();
    if total == 0 {
        anyhow::bail!("no record matches");
    }
    let mut last_report = Instant::now();
    let mut on_progress = |written: usize| {
        if written.is_multiple_of(RECORDS_PER_CLOCK_CHECK)
            && last_report.elapsed() >= PROGRESS_INTERVAL
        {
            last_report = Instant::now();
            let progress = ExportProgress { file: request.file.clone(), written, total };
            let _ = events.send(Event::Action(Action::ExportProgressed(progress)));
        }
    };
    let (output, force) = (Some(path.to_owned()), request.replace);
    let format = cli::export::resolve_format(Some(&request.format), None)?;
    let job = cli::export::ExportJob { format, output, force };
    let with_signs = job.run(&mut rows, cancel_token, &mut on_progress)?;
    Ok(WrittenRecords { total, with_signs })
}

/// Returns the path of a file name; a leading `~/` is the user's home folder.
fn expand_home(file: &str) -> PathBuf {
    match (file.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(file),
    }
}
