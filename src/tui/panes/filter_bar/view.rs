//! The filter bar: the sign, the text, and the cursor in it; the line after `:` stands there too.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::theme::Theme;

/// Draws the bar.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.bar);
    if area.is_empty() {
        return;
    }
    let focus = app.focus;
    if focus == Focus::Note {
        draw_line(frame, area, "N", &app.marks.line, true, theme);
    } else if focus == Focus::FileName {
        draw_line(frame, area, ">", &app.export.line, true, theme);
    } else if focus == Focus::CommandLine {
        draw_line(frame, area, ":", &app.command_line, true, theme);
    } else if focus == Focus::Bar || !app.bar.text().is_empty() {
        draw_line(frame, area, "/", &app.bar.line, focus == Focus::Bar, theme);
    } else {
        frame.render_widget(Span::styled("/", theme.label), area);
    }
}

/// A sign and a line of text, scrolled so that its cursor is seen.
pub(crate) fn draw_line(
    frame: &mut Frame,
    area: Rect,
    sign: &str,
    line: &Input,
    has_cursor: bool,
    theme: &Theme,
) {
    let room = usize::from(area.width.saturating_sub(3));
    let scroll = line.visual_scroll(room.max(1));
    let text = after_columns(line.value(), scroll);
    let spans = vec![Span::styled(sign.to_owned(), theme.bar), Span::raw(" "), Span::raw(text)];
    frame.render_widget(Line::from(spans), area);
    if has_cursor {
        let column = line.visual_cursor().saturating_sub(scroll) + 2;
        let x = area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        let x = x.min(area.x + area.width.saturating_sub(1));
        frame.set_cursor_position(Position { x, y: area.y });
    }
}

/// What is left of a text after its first columns.
fn after_columns(text: &str, skipped: usize) -> &str {
    let mut rest = text;
    let mut left = skipped;
    while left > 0 {
        let Some(letter) = rest.chars().next() else { break };
        left = left.saturating_sub(crate::text::width::columns(letter.encode_utf8(&mut [0; 4])));
        rest = rest.get(letter.len_utf8()..).unwrap_or("");
    }
    rest
}
