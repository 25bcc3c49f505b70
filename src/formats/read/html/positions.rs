//! Where the nodes of a page stand in its order, so that questions about two nodes take constant time.

use std::num::NonZero;

use super::dom::{Node, NodeId, NodeKind};

/// The positions of the nodes of a page.
#[derive(Debug, Default)]
pub(super) struct Positions {
    /// For each node, the number of nodes before it in the order of the page.
    starts: Vec<usize>,
    /// For each node, the position behind the last node in it.
    ends: Vec<usize>,
    /// For each node, the element before it among its siblings.
    elements_before: Vec<Option<NonZero<u32>>>,
}

impl Positions {
    /// Finds the positions of all nodes. Each node without a parent begins a tree of its own.
    pub(super) fn find(nodes: &[Node]) -> Positions {
        let mut starts = vec![0; nodes.len()];
        let mut ends = vec![0; nodes.len()];
        let mut next = 0;
        let roots =
            (0..nodes.len()).filter(|id| nodes.get(*id).is_some_and(|it| it.parent.is_none()));
        for root in roots {
            let mut open = vec![(root, false)];
            while let Some((id, is_read)) = open.pop() {
                if is_read {
                    set(&mut ends, id, next);
                    continue;
                }
                set(&mut starts, id, next);
                next += 1;
                open.push((id, true));
                let children = nodes.get(id).map_or(&[][..], |node| &node.children);
                open.extend(children.iter().rev().map(|child| (*child, false)));
            }
        }
        Positions { starts, ends, elements_before: elements_before(nodes) }
    }

    /// The last element before a node among its siblings.
    pub(super) fn element_before(&self, id: NodeId) -> Option<NodeId> {
        let before = self.elements_before.get(id).copied().flatten()?;
        usize::try_from(before.get()).ok()
    }

    /// The number of nodes before a node in the order of the page.
    pub(super) fn start(&self, id: NodeId) -> usize {
        self.starts.get(id).copied().unwrap_or(usize::MAX)
    }

    /// The number of nodes in a node, with itself.
    pub(super) fn size(&self, id: NodeId) -> usize {
        self.ends.get(id).map_or(0, |end| end.saturating_sub(self.start(id)))
    }

    /// Whether a node is another one or stands in it.
    pub(super) fn is_in(&self, id: NodeId, outer: NodeId) -> bool {
        let Some(end) = self.ends.get(outer) else { return id == outer };
        id == outer || (self.start(outer)..*end).contains(&self.start(id))
    }
}

fn set(positions: &mut [usize], id: NodeId, position: usize) {
    if let Some(place) = positions.get_mut(id) {
        *place = position;
    }
}

/// Returns for each node the nearest element before it under the same parent. `None`: there is no such element.
fn elements_before(nodes: &[Node]) -> Vec<Option<NonZero<u32>>> {
    let mut all = vec![None; nodes.len()];
    for node in nodes {
        let mut before = None;
        for child in &node.children {
            if let Some(place) = all.get_mut(*child) {
                *place = before;
            }
            if matches!(nodes.get(*child), Some(Node { kind: NodeKind::Element { .. }, .. })) {
                before = u32::try_from(*child).ok().and_then(NonZero::new);
            }
        }
    }
    all
}
