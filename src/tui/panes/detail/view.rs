//! The detail: the visible lines of the selected record, and the rule that divides it from the list.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::state::{DetailLine, LineKind};
use crate::text::urls::Link;
use crate::text::width::columns;
use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::theme::Theme;
use crate::tui::view::spans::marked;

/// Draws the lines that are seen, centred where the screen is much wider than the text.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    let (area, margin) = text_area(app, frame.area());
    if area.is_empty() {
        return;
    }
    for (place, line) in visible(app, area) {
        frame.render_widget(shown(line, theme), place);
    }
    if let Some(hit) = app.detail.hit.and_then(|hit| hit.checked_sub(app.detail.scroll)) {
        mark_hit(frame, area, hit, margin, theme);
    }
}

/// Where the text stands, and how wide the margin before it is.
fn text_area(app: &App, screen: Rect) -> (Rect, u16) {
    let area = crate::tui::view::within(screen, app.layout.detail);
    let text_width = u16::try_from(app.layout.text_width()).unwrap_or(u16::MAX);
    let free = area.width.saturating_sub(text_width);
    let margin = if app.is_reading() { free / 2 } else { free.min(1) };
    (Rect { x: area.x + margin, width: area.width - margin, ..area }, margin)
}

/// The lines that are seen, each with its row of the area.
fn visible(app: &App, area: Rect) -> impl Iterator<Item = (Rect, &DetailLine)> {
    let lines = app.detail.lines.iter().skip(app.detail.scroll);
    area.rows().zip(lines)
}

/// The addresses that are seen: the row of each piece, the columns before it, the text and the link.
pub(crate) fn links(app: &App, screen: Rect) -> impl Iterator<Item = (Rect, usize, &str, &Link)> {
    visible(app, text_area(app, screen).0).flat_map(|(row, line)| {
        let before = columns(&label(line));
        line.links.iter().map(move |link| (row, before, line.text.as_str(), link))
    })
}

/// A sign in the margin of the line that `n` went to.
fn mark_hit(frame: &mut Frame, area: Rect, row: usize, margin: u16, theme: &Theme) {
    let Ok(row) = u16::try_from(row) else { return };
    if row < area.height && margin > 0 {
        let place = Rect { x: area.x - 1, y: area.y + row, width: 1, height: 1 };
        frame.render_widget(Span::styled("›", theme.bar), place);
    }
}

/// What stands before the text of a line.
fn label(line: &DetailLine) -> String {
    format!("{:<width$}", line.label, width = line.indent)
}

fn shown<'a>(line: &'a DetailLine, theme: &Theme) -> Line<'a> {
    let style = match line.kind {
        LineKind::Date => theme.date,
        LineKind::Title => theme.heading,
        LineKind::Summary | LineKind::Value => Style::default(),
    };
    let mut spans = vec![Span::styled(label(line), theme.label)];
    spans.extend(marked(&line.text, &line.marks, style, theme.r#match));
    Line::from(spans)
}

/// Draws the line between list and detail, with how far the reader is in the text.
pub(crate) fn draw_rule(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.rule);
    let active = app.pane() == Focus::Detail;
    let style = if active { theme.rule_active } else { theme.rule };
    let sign = match (app.layout.is_beside(), active) {
        (true, false) => "│",
        (true, true) => "┃",
        (false, false) => "─",
        (false, true) => "━",
    };
    for position in area.positions() {
        frame.buffer_mut()[position].set_symbol(sign).set_style(style);
    }
    draw_per_cent(frame, app, style);
}

/// The per cent stands on the rule where it lies between the panes; the status line has it elsewhere.
fn draw_per_cent(frame: &mut Frame, app: &App, style: Style) {
    let lies = app.layout.rule.height == 1;
    let Some(per_cent) = app.detail.per_cent().filter(|_| lies) else { return };
    let text = format!(" {per_cent} % ");
    let rule = crate::tui::view::rect(frame, app.layout.rule);
    let width = u16::try_from(text.len()).unwrap_or(0);
    let area = Rect { x: rule.right().saturating_sub(width + 1), width, ..rule };
    frame.render_widget(Span::styled(text, style), area.intersection(rule));
}
