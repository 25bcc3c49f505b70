//! Reloads the files, and watches whether they have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::event_loop::Event;
use super::signs_of_change::SignsOfChange;
use crate::files;
use crate::formats::read::ReadOptions;
use crate::load::folders;
use crate::load::{Input, read_all};
use crate::query::{Backend, RecordHandle, RemappedRecords, SharedBackend, UserMarks};
use crate::store::{RecordChanges, StoreBackend};
use crate::tui::action::Action;
use crate::tui::app::reload::ReloadedRecords;

/// How long files must be quiet until a change is reported.
const QUIET_TIME: Duration = Duration::from_secs(1);

/// The opened inputs, and how they are read again.
pub(super) struct Reloader {
    /// The inputs as they were opened.
    pub(super) inputs: Vec<Input>,
    /// How the inputs are read.
    pub(super) options: ReadOptions,
    /// Receives the results.
    pub(super) events: Sender<Event>,
}

impl Reloader {
    /// Starts a thread that reads the inputs and compares the records with those of `previous`.
    pub(super) fn reload(&self, previous: SharedBackend) {
        let (inputs, options) = (self.inputs.clone(), self.options.clone());
        self.spawn(move || Action::Reloaded(reload(&inputs, &options, &*previous)));
    }

    /// Starts a thread that finds the selected, marked and noted records among the reloaded ones.
    pub(super) fn remap_records(
        &self,
        reloaded: Box<ReloadedRecords>,
        previous: SharedBackend,
        selected: Option<RecordHandle>,
        user_marks: Arc<UserMarks>,
    ) {
        self.spawn(move || {
            let remapped =
                RemappedRecords::find(&*reloaded.backend, &*previous, selected, &user_marks);
            Action::RecordsRemapped { reloaded, remapped }
        });
    }

    /// Runs a job on a thread and sends its action.
    fn spawn(&self, job: impl FnOnce() -> Action + Send + 'static) {
        let events = self.events.clone();
        thread::spawn(move || {
            // Sending fails only after the user has quit.
            let _ = events.send(Event::Action(job()));
        });
    }

    /// Starts a thread that reports changes of the files.
    ///
    /// A change is reported once the files have been quiet for a while, because another program may still be
    /// writing.
    pub(super) fn watch(&self) {
        let events = self.events.clone();
        let (inputs, options) = (self.inputs.clone(), self.options.clone());
        thread::spawn(move || {
            let mut signs = SignsOfChange::new(&inputs);
            let mut reported = file_versions(&inputs, &options);
            loop {
                signs.wait();
                let began = Instant::now();
                let current = file_versions(&inputs, &options);
                signs.set_cost(began.elapsed());
                if current != reported {
                    // Without signs from the system, only a second look shows that they are quiet.
                    if !signs.is_quiet() && current != file_versions_later(&inputs, &options) {
                        continue;
                    }
                    if events.send(Event::Action(Action::FilesChanged)).is_err() {
                        return;
                    }
                    reported = current;
                }
            }
        });
    }
}

/// Returns the versions of all files after a moment.
fn file_versions_later(inputs: &[Input], options: &ReadOptions) -> Vec<Option<FileVersion>> {
    thread::sleep(QUIET_TIME);
    file_versions(inputs, options)
}

/// The time of the last change of a file, and its length in bytes.
type FileVersion = (SystemTime, u64);

/// Returns the versions of all files that can be reloaded; none for a file that is missing.
fn file_versions(inputs: &[Input], options: &ReadOptions) -> Vec<Option<FileVersion>> {
    let files = folders::expand_folders(inputs, options).inputs;
    let pictures = |input: &Input| match input {
        Input::Pictures { folder, pictures } => pictures.iter().map(|it| folder.join(it)).collect(),
        _ => Vec::new(),
    };
    let paths = files.iter().flat_map(|input| {
        let mut paths: Vec<PathBuf> = pictures(input);
        paths.extend(reloadable_path(input));
        paths
    });
    paths.map(|path| file_version(&path)).collect()
}

/// Returns the version of a file, or nothing if it is missing.
fn file_version(path: &Path) -> Option<FileVersion> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Returns the path of an input, unless the input cannot be read a second time.
fn reloadable_path(input: &Input) -> Option<PathBuf> {
    match input {
        Input::InBag { path, .. } => Some(path.clone()),
        Input::Path(path) if !files::is_standard(path) => Some(path.clone()),
        _ => None,
    }
}

/// Reads all inputs again, and compares the records with those of `previous`.
///
/// # Errors
/// An input was piped in, which cannot be read again; the message explains it.
pub fn reload(
    inputs: &[Input],
    options: &ReadOptions,
    previous: &dyn Backend,
) -> Result<Box<ReloadedRecords>, String> {
    if inputs.iter().any(|input| *input != Input::BuiltIn && reloadable_path(input).is_none()) {
        return Err("piped input cannot be read again: save it as a file".to_owned());
    }
    let previous =
        StoreBackend::from_backend(previous).ok_or("these records are not from files")?;
    let (store, problems) = read_all(inputs, options);
    let RecordChanges { added, removed } = store.count_changes(previous.store());
    let backend = Arc::new(StoreBackend::new(store));
    Ok(Box::new(ReloadedRecords { backend, problems, added, removed }))
}
