//! Where in the lines of a block its title stands, for labels with their values on the line below.

use std::collections::HashMap;

use super::block::Page;
use super::dom::NodeId;
use super::text::{Piece, lines_of};

/// The lines of a block with its title.
pub(super) struct TitleLines {
    /// For each element with text, the first and the last line with a piece in it.
    lines_of_elements: HashMap<NodeId, (usize, usize)>,
    /// For each line, the number of lines before it with text of the title.
    titled_before: Vec<usize>,
}

impl TitleLines {
    /// Finds the lines of the block that begins with `roots`. `used` are the elements of its title.
    pub(super) fn find(page: &Page, roots: &[NodeId], used: &[NodeId]) -> TitleLines {
        let lines = lines_of(&page.dom, roots, &|id| page.content.skips(id));
        let mut found = TitleLines { lines_of_elements: HashMap::new(), titled_before: vec![0] };
        let is_of_title = |piece: &Piece| {
            !piece.text.trim().is_empty()
                && used.iter().any(|it| page.dom.is_in(piece.element, *it))
        };
        let mut titled = 0;
        for (at, line) in lines.iter().enumerate() {
            for piece in &line.pieces {
                found.lines_of_elements.entry(piece.element).or_insert((at, at)).1 = at;
            }
            titled += usize::from(line.pieces.iter().any(is_of_title));
            found.titled_before.push(titled);
        }
        found
    }

    /// Whether the title stands in the lines from the first one of an element up to the last one of another; `None` if one of
    /// both has no line.
    pub(super) fn stands_between(&self, one: NodeId, other: NodeId) -> Option<bool> {
        let (from, _) = *self.lines_of_elements.get(&one)?;
        let (_, to) = *self.lines_of_elements.get(&other)?;
        let before = |line: usize| self.titled_before.get(line).copied().unwrap_or(0);
        Some(before(to.max(from)) > before(from))
    }
}
