//! Bookmarks as browsers export them (`NETSCAPE-Bookmark-file-1`): a record for each link.

use std::collections::HashMap;

use crate::formats::read::json::{Object, Value};
use crate::formats::read::json_items::insert_or_append;

use super::block::{ADDRESS_NAME, Page, TITLE};
use super::content::heading_level;
use super::dom::{Dom, NodeId};
use super::text::{Line, collapse, lines_of, text_without};
use crate::formats::field_names::FieldTarget;
use crate::formats::read::text_budget::TextBudget;
use crate::formats::read::tree::{Objects, PlacedObject, send_objects};
use crate::formats::read::truncate::truncate;
use crate::formats::read::whole_dates::split_end_date;
use crate::formats::read::{InputFile, PageStart, Sink};
use crate::record::{Archive, Field, Problem};
use crate::text::counts::{count_of, with_thousands};

/// Whether a text starts like a file of bookmarks.
pub(super) fn looks_like(beginning: &str) -> bool {
    let start = beginning.trim_start_matches('\u{feff}').trim_start();
    start.get(..24).is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE NETSCAPE-Bookm"))
}

/// Reads the links of a page of this size. The folders above a link are its collection.
pub(super) fn read(file: &InputFile<'_>, page: &Page, page_bytes: usize, sink: &mut dyn Sink) {
    let dom = &page.dom;
    let mut objects = Objects { place: "dt a".to_owned(), ..Objects::default() };
    objects.targets = vec![
        ("a".to_owned(), TITLE),
        ("date in title".to_owned(), FieldTarget::Date),
        (ADDRESS_NAME.to_owned(), FieldTarget::Field(Field::Url)),
        ("dd".to_owned(), FieldTarget::Field(Field::Summary)),
        ("folder".to_owned(), FieldTarget::Field(Field::Collection)),
    ];
    let mut folders = FolderNames::default();
    let (mut budget, mut left_out) = (TextBudget::new(file.options), 0);
    for id in dom.all().filter(|id| dom.name(*id) == "a") {
        let Some(address) = dom.attribute(id, "href").filter(|href| !href.is_empty()) else {
            continue;
        };
        let text = |id| {
            lines_of(dom, &[id], &|_| false).iter().map(Line::text).collect::<Vec<_>>().join("\n")
        };
        let title = text(id);
        let mut object = Object::default();
        let (title, date) = split_end_date(&title)
            .map_or((title.as_str(), None), |(title, date)| (title, Some(date)));
        object.insert("a".into(), Value::from(title));
        let mut add = |name: &str, value: String| {
            if !value.is_empty() {
                object.insert(name.into(), Value::from(value));
            }
        };
        add("date in title", date.unwrap_or_default().to_owned());
        add("dd", description_of(dom, id).map(text).unwrap_or_default());
        let folder = folders.above(page, id).join(" / ");
        // The name is in the object and in its record.
        if budget.take(2 * folder.len() as u64, page_bytes as u64) {
            add("folder", folder);
        } else {
            left_out += 1;
        }
        add(ADDRESS_NAME, address.to_owned());
        let tags = dom.attribute(id, "tags").unwrap_or_default();
        for tag in tags.split(',').map(collapse).filter(|tag| !tag.is_empty()) {
            insert_or_append(&mut object, "tags", Value::from(tag));
        }
        let line = dom.line(id);
        objects.records.push(PlacedObject { line, object, ..PlacedObject::default() });
    }
    folders.report_cut(file.name, sink);
    report_left_out(file.name, left_out, sink);
    let archive = Archive::default();
    sink.start_page(PageStart { file: file.name.to_owned(), archive, ..PageStart::default() });
    if objects.records.is_empty() {
        return sink.report(Problem::error(file.name, None, "there is no link in these bookmarks"));
    }
    if let Err(message) = send_objects(file, objects, None, sink) {
        sink.report(Problem::error(file.name, None, message));
    }
}

/// Returns the element with the description of a link, which follows that of the link.
fn description_of(dom: &Dom, link: NodeId) -> Option<NodeId> {
    let term = dom.parent(link).unwrap_or(link);
    let siblings = dom.parent(term).into_iter().flat_map(|list| dom.children(list));
    let mut behind = siblings.copied().skip_while(|it| *it != term).skip(1);
    behind.find(|it| !dom.name(*it).is_empty()).filter(|it| dom.name(*it) == "dd")
}

/// Reports that the folders of links were left out.
fn report_left_out(name: &str, left_out: usize, sink: &mut dyn Sink) {
    if left_out > 0 {
        let message = format!(
            "the names of the folders of all links are far larger than the file, as in files made to fill the memory: they \
             were left out of {}; if you trust it, --max-unpacked SIZE reads it",
            count_of(left_out, "link")
        );
        sink.report(Problem::error(name, None, message));
    }
}

/// The longest name of a folder that is kept, in bytes: it stands in the record of each link below it.
const MAX_FOLDER_BYTES: usize = 1_000;

/// The names of the folders of links.
#[derive(Default)]
struct FolderNames {
    /// The name above each list of links so far.
    known: HashMap<NodeId, Option<String>>,
    /// The number of names that were cut.
    cut: usize,
}

impl FolderNames {
    /// Returns the names of the folders above a link, the outermost first. Each is a heading in the `dt` round its
    /// list.
    fn above(&mut self, page: &Page, link: NodeId) -> Vec<String> {
        let dom = &page.dom;
        let lists = dom.ancestors(link).filter(|above| dom.name(*above) == "dl");
        let FolderNames { known, cut } = self;
        let mut name_of = |list: NodeId| {
            let mut beside = dom.children(dom.parent(list)?).iter().copied();
            let heading = beside.find(|id| heading_level(dom.name(*id)) == Some(3))?;
            let name = text_without(dom, &[heading], &|_| false);
            *cut += usize::from(name.len() > MAX_FOLDER_BYTES);
            Some(truncate(name, MAX_FOLDER_BYTES).into_owned())
        };
        let names =
            lists.filter_map(|list| known.entry(list).or_insert_with(|| name_of(list)).clone());
        let mut names: Vec<String> = names.collect();
        names.reverse();
        names
    }

    /// Reports that names of folders were cut.
    fn report_cut(&self, file: &str, sink: &mut dyn Sink) {
        if self.cut > 0 {
            let message = format!(
                "the name of {} is longer than {} bytes: its beginning and its end were kept",
                count_of(self.cut, "folder"),
                with_thousands(MAX_FOLDER_BYTES)
            );
            sink.report(Problem::error(file, None, message));
        }
    }
}
