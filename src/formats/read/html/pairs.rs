//! The fields of a block whose elements say that they are pairs of label and value: `dt` and `dd`, cells of a row.

use super::dom::NodeId;
use super::label_text::is_field_label;
use super::labels::FieldFinder;
use super::text::{Line, Piece, collapse, lines_of, text_without};
use crate::formats::read::whole_dates::is_whole_date;

/// The most nodes of a value that is kept with the lists in it: in lists that are never closed each value holds all others.
const MAX_VALUE_NODES: usize = 200;

impl FieldFinder<'_> {
    /// Reads what has labels by its elements: `dt` and `dd`, cells of a table.
    pub(super) fn read_pairs(&mut self, root: NodeId) {
        let ids: Vec<NodeId> = self.page.dom.walk(root).collect();
        let mut label: Option<String> = None;
        for id in ids {
            if self.page.content.is_outside(id) {
                continue;
            }
            match self.page.dom.name(id) {
                "dt" if !self.holds_title(id) => {
                    let text = self.label_text(id);
                    label = Some(text).filter(|text| !text.is_empty());
                    if label.is_some() {
                        self.consumed.insert(id);
                    }
                }
                "dt" | "dl" => label = None,
                "dd" if !self.holds_title(id) => {
                    if let Some(label) = &label {
                        let value = self.value_without_pairs(id);
                        self.add_pair(label, &value);
                        self.consumed.insert(id);
                    }
                }
                "tr" => self.read_row(id),
                _ => {}
            }
        }
    }

    /// Returns the lines of text in an element. A large one is without the pairs of a list in it: these are read themselves.
    fn value_without_pairs(&self, id: NodeId) -> String {
        let dom = &self.page.dom;
        if dom.size(id) <= MAX_VALUE_NODES {
            return self.value_of(id);
        }
        let is_pairs = |list: NodeId| {
            let mut elements = dom.children(list).iter().filter(|id| !dom.name(**id).is_empty());
            let is_label =
                |id: &&NodeId| dom.name(**id) == "dt" && !self.label_text(**id).is_empty();
            dom.name(list) == "dl" && elements.next().is_some_and(|id| is_label(&id))
        };
        let lines = lines_of(dom, &[id], &|it| self.page.content.skips(it) || is_pairs(it));
        lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    /// Reads a row with a label and its values.
    fn read_row(&mut self, row: NodeId) {
        let dom = &self.page.dom;
        let is_cell = |id: &NodeId| ["th", "td"].contains(&dom.name(*id));
        let cells: Vec<NodeId> = dom.children(row).iter().copied().filter(is_cell).collect();
        let Some((first, values)) = cells.split_first().filter(|(_, values)| !values.is_empty())
        else {
            return;
        };
        let label = self.label_text(*first);
        let written = text_without(dom, &[*first], &|id| self.page.content.skips(id));
        let is_label = dom.name(*first) == "th"
            || (values.len() == 1 && (written.ends_with(':') || is_field_label(&label)));
        if !is_label
            || label.is_empty()
            || self.holds_title(row)
            || values.iter().any(|id| dom.name(*id) == "th")
        {
            return;
        }
        let values: Vec<String> = values.iter().map(|value| self.value_of(*value)).collect();
        self.consumed.insert(row);
        for value in &values {
            self.add_pair(&label, value);
        }
    }

    /// Returns the text of a label, without its colon.
    pub(super) fn label_text(&self, id: NodeId) -> String {
        let text = text_without(&self.page.dom, &[id], &|id| self.page.content.skips(id));
        text.trim_end_matches([':', ' ', '\u{a0}']).to_owned()
    }

    /// Whether a line is a sentence or a part of one in which words are highlighted, and has no label: `… by
    /// <em>Keller</em> at the mill …`.
    pub(super) fn is_highlighted_sentence(&self, line: &Line) -> bool {
        let dom = &self.page.dom;
        let text = line.text();
        let is_cut =
            |text: &str| text.starts_with('…') || text.starts_with("...") || text.ends_with('…');
        let is_highlight =
            |piece: &Piece| ["em", "mark", "b", "strong", "i"].contains(&dom.name(piece.element));
        let mut pieces = line.pieces.iter().filter(|piece| !piece.text.trim().is_empty());
        let Some(first) = pieces.next().filter(|first| !is_highlight(first)) else { return false };
        let Some(second) = pieces.next().filter(|second| is_highlight(second)) else {
            return false;
        };
        let label = first.text.trim();
        let value = text.strip_prefix(label).unwrap_or_default().trim();
        // A sentence goes on with a small letter.
        let goes_on = pieces.any(|piece| {
            piece.element != second.element
                && piece.text.trim_start().starts_with(char::is_lowercase)
        });
        !label.ends_with(':') && (is_cut(&text) || goes_on) && !is_whole_date(value)
    }

    /// Joins the pieces of a value. Those in elements of one class side by side, without a text between them, are values of
    /// their own, each on a line.
    pub(super) fn joined_values(&self, pieces: &[&Piece]) -> String {
        let dom = &self.page.dom;
        let shape = |piece: &Piece| {
            let class = dom.attribute(piece.element, "class").filter(|class| !class.is_empty())?;
            Some((dom.parent(piece.element), class))
        };
        let mut values: Vec<String> = Vec::new();
        let mut above: Option<&Piece> = None;
        for piece in pieces {
            let is_blank = piece.text.trim().is_empty();
            let is_other = above.is_some_and(|above| {
                !is_blank
                    && above.element != piece.element
                    && shape(above).is_some()
                    && shape(above) == shape(piece)
            });
            match values.last_mut() {
                Some(value) if !is_other => value.push_str(&piece.text),
                _ => values.push(piece.text.clone()),
            }
            above = if is_blank { above } else { Some(piece) };
        }
        values.iter().map(|value| collapse(value)).collect::<Vec<_>>().join("\n")
    }
}
