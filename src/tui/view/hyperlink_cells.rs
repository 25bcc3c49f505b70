//! The cells that are part of an address: what they lead to is told beside the drawing.
//!
//! A cell holds what is seen and nothing else, so that its width is that of its letters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::urls::{Link, find};
use crate::text::width::columns;
use crate::tui::app::App;
use crate::tui::panes::{detail, status};

/// Cells in a row that lead to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The cells.
    pub cells: Rect,
    /// Where they lead, in visible ASCII letters.
    pub address: String,
}

/// The cells of a drawing that lead to addresses: those where the whole of a piece is seen, which is
/// neither cut nor below a popup.
pub fn of(app: &App, drawn: &Buffer) -> Vec<Linked> {
    let mut links: Vec<Linked> = detail::view::links(app, drawn.area)
        .filter_map(|(row, before, text, link)| linked(drawn, row, before, text, link))
        .collect();
    if let Some((row, before, text)) = status::view::said(app, drawn.area) {
        let found = find(&text);
        links.extend(found.iter().filter_map(|link| linked(drawn, row, before, &text, link)));
    }
    links
}

/// The cells of a link in a row whose text begins after so many columns, where they show it.
fn linked(drawn: &Buffer, row: Rect, before: usize, text: &str, link: &Link) -> Option<Linked> {
    let letters = text.get(link.part.clone())?;
    let start = before + columns(text.get(..link.part.start)?);
    let x = row.x.checked_add(u16::try_from(start).ok()?)?;
    let width = u16::try_from(columns(letters)).ok()?;
    let cells = Rect { x, width, ..row };
    let seen = cells.intersection(row) == cells && shows(drawn, cells, letters);
    seen.then(|| Linked { cells, address: link.address.clone() })
}

/// Whether the cells show these letters.
fn shows(drawn: &Buffer, cells: Rect, letters: &str) -> bool {
    let mut x = cells.x;
    letters.graphemes(true).all(|letter| {
        let same = drawn.cell((x, cells.y)).is_some_and(|cell| cell.symbol() == letter);
        x = x.saturating_add(u16::try_from(columns(letter)).unwrap_or(0));
        same
    })
}
