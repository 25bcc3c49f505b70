//! The title line, the hint line and the status line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::clean::clean;
use crate::text::width::{columns, cut};
use crate::tui::app::App;
use crate::tui::theme::Theme;

/// The columns before a hint.
const HINT_INDENT: usize = 2;

/// Draws which archive this is, and what part of it the page shows.
pub(crate) fn draw_title(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.title);
    if area.is_empty() {
        return;
    }
    let extent = app.extent();
    let width = usize::from(area.width);
    let room = width.saturating_sub(columns(&extent) + 4);
    let name = app.archive_name();
    let name = cut(&clean(&name), room).into_owned();
    let gap = width.saturating_sub(columns(&name) + columns(&extent) + 2);
    let line = Line::from(vec![
        Span::styled(format!(" {name}"), theme.title),
        Span::raw(" ".repeat(gap)),
        Span::styled(extent, theme.extent),
    ]);
    frame.render_widget(line, area);
}

/// Draws what was just said, what the filter has to say, or the keys that are most useful here.
pub(crate) fn draw_hint(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.hint);
    let said = app.message.is_some() || app.has_word_of_filter();
    let style = if said { theme.message } else { theme.hint };
    let hint = app.hint();
    let width = usize::from(area.width).saturating_sub(HINT_INDENT);
    let text = cut(&whole_keys(&clean(&hint), width), width).into_owned();
    let indent = " ".repeat(HINT_INDENT);
    frame.render_widget(Span::styled(format!("{indent}{text}"), style), area);
}

/// What was just said, its row, and the columns before it: it may name an address.
pub(crate) fn said(app: &App, screen: Rect) -> Option<(Rect, usize, String)> {
    let message = app.message.as_deref()?;
    Some((
        crate::tui::view::within(screen, app.layout.hint),
        HINT_INDENT,
        clean(message).into_owned(),
    ))
}

/// As many of the keys of a hint as there is room for; three spaces stand between two of them.
fn whole_keys(hint: &str, width: usize) -> String {
    let mut kept = hint;
    while columns(kept) > width {
        let Some((before, _)) = kept.rsplit_once("   ") else { break };
        kept = before;
    }
    kept.to_owned()
}

/// Draws the status line; what there is no room for is left out.
pub(crate) fn draw_status(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.status);
    if area.is_empty() {
        return;
    }
    let mut text = String::from(" ");
    for (at, part) in app.status().into_iter().enumerate() {
        let between = if at == 0 { "" } else { " · " };
        if columns(&text) + columns(between) + columns(&part) > usize::from(area.width) {
            continue;
        }
        text.push_str(between);
        text.push_str(&part);
    }
    let style = if app.has_faults() { theme.fault } else { theme.status };
    frame.render_widget(Span::styled(text, style), Rect { height: 1, ..area });
}
