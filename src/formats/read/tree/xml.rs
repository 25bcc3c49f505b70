//! Reads XML of a shape that is not known by name: elements become the same trees as JSON.

use std::borrow::Cow;
use std::io;

use crate::formats::read::json::{Object, Value};

use super::element_names::{TABLE_KEY, is_table, key_of};
use super::element_paths::{ElementPaths, Followed};
use super::groups::OpenGroups;
use super::headers::is_header_key;
use super::list_keys::Names;
use super::plan::Plan;
use super::sample::Rewound;
use super::single::record_of_object_with;
use super::totals::is_total;
use super::values::TEXT_KEY;
use super::vocabularies::Vocabulary;
use super::vocabulary_file;
use super::worth::is_part;
use super::{archive, members, words};
use crate::formats::field_names::is_address;
use crate::formats::read::ParserCache;
use crate::formats::read::html::plain_text;
use crate::formats::read::json::Counts;
use crate::formats::read::json_items::insert_or_append;
use crate::formats::read::xml::{Document, Element, XmlEvent, root_name};
use crate::formats::read::{
    InputFile, PageStart, ReadOptions, RecordPart, Sink, encoding, xml_records,
};
use crate::record::{Problem, Record};

/// The number of bytes in which the root element starts.
const MAX_ROOT_BYTES: usize = 1 << 16;

/// The key for the name of a node that counts in its file only.
pub(super) const NODE_KEY: &str = "node";

/// Roots of XML that is shown and holds no records.
const DISPLAYED_ROOTS: [&str; 4] = ["html", "svg", "math", "stylesheet"];

/// Whether a text starts like XML.
pub(crate) fn looks_like(beginning: &str) -> bool {
    root_name(beginning).is_some_and(|root| {
        let starts_name = root.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
        starts_name && !DISPLAYED_ROOTS.contains(&root.to_ascii_lowercase().as_str())
    })
}

/// Reads a file.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Rewound::new(&mut *file.bytes);
    bytes.extend();
    let start = bytes.beginning();
    let decoded = encoding::decode(start.get(..MAX_ROOT_BYTES).unwrap_or(start)).0;
    let root = root_name(&decoded).unwrap_or("").to_owned();
    if let Some(vocabulary) = Vocabulary::of_root(&root) {
        let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
        return vocabulary_file::read(vocabulary, &mut file, sink);
    }
    if let Some(message) = Vocabulary::refusal(&root).filter(|_| file.options.records.is_none()) {
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(Problem::error(file.name, None, message));
        return Ok(());
    }
    let root = sample(file.name, file.options, bytes.beginning())?;
    let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
    let is_chosen = file.options.records.is_some();
    match root.as_ref().filter(|_| !is_chosen).and_then(|root| place_of_lido(root, false)) {
        Some(LidoPlace::Harvest) => return xml_records::read(&mut file, sink),
        Some(LidoPlace::Anywhere) => {
            return vocabulary_file::read(Vocabulary::Lido, &mut file, sink);
        }
        None => {}
    }
    let plan = match root {
        Some(root) if has_known_descriptions(&root) => return xml_records::read(&mut file, sink),
        Some(root) => Plan::from_saved(std::slice::from_ref(&root), Names::Elements, file.options)
            .map_or_else(|| Plan::decide(&[root], Names::Elements, file.options), Ok),
        None => Err("this XML has no element that can be read".to_owned()),
    };
    match plan {
        Ok(plan) => {
            sink.describe_names(plan.describe(file.name));
            stream(&mut file, &plan, sink)
        }
        Err(message) => {
            sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
            sink.report(Problem::error(file.name, None, message));
            Ok(())
        }
    }
}

/// Reads a file that names Dublin Core: its descriptions, or records of other elements with names of Dublin Core in
/// them.
pub(crate) fn read_dublin_core(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Rewound::new(&mut *file.bytes);
    let decoded = encoding::decode(bytes.beginning()).0;
    let is_record = |name: &str| name == "record" || xml_records::is_description(name);
    let is_known = root_name(&decoded).is_some_and(is_record);
    let is_known = is_known || {
        let root = sample(file.name, file.options, bytes.beginning())?;
        root.is_none_or(|root| has_records(&root))
    };
    let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
    if is_known { xml_records::read(&mut file, sink) } else { read(&mut file, sink) }
}

/// Whether an element holds a record or a description where [`xml_records::read`] looks for them.
fn has_records(element: &Value) -> bool {
    match element {
        Value::Array(elements) => elements.iter().any(has_records),
        Value::Object(children) => children.iter().any(|(name, child)| {
            let is_record = name == "record" || name == "dmdSec";
            is_record
                || xml_records::is_description(name)
                || (xml_records::is_wrapper(name) && has_records(child))
        }),
        _ => false,
    }
}

/// Whether an element holds a description of a format that is known by name, alone or in elements that
/// only wrap it: Dublin Core, MODS, MARC, EAD.
pub(super) fn has_known_descriptions(element: &Value) -> bool {
    match element {
        Value::Array(elements) => elements.iter().any(has_known_descriptions),
        Value::Object(children) => children.iter().any(|(name, child)| {
            xml_records::is_description(name)
                || (xml_records::is_wrapper(name) && has_known_descriptions(child))
        }),
        _ => false,
    }
}

/// Returns the root at the beginning of a file as an object, as far as it goes.
pub(super) fn sample(
    name: &str,
    options: &ReadOptions,
    mut beginning: &[u8],
) -> io::Result<Option<Value>> {
    let mut ignored = IgnoreAll;
    let mut start = InputFile { name, bytes: &mut beginning, options };
    let mut document = Document::new(&mut start, &mut ignored)?;
    loop {
        match document.next_event()? {
            XmlEvent::StartElement => break,
            XmlEvent::EndOfFile => return Ok(None),
            XmlEvent::Text | XmlEvent::EndElement => {}
        }
    }
    document.read_element()?;
    Ok(Some(value_of(document.element())))
}

/// Returns the record of a description that is not known by the format around it, if its names show a title. What stands
/// in an element of LIDO, wherever that is, has the meaning that LIDO gives it.
pub(crate) fn record_of_element(element: Element<'_>) -> Option<Record> {
    element.children().next()?;
    let all = || std::iter::once(element).chain(element.descendants());
    let vocabulary = Vocabulary::of_root(element.name())
        .or_else(|| all().any(|it| it.name() == LIDO_RECORD).then_some(Vocabulary::Lido));
    let (object, keys) = match vocabulary {
        Some(vocabulary) => {
            let record = all().find(|it| it.name() == vocabulary.record_element())?;
            (vocabulary.object_of(record), vocabulary.keys())
        }
        None => match value_of(element) {
            Value::Object(object) => (object, None),
            _ => return None,
        },
    };
    let (record, _) = record_of_object_with(object, keys, "", &ReadOptions::default()).ok()?;
    record.title().is_some().then_some(record)
}

/// The element of a record of LIDO.
const LIDO_RECORD: &str = "lido";

/// Where records of LIDO stand in a file that is named otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LidoPlace {
    /// In records of a harvest, which have a header.
    Harvest,
    /// In any other elements.
    Anywhere,
}

/// Returns where an element has records of LIDO in it; `None` if it has none.
fn place_of_lido(element: &Value, in_record: bool) -> Option<LidoPlace> {
    match element {
        Value::Array(elements) => elements.iter().find_map(|it| place_of_lido(it, in_record)),
        Value::Object(children) => children.iter().find_map(|(name, child)| {
            let is_lido = name == LIDO_RECORD && !child.is_string();
            let here = if in_record { LidoPlace::Harvest } else { LidoPlace::Anywhere };
            let opens_record =
                name == "record" && child.as_array().is_some_and(|it| !it.is_empty());
            let inner = || {
                place_of_lido(child, (in_record && xml_records::is_wrapper(name)) || opens_record)
            };
            if is_lido { Some(here) } else { inner() }
        }),
        _ => None,
    }
}

/// A sink for a beginning that is read again.
pub(super) struct IgnoreAll;

impl Sink for IgnoreAll {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, _: Record) {}

    fn add_part(&mut self, _: RecordPart) {}

    fn report(&mut self, _: Problem) {}
}

/// Returns an element as a value. An element with others in it is an object, in a list of its name.
fn value_of(element: Element<'_>) -> Value {
    let mut object = Object::default();
    for (name, value) in element.attributes() {
        // The name of a node in RDF: an address, an id, or one that counts in this file only, such as `#item_2`.
        let name = match (name, value.trim()) {
            ("about", value) if value.starts_with(['#', '_']) => NODE_KEY,
            ("about", value) if !is_address(value) => "@id",
            ("name", _) if is_table(element) => TABLE_KEY,
            _ => name,
        };
        insert_or_append(&mut object, name, Value::from(value.trim()));
    }
    let is_text = holds_what_follows(element);
    let has_children = !is_text && own_children(element).next().is_some();
    if is_text || element.has_text() || !has_children {
        let text = if is_text { element.leading_text().to_owned() } else { element.text() };
        let text = if is_html(element) { text_of_html(text) } else { text };
        if object.is_empty() {
            return Value::from(text);
        }
        if !text.is_empty() {
            object.insert(TEXT_KEY.into(), Value::from(text));
        }
        return Value::Object(object);
    }
    let mut children: Vec<Element<'_>> = Vec::new();
    own_children(element).for_each(|child| add_ended(child, &mut children));
    for child in children {
        let is_branch = own_children(child).next().is_some() && !child.has_text();
        let value = value_of(child);
        let key = key_of(child);
        match object.get_mut(&key) {
            None if is_branch => {
                object.insert((*key).into(), Value::Array(vec![value]));
            }
            _ => insert_or_append(&mut object, &key, value),
        }
    }
    Value::Object(object)
}

/// Whether the text of an element is HTML, as Atom writes it (RFC 4287, section 3.1.1.2).
fn is_html(element: Element<'_>) -> bool {
    element.attribute("type").is_some_and(|kind| ["html", "text/html"].contains(&kind))
}

/// Returns a text in HTML without its references.
fn text_of_html(text: String) -> String {
    if text.contains('&') { plain_text(&format!("<p>{text}</p>")).into_owned() } else { text }
}

/// Whether an element lacks its end tag behind its text, so that the elements in it stand behind it.
fn holds_what_follows(element: Element<'_>) -> bool {
    element.is_unended()
        && element.children().next().is_some()
        && !element.leading_text().is_empty()
        && element.raw_text().trim() == element.leading_text()
}

/// The child elements, without the next ones of its name in an element that lacks its end tag.
fn own_children(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let is_unended = element.is_unended();
    element.children().filter(move |child| !is_unended || child.name() != element.name())
}

/// Adds an element, and those that stand in it only because it lacks its end tag.
fn add_ended<'t>(element: Element<'t>, elements: &mut Vec<Element<'t>>) {
    elements.push(element);
    if element.is_unended() {
        let is_text = holds_what_follows(element);
        let others = element.children().filter(|it| is_text || it.name() == element.name());
        others.for_each(|other| add_ended(other, elements));
    }
}

/// Streams the records at the paths of a plan.
fn stream(file: &mut InputFile<'_>, plan: &Plan, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    let mut document = Document::new(file, sink)?;
    document.start_page(PageStart::default());
    let paths = ElementPaths::new(plan);
    let (mut open, mut root) = (Vec::<String>::new(), String::new());
    let mut cache = ParserCache::default();
    let mut others = archive::Others::default();
    let mut around = Around::default();
    loop {
        match document.next_event()? {
            XmlEvent::StartElement => {
                let name = key_of(document.element());
                if root.is_empty() {
                    root = name.clone().into_owned();
                }
                let is_table = is_table(document.element());
                // Behind the end of the root its children may go on, if that is misplaced.
                if document.depth() > 1 || name != root {
                    around.end_text(open.last().map_or("text", |it| it));
                    open.push(name.clone().into_owned());
                    // The structure of a table has its name too.
                    if is_table && !paths.contains(&name) {
                        others.add_certain(&name);
                    }
                }
                let followed = paths.follow(&open);
                note_other(followed, &open, &mut others);
                if followed.is_path {
                    add_records(&mut document, plan, &mut around.groups, &mut cache)?;
                    open.pop();
                } else {
                    around.open(document.element(), plan, followed);
                }
            }
            XmlEvent::Text => {
                if !document.text().trim().is_empty() {
                    archive::append_text(&mut around.text, document.text());
                }
            }
            XmlEvent::EndElement => {
                let is_group = around.groups.depth() == Some(open.len());
                if let Some(key) = open.pop() {
                    around.end_text(&key_beside(&key, &paths, &open));
                }
                if is_group {
                    around.groups.close(&mut []);
                }
            }
            XmlEvent::EndOfFile => break,
        }
    }
    around.end_text("text");
    let counts = Counts { kept: document.record_count(), left_out: document.left_out_count() };
    let archive = archive::of_object(around.values);
    let summary = plan.summary(name, counts, archive.total, &others.describe());
    if counts.kept > 0 || !document.is_aborted() {
        document.start_page(PageStart { archive, ..PageStart::default() });
    }
    drop(document);
    sink.report(summary);
    Ok(())
}

/// Returns the key of a text that stands round the records. What is in an element that is not on the way to them, and no
/// header, describes another thing. `open` are the elements round it below the root.
fn key_beside<'k>(key: &'k str, paths: &ElementPaths<'_>, open: &[String]) -> Cow<'k, str> {
    let Some(outer) = open.first().filter(|_| archive::is_description(key)) else {
        return Cow::Borrowed(key);
    };
    if paths.follow(open).leads_on || words::is_header_key(outer) || is_header_key(outer) {
        return Cow::Borrowed(key);
    }
    Cow::Owned(format!("{outer}.{key}"))
}

/// What stands round the records of a file while it is read.
#[derive(Default)]
struct Around {
    /// What is said of some of the records.
    groups: OpenGroups,
    /// What is said of the archive.
    values: Object,
    /// The text of the element that is read.
    text: String,
}

impl Around {
    /// Ends a text under a key: it says something of the records in the open group, or of the archive.
    fn end_text(&mut self, key: &str) {
        let text = std::mem::take(&mut self.text);
        self.add(key, &text);
    }

    /// Adds a text under a key, unless it is empty.
    fn add(&mut self, key: &str, text: &str) {
        if !text.trim().is_empty()
            && let Some((key, value)) = self.groups.add(key, Value::from(text.trim()))
        {
            archive::add_value(&mut self.values, &key, value);
        }
    }

    /// Opens an element that is no record. Its attributes say how many records there are, and what those in it stand in.
    fn open(&mut self, element: Element<'_>, plan: &Plan, followed: Followed) {
        if let Some(level) = followed.group.and_then(|at| plan.groups.get(at)) {
            self.groups.open(level, 0);
        }
        if !followed.leads_on {
            return;
        }
        for (name, text) in element.attributes() {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_total(name) && is_number {
                archive::add_text(&mut self.values, name, text);
            } else if followed.group.is_some() {
                self.add(name, text);
            } else if archive::is_description(name) || name == "name" {
                archive::add_text(&mut self.values, name, text);
            }
        }
    }
}

/// The number of elements that are open where one beside the records has others with more in them.
const MIN_DEPTH_OF_OTHERS: usize = 3;

/// Takes note of an element that is not on the way to a record and has much in it. `open` are the elements that are
/// open below the root.
fn note_other(followed: Followed, open: &[String], others: &mut archive::Others) {
    if open.len() >= followed.shared + MIN_DEPTH_OF_OTHERS
        && let Some(other) = open.get(followed.shared)
    {
        others.add(other);
    }
}

/// Adds the record that starts at the last tag, and those that stand in it because it lacks its end tag.
fn add_records(
    document: &mut Document<'_>,
    plan: &Plan,
    groups: &mut OpenGroups,
    cache: &mut ParserCache,
) -> io::Result<()> {
    let line = document.line_of_tag();
    document.take_source_hash_before_tag();
    document.read_element()?;
    let mut elements = Vec::new();
    add_ended(document.element(), &mut elements);
    let mut values: Vec<Value> = elements.into_iter().map(value_of).collect();
    if let Some(key) = &plan.member_key {
        values = values.into_iter().flat_map(|value| members::split(value, key)).collect();
    }
    let is_one = values.len() == 1;
    for value in values {
        if value.as_object().is_some_and(is_part) {
            document.leave_out_part(line);
            continue;
        }
        if plan.is_left_out(&value) {
            document.leave_out_part(line);
            continue;
        }
        let mut record = plan.record(&value, None, cache);
        groups.add_to(&mut record);
        if is_one {
            record.source_hash = document.take_source_hash();
        }
        document.add_record(record, line);
    }
    Ok(())
}
