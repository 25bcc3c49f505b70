//! Draws the list: mark, position, short date and title of each record on the page.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::state::ListRow;
use crate::record::date::column::{DATE_COLUMN_WIDTH, DOUBTFUL_SIGN};
use crate::text::width::{display_width, fitting_prefix, truncate};
use crate::text::wrap::wrap;
use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::theme::Theme;
use crate::tui::view::spans::highlighted;

/// The minimum width of a list that shows positions.
const MIN_WIDTH_WITH_POSITION: usize = 44;
/// The minimum width of a list that shows dates.
const MIN_WIDTH_WITH_DATE: usize = 28;

/// The widths of the columns of a page; 0 for a column that is not shown.
struct ColumnWidths {
    position: usize,
    date: usize,
    title: usize,
}

impl ColumnWidths {
    /// Measures the rows of the page for a list of this width.
    ///
    /// The position column is as wide as the total of the archive, so that its width does not
    /// change from page to page.
    fn new(app: &App, width: usize) -> ColumnWidths {
        let rows = &app.list.rows;
        let widest = |text: fn(&ListRow) -> &str| {
            rows.iter().map(|row| display_width(text(row))).max().unwrap_or(0)
        };
        let total = app.archive_total().map_or(0, |total| total.to_string().len());
        let position = match widest(|row| &row.position) {
            0 => 0,
            _ if width < MIN_WIDTH_WITH_POSITION => 0,
            widest => total.max(widest) + 2,
        };
        let date = if width < MIN_WIDTH_WITH_DATE {
            0
        } else {
            widest(|row| &row.date).min(DATE_COLUMN_WIDTH).min(width / 3) + 2
        };
        ColumnWidths { position, date, title: width.saturating_sub(2 + position + date) }
    }
}

/// Draws the list, or an explanation if it is empty.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.list);
    if area.is_empty() {
        return;
    }
    let width = usize::from(area.width);
    if app.list.rows.is_empty() {
        frame.render_widget(empty_list_text(app, theme, width), area);
        return;
    }
    let widths = ColumnWidths::new(app, width);
    let selected = app.list.cursor.checked_sub(app.list.first_row);
    for (index, row) in app.list.rows.iter().enumerate().take(usize::from(area.height)) {
        let y = area.y + u16::try_from(index).unwrap_or(u16::MAX);
        let line_area = ratatui::layout::Rect { y, height: 1, ..area };
        let is_selected = selected == Some(index);
        let in_list = app.pane() != Focus::Detail;
        let style = match (is_selected, in_list) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_inactive,
            (false, _) => Style::default(),
        };
        frame.buffer_mut().set_style(line_area, style);
        let sign = mark_sign(app, row, app.list.first_row + index);
        frame.render_widget(row_line(row, sign, &widths, theme, is_selected, style), line_area);
        if is_selected {
            frame.set_cursor_position(Position { x: line_area.x, y });
        }
    }
}

/// Returns the sign before a row: marked, in the range being marked, or with a note.
fn mark_sign(app: &App, row: &ListRow, row_index: usize) -> &'static str {
    let marks = &app.marks;
    match () {
        () if marks.user_marks.marked.contains(row.number) => "●",
        () if marks.is_in_range(row_index, app.list.cursor) => "○",
        () if marks.user_marks.note(row.number).is_some() => "✎",
        () => " ",
    }
}

fn row_line<'a>(
    row: &'a ListRow,
    sign: &str,
    widths: &ColumnWidths,
    theme: &Theme,
    selected: bool,
    style: Style,
) -> Line<'a> {
    let unless_selected = |column_style: Style| if selected { style } else { column_style };
    let cursor = if selected { "▌" } else { " " };
    let mut spans = vec![Span::styled(format!("{cursor}{sign}"), style)];
    if widths.position > 0 {
        let text = format!("{:>width$}  ", row.position, width = widths.position - 2);
        spans.push(Span::styled(text, unless_selected(theme.position)));
    }
    if widths.date > 0 {
        // A span is drawn no wider than its letters are together, which may be less than the sum of
        // their widths. So the sign has a span of its own.
        let (date, sign) = match row.date.strip_suffix(DOUBTFUL_SIGN) {
            Some(date) => (date, DOUBTFUL_SIGN),
            None => (row.date.as_str(), ""),
        };
        let date = truncate(date, widths.date - 2 - sign.len());
        let gap = " ".repeat(widths.date.saturating_sub(display_width(&date) + sign.len()));
        let highlight =
            if row.date_matches { highlight_style(theme, selected) } else { Style::default() };
        let date_style = unless_selected(theme.date).patch(highlight);
        spans.extend([Span::styled(date, date_style), Span::styled(sign, date_style)]);
        spans.push(Span::styled(gap, style));
    }
    let (title, is_truncated) = fitting_prefix(&row.heading, widths.title);
    let title_style = if row.has_title { style } else { style.patch(theme.untitled) };
    spans.extend(highlighted(
        title,
        &row.highlights,
        title_style,
        highlight_style(theme, selected),
    ));
    spans.push(Span::styled(if is_truncated { "…" } else { "" }, title_style));
    Line::from(spans)
}

/// Returns the style of highlights. On the selected row they keep its colours and add modifiers.
fn highlight_style(theme: &Theme, selected: bool) -> Style {
    if selected {
        Style::default().add_modifier(theme.highlight.add_modifier)
    } else {
        theme.highlight
    }
}

fn empty_list_text<'a>(app: &App, theme: &Theme, width: usize) -> Text<'a> {
    let mut lines = Vec::new();
    for text in app.empty_list_lines() {
        for range in wrap(&text, width.saturating_sub(4)) {
            let line = text.get(range).unwrap_or("");
            lines.push(Line::styled(format!("  {line}"), theme.help));
        }
    }
    Text::from(lines)
}
