//! Draws the filter bar.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::state::FilterBarState;
use crate::tui::prompt::view::draw_line;
use crate::tui::theme::Theme;

/// Draws the filter, with the cursor if it has the keyboard.
pub(crate) fn draw(
    frame: &mut Frame,
    area: Rect,
    state: &FilterBarState,
    has_keyboard: bool,
    theme: &Theme,
) {
    if has_keyboard || !state.text().is_empty() {
        draw_line(frame, area, "/", &state.line, has_keyboard, theme);
    } else if !area.is_empty() {
        frame.render_widget(Span::styled("/", theme.label), area);
    }
}
