//! Draws the title line, the message line and the status line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::state::StatusContext;
use crate::text::clean::clean;
use crate::text::width::{display_width, truncate};
use crate::tui::layout::{Area, MESSAGE_INDENT};
use crate::tui::notice::Notice;
use crate::tui::theme::Theme;
use crate::tui::view::TextRow;

/// Draws the title line: the name of the archive, and which records the page shows.
pub(crate) fn draw_title(frame: &mut Frame, state: &StatusContext<'_>, theme: &Theme) {
    let area = crate::tui::view::rect(frame, state.panes.layout.title);
    if area.is_empty() {
        return;
    }
    let records = state.context.records;
    let page_range = state.panes.list.page_range(records.archive_total());
    let width = usize::from(area.width);
    let name_width = width.saturating_sub(display_width(&page_range) + 4);
    let name = records.archive_name();
    let name = truncate(&clean(&name), name_width).into_owned();
    let gap = width.saturating_sub(display_width(&name) + display_width(&page_range) + 2);
    let line = Line::from(vec![
        Span::styled(format!(" {name}"), theme.title),
        Span::raw(" ".repeat(gap)),
        Span::styled(page_range, theme.page_range),
    ]);
    frame.render_widget(line, area);
}

/// Draws the message line: the last message, messages about the filter, or the most useful keys.
pub(crate) fn draw_message_line(frame: &mut Frame, state: &StatusContext<'_>, theme: &Theme) {
    let area = crate::tui::view::rect(frame, state.panes.layout.message_line);
    let style = if state.has_message() { theme.message } else { theme.help };
    draw_message(frame, area, &state.message_line(), style);
}

/// Draws a text into the message line. Entries that do not fit are left out, the last one first.
pub(crate) fn draw_message(frame: &mut Frame, area: Rect, text: &str, style: Style) {
    let width = usize::from(area.width).saturating_sub(MESSAGE_INDENT);
    let text = truncate(&fitting_entries(&clean(text), width), width).into_owned();
    let indent = " ".repeat(MESSAGE_INDENT);
    frame.render_widget(Span::styled(format!("{indent}{text}"), style), area);
}

/// Returns the row of the last message, if there is one. It may contain an address.
pub(crate) fn message_row(
    notice: Option<&Notice>,
    message_line: Area,
    screen: Rect,
) -> Option<TextRow<'static>> {
    let message = notice?.to_string();
    let row = crate::tui::view::within(screen, message_line);
    Some(TextRow { row, indent: MESSAGE_INDENT, text: clean(&message).into_owned().into() })
}

/// Drops entries from the end until the text fits. Entries are separated by three spaces.
fn fitting_entries(text: &str, width: usize) -> String {
    let mut fitting = text;
    while display_width(fitting) > width {
        let Some((before, _)) = fitting.rsplit_once("   ") else { break };
        fitting = before;
    }
    fitting.to_owned()
}

/// Draws the status line without the parts that do not fit. The first part is cut off instead.
pub(crate) fn draw_status(frame: &mut Frame, state: &StatusContext<'_>, theme: &Theme) {
    let area = crate::tui::view::rect(frame, state.panes.layout.status);
    if area.is_empty() {
        return;
    }
    let width = usize::from(area.width);
    let mut parts = state.status_parts().into_iter();
    let first = clean(&parts.next().unwrap_or_default()).into_owned();
    let mut text = format!(" {}", truncate(&first, width.saturating_sub(1)));
    for part in parts {
        let longer = format!("{text} · {part}");
        if display_width(&longer) <= width {
            text = longer;
        }
    }
    let style = if state.context.records.has_errors() { theme.error } else { theme.status };
    frame.render_widget(Span::styled(text, style), Rect { height: 1, ..area });
}
