//! Exporting from the screen: a thread for a file, which tells how far it is and what came of it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event_loop::Event;
use crate::cli;
use crate::cli::requested_rows::{Asked, Chosen};
use crate::files;
use crate::files::Trouble;
use crate::files::cancel::{Stop, Stopped};
use crate::tui::action::Action;
use crate::tui::app::export::{Export, Writing};

/// How long news wait at least after the last ones.
const PAUSE: Duration = Duration::from_millis(100);
/// How many records are written between two looks at the clock.
const LOOK: usize = 256;

/// The near end of the thread. When it is dropped, the thread has ended, and what is not yet written
/// never will be.
pub(super) struct Exporter {
    events: Sender<Event>,
    running: Option<(Stop, JoinHandle<()>)>,
}

impl Exporter {
    /// Tells `events` what came of each file.
    pub(super) fn new(events: Sender<Event>) -> Exporter {
        Exporter { events, running: None }
    }

    /// Begins to write, unless the file must not be written. Says which it is.
    pub(super) fn export(&mut self, export: Export) -> Action {
        let path = expanded(&export.file);
        match files::may_write(&path, export.replace).map_err(|error| error.why) {
            Err(Trouble::Exists) => return Action::Exists(Box::new(export)),
            Err(why) => return failed(&format!("{}: {why}", export.file)),
            Ok(()) => {}
        }
        self.end();
        let begun = Action::Writing(Writing { file: export.file.clone(), ..Writing::default() });
        let (stop, events) = (Stop::default(), self.events.clone());
        let heeded = stop.clone();
        let thread = thread::spawn(move || {
            let outcome = match write(&export, &path, &heeded, &events) {
                Ok(1) => written(format!("wrote 1 record to {}", export.file)),
                Ok(count) => written(format!("wrote {count} records to {}", export.file)),
                Err(error) if error.is::<Stopped>() => failed("it is stopped"),
                Err(error) => failed(&format!("{error:#}")),
            };
            // Nobody listens any more where the reader has quit.
            let _ = events.send(Event::Action(outcome));
        });
        self.running = Some((stop, thread));
        begun
    }

    /// Has it stop, and leave no file.
    pub(super) fn stop(&self) {
        if let Some((stop, _)) = &self.running {
            stop.set();
        }
    }

    /// Waits for the end of the thread.
    fn end(&mut self) {
        if let Some((_, thread)) = self.running.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        self.stop();
        self.end();
    }
}

/// A file is written.
fn written(said: String) -> Action {
    Action::Exported { said, written: true }
}

/// No file is written, and why.
fn failed(why: &str) -> Action {
    Action::Exported { said: format!("nothing is exported: {why}"), written: false }
}

/// Writes the records, and says how many they are.
fn write(
    export: &Export,
    path: &Path,
    stop: &Stop,
    events: &Sender<Event>,
) -> anyhow::Result<usize> {
    let asked = Asked {
        filter: export.filter.clone(),
        order: export.order,
        marked: export.marked.clone(),
        apart: export.apart,
        ..Asked::default()
    };
    let mut chosen = Chosen::new(&export.store, &asked)?;
    let total = chosen.left();
    if total == 0 {
        anyhow::bail!("no record fits");
    }
    let mut told = Instant::now();
    let mut tell = |written: usize| {
        if written.is_multiple_of(LOOK) && told.elapsed() >= PAUSE {
            told = Instant::now();
            let writing = Writing { file: export.file.clone(), written, total };
            let _ = events.send(Event::Action(Action::Writing(writing)));
        }
    };
    let (output, force) = (Some(path.to_owned()), export.replace);
    let format = cli::export::format(Some(&export.format), None)?;
    let export = cli::export::Export { format, output, force };
    export.run(&mut chosen, stop, &mut tell)?;
    Ok(total)
}

/// The file that is meant: `~/` is the reader's home.
fn expanded(file: &str) -> PathBuf {
    match (file.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(file),
    }
}
