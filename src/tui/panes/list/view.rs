//! Draws the list: the mark and the columns of each record on the page.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::context::ListContext;
use super::state::{ListRow, ListState};
use crate::query::{Cell, CellKind, Column, ColumnWidth, UserMarks};
use crate::record::date::column::DOUBTFUL_SIGN;
use crate::text::width::{display_width, fitting_prefix, truncate};
use crate::text::wrap::wrap;
use crate::tui::theme::Theme;
use crate::tui::view::highlighted;

/// The number of cells before the first column: the cursor and the sign of a mark.
const SIGNS_WIDTH: usize = 2;
/// The number of cells between two columns.
const GAP: usize = 2;

/// Returns the widths of the columns of a page in a list of this width, with the gaps behind them; 0 for a column that
/// is not shown.
///
/// The position column is as wide as the total of the archive, so that its width does not change from page to page.
fn column_widths(list: &ListState, archive_total: Option<u64>, width: usize) -> Vec<usize> {
    let columns = &list.columns;
    let widest = |index: usize| {
        let cells = list.rows.iter().filter_map(|row| row.cells.get(index));
        cells.map(|cell| display_width(&cell.text)).max().unwrap_or(0)
    };
    let total = archive_total.map_or(0, |total| total.to_string().len());
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| match (column.width, widest(index)) {
            _ if width < column.min_list_width => 0,
            (ColumnWidth::Number, 0) | (ColumnWidth::Rest, _) => 0,
            (ColumnWidth::Number, widest) => total.max(widest) + GAP,
            (ColumnWidth::UpTo(most), widest) => widest.min(most).min(width / 3) + GAP,
        })
        .collect();
    // Without a column that takes the rest, the last one does.
    let takes_rest = |column: &Column| column.width == ColumnWidth::Rest;
    let rest = columns.iter().rposition(takes_rest).or(columns.len().checked_sub(1));
    let others: usize = (0..).zip(&widths).filter(|(at, _)| Some(*at) != rest).map(|it| it.1).sum();
    let is_last = rest.map(|at| at + 1) == Some(columns.len());
    if let Some(rest) = rest.and_then(|at| widths.get_mut(at)) {
        let gap = if is_last { 0 } else { GAP };
        *rest = width.saturating_sub(SIGNS_WIDTH + others).max(gap);
    }
    widths
}

/// Draws the list, or an explanation if it is empty.
pub(crate) fn draw(
    frame: &mut Frame,
    area: Rect,
    list: &ListState,
    context: &ListContext<'_>,
    theme: &Theme,
) {
    if area.is_empty() {
        return;
    }
    let width = usize::from(area.width);
    if list.rows.is_empty() {
        frame.render_widget(empty_list_text(context, theme, width), area);
        return;
    }
    let widths = column_widths(list, context.records.archive_total(), width);
    let selected = list.cursor.checked_sub(list.first_row);
    for (index, row) in list.rows.iter().enumerate().take(usize::from(area.height)) {
        let y = area.y + u16::try_from(index).unwrap_or(u16::MAX);
        let line_area = Rect { y, height: 1, ..area };
        let is_selected = selected == Some(index);
        let style = match (is_selected, context.is_active) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_inactive,
            (false, _) => Style::default(),
        };
        frame.buffer_mut().set_style(line_area, style);
        let sign = mark_sign(list, context.user_marks, row, list.first_row + index);
        let look = RowLook { theme, is_selected, style };
        let columns = list.columns.iter().zip(&widths);
        frame.render_widget(look.line(row, sign, columns), line_area);
        if is_selected {
            frame.set_cursor_position(Position { x: line_area.x, y });
        }
    }
}

/// Returns the sign before a row: marked, in the range being marked, or with a note.
fn mark_sign(
    list: &ListState,
    user_marks: &UserMarks,
    row: &ListRow,
    row_index: usize,
) -> &'static str {
    match () {
        () if user_marks.marked.contains(row.handle) => "●",
        () if list.is_in_range(row_index) => "○",
        () if user_marks.note(row.handle).is_some() => "✎",
        () => " ",
    }
}

/// How a row is drawn.
struct RowLook<'t> {
    theme: &'t Theme,
    is_selected: bool,
    /// The style of the whole row.
    style: Style,
}

impl RowLook<'_> {
    /// Returns the line of a row with columns of these widths.
    fn line<'a, 'c>(
        &self,
        row: &'a ListRow,
        sign: &str,
        columns: impl Iterator<Item = (&'c Column, &'c usize)>,
    ) -> Line<'a> {
        let cursor = if self.is_selected { "▌" } else { " " };
        let mut spans = vec![Span::styled(format!("{cursor}{sign}"), self.style)];
        let shown = columns.zip(&row.cells).filter(|((_, width), _)| **width > 0);
        let mut shown = shown.peekable();
        while let Some(((_, width), cell)) = shown.next() {
            let gap = if shown.peek().is_some() { GAP } else { 0 };
            match cell.kind {
                CellKind::Position => {
                    let width = width.saturating_sub(GAP);
                    let text = format!("{:>width$}  ", cell.text);
                    spans.push(Span::styled(text, self.unless_selected(self.theme.position)));
                }
                CellKind::Date => spans.extend(self.date(cell, *width)),
                CellKind::Untitled => {
                    let style = self.style.patch(self.theme.untitled);
                    spans.extend(self.text(cell, *width, gap, style));
                }
                CellKind::Text => spans.extend(self.text(cell, *width, gap, self.style)),
            }
        }
        Line::from(spans)
    }

    /// Returns the spans of a date.
    fn date<'a>(&self, cell: &'a Cell, width: usize) -> Vec<Span<'a>> {
        // A span is drawn no wider than its letters are together, which may be less than the sum of
        // their widths. So the sign has a span of its own.
        let (date, sign) = match cell.text.strip_suffix(DOUBTFUL_SIGN) {
            Some(date) => (date, DOUBTFUL_SIGN),
            None => (cell.text.as_str(), ""),
        };
        let date = truncate(date, width.saturating_sub(GAP + sign.len()));
        let gap = " ".repeat(width.saturating_sub(display_width(&date) + sign.len()));
        let is_found = !cell.highlights.is_empty();
        let highlight = if is_found { self.highlight() } else { Style::default() };
        let style = self.unless_selected(self.theme.date).patch(highlight);
        vec![Span::styled(date, style), Span::styled(sign, style), Span::styled(gap, self.style)]
    }

    /// Returns the spans of a text. If a gap follows, there are blanks up to the width.
    fn text<'a>(&self, cell: &'a Cell, width: usize, gap: usize, style: Style) -> Vec<Span<'a>> {
        let (text, is_truncated) = fitting_prefix(&cell.text, width.saturating_sub(gap));
        let ellipsis = if is_truncated { "…" } else { "" };
        let used = display_width(text) + usize::from(is_truncated);
        let mut spans = highlighted(text, &cell.highlights, style, self.highlight());
        spans.push(Span::styled(ellipsis, style));
        if gap > 0 {
            spans.push(Span::styled(" ".repeat(width.saturating_sub(used)), self.style));
        }
        spans
    }

    /// Returns the style of a column, which on the selected row is that of the row.
    const fn unless_selected(&self, style: Style) -> Style {
        if self.is_selected { self.style } else { style }
    }

    /// Returns the style of highlights. On the selected row they keep its colours and add modifiers.
    fn highlight(&self) -> Style {
        if self.is_selected {
            Style::default().add_modifier(self.theme.highlight.add_modifier)
        } else {
            self.theme.highlight
        }
    }
}

fn empty_list_text<'a>(context: &ListContext<'_>, theme: &Theme, width: usize) -> Text<'a> {
    let mut lines = Vec::new();
    for text in context.empty_list_lines() {
        for range in wrap(&text, width.saturating_sub(4)) {
            let line = text.get(range).unwrap_or("");
            lines.push(Line::styled(format!("  {line}"), theme.help));
        }
    }
    Text::from(lines)
}
