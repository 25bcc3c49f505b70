//! The problems popup, and the excerpt of a file around a problem.

use super::App;
use crate::tui::action::Excerpt;
use crate::tui::effect::Effect;
use crate::tui::modes::Overlay;
use crate::tui::overlays::text_popup::state::TextPopupState;

impl App {
    /// Opens the problems popup.
    pub(super) fn open_problems(&mut self) -> Vec<Effect> {
        let popup = TextPopupState::from_problems(&self.problems, self.layout.screen);
        self.open(Overlay::Popup(Box::new(popup)))
    }

    /// Lists the problems of the selected kind, or reads the lines around the selected problem. A
    /// popup without problems is closed.
    pub(super) fn request_excerpt(&mut self) -> Vec<Effect> {
        let Some(kinds) = self.modes.popup() else { return Vec::new() };
        match kinds.selected_group() {
            Some(group) if group.count > 1 => {
                let popup = TextPopupState::from_kind(&self.problems, kinds, self.layout.screen);
                self.open(Overlay::Popup(Box::new(popup)))
            }
            Some(group) => vec![Effect::ReadExcerpt(group.first.clone())],
            None => {
                self.modes.pop();
                Vec::new()
            }
        }
    }

    /// Shows an excerpt over the problems popup, unless that was closed in the meantime.
    pub(super) fn on_excerpt(&mut self, excerpt: &Excerpt) -> Vec<Effect> {
        if self.modes.popup().is_none_or(|popup| popup.selected_group().is_none()) {
            return Vec::new();
        }
        let popup = TextPopupState::from_excerpt(excerpt, self.layout.screen);
        self.open(Overlay::Popup(Box::new(popup)))
    }
}
