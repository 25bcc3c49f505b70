//! Draws the popup.

use ratatui::Frame;

use super::state::HelpState;
use crate::tui::hint;
use crate::tui::key_map::KeyMap;
use crate::tui::modes::Mode;
use crate::tui::overlays::text_popup;
use crate::tui::theme::Theme;

/// Draws the popup with its most useful keys.
pub(crate) fn draw(frame: &mut Frame, state: &HelpState, key_map: &KeyMap, theme: &Theme) {
    let footer = hint::written(&HelpState::footer(), key_map, Mode::Popup, " · ");
    text_popup::view::draw(frame, &state.popup, &footer, theme);
}
