//! The export worker: writes one file at a time on a thread, and reports progress and the result.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event_loop::Event;
use crate::cli;
use crate::cli::archive_names::ArchiveNames;
use crate::cli::requested_rows::{RequestedRows, RowsRequest};
use crate::files::cancel::{CancelToken, Cancelled};
use crate::files::{self, FileErrorKind, IfExists};
use crate::tui::action::Action;
use crate::tui::app::export::{ExportProgress, ExportRequest};

/// The least time between two progress reports.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// The number of records between two readings of the clock.
const RECORDS_PER_CLOCK_CHECK: usize = 256;

/// A handle to the export thread. When it is dropped, an unfinished export is cancelled and the
/// thread is joined.
pub(super) struct ExportWorker {
    events: Sender<Event>,
    /// The last export, which may have finished.
    current: Option<(CancelToken, JoinHandle<()>)>,
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
        match files::check_writable(&path, if_exists).map_err(|error| error.kind) {
            Err(FileErrorKind::AlreadyExists) => return Action::FileExists(Box::new(request)),
            Err(kind) => return failed_action(&format!("{}: {kind}", request.file)),
            Ok(()) => {}
        }
        self.join();
        let file = request.file.clone();
        let progress = ExportProgress { file, ..ExportProgress::default() };
        let (cancel_token, events) = (CancelToken::default(), self.events.clone());
        let thread_token = cancel_token.clone();
        let thread = thread::spawn(move || {
            let result = match write(&request, archive_names, &path, &thread_token, &events) {
                Ok(written) => written_action(written.message(&request.file)),
                Err(error) if error.is::<Cancelled>() => failed_action("it is stopped"),
                Err(error) => failed_action(&format!("{error:#}")),
            };
            // Sending fails only after the user has quit.
            let _ = events.send(Event::Action(result));
        });
        self.current = Some((cancel_token, thread));
        Action::ExportProgressed(progress)
    }

    /// Cancels the current export. Its unfinished file is removed.
    pub(super) fn cancel(&self) {
        if let Some((cancel_token, _)) = &self.current {
            cancel_token.cancel();
        }
    }

    /// Waits until the current export has ended.
    fn join(&mut self) {
        if let Some((_, thread)) = self.current.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for ExportWorker {
    fn drop(&mut self) {
        self.cancel();
        self.join();
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
        filter: request.filter.clone(),
        order: request.order,
        user_marks: request.user_marks.clone(),
        keep_duplicates: request.keep_duplicates,
        archive_names,
        ..RowsRequest::default()
    };
    let mut rows = RequestedRows::new(&request.store, &rows_request)?;
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
