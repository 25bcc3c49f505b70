//! Input threads: they turn keys, pastes, mouse events, signals and size changes into events.

use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{
    Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::event_loop::Event;
use super::terminal;
use crate::tui::action::Action;
use crate::tui::key::{Code, Key};
use crate::tui::layout::Size;

/// How long a read waits for input. With no time at all, crossterm does not read.
const POLL_TIMEOUT: Duration = Duration::from_millis(1);
/// The largest number of events that are handled before a frame is drawn.
const MAX_BATCH_EVENTS: usize = 256;

/// A lock on the terminal's input: only its holder reads from the terminal.
#[derive(Clone, Default)]
pub struct TerminalInputLock(Arc<Mutex<()>>);

impl TerminalInputLock {
    /// Waits for the lock. It is released when the guard is dropped.
    pub(super) fn lock(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGCONT])?;
    let events = events.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            if !events_from_signal(signal).into_iter().all(|event| events.send(event).is_ok()) {
                return;
            }
        }
    });
    Ok(())
}

/// Returns the events of a signal. The size may have changed while the program was stopped.
fn events_from_signal(signal: i32) -> Vec<Event> {
    match signal {
        SIGWINCH => vec![resize_event()],
        // Ctrl-C is meant for the program that uses the terminal.
        SIGINT | SIGQUIT if terminal::is_lent() => Vec::new(),
        SIGCONT => vec![Event::Continued, resize_event()],
        _ => vec![Event::Signal(signal)],
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
        let _ = events.send(Event::TerminalLost(reason));
    });
}

/// Reads and sends input until the terminal fails or the event loop has ended.
///
/// It waits for input without the lock and reads with it. So it reads nothing while an editor runs.
fn read_terminal(events: &Sender<Event>, input_lock: &TerminalInputLock) -> io::Result<()> {
    let input = terminal::input()?;
    let mut descriptors = [PollFd::new(&input, PollFlags::IN)];
    loop {
        match poll(&mut descriptors, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let _guard = input_lock.lock();
        while crossterm::event::poll(POLL_TIMEOUT)? {
            let Some(event) = event_from_terminal(crossterm::event::read()?) else { continue };
            if events.send(event).is_err() {
                return Ok(());
            }
        }
        // The other thread reports the loss of the terminal.
        if descriptors.iter().any(|it| it.revents().contains(PollFlags::HUP)) {
            return Ok(());
        }
    }
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
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns the event for a terminal event, if the program handles it. Size changes come as signals.
fn event_from_terminal(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) => key_from_event(key).map(Event::Key),
        TerminalEvent::Paste(text) => Some(Event::Action(Action::Paste(text))),
        TerminalEvent::Mouse(mouse) => action_from_mouse(mouse).map(Event::Action),
        TerminalEvent::Resize(..) | TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}

/// Returns the key of a key press or repetition. Shift is part of the letter.
fn key_from_event(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let named = |name| Key::from_name(name).map(|key| key.code);
    let code = match event.code {
        KeyCode::Char(' ') => named("space"),
        KeyCode::Char(letter) => Some(Code::Char(letter)),
        KeyCode::Enter => named("enter"),
        KeyCode::Esc => named("esc"),
        KeyCode::Tab => named("tab"),
        KeyCode::BackTab => named("back-tab"),
        KeyCode::Backspace => named("backspace"),
        KeyCode::Delete => named("delete"),
        KeyCode::Left => named("left"),
        KeyCode::Right => named("right"),
        KeyCode::Up => named("up"),
        KeyCode::Down => named("down"),
        KeyCode::Home => named("home"),
        KeyCode::End => named("end"),
        KeyCode::PageUp => named("page-up"),
        KeyCode::PageDown => named("page-down"),
        _ => None,
    }?;
    let has = |modifier| event.modifiers.contains(modifier);
    Some(Key { code, ctrl: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT) })
}

/// Returns the action of a mouse event, if the program handles it.
fn action_from_mouse(event: MouseEvent) -> Option<Action> {
    // Some terminals report 65,535 for positions to the left of the window or above it.
    let clamp = |cell: u16| if cell == u16::MAX { 0 } else { cell };
    let (x, y) = (clamp(event.column), clamp(event.row));
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Click { x, y }),
        MouseEventKind::ScrollDown => Some(Action::Wheel { x, y, down: true }),
        MouseEventKind::ScrollUp => Some(Action::Wheel { x, y, down: false }),
        _ => None,
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
