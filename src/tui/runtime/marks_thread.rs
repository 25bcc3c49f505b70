//! The thread of the marks worker: reads the saved marks, finds their records, and saves changes.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::event_loop::Event;
use super::marks_worker::{MarksAccess, Message, lock};
use super::pending_changes::PendingChanges;
use super::read_marks::{taken_along_message, unclaimed_message};
use super::remote_marks;
use super::saved_marks::{
    Extent, FoundMarks, MarkCounts, SavedEntry, SavedMarks, new_entries, new_entries_with,
};
use crate::query::{MarksChange, RecordHandle, SharedBackend};
use crate::store::{Lookalikes, Store, StoreBackend};
use crate::tui::action::Action;
use crate::tui::effect::{AttachRequest, MarksRequest};
use crate::tui::notice::Notice;
use crate::userdata::mark_entry::{MarkChange, MarkEntry, MarkOperation, operations_to_attach};
use crate::userdata::marks_file::{self, MarksLocation};

/// How long after a failure the pending changes are tried again.
const RETRY_INTERVAL: Duration = Duration::from_millis(500);

/// How long after the last change the changes of other programs are read. A change would have to wait for
/// that.
const OUTDATED_DELAY: Duration = Duration::from_secs(2);

/// How long after the last snapshot the worker prepares for changes.
const PREPARATION_DELAY: Duration = Duration::from_millis(100);

/// How long changes are collected before they are saved, if they come faster than the worker takes them.
const MAX_UNSAVED_TIME: Duration = Duration::from_millis(500);

/// While records arrive, the entries are matched again only after this many times as long as the
/// last time took, so that loading is not slowed down.
const MATCHING_PAUSE_FACTOR: u32 = 4;

/// The state of the thread.
pub(super) struct MarksThread {
    location: MarksLocation,
    access: MarksAccess,
    events: Sender<Event>,
    /// The saved entries; `None` until the files were read.
    saved: Option<SavedMarks>,
    /// The snapshot that `found` belongs to. It is empty if there is a remote backend.
    store: Store,
    /// The backend that `found` belongs to, if it has its records elsewhere.
    remote: Option<SharedBackend>,
    /// Which records the snapshot has.
    extent: Extent,
    found: FoundMarks,
    /// Changes that are not saved yet.
    pending: PendingChanges,
    /// The number of changes by the user so far.
    change_count: u64,
    /// The records of the snapshot that look much like others, found when they are needed.
    lookalikes: OnceCell<Lookalikes>,
    /// When the entries were matched, and how long that took.
    matched: Option<(Instant, Duration)>,
    /// Whether the user was told about entries that were taken along.
    has_reported: bool,
    /// Whether another program has changed the marks files since they were read.
    is_outdated: bool,
    /// Whether the marks files could not be read the last time.
    is_unreadable: bool,
    /// The number of changes that were received.
    change_number: u64,
    /// The number of changes that the screen was told about: they are saved, or it says why not.
    answered: Arc<Mutex<u64>>,
}

impl MarksThread {
    pub(super) fn new(
        location: MarksLocation,
        access: MarksAccess,
        events: Sender<Event>,
        answered: Arc<Mutex<u64>>,
    ) -> MarksThread {
        MarksThread {
            location,
            access,
            events,
            saved: None,
            store: Store::default(),
            remote: None,
            extent: Extent::SoFar,
            found: FoundMarks::default(),
            pending: PendingChanges::default(),
            change_count: 0,
            lookalikes: OnceCell::new(),
            matched: None,
            has_reported: false,
            is_outdated: false,
            is_unreadable: false,
            change_number: 0,
            answered,
        }
    }

    /// Reads the marks files, then handles messages until the handle is dropped.
    pub(super) fn run(&mut self, messages: &Receiver<Message>) {
        // The newest snapshot by then is the first one that the entries are matched with.
        self.load_marks_files();
        self.handle_messages(messages);
    }

    /// Handles messages until the handle is dropped.
    fn handle_messages(&mut self, messages: &Receiver<Message>) {
        let mut waiting: Option<MarksRequest> = None;
        loop {
            let first = match messages.recv_timeout(self.timeout(waiting.is_some())) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => {
                    self.prepare_for_changes();
                    self.read_changes_of_others();
                    None
                }
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let mut lookups = Vec::new();
            let began = Instant::now();
            let more = std::iter::from_fn(|| {
                let may_wait = began.elapsed() < MAX_UNSAVED_TIME;
                if may_wait { messages.try_recv().ok() } else { None }
            });
            for message in first.into_iter().chain(more) {
                match message {
                    Message::Find(key, backend) => lookups.push((key, backend)),
                    Message::Save(request) if request.change.is_empty() => waiting = Some(request),
                    Message::Save(request) => {
                        self.change_number += 1;
                        self.match_entries(&request);
                        self.queue_beside_others(request.change);
                    }
                    Message::Attach(request) => self.attach(&request),
                }
            }
            let can_match = !lookups.is_empty() || self.is_time_to_match();
            self.save_pending();
            if let Some(request) = waiting.take_if(|request| can_match || request.is_loaded) {
                self.match_entries(&request);
                self.send_marks();
            }
            // Lookups follow the marks: the filter may ask for marks, and the record is one of its
            // matches.
            for (key, backend) in lookups {
                remote_marks::look_up(key, backend, &self.events);
            }
        }
    }

    /// How long to wait for the next message.
    fn timeout(&self, has_waiting_store: bool) -> Duration {
        if has_waiting_store {
            return Duration::from_millis(10);
        }
        if self.is_unprepared() {
            return PREPARATION_DELAY;
        }
        if !self.pending.is_empty() {
            return RETRY_INTERVAL;
        }
        if self.is_outdated { OUTDATED_DELAY } else { Duration::from_secs(3600) }
    }

    /// Whether the first change would have to look at all records.
    fn is_unprepared(&self) -> bool {
        let is_final =
            self.is_loaded() && self.remote.is_none() && self.access == MarksAccess::ReadWrite;
        is_final && self.lookalikes.get().is_none()
    }

    /// Finds what the first change needs of all records, so that it is saved at once.
    fn prepare_for_changes(&mut self) {
        if self.is_unprepared() {
            self.lookalikes.get_or_init(|| self.store.lookalikes());
        }
    }

    /// Whether the snapshot has the records of all files.
    fn is_loaded(&self) -> bool {
        self.extent == Extent::All
    }

    /// Whether matching now does not slow down loading.
    fn is_time_to_match(&self) -> bool {
        self.matched.is_none_or(|(at, took)| at.elapsed() >= took * MATCHING_PAUSE_FACTOR)
    }

    /// Sends an action to the event loop. Sending fails after the user has quit; the remaining
    /// changes are saved nevertheless.
    fn send(&self, action: Action) {
        let _ = self.events.send(Event::Action(action));
    }

    /// Finds the records of the entries in a snapshot. Reads the marks files first, unless they were read
    /// while more files are loading.
    fn match_entries(&mut self, request: &MarksRequest) {
        self.change_count = request.change_count;
        let store = StoreBackend::from_backend(&*request.backend).map(StoreBackend::store);
        if !request.change.is_empty() && !self.is_first_of_snapshot(store, request.is_loaded) {
            return;
        }
        let began = Instant::now();
        self.remote = store.is_none().then(|| Arc::clone(&request.backend));
        self.store = store.cloned().unwrap_or_default();
        self.extent = if request.is_loaded { Extent::All } else { Extent::SoFar };
        self.lookalikes.take();
        if self.saved.is_none() || (self.is_loaded() && !self.is_current()) {
            self.load_marks_files();
        }
        self.find_records();
        if self.is_loaded() {
            self.report();
            if self.access == MarksAccess::ReadWrite && self.rewrite_entries() {
                self.load_marks_files();
                self.find_records();
            }
        }
        self.matched = Some((began, began.elapsed()));
    }

    /// Whether the entries were not matched yet with a snapshot, or with a remote backend, which never changes.
    fn is_first_of_snapshot(&self, store: Option<&Store>, is_loaded: bool) -> bool {
        let is_same = match store {
            Some(store) => self.remote.is_none() && store.is_same(&self.store),
            None => self.remote.is_some(),
        };
        self.saved.is_none() || self.is_loaded() != is_loaded || !is_same
    }

    /// Reads the marks files. If that fails, the entries of before stay.
    fn load_marks_files(&mut self) {
        match SavedMarks::load(&self.location) {
            Ok(mut saved) => {
                for (path, operations) in self.pending.by_file() {
                    saved.apply(path, operations);
                }
                self.saved = Some(saved);
                if std::mem::take(&mut self.is_unreadable) && self.pending.is_empty() {
                    self.send(Action::MarksSaved);
                }
            }
            Err(error) => {
                self.is_unreadable = true;
                self.send(Action::MarksNotSaved(error.to_string()));
            }
        }
    }

    /// Finds the records of the entries.
    fn find_records(&mut self) {
        let found = self.saved.as_ref().map(|saved| match &self.remote {
            Some(backend) => remote_marks::find_records(&saved.entries, &**backend),
            None => saved.find_records(&self.store, self.extent),
        });
        self.found = found.unwrap_or_default();
    }

    /// New entries for records of the snapshot. While files are loading, any of them may still turn out to
    /// look much like others.
    fn new_entries(&self, numbers: &[RecordHandle]) -> Vec<(RecordHandle, MarkEntry)> {
        if let Some(backend) = &self.remote {
            return remote_marks::new_entries(&**backend, numbers);
        }
        let lookalikes =
            self.is_loaded().then(|| self.lookalikes.get_or_init(|| self.store.lookalikes()));
        let entries = new_entries_with(&self.store, numbers, lookalikes);
        numbers.iter().copied().zip(entries).collect()
    }

    /// Rewrites entries of the first version of marks files, and those whose record is in another file
    /// now. Returns whether there were any.
    fn rewrite_entries(&self) -> bool {
        let Some(saved) = &self.saved else { return false };
        let numbers: Vec<RecordHandle> = self.found.to_rewrite.iter().map(|it| it.1).collect();
        let mut pairs: BTreeMap<&Path, Vec<(MarkEntry, MarkEntry)>> = BTreeMap::new();
        let mut old_version_count = 0;
        for ((index, _), (_, new)) in self.found.to_rewrite.iter().zip(self.new_entries(&numbers)) {
            let Some(SavedEntry { path, entry }) = saved.entries.get(*index) else { continue };
            old_version_count += usize::from(entry.legacy.is_some());
            let new = MarkEntry { marked: entry.marked, note: entry.note.clone(), ..new };
            pairs.entry(path).or_default().push((entry.clone(), new));
        }
        for (path, pairs) in &pairs {
            if let Err(error) = marks_file::carry_over(path, pairs) {
                self.send(Action::MarksNotSaved(error.to_string()));
                return false;
            }
        }
        if old_version_count > 0 {
            let count = MarkCounts { marks: old_version_count, notes: 0 };
            let verb = if old_version_count == 1 { "was" } else { "were" };
            let message = format!("{count} of an older version {verb} carried over");
            self.send(Action::Tell(Notice::Told(message)));
        }
        !pairs.is_empty()
    }

    /// Tells the user once what is wrong with the marks files, and what became of their entries.
    fn report(&mut self) {
        let Some(saved) = self.saved.as_ref().filter(|_| !self.has_reported) else { return };
        let problem = saved.problems.first().map(ToString::to_string);
        let unclaimed = problem.or_else(|| unclaimed_message(saved, &self.found));
        let message = unclaimed.or_else(|| taken_along_message(self.found.taken_along));
        if let Some(message) = message {
            self.has_reported = true;
            self.send(Action::Tell(Notice::Told(message)));
        }
    }

    /// Sends all marks and notes to the event loop.
    fn send_marks(&self) {
        self.send(Action::MarksUpdated {
            change_count: self.change_count,
            user_marks: Arc::new(self.found.user_marks.clone()),
            unclaimed: self.unclaimed_entries(),
        });
    }

    /// The entries about what is open that belong to no record; none while files are loading.
    fn unclaimed_entries(&self) -> Arc<[MarkEntry]> {
        let indexes = self.found.unclaimed.iter().filter(|_| self.is_loaded());
        let entries = indexes.filter_map(|index| self.saved.as_ref()?.entries.get(*index));
        entries.map(|saved| saved.entry.clone()).collect()
    }

    /// Whether nobody else has changed the marks files since they were read.
    fn is_current(&self) -> bool {
        self.saved.as_ref().is_some_and(|it| it.is_current(&self.location))
    }

    /// Reads the marks files again if another program has changed them.
    fn read_changes_of_others(&mut self) {
        if std::mem::take(&mut self.is_outdated) && self.pending.is_empty() {
            self.read_again();
            self.send_marks();
        }
    }

    /// Reads the marks files again and finds the records of their entries.
    fn read_again(&mut self) {
        self.load_marks_files();
        self.find_records();
    }

    /// Adds a change to those that are not saved yet. A note that another program has changed since it was
    /// shown is kept with the new one.
    fn queue_beside_others(&mut self, mut change: MarksChange) {
        if change.notes.is_empty() || self.is_current() {
            return self.queue(&change);
        }
        let shown = self.found.user_marks.notes.clone();
        self.read_again();
        let mut has_both = false;
        for (number, note) in &mut change.notes {
            let Some(saved) = self.found.user_marks.notes.get(number) else { continue };
            if shown.get(number) != Some(saved) && !note.contains(saved.as_ref()) {
                *note = format!("{saved}\n\n{note}");
                has_both = true;
            }
        }
        self.queue(&change);
        self.send_marks();
        if has_both {
            let message = "another program has changed this note: both notes are kept";
            self.send(Action::Tell(Notice::Told(message.to_owned())));
        }
    }

    /// Adds a change to those that are not saved yet.
    fn queue(&mut self, change: &MarksChange) {
        let marked = change.marked.iter().map(|number| (number, MarkChange::Mark));
        let unmarked = change.unmarked.iter().map(|number| (number, MarkChange::Unmark));
        let notes = change
            .notes
            .iter()
            .map(|(number, note)| (*number, MarkChange::SetNote(note.trim().to_owned())));
        let changes: Vec<(RecordHandle, MarkChange)> =
            marked.chain(unmarked).chain(notes).collect();
        let is_new = |number: &RecordHandle| !self.found.entries_of.contains_key(number);
        let new: Vec<RecordHandle> =
            changes.iter().map(|(number, _)| *number).filter(is_new).collect();
        let new_entries = self.new_entries(&new);
        let Some(saved) = &mut self.saved else {
            // The marks files cannot be read: the entries are made without them.
            self.saved = Some(SavedMarks::default());
            return self.queue(change);
        };
        for (number, entry) in new_entries {
            let path = self.location.path_for(&entry.archive).unwrap_or_default();
            self.found.entries_of.entry(number).or_default().push(saved.entries.len());
            saved.entries.push(SavedEntry { path, entry });
        }
        for (number, change) in changes {
            let indexes = self.found.entries_of.get(&number);
            for (at, index) in indexes.into_iter().flatten().enumerate() {
                let change = if at == 0 { Some(change.clone()) } else { change_of_others(&change) };
                let (Some(saved), Some(change)) = (saved.entries.get_mut(*index), change) else {
                    continue;
                };
                let entry = saved.entry.evidence();
                change.apply_to(&mut saved.entry);
                self.pending.push(&saved.path, MarkOperation { entry, change });
            }
        }
        self.found.user_marks.apply(change);
    }

    /// Moves the mark and the note of an unclaimed entry to a record.
    fn attach(&mut self, request: &AttachRequest) {
        let mut entries = self.saved.iter().flat_map(|saved| &saved.entries);
        let evidence = request.entry.evidence();
        let path = entries.find(|it| it.entry.evidence() == evidence).map(|it| it.path.clone());
        let Some(path) = path else {
            return self
                .send(Action::Tell(Notice::Told("this entry is gone: R reloads".to_owned())));
        };
        // No entry is unclaimed in another backend.
        let Some(backend) = StoreBackend::from_backend(&*request.backend) else { return };
        for new in new_entries(backend.store(), &[request.record]) {
            let operations = operations_to_attach(&request.entry, &new);
            for operation in operations {
                self.pending.push(&path, operation);
            }
        }
        self.save_pending();
        self.read_again();
        self.send_marks();
    }

    /// Tries to save what is pending, and tells the screen whether it is saved.
    fn save_pending(&mut self) {
        let is_answered = *lock(&self.answered) == self.change_number;
        if self.pending.is_empty() && is_answered {
            return;
        }
        let mut versions = Vec::new();
        let outcome = self.pending.save(&self.location, &mut versions);
        let changed: Vec<PathBuf> = versions.iter().map(|(path, _)| path.clone()).collect();
        if let Some(saved) = &mut self.saved {
            saved.update_versions(&self.location, versions);
        }
        let action = match outcome {
            Err(error) => Action::MarksNotSaved(error.to_string()),
            Ok(()) => Action::MarksSaved,
        };
        let mut answered = lock(&self.answered);
        *answered = self.change_number;
        self.send(action);
        drop(answered);
        for path in changed {
            // A journal that was not merged now is merged at a later change, or at the end.
            let _ = marks_file::merge_if_oversized(&path);
        }
        self.is_outdated |= !self.is_current();
    }

    /// Saves what is pending a last time, or else writes it to rescue files. Sends what the user must be told
    /// after the screen is closed, then merges large journals.
    pub(super) fn finish(self, messages: &Sender<Vec<String>>) {
        // Sending fails if the program no longer waits.
        let _ = messages.send(self.pending.finish());
        if self.access == MarksAccess::ReadWrite {
            for path in self.location.paths().unwrap_or_default() {
                // A journal that was not merged now is merged at a later end.
                let _ = marks_file::merge_if_large(&path);
            }
        }
    }
}

/// The change of the other entries of a record while its first entry changes, if any: the first one has
/// the note for all.
fn change_of_others(change: &MarkChange) -> Option<MarkChange> {
    match change {
        MarkChange::Mark => None,
        MarkChange::Unmark => Some(MarkChange::Unmark),
        MarkChange::SetNote(_) => Some(MarkChange::SetNote(String::new())),
    }
}
