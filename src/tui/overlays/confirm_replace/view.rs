//! Draws the question in place of the message line.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::state::ConfirmReplace;
use crate::tui::key_map::KeyMap;
use crate::tui::panes::status::view::draw_message;
use crate::tui::theme::Theme;

/// Draws the question with its answers.
pub(crate) fn draw(
    frame: &mut Frame,
    area: Rect,
    state: &ConfirmReplace,
    key_map: &KeyMap,
    theme: &Theme,
) {
    draw_message(frame, area, &state.question(key_map), theme.message);
}
