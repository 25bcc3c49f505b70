//! Reloading the files: the old records stay until all new ones are read and remapped.

use std::sync::Arc;

use super::workspace::Workspace;
use crate::query::SharedBackend;
use crate::record::Problem;
use crate::tui::component::Request;
use crate::tui::effect::Effect;
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

impl ReloadState {
    /// Reloads the files because the user asked for it.
    pub(super) fn request(&mut self, workspace: &Workspace) -> Vec<Request> {
        if !workspace.records.is_loaded() || self.running {
            return vec![Notice::Reading.into()];
        }
        vec![Notice::Reloading.into(), self.start(workspace)]
    }

    /// Reloads the files because one has changed: now, or after the running reload.
    pub(super) fn on_files_changed(&mut self, workspace: &Workspace) -> Vec<Request> {
        if !workspace.records.is_loaded() || self.running {
            self.files_changed = true;
            return Vec::new();
        }
        vec![self.start(workspace)]
    }

    /// Starts reading the files again.
    fn start(&mut self, workspace: &Workspace) -> Request {
        (self.running, self.files_changed) = (true, false);
        Effect::Reload(Arc::clone(&workspace.records.backend)).into()
    }

    /// Handles the result of a reload. After an error or an empty result the old records stay.
    pub(super) fn on_reloaded(
        &mut self,
        outcome: Result<Box<ReloadedRecords>, String>,
        workspace: &Workspace,
    ) -> Vec<Request> {
        self.running = false;
        let had_records = !workspace.records.summary.is_empty();
        match outcome {
            Err(why) => vec![Notice::Told(why).into()],
            Ok(reloaded) if reloaded.backend.summary().is_empty() && had_records => {
                let error = reloaded.problems.iter().find(|problem| problem.is_error());
                let why = error.map_or("there is no record".to_owned(), Problem::to_string);
                vec![Notice::NotReloaded(why).into()]
            }
            Ok(reloaded) => {
                self.ready = Some(reloaded);
                Vec::new()
            }
        }
    }

    /// Returns a result that can be installed now, or keeps it.
    pub(super) fn install_or_keep(
        &mut self,
        reloaded: Box<ReloadedRecords>,
        can_install: bool,
    ) -> Option<Box<ReloadedRecords>> {
        if can_install {
            return Some(reloaded);
        }
        self.ready = Some(reloaded);
        None
    }

    /// Continues with a result that is ready, or starts the next reload. Handles may change when this is called.
    pub(super) fn continue_with(&mut self, workspace: &Workspace) -> Option<Request> {
        if let Some(reloaded) = self.ready.take() {
            let previous = Arc::clone(&workspace.records.backend);
            let selected = workspace.panes.list.selected().map(|row| row.handle);
            let user_marks = Arc::clone(&workspace.marks.user_marks);
            return Some(Effect::RemapRecords { reloaded, previous, selected, user_marks }.into());
        }
        (self.files_changed && !self.running).then(|| self.start(workspace))
    }
}
