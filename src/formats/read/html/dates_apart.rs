//! Which pieces of a line are dates in elements of their own, and no part of the text beside them.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::dom::{Dom, NodeId};
use super::text::{Line, Piece};
use crate::formats::read::whole_dates::is_whole_date;

/// A line, with what is found once for all its pieces.
pub(super) struct DatesApart<'l> {
    dom: &'l Dom,
    line: &'l Line,
    /// Whether the whole line is a date.
    is_date: OnceCell<bool>,
    /// How many pieces have a text.
    counts: OnceCell<HashMap<&'l str, usize>>,
}

impl<'l> DatesApart<'l> {
    pub(super) fn new(dom: &'l Dom, line: &'l Line) -> DatesApart<'l> {
        DatesApart { dom, line, is_date: OnceCell::new(), counts: OnceCell::new() }
    }

    /// Whether a piece of the line is a date in an element of its own.
    pub(super) fn contains(&self, piece: &Piece) -> bool {
        let name = self.dom.name(piece.element);
        name != "a"
            && is_whole_date(&piece.text)
            && (name == "time" || !self.is_whole_date())
            && !self.is_repeated(piece)
            && !self.is_only_element(piece.element)
    }

    fn is_whole_date(&self) -> bool {
        *self.is_date.get_or_init(|| is_whole_date(&self.line.text()))
    }

    /// Whether another element of the line shows the same text, as for screens of another width: a number of views and no
    /// date.
    fn is_repeated(&self, piece: &Piece) -> bool {
        let text = piece.text.trim();
        let count = || {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            for piece in &self.line.pieces {
                *counts.entry(piece.text.trim()).or_default() += 1;
            }
            counts
        };
        text.bytes().all(|byte| byte.is_ascii_digit())
            && self.counts.get_or_init(count).get(text).is_some_and(|count| *count > 1)
    }

    /// Whether all pieces of the line are in an element. They stand in the order of the page.
    fn is_only_element(&self, element: NodeId) -> bool {
        let ends = [self.line.pieces.first(), self.line.pieces.last()];
        ends.into_iter().flatten().all(|piece| self.dom.is_in(piece.element, element))
    }
}
