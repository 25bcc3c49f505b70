//! Loading in the background, while the screen shows what has come so far.

use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use crate::formats::read::Options;
use crate::load::{Input, pipeline};
use crate::tui::action::Action;

/// Reads everything on threads of their own, which tell `events` what has come so far.
pub fn start(inputs: Vec<Input>, options: Options, events: Sender<Event>) {
    thread::spawn(move || {
        // Nobody listens where the reader has quit in the middle of it.
        pipeline::run(&inputs, &options, &mut |arrival| {
            events.send(Event::Action(Action::Arrived(arrival))).is_ok()
        });
    });
}
