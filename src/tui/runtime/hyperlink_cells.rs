//! Finds the cells of the screen that show a web address, so that the terminal can link them.
//!
//! The links are kept outside of the buffer: an escape sequence in a cell would change its width.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::urls::{Link, find_links};
use crate::text::width::display_width;
use crate::tui::app::App;
use crate::tui::panes::{detail, status};
use crate::tui::view::{TextRow, detail_look};

/// Adjacent cells of one row that link to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedCells {
    /// The cells.
    pub cells: Rect,
    /// The address, in visible ASCII characters.
    pub address: String,
}

/// Returns the cells that link to addresses. A link that is truncated or covered is left out.
pub fn find_linked_cells(app: &App, buffer: &Buffer) -> Vec<LinkedCells> {
    let mut links: Vec<LinkedCells> =
        detail::view::links(&app.workspace.panes.detail, detail_look(app), buffer.area)
            .filter_map(|(text_row, link)| locate_link(buffer, &text_row, link))
            .collect();
    if let Some(message) = status::view::message_row(
        app.notice.as_ref(),
        app.workspace.panes.layout.message_line,
        buffer.area,
    ) {
        let found = find_links(&message.text);
        links.extend(found.iter().filter_map(|link| locate_link(buffer, &message, link)));
    }
    links
}

/// Returns the cells of a link, if they are on the screen and show its text.
fn locate_link(buffer: &Buffer, text_row: &TextRow<'_>, link: &Link) -> Option<LinkedCells> {
    let TextRow { row, indent, text } = text_row;
    let link_text = text.get(link.range.clone())?;
    let start = indent + display_width(text.get(..link.range.start)?);
    let x = row.x.checked_add(u16::try_from(start).ok()?)?;
    let width = u16::try_from(display_width(link_text)).ok()?;
    let cells = Rect { x, width, ..*row };
    let is_visible = cells.intersection(*row) == cells && cells_show(buffer, cells, link_text);
    is_visible.then(|| LinkedCells { cells, address: link.url.clone() })
}

/// Whether the cells show this text.
fn cells_show(buffer: &Buffer, cells: Rect, text: &str) -> bool {
    let mut x = cells.x;
    text.graphemes(true).all(|grapheme| {
        let same = buffer.cell((x, cells.y)).is_some_and(|cell| cell.symbol() == grapheme);
        x = x.saturating_add(u16::try_from(display_width(grapheme)).unwrap_or(0));
        same
    })
}
