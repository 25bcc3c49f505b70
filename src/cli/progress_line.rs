//! How far a writing is, in a line on standard error that gives way to the next, and in the end to
//! nothing.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How long a writing takes before anything is said, and how long a line stays at least.
const PAUSE: Duration = Duration::from_millis(250);
/// How many records are written between two looks at the clock.
const LOOK: usize = 256;

/// Says how many records are written.
pub struct Telling {
    total: usize,
    /// When the last line was written, or the writing began.
    since: Instant,
    /// Whether there is somebody to tell.
    heard: bool,
    said: bool,
}

impl Telling {
    /// Of so many records. Nothing is said where errors go elsewhere, or where the records themselves
    /// come on the terminal.
    pub fn of(total: usize, into_file: bool) -> Telling {
        let heard = io::stderr().is_terminal() && (into_file || !io::stdout().is_terminal());
        Telling { total, since: Instant::now(), heard, said: false }
    }

    /// Takes note that so many are written.
    pub fn written(&mut self, count: usize) {
        if !self.heard || !count.is_multiple_of(LOOK) || self.since.elapsed() < PAUSE {
            return;
        }
        (self.since, self.said) = (Instant::now(), true);
        let mut errors = io::stderr().lock();
        // What cannot be shown is no reason to stop.
        let _ = write!(errors, "\r\x1b[K{count} of {} records written", self.total);
        let _ = errors.flush();
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        if self.said {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
