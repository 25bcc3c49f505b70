//! Draws the visible lines of the selected record, and the rule between list and detail.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::state::{DetailLine, DetailState, LineKind};
use crate::text::urls::Link;
use crate::text::width::display_width;
use crate::tui::layout::Layout;
use crate::tui::theme::Theme;
use crate::tui::view::{TextRow, highlighted};

/// How the detail is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DetailLook<'a> {
    /// The areas of the screen.
    pub(crate) layout: &'a Layout,
    /// Whether it is shown over the whole width, where its text is centred.
    pub(crate) is_full_width: bool,
    /// Whether it has the keyboard.
    pub(crate) is_active: bool,
}

/// Draws the visible lines.
pub(crate) fn draw(frame: &mut Frame, state: &DetailState, look: DetailLook<'_>, theme: &Theme) {
    let (area, margin) = text_area(look, frame.area());
    if area.is_empty() {
        return;
    }
    for (row, line) in visible_lines(state, area) {
        frame.render_widget(styled_line(line, theme), row);
    }
    if let Some(hit) = state.hit.and_then(|hit| hit.checked_sub(state.scroll)) {
        draw_hit_sign(frame, area, hit, margin, theme);
    }
}

/// Returns the area of the text, and the width of the margin to the left of it.
fn text_area(look: DetailLook<'_>, screen: Rect) -> (Rect, u16) {
    let area = crate::tui::view::within(screen, look.layout.detail);
    let text_width = u16::try_from(look.layout.text_width()).unwrap_or(u16::MAX);
    let free_columns = area.width.saturating_sub(text_width);
    let margin = if look.is_full_width { free_columns / 2 } else { free_columns.min(1) };
    (Rect { x: area.x + margin, width: area.width - margin, ..area }, margin)
}

/// Returns the visible lines, each with its row of `area`.
fn visible_lines(state: &DetailState, area: Rect) -> impl Iterator<Item = (Rect, &DetailLine)> {
    let lines = state.lines.iter().skip(state.scroll);
    area.rows().zip(lines)
}

/// Returns the visible links, each with the row of text it is part of.
pub(crate) fn links<'a>(
    state: &'a DetailState,
    look: DetailLook<'_>,
    screen: Rect,
) -> impl Iterator<Item = (TextRow<'a>, &'a Link)> + use<'a> {
    visible_lines(state, text_area(look, screen).0).flat_map(|(row, line)| {
        let indent = display_width(&label(line));
        line.links
            .iter()
            .map(move |link| (TextRow { row, indent, text: Cow::Borrowed(&line.text) }, link))
    })
}

/// Draws a sign in the margin of the line with the current hit.
fn draw_hit_sign(frame: &mut Frame, area: Rect, row: usize, margin: u16, theme: &Theme) {
    let Ok(row) = u16::try_from(row) else { return };
    if row < area.height && margin > 0 {
        let cell = Rect { x: area.x - 1, y: area.y + row, width: 1, height: 1 };
        frame.render_widget(Span::styled("›", theme.prompt), cell);
    }
}

/// Returns the label of a line, padded to its indent.
fn label(line: &DetailLine) -> String {
    format!("{:<width$}", line.label, width = line.indent)
}

fn styled_line<'a>(line: &'a DetailLine, theme: &Theme) -> Line<'a> {
    let style = match line.kind {
        LineKind::Date => theme.date,
        LineKind::Title => theme.heading,
        LineKind::Summary | LineKind::Value => Style::default(),
    };
    let mut spans = vec![Span::styled(label(line), theme.label)];
    spans.extend(highlighted(&line.text, &line.highlights, style, theme.highlight));
    Line::from(spans)
}

/// Draws the rule between list and detail, with how much of the text has been seen.
pub(crate) fn draw_rule(
    frame: &mut Frame,
    state: &DetailState,
    look: DetailLook<'_>,
    theme: &Theme,
) {
    let area = crate::tui::view::rect(frame, look.layout.rule);
    let style = if look.is_active { theme.rule_active } else { theme.rule };
    let sign = match (look.layout.is_side_by_side(), look.is_active) {
        (true, false) => "│",
        (true, true) => "┃",
        (false, false) => "─",
        (false, true) => "━",
    };
    for position in area.positions() {
        frame.buffer_mut()[position].set_symbol(sign).set_style(style);
    }
    draw_percent(frame, state, look.layout, style);
}

/// Draws the percentage on a horizontal rule. Otherwise the status line shows it.
fn draw_percent(frame: &mut Frame, state: &DetailState, layout: &Layout, style: Style) {
    let is_horizontal = layout.rule.height == 1;
    let Some(percent) = state.percent_seen().filter(|_| is_horizontal) else { return };
    let text = format!(" {percent} % ");
    let rule = crate::tui::view::rect(frame, layout.rule);
    let width = u16::try_from(text.len()).unwrap_or(0);
    let area = Rect { x: rule.right().saturating_sub(width + 1), width, ..rule };
    frame.render_widget(Span::styled(text, style), area.intersection(rule));
}
