//! One XML element with its descendants, stored in flat vectors whose memory the next one reuses.

use std::collections::HashSet;
use std::ops::Range;

/// Whether a space comes before the text of an element of this name.
///
/// The space is added even if the file has no white space between the tags.
fn needs_space_before(name: &str) -> bool {
    matches!(
        name,
        "addressline"
            | "br"
            | "chronitem"
            | "corpname"
            | "date"
            | "defitem"
            | "dimensions"
            | "entry"
            | "event"
            | "extent"
            | "famname"
            | "geogname"
            | "head"
            | "item"
            | "label"
            | "language"
            | "lb"
            | "num"
            | "p"
            | "part"
            | "persname"
            | "physfacet"
            | "row"
            | "subarea"
            | "subtitle"
            | "title"
            | "unitdate"
    )
}

/// An element and all its descendants, in document order.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// All names, values and texts, concatenated.
    text: String,
    nodes: Vec<Node>,
    /// The name and value of each attribute, as ranges of `text`.
    attributes: Vec<(Range<usize>, Range<usize>)>,
    /// The indices of the open elements, outermost first.
    open: Vec<usize>,
    /// The indices of the elements that have no end tag of their own.
    unended: HashSet<usize>,
}

/// An element, or a text between tags.
#[derive(Debug)]
struct Node {
    /// The local name of an element, or the content of a text.
    text: Range<usize>,
    /// The range of an element's attributes; `None` for a text.
    attributes: Option<Range<usize>>,
    /// The index behind its last descendant.
    end: usize,
}

impl Tree {
    /// Removes all nodes, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.nodes.clear();
        self.attributes.clear();
        self.open.clear();
        self.unended.clear();
    }

    /// Starts an element.
    #[inline]
    pub(super) fn start_element(&mut self, name: &str) {
        let text = self.store_text(name);
        self.open.push(self.nodes.len());
        let attributes = Some(self.attributes.len()..self.attributes.len());
        self.nodes.push(Node { text, attributes, end: usize::MAX });
    }

    /// Adds an attribute to the element that started last.
    pub(super) fn add_attribute(&mut self, name: &str, value: &str) {
        let pair = (self.store_text(name), self.store_text(value));
        self.attributes.push(pair);
        if let Some(range) = self.nodes.last_mut().and_then(|node| node.attributes.as_mut()) {
            range.end = self.attributes.len();
        }
    }

    /// Adds text between tags.
    #[inline]
    pub(super) fn add_text(&mut self, text: &str) {
        let text = self.store_text(text);
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { text, attributes: None, end });
    }

    /// Notes that the innermost open element has no end tag of its own.
    #[cold]
    pub(super) fn mark_unended(&mut self) {
        self.unended.extend(self.open.last().copied());
    }

    /// Ends the innermost open element. Returns whether no element is open now.
    pub(super) fn end_element(&mut self) -> bool {
        let end = self.nodes.len();
        if let Some(node) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) {
            node.end = end;
        }
        self.open.is_empty()
    }

    /// The outermost element, or the text if a text was read.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, node_index: 0 }
    }

    /// Appends to `text` and returns the range.
    #[inline]
    fn store_text(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The text of a range.
    fn text_at(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }
}

/// An element of a [`Tree`]; a cheap reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    node_index: usize,
}

impl<'t> Element<'t> {
    /// The local name.
    pub(crate) fn name(self) -> &'t str {
        self.node().map_or("", |node| self.tree.text_at(&node.text))
    }

    /// Whether another element of the same document is in this one.
    pub(crate) fn contains(self, other: Element<'_>) -> bool {
        let end = self.node().map_or(0, |node| node.end);
        std::ptr::eq(self.tree, other.tree)
            && (self.node_index + 1..end).contains(&other.node_index)
    }

    /// The local names and values of the attributes.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let range = self.node().and_then(|node| node.attributes.clone()).unwrap_or(0..0);
        let pairs = self.tree.attributes.get(range).unwrap_or(&[]);
        pairs.iter().map(|(name, value)| (self.tree.text_at(name), self.tree.text_at(value)))
    }

    /// The trimmed value of an attribute; `None` where it is missing or empty.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let mut found = self.attributes().filter(|(key, _)| *key == name);
        found.find_map(|(_, value)| Some(value.trim()).filter(|value| !value.is_empty()))
    }

    /// The child elements.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.child_nodes()
            .filter(|child| child.node().is_some_and(|node| node.attributes.is_some()))
    }

    /// The child elements with this name.
    pub(crate) fn children_named(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first child element with this name.
    pub(crate) fn first_child(self, name: &str) -> Option<Element<'t>> {
        self.children_named(name).next()
    }

    /// Whether it has no end tag of its own, so that it may hold what stands behind it.
    pub(crate) fn is_unended(self) -> bool {
        self.tree.unended.contains(&self.node_index)
    }

    /// Whether any text is directly in it, not in a child element.
    pub(crate) fn has_text(self) -> bool {
        let mut texts = self.child_nodes().filter_map(Element::node);
        texts.any(|node| {
            node.attributes.is_none() && !self.tree.text_at(&node.text).trim().is_empty()
        })
    }

    /// The text before its first child element, trimmed.
    pub(crate) fn leading_text(self) -> &'t str {
        let first = self.child_nodes().next().and_then(Element::node);
        let text = first.filter(|node| node.attributes.is_none());
        text.map_or("", |node| self.tree.text_at(&node.text).trim())
    }

    /// All text in it on one line, with white space collapsed.
    pub(crate) fn text(self) -> String {
        self.text_without(|_| false)
    }

    /// The text directly in it, with all white space.
    pub(crate) fn raw_text(self) -> String {
        let texts =
            self.child_nodes().filter_map(Element::node).filter(|node| node.attributes.is_none());
        texts.map(|node| self.tree.text_at(&node.text)).collect()
    }

    /// The text in it on one line, without the descendants whose name `is_excluded`.
    pub(crate) fn text_without(self, is_excluded: impl Fn(&str) -> bool) -> String {
        self.text_where(|name, _| !is_excluded(name))
    }

    /// The text in it on one line, without the child elements of this name. Those deeper in it stay.
    pub(crate) fn text_without_children(self, name: &str) -> String {
        self.text_where(|other, is_child| !is_child || other != name)
    }

    /// The text in it on one line, with the elements that `is_included`, by name and whether they are
    /// children.
    fn text_where(self, is_included: impl Fn(&str, bool) -> bool) -> String {
        let mut line = String::new();
        let (mut at, end) = (self.node_index + 1, self.node().map_or(0, |node| node.end));
        let mut next_child = at;
        let mut gap = false;
        while let Some(node) = self.tree.nodes.get(at).filter(|_| at < end) {
            let text = self.tree.text_at(&node.text);
            let is_child = at == next_child;
            if is_child {
                next_child = node.end;
            }
            at += 1;
            if node.attributes.is_none() {
                gap = append_text(&mut line, text, gap);
            } else if is_included(text, is_child) {
                gap = gap || needs_space_before(text);
            } else {
                (at, gap) = (node.end, true);
            }
        }
        line
    }

    /// The texts between its line breaks, without the child elements whose name `is_excluded`.
    pub(crate) fn lines_without(self, is_excluded: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut lines, mut line, mut gap) = (Vec::new(), String::new(), false);
        for child in self.child_nodes() {
            let name = child.name();
            if child.node().is_some_and(|node| node.attributes.is_none()) {
                // The name of a text is its content.
                gap = append_text(&mut line, name, gap);
            } else if name == "lb" {
                lines.push(std::mem::take(&mut line));
                gap = false;
            } else if is_excluded(name) {
                gap = true;
            } else {
                gap = append_text(&mut line, &child.text(), gap || needs_space_before(name));
            }
        }
        lines.push(line);
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// All elements in it, in document order.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        // An element that the file does not end has no end.
        let end = self.node().map_or(0, |node| node.end.min(self.tree.nodes.len()));
        let elements =
            (self.node_index + 1..end).map(move |node_index| Element { node_index, ..self });
        elements.filter(|it| it.node().is_some_and(|node| node.attributes.is_some()))
    }

    /// The child elements and texts.
    fn child_nodes(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.node().map_or(0, |node| node.end);
        let mut at = self.node_index + 1;
        std::iter::from_fn(move || {
            let child = Element { node_index: at, ..self };
            at = child.node().filter(|_| at < end)?.end;
            Some(child)
        })
    }

    fn node(self) -> Option<&'t Node> {
        self.tree.nodes.get(self.node_index)
    }
}

/// Whether a text is printable ASCII with single spaces between words.
///
/// Most texts are, and can be appended without looking for words.
fn is_single_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ([b'!'..=b'~', rest @ ..], [.., b'!'..=b'~']) = (bytes, bytes) else { return false };
    // Without a branch the loop is vectorised. The bitwise or of two printable bytes is a space only
    // if both are spaces.
    bytes.iter().zip(rest).fold(true, |plain, (one, next)| {
        let (is_letter, is_single) = ((b' '..0x7f).contains(next), (one | next) != b' ');
        plain & is_letter & is_single
    })
}

/// Appends text with collapsed white space. `gap`: white space came before it.
///
/// Returns whether white space follows the text.
fn append_text(line: &mut String, text: &str, gap: bool) -> bool {
    if is_single_spaced(text) {
        if gap && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(text);
        return false;
    }
    if text.trim_ascii().is_empty() {
        return gap || !text.is_empty();
    }
    let mut gap = gap || text.starts_with(char::is_whitespace);
    for word in text.split_whitespace() {
        if gap && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        gap = true;
    }
    text.ends_with(char::is_whitespace) || gap && text.trim().is_empty()
}
