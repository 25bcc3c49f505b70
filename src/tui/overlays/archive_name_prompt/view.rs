//! Draws the prompt in place of the filter bar.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::state::ArchiveNamePrompt;
use crate::tui::prompt::view::draw_line;
use crate::tui::theme::Theme;

/// Draws the prompt with its sign.
pub(crate) fn draw(frame: &mut Frame, area: Rect, state: &ArchiveNamePrompt, theme: &Theme) {
    draw_line(frame, area, "A", &state.prompt, true, theme);
}
