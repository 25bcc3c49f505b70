//! Draws the prompt in place of the filter bar.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::state::NotePrompt;
use crate::tui::prompt::view::draw_line;
use crate::tui::theme::Theme;

/// Draws the prompt with its sign.
pub(crate) fn draw(frame: &mut Frame, area: Rect, state: &NotePrompt, theme: &Theme) {
    draw_line(frame, area, "N", &state.prompt, true, theme);
}
