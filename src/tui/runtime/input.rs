//! Input threads: they turn keys, pastes, mouse events, signals and size changes into events.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::ending::{self, ENDING_SIGNALS};
use super::event_loop::Event;
use super::job_control;
use super::key_decoder::{KeyDecoder, is_ctrl_c};
use super::terminal;
use crate::tui::action::Action;
use crate::tui::layout::Size;

/// The largest number of bytes that are read at once.
const READ_BYTES: usize = 4096;
/// The largest number of events that are handled before a frame is drawn.
const MAX_BATCH_EVENTS: usize = 256;

/// How often the input thread is given a millisecond to finish a read.
const KEEP_ATTEMPTS: usize = 20;

/// A lock on the terminal's input: only its holder reads from the terminal.
#[derive(Clone, Default)]
pub struct TerminalInputLock(Arc<Mutex<()>>);

impl TerminalInputLock {
    /// Waits for the lock. It is released when the guard is dropped.
    pub(super) fn lock(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lock until the program ends, so that keys typed from now on go to the shell. If another
    /// program has the terminal, nothing is done.
    pub(super) fn keep(&self) {
        for _ in 0..KEEP_ATTEMPTS {
            if let Ok(guard) = self.0.try_lock() {
                std::mem::forget(guard);
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Starts a thread that sends signals as events.
///
/// From now on, signals no longer end the program directly, which would leave the terminal
/// unusable.
///
/// # Errors
/// The signal handlers cannot be installed.
pub fn watch_signals(events: &Sender<Event>) -> anyhow::Result<()> {
    let mut signals = Signals::new(ENDING_SIGNALS.iter().chain(&[SIGWINCH, SIGCONT, SIGTSTP]))?;
    for signal in ending::system_signals() {
        // A system that does not have one of them needs no handler for it.
        let _ = signals.add_signal(signal);
    }
    let events = events.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            if is_ending_signal(signal) {
                ending::end_soon(signal);
            }
            if !events_from_signal(signal).into_iter().all(|event| events.send(event).is_ok()) {
                return;
            }
        }
    });
    Ok(())
}

/// Whether a signal asks this program to end.
fn is_ending_signal(signal: i32) -> bool {
    // A program that uses the terminal is in a group of its own, which gets Ctrl-C alone.
    !matches!(signal, SIGWINCH | SIGCONT | SIGTSTP)
}

/// Returns the events of a signal. The size may have changed while the program was stopped.
fn events_from_signal(signal: i32) -> Vec<Event> {
    match signal {
        SIGWINCH => vec![resize_event()],
        SIGCONT => vec![resize_event(), Event::Continued],
        // A shell takes the terminal, and the program that uses it stops when it reads from it.
        SIGTSTP if terminal::is_lent() => {
            if job_control::has_shell() {
                job_control::stop();
            }
            Vec::new()
        }
        SIGTSTP => vec![Event::StopRequested],
        _ if is_ending_signal(signal) => vec![Event::Signal(signal)],
        _ => Vec::new(),
    }
}

/// Returns an event with the size of the terminal.
pub fn resize_event() -> Event {
    match terminal::size() {
        Ok((width, height)) => Event::Action(Action::Resize(Size { width, height })),
        Err(error) => Event::TerminalLost(error.to_string()),
    }
}

/// Starts two threads: one sends keys, pastes and mouse events, the other sends the loss of the
/// terminal.
pub fn watch_terminal(events: &Sender<Event>, input_lock: &TerminalInputLock) {
    let (input_events, input_lock) = (events.clone(), input_lock.clone());
    thread::spawn(move || {
        if let Err(error) = read_terminal(&input_events, &input_lock) {
            let reason = format!("the terminal cannot be read: {error}");
            let _ = input_events.send(Event::TerminalLost(reason));
        }
    });
    let events = events.clone();
    thread::spawn(move || {
        let reason = wait_for_hang_up().map_or_else(|error| error.to_string(), str::to_owned);
        ending::end_soon(SIGHUP);
        let _ = events.send(Event::TerminalLost(reason));
    });
}

/// Reads and sends input until the terminal fails or the event loop has ended.
///
/// It waits for input without the lock and reads with it. So it reads nothing while an editor runs.
fn read_terminal(events: &Sender<Event>, input_lock: &TerminalInputLock) -> io::Result<()> {
    let input = terminal::input()?;
    let mut decoder = KeyDecoder::default();
    let mut bytes = [0; READ_BYTES];
    loop {
        let is_silent = !wait_for_input(&input, decoder.wait())?;
        let new_events = if is_silent {
            decoder.take_rest()
        } else {
            let _guard = input_lock.lock();
            // Another program may have read it in the meantime.
            if !wait_for_input(&input, Some(Duration::ZERO))? {
                continue;
            }
            match read(&input, &mut bytes) {
                // The other thread reports the loss of the terminal.
                Ok(0) => return Ok(()),
                Ok(count) => decoder.push(bytes.get(..count).unwrap_or_default()),
                Err(Errno::AGAIN | Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
        };
        for event in new_events {
            if is_ctrl_c(&event) {
                ending::end_soon(SIGINT);
            }
            if events.send(event).is_err() {
                return Ok(());
            }
        }
    }
}

/// Waits for input, at most for `limit`. Returns whether there is some, or an end of it.
fn wait_for_input(input: &File, limit: Option<Duration>) -> io::Result<bool> {
    let limit = limit.map(|limit| Timespec {
        tv_sec: limit.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: limit.subsec_nanos().into(),
    });
    loop {
        let mut polled = [PollFd::new(input, PollFlags::IN)];
        match poll(&mut polled, limit.as_ref()) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether the terminal has hung up.
pub(super) fn is_hung_up() -> bool {
    let Ok(output) = terminal::output() else { return true };
    let mut descriptors = [PollFd::new(output, PollFlags::empty())];
    poll(&mut descriptors, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

/// Waits until the terminal hangs up, and returns a message.
///
/// Reading does not report it: a terminal that is gone reads as empty forever. The signal SIGHUP
/// may go to the shell alone.
fn wait_for_hang_up() -> io::Result<&'static str> {
    let output = terminal::output()?;
    let mut descriptors = [PollFd::new(output, PollFlags::empty())];
    loop {
        match poll(&mut descriptors, None) {
            Ok(_) => return Ok("the terminal is gone"),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns the events in batches: those that arrived since the last frame. It blocks until an event
/// arrives.
pub fn event_batches(events: &Receiver<Event>) -> impl Iterator<Item = Vec<Event>> + '_ {
    std::iter::from_fn(move || {
        let mut batch = vec![events.recv().ok()?];
        batch.extend(events.try_iter().take(MAX_BATCH_EVENTS - 1));
        Some(batch)
    })
}
