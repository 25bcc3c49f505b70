//! Writes to the terminal on a thread of its own, so that a terminal that stops reading, or reads slowly, holds
//! up nothing else.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::{Errno, write};
use rustix::termios::{QueueSelector, tcflush};

/// How many bytes are written at once to a terminal that may block the thread.
const BLOCKING_CHUNK_BYTES: usize = 512;

/// How long the thread waits for the terminal before it looks whether its bytes were discarded.
const POLL_TIMEOUT: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// A handle to the thread.
pub(super) struct TerminalWriter {
    shared: Arc<Shared>,
    terminal: &'static File,
}

/// What the thread and its handle share.
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

/// Called when the terminal has taken all bytes after a frame was refused.
pub(super) type OnReady = Box<dyn Fn() + Send>;

#[derive(Default)]
struct State {
    /// The bytes that wait to be written.
    queue: Vec<u8>,
    /// Whether the thread is writing bytes that are no longer in the queue.
    is_writing: bool,
    /// Counts how often what is being written was discarded.
    discard_count: u64,
    /// Whether a frame was refused since all bytes were written.
    is_frame_refused: bool,
    on_ready: Option<OnReady>,
    /// Why the terminal cannot be written to.
    failure: Option<io::Error>,
}

impl State {
    /// Whether bytes are still to be written.
    fn is_busy(&self) -> bool {
        self.is_writing || !self.queue.is_empty()
    }
}

impl TerminalWriter {
    /// Starts the thread for this terminal.
    pub(super) fn start(terminal: &'static File) -> TerminalWriter {
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new() });
        let thread_shared = Arc::clone(&shared);
        thread::spawn(move || write_queue(&thread_shared, terminal));
        TerminalWriter { shared, terminal }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    /// Sets what is called when the terminal is ready for a frame that was refused.
    pub(super) fn set_on_ready(&self, on_ready: OnReady) {
        self.state().on_ready = Some(on_ready);
    }

    /// Whether a frame may be sent now: the terminal has taken everything before it. Otherwise `on_ready` is
    /// called later.
    ///
    /// # Errors
    /// The terminal cannot be written to.
    pub(super) fn begin_frame(&self) -> io::Result<bool> {
        let mut state = self.state();
        if let Some(failure) = state.failure.take() {
            return Err(failure);
        }
        state.is_frame_refused = state.is_busy();
        Ok(!state.is_frame_refused)
    }

    /// Adds bytes to those that are written.
    pub(super) fn send(&self, bytes: &[u8]) {
        self.state().queue.extend_from_slice(bytes);
        self.shared.changed.notify_all();
    }

    /// Waits until everything is written, at most for `limit`. After that the rest is discarded, also what the
    /// system has not passed on to the terminal yet.
    pub(super) fn drain(&self, limit: Duration) {
        let deadline = Instant::now() + limit;
        let mut state = self.state();
        while state.is_busy() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.queue.clear();
                state.discard_count += 1;
                drop(state);
                // Without this, the end of the session would wait behind the rest.
                let _ = tcflush(self.terminal, QueueSelector::OFlush);
                return;
            }
            let waited = self.shared.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what is in the queue until the terminal fails.
fn write_queue(shared: &Shared, terminal: &File) {
    let own = open_nonblocking();
    let (terminal, chunk_bytes) = match &own {
        Some(own) => (own, usize::MAX),
        None => (terminal, BLOCKING_CHUNK_BYTES),
    };
    loop {
        let mut state = shared.lock();
        while state.queue.is_empty() {
            state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let bytes = std::mem::take(&mut state.queue);
        state.is_writing = true;
        let discard_count = state.discard_count;
        drop(state);
        let is_discarded = || shared.lock().discard_count != discard_count;
        let result = write_all(terminal, &bytes, chunk_bytes, &is_discarded);
        let mut state = shared.lock();
        state.is_writing = false;
        if let Err(error) = result {
            state.failure = Some(error);
        }
        if !state.is_busy()
            && std::mem::take(&mut state.is_frame_refused)
            && let Some(on_ready) = &state.on_ready
        {
            on_ready();
        }
        drop(state);
        shared.changed.notify_all();
    }
}

/// Opens the terminal of standard error a second time, so that it does not block this program and still
/// blocks others that use it. Only Linux makes a second opening independent.
fn open_nonblocking() -> Option<File> {
    if !cfg!(target_os = "linux") || !io::stderr().is_terminal() {
        return None;
    }
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = OpenOptions::new();
    options.write(true).custom_flags(flags.bits().cast_signed()).open("/proc/self/fd/2").ok()
}

/// Writes bytes, and waits while the terminal takes none, unless they are discarded.
fn write_all(
    terminal: &File,
    mut bytes: &[u8],
    chunk_bytes: usize,
    is_discarded: &dyn Fn() -> bool,
) -> io::Result<()> {
    while !bytes.is_empty() && !is_discarded() {
        let chunk = bytes.get(..bytes.len().min(chunk_bytes)).unwrap_or(bytes);
        match write(terminal, chunk) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let mut polled = [PollFd::new(terminal, PollFlags::OUT)];
                match poll(&mut polled, Some(&POLL_TIMEOUT)) {
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
