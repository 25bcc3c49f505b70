//! The elements that lead to records, as a tree of names: an element is looked up once, however many paths there are.

use std::collections::{HashMap, HashSet};

use super::path::Path;
use super::plan::Plan;

/// The paths to records, by the names of the elements on them.
pub(super) struct ElementPaths<'p> {
    /// The root is the first.
    nodes: Vec<PathNode<'p>>,
    /// The names of all elements on a path.
    names: HashSet<&'p str>,
}

/// An element on a path.
#[derive(Default)]
struct PathNode<'p> {
    children: HashMap<&'p str, usize>,
    /// Whether a path ends here.
    is_end: bool,
    /// The index of the level in the plan whose objects these elements are.
    group: Option<usize>,
}

/// How far the paths follow the open elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    /// The number of open elements that are on a path.
    pub(super) shared: usize,
    /// Whether the open elements are all on a path that goes on behind them.
    pub(super) leads_on: bool,
    /// Whether the open elements are a whole path.
    pub(super) is_path: bool,
    /// The index of the level in the plan of which the innermost open element is an object.
    pub(super) group: Option<usize>,
}

impl<'p> ElementPaths<'p> {
    /// Collects the paths of a plan.
    pub(super) fn new(plan: &'p Plan) -> ElementPaths<'p> {
        let mut nodes = vec![PathNode::default()];
        for path in &plan.paths {
            let mut at = 0;
            for key in path.key_names() {
                let next = nodes.len();
                let Some(node) = nodes.get_mut(at) else { break };
                at = *node.children.entry(key).or_insert(next);
                if at == next {
                    nodes.push(PathNode::default());
                }
            }
            if let Some(node) = nodes.get_mut(at) {
                node.is_end = true;
            }
        }
        let names = plan.paths.iter().flat_map(Path::key_names).collect();
        let mut paths = ElementPaths { nodes, names };
        for (group, level) in plan.groups.iter().enumerate() {
            if let Some(node) = paths.node_of(level.keys()).1.and_then(|at| paths.nodes.get_mut(at))
            {
                node.group = Some(group);
            }
        }
        paths
    }

    /// Returns how many of these names are on a path, and the index of the node of all of them.
    fn node_of(&self, names: &[String]) -> (usize, Option<usize>) {
        let (mut at, mut shared) = (0, 0);
        for name in names {
            let next = self.nodes.get(at).and_then(|node| node.children.get(name.as_str()));
            let Some(next) = next else { return (shared, None) };
            at = *next;
            shared += 1;
        }
        (shared, Some(at))
    }

    /// Follows the elements that are open below the root.
    pub(super) fn follow(&self, open: &[String]) -> Followed {
        let (shared, at) = self.node_of(open);
        let node = at.and_then(|at| self.nodes.get(at));
        Followed {
            shared,
            leads_on: node.is_some_and(|node| !node.children.is_empty()),
            is_path: node.is_some_and(|node| node.is_end),
            group: node.and_then(|node| node.group),
        }
    }

    /// Whether a path has an element of this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
