//! The problems popup, and the excerpt of a file around a problem.

use super::App;
use crate::tui::action::Excerpt;
use crate::tui::effect::Effect;
use crate::tui::key_map::Focus;
use crate::tui::overlays::text_popup::state::TextPopupState;

impl App {
    /// Opens the problems popup.
    pub(super) fn open_problems(&mut self) -> Vec<Effect> {
        self.popup = Some(TextPopupState::from_problems(&self.problems, self.layout.screen));
        self.push_mode(Focus::Popup);
        Vec::new()
    }

    /// Reads the lines around the selected problem. A popup without problems is closed.
    pub(super) fn request_excerpt(&mut self) -> Vec<Effect> {
        match self.popup.as_ref().and_then(TextPopupState::selected_problem) {
            Some(problem) => vec![Effect::ReadExcerpt(problem.clone())],
            None => self.close_popup(),
        }
    }

    /// Shows an excerpt over the problems popup, unless that was closed in the meantime.
    pub(super) fn on_excerpt(&mut self, excerpt: &Excerpt) -> Vec<Effect> {
        if let Some(problems) = self.popup.take_if(|popup| popup.selected_problem().is_some()) {
            self.popup = Some(TextPopupState::from_excerpt(excerpt, problems, self.layout.screen));
        }
        Vec::new()
    }

    /// Closes the popup and goes back to the popup below it, or to the pane.
    pub(super) fn close_popup(&mut self) -> Vec<Effect> {
        let parent = self.popup.take().and_then(|popup| popup.parent);
        if let Some(mut parent) = parent {
            parent.lay_out(self.layout.screen);
            self.popup = Some(*parent);
            return Vec::new();
        }
        self.set_focus(self.previous_focus)
    }
}
