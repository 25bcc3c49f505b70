//! The labelled fields that a page about one document shows.

use std::collections::{HashMap, HashSet};

use super::block::{Block, BlockField, Page, TEXT_NAME};
use super::dom::NodeId;
use super::field_values::PUBLICATION_DATE_NAME;
use super::heading_pairs::heading_pairs;
use super::label_text::is_field_label;
use super::people::part_people;
use super::text::collapse;
use super::unlinked_lists::repeated_names;

/// How far above the heading of a page the element is that has its labels too.
const MAX_ROOT_DISTANCE: usize = 8;

/// The fewest known labels of a page about one document.
pub(super) const MIN_LABELS: usize = 2;

/// Returns the main heading of a page, which is not furniture.
pub(super) fn main_heading(page: &Page) -> Option<NodeId> {
    let dom = &page.dom;
    let headings = |name: &'static str| {
        dom.all().find(move |id| dom.name(*id) == name && !page.content.is_outside(*id))
    };
    headings("h1").or_else(|| headings("h2"))
}

/// The labelled fields that a page shows.
pub(super) struct Shown {
    pub(super) fields: Vec<BlockField>,
    /// The number of fields whose label is known.
    pub(super) known: usize,
    pub(super) line: usize,
}

/// Returns the labelled fields that a page shows.
pub(super) fn shown_fields(page: &Page) -> Option<Shown> {
    let dom = &page.dom;
    let body = dom.all().find(|id| dom.name(*id) == "body")?;
    let is_main = |id: &NodeId| {
        (dom.name(*id) == "main" || dom.attribute(*id, "role") == Some("main"))
            && !page.content.is_outside(*id)
    };
    let heading = main_heading(page)?;
    let line = dom.line(heading);
    let main = dom.all().find(is_main);
    let root = main.unwrap_or_else(|| root_of_labels(page, heading, body));
    let mut block = Block::read(page, &[root]);
    let _ = part_people(std::slice::from_mut(&mut block));
    let headings = heading_pairs(page, root);
    block.fields.retain(|field| {
        !["date in brackets", "reference", "by", "breadcrumb", "date in title"]
            .contains(&field.name.as_str())
    });
    let mut shown = ShownValues::default();
    let mut fields = headings;
    for field in &fields {
        shown.insert(field);
    }
    for field in block.fields {
        if !shown.contains(&field) {
            shown.insert(&field);
            fields.push(field);
        }
    }
    // A date without a label may be that of anything on the page.
    fields.retain(|field| field.target.is_none() || field.name == PUBLICATION_DATE_NAME);
    let known = fields.iter().filter(|field| is_label(&field.name)).count();
    if root != body {
        let prose = block.rests.iter().filter(|rest| rest.is_prose);
        let prose: Vec<&str> = prose.map(|rest| rest.text.as_str()).collect();
        let texts = texts_in_no_field(prose, &fields);
        if !texts.is_empty() {
            let text = texts.join("\n");
            fields.push(BlockField::named(TEXT_NAME, text));
        }
    }
    Some(Shown { fields, known, line })
}

/// The values of fields, so that looking for one takes a time that does not grow with their number.
#[derive(Default)]
struct ShownValues {
    values: HashSet<String>,
    names: HashMap<String, ValuesOfName>,
}

/// The values of the fields of one name.
#[derive(Default)]
struct ValuesOfName {
    lines: HashSet<String>,
    /// All of them, on one line.
    joined: String,
}

impl ShownValues {
    fn insert(&mut self, field: &BlockField) {
        let of_name = self.names.entry(field.name.clone()).or_default();
        of_name.lines.extend(field.value.lines().map(str::to_owned));
        let value = collapse(&field.value);
        if !value.is_empty() && !of_name.joined.is_empty() {
            of_name.joined.push(' ');
        }
        of_name.joined.push_str(&value);
        self.values.insert(field.value.clone());
    }

    /// Whether a field has a known value, a line of one, or all values of its name: values side by side may stand in one line.
    fn contains(&self, field: &BlockField) -> bool {
        let of_name = self.names.get(&field.name);
        let joined = of_name.map_or("", |it| it.joined.as_str());
        self.values.contains(&field.value)
            || of_name.is_some_and(|it| it.lines.contains(&field.value))
            || collapse(&field.value) == joined
    }
}

/// The most bytes in which texts are searched, one after the other: a tenth of a second.
const MAX_SEARCHED_BYTES: usize = 1 << 29;

/// Returns the texts that stand in the value of no field. Of a page with very many, the texts that are no line of a value.
fn texts_in_no_field<'t>(texts: Vec<&'t str>, fields: &[BlockField]) -> Vec<&'t str> {
    let values = || fields.iter().map(|field| field.value.as_str());
    let bytes: usize = values().map(str::len).sum();
    let lines: HashSet<&str> = values().flat_map(str::lines).collect();
    let is_few = bytes.saturating_mul(texts.len()) <= MAX_SEARCHED_BYTES;
    let is_shown =
        |text: &str| lines.contains(text) || (is_few && values().any(|value| value.contains(text)));
    texts.into_iter().filter(|text| !is_shown(text)).collect()
}

/// Whether a page has as many labels as a document that repeat in no list: where they do, they are those of the parts of
/// the list.
pub(super) fn has_labels_of_one(page: &Page, shown: &Shown) -> bool {
    let known = shown.fields.iter().map(|field| field.name.as_str()).filter(|it| is_label(it));
    let mut names: HashSet<&str> = known.collect();
    if names.len() >= MIN_LABELS && names.len() < shown.known {
        let repeated = repeated_names(page);
        names.retain(|name| !repeated.contains(*name));
    }
    names.len() >= MIN_LABELS
}

/// Whether a name is a label. `Nr. 7` is the number of a part.
fn is_label(name: &str) -> bool {
    is_field_label(name) && !name.contains(|letter: char| letter.is_ascii_digit())
}

/// Returns the nearest element round the heading of a page that has the labels of the page too.
fn root_of_labels(page: &Page, heading: NodeId, body: NodeId) -> NodeId {
    let known = |root: NodeId| {
        let pairs = heading_pairs(page, root);
        let mut block = Block::read(page, &[root]);
        let _ = part_people(std::slice::from_mut(&mut block));
        let fields = block.fields;
        let known = pairs.iter().chain(&fields).filter(|field| is_field_label(&field.name));
        known.count()
    };
    let all = known(body);
    let above = page.dom.ancestors(heading).take(MAX_ROOT_DISTANCE).take_while(|id| *id != body);
    above.into_iter().find(|id| 2 * known(*id) > all).unwrap_or(body)
}
