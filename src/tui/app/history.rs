//! The history of views: undo and redo of filter, order and selection.

use std::sync::Arc;

use super::App;
use crate::query::{Order, RecordHandle, SharedBackend, Target};
use crate::record::RecordKey;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::Notice;
use crate::tui::panes::filter_bar::state::FilterBarState;

/// The maximum number of views in the history.
const MAX_VIEWS: usize = 1000;

/// A view: filter, order and selected record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View {
    /// The text of the filter.
    filter: String,
    /// The order chosen by the user.
    order: Option<Order>,
    /// The selected record.
    record: Option<RecordHandle>,
}

/// The views before and after the current one.
#[derive(Clone, Debug, Default)]
pub(super) struct ViewHistory {
    /// Earlier views, the latest last.
    undo: Vec<View>,
    /// Views that were undone, the last undone last.
    redo: Vec<View>,
    /// The key of a record to select as soon as it is loaded.
    key_to_select: Option<String>,
}

impl ViewHistory {
    /// Returns an empty history with a record to select.
    pub(super) fn with_record_to_select(key: Option<String>) -> ViewHistory {
        ViewHistory { key_to_select: key, ..ViewHistory::default() }
    }

    /// Forgets which records were selected, because their numbers are no longer valid.
    pub(super) fn forget_records(&mut self) {
        let views = self.undo.iter_mut().chain(&mut self.redo);
        views.for_each(|view| view.record = None);
    }
}

impl App {
    /// Returns the view that is shown.
    fn current_view(&self) -> View {
        View {
            filter: self.filter_bar.text().to_owned(),
            order: self.list.sort_override,
            record: self.list.selected().map(|row| row.handle),
        }
    }

    /// Adds the current view to the history, before it changes.
    pub(super) fn push_history(&mut self) {
        let view = self.current_view();
        self.history.redo.clear();
        self.history.key_to_select = None;
        if self.history.undo.last() != Some(&view) {
            self.history.undo.push(view);
        }
        if self.history.undo.len() > MAX_VIEWS {
            self.history.undo.remove(0);
        }
    }

    /// Runs undo or redo; returns `None` for any other command.
    pub(super) fn run_history_command(&mut self, command: Command) -> Option<Vec<Effect>> {
        let current = self.current_view();
        let history = &mut self.history;
        let (from, to) = match command {
            Command::Undo => (&mut history.undo, &mut history.redo),
            Command::Redo => (&mut history.redo, &mut history.undo),
            _ => return None,
        };
        // Views that are the same as the current one are skipped.
        let Some(view) = std::iter::from_fn(|| from.pop()).find(|view| *view != current) else {
            let is_undo = command == Command::Undo;
            return Some(self.tell(if is_undo {
                Notice::NoEarlierView
            } else {
                Notice::NoLaterView
            }));
        };
        to.push(current);
        self.filter_bar.remember();
        self.filter_bar.line = FilterBarState::with_text(&view.filter).line;
        self.filter_bar.leave_history();
        self.list.sort_override = view.order;
        self.marks.range_start = None;
        Some(self.search(view.record.map_or(Target::Row(0), Target::Record)))
    }

    /// Returns the effect that looks up the record to select, if it has not been found yet.
    pub(super) fn find_record_to_select(&self) -> Option<Effect> {
        let key = self.history.key_to_select.clone()?;
        Some(Effect::FindRecord { key, backend: Arc::clone(&self.backend) })
    }

    /// Selects the record that was looked up, unless the user has moved in the meantime.
    pub(super) fn on_record_looked_up(
        &mut self,
        key: &str,
        record: Option<RecordHandle>,
        searched: &SharedBackend,
    ) -> Vec<Effect> {
        if self.history.key_to_select.as_deref() != Some(key) {
            return Vec::new();
        }
        match record {
            Some(record) => {
                self.history.key_to_select = None;
                self.search(Target::Record(record))
            }
            // Otherwise a newer backend is looked through next.
            None if self.is_loaded() && Arc::ptr_eq(searched, &self.backend) => {
                self.history.key_to_select = None;
                self.tell(Notice::NoRecord(key.to_owned()))
            }
            None => Vec::new(),
        }
    }

    /// Returns the key of the selected record.
    pub fn selected_key(&self) -> Option<String> {
        self.list.selected().map(|row| RecordKey::from_record(&row.record).to_string())
    }

    /// Whether the detail is hidden.
    pub fn is_detail_hidden(&self) -> bool {
        self.detail_hidden
    }
}
