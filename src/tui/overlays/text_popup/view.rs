//! Draws a text popup: a border, the line of its filter, and the visible lines of its text.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::state::{PopupLine, TextPopupState};
use crate::text::clean::clean;
use crate::text::width::display_width;
use crate::tui::prompt::view::draw_line;
use crate::tui::theme::Theme;

/// Draws the popup with a text in its lower border.
pub(crate) fn draw(frame: &mut Frame, popup: &TextPopupState, footer: &str, theme: &Theme) {
    let area = crate::tui::view::rect(frame, popup.area);
    if area.is_empty() {
        return;
    }
    frame.render_widget(Clear, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule_active)
        .title(format!(" {} ", clean(&popup.title)))
        .title_bottom(format!(" {footer} "));
    frame.render_widget(block, area);
    let inner = area.inner(Margin { horizontal: 2, vertical: 1 });
    if inner.is_empty() {
        return;
    }
    draw_line(frame, Rect { height: 1, ..inner }, "/", &popup.filter, true, theme);
    draw_lines(frame, inner, popup, theme);
}

fn draw_lines(frame: &mut Frame, inner: Rect, popup: &TextPopupState, theme: &Theme) {
    let lines = popup.lines.iter().skip(popup.scroll).take(popup.visible_rows());
    for (index, line) in lines.enumerate() {
        let y = inner.y + 1 + u16::try_from(index).unwrap_or(u16::MAX - inner.y - 1);
        let area = Rect { y, height: 1, ..inner }.intersection(inner);
        let text = styled_line(line, popup.label_width, theme);
        if popup.cursor == Some(line.row) {
            frame.render_widget(text.patch_style(theme.selected), area);
        } else {
            frame.render_widget(text, area);
        }
    }
}

fn styled_line<'a>(line: &'a PopupLine, label_width: usize, theme: &Theme) -> Line<'a> {
    if line.is_heading {
        return Line::styled(line.label.as_str(), theme.heading);
    }
    let gap = " ".repeat(label_width.saturating_sub(display_width(&line.label)));
    Line::from(vec![
        Span::styled(line.label.as_str(), theme.label),
        Span::raw(gap),
        Span::raw(line.text.as_str()),
    ])
}
