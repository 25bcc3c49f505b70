//! The actions of the user that wait for the response to a search.
//!
//! A search runs on another thread. Until its response arrives, actions are queued, so that the
//! same keys have the same result however fast the search is.

use std::collections::VecDeque;

use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::modes::Mode;

/// What the user did since the newest search began, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct ActionQueue(VecDeque<Action>);

/// What actions wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Nothing: they are applied at once.
    Nothing,
    /// The response to a search.
    Response,
    /// The name that is kept for an archive, in the prompt for it.
    ArchiveName,
}

/// Whether an action can be applied now, `resolved` to what it does in a mode.
///
/// While a search is pending, only urgent actions and edits of the filter can. An edit does not
/// depend on the records that are shown. While the kept name of an archive is being found, the user can
/// leave its prompt.
pub(super) fn can_run(resolved: Option<&Action>, mode: Mode, waiting: Waiting) -> bool {
    is_urgent(resolved)
        || match waiting {
            Waiting::Nothing => true,
            Waiting::Response => is_filter_edit(resolved, mode),
            Waiting::ArchiveName => {
                matches!(resolved, Some(Action::Command(Command::StepBack)))
            }
        }
}

impl ActionQueue {
    /// Whether an action that can be applied now does not wait for those before it.
    pub(super) fn is_next(&self, resolved: Option<&Action>) -> bool {
        self.0.is_empty() || is_urgent(resolved)
    }

    /// Keeps an action until it can be applied.
    pub(super) fn push(&mut self, action: Action) {
        self.0.push_back(action);
    }

    /// Returns the first action that waits.
    pub(super) fn pop(&mut self) -> Option<Action> {
        self.0.pop_front()
    }

    /// Puts an action back that has to wait for something else.
    pub(super) fn put_back(&mut self, action: Action) {
        self.0.push_front(action);
    }

    /// Forgets what the user typed into a prompt that cannot be used.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether an action is about the terminal or the program, not about the records shown.
fn is_urgent(resolved: Option<&Action>) -> bool {
    matches!(
        resolved,
        Some(Action::Command(Command::QuitAnyway | Command::Suspend | Command::Redraw))
    )
}

/// Whether an action edits the text of the filter bar.
fn is_filter_edit(resolved: Option<&Action>, mode: Mode) -> bool {
    let history = [Command::OlderFilter, Command::NewerFilter];
    mode == Mode::FilterBar
        && match resolved {
            Some(Action::Insert(_)) => true,
            Some(Action::Command(command)) => command.edits_text() || history.contains(command),
            _ => false,
        }
}
