//! Finds lists whose records have no links. Their labels repeat, so that the page is not about one document.

use std::collections::HashSet;

use super::block::{Block, Page, classes};
use super::group_sizes::readable;
use super::groups::{Found, Group, MAX_RATED_BLOCKS, collect, read, read_blocks};
use super::lists_below_dates::holds_list_of_links;
use super::words::{WORDS, class_has};

/// Finds a list whose records have no links: each has a title, and a date or a field with a label. Events may have the same
/// form.
pub(super) fn find(page: &Page) -> Option<Found> {
    let worth_of = |group: &Group| -> Option<u32> {
        let members = group.members.get(..group.members.len().min(MAX_RATED_BLOCKS))?;
        let blocks = read_blocks(page, members);
        let titles: HashSet<&str> =
            blocks.iter().filter_map(|it| Some(it.title.as_ref()?.1.as_str())).collect();
        let is_record = |block: &Block| block.title.is_some() && block.says_what_it_is();
        let are_records = blocks.len() > 1 && blocks.iter().all(is_record);
        let sentences = titles.iter().filter(|title| is_sentence(title)).count();
        (are_records && 2 * titles.len() > blocks.len() && 2 * sentences < titles.len())
            .then(|| blocks.iter().map(Block::worth).sum())
    };
    let is_other = |group: &Group| {
        group.members.iter().any(|it| holds_list_of_links(page, it)) || is_of_events(page, group)
    };
    let mut best: Option<(u32, Group)> = None;
    for group in readable(page, collect(page), 2).filter(|group| !is_other(group)) {
        let Some(worth) = worth_of(&group) else { continue };
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, group));
        }
    }
    best.map(|(_, group)| read(page, group))
}

/// The fewest words of a sentence.
const MIN_SENTENCE_WORDS: usize = 4;

/// Whether a title is a sentence about what happened.
fn is_sentence(title: &str) -> bool {
    title.ends_with(['.', '!', '?']) && title.split_whitespace().count() >= MIN_SENTENCE_WORDS
}

/// How far above the part of a list a class may say that these are events.
const MAX_CLASS_DISTANCE: usize = 3;

/// Whether the parts of a list, or what is round them, have the class of events.
fn is_of_events(page: &Page, group: &Group) -> bool {
    let dom = &page.dom;
    let first = group.members.first().and_then(|roots| roots.first()).copied();
    let above = first
        .into_iter()
        .flat_map(|id| std::iter::once(id).chain(dom.ancestors(id).take(MAX_CLASS_DISTANCE)));
    let names_events = |id| classes(dom, id).any(|class| class_has(&WORDS.events, class));
    above.into_iter().any(names_events)
}

/// Returns the names of the fields that all parts of any list of the page have: they are those of several things.
pub(super) fn repeated_names(page: &Page) -> HashSet<String> {
    let mut names = HashSet::new();
    for group in readable(page, collect(page), 2) {
        let fields = |roots| Block::read(page, roots).fields.into_iter();
        let members = group.members.iter().take(MAX_RATED_BLOCKS);
        let own = members.map(|roots| fields(roots).map(|field| field.name).collect());
        let shared = own.reduce(|one: HashSet<String>, other| &one & &other);
        names.extend(shared.unwrap_or_default());
    }
    names
}
