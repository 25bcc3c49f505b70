//! Blocks that are a date as a heading and a list below it: the letters of a year. They are no records.

use super::block::Page;
use super::content::heading_level;
use super::dom::NodeId;
use super::groups::collect;
use super::text::text_of;
use crate::formats::read::results_page::{is_line_below_year, year_of};
use crate::formats::read::whole_dates::is_whole_date;

/// How deep in the element of a block its heading may stand.
const MAX_HEADING_DEPTH: usize = 4;

/// Longer texts are no dates, in bytes, whatever signs stand behind them.
const MAX_DATE_BYTES: usize = 200;

/// A heading, and what stands below it.
struct Part {
    heading: NodeId,
    others: Vec<NodeId>,
    /// Whether both stand in one element.
    is_wrapped: bool,
}

/// Whether a block is a date as a heading, and a list of several links below it. Below a year the links may stand in a block
/// each, or begin with a day.
pub(super) fn holds_list_of_links(page: &Page, roots: &[NodeId]) -> bool {
    let dom = &page.dom;
    let Some(part) = part_of(page, roots) else { return false };
    let Some(text) = text_of_date(page, part.heading) else { return false };
    let is_year = year_of(&text).is_some();
    let name = dom.name(part.heading);
    let is_heading = heading_level(name).is_some() || name == "summary";
    let has_day = |id: &NodeId| is_line_below_year(&text_of(dom, &page.content, *id));
    (is_heading && is_whole_date(&text) && has_links(page, &part, is_year))
        || (is_year && part.others.iter().any(has_day))
}

/// Whether there are several links below the heading of a part, each an item of a list or in a block of its own.
fn has_links(page: &Page, part: &Part, is_year: bool) -> bool {
    let dom = &page.dom;
    let has_link = |id: &NodeId| dom.walk(*id).any(|it| dom.attribute(it, "href").is_some());
    let items = |list: NodeId| {
        let items = dom.children(list).iter().filter(|id| dom.name(**id) == "li");
        items.filter(|id| has_link(id)).count()
    };
    let is_list = |id: NodeId| ["ul", "ol"].contains(&dom.name(id)) && items(id) > 1;
    let blocks = part.others.iter().filter(|id| has_link(id)).count();
    if !part.is_wrapped {
        let mut inner = part.others.iter().flat_map(|root| dom.walk(*root));
        return inner.any(is_list) || (is_year && blocks > 1);
    }
    // A record may begin with its date, and have a list of files below its title.
    let shape = |id: &NodeId| (dom.name(*id), dom.attribute(*id, "class"));
    let first = part.others.first().map(shape);
    let are_alike = part.others.iter().all(|id| Some(shape(id)) == first);
    are_alike
        && (part.others.iter().any(|id| is_list(*id))
            || (blocks > 1 && blocks == part.others.len()))
}

/// Whether a list of the page has dates as headings, and below some of them several links and nothing else: then it is not
/// known what the links are.
pub(super) fn has_lists_below_dates(page: &Page) -> bool {
    let dom = &page.dom;
    let holds_list = |roots: &Vec<NodeId>| {
        part_of(page, roots).is_some_and(|part| {
            let is_date = is_date(page, part.heading);
            let is_heading = heading_level(dom.name(part.heading)).is_some();
            is_date && is_heading && has_links(page, &Part { is_wrapped: true, ..part }, false)
        })
    };
    collect(page).iter().any(|it| it.members.len() > 1 && it.members.iter().any(holds_list))
}

/// Returns the text of an element; `None` if it is longer than any date.
fn text_of_date(page: &Page, id: NodeId) -> Option<String> {
    let is_long = page.content.is_longer(id, MAX_DATE_BYTES);
    (!is_long).then(|| text_of(&page.dom, &page.content, id))
}

fn is_date(page: &Page, id: NodeId) -> bool {
    text_of_date(page, id).is_some_and(|text| is_whole_date(&text))
}

/// Takes a block apart into its heading and the rest. Both may stand in an element of their own.
fn part_of(page: &Page, roots: &[NodeId]) -> Option<Part> {
    let dom = &page.dom;
    let is_shown = |id: &NodeId| {
        !page.content.skips(*id)
            && dom.own_text(*id).map_or(!dom.name(*id).is_empty(), |text| !text.trim().is_empty())
    };
    let (first, others) = roots.split_first()?;
    if !others.is_empty() && is_date(page, *first) {
        return Some(Part { heading: *first, others: others.to_vec(), is_wrapped: false });
    }
    let mut element = *first;
    for _ in 0..MAX_HEADING_DEPTH {
        let shown: Vec<NodeId> = dom.children(element).iter().copied().filter(is_shown).collect();
        match shown.split_first()? {
            (inner, []) => element = *inner,
            (heading, others) => {
                return Some(Part { heading: *heading, others: others.to_vec(), is_wrapped: true });
            }
        }
    }
    None
}
