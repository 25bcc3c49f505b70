//! Draws the prompt in place of the filter bar.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::state::CommandPrompt;
use crate::tui::prompt::view::draw_line;
use crate::tui::theme::Theme;

/// Draws the prompt with its sign.
pub(crate) fn draw(frame: &mut Frame, area: Rect, state: &CommandPrompt, theme: &Theme) {
    draw_line(frame, area, ":", &state.prompt, true, theme);
}
