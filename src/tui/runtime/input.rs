//! Events from the terminal and from the system: keys, pastes, the mouse, signals, a new size.

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

/// How long to look for what was typed: with no time at all the terminal library does not look.
const MOMENT: Duration = Duration::from_millis(1);
/// The most events that are carried out before the screen is drawn.
const BATCH: usize = 256;

/// Whoever holds it has all that is typed for themselves.
#[derive(Clone, Default)]
pub struct Gate(Arc<Mutex<()>>);

impl Gate {
    /// Waits until nobody else holds it.
    pub(super) fn hold(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has signals arrive as events, on a thread that waits for them. From here on they no longer end
/// the program by themselves, which would leave the terminal as it is.
///
/// # Errors
/// Where signals cannot be watched.
pub fn watch_signals(events: &Sender<Event>) -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGCONT])?;
    let events = events.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            if !from_signal(signal).into_iter().all(|event| events.send(event).is_ok()) {
                return;
            }
        }
    });
    Ok(())
}

/// What a signal is to the program. The size may have changed while it was stopped.
fn from_signal(signal: i32) -> Vec<Event> {
    match signal {
        SIGWINCH => vec![resized()],
        // What is pressed there is for the program that has the terminal.
        SIGINT | SIGQUIT if terminal::is_lent() => Vec::new(),
        SIGCONT => vec![Event::Continued, resized()],
        _ => vec![Event::Signal(signal)],
    }
}

/// The size of the terminal, as an event.
pub fn resized() -> Event {
    match terminal::size() {
        Ok((width, height)) => Event::Action(Action::Resize(Size { width, height })),
        Err(error) => Event::TerminalLost(error.to_string()),
    }
}

/// Has keys, pastes and the mouse arrive as events, and the loss of the terminal, on threads that
/// wait for them.
pub fn watch_terminal(events: &Sender<Event>, gate: &Gate) {
    let (reading, gate) = (events.clone(), gate.clone());
    thread::spawn(move || {
        if let Err(error) = read_terminal(&reading, &gate) {
            let why = format!("the terminal cannot be read: {error}");
            let _ = reading.send(Event::TerminalLost(why));
        }
    });
    let events = events.clone();
    thread::spawn(move || {
        let why = wait_for_hang_up().map_or_else(|error| error.to_string(), str::to_owned);
        let _ = events.send(Event::TerminalLost(why));
    });
}

/// Reads until that fails, or until nobody listens. It waits outside the gate, so that nothing is read
/// while somebody else holds that.
fn read_terminal(events: &Sender<Event>, gate: &Gate) -> io::Result<()> {
    let input = terminal::input()?;
    let mut waiting = [PollFd::new(&input, PollFlags::IN)];
    loop {
        match poll(&mut waiting, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let _held = gate.hold();
        while crossterm::event::poll(MOMENT)? {
            let Some(event) = from_terminal(crossterm::event::read()?) else { continue };
            if events.send(event).is_err() {
                return Ok(());
            }
        }
        // Who waits for that tells of it.
        if waiting.iter().any(|it| it.revents().contains(PollFlags::HUP)) {
            return Ok(());
        }
    }
}

/// Waits until the terminal hangs up. Reading does not tell: a terminal that is gone reads as empty
/// for ever, and the signal that comes with it may go to the shell alone.
fn wait_for_hang_up() -> io::Result<&'static str> {
    let output = terminal::output()?;
    let mut waiting = [PollFd::new(output, PollFlags::empty())];
    loop {
        match poll(&mut waiting, None) {
            Ok(_) => return Ok("the terminal is gone"),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// What a terminal event is to the program. Sizes come by signal.
fn from_terminal(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) => from_key(key).map(Event::Key),
        TerminalEvent::Paste(text) => Some(Event::Action(Action::Paste(text))),
        TerminalEvent::Mouse(mouse) => from_mouse(mouse).map(Event::Action),
        TerminalEvent::Resize(..) | TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}

/// A key press or repetition; Shift is part of the letter.
fn from_key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let named = |name| Key::named(name).map(|key| key.code);
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
    let held = |modifier| event.modifiers.contains(modifier);
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) })
}

fn from_mouse(event: MouseEvent) -> Option<Action> {
    // Some terminals report 65,535 for what is left of or above them.
    let inside = |cell: u16| if cell == u16::MAX { 0 } else { cell };
    let (x, y) = (inside(event.column), inside(event.row));
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Click { x, y }),
        MouseEventKind::ScrollDown => Some(Action::Wheel { x, y, down: true }),
        MouseEventKind::ScrollUp => Some(Action::Wheel { x, y, down: false }),
        _ => None,
    }
}

/// Events in batches: what has come since the last drawing. It sleeps while nothing comes.
pub fn batches(events: &Receiver<Event>) -> impl Iterator<Item = Vec<Event>> + '_ {
    std::iter::from_fn(move || {
        let mut batch = vec![events.recv().ok()?];
        batch.extend(events.try_iter().take(BATCH - 1));
        Some(batch)
    })
}
