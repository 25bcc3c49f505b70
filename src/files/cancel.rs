//! Stopping to write what is large: a sign that is set from elsewhere, and a file that heeds it.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

use crate::files;

/// Whether to stop, and by which signal; nothing while the number is 0.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicUsize>);

/// What was begun is stopped, by a signal with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped: nothing is written")]
pub struct Stopped(pub u8);

impl Stop {
    /// Set by the signals that ask a program to end. From here on they no longer end it.
    ///
    /// # Errors
    /// Signals cannot be watched.
    pub fn on_signals() -> io::Result<Stop> {
        let stop = Stop::default();
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            let number = usize::try_from(signal).unwrap_or(1);
            flag::register_usize(signal, Arc::clone(&stop.0), number)?;
        }
        Ok(stop)
    }

    /// Has it stop, as the reader's interrupt does.
    pub fn set(&self) {
        self.0.store(usize::try_from(SIGINT).unwrap_or(1), Ordering::Relaxed);
    }

    /// Nothing, unless it is to stop.
    fn check(&self) -> Result<(), Stopped> {
        match self.0.load(Ordering::Relaxed) {
            0 => Ok(()),
            number => Err(Stopped(u8::try_from(number).unwrap_or(u8::MAX))),
        }
    }
}

/// A writer that fails once it is to stop.
struct Heeding<'w> {
    out: &'w mut dyn Write,
    stop: &'w Stop,
}

impl Write for Heeding<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stop.check().map_err(io::Error::other)?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a file that appears as a whole, unless it is stopped before: then nothing of it is left.
///
/// # Errors
/// It is [`Stopped`], the file exists and `overwrite` is false, or it cannot be written.
pub fn write(
    path: &Path,
    overwrite: bool,
    stop: &Stop,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let outcome = files::write_atomically(path, overwrite, |out| {
        write(&mut Heeding { out, stop })?;
        stop.check().map_err(io::Error::other)
    });
    match outcome {
        Ok(()) => Ok(()),
        Err(why) => Err(stop.check().map_or_else(anyhow::Error::from, |()| why.into())),
    }
}
