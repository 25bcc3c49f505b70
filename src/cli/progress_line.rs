//! A progress line on standard error, which is overwritten by the next one and erased at the end.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::tui::runtime::terminal_kind;

/// The minimum time before the first line, and between two lines.
const UPDATE_INTERVAL: Duration = Duration::from_millis(250);
/// The number of records between two checks of the clock.
const RECORDS_PER_CLOCK_CHECK: usize = 256;

/// Shows how many records are written.
pub struct ProgressLine {
    total: usize,
    /// When the last line was printed, or when writing began.
    last_update: Instant,
    /// Whether lines are printed at all.
    is_enabled: bool,
    /// Whether a line is on the terminal, so that it must be erased.
    is_drawn: bool,
}

impl ProgressLine {
    /// Creates the progress line for writing `total` records.
    ///
    /// Nothing is shown if standard error is not a terminal, or if the records go to the terminal.
    /// They go to standard output unless `into_file` is set.
    pub fn new(total: usize, into_file: bool) -> ProgressLine {
        let is_enabled = can_show() && (into_file || !io::stdout().is_terminal());
        ProgressLine { total, last_update: Instant::now(), is_enabled, is_drawn: false }
    }

    /// Reports that `count` records are written.
    pub fn update(&mut self, count: usize) {
        if !self.is_enabled
            || !count.is_multiple_of(RECORDS_PER_CLOCK_CHECK)
            || self.last_update.elapsed() < UPDATE_INTERVAL
        {
            return;
        }
        (self.last_update, self.is_drawn) = (Instant::now(), true);
        let mut stderr = io::stderr().lock();
        // A progress line that cannot be printed is no reason to stop.
        let _ = write!(stderr, "\r\x1b[K{count} of {} records written", self.total);
        let _ = stderr.flush();
    }
}

/// Whether standard error is a terminal that can replace a line.
pub(super) fn can_show() -> bool {
    io::stderr().is_terminal() && terminal_kind::shows_screens()
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_drawn {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
