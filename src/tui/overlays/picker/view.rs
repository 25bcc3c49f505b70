//! Small popups: one of several to choose, and what may follow a first key of two.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::state::{ChooserState, centred};
use crate::text::width::{columns, cut};
use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::layout::Area;
use crate::tui::theme::Theme;

/// Draws the popup, where there is one.
pub(crate) fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    match (&app.chooser, app.focus) {
        (Some(chooser), Focus::Choice) => draw_offers(frame, app, chooser, theme),
        (_, Focus::Copy) => draw_copies(frame, app, theme),
        _ => {}
    }
}

/// Draws what can be chosen.
fn draw_offers(frame: &mut Frame, app: &App, chooser: &ChooserState, theme: &Theme) {
    let inner = draw_box(frame, chooser.area(app.layout.screen), chooser.title(), theme);
    let first = chooser.first(usize::from(inner.height));
    for (offer, row) in chooser.offers.iter().enumerate().skip(first).zip(inner.rows()) {
        let (at, offer) = offer;
        let line = row_of(&offer.name, chooser.name_width(), &offer.says, row, theme);
        frame.render_widget(line, row);
        if at == chooser.cursor {
            frame.buffer_mut().set_style(row, theme.selected);
            frame.set_cursor_position((row.x, row.y));
        }
    }
}

/// Draws what can be copied, with the keys.
fn draw_copies(frame: &mut Frame, app: &App, theme: &Theme) {
    let rows = app.keymap.help(Focus::Copy);
    let labels = rows.iter().map(|(keys, _)| columns(keys)).max().unwrap_or(0);
    let texts = rows.iter().map(|(_, command)| columns(command.says())).max().unwrap_or(0);
    let title = format!("copy · citations in {}", app.style);
    let width = (labels + 2 + texts).max(columns(&title) + 2) + 4;
    let area = centred(width, rows.len() + 2, app.layout.screen);
    let inner = draw_box(frame, area, &title, theme);
    for ((keys, command), row) in rows.iter().zip(inner.rows()) {
        frame.render_widget(row_of(keys, labels, command.says(), row, theme), row);
    }
}

/// Draws an empty box with a title, and says where there is room in it.
fn draw_box(frame: &mut Frame, area: Area, title: &str, theme: &Theme) -> Rect {
    let area = crate::tui::view::rect(frame, area);
    frame.render_widget(Clear, area);
    let room = usize::from(area.width.saturating_sub(4));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule_active)
        .title(format!(" {} ", cut(title, room)));
    frame.render_widget(block, area);
    area.inner(Margin { horizontal: 2, vertical: 1 })
}

/// A name and what it is, cut to the row.
fn row_of<'a>(name: &str, width: usize, says: &str, row: Rect, theme: &Theme) -> Line<'a> {
    let gap = " ".repeat(width.saturating_sub(columns(name)) + 2);
    let room = usize::from(row.width).saturating_sub(columns(name) + columns(&gap));
    Line::from(vec![
        Span::styled(name.to_owned(), theme.label),
        Span::raw(gap),
        Span::raw(cut(says, room).into_owned()),
    ])
}
