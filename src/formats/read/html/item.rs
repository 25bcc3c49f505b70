//! A page about one document: JSON-LD, microdata, `<meta>`, or a heading with labels.

use std::collections::HashSet;

use crate::formats::read::json::{Object, Value};
use crate::formats::read::json_items::insert_or_append;

use super::block::{Block, BlockField, Page, TEXT_NAME, TITLE};
use super::dom::NodeId;
use super::field_values::PUBLICATION_DATE_NAME;
use super::heading_pairs::heading_pairs;
use super::label_text::is_field_label;
use super::people::part_people;
use super::schema::{bare_type, use_known_names};
use super::text::{collapse, text_of};
use super::unlinked_lists::repeated_names;
use crate::formats::field_names::{FieldTarget, LAST_WORD_RANK, known_names};
use crate::formats::read::whole_dates::split_end_date;
use crate::record::Field;

/// Types of JSON-LD and microdata that describe the page, its maker or its parts, and no document.
const OTHER_TYPES: [&str; 26] = [
    "webpage",
    "website",
    "imageobject",
    "breadcrumblist",
    "organization",
    "person",
    "searchaction",
    "itempage",
    "sitenavigationelement",
    "collectionpage",
    "searchresultspage",
    "wpheader",
    "wpfooter",
    "wpsidebar",
    "itemlist",
    "listitem",
    "faqpage",
    "aboutpage",
    "contactpage",
    "place",
    "postaladdress",
    "library",
    "archiveorganization",
    "museum",
    "videoobject",
    "profilepage",
];

/// How the names of `<meta>` begin that describe a document.
const META_STARTS: [&str; 6] = ["dc.", "dcterms.", "dc:", "dcterms:", "citation_", "eprints."];

/// The name of the heading of a page.
const HEADING_NAME: &str = "h1";

/// How far above the heading of a page the element is that has its labels too.
const MAX_ROOT_DISTANCE: usize = 8;

/// The fewest known labels of a page about one document.
const MIN_LABELS: usize = 2;

/// What a page says about one document.
#[derive(Default)]
pub(super) struct Item {
    pub(super) object: Object,
    pub(super) targets: Vec<(String, FieldTarget)>,
    /// Where it stands: `JSON-LD`, `meta`.
    pub(super) place: String,
    /// Whether what browsers do not show describes the document.
    pub(super) is_described: bool,
    /// The number of known labels that the page shows.
    pub(super) labels: usize,
    pub(super) line: usize,
}

/// Returns what a page says about one document; `None` if it is not about one.
pub(super) fn find(page: &Page) -> Option<Item> {
    let linked = json_ld(page);
    let microdata = microdata(page);
    let meta = meta(page);
    let shown = shown_fields(page);
    let has_meta = describes(&meta);
    let labels = shown.as_ref().map_or(0, |shown| shown.known);
    let mut item = Item { line: 1, ..Item::default() };
    let mut places: Vec<&str> = Vec::new();
    let has_other_sign = linked.is_some() || has_meta || describes(&microdata);
    let has_labels = shown.as_ref().is_some_and(|shown| {
        shown.known >= MIN_LABELS && (has_other_sign || has_labels_of_one(page, shown))
    });
    if let Some(shown) = shown.filter(|_| has_labels || has_other_sign) {
        item.line = shown.line;
        if has_labels {
            places.push("labels");
        }
        shown.fields.into_iter().for_each(|field| item.add_field(field));
    }
    if let Some(linked) = &linked {
        places.push("JSON-LD");
        item.add_object(linked);
    }
    if describes(&microdata) {
        places.push("microdata");
        item.add_object(&microdata);
    }
    if has_meta {
        places.push("meta");
        item.add_object(&meta);
    }
    if places.is_empty() {
        return None;
    }
    item.place = places.join(" and ");
    item.is_described = linked.is_some() || has_meta;
    item.labels = labels;
    item.add_heading(page);
    if let Some(address) = &page.addresses.page {
        item.add_new(
            "address of the page",
            Value::from(address.clone()),
            Some(FieldTarget::Field(Field::Url)),
        );
    }
    Some(item)
}

impl Item {
    fn add_field(&mut self, field: BlockField) {
        self.add_new(&field.name, Value::from(field.value), field.target);
    }

    /// Adds the heading of the page as the title, unless there is one.
    fn add_heading(&mut self, page: &Page) {
        let has_title = self.object.keys().any(|key| {
            known_names(key)
                .first()
                .is_some_and(|known| known.target == TITLE && known.rank < LAST_WORD_RANK)
        });
        let heading = main_heading(page).map(|id| text_of(&page.dom, &page.content, id));
        let heading = heading.map(|heading| self.without_date(&heading).to_owned());
        if let Some(heading) = heading.filter(|heading| !heading.is_empty()) {
            let target = if has_title { None } else { Some(TITLE) };
            self.add_new(HEADING_NAME, Value::from(heading), target);
        }
    }

    /// Returns a heading without the date at its end, if that is the date of the document.
    fn without_date<'h>(&self, heading: &'h str) -> &'h str {
        let is_date = |date: &str| {
            let mut named = self.object.iter().filter(|(_, value)| value.as_str() == Some(date));
            named.any(|(name, _)| {
                known_names(name).first().is_some_and(|known| known.target == FieldTarget::Date)
            })
        };
        let split = split_end_date(heading).filter(|(_, date)| is_date(date));
        split.map_or(heading, |(before, _)| before)
    }

    fn add_object(&mut self, object: &Object) {
        for (name, value) in object {
            self.add_new(name, value.clone(), None);
        }
    }

    /// Adds a value, unless it is there under any name.
    fn add_new(&mut self, name: &str, value: Value, target: Option<FieldTarget>) {
        let is_same = |known: &Value| {
            known == &value
                || match (known, &value) {
                    (Value::String(known), Value::String(text)) => {
                        collapse(known) == collapse(text)
                    }
                    (Value::Array(known), Value::String(_)) => known.contains(&value),
                    _ => false,
                }
        };
        if self.object.values().any(is_same) {
            return;
        }
        match self.object.get_mut(name) {
            None => {
                self.object.insert(name.into(), value);
                self.targets.extend(target.map(|target| (name.to_owned(), target)));
            }
            Some(Value::Array(values)) if !value.is_array() => values.push(value),
            Some(known) if known.is_string() && value.is_string() => {
                *known = Value::Array(vec![known.take(), value]);
            }
            Some(_) => self.add_new(&format!("{name} (other)"), value, target),
        }
    }
}

/// Whether an object has a title, and a date, a person or an id beside it.
fn describes(object: &Object) -> bool {
    let targets: Vec<FieldTarget> =
        object.keys().flat_map(|key| known_names(key)).map(|known| known.target).collect();
    let has =
        |fields: &[Field]| fields.iter().any(|field| targets.contains(&FieldTarget::Field(*field)));
    has(&[Field::Title])
        && (targets.contains(&FieldTarget::Date)
            || has(&[Field::Creator, Field::Recipient, Field::Id, Field::ReferenceCode]))
}

/// Returns the works in the JSON-LD of a page, if it has one.
fn json_ld(page: &Page) -> Option<Object> {
    let mut works = works_of(json_ld_values(page)).into_iter();
    let first = works.next().filter(|_| works.next().is_none())?;
    let mut work = first;
    remove_keys_of_pages(&mut work);
    work.as_object().cloned()
}

/// Returns the works that the JSON-LD of a page lists, if there are several.
pub(super) fn listed(page: &Page) -> Option<Vec<Object>> {
    let mut works = Vec::new();
    for value in json_ld_values(page) {
        match value.get("itemListElement").and_then(Value::as_array) {
            Some(elements) => {
                works.extend(elements.iter().map(|it| it.get("item").unwrap_or(it).clone()));
            }
            None => works.push(value),
        }
    }
    let mut works = works_of(works);
    works.iter_mut().for_each(remove_keys_of_pages);
    let works: Vec<_> = works.into_iter().filter_map(|work| work.as_object().cloned()).collect();
    (works.len() > 1).then_some(works)
}

/// Removes what JSON-LD says about the page, and the types of values.
fn remove_keys_of_pages(value: &mut Value) {
    const KEYS: [&str; 7] = [
        "@context",
        "@type",
        "mainEntityOfPage",
        "image",
        "breadcrumb",
        "potentialAction",
        "thumbnailUrl",
    ];
    match value {
        Value::Object(object) => {
            object.retain(|key, _| !KEYS.contains(&key));
            object.values_mut().for_each(remove_keys_of_pages);
        }
        Value::Array(values) => values.iter_mut().for_each(remove_keys_of_pages),
        _ => {}
    }
}

/// Returns the objects in the JSON-LD of a page, out of their lists and graphs.
pub(super) fn json_ld_values(page: &Page) -> Vec<Value> {
    let dom = &page.dom;
    let is_json = |id: &NodeId| {
        dom.name(*id) == "script"
            && dom
                .attribute(*id, "type")
                .is_some_and(|it| it.trim().eq_ignore_ascii_case("application/ld+json"))
    };
    let mut values = Vec::new();
    for script in dom.all().filter(is_json) {
        let text: String = dom.children(script).iter().filter_map(|id| dom.own_text(*id)).collect();
        if let Ok(value) = serde_json::from_str(&text) {
            open_lists(value, 0, &mut values);
        }
    }
    values
}

fn open_lists(value: Value, depth: usize, values: &mut Vec<Value>) {
    match value {
        _ if depth > 4 => {}
        Value::Array(list) => {
            for value in list {
                open_lists(value, depth + 1, values);
            }
        }
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.remove(key) {
                    open_lists(inner, depth + 1, values);
                }
            }
            values.push(Value::Object(object));
        }
        _ => {}
    }
}

/// Returns the values of JSON-LD that describe documents.
fn works_of(mut values: Vec<Value>) -> Vec<Value> {
    for value in &mut values {
        let types = types_of(value);
        if let Value::Object(object) = value {
            use_known_names(object, &types);
        }
    }
    values.retain(|value| {
        let types = types_of(value);
        let is_other = |text: &String| OTHER_TYPES.contains(&text.as_str());
        !types.is_empty() && !types.iter().any(is_other) && value.as_object().is_some_and(describes)
    });
    values
}

/// Returns the types of a value of JSON-LD, bare and in lower case.
fn types_of(value: &Value) -> Vec<String> {
    match value.get("@type") {
        Some(Value::String(text)) => vec![bare_type(text)],
        Some(Value::Array(texts)) => {
            texts.iter().filter_map(Value::as_str).map(bare_type).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the properties of the only thing that the page describes with microdata.
fn microdata(page: &Page) -> Object {
    let dom = &page.dom;
    let is_work = |id: &NodeId| {
        let bare = bare_type(dom.attribute(*id, "itemtype").unwrap_or(""));
        dom.attribute(*id, "itemscope").is_some()
            && !bare.is_empty()
            && !OTHER_TYPES.contains(&bare.as_str())
            && dom.attribute(*id, "itemprop").is_none()
    };
    let mut things = dom.all().filter(is_work);
    let (Some(thing), None) = (things.next(), things.next()) else { return Object::default() };
    let mut object = Object::default();
    let mut walk = dom.walk(thing);
    while let Some(id) = walk.next() {
        let Some(name) = dom.attribute(id, "itemprop").filter(|_| id != thing) else { continue };
        let value = dom.attribute(id, "content").or(dom.attribute(id, "datetime"));
        let value = value.map_or_else(|| text_of(dom, &page.content, id), str::to_owned);
        let address = dom.attribute(id, "href").filter(|_| name == "url" || dom.name(id) == "link");
        let value = address.map_or(value, |href| page.addresses.resolve(href));
        if dom.attribute(id, "itemscope").is_some() {
            walk.skip_children();
        }
        if !value.is_empty() && !["image", "thumbnailUrl"].contains(&name) {
            push(&mut object, name, value);
        }
    }
    let kind = bare_type(dom.attribute(thing, "itemtype").unwrap_or(""));
    use_known_names(&mut object, &[kind]);
    object
}

/// Returns what the `<meta>` elements say about a document.
fn meta(page: &Page) -> Object {
    let dom = &page.dom;
    let mut object = Object::default();
    for id in dom.all().filter(|id| dom.name(*id) == "meta") {
        let name = dom.attribute(id, "name").or(dom.attribute(id, "property")).unwrap_or("");
        let lower = name.to_ascii_lowercase();
        let value = dom.attribute(id, "content").map(collapse).unwrap_or_default();
        if META_STARTS.iter().any(|start| lower.starts_with(start)) && !value.is_empty() {
            push(&mut object, name, value);
        }
    }
    object
}

fn push(object: &mut Object, name: &str, value: String) {
    insert_or_append(object, name, Value::from(value));
}

/// Returns the main heading of a page, which is not furniture.
fn main_heading(page: &Page) -> Option<NodeId> {
    let dom = &page.dom;
    let headings = |name: &'static str| {
        dom.all().find(move |id| dom.name(*id) == name && !page.content.is_outside(*id))
    };
    headings("h1").or_else(|| headings("h2"))
}

/// The labelled fields that a page shows.
struct Shown {
    fields: Vec<BlockField>,
    /// The number of fields whose label is known.
    known: usize,
    line: usize,
}

/// Returns the labelled fields that a page shows.
fn shown_fields(page: &Page) -> Option<Shown> {
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
    let mut fields = headings;
    for field in block.fields {
        let is_part = |known: &BlockField| {
            known.value == field.value
                || (known.name == field.name && known.value.lines().any(|line| line == field.value))
        };
        // Values side by side may stand in one line.
        let values = fields.iter().filter(|known| known.name == field.name);
        let joined = values.map(|known| known.value.as_str()).collect::<Vec<_>>().join(" ");
        if !fields.iter().any(is_part) && collapse(&joined) != collapse(&field.value) {
            fields.push(field);
        }
    }
    // A date without a label may be that of anything on the page.
    fields.retain(|field| field.target.is_none() || field.name == PUBLICATION_DATE_NAME);
    let known = fields.iter().filter(|field| is_label(&field.name)).count();
    if root != body {
        let prose = block.rests.iter().filter(|rest| rest.is_prose);
        let is_new = |text: &&str| !fields.iter().any(|field| field.value.contains(*text));
        let texts: Vec<&str> = prose.map(|rest| rest.text.as_str()).filter(is_new).collect();
        if !texts.is_empty() {
            let text = texts.join("\n");
            fields.push(BlockField::named(TEXT_NAME, text));
        }
    }
    Some(Shown { fields, known, line })
}

/// Whether a page has as many labels as a document that repeat in no list: where they do, they are those of the parts of
/// the list.
fn has_labels_of_one(page: &Page, shown: &Shown) -> bool {
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
