//! Draws the picker: a box with the items, and the selected one.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::state::PickerState;
use crate::text::width::{display_width, truncate};
use crate::tui::layout::{Area, Size};
use crate::tui::theme::Theme;

/// Draws the items, and selects the one under the cursor.
pub(crate) fn draw(frame: &mut Frame, screen: Size, picker: &PickerState, theme: &Theme) {
    let inner = draw_box(frame, picker.area(screen), picker.title(), theme);
    let first = picker.first_visible(usize::from(inner.height));
    let items = picker.items.iter().enumerate().skip(first);
    for ((index, item), row) in items.zip(inner.rows()) {
        let line = item_line(&item.name, picker.name_width(), &item.description, row, theme);
        frame.render_widget(line, row);
        if index == picker.cursor {
            frame.buffer_mut().set_style(row, theme.selected);
            frame.set_cursor_position((row.x, row.y));
        }
    }
}

/// Draws an empty box with a title, and returns the area inside it.
pub(crate) fn draw_box(frame: &mut Frame, area: Area, title: &str, theme: &Theme) -> Rect {
    let area = crate::tui::view::rect(frame, area);
    frame.render_widget(Clear, area);
    let title_width = usize::from(area.width.saturating_sub(4));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule_active)
        .title(format!(" {} ", truncate(title, title_width)));
    frame.render_widget(block, area);
    area.inner(Margin { horizontal: 2, vertical: 1 })
}

/// Returns a name of `name_width` columns and its description, truncated to the row.
pub(crate) fn item_line<'a>(
    name: &str,
    name_width: usize,
    description: &str,
    row: Rect,
    theme: &Theme,
) -> Line<'a> {
    let gap = " ".repeat(name_width.saturating_sub(display_width(name)) + 2);
    let description_width =
        usize::from(row.width).saturating_sub(display_width(name) + display_width(&gap));
    Line::from(vec![
        Span::styled(name.to_owned(), theme.label),
        Span::raw(gap),
        Span::raw(truncate(description, description_width).into_owned()),
    ])
}
