//! Which groups of a page are small enough to be read for their worth.

use super::block::Page;
use super::dom::NodeId;
use super::groups::{Group, MAX_RATED_BLOCKS};

/// How often the nodes of a page may be read, in the mean, to rate its groups. Pages of archives need it up to six times;
/// in lists that stand hundreds deep in one another each group holds nearly all nodes.
const MAX_READINGS: usize = 32;

/// The most nodes of one of several records: larger ones are parts of the page, such as its columns.
const MAX_RECORD_NODES: usize = 3_000;

/// Returns the groups with at least `least` members that can be rated in a time that is linear in the page: of groups in one
/// another those that stand further out.
pub(super) fn readable(
    page: &Page,
    groups: Vec<Group>,
    least: usize,
) -> impl Iterator<Item = Group> {
    let mut left = MAX_READINGS * page.dom.len();
    let nodes_of =
        |roots: &Vec<NodeId>| -> usize { roots.iter().map(|root| page.dom.size(*root)).sum() };
    let nodes_of_members = move |group: &Group| -> Option<usize> {
        let nodes: Vec<usize> = group.members.iter().take(MAX_RATED_BLOCKS).map(nodes_of).collect();
        let are_small = nodes.len() < 2 || nodes.iter().all(|nodes| *nodes <= MAX_RECORD_NODES);
        are_small.then(|| nodes.iter().sum())
    };
    let groups = groups.into_iter().filter(move |group| group.members.len() >= least);
    let sized = groups.filter_map(move |group| Some((nodes_of_members(&group)?, group)));
    let fits = move |(nodes, _): &(usize, Group)| {
        let fits = *nodes <= left;
        left = left.saturating_sub(*nodes);
        fits
    };
    sized.take_while(fits).map(|(_, group)| group)
}
