//! The history of views: undo and redo of filter, order and selection.

use crate::query::{Order, RecordHandle};
use crate::tui::notice::Notice;

/// The maximum number of views in the history.
const MAX_VIEWS: usize = 1000;

/// A view: filter, order and selected record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    /// The text of the filter.
    pub(super) filter: String,
    /// The order chosen by the user.
    pub(super) order: Option<Order>,
    /// The selected record.
    pub(super) record: Option<RecordHandle>,
}

/// The views before and after the current one.
#[derive(Clone, Debug, Default)]
pub(super) struct ViewHistory {
    /// Earlier views, the latest last.
    undo: Vec<View>,
    /// Views that were undone, the last undone last.
    redo: Vec<View>,
    /// The view before the command that is running.
    before: View,
    /// The key of a record to select as soon as it is loaded.
    key_to_select: Option<String>,
}

/// Which way to go in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the view before.
    Undo,
    /// To the view that was undone.
    Redo,
}

impl ViewHistory {
    /// Returns an empty history with a record to select.
    pub(super) fn with_record_to_select(key: Option<String>) -> ViewHistory {
        ViewHistory { key_to_select: key, ..ViewHistory::default() }
    }

    /// Takes over the view before a command.
    pub(super) fn begin(&mut self, view: View) {
        self.before = view;
    }

    /// Keeps the view before the command that is running, which changes it.
    pub(super) fn push(&mut self) {
        self.redo.clear();
        self.key_to_select = None;
        if self.undo.last() != Some(&self.before) {
            self.undo.push(self.before.clone());
        }
        if self.undo.len() > MAX_VIEWS {
            self.undo.remove(0);
        }
    }

    /// Returns the next view in a direction, or that there is none. Views that are the same as the current one are skipped.
    pub(super) fn go(&mut self, direction: Direction) -> Result<View, Notice> {
        let (from, to, none) = match direction {
            Direction::Undo => (&mut self.undo, &mut self.redo, Notice::NoEarlierView),
            Direction::Redo => (&mut self.redo, &mut self.undo, Notice::NoLaterView),
        };
        let current = &self.before;
        let view = std::iter::from_fn(|| from.pop()).find(|view| view != current).ok_or(none)?;
        to.push(current.clone());
        Ok(view)
    }

    /// Asks for a record to be selected as soon as it is found.
    pub(super) fn select_when_found(&mut self, key: String) {
        self.key_to_select = Some(key);
    }

    /// Returns the key of the record to select, if it has not been found yet.
    pub(super) fn key_to_select(&self) -> Option<&str> {
        self.key_to_select.as_deref()
    }

    /// Forgets the record to select, which was found, or is not there.
    pub(super) fn forget_key(&mut self) {
        self.key_to_select = None;
    }

    /// Forgets which records were selected, because their numbers are no longer valid.
    pub(super) fn forget_records(&mut self) {
        let views = self.undo.iter_mut().chain(&mut self.redo);
        views.for_each(|view| view.record = None);
    }
}
