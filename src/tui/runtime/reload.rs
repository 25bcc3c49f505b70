//! Reading the files again, and watching whether they have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use super::event_loop::Event;
use crate::files;
use crate::formats::read::Options;
use crate::load::folders;
use crate::load::{Input, read_all};
use crate::store::{Marked, RecordNumber, Store};
use crate::tui::action::Action;
use crate::tui::app::reload::Again;

/// How often files are looked at.
const PAUSE: Duration = Duration::from_secs(1);

/// What is to be read, again and again.
pub(super) struct Sources {
    /// The files.
    pub(super) inputs: Vec<Input>,
    /// How they are read, where they do not say so themselves.
    pub(super) options: Options,
    /// Who is told what was read.
    pub(super) events: Sender<Event>,
}

impl Sources {
    /// Reads everything on a thread of its own, and tells how it differs from what was there before.
    pub(super) fn read(&self, before: Store) {
        let (inputs, options) = (self.inputs.clone(), self.options.clone());
        self.tell(move || Action::ReadAgain(read(&inputs, &options, &before)));
    }

    /// Finds records again in what was read.
    pub(super) fn recall(
        &self,
        again: Box<Again>,
        before: Store,
        selected: Option<RecordNumber>,
        marked: Arc<Marked>,
    ) {
        self.tell(move || {
            let recalled = again.store.recall(&before, selected, &marked);
            Action::Recalled { again, recalled }
        });
    }

    /// Does something on a thread of its own, and tells what came of it.
    fn tell(&self, what: impl FnOnce() -> Action + Send + 'static) {
        let events = self.events.clone();
        thread::spawn(move || {
            // Nobody listens any more where the reader has quit.
            let _ = events.send(Event::Action(what()));
        });
    }

    /// Watches the files on a thread of its own where that is wanted, and tells when one of them has
    /// changed and stays as it is for a moment: who writes it may be in the middle of it.
    pub(super) fn watch(&self, wanted: bool) {
        if !wanted {
            return;
        }
        let events = self.events.clone();
        let (inputs, options) = (self.inputs.clone(), self.options.clone());
        thread::spawn(move || {
            let look = || {
                let files = folders::opened(&inputs, &options).inputs;
                files.iter().filter_map(path).map(|path| state(&path)).collect::<Vec<_>>()
            };
            let mut told = look();
            let mut last = told.clone();
            loop {
                thread::sleep(PAUSE);
                let now = look();
                if now == last && now != told {
                    if events.send(Event::Action(Action::FilesChanged)).is_err() {
                        return;
                    }
                    told.clone_from(&now);
                }
                last = now;
            }
        });
    }
}

/// When a file was written last, and how long it is.
fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}

/// The file of an input that can be read again.
fn path(input: &Input) -> Option<PathBuf> {
    match input {
        Input::File(path) if !files::is_standard(path) => Some(path.clone()),
        _ => None,
    }
}

/// Reads everything, unless it was piped in: that is gone.
///
/// # Errors
/// Something was piped in; the sentence says so.
pub fn read(inputs: &[Input], options: &Options, before: &Store) -> Result<Box<Again>, String> {
    if inputs.iter().any(|input| *input != Input::BuiltIn && path(input).is_none()) {
        return Err("what was piped in cannot be read again: save it as a file".to_owned());
    }
    let (store, problems) = read_all(inputs, options);
    let (more, fewer) = store.compared(before);
    Ok(Box::new(Again { store, problems, more, fewer }))
}
