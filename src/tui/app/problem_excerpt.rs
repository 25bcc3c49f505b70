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

    /// Lists the problems of the selected kind, or reads the lines around the selected problem. A
    /// popup without problems is closed.
    pub(super) fn request_excerpt(&mut self) -> Vec<Effect> {
        match self.popup.as_ref().and_then(TextPopupState::selected_group) {
            Some(group) if group.count > 1 => {
                let kinds = self.popup.take();
                let screen = self.layout.screen;
                self.popup =
                    kinds.map(|kinds| TextPopupState::from_kind(&self.problems, kinds, screen));
                Vec::new()
            }
            Some(group) => vec![Effect::ReadExcerpt(group.first.clone())],
            None => self.close_popup(),
        }
    }

    /// Shows an excerpt over the problems popup, unless that was closed in the meantime.
    pub(super) fn on_excerpt(&mut self, excerpt: &Excerpt) -> Vec<Effect> {
        if let Some(problems) = self.popup.take_if(|popup| popup.selected_group().is_some()) {
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
