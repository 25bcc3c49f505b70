//! The text of elements, as lines that a browser shows.

use super::content::Content;
use super::dom::{Dom, NodeId};

/// Elements that start and end on lines of their own.
const BLOCK_ELEMENTS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Whether an element starts and ends on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCK_ELEMENTS.contains(&name)
}

/// A piece of text in one element.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The text, with white space collapsed; spaces at its ends are kept.
    pub(super) text: String,
    /// The element in which it stands.
    pub(super) element: NodeId,
    /// Whether an element such as a button stands between this piece and the one before it.
    pub(super) starts_new: bool,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
}

impl Line {
    /// The text of the line.
    pub(super) fn text(&self) -> String {
        let mut joined = String::new();
        for piece in &self.pieces {
            if piece.starts_new {
                joined.push(' ');
            }
            joined.push_str(&piece.text);
        }
        collapse(&joined)
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }
}

/// Returns the lines of nodes and their descendants. It skips a node if `leaves_out` is true for it.
pub(super) fn lines_of(
    dom: &Dom,
    roots: &[NodeId],
    leaves_out: &dyn Fn(NodeId) -> bool,
) -> Vec<Line> {
    let mut collector = LineCollector::default();
    for root in roots {
        collector.add(dom, *root, leaves_out);
    }
    collector.end_line();
    collector.lines
}

/// Collects lines.
#[derive(Default)]
struct LineCollector {
    lines: Vec<Line>,
    open: Line,
    /// Whether something was left out behind the last piece.
    has_gap: bool,
}

impl LineCollector {
    fn add(&mut self, dom: &Dom, id: NodeId, leaves_out: &dyn Fn(NodeId) -> bool) {
        if leaves_out(id) {
            // A block that is left out still ends the line before it.
            if is_block(dom.name(id)) {
                self.end_line();
            }
            self.has_gap = true;
            return;
        }
        if let Some(text) = dom.own_text(id) {
            let text = collapse_keeping_ends(text);
            if !text.is_empty() {
                let element = dom.parent(id).unwrap_or(id);
                let before = self.open.pieces.last();
                let starts_new = before.is_some_and(|before| {
                    self.has_gap || are_apart(dom, (before.element, &before.text), (element, &text))
                });
                self.has_gap = false;
                self.open.pieces.push(Piece { text, element, starts_new });
            }
            return;
        }
        let name = dom.name(id);
        if name == "br" || is_block(name) {
            self.end_line();
        }
        for child in dom.children(id) {
            self.add(dom, *child, leaves_out);
        }
        if is_block(name) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.open);
        if !line.is_blank() {
            self.lines.push(line);
        }
    }
}

/// Whether two pieces without white space between them are in elements that stand side by side. Styles
/// of the page part them: `<span>Keller, Anna</span><span>12 July 1945</span>`.
fn are_apart(dom: &Dom, (one, before): (NodeId, &str), (other, text): (NodeId, &str)) -> bool {
    const PARTED: [&str; 6] = ["span", "time", "a", "small", "label", "cite"];
    let is_parted = |id| PARTED.contains(&dom.name(id));
    let has_space = before.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace);
    let is_sign = |text: &str| !text.chars().any(char::is_alphanumeric);
    one != other
        && is_parted(one)
        && is_parted(other)
        && !dom.is_in(one, other)
        && !dom.is_in(other, one)
        && !has_space
        && !is_sign(before)
        && !is_sign(text)
        && !before.ends_with(['(', '[', '-', '–', '/'])
        && !text.starts_with([',', '.', ';', ':', ')', ']', '-', '–', '/'])
}

/// Returns the text of an element on one line.
pub(super) fn text_of(dom: &Dom, content: &Content, id: NodeId) -> String {
    text_without(dom, &[id], &|id| content.skips(id))
}

/// Returns the text of nodes on one line, without some.
pub(super) fn text_without(
    dom: &Dom,
    roots: &[NodeId],
    leaves_out: &dyn Fn(NodeId) -> bool,
) -> String {
    let lines = lines_of(dom, roots, leaves_out);
    collapse(&lines.iter().map(Line::text).collect::<Vec<_>>().join(" "))
}

/// A text on one line, with white space collapsed.
pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with white space collapsed, and one space at each end that had white space.
fn collapse_keeping_ends(text: &str) -> String {
    let words = collapse(text);
    if words.is_empty() {
        return if text.is_empty() { String::new() } else { " ".to_owned() };
    }
    let before = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{words}{after}")
}

/// Returns for each node the number of bytes of the text in it, without blanks, colons, and what is left out of it. Its text
/// on one line has no fewer.
pub(super) fn text_bytes(dom: &Dom, leaves_out: &dyn Fn(NodeId) -> bool) -> Vec<usize> {
    let mut bytes = vec![0; dom.len()];
    let is_counted = |letter: &char| !letter.is_whitespace() && *letter != ':';
    let ids: Vec<NodeId> = dom.all().collect();
    // The last first, so that each node is counted before the one above it.
    for id in ids.into_iter().rev() {
        let own = dom.own_text(id).unwrap_or("").chars().filter(is_counted);
        let own: usize = own.map(char::len_utf8).sum();
        let Some(all) = bytes.get_mut(id) else { continue };
        *all += own;
        let all = *all;
        let above = dom.parent(id).filter(|_| !leaves_out(id));
        if let Some(above) = above.and_then(|parent| bytes.get_mut(parent)) {
            *above += all;
        }
    }
    bytes
}
