//! Exporting from the screen: a thread for each file, which tells what came of it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use super::commands;
use super::commands::chosen::{Asked, Chosen};
use super::files::{self, Trouble};
use super::run::Event;
use crate::app::action::Action;
use crate::app::exporting::Export;

/// The near end of the threads. When it is dropped, all files are written.
pub(super) struct Exporter {
    events: Sender<Event>,
    threads: Vec<JoinHandle<()>>,
}

impl Exporter {
    /// Tells `events` what came of each file.
    pub(super) fn new(events: Sender<Event>) -> Exporter {
        Exporter { events, threads: Vec::new() }
    }

    /// Begins to write, unless the file must not be written. Says which it is.
    pub(super) fn export(&mut self, export: Export) -> Action {
        let path = expanded(&export.file);
        match files::may_write(&path, export.replace).map_err(|error| error.why) {
            Err(Trouble::Exists) => return Action::Exists(Box::new(export)),
            Err(why) => {
                return Action::Said(format!("nothing is exported: {}: {why}", export.file));
            }
            Ok(()) => {}
        }
        let said = format!("writing {} ...", export.file);
        let events = self.events.clone();
        self.threads.retain(|thread| !thread.is_finished());
        self.threads.push(thread::spawn(move || {
            let said = match write(&export, &path) {
                Ok(1) => format!("wrote 1 record to {}", export.file),
                Ok(count) => format!("wrote {count} records to {}", export.file),
                Err(error) => format!("nothing is exported: {error:#}"),
            };
            // Nobody listens any more where the reader has quit.
            let _ = events.send(Event::Action(Action::Said(said)));
        }));
        Action::Said(said)
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Writes the records, and says how many they are.
fn write(export: &Export, path: &Path) -> anyhow::Result<usize> {
    let asked = Asked {
        filter: export.filter.clone(),
        order: export.order,
        marked: export.marked.clone(),
        ..Asked::default()
    };
    let mut chosen = Chosen::new(&export.store, &asked)?;
    let count = chosen.left();
    if count == 0 {
        anyhow::bail!("no record fits");
    }
    let (output, force) = (Some(path.to_owned()), export.replace);
    let format = commands::export::format(Some(&export.format), None)?;
    commands::export::Export { format, output, force }.run(&mut chosen)?;
    Ok(count)
}

/// The file that is meant: `~/` is the reader's home.
fn expanded(file: &str) -> PathBuf {
    match (file.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(file),
    }
}
