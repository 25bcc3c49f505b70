//! The list: position, short date and title of each record on the page.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::state::ListRow;
use crate::text::width::{columns, cut, fit};
use crate::text::wrap::wrap;
use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::theme::Theme;
use crate::tui::view::spans::marked;

/// The widest the column of dates becomes.
const WIDEST_DATE: usize = 21;
/// Lists narrower than this show no positions.
const LEAST_WITH_POSITION: usize = 44;
/// Lists narrower than this show no dates.
const LEAST_WITH_DATE: usize = 28;

/// How wide the columns of a page are.
struct Columns {
    position: usize,
    date: usize,
    title: usize,
}

impl Columns {
    /// The column of positions is as wide as the total of the archive, so that it stands still while
    /// pages are turned.
    fn of(app: &App, width: usize) -> Columns {
        let rows = &app.list.rows;
        let widest = |text: fn(&ListRow) -> &str| {
            rows.iter().map(|row| columns(text(row))).max().unwrap_or(0)
        };
        let total = app.archive_total().map_or(0, |total| total.to_string().len());
        let position = match widest(|row| &row.position) {
            0 => 0,
            _ if width < LEAST_WITH_POSITION => 0,
            widest => total.max(widest) + 2,
        };
        let date = if width < LEAST_WITH_DATE {
            0
        } else {
            widest(|row| &row.date).min(WIDEST_DATE).min(width / 3) + 2
        };
        Columns { position, date, title: width.saturating_sub(2 + position + date) }
    }
}

/// Draws the list, or why it is empty.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    let area = crate::tui::view::rect(frame, app.layout.list);
    if area.is_empty() {
        return;
    }
    let width = usize::from(area.width);
    if app.list.rows.is_empty() {
        frame.render_widget(empty(app, theme, width), area);
        return;
    }
    let columns = Columns::of(app, width);
    let selected = app.list.cursor.checked_sub(app.list.first);
    for (at, row) in app.list.rows.iter().enumerate().take(usize::from(area.height)) {
        let y = area.y + u16::try_from(at).unwrap_or(u16::MAX);
        let line_area = ratatui::layout::Rect { y, height: 1, ..area };
        let is_selected = selected == Some(at);
        let in_list = app.pane() != Focus::Detail;
        let style = match (is_selected, in_list) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_aside,
            (false, _) => Style::default(),
        };
        frame.buffer_mut().set_style(line_area, style);
        let sign = sign(app, row, app.list.first + at);
        frame.render_widget(line(row, sign, &columns, theme, is_selected, style), line_area);
        if is_selected {
            frame.set_cursor_position(Position { x: line_area.x, y });
        }
    }
}

/// What stands before a row that is marked, will be with its range, or has a note.
fn sign(app: &App, row: &ListRow, place: usize) -> &'static str {
    let marks = &app.marks;
    match () {
        () if marks.marked.records.has(row.number) => "●",
        () if marks.is_in_range(place, app.list.cursor) => "○",
        () if marks.marked.note(row.number).is_some() => "✎",
        () => " ",
    }
}

fn line<'a>(
    row: &'a ListRow,
    sign: &str,
    of: &Columns,
    theme: &Theme,
    selected: bool,
    style: Style,
) -> Line<'a> {
    let kept = |own: Style| if selected { style } else { own };
    let bar = if selected { "▌" } else { " " };
    let mut spans = vec![Span::styled(format!("{bar}{sign}"), style)];
    if of.position > 0 {
        let text = format!("{:>width$}  ", row.position, width = of.position - 2);
        spans.push(Span::styled(text, kept(theme.position)));
    }
    if of.date > 0 {
        let date = cut(&row.date, of.date - 2);
        let gap = " ".repeat(of.date.saturating_sub(columns(&date)));
        let mark = if row.dated { kept_match(theme, selected) } else { Style::default() };
        spans.push(Span::styled(date, kept(theme.date).patch(mark)));
        spans.push(Span::styled(gap, style));
    }
    let (title, was_cut) = fit(&row.heading, of.title);
    let own = if row.titled { style } else { style.patch(theme.untitled) };
    spans.extend(marked(title, &row.marks, own, kept_match(theme, selected)));
    spans.push(Span::styled(if was_cut { "…" } else { "" }, own));
    Line::from(spans)
}

/// On the selected row a match keeps the row's colours and has only the modifiers of its own.
fn kept_match(theme: &Theme, selected: bool) -> Style {
    if selected { Style::default().add_modifier(theme.r#match.add_modifier) } else { theme.r#match }
}

fn empty<'a>(app: &App, theme: &Theme, width: usize) -> Text<'a> {
    let mut lines = Vec::new();
    for text in app.empty_list() {
        for range in wrap(&text, width.saturating_sub(4)) {
            let part = text.get(range).unwrap_or("");
            lines.push(Line::styled(format!("  {part}"), theme.hint));
        }
    }
    Text::from(lines)
}
