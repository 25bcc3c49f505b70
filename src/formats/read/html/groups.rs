//! Finds the records of a page: siblings of the same shape that have titles, links and dates.

use std::collections::{HashMap, HashSet};

use super::block::{Block, Page, TITLE, classes};
use super::content::{heading_level, is_breadcrumb};
use super::dom::NodeId;
use super::group_sizes::readable;
use super::label_text::is_field_label;
use super::labels::Rest;
use super::lists_below_dates::holds_list_of_links;
use super::page_count::PageCount;
use super::parting_dashes::trim_dashes_of_dates;
use super::people::part_people;
use super::selector::Selector;
use super::shared_forms;
use super::words::names_kind;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The number of blocks of a group that decide its worth.
pub(super) const MAX_RATED_BLOCKS: usize = 50;

/// The worth of a group whose records have no elements of their own, beside one whose records have.
const FLAT_WORTH: f64 = 0.95;

/// Words in a class that differ between like siblings.
const VARYING_CLASSES: [&str; 12] = [
    "odd", "even", "first", "last", "alt", "active", "selected", "row-odd", "row-even", "current",
    "new", "visited",
];

/// Elements that are never the blocks of records: they are inside lines.
const INLINE_ELEMENTS: [&str; 22] = [
    "span", "em", "strong", "b", "i", "small", "code", "br", "img", "td", "th", "mark", "sup",
    "sub", "label", "time", "dd", "cite", "nobr", "u", "hr", "wbr",
];

/// The records of a page.
pub(super) struct Found {
    /// Where they stand: `ul.results li`.
    pub(super) path: String,
    pub(super) blocks: Vec<Block>,
    /// The texts of links and buttons that all records have, which are left out.
    pub(super) actions: Vec<String>,
    /// The first names that may be those of one person or of two.
    pub(super) unclear_names: Option<String>,
}

impl Found {
    /// Whether the records are rows of a table.
    pub(super) fn is_of_rows(&self) -> bool {
        self.path
            .split(' ')
            .any(|step| step == "tr" || step.starts_with("tr.") || step.starts_with("tr["))
    }
}

/// A group of nodes that may be the records.
pub(super) struct Group {
    path: String,
    pub(super) members: Vec<Vec<NodeId>>,
    /// Whether the records have no elements of their own.
    is_flat: bool,
}

/// What the blocks of a group say.
struct Rating {
    worth: f64,
    /// Whether they are records.
    are_records: bool,
}

/// Finds the records of a page; `None` if there are none. `wanted` is the path that the user chose.
pub(super) fn find(page: &Page, count: &PageCount, wanted: Option<&str>) -> Option<Found> {
    let groups = collect(page);
    if let Some(wanted) = wanted {
        let chosen = groups.into_iter().find(|group| group.path == wanted.trim());
        return chosen.or_else(|| selected(page, wanted)).map(|group| read(page, group));
    }
    let mut rated: Vec<(f64, Group)> = Vec::new();
    for group in readable(page, groups, if count.agrees(1) { 1 } else { 2 }) {
        let rating = rate(page, &group, count);
        if rating.are_records {
            rated.push((rating.worth, group));
        }
    }
    // The first of the best is the one that stands further out.
    rated.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let holds_list = |worth: f64, group: &Group| {
        let inside = |(other_worth, other): &(f64, Group)| {
            let alike = rated.iter().filter(|(_, it)| it.is_flat && it.path == other.path).count();
            *other_worth >= MIN_INNER_WORTH * worth && alike < 2 && holds_all(page, group, other)
        };
        rated.iter().take(MAX_COMPARED_GROUPS).any(inside)
    };
    let at = rated.iter().position(|(worth, group)| !holds_list(*worth, group))?;
    let (_, group) = rated.into_iter().nth(at)?;
    let mut found = read(page, group);
    let first = count.range().map_or(1, |range| range.first);
    drop_row_numbers(&mut found.blocks, first);
    Some(found)
}

/// Returns the elements that a selector of the user chooses, as a group.
fn selected(page: &Page, wanted: &str) -> Option<Group> {
    let selector = Selector::parse(wanted)?;
    let mut members: Vec<Vec<NodeId>> = Vec::new();
    for id in page.dom.all().filter(|id| selector.matches(&page.dom, *id)) {
        let last = members.last().and_then(|roots| roots.first());
        if last.is_none_or(|last| !page.dom.is_in(id, *last)) {
            members.push(vec![id]);
        }
    }
    let path = wanted.trim().to_owned();
    (!members.is_empty()).then_some(Group { path, members, is_flat: false })
}

/// The least worth of a list in one member of another, beside the worth of that one. The authors of one record are worth
/// less than the records.
const MIN_INNER_WORTH: f64 = 0.7;

/// The number of groups with records that are compared, the best of them.
const MAX_COMPARED_GROUPS: usize = 30;

/// Whether all records of another group stand in one member of this one, which is then a part of the page:
/// the column with the results beside that with the facets.
fn holds_all(page: &Page, group: &Group, other: &Group) -> bool {
    let members = group.members.len();
    let is_in = |roots: &[NodeId], member: &[NodeId]| {
        let Some(first) = roots.first() else { return false };
        member.iter().any(|root| root != first && page.dom.is_in(*first, *root))
    };
    other.members.len() > 1
        && other.members.len() >= members
        && group.members.iter().any(|member| other.members.iter().all(|roots| is_in(roots, member)))
}

/// Removes the ids that only number the rows of the page, from its first position on.
fn drop_row_numbers(blocks: &mut [Block], first: u64) {
    let is_id = |name: &str| {
        let known = known_names(name);
        known.first().is_some_and(|known| known.target == FieldTarget::Field(Field::Id))
    };
    if blocks.len() < 2 {
        return;
    }
    let numbers = |at: usize| {
        let fields = blocks.get(at).map_or(&[][..], |block| &block.fields);
        let number = (first..).nth(at);
        fields.iter().filter(move |field| field.value.trim_end_matches('.').parse().ok() == number)
    };
    let of_first: HashSet<&str> =
        numbers(0).map(|field| field.name.as_str()).filter(|name| is_id(name)).collect();
    let names = (1..blocks.len()).fold(of_first, |names, at| {
        let own = || numbers(at).map(|field| field.name.as_str());
        if names.is_empty() { names } else { own().filter(|it| names.contains(it)).collect() }
    });
    let names: HashSet<String> = names.into_iter().map(str::to_owned).collect();
    for block in blocks.iter_mut().filter(|_| !names.is_empty()) {
        block.fields.retain(|field| !names.contains(&field.name));
    }
}

/// Returns the paths of the longest groups with titles, for the message about a page without records.
pub(super) fn longest(page: &Page, most: usize) -> Vec<(String, usize)> {
    let mut named: Vec<(String, usize)> = Vec::new();
    let mut groups = collect(page);
    groups.sort_by_key(|group| std::cmp::Reverse(group.members.len()));
    for group in groups.iter().take(20) {
        let titled = group.members.iter().take(MAX_RATED_BLOCKS);
        let titled = titled.filter(|roots| Block::read(page, roots).title.is_some()).count();
        if titled > 1 && named.len() < most {
            named.push((group.path.clone(), group.members.len()));
        }
    }
    named
}

/// The most texts that all blocks of a group have where their titles may be.
const MAX_EQUAL_TITLES: usize = 3;

/// Reads blocks. A link that all have with one text, such as “View image”, is no title if something else is.
pub(super) fn read_blocks(page: &Page, members: &[Vec<NodeId>]) -> Vec<Block> {
    let mut no_titles: Vec<String> = Vec::new();
    let read = |no_titles: &[String]| -> Vec<Block> {
        members.iter().map(|roots| Block::read_without(page, roots, no_titles)).collect()
    };
    let equal_title = |blocks: &[Block]| -> Option<String> {
        let first = blocks.first().filter(|_| blocks.len() > 1).and_then(Block::weak_title)?;
        let are_equal = blocks.iter().all(|block| block.weak_title() == Some(first));
        are_equal.then(|| first.to_owned())
    };
    let mut blocks = read(&no_titles);
    let mut equal = equal_title(&blocks);
    while let Some(title) = equal.take().filter(|_| no_titles.len() < MAX_EQUAL_TITLES) {
        no_titles.push(title);
        let others = read(&no_titles);
        equal = equal_title(&others);
        // Documents may have one title, and then nothing else is one.
        if equal.is_none() && others.iter().all(|block| block.title.is_some()) {
            blocks = others;
        }
    }
    // The label of the title is no detail.
    let shared = shared_title_labels(&blocks);
    let is_label = |rest: &Rest| {
        shared.contains(&rest.text)
            || (no_titles.contains(&rest.text) && is_field_label(&rest.text))
    };
    for block in &mut blocks {
        block.rests.retain(|rest| !is_label(rest));
    }
    blocks
}

/// Returns the texts that are names of titles and stand in all blocks: the labels of their titles.
fn shared_title_labels(blocks: &[Block]) -> HashSet<String> {
    let texts = |at: usize| {
        let rests = blocks.get(at).map_or(&[][..], |block| &block.rests);
        rests.iter().map(|rest| rest.text.as_str())
    };
    // `Item` is the kind of the documents.
    let is_of_title = |text: &&str| {
        known_names(text).first().is_some_and(|known| known.target == TITLE) && !names_kind(text)
    };
    if blocks.len() < 2 || blocks.iter().any(|block| block.title.is_none()) {
        return HashSet::new();
    }
    let first: HashSet<&str> = texts(0).filter(is_of_title).collect();
    let shared = (1..blocks.len()).fold(first, |shared, at| {
        if shared.is_empty() {
            shared
        } else {
            texts(at).filter(|it| shared.contains(it)).collect()
        }
    });
    shared.into_iter().map(str::to_owned).collect()
}

/// Reads the blocks of a group.
pub(super) fn read(page: &Page, group: Group) -> Found {
    let mut blocks = read_blocks(page, &group.members);
    let actions = actions_of(&blocks);
    shared_forms::name_dates_behind_places(&mut blocks);
    trim_dashes_of_dates(&mut blocks);
    let unclear_names = part_people(&mut blocks);
    shared_forms::name_people(&mut blocks);
    let texts: HashSet<&str> = actions.iter().map(String::as_str).collect();
    let is_action = |rest: &Rest| rest.is_action && texts.contains(rest.text.as_str());
    for block in &mut blocks {
        block.keep_rests(&is_action);
    }
    strip_numbers(&mut blocks);
    Found { path: group.path, blocks, actions, unclear_names }
}

/// Returns the texts of links and buttons that all blocks have, such as “Add to list”. A link that leads to one
/// address everywhere is about the records: the name of their author.
fn actions_of(blocks: &[Block]) -> Vec<String> {
    let Some(first) = blocks.first().filter(|_| blocks.len() > 1) else { return Vec::new() };
    let mut hrefs: HashMap<&str, Vec<Option<&str>>> = HashMap::new();
    for block in blocks {
        let mut seen = HashSet::new();
        for rest in block.rests.iter().filter(|rest| rest.is_action) {
            if seen.insert(rest.text.as_str()) {
                hrefs.entry(&rest.text).or_default().push(rest.href.as_deref());
            }
        }
    }
    let leads_on = |href: Option<&str>| {
        href.is_some_and(|href| {
            !href.starts_with('#') && !href.to_ascii_lowercase().starts_with("javascript:")
        })
    };
    let is_action = |text: &str| {
        hrefs.get(text).is_some_and(|hrefs| {
            let is_one_address =
                hrefs.first().is_some_and(|first| hrefs.iter().all(|href| href == first));
            let is_about_records = is_one_address && hrefs.first().copied().is_some_and(leads_on);
            hrefs.len() == blocks.len() && !is_about_records
        })
    };
    let texts = || first.rests.iter().map(|rest| rest.text.as_str());
    let distinct: HashSet<&str> = texts().collect();
    let shared: HashSet<&str> = distinct.into_iter().filter(|text| is_action(text)).collect();
    let mut actions: Vec<String> =
        texts().filter(|text| shared.contains(text)).map(str::to_owned).collect();
    actions.dedup();
    actions
}

/// Removes the numbers with which all titles begin: `1. Letter`, `2. Harbour`.
fn strip_numbers(blocks: &mut [Block]) {
    let number = |title: &str| {
        let (number, rest) = title.split_once(". ")?;
        let number: u64 = number.parse().ok()?;
        Some((number, rest.trim().to_owned()))
    };
    let titles: Option<Vec<(u64, String)>> =
        blocks.iter().map(|block| number(&block.title.as_ref()?.1)).collect();
    let Some(titles) = titles.filter(|titles| titles.len() > 1) else { return };
    let rises = titles.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if *b == a + 1));
    if rises {
        for (block, (_, rest)) in blocks.iter_mut().zip(titles) {
            if let Some((_, title)) = &mut block.title {
                *title = rest;
            }
        }
    }
}

/// Collects the groups of a page, those that stand further out first.
pub(super) fn collect(page: &Page) -> Vec<Group> {
    let mut collector =
        Collector { page, groups: Vec::new(), by_path: HashMap::new(), have_text: HashMap::new() };
    let mut walk = page.dom.all();
    while let Some(id) = walk.next() {
        if page.content.skips(id) || is_breadcrumb(&page.dom, id) || page.dom.name(id) == "head" {
            walk.skip_children();
            continue;
        }
        if !page.dom.name(id).is_empty() {
            collector.add_siblings(id);
            collector.add_flat(id);
        }
    }
    let mut seen: HashSet<Vec<Vec<NodeId>>> = HashSet::new();
    collector.groups.retain(|group| seen.insert(group.members.clone()));
    collector.groups
}

/// Collects groups.
struct Collector<'p> {
    page: &'p Page,
    groups: Vec<Group>,
    by_path: HashMap<String, usize>,
    /// Whether elements with links have texts beside them.
    have_text: HashMap<NodeId, bool>,
}

impl Collector<'_> {
    /// Adds an element to the groups of its shape.
    fn add_siblings(&mut self, id: NodeId) {
        let dom = &self.page.dom;
        let name = dom.name(id);
        if INLINE_ELEMENTS.contains(&name)
            || heading_level(name).is_some()
            || ["html", "body", "main"].contains(&name)
        {
            return;
        }
        let Some(parent) = dom.parent(id) else { return };
        // The text round a link belongs to the record, too.
        if name == "a" && self.has_text(parent) {
            return;
        }
        let outer = self.shape(parent);
        let own = stable_classes(self.page, id);
        let mut paths = vec![format!("{outer} {name}")];
        paths.extend(own.iter().map(|class| format!("{outer} {name}.{class}")));
        if own.len() > 1 {
            paths.push(format!("{outer} {name}.{}", own.join(".")));
        }
        for path in paths {
            self.add(&path, id);
        }
    }

    /// Whether an element has a text of its own. An element with many links is asked for each.
    fn has_text(&mut self, id: NodeId) -> bool {
        let dom = &self.page.dom;
        let is_text = |it: &NodeId| {
            dom.own_text(*it).is_some_and(|text| text.contains(char::is_alphanumeric))
        };
        *self.have_text.entry(id).or_insert_with(|| dom.children(id).iter().any(is_text))
    }

    fn add(&mut self, path: &str, id: NodeId) {
        let path = path.trim().to_owned();
        let at = *self.by_path.entry(path.clone()).or_insert_with(|| {
            self.groups.push(Group { path, members: Vec::new(), is_flat: false });
            self.groups.len() - 1
        });
        let Some(group) = self.groups.get_mut(at) else { return };
        // What stands in a member is a part of it. Members come in the order of the page.
        let is_inside = group.members.last().and_then(|roots| roots.first());
        if is_inside.is_none_or(|last| !self.page.dom.is_in(id, *last)) {
            group.members.push(vec![id]);
        }
    }

    /// Adds the groups of an element whose records are not in elements of their own: each begins with a
    /// heading, a `dt` or the like.
    fn add_flat(&mut self, parent: NodeId) {
        let dom = &self.page.dom;
        let content = &self.page.content;
        let children: Vec<NodeId> =
            dom.children(parent).iter().copied().filter(|id| !content.skips(*id)).collect();
        let shape = |id: NodeId| match dom.name(id) {
            "tr" => format!(
                "tr[{}]",
                dom.children(id).iter().filter(|it| !dom.name(**it).is_empty()).count()
            ),
            name if name.is_empty() || ["br", "hr"].contains(&name) => String::new(),
            _ => self.shape(id),
        };
        let shapes: Vec<String> = children.iter().map(|id| shape(*id)).collect();
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for shape in shapes.iter().filter(|shape| !shape.is_empty()) {
            match counts.iter().position(|(known, _)| known == shape) {
                Some(at) => counts.get_mut(at).into_iter().for_each(|(_, count)| *count += 1),
                None if counts.len() < MAX_RATED_BLOCKS => counts.push((shape, 1)),
                None => {}
            }
        }
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let has_breaks = children.iter().any(|id| dom.name(*id) == "br");
        let mut found = Vec::new();
        for (shape, count) in
            counts.iter().filter(|(_, count)| *count > 1 && (*count < total || has_breaks))
        {
            let starts: Vec<usize> = (0..shapes.len())
                .filter(|at| shapes.get(*at).is_some_and(|it| it == shape))
                .collect();
            let ends = starts.iter().skip(1).copied().chain([children.len()]);
            let members: Vec<Vec<NodeId>> = starts
                .iter()
                .zip(ends)
                .filter_map(|(start, end)| children.get(*start..end).map(<[NodeId]>::to_vec))
                .collect();
            debug_assert_eq!(members.len(), *count);
            let path = format!("{} {shape} +", self.shape(parent));
            found.push(Group { path, members, is_flat: true });
        }
        self.groups.append(&mut found);
    }

    /// The name of an element with its first class.
    fn shape(&self, id: NodeId) -> String {
        let name = self.page.dom.name(id);
        match stable_classes(self.page, id).first() {
            Some(class) => format!("{name}.{class}"),
            None => name.to_owned(),
        }
    }
}

/// Returns the classes of an element that its siblings may share.
fn stable_classes(page: &Page, id: NodeId) -> Vec<&str> {
    let is_stable = |class: &&str| {
        !VARYING_CLASSES.contains(class) && !class.ends_with(|c: char| c.is_ascii_digit())
    };
    classes(&page.dom, id).filter(is_stable).take(4).collect()
}

/// Rates a group.
fn rate(page: &Page, group: &Group, count: &PageCount) -> Rating {
    let none = Rating { worth: 0.0, are_records: false };
    let members = group.members.len();
    if group.members.iter().any(|roots| holds_list_of_links(page, roots)) {
        return none;
    }
    let rated =
        read_blocks(page, group.members.get(..members.min(MAX_RATED_BLOCKS)).unwrap_or_default());
    let titled: Vec<&Block> = rated.iter().filter(|block| block.title.is_some()).collect();
    if titled.is_empty() || titled.len() * 5 < rated.len() * 3 {
        return none;
    }
    let distinct: HashSet<_> =
        titled.iter().map(|block| (&block.title, &block.address, &block.fields)).collect();
    let differ = distinct.len() * 2 > titled.len() || titled.len() == 1;
    let linked = titled.iter().filter(|block| block.address.is_some()).count();
    let dated = titled.iter().filter(|block| block.has_date()).count();
    let described = titled.iter().filter(|block| block.known_count() >= 2).count();
    // A heading may stand among the records.
    let agrees = count.agrees(members) || (members == rated.len() && count.agrees(titled.len()));
    let is_mostly = |number: usize| number * 2 > titled.len();
    let are_records = differ
        && (agrees
            || (is_mostly(dated) && (is_mostly(linked) || is_mostly(described)))
            || (is_mostly(described) && is_mostly(linked)));
    let total: u32 = titled.iter().map(|block| block.worth()).sum();
    let mean = f64::from(total) / f64::from(u32::try_from(rated.len()).unwrap_or(u32::MAX));
    let many = f64::from(u32::try_from(members).unwrap_or(u32::MAX)).ln_1p();
    let of_shape = if group.is_flat { FLAT_WORTH } else { 1.0 };
    let worth = mean * many * of_shape * if agrees { 2.0 } else { 1.0 };
    Rating { worth, are_records }
}
