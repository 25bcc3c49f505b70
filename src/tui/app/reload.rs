//! Reloading the files: the old records stay until all new ones are read and remapped.

use super::App;
use std::sync::Arc;

use crate::query::{MarksChange, RemappedRecords, SharedBackend, Target};
use crate::record::Problem;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::modes::Mode;
use crate::tui::notice::Notice;

/// The result of reading the files again.
#[derive(Clone, Debug)]
pub struct ReloadedRecords {
    /// Has the new records.
    pub backend: SharedBackend,
    /// The errors and warnings of the files.
    pub problems: Vec<Problem>,
    /// How many records are new.
    pub added: usize,
    /// How many records are gone.
    pub removed: usize,
}

/// The state of a reload.
#[derive(Clone, Debug, Default)]
pub(super) struct ReloadState {
    /// Whether the files are being read again.
    running: bool,
    /// Whether a file has changed since the reload began.
    files_changed: bool,
    /// The result, until it can be installed.
    ready: Option<Box<ReloadedRecords>>,
}

impl App {
    /// Reloads the files because the user asked for it.
    pub(super) fn reload_files(&mut self) -> Vec<Effect> {
        if !self.is_loaded() || self.reload.running {
            return self.tell(Notice::Reading);
        }
        self.tell(Notice::Reloading);
        self.start_reload()
    }

    /// Reloads the files because one has changed: now, or after the running reload.
    pub(super) fn on_files_changed(&mut self) -> Vec<Effect> {
        if !self.is_loaded() || self.reload.running {
            self.reload.files_changed = true;
            return Vec::new();
        }
        self.start_reload()
    }

    /// Starts reading the files again.
    fn start_reload(&mut self) -> Vec<Effect> {
        (self.reload.running, self.reload.files_changed) = (true, false);
        vec![Effect::Reload(Arc::clone(&self.backend))]
    }

    /// Handles the result of a reload. After an error or an empty result the old records stay.
    pub(super) fn on_reloaded(
        &mut self,
        outcome: Result<Box<ReloadedRecords>, String>,
    ) -> Vec<Effect> {
        self.reload.running = false;
        match outcome {
            Err(why) => self.tell(Notice::Told(why)),
            Ok(reloaded) if reloaded.backend.summary().is_empty() && !self.summary.is_empty() => {
                let error = reloaded.problems.iter().find(|problem| problem.is_error());
                let why = error.map_or("there is no record".to_owned(), Problem::to_string);
                self.tell(Notice::NotReloaded(why))
            }
            Ok(reloaded) => {
                self.reload.ready = Some(reloaded);
                Vec::new()
            }
        }
    }

    /// Continues with a result that is ready, or starts the next reload, as soon as that is
    /// possible.
    pub(super) fn continue_reload(&mut self) -> Vec<Effect> {
        if !self.can_install() {
            return Vec::new();
        }
        if let Some(reloaded) = self.reload.ready.take() {
            let selected = self.list.selected().map(|row| row.handle);
            let user_marks = self.marks.user_marks.clone();
            let previous = Arc::clone(&self.backend);
            return vec![Effect::RemapRecords { reloaded, previous, selected, user_marks }];
        }
        if self.reload.files_changed && !self.reload.running {
            return self.start_reload();
        }
        Vec::new()
    }

    /// Whether handles may change now: no search is pending and no note is being written.
    fn can_install(&self) -> bool {
        !self.modes.has(Mode::NotePrompt) && !self.is_searching() && self.is_loaded()
    }

    /// Replaces the old records by the reloaded ones. Filter, order, selection and marks stay.
    pub(super) fn install_reload(
        &mut self,
        reloaded: Box<ReloadedRecords>,
        remapped: RemappedRecords,
    ) -> Vec<Effect> {
        if !self.can_install() {
            self.reload.ready = Some(reloaded);
            return Vec::new();
        }
        self.summary = reloaded.backend.summary();
        self.backend = reloaded.backend;
        self.choose_columns();
        self.problems = reloaded.problems;
        self.history.forget_records();
        self.marks.replace(remapped.marks);
        let (added, removed) = (reloaded.added, reloaded.removed);
        self.tell(Notice::Reloaded { added, removed });
        let row = Target::Row(self.list.cursor);
        let mut effects = vec![
            self.save_marks(MarksChange::default()),
            Effect::FindGivenTitles(Arc::clone(&self.backend)),
        ];
        effects.extend(self.search(remapped.selected.map_or(row, Target::Record)));
        effects
    }

    /// Whether an action is about a reload.
    pub(super) fn is_reload_action(action: &Action) -> bool {
        matches!(
            action,
            Action::FilesChanged | Action::Reloaded(_) | Action::RecordsRemapped { .. }
        )
    }
}
