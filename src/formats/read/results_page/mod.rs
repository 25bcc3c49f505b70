//! Parses the plain text of results pages, copied or saved from a browser.
//!
//! A line that is only a date begins a record. The next line with text is its title, and the lines
//! up to the next date are its summary. The text above the first record is the description of the
//! archive, and a line in it that names an institution the archive's name. Only words of the site itself are dropped. Doubtful lines are kept, with a
//! warning. Start reading with [`read`], then `lines`, `pages` and `record_drafts`.

mod articles;
mod end_dates;
mod facets;
mod joined_labels;
mod label_layouts;
mod labels;
mod leads;
mod lines;
mod numbered_rows;
mod orders;
mod page_body;
mod page_foot;
mod page_titles;
mod pages;
mod people;
mod record_drafts;
mod refusals;
mod sole_block;
mod title_dates;
mod undated;
mod year_headings;
mod year_lines;

use std::io;

use crate::formats::read::json::{Object, Value};
use crate::formats::read::json_items::insert_or_append;

use super::position_sink::PositionSink;
use super::result_count::{self, CountLine};
use super::tree::{Objects, PlacedObject, send_objects};
use super::{InputFile, PageStart, RecordPart, Sink, doubtful_dates, encoding, notes};
use crate::record::{Archive, Date, Field, Problem, Record};
use lines::{Line, LineKind};
use orders::{Entry, Order};
use page_foot::Foot;
use page_titles::take_title;
use pages::{PageText, UnusualDates};
use record_drafts::{Draft, PageDrafts};
use refusals::{
    TWO_ORDERS_MESSAGE, kinds_warning, no_records_message, report_dates_in_texts, report_document,
    report_feet, report_refused, report_unread, report_years,
};
use year_headings::YearPage;
pub(super) use year_lines::{is_line_below_year, year_of};

/// The length of the longest title in known results pages, in characters.
const MAX_KNOWN_TITLE_CHARS: usize = 209;

/// The maximum length of a title, in characters.
const MAX_TITLE_CHARS: usize = 300;

/// Whether a text is certainly a results page: it has a line with a count, or with only a date.
pub(super) fn looks_like(beginning: &str) -> bool {
    let is_count_or_date =
        |line: &Line<'_>| matches!(line.kind, LineKind::Count(_) | LineKind::Date(_));
    lines::split_lines(beginning).iter().any(is_count_or_date)
}

/// Whether a text has a line that counts records: `201 - 210 of 552`.
pub(super) fn has_count(beginning: &str) -> bool {
    lines::split_lines(beginning).iter().any(|line| matches!(line.kind, LineKind::Count(_)))
}

/// Whether a line of a text is a date or has a label, as in a page that was not copied whole.
pub(super) fn names_dates(text: &str) -> bool {
    let names_date = |line: &Line<'_>| lines::is_any_date(line) || lines::says_of_what(line.text);
    lines::split_lines(text).iter().any(names_date)
}

/// What a text with headings of years is.
pub(super) enum BelowYears {
    /// Each line below the years is a record, or belongs to one.
    Records,
    /// The line with this number makes that unclear, as the message says.
    Refused(usize, String),
}

/// The numbers of the lines of a text at which items of lists and headings begin.
#[derive(Clone, Debug, Default)]
pub(super) struct LineRoles {
    pub(super) items: Vec<usize>,
    pub(super) headings: Vec<usize>,
}

/// Tells what a text is that has headings of years, each with the days of that year, or a list, below it. Each item has its
/// day, or the text is refused. `None` if it has no such headings.
pub(super) fn below_years(text: &str, roles: &LineRoles) -> Option<BelowYears> {
    let body = page_body::PageBody::new(&lines::split_lines(text))?;
    let unclear = |line: usize| {
        let text = body.lines.iter().find(|it| it.number == line).map_or("", |it| it.text);
        BelowYears::Refused(line, refusals::unclear_message(text))
    };
    let refused = |line: usize, message: &str| BelowYears::Refused(line, message.to_owned());
    let Some(page) = year_headings::days_below_years(&body) else {
        let line = year_headings::lists_below_years(&body, &roles.items, &roles.headings);
        return line.map(|line| refused(line, refusals::LISTS_MESSAGE));
    };
    Some(match page {
        YearPage::Records(_) => year_headings::item_without_day(&body, &roles.items)
            .map_or(BelowYears::Records, unclear),
        YearPage::Unclear(line) => unclear(line),
        YearPage::Chronicle(line) => refused(line, refusals::CHRONICLE_MESSAGE),
    })
}

/// Whether a text has records. A text that cannot be read has some, so that reading it says why.
pub(super) fn has_records(file: &mut InputFile<'_>) -> bool {
    let mut probe = Probe::default();
    read(file, &mut probe).is_err() || probe.has_records
}

/// Notes whether there are records.
#[derive(Default)]
struct Probe {
    has_records: bool,
}

impl Sink for Probe {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, _: Record) {
        self.has_records = true;
    }

    fn add_part(&mut self, _: RecordPart) {
        self.has_records = true;
    }

    fn report(&mut self, _: Problem) {}
}

/// Splits a text into lines and decides by the whole text what some of them are: counts and dates of facets, the feet of pages,
/// and dates in unusual forms.
fn classify_lines(text: &str) -> (Vec<Line<'_>>, Vec<Foot<'_>>, UnusualDates) {
    let mut lines = lines::split_lines(text);
    if let Some(line_number) = pages::count_of_foot(&lines) {
        lines::reclassify_as_pager(&mut lines, line_number);
    }
    for line_number in pages::dates_of_facets(&lines) {
        lines::reclassify_as_label(&mut lines, line_number);
    }
    let feet = page_foot::feet(&lines);
    for foot in &feet {
        lines::reclassify_as_foot(&mut lines, foot.line, foot.end);
    }
    let unusual_dates = pages::unusual_dates(&lines);
    for line_number in &unusual_dates.read {
        lines::reclassify_as_date(&mut lines, *line_number);
    }
    (lines, feet, unusual_dates)
}

/// Parses one page or several in sequence.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    let text = encoding::read_text(name, file.bytes, sink)?;
    if notes::is_mostly_table(&text) {
        notes::read_text(name, &text, file.options, sink);
        return Ok(());
    }
    let (lines, feet, unusual_dates) = classify_lines(&text);
    let pages = pages::split_pages(&lines);
    let dated = |page: &PageText<'_, '_>| {
        PageDrafts::from_page(page).records.iter().filter(|draft| draft.date.is_some()).count()
    };
    let order_of = |page: &PageText<'_, '_>| {
        sole_block::find(page.lines).unwrap_or_else(|| orders::decide(page.lines, dated(page)))
    };
    let orders = pages.iter().map(order_of).collect();
    let orders = orders::agree(orders);
    if orders.iter().any(|order| matches!(order, Order::DatesLead { others: Some(_) })) {
        sink.report(Problem::warning(name, None, TWO_ORDERS_MESSAGE));
    }
    // Undated records alone are as many as the page says.
    let is_unknown =
        |(page, order): (_, &Order)| *order == Order::Unknown && !has_as_many_as_it_says(page);
    if pages.iter().zip(&orders).all(is_unknown) {
        sink.report(Problem::error(name, None, no_records_message(&text)));
        return Ok(());
    }
    report_feet(name, &feet, sink);
    if orders.iter().any(|order| matches!(order, Order::DatesLead { .. } | Order::TitlesLead(_))) {
        report_dates_in_texts(name, &lines, &unusual_dates.left, sink);
    }
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    let mut found_page = false;
    for (page, order) in pages.iter().zip(orders) {
        match order {
            Order::TitlesLead(entries) | Order::Labels(entries) => {
                found_page = true;
                send_entries(file, &lines, page, entries, sink);
            }
            Order::DatesLead { .. } => found_page |= send_drafts(name, page, sink),
            Order::Unknown if has_as_many_as_it_says(page) => {
                found_page |= send_drafts(name, page, sink);
            }
            Order::OneDocument => documents.push(page),
            Order::Refused(line, message) => refused.push((line, message)),
            Order::Unknown => report_unread(name, page, sink),
        }
    }
    found_page |= !refused.is_empty();
    report_refused(name, refused, sink);
    if !found_page && documents.is_empty() {
        sink.report(Problem::error(name, None, no_records_message(&text)));
    }
    // What stands above the records of another page are its filters, unless it has values behind colons.
    documents.retain(|page| !found_page || has_labels_with_values(page));
    for page in documents {
        report_document(name, page, sink);
    }
    Ok(())
}

/// Whether a page has a known label and its value in one line: `Date: 1945`.
fn has_labels_with_values(page: &PageText<'_, '_>) -> bool {
    page.lines.iter().any(|line| labels::label_and_value(line.text).is_some())
}

/// Sends the records of a page whose dates lead. Returns whether it is a page of results.
fn send_drafts(name: &str, page: &PageText<'_, '_>, sink: &mut dyn Sink) -> bool {
    let drafts = PageDrafts::from_page(page);
    let has_zero_count = page.count.is_some_and(|(_, count)| count.total == 0);
    let is_page = has_zero_count || !drafts.records.is_empty();
    if page.count.is_some() || is_page {
        report_years(name, page, sink);
        send_page(name, page, drafts, sink);
    }
    is_page
}

/// Whether a page has as many records as its count says.
fn has_as_many_as_it_says(page: &PageText<'_, '_>) -> bool {
    let records = PageDrafts::from_page(page).records.len() as u64;
    page.count.is_none_or(|(_, count)| count.expected() == records)
}

/// A line of a page with a count.
struct StatedCount<'t> {
    line: usize,
    text: &'t str,
    count: CountLine,
}

impl<'t> StatedCount<'t> {
    /// Finds the surest count of a page: a range, the number of the page, or only a total.
    fn find(page: &PageText<'_, 't>) -> Option<StatedCount<'t>> {
        let stated = |line: &Line<'t>| {
            let count = result_count::parse(line.text)?;
            Some(StatedCount { line: line.number, text: line.text, count })
        };
        let sure = page.lines.iter().filter(|line| pages::count_of(line).is_some());
        let sure = sure.filter_map(stated).min_by_key(|stated| match stated.count {
            CountLine::Range(_) => 0,
            _ => 1,
        });
        // The summary of a record may name a total of something else.
        let is_text = |line: &&Line<'_>| line.kind == LineKind::Text;
        let in_head = || page.head.iter().filter(is_text).find_map(stated);
        let in_foot = || page.lines.iter().rfind(|line| line.kind == LineKind::Pager);
        sure.or_else(in_head).or_else(|| in_foot().and_then(stated))
    }

    /// Returns the sentence about a page that says a few more records than were read, and not which of them it has.
    fn few_missing(&self, found: usize) -> Option<String> {
        let CountLine::Total(total) = self.count else { return None };
        let missing = total.checked_sub(found as u64).filter(|missing| *missing > 0)?;
        (4 * missing <= total).then(|| {
            format!(
                "{found} records were read, and the page says “{}”: a record may be missing",
                self.text
            )
        })
    }
}

/// Sends the records of a page whose dates do not lead.
fn send_entries(
    file: &InputFile<'_>,
    lines: &[Line<'_>],
    page: &PageText<'_, '_>,
    entries: Vec<Entry>,
    sink: &mut dyn Sink,
) {
    let whole = page.lines.iter().find_map(|line| {
        let count = result_count::parse(line.text)?;
        Some(StatedCount { line: line.number, text: line.text, count })
    });
    let stated = StatedCount::find(page).or(whole);
    let total = stated.as_ref().map(|stated| stated.count.total());
    let first_line = entries.first().map_or(0, |entry| entry.line);
    let facets = page_body::facet_lines(page.lines);
    let is_head = |line: &&Line<'_>| {
        let is_text = line.is_blank() || line.kind == LineKind::Text;
        let is_above = line.number < first_line && !facets.contains(&line.number);
        is_above && is_text && result_count::parse(line.text).is_none()
    };
    let mut head: Vec<Line<'_>> = page.lines.iter().filter(is_head).copied().collect();
    let line = stated.as_ref().map(|stated| stated.line);
    let (title, description) = take_title(&mut head, line);
    let archive = Archive { title, description, total, ..Archive::default() };
    let file_name = file.name.to_owned();
    sink.start_page(PageStart {
        file: file_name,
        line,
        archive,
        may_repeat_records: true,
        ..PageStart::default()
    });
    if let Some(message) = kinds_warning(&entries) {
        sink.report(Problem::warning(file.name, Some(first_line), message));
    }
    for entry in &entries {
        if let Some(message) = &entry.warning {
            sink.report(Problem::warning(file.name, Some(entry.line), message.clone()));
        }
    }
    let found = entries.len();
    let page_end = page.lines.last().map_or(lines.len(), |line| line.number);
    let objects = objects_of(lines, page_end, entries);
    let first = stated.as_ref().and_then(|stated| stated.count.first_position(found));
    let mut sink = PositionSink::new(sink, first);
    if let Err(message) = send_objects(file, objects, total, &mut sink) {
        sink.report(Problem::error(file.name, None, message));
    }
    let has_pager = page.lines.iter().any(|line| line.kind == LineKind::Pager);
    if let Some(stated) = stated {
        let few_missing = || (!has_pager).then(|| stated.few_missing(found)).flatten();
        let message = stated.count.difference(found, stated.text).or_else(few_missing);
        if let Some(message) = message {
            sink.report(Problem::warning(file.name, Some(stated.line), message));
        }
    }
}

/// Makes objects of the records of a page that ends with a line.
fn objects_of(lines: &[Line<'_>], page_end: usize, entries: Vec<Entry>) -> Objects {
    let mut objects = Objects { targets: orders::targets(), ..Objects::default() };
    let ends: Vec<usize> = entries.iter().skip(1).map(|entry| entry.line).collect();
    let mut ends = ends.into_iter();
    for entry in entries {
        let mut object = Object::default();
        for (name, text) in entry.fields {
            insert_or_append(&mut object, &name, Value::from(text));
        }
        // Lines are counted from 1.
        let end = ends.next().map_or(page_end, |line| line.saturating_sub(1));
        let own = lines.get(entry.line.saturating_sub(1)..end).unwrap_or_default();
        let text = own.iter().map(|line| line.text.to_owned()).collect();
        objects.records.push(PlacedObject { line: entry.line, object, text });
    }
    objects
}

/// Sends one page: its archive, its warnings, then its records.
fn send_page(name: &str, page: &PageText<'_, '_>, drafts: PageDrafts<'_>, sink: &mut dyn Sink) {
    let first_line = drafts.records.first().map(|draft| draft.line);
    let stated = StatedCount::find(page);
    let count_line = stated.as_ref().map(|stated| stated.line);
    let line = count_line.or(first_line);
    let (mut archive, menu_line) = page_archive(page, &drafts, count_line);
    archive.total = stated.as_ref().map(|stated| stated.count.total());
    sink.start_page(PageStart {
        file: name.to_owned(),
        line,
        archive,
        may_repeat_records: true,
        ..PageStart::default()
    });
    if let Some(line) = menu_line {
        let message = "the menu above the first record was skipped";
        sink.report(Problem::warning(name, Some(line), message));
    }
    let found = drafts.records.len();
    if let Some(stated) = &stated
        && let Some(message) = stated.count.difference(found, stated.text)
    {
        sink.report(Problem::warning(name, Some(stated.line), message));
    }
    if let (true, Some(line)) = (drafts.untitled, first_line) {
        let message = "no record of this page has a title: the text below the dates is read as \
                       summaries";
        sink.report(Problem::warning(name, Some(line), message));
    }
    let last = page.count.map_or(u64::MAX, |(_, count)| count.last);
    let first = stated.as_ref().and_then(|stated| stated.count.first_position(found));
    let mut positions = first.map(|first| first..=last).into_iter().flatten();
    for draft in drafts.records {
        if let Some(message) = record_warning(&draft, drafts.untitled) {
            sink.report(Problem::warning(name, Some(draft.line), message));
        }
        let record = to_record(&draft, positions.next(), drafts.untitled);
        if let Some(message) = unusual_date_warning(&record.date) {
            sink.report(Problem::warning(name, Some(draft.line), message));
        }
        doubtful_dates::send_record(sink, name, Some(draft.line), record);
    }
}

/// Returns the warning about a date in an unusual form, which may really be a paragraph. A doubtful
/// date has a warning of its own.
fn unusual_date_warning(date: &Date) -> Option<String> {
    let text = &date.text;
    let is_unusual = !text.is_empty() && !lines::is_date(text) && !date.parsed.is_doubtful();
    is_unusual.then(|| format!("“{text}” is alone on its line and is read as the date of a record"))
}

/// Returns the warning about a record, if any.
fn record_warning(draft: &Draft<'_>, untitled_page: bool) -> Option<&'static str> {
    if draft.date.is_none() {
        Some("there is no date above this: it is read as the title of a record without a date")
    } else if draft.lines.is_empty() && !untitled_page {
        Some("there is nothing below this date: it is kept as a record without a title")
    } else {
        None
    }
}

/// Returns the archive that a page with its count on a line describes, and the line number of a menu above its records.
fn page_archive(
    page: &PageText<'_, '_>,
    drafts: &PageDrafts<'_>,
    count_line: Option<usize>,
) -> (Archive, Option<usize>) {
    let is_menu_entry = |line: &Line<'_>| line.kind == LineKind::MenuEntry;
    let menu_line = page.head.iter().find(|line| is_menu_entry(line)).map(|line| line.number);
    let menu_end = page.head.iter().rposition(is_menu_entry).map_or(0, |last| last + 1);
    let is_text = |line: &&Line<'_>| {
        line.is_blank() || (line.kind == LineKind::Text && result_count::parse(line.text).is_none())
    };
    let below_menu = page.head.get(menu_end..).unwrap_or_default();
    let mut intro: Vec<Line<'_>> =
        below_menu.iter().chain(drafts.intro).filter(is_text).copied().collect();
    let (title, description) = take_title(&mut intro, count_line);
    (Archive { title, description, ..Archive::default() }, menu_line)
}

/// Whether a text is short enough for a title.
fn fits_title(text: &str) -> bool {
    text.chars().count() <= MAX_TITLE_CHARS
}

/// Converts a draft to a record.
fn to_record(draft: &Draft<'_>, position: Option<u64>, untitled_page: bool) -> Record {
    let date = draft.date.map(Date::parse).unwrap_or_default();
    let mut record = Record { position, date, ..Record::default() };
    let lines = draft.lines.iter().map(|line| line.text);
    record.source_hash.add_wrapped_text(draft.date.into_iter().chain(lines));
    let mut summary = draft.lines;
    if !untitled_page && let Some((title, rest)) = draft.lines.split_first() {
        record.push(Field::Title, title.text);
        summary = rest;
    }
    record.push(Field::Summary, &join_paragraphs(summary, line_separator));
    record
}

/// Joins lines to paragraphs, with a blank line between them. `separator` chooses what joins two
/// lines of one paragraph.
fn join_paragraphs(lines: &[Line<'_>], separator: impl Fn(&str, &str) -> char) -> String {
    let mut text = String::new();
    let mut above: Option<&Line<'_>> = None;
    for line in lines {
        match above {
            _ if line.is_blank() => {}
            Some(last) if last.is_blank() && !text.is_empty() => text.push_str("\n\n"),
            Some(last) if !last.is_blank() => text.push(separator(last.text, line.text)),
            _ => {}
        }
        text.push_str(line.text);
        above = Some(line);
    }
    text
}

/// Returns what joins two lines of a paragraph: a space inside a sentence, which was only wrapped.
/// After a sentence and before an item of a list, the line end stays.
fn line_separator(above: &str, below: &str) -> char {
    let is_item_label = |word: &str| {
        let label = word.trim_matches(|c: char| "().:".contains(c));
        let is_short = label.len() <= 3 && label.len() < word.len();
        word.chars().all(|c| !c.is_alphanumeric())
            || (is_short && label.chars().all(char::is_alphanumeric))
    };
    let is_item = below.split_whitespace().next().is_some_and(is_item_label);
    if ends_sentence(above) || above.ends_with([':', ';']) || is_item { '\n' } else { ' ' }
}

/// Whether a line ends with the end of a sentence.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '…'])
}
