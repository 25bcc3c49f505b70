//! Draws the box with the keys that may follow those that were pressed.

use ratatui::Frame;
use ratatui::text::Span;

use super::state::NextKeys;
use crate::tui::key_map::KeyHelp;
use crate::tui::layout::Size;
use crate::tui::overlays::picker::view::{draw_box, item_line};
use crate::tui::theme::Theme;

/// Draws the keys, with what each of them does. Where not all have room, the last row says how many more there are.
pub(crate) fn draw(frame: &mut Frame, screen: Size, title: &str, state: &NextKeys, theme: &Theme) {
    let inner = draw_box(frame, state.area(title, screen), title, theme);
    let visible = state.visible(usize::from(inner.height));
    let mut rows = inner.rows();
    for (KeyHelp { keys, command }, row) in state.rows.iter().take(visible).zip(&mut rows) {
        let line = item_line(keys, state.keys_width(), command.description(), row, theme);
        frame.render_widget(line, row);
    }
    let hidden = state.rows.len() - visible;
    if let (true, Some(row)) = (hidden > 0, rows.next()) {
        frame.render_widget(Span::styled(format!("… {hidden} more"), theme.help), row);
    }
}
