//! A page about one document: JSON-LD, microdata, `<meta>`, or a heading with labels.

use std::collections::HashSet;

use crate::formats::read::json::{Object, Value};
use crate::formats::read::json_items::insert_or_append;

use super::block::{BlockField, Page, TITLE};
use super::dom::NodeId;
use super::schema::{bare_type, use_known_names};
use super::shown_fields::{MIN_LABELS, has_labels_of_one, main_heading, shown_fields};
use super::text::{collapse, text_of};
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
    known: KnownValues,
}

/// The texts among the values of an object, so that looking for one takes constant time.
#[derive(Default)]
struct KnownValues {
    /// The texts that are values, with white space collapsed.
    texts: HashSet<String>,
    /// The texts in lists of values.
    in_lists: HashSet<String>,
}

impl KnownValues {
    fn contains(&self, text: &str) -> bool {
        self.in_lists.contains(text) || self.texts.contains(&collapse(text))
    }

    fn insert(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.texts.insert(collapse(text));
            }
            Value::Array(values) => values.iter().for_each(|value| self.insert_in_list(value)),
            _ => {}
        }
    }

    fn insert_in_list(&mut self, value: &Value) {
        self.in_lists.extend(value.as_str().map(str::to_owned));
    }

    /// Replaces a text by a list that begins with it.
    fn move_to_list(&mut self, value: &Value) {
        if let Some(text) = value.as_str() {
            self.texts.remove(&collapse(text));
            self.insert_in_list(value);
        }
    }
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
        let is_known = match &value {
            Value::String(text) => self.known.contains(text),
            other => self.object.values().any(|known| known == other),
        };
        if is_known {
            return;
        }
        match self.object.get_mut(name) {
            None => {
                self.known.insert(&value);
                self.object.insert(name.into(), value);
                self.targets.extend(target.map(|target| (name.to_owned(), target)));
            }
            Some(Value::Array(values)) if !value.is_array() => {
                self.known.insert_in_list(&value);
                values.push(value);
            }
            Some(known) if known.is_string() && value.is_string() => {
                self.known.move_to_list(known);
                self.known.insert_in_list(&value);
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
