//! Waits at the end until marks and notes are saved. If that takes a moment, the screen says so, and a second key ends it.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;

use super::effect_runner::EffectRunner;
use super::ending;
use super::event_loop::{CopyOutcome, Event, Screen as _};
use super::key_decoder::is_ctrl_c;
use super::terminal::TerminalScreen;
use crate::files::waiting;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::key::Key;
use crate::tui::key_map::KeyMatch;
use crate::tui::modes::Mode;
use crate::tui::notice::Notice;

/// How long saving may take before the screen says that it is waited for.
const MAX_SILENCE: Duration = Duration::from_millis(100);

/// What the screen says meanwhile.
const WAITING_MESSAGE: &str = "marks are being saved: another program is using their file, or it does not answer · q or Ctrl-C \
                               ends now";

/// The wait for the marks.
struct Wait<'a> {
    app: &'a mut App,
    screen: &'a mut TerminalScreen,
    events: &'a Receiver<Event>,
    began: Instant,
    is_told: bool,
    /// When the user asked not to wait, or a signal came.
    ending_since: Option<Instant>,
}

impl Wait<'_> {
    /// Whether the wait is over without a result. Tells the user of it, and takes what came from the terminal.
    fn is_over(&mut self) -> bool {
        if !self.is_told && self.began.elapsed() >= MAX_SILENCE {
            self.is_told = true;
            self.app.update(Action::Tell(Notice::Told(WAITING_MESSAGE.to_owned())));
            // A terminal that cannot be written to shows nothing.
            let _ = self.screen.draw(self.app);
        }
        for event in self.events.try_iter() {
            if is_quit(&event, self.app) {
                waiting::ask_to_end(SIGINT);
            }
            take_late_event(event, self.app, self.screen);
        }
        let limit = ending::saving_limit();
        if waiting::is_ending() {
            self.ending_since.get_or_insert_with(Instant::now).elapsed() >= limit
        } else {
            self.began.elapsed() >= limit
        }
    }
}

/// Ends the worker of marks after its work is done. Returns a message for each marks file whose changes could not be saved.
pub(super) fn finish_marks(
    effects: &mut EffectRunner,
    app: &mut App,
    screen: &mut TerminalScreen,
    events: &Receiver<Event>,
) -> Vec<String> {
    let began = Instant::now();
    let mut wait = Wait { app, screen, events, began, is_told: false, ending_since: None };
    effects.finish_marks(&mut || wait.is_over())
}

/// Whether an event asks the program to end.
fn is_quit(event: &Event, app: &App) -> bool {
    let ends = |key: Key| {
        let found = app.workspace.key_map.find(Mode::List, &[], key);
        matches!(found, KeyMatch::Command(Command::Quit))
    };
    is_ctrl_c(event) || matches!(event, Event::Key(key) if ends(*key))
}

/// Passes on a text that the terminal is to copy, and learns of a worker that failed at the end.
pub(super) fn take_late_event(event: Event, app: &mut App, screen: &mut TerminalScreen) {
    match event {
        Event::Copied(CopyOutcome { terminal_bytes, .. }) => {
            // A terminal that cannot be written to copies nothing.
            let _ = screen.write_raw(&terminal_bytes);
        }
        Event::Action(Action::WorkerFailed(message)) => {
            app.failure.get_or_insert(message);
        }
        _ => {}
    }
}
