//! The parser of web pages that a browser saved: lists of results, tables, and pages about one document.
//!
//! `html5ever` builds the tree of the page as browsers do ([`dom`]). [`content`] leaves out what is for moving
//! around the site. Then the records are looked for: in tables with named columns ([`tables`]), in siblings
//! of the same shape ([`groups`], [`block`], [`labels`]), in what the page says about one document
//! ([`item`]), at last in the text as a user would copy it ([`page_text`]). A page without records is
//! refused.

mod addresses;
mod attribute_limit;
mod block;
mod block_objects;
mod bookmarks;
mod content;
mod dates_apart;
mod dom;
mod empty_page;
mod field_list;
mod field_values;
mod group_sizes;
mod groups;
mod heading_pairs;
mod institutions;
mod item;
mod label_lines;
mod label_text;
mod labels;
mod lists_below_dates;
mod open_tags;
mod page_count;
mod page_text;
mod pairs;
mod parting_dashes;
mod people;
mod plain_text;
mod positions;
mod property_list;
mod root;
mod saved_list;
mod schema;
mod selector;
mod shared_forms;
mod shown_fields;
mod tables;
mod text;
mod title_finder;
mod title_labels;
mod title_lines;
mod tokens;
mod unlinked_lists;
mod words;
mod wrapped;

use std::collections::HashSet;
use std::io::{self, Cursor};

use crate::formats::read::json::{Object, Value};

use super::position_sink::PositionSink;
use super::results_page::BelowYears;
use super::tree::{Objects, PlacedObject, send_objects};
use super::{InputFile, PageStart, Sink, encoding, json, spreadsheet};
use crate::formats::html_records::{self, PageRecords};
use crate::record::{Archive, Problem};
use addresses::Addresses;
use block::{Block, Page};
use block_objects::object_of;
use content::Content;
use dom::Dom;
use groups::Found;
use item::Item;
use page_count::PageCount;

pub(super) use empty_page::message_about_text;
pub(super) use institutions::names_institution;
pub(super) use label_text::{
    DASHES, date_behind_word, is_part_of_label, is_publishing, is_reference,
    names_and_date_behind_by, publication_date,
};
pub(super) use people::{is_inverted_names, split_names};
pub(super) use plain_text::plain_text;
pub(super) use root::looks_like;
pub(super) use words::{
    foot_word, is_furniture_heading, is_news_heading, names_kind, names_other_field, names_street,
    starts_with_article,
};
pub(super) use wrapped::{looks_like_mhtml, looks_like_web_archive, read_mhtml, read_web_archive};

/// The most letters of a text that a message quotes.
const MAX_QUOTED_CHARS: usize = 60;

/// The number of labels above which a page with a list too is about one document.
const MIN_CERTAIN_LABELS: usize = 2;

/// The number of lists that are named where no record was found.
const MAX_NAMED_LISTS: usize = 3;

/// Reads a page.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = encoding::read_text(file.name, file.bytes, sink)?;
    if let Some(records) = html_records::find(&text) {
        return read_own_page(file, &records, sink);
    }
    read_page(file, &text, None, sink)
}

/// Reports tags with too many attributes, by their lines, and elements that are too deep inside one another.
fn report_limits(name: &str, surplus: &[usize], dom: &Dom, sink: &mut dyn Sink) {
    for line in surplus {
        let message = format!(
            "a tag here has more than {} attributes: the others were left out",
            attribute_limit::MAX_ATTRIBUTES
        );
        sink.report(Problem::error(name, Some(*line), message));
    }
    if let Some(line) = dom.first_left_out {
        let message = format!(
            "elements from here on are more than {} deep inside one another: only their texts were read, without their \
             order in tables and lists",
            dom::MAX_DEPTH
        );
        sink.report(Problem::warning(name, Some(line), message));
    }
}

/// Reads the text of a page. `address` is its address, if the file round it has it.
pub(super) fn read_page(
    file: &mut InputFile<'_>,
    text: &str,
    address: Option<&str>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let (text, surplus) = attribute_limit::without_surplus(text);
    let dom = Dom::parse(&text);
    report_limits(file.name, &surplus, &dom, sink);
    let content = Content::find(&dom);
    let addresses = Addresses::find(&dom, address);
    let page = Page::new(dom, content, addresses);
    if bookmarks::looks_like(&text) {
        bookmarks::read(file, &page, text.len(), sink);
        return Ok(());
    }
    let count = PageCount::find(&page);
    let of_saved = saved_list::options(file.name, &page, &count, file.options, sink);
    let options = of_saved.as_ref().unwrap_or(file.options);
    let file = &mut InputFile { name: file.name, bytes: &mut *file.bytes, options };
    let wanted = options.records.as_deref();
    let tables = if wanted.is_none() { tables::find(&page, options) } else { Vec::new() };
    let group = groups::find(&page, &count, wanted);
    let lists_agree = group.as_ref().is_some_and(|group| count.agrees(group.blocks.len()));
    let in_list: u32 = group.iter().flat_map(|group| &group.blocks).map(Block::known_count).sum();
    // The labels of a list are those of its records.
    let is_about_one = |item: &Item| {
        item.is_described
            || (item.labels > MIN_CERTAIN_LABELS && item.labels > 2 * in_list as usize)
    };
    let item = if wanted.is_none() && !lists_agree { item::find(&page) } else { None };
    let has_list = group.is_some() || !tables.is_empty();
    // The days below a year may look like labels.
    let has_days = |item: &Item| {
        !item.is_described && matches!(page_text::below_years(&text), Some(BelowYears::Records))
    };
    let is_item = |item: &Item| (!has_list || is_about_one(item)) && !has_days(item);
    if let Some(item) = item.filter(is_item) {
        send_item(file, &page, item, sink);
    } else if !tables.is_empty()
        && (tables.iter().any(|table| tables::is_named(table, options))
            || group.as_ref().is_none_or(|group| group.is_of_rows() || !lists_agree))
    {
        send_tables(file, &page, &count, &tables, sink);
    } else if let Some(group) = group {
        send_group(file, &page, &count, group, sink);
    } else if let Some(list) = item::listed(&page).filter(|_| wanted.is_none()) {
        send_list(file, &page, list, sink);
    } else if wanted.is_none() {
        return read_by_text(file, &page, &text, &count, sink);
    } else {
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(Problem::error(file.name, None, no_records_message(&page, wanted)));
    }
    Ok(())
}

/// Reads the text of a page, if it has records. Where years are headings, every item below them must have its day.
fn read_by_text(
    file: &mut InputFile<'_>,
    page: &Page,
    text: &str,
    count: &PageCount,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let agrees = |records| count.agrees(records);
    let has_lists = lists_below_dates::has_lists_below_dates(page);
    let has_records = || {
        Ok::<bool, io::Error>(
            !has_lists && page_text::has_records(file, text, &content_lines(page), &agrees)?,
        )
    };
    let problem = match page_text::below_years(text) {
        Some(BelowYears::Records) => None,
        Some(BelowYears::Refused(line, message)) => {
            Some(Problem::error(file.name, Some(line), message))
        }
        None if has_records()? => None,
        None => {
            if let Some(group) = unlinked_lists::find(page).filter(|_| !has_lists) {
                send_unlinked(file, page, count, group, sink);
                return Ok(());
            }
            Some(Problem::error(file.name, None, no_records_message(page, None)))
        }
    };
    let Some(problem) = problem else { return page_text::read(file, text, sink) };
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    sink.report(problem);
    Ok(())
}

/// Returns the lines of the content of a page.
fn content_lines(page: &Page) -> HashSet<String> {
    let roots: Vec<dom::NodeId> =
        page.dom.all().filter(|id| page.dom.name(*id) == "body").take(1).collect();
    let lines = text::lines_of(&page.dom, &roots, &|id| page.content.skips(id));
    lines.iter().map(text::Line::text).collect()
}

/// The way out where a page has neither records nor lists.
const SAVE_AGAIN: &str = "; if the browser shows records, save the page again as “complete”, or copy them and run `fonds paste`";

/// Returns the sentence about a page without records. Where it has lists, it names them.
fn no_records_message(page: &Page, wanted: Option<&str>) -> String {
    let about_page = empty_page::message_about(page).filter(|_| wanted.is_none());
    let lists = groups::longest(page, MAX_NAMED_LISTS);
    let start = about_page.map_or_else(|| nothing_found(wanted), str::to_owned);
    let Some((first, _)) = lists.first() else {
        let way_out = if about_page.is_some() { "" } else { SAVE_AGAIN };
        return start + way_out;
    };
    let named: Vec<String> =
        lists.iter().map(|(path, count)| format!("“{path}” ({count})")).collect();
    format!(
        "{start}; the longest lists are {}: take one with --records \"{first}\"",
        named.join(", ")
    )
}

/// Returns the beginning of the sentence about a page in which nothing was found.
fn nothing_found(wanted: Option<&str>) -> String {
    match wanted {
        Some(wanted) => format!("there is nothing at “{wanted}” in this page"),
        None => "no record was found in this page: neither a table with named columns nor a list of titles with dates, \
                 nor a document with labels"
            .to_owned(),
    }
}

/// Reads a page that fonds wrote, from the records in it.
fn read_own_page(
    file: &mut InputFile<'_>,
    records: &PageRecords,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    match records {
        PageRecords::Found(lines) => {
            let bytes = &mut Cursor::new(lines);
            return json::read_lines(&mut InputFile { bytes, ..*file }, sink);
        }
        PageRecords::None => {
            let message = "this page has no records: fonds wrote it when there were none to write";
            sink.report(Problem::warning(file.name, None, message));
        }
        PageRecords::Removed => {
            let message = "fonds wrote this page, but its records are not in it any more: open the file that it was made from";
            sink.report(Problem::error(file.name, None, message));
        }
    }
    Ok(())
}

/// Returns what a page says about its archive.
fn archive_of(page: &Page, total: Option<u64>) -> Archive {
    let dom = &page.dom;
    let meta = dom.all().find(|id| dom.attribute(*id, "property") == Some("og:site_name"));
    let site_name = meta.and_then(|id| dom.attribute(id, "content")).map(text::collapse);
    let publisher = || {
        item::json_ld_values(page).iter().find_map(|value| {
            let publisher = value.get("publisher").or_else(|| value.get("holdingArchive"))?;
            publisher.get("name").and_then(Value::as_str).map(text::collapse)
        })
    };
    let name = site_name.filter(|name| !name.is_empty()).or_else(publisher);
    Archive { title: name, total, ..Archive::default() }
}

/// Starts a page.
fn start_page(file: &InputFile<'_>, page: &Page, total: Option<u64>, sink: &mut dyn Sink) {
    let archive = archive_of(page, total);
    let file = file.name.to_owned();
    sink.start_page(PageStart { file, archive, may_repeat_records: true, ..PageStart::default() });
}

/// Sends the record of a page about one document.
fn send_item(file: &InputFile<'_>, page: &Page, item: Item, sink: &mut dyn Sink) {
    start_page(file, page, None, sink);
    let Item { object, targets, place, line, .. } = item;
    let record = PlacedObject { line, object, ..PlacedObject::default() };
    let objects = Objects { records: vec![record], place, targets };
    report_error(file, send_objects(file, objects, None, sink), sink);
}

/// Sends the records that the JSON-LD of a page lists.
fn send_list(file: &InputFile<'_>, page: &Page, list: Vec<Object>, sink: &mut dyn Sink) {
    start_page(file, page, None, sink);
    let record = |object| PlacedObject { line: 1, object, ..PlacedObject::default() };
    let records = list.into_iter().map(record).collect();
    let objects = Objects { records, place: "JSON-LD".to_owned(), ..Objects::default() };
    report_error(file, send_objects(file, objects, None, sink), sink);
}

/// Sends the records in the tables of a page.
fn send_tables(
    file: &InputFile<'_>,
    page: &Page,
    count: &PageCount,
    tables: &[spreadsheet::RowTable],
    sink: &mut dyn Sink,
) {
    let rows: usize = tables.iter().map(|table| table.rows.len().saturating_sub(1)).sum();
    let archive = archive_of(page, count.total(rows));
    let mut sink = PositionSink::new(sink, count.first_position(rows));
    for table in tables {
        spreadsheet::read_rows(file, table, archive.clone(), &mut sink);
    }
    report_difference(file, count, &mut sink);
}

/// Sends the records of a group of blocks.
fn send_group(
    file: &InputFile<'_>,
    page: &Page,
    count: &PageCount,
    group: Found,
    sink: &mut dyn Sink,
) {
    let total = count.total(group.blocks.len());
    start_page(file, page, total, sink);
    let mut objects = Objects { place: group.path, ..Objects::default() };
    let mut messages = Vec::new();
    if !group.actions.is_empty() {
        let named = group.actions.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>();
        let message = format!(
            "left out, because every record has such a link or button: {}",
            named.join(", ")
        );
        messages.push((group.blocks.first().map_or(1, |block| block.line), message));
    }
    if let Some(names) = &group.unclear_names {
        let message = format!(
            "“{names}” may be one person or several, since no other name of this page shows the order: it was kept whole"
        );
        messages.push((group.blocks.first().map_or(1, |block| block.line), message));
    }
    for block in group.blocks {
        let (line, text) = (block.line, block.lines.clone());
        if block.title.is_none() && block.says_nothing() {
            let text = block.fields.first().map_or("", |field| field.value.as_str());
            let text: String = text.chars().take(MAX_QUOTED_CHARS).collect();
            messages.push((
                line,
                format!(
                    "this part of the list is no record, it has no title and no date: “{text}”"
                ),
            ));
            continue;
        }
        if block.title.is_none() {
            let message =
                "no title was found in this part of the list: it is kept as a record without one";
            messages.push((line, message.to_owned()));
        }
        let object = object_of(block, &mut objects.targets);
        if !object.is_empty() {
            objects.records.push(PlacedObject { line, object, text });
        }
    }
    let first = count.first_position(objects.records.len());
    let mut sink = PositionSink::new(sink, first);
    report_error(file, send_objects(file, objects, total, &mut sink), &mut sink);
    for (line, message) in messages {
        sink.report(Problem::warning(file.name, Some(line), message));
    }
    report_difference(file, count, &mut sink);
}

/// Sends the records of a list without links, with a warning.
fn send_unlinked(
    file: &InputFile<'_>,
    page: &Page,
    count: &PageCount,
    group: Found,
    sink: &mut dyn Sink,
) {
    let line = group.blocks.first().map_or(1, |block| block.line);
    send_group(file, page, count, group, sink);
    let message = "the parts of this list have no links: they were read as documents, but may be events or sections of a \
                   text; compare a record with the page";
    sink.report(Problem::warning(file.name, Some(line), message));
}

/// Reports that the page says another number of records.
fn report_difference(file: &InputFile<'_>, count: &PageCount, sink: &mut PositionSink<'_>) {
    if let Some((line, message)) = count.difference(sink.count) {
        sink.report(Problem::warning(file.name, Some(line), message));
    }
}

/// Reports an error in the names that the user gave with `--input-columns`.
fn report_error(file: &InputFile<'_>, result: Result<(), String>, sink: &mut dyn Sink) {
    if let Err(message) = result {
        sink.report(Problem::error(file.name, None, message));
    }
}
