//! Draws a prompt: a sign, and the text scrolled so that the cursor is visible.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::Prompt;
use crate::tui::theme::Theme;

/// Draws a sign and a line of text, scrolled so that the cursor is visible. A low screen has no room for it.
pub(crate) fn draw_line(
    frame: &mut Frame,
    area: Rect,
    sign: &str,
    line: &Prompt,
    has_cursor: bool,
    theme: &Theme,
) {
    if area.is_empty() {
        return;
    }
    let width = usize::from(area.width.saturating_sub(3));
    let scroll = line.scroll(width.max(1));
    let text = skip_columns(line.text(), scroll);
    let spans = vec![Span::styled(sign.to_owned(), theme.prompt), Span::raw(" "), Span::raw(text)];
    frame.render_widget(Line::from(spans), area);
    if has_cursor {
        let column = line.cursor_column().saturating_sub(scroll) + 2;
        let x = area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        let x = x.min(area.x + area.width.saturating_sub(1));
        frame.set_cursor_position(Position { x, y: area.y });
    }
}

/// Returns a text without its first columns.
fn skip_columns(text: &str, skipped: usize) -> &str {
    let mut rest = text;
    let mut remaining = skipped;
    while remaining > 0 {
        let Some(letter) = rest.chars().next() else { break };
        remaining = remaining
            .saturating_sub(crate::text::width::display_width(letter.encode_utf8(&mut [0; 4])));
        rest = rest.get(letter.len_utf8()..).unwrap_or("");
    }
    rest
}
