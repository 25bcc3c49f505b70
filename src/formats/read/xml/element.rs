//! One element with all that is in it, kept flat so that the next one takes its place.

use std::ops::Range;

/// Whether an element of this name stands apart from what is before it, however the file is set.
fn stands_apart(name: &str) -> bool {
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

/// An element and all below it, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    text: String,
    nodes: Vec<Node>,
    attributes: Vec<(Range<usize>, Range<usize>)>,
    /// The elements that have not ended.
    open: Vec<usize>,
}

/// An element, or a text between the tags.
#[derive(Debug)]
struct Node {
    /// The local name of an element; the letters of a text.
    text: Range<usize>,
    attributes: Option<Range<usize>>,
    /// Where what is below it ends.
    end: usize,
}

impl Tree {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.nodes.clear();
        self.attributes.clear();
        self.open.clear();
    }

    /// An element begins.
    #[inline]
    pub(super) fn begin(&mut self, name: &str) {
        let text = self.push(name);
        self.open.push(self.nodes.len());
        let attributes = Some(self.attributes.len()..self.attributes.len());
        self.nodes.push(Node { text, attributes, end: usize::MAX });
    }

    /// An attribute of the element that began last.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        let pair = (self.push(name), self.push(value));
        self.attributes.push(pair);
        if let Some(range) = self.nodes.last_mut().and_then(|node| node.attributes.as_mut()) {
            range.end = self.attributes.len();
        }
    }

    /// Text between the tags.
    #[inline]
    pub(super) fn letters(&mut self, letters: &str) {
        let text = self.push(letters);
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { text, attributes: None, end });
    }

    /// The element that is open ends. Whether all have ended by that.
    pub(super) fn end(&mut self) -> bool {
        let end = self.nodes.len();
        if let Some(node) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) {
            node.end = end;
        }
        self.open.is_empty()
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }

    #[inline]
    fn push(&mut self, letters: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(letters);
        start..self.text.len()
    }

    fn get(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

impl<'t> Element<'t> {
    /// Its name without a prefix.
    pub(crate) fn name(self) -> &'t str {
        self.node().map_or("", |node| self.tree.get(&node.text))
    }

    /// Its attributes, by their names without a prefix.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let range = self.node().and_then(|node| node.attributes.clone()).unwrap_or(0..0);
        let pairs = self.tree.attributes.get(range).unwrap_or(&[]);
        pairs.iter().map(|(name, value)| (self.tree.get(name), self.tree.get(value)))
    }

    /// The value of an attribute, where it has one.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let mut found = self.attributes().filter(|(key, _)| *key == name);
        found.find_map(|(_, value)| Some(value.trim()).filter(|value| !value.is_empty()))
    }

    /// The elements in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.below().filter(|child| child.node().is_some_and(|node| node.attributes.is_some()))
    }

    /// The elements in it with this name.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element in it with this name.
    pub(crate) fn first(self, name: &str) -> Option<Element<'t>> {
        self.all(name).next()
    }

    /// Whether there is text right in it, beside its elements.
    pub(crate) fn has_text(self) -> bool {
        let mut texts = self.below().filter_map(Element::node);
        texts.any(|node| node.attributes.is_none() && !self.tree.get(&node.text).trim().is_empty())
    }

    /// All text in it, as one line.
    pub(crate) fn text(self) -> String {
        self.text_without(|_| false)
    }

    /// The text in it as it stands, white space and all.
    pub(crate) fn letters(self) -> String {
        let texts = self.below().filter_map(Element::node).filter(|node| node.attributes.is_none());
        texts.map(|node| self.tree.get(&node.text)).collect()
    }

    /// The text in it but for some elements, as one line.
    pub(crate) fn text_without(self, leave: impl Fn(&str) -> bool) -> String {
        let mut line = String::new();
        let (mut at, end) = (self.at + 1, self.node().map_or(0, |node| node.end));
        let mut gap = false;
        while let Some(node) = self.tree.nodes.get(at).filter(|_| at < end) {
            let text = self.tree.get(&node.text);
            at += 1;
            if node.attributes.is_none() {
                gap = append(&mut line, text, gap);
            } else if leave(text) {
                (at, gap) = (node.end, true);
            } else {
                gap = gap || stands_apart(text);
            }
        }
        line
    }

    fn below(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.node().map_or(0, |node| node.end);
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let child = Element { at, ..self };
            at = child.node().filter(|_| at < end)?.end;
            Some(child)
        })
    }

    fn node(self) -> Option<&'t Node> {
        self.tree.nodes.get(self.at)
    }
}

/// Whether a text has no white space but single spaces between its words: most texts have none, and
/// can be taken as they stand.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ([b'!'..=b'~', rest @ ..], [.., b'!'..=b'~']) = (bytes, bytes) else { return false };
    // All bytes are looked at, without a branch, and so many at once. Only two spaces make one together.
    bytes.iter().zip(rest).fold(true, |plain, (one, next)| {
        let (is_letter, is_single) = ((b' '..0x7f).contains(next), (one | next) != b' ');
        plain & is_letter & is_single
    })
}

/// Adds text with white space as one space. Whether there is a gap behind it.
fn append(line: &mut String, text: &str, gap: bool) -> bool {
    if is_plain(text) {
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
