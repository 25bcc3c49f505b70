//! The tree of a page, as browsers build it from any HTML (<https://html.spec.whatwg.org/multipage/parsing.html>).
//!
//! `html5ever` parses; this is its tree: nodes in one list, each with its line in the file.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::open_tags::OpenTags;
use super::positions::Positions;

/// The deepest nesting of elements; browsers have the same bound.
pub(super) const MAX_DEPTH: usize = 512;

/// The number of nodes that any page may have.
const MIN_NODES: usize = 1_000;

/// The number of a node in its [`Dom`]. The document is number 0.
pub(super) type NodeId = usize;

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) children: Vec<NodeId>,
    pub(super) kind: NodeKind,
    /// The line of the file, counted from 1.
    pub(super) line: usize,
    /// The number of nodes above it.
    depth: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum NodeKind {
    /// The document, and what else is neither element nor text.
    Other,
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(String),
    Comment(String),
}

/// A page as a tree.
#[derive(Debug, Default)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    positions: Positions,
    /// The line of the first element that was left out because it is below [`MAX_DEPTH`].
    pub(super) first_left_out: Option<usize>,
}

impl Dom {
    /// Parses a page. Any text is one.
    pub(super) fn parse(page: &str) -> Dom {
        let builder = BoundedBuilder {
            builder: TreeBuilder::new(DomSink::default(), TreeBuilderOpts::default()),
            open: RefCell::default(),
            max_nodes: page.len() + MIN_NODES,
        };
        let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(page));
        // A script pauses the parser.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    /// The number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The children of a node.
    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        self.node(id).map_or(&[], |node| &node.children)
    }

    /// The last element before a node among its siblings.
    pub(super) fn element_before(&self, id: NodeId) -> Option<NodeId> {
        self.positions.element_before(id)
    }

    /// The parent of a node.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// The line of a node.
    pub(super) fn line(&self, id: NodeId) -> usize {
        self.node(id).map_or(1, |node| node.line)
    }

    /// The name of an element in lower case; empty for other nodes.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Element { name, .. }) => &name.local,
            _ => "",
        }
    }

    /// The text of a text node.
    pub(super) fn own_text(&self, id: NodeId) -> Option<&str> {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a comment.
    pub(super) fn comment(&self, id: NodeId) -> Option<&str> {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Comment(text)) => Some(text),
            _ => None,
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Element { attributes, .. }) => {
                let found = attributes.iter().find(|it| &*it.name.local == wanted);
                found.map(|it| &*it.value)
            }
            _ => None,
        }
    }

    /// All nodes in the order of the page, below and with this one.
    pub(super) fn walk(&self, root: NodeId) -> Walk<'_> {
        Walk { dom: self, open: vec![root], skipped: None }
    }

    /// All nodes of the page in its order.
    pub(super) fn all(&self) -> Walk<'_> {
        self.walk(0)
    }

    /// The nodes above a node, the nearest first.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    /// Whether a node is another one or stands in it.
    pub(super) fn is_in(&self, id: NodeId, outer: NodeId) -> bool {
        self.positions.is_in(id, outer)
    }

    /// The number of nodes in a node, with itself.
    pub(super) fn size(&self, id: NodeId) -> usize {
        self.positions.size(id)
    }

    /// The number of nodes before a node in the order of the page.
    pub(super) fn start(&self, id: NodeId) -> usize {
        self.positions.start(id)
    }

    /// The number of the nodes `ids` that are a node or stand in it. They are in the order of the page.
    pub(super) fn count_in(&self, ids: &[NodeId], outer: NodeId) -> usize {
        let (start, size) = (self.start(outer), self.size(outer));
        let before = |end: usize| ids.partition_point(|id| self.start(*id) < end);
        before(start.saturating_add(size)) - before(start)
    }

    /// Whether a node is one of the nodes `ids`, which are in the order of the page.
    pub(super) fn is_one_of(&self, id: NodeId, ids: &[NodeId]) -> bool {
        ids.binary_search_by_key(&self.start(id), |it| self.start(*it)).is_ok()
    }

    /// The siblings behind a node, in the order of the page.
    pub(super) fn siblings_behind(&self, id: NodeId) -> &[NodeId] {
        let siblings = self.parent(id).map_or(&[][..], |parent| self.children(parent));
        let behind = siblings.partition_point(|it| self.start(*it) <= self.start(id));
        siblings.get(behind..).unwrap_or_default()
    }
}

/// Nodes in the order of the page.
pub(super) struct Walk<'d> {
    dom: &'d Dom,
    open: Vec<NodeId>,
    /// The node whose children were not opened yet.
    skipped: Option<NodeId>,
}

impl Walk<'_> {
    /// Leaves out what is in the node returned last.
    pub(super) fn skip_children(&mut self) {
        self.skipped = None;
    }
}

impl Iterator for Walk<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if let Some(last) = self.skipped.take() {
            self.open.extend(self.dom.children(last).iter().rev());
        }
        let next = self.open.pop()?;
        self.skipped = Some(next);
        Some(next)
    }
}

/// Builds a [`Dom`].
struct DomSink {
    nodes: RefCell<Vec<Node>>,
    /// The contents of templates, which browsers do not show, go there.
    hidden: NodeId,
    line: Cell<usize>,
    /// The depth of the node that was added last.
    depth: Cell<usize>,
    /// The line of the first element that was left out.
    first_left_out: Cell<Option<usize>>,
}

impl Default for DomSink {
    fn default() -> DomSink {
        let other = || Node {
            parent: None,
            children: Vec::new(),
            kind: NodeKind::Other,
            line: 1,
            depth: 0,
        };
        DomSink {
            nodes: RefCell::new(vec![other(), other()]),
            hidden: 1,
            line: Cell::new(1),
            depth: Cell::new(0),
            first_left_out: Cell::default(),
        }
    }
}

/// Passes tokens on to the builder, without tags below [`MAX_DEPTH`]: the builder searches the open elements
/// for most tags, and opens elements again whose end tag is missing.
struct BoundedBuilder {
    builder: TreeBuilder<NodeId, DomSink>,
    open: RefCell<OpenTags>,
    /// A page has fewer nodes than bytes.
    max_nodes: usize,
}

impl TokenSink for BoundedBuilder {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let sink = &self.builder.sink;
        if let Token::TagToken(tag) = &token {
            let is_deep = sink.depth.get() > MAX_DEPTH;
            let mut open = self.open.borrow_mut();
            let is_left_out = match tag.kind {
                TagKind::StartTag => open.start(&tag.name, tag.self_closing, is_deep),
                TagKind::EndTag => open.end(&tag.name),
            };
            if is_left_out {
                let first = sink.first_left_out.get().or(usize::try_from(line).ok());
                sink.first_left_out.set(first);
                return TokenSinkResult::Continue;
            }
        }
        if sink.nodes.borrow().len() > self.max_nodes {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl DomSink {
    /// Adds a node without a parent.
    fn create(&self, kind: NodeKind) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            parent: None,
            children: Vec::new(),
            kind,
            line: self.line.get(),
            depth: 0,
        });
        nodes.len() - 1
    }

    /// Sets the parent of a node, and the place of the node among its children; `None` is the end.
    fn insert(&self, parent: NodeId, at: Option<usize>, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let children = nodes.get(parent).map(|node| node.children.as_slice());
                let before = children.and_then(|children| match at {
                    None => children.last(),
                    Some(at) => at.checked_sub(1).and_then(|at| children.get(at)),
                });
                if let Some(before) = before.copied()
                    && let Some(Node { kind: NodeKind::Text(before), .. }) = nodes.get_mut(before)
                {
                    before.push_str(&text);
                    return;
                }
                drop(nodes);
                self.create(NodeKind::Text(text.to_string()))
            }
        };
        self.remove_from_parent(&child);
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |node| node.depth + 1);
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
            node.depth = depth;
        }
        self.depth.set(depth);
        if let Some(node) = nodes.get_mut(parent) {
            let at = at.unwrap_or(node.children.len()).min(node.children.len());
            node.children.insert(at, child);
        }
    }
}

/// The name of an element that outlives the borrow of the nodes.
#[derive(Debug)]
struct ElementName(QualName);

impl html5ever::interface::ElemName for ElementName {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for DomSink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = ElementName;

    fn finish(self) -> Dom {
        let nodes = self.nodes.into_inner();
        let positions = Positions::find(&nodes);
        Dom { nodes, positions, first_left_out: self.first_left_out.get() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> ElementName {
        let nodes = self.nodes.borrow();
        ElementName(match nodes.get(*target).map(|node| &node.kind) {
            Some(NodeKind::Element { name, .. }) => name.clone(),
            _ => QualName::new(None, ns!(), local_name!("")),
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        self.create(NodeKind::Element { name, attributes })
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.create(NodeKind::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.create(NodeKind::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self.nodes.borrow().get(*element).is_some_and(|it| it.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _: &NodeId) -> NodeId {
        self.hidden
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes.get(*sibling).and_then(|node| node.parent);
            parent.map(|parent| {
                let children = nodes.get(parent).map(|node| node.children.as_slice());
                // What is moved there stands near the end.
                (
                    parent,
                    children.and_then(|children| children.iter().rposition(|it| it == sibling)),
                )
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(Node { kind: NodeKind::Element { attributes: known, .. }, .. }) =
            nodes.get_mut(*target)
        {
            for attribute in attributes {
                if !known.iter().any(|it| it.name == attribute.name) {
                    known.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes.get_mut(*target).and_then(|node| node.parent.take());
        if let Some(node) = parent.and_then(|parent| nodes.get_mut(parent))
            && let Some(at) = node.children.iter().rposition(|it| it == target)
        {
            node.children.remove(at);
        }
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let children =
            nodes.get_mut(*node).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
        for child in &children {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(*new_parent);
            }
        }
        if let Some(parent) = nodes.get_mut(*new_parent) {
            parent.children.extend(children);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
    }
}
