//! The load worker: reads the files on its own threads, while the screen shows the records so far.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use crate::formats::read::ReadOptions;
use crate::load::{Input, LoadUpdate, pipeline};
use crate::store::StoreBackend;
use crate::tui::action::{Action, LoadedRecords};

/// Starts reading the inputs. Each batch of records is sent to `events` with all records so far.
pub fn start(inputs: Vec<Input>, options: ReadOptions, events: Sender<Event>) {
    thread::spawn(move || {
        let first = StoreBackend::default();
        // Sending fails once the user has quit; then loading stops.
        pipeline::run(&inputs, &options, &mut |LoadUpdate { store, problems, progress }| {
            let backend = Arc::new(first.with_snapshot(store, progress));
            events.send(Event::Action(Action::Loaded(LoadedRecords { backend, problems }))).is_ok()
        });
    });
}
