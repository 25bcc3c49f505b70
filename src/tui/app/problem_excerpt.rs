//! The place of a problem in its file: asked for from the list of problems, shown, and left again.

use super::App;
use crate::tui::action::{Effect, Excerpt};
use crate::tui::key_map::Focus;
use crate::tui::overlays::text_popup::state::PopupState;

impl App {
    /// Opens the list of problems.
    pub(super) fn open_problems(&mut self) -> Vec<Effect> {
        self.popup = Some(PopupState::problems(&self.problems, self.layout.screen));
        self.step_aside(Focus::Popup);
        Vec::new()
    }

    /// Has the place of the selected problem looked up; another popup is left.
    pub(super) fn show_place(&mut self) -> Vec<Effect> {
        match self.popup.as_ref().and_then(PopupState::selected) {
            Some(problem) => vec![Effect::LookUp(problem.clone())],
            None => self.leave_popup(),
        }
    }

    /// Shows the place that was looked up over the list of problems, unless that was left.
    pub(super) fn looked(&mut self, excerpt: &Excerpt) -> Vec<Effect> {
        if let Some(list) = self.popup.take_if(|popup| popup.selected().is_some()) {
            self.popup = Some(PopupState::place(excerpt, list, self.layout.screen));
        }
        Vec::new()
    }

    /// Leaves a popup: for the one below it, or for the pane.
    pub(super) fn leave_popup(&mut self) -> Vec<Effect> {
        let below = self.popup.take().and_then(|popup| popup.below);
        if let Some(mut below) = below {
            below.fit(self.layout.screen);
            self.popup = Some(*below);
            return Vec::new();
        }
        self.focus_on(self.before)
    }
}
