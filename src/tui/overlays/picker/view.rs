//! Draws the picker, and the list of keys that may follow those that were pressed.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::state::{PickerState, centred_area};
use crate::text::width::{display_width, truncate};
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::key_map::KeyHelp;
use crate::tui::layout::Area;
use crate::tui::modes::Overlay;
use crate::tui::theme::Theme;

/// Draws the picker if one is open, or the keys that may follow those that were pressed.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    if let Some(Overlay::Picker(picker)) = app.modes.overlay() {
        return draw_items(frame, app, picker, theme);
    }
    if let Some(help) = app.next_keys_in_box() {
        draw_next_keys(frame, app, &help, theme);
    }
}

/// Draws the items of a picker, and selects the one under the cursor.
fn draw_items(frame: &mut Frame, app: &App, picker: &PickerState, theme: &Theme) {
    let inner = draw_box(frame, picker.area(app.layout.screen), picker.title(), theme);
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

/// Draws the keys that may follow, with what each of them does.
fn draw_next_keys(frame: &mut Frame, app: &App, help: &[KeyHelp], theme: &Theme) {
    let keys_width = help.iter().map(|row| display_width(&row.keys)).max().unwrap_or(0);
    let texts = help.iter().map(|row| display_width(row.command.description()));
    let text_width = texts.max().unwrap_or(0);
    let title = if help.iter().any(|row| row.command == Command::CopyCitation) {
        let marked = app.marked_text().map(|marked| format!(" {marked}")).unwrap_or_default();
        format!("copy{marked} · citations in {}", app.citation_style)
    } else {
        app.pending_keys.iter().map(ToString::to_string).collect()
    };
    let width = (keys_width + 2 + text_width).max(display_width(&title) + 2) + 4;
    let area = centred_area(width, help.len() + 2, app.layout.screen);
    let inner = draw_box(frame, area, &title, theme);
    for (KeyHelp { keys, command }, row) in help.iter().zip(inner.rows()) {
        frame.render_widget(item_line(keys, keys_width, command.description(), row, theme), row);
    }
}

/// Draws an empty box with a title, and returns the area inside it.
fn draw_box(frame: &mut Frame, area: Area, title: &str, theme: &Theme) -> Rect {
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
fn item_line<'a>(
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
