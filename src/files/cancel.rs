//! Cancels the writing of large files: another thread or a signal sets a token, which the writer
//! checks.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

use crate::files::{self, IfExists, Privacy};

/// Makes a writer give up once it is cancelled. Clones share one state.
///
/// It holds the number of the signal that cancelled it, or 0 while it is not cancelled.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicUsize>);

/// The work was cancelled. It holds the number of the signal, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped: nothing is written")]
pub struct Cancelled(pub u8);

impl CancelToken {
    /// Returns a token that the signals HUP, INT and TERM cancel. From now on they no longer end
    /// the program by themselves.
    ///
    /// # Errors
    /// The signal handlers cannot be installed.
    pub fn from_signals() -> io::Result<CancelToken> {
        let token = CancelToken::default();
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            let number = usize::try_from(signal).unwrap_or(1);
            flag::register_usize(signal, Arc::clone(&token.0), number)?;
        }
        Ok(token)
    }

    /// Cancels the work, as the signal INT does.
    pub fn cancel(&self) {
        self.0.store(usize::try_from(SIGINT).unwrap_or(1), Ordering::Relaxed);
    }

    /// Returns an error if the work is cancelled.
    fn check(&self) -> Result<(), Cancelled> {
        match self.0.load(Ordering::Relaxed) {
            0 => Ok(()),
            number => Err(Cancelled(u8::try_from(number).unwrap_or(u8::MAX))),
        }
    }
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
    let outcome = files::write_atomically(path, if_exists, Privacy::Shared, |out| {
        write(&mut CancellableWriter { out, token })?;
        token.check().map_err(io::Error::other)
    });
    match outcome {
        Ok(()) => Ok(()),
        Err(error) => Err(token.check().map_or_else(anyhow::Error::from, |()| error.into())),
    }
}
