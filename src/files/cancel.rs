//! Cancels the writing of large files: another thread or a signal sets a token, which the writer
//! checks.
//!
//! A writer cannot check it while it waits, for instance until somebody reads a named pipe. So a signal ends
//! the program after a moment, whether the writer has stopped or not.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::ignored_signals::is_ignored;
use super::waiting::{self, Unfinished};
use crate::files::{self, IfExists, Privacy};

/// How long a writer may take to end in order after a signal.
const ORDERLY_END: Duration = Duration::from_secs(1);
/// How long the last message may take: a terminal may have stopped reading.
const LAST_MESSAGE: Duration = Duration::from_millis(200);

/// Makes a writer give up once it is cancelled. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<CancelState>);

/// The state of a token.
#[derive(Debug, Default)]
struct CancelState {
    /// The number of the signal that cancelled the work, or 0 while it is not cancelled.
    signal: AtomicUsize,
    /// Whether a file is being written, which must end in order.
    is_writing: AtomicBool,
}

/// The work was cancelled. It holds the number of the signal, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped: nothing is written")]
pub struct Cancelled(pub u8);

impl CancelToken {
    /// Returns a token that the signals HUP, INT, QUIT and TERM cancel, unless they were ignored when the program started
    /// (`nohup`). Before a file is written, the program
    /// says what was not written, and ends. Later it does so if the work has not ended within a second. A second
    /// signal ends it at once.
    ///
    /// # Errors
    /// The signal handlers cannot be installed.
    pub fn from_signals(report: fn(&str)) -> io::Result<CancelToken> {
        let token = CancelToken::default();
        let mut signals = handled_signals(&[SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
        let state = Arc::clone(&token.0);
        thread::spawn(move || {
            for signal in signals.forever() {
                let number = usize::try_from(signal).unwrap_or(1);
                if state.signal.swap(number, Ordering::Relaxed) != 0 {
                    low_level::exit(128 + signal);
                }
                let is_writing = state.is_writing.load(Ordering::Relaxed);
                thread::spawn(move || {
                    if is_writing {
                        thread::sleep(ORDERLY_END);
                    }
                    report_unfinished(report);
                    low_level::exit(128 + signal);
                });
            }
        });
        Ok(token)
    }

    /// Returns a token that no signal cancels, for standard output: a signal ends the program by itself. Before TERM does,
    /// the program says what was not written. INT and QUIT are typed by a user, who may be looking at a pager, and HUP may
    /// be ignored (`nohup`).
    ///
    /// # Errors
    /// The signal handler cannot be installed.
    pub fn reporting_signals(report: fn(&str)) -> io::Result<CancelToken> {
        let mut signals = handled_signals(&[SIGTERM])?;
        thread::spawn(move || {
            for signal in signals.forever() {
                report_unfinished(report);
                if low_level::emulate_default_handler(signal).is_err() {
                    low_level::exit(128 + signal);
                }
            }
        });
        Ok(CancelToken::default())
    }

    /// Cancels the work, as the signal INT does.
    pub fn cancel(&self) {
        self.0.signal.store(usize::try_from(SIGINT).unwrap_or(1), Ordering::Relaxed);
    }

    /// Returns an error if the work is cancelled.
    fn check(&self) -> Result<(), Cancelled> {
        match self.0.signal.load(Ordering::Relaxed) {
            0 => Ok(()),
            number => Err(Cancelled(u8::try_from(number).unwrap_or(u8::MAX))),
        }
    }
}

/// Handles those of these signals that were not ignored when the program started.
fn handled_signals(signals: &[i32]) -> io::Result<Signals> {
    Signals::new(signals.iter().filter(|signal| !is_ignored(**signal)))
}

/// Reports everything that is still being written, but does not wait long for a terminal to show it.
pub fn report_unfinished(report: fn(&str)) {
    // The result does not matter: the program ends either way.
    let _ = waiting::run_within(LAST_MESSAGE, move || {
        for description in Unfinished::list() {
            report(&format!("fonds: stopped before {description}"));
        }
    });
}

/// Notes that a file is not written yet: while its records are read, and while it is written.
pub fn begin_file(path: &Path) -> Unfinished {
    Unfinished::begin(format!("{} was written", files::display_name(path)))
}

/// Notes that not everything is written to standard output yet: while records are read, and while they are written.
pub fn begin_standard_output() -> Unfinished {
    Unfinished::begin("everything was written to standard output".to_owned())
}

/// A writer that fails as soon as its token is cancelled.
struct CancellableWriter<'w> {
    out: &'w mut dyn Write,
    token: &'w CancelToken,
}

impl Write for CancellableWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.token.check().map_err(io::Error::other)?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a file atomically. If it is cancelled, no part of the new file is left.
///
/// # Errors
/// Fails with [`Cancelled`], or if the file exists and may not be replaced, or if it cannot be
/// written.
pub fn write_file(
    path: &Path,
    if_exists: IfExists,
    token: &CancelToken,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let _unfinished = begin_file(path);
    token.0.is_writing.store(true, Ordering::Relaxed);
    let outcome = files::write_atomically(path, if_exists, Privacy::Shared, |out| {
        write(&mut CancellableWriter { out, token })?;
        token.check().map_err(io::Error::other)
    });
    match outcome {
        Ok(()) => Ok(()),
        Err(error) => Err(token.check().map_or_else(anyhow::Error::from, |()| error.into())),
    }
}
