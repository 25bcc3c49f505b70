//! The load worker: reads the files on its own threads, while the screen shows the records so far.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use super::event_loop::Event;
use crate::cli::engine;
use crate::formats::read::ReadOptions;
use crate::load::{Input, LoadUpdate, pipeline};
use crate::record::Problem;
use crate::store::StoreBackend;
use crate::tui::action::{Action, LoadedRecords};

/// Starts reading the inputs. Each batch of records is sent to `events` with all records so far.
pub fn start(inputs: Vec<Input>, options: ReadOptions, events: Sender<Event>) {
    thread::spawn(move || {
        if let Some(loaded) = engine_records(&inputs) {
            // Sending fails once the user has quit.
            let _ = events.send(Event::Action(Action::Loaded(loaded)));
            return;
        }
        let first = StoreBackend::default();
        // Sending fails once the user has quit; then loading stops.
        pipeline::run(&inputs, &options, &mut |LoadUpdate { store, problems, progress }| {
            let backend = Arc::new(first.with_snapshot(store, progress));
            events.send(Event::Action(Action::Loaded(LoadedRecords { backend, problems }))).is_ok()
        });
    });
}

/// Returns the records of a search engine, if its address is among the inputs. Why there are none is a problem.
fn engine_records(inputs: &[Input]) -> Option<LoadedRecords> {
    let address = engine::address_of_inputs(inputs).transpose()?;
    let opened = address.and_then(engine::open_address);
    Some(match opened {
        Ok(backend) => LoadedRecords { backend, problems: Vec::new() },
        Err(error) => {
            let problems = vec![Problem::error("search engine", None, format!("{error:#}"))];
            LoadedRecords { backend: Arc::new(StoreBackend::default()), problems }
        }
    })
}
