//! Streams a JSON file whose records are at known paths.

use std::io;
use std::sync::Arc;

use crate::formats::read::json::{Object, Value};

use super::groups::OpenGroups;
use super::json_part::{Item, read_items};
use super::list_keys::Names;
use super::path::{Path, Step};
use super::plan::Plan;
use super::rows::Row;
use super::sample::{self, Rewound};
use super::worth::said;
use super::{archive, bulk_actions, convert, kinds, own_keys, rows};
use crate::formats::read::json::{self, Cursor, ParsedLine, Tally, WalkError};
use crate::formats::read::{InputFile, PageStart, ReadOptions, RecordPart, Sink, encoding};
use crate::record::{Archive, Problem, Record};

/// The number of bytes of records that are converted together.
const PART_BYTES: usize = 64 * 1024;

/// The number of bytes of records that wait for what is said of them behind them.
const MAX_HELD_BYTES: usize = 4 << 20;

/// The longest value round the records that is kept, in bytes.
pub(super) const MAX_OTHER_BYTES: usize = 1 << 20;

/// Reads a JSON file, or several values in sequence.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Rewound::new(&mut *file.bytes);
    let mut tops = sample::parse(&encoding::decode(bytes.beginning()).0);
    if !is_own(&tops, file.options) {
        bytes.extend();
        tops = sample::parse(&encoding::decode(bytes.beginning()).0);
    }
    let records = match tops.as_slice() {
        [only] => rows::records_of_columns(only),
        _ => None,
    };
    if let Some(records) = records {
        let is_whole = bytes.is_whole();
        drop(bytes);
        return read_columns(&records, is_whole, file, sink);
    }
    let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
    match decide(&tops, &mut file, sink) {
        Decision::Own => json::read_document(&mut file, sink),
        Decision::Foreign(plan) => stream(&mut file, &plan, sink),
        Decision::Nothing => Ok(()),
    }
}

/// Reads a table that is written by columns. All of it must be in the beginning of the file.
fn read_columns(
    records: &[Value],
    is_whole: bool,
    file: &InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    if !is_whole {
        let message = "this table is written by columns and is too large to be read in this form: write \
                       it by records, in pandas with `orient=\"records\"`";
        sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
        sink.report(Problem::error(file.name, None, message));
        return Ok(());
    }
    let json = serde_json::to_vec(records)?;
    let mut file =
        InputFile { name: file.name, bytes: &mut json.as_slice(), options: file.options };
    match decide(records, &mut file, sink) {
        Decision::Foreign(plan) => stream(&mut file, &plan, sink),
        Decision::Own => json::read_document(&mut file, sink),
        Decision::Nothing => Ok(()),
    }
}

/// Reads JSON Lines. Only what has arrived decides, because lines may come slowly.
pub(crate) fn read_lines(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let tops = sample::parse_lines(&encoding::decode(file.bytes.fill_buf()?).0);
    let plan = match decide(&tops, file, sink) {
        Decision::Own => return json::read_lines(file, sink),
        Decision::Nothing => return Ok(()),
        Decision::Foreign(plan) => plan,
    };
    let is_nested = plan.paths.iter().any(|path| !path.0.is_empty());
    let is_special = plan.has_actions || plan.has_entities || plan.is_marc;
    if is_nested || !plan.child_keys.is_empty() || is_special {
        return stream(file, &plan, sink);
    }
    let (shared, tally) = (Arc::clone(&plan), Arc::default());
    // A line without any field among records with titles, dates or persons.
    let is_chosen = file.options.records.is_some() || !file.options.columns.is_empty();
    let may_be_about_file = tops.len() > 1 && !is_chosen && plan.mapping.describes();
    json::read_lines_with(file, sink, &tally, move |line, cache| {
        let value = match shared.row_names.read(json::parse_text(line)?) {
            Row::Object(value) | Row::Other(value) => value,
            Row::Header => return Ok(ParsedLine::Header),
        };
        let record = convert::record(&value, None, &shared.mapping, cache);
        if may_be_about_file && record.values.is_empty() && record.date.text.is_empty() {
            return Ok(ParsedLine::AboutFile);
        }
        let record = (record != Record::default()).then_some(record);
        Ok(ParsedLine::from_draft((record, Vec::new())))
    })?;
    let summary = move |file: &str, counts| plan.summary(file, counts, None, "");
    json::send_summary(&file.name.into(), &tally, summary, sink);
    Ok(())
}

/// How a file is read.
enum Decision {
    /// It has the keys of fonds.
    Own,
    /// It has others.
    Foreign(Arc<Plan>),
    /// It has no record, which was reported.
    Nothing,
}

/// Whether the values at the beginning of a file have the keys of fonds, and the user chose no others.
fn is_own(tops: &[Value], options: &ReadOptions) -> bool {
    options.records.is_none()
        && options.columns.is_empty()
        && own_keys::are_used(tops)
        && kinds::describe(tops).is_none()
}

/// Decides from the values at the beginning of a file. Describes its names, or reports that it has no
/// record.
fn decide(tops: &[Value], file: &mut InputFile<'_>, sink: &mut dyn Sink) -> Decision {
    let saved = Plan::from_saved(tops, Names::Keys, file.options);
    // The reader of the own format says what is broken in a file without a whole value.
    if tops.is_empty() || (saved.is_none() && is_own(tops, file.options)) {
        return Decision::Own;
    }
    match saved.map_or_else(|| Plan::decide(tops, Names::Keys, file.options), Ok) {
        Ok(plan) => {
            sink.describe_names(plan.describe(file.name));
            Decision::Foreign(Arc::new(plan))
        }
        Err(message) => {
            sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
            sink.report(Problem::error(file.name, None, message));
            Decision::Nothing
        }
    }
}

/// Streams the records at the paths of a plan.
fn stream(file: &mut InputFile<'_>, plan: &Arc<Plan>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    let mut records = Records {
        file: name.into(),
        plan: Arc::clone(plan),
        cursor: Cursor::new(file)?,
        sink,
        archive: Object::default(),
        bytes: Vec::new(),
        items: Vec::new(),
        count: 0,
        tally: Arc::default(),
        page_started: false,
        stated_count: None,
        others: archive::Others::default(),
        has_passed_over: false,
        list_key: None,
        keys: Vec::new(),
        is_item: false,
        groups: OpenGroups::default(),
        group_count: 0,
    };
    let paths: Vec<&[Step]> = plan.paths.iter().map(|path| path.0.as_slice()).collect();
    match records.walk_all(&paths) {
        Ok(()) => {}
        Err(WalkError::Io(error)) => return Err(error),
        Err(WalkError::Syntax(reason)) => records.report_broken(&reason),
    }
    records.finish();
    records.cursor.report_encoding(name, records.sink);
    Ok(())
}

/// Sends the records of a file, and collects what stands round them.
pub(super) struct Records<'f, 's> {
    pub(super) file: Arc<str>,
    pub(super) plan: Arc<Plan>,
    pub(super) cursor: Cursor<'f>,
    pub(super) sink: &'s mut dyn Sink,
    /// What stands round the records since the last page start.
    pub(super) archive: Object,
    /// The records that were not sent yet, one after the other.
    pub(super) bytes: Vec<u8>,
    pub(super) items: Vec<Item>,
    /// The number of items so far.
    pub(super) count: usize,
    /// The numbers of those that are records, and of those that are none.
    tally: Arc<Tally>,
    pub(super) page_started: bool,
    /// The number of records that the file states.
    stated_count: Option<u64>,
    /// The keys of lists and objects that stand round the records.
    pub(super) others: archive::Others,
    /// Whether the last value round the records was too long to be kept.
    pub(super) has_passed_over: bool,
    /// The key of the list that is read, in an object of lists of records.
    pub(super) list_key: Option<Arc<str>>,
    /// The keys from the top to the value that is read.
    pub(super) keys: Vec<String>,
    /// Whether the next value is one of a list.
    pub(super) is_item: bool,
    /// The objects that the records stand in and that say something of them.
    pub(super) groups: OpenGroups,
    /// The number of those that stand in no other one, so far.
    pub(super) group_count: u64,
}

impl Records<'_, '_> {
    /// Sends what is known of the archive.
    pub(super) fn start_page(&mut self) {
        self.send_part();
        let mut archive = archive::of_object(std::mem::take(&mut self.archive));
        self.stated_count = self.stated_count.or(archive.total);
        if !self.is_one_list() {
            // The totals of several lists are those of parts, and no total of the archive.
            let total = archive.total.take().map(|total| ("total".into(), total.to_string()));
            archive.own.extend(total);
        }
        if !self.page_started || archive != Archive::default() {
            let file = self.file.to_string();
            self.sink.start_page(PageStart { file, archive, ..PageStart::default() });
        }
        self.page_started = true;
    }

    /// Adds the record at the cursor.
    pub(super) fn add(&mut self, entry_key: Option<&str>) -> Result<(), WalkError> {
        if !self.page_started || !self.archive.is_empty() {
            self.start_page();
        }
        let (line, start) = (self.cursor.line, self.bytes.len());
        if let Err(error) = self.cursor.take_value(&mut self.bytes) {
            self.bytes.truncate(start);
            return Err(error);
        }
        if self.bytes.len() == start {
            return Err(WalkError::Syntax("expected a value".to_owned()));
        }
        self.push_item(line, entry_key.map(str::to_owned));
        Ok(())
    }

    /// Adds the record at the cursor with the id that the line before it gave, or takes the id from this line.
    pub(super) fn add_line_or_action(&mut self, id: &mut Option<String>) -> Result<(), WalkError> {
        let (line, mut json) = (self.cursor.line, Vec::new());
        self.cursor.take_value(&mut json)?;
        if json.is_empty() {
            return Err(WalkError::Syntax("expected a value".to_owned()));
        }
        if !self.page_started {
            self.start_page();
        }
        let value = json::parse_bytes(&json).ok();
        match value.as_ref().and_then(bulk_actions::action_of) {
            Some(action) if action.is_deletion => {
                let id = action.id.unwrap_or_default();
                let message = format!("this line deletes the record “{id}”, which is not shown");
                self.sink.report(Problem::warning(&self.file, Some(line), message));
            }
            Some(action) => *id = action.id,
            None => {
                self.bytes.append(&mut json);
                self.push_item(line, id.take());
            }
        }
        Ok(())
    }

    /// Adds the record at the end of the bytes.
    pub(super) fn push_item(&mut self, line: usize, entry_key: Option<String>) {
        self.count += 1;
        let list_key = self.list_key.clone();
        let groups = Vec::new();
        self.items.push(Item { end: self.bytes.len(), line, entry_key, list_key, groups });
        let is_held = self.groups.are_late() && self.bytes.len() < MAX_HELD_BYTES;
        if !is_held && (self.bytes.len() >= PART_BYTES || self.cursor.is_at_end_of_read()) {
            self.send_part();
        }
    }

    /// Sends the records since the last part.
    fn send_part(&mut self) {
        self.groups.settle(&mut self.items);
        let items = std::mem::take(&mut self.items);
        let Some(first) = items.first() else { return };
        let (line, plan, tally) = (first.line, Arc::clone(&self.plan), Arc::clone(&self.tally));
        tally.start_part();
        self.sink.add_part(RecordPart {
            file: Arc::clone(&self.file),
            line,
            bytes: std::mem::take(&mut self.bytes),
            parser: Arc::new(move |part, cache, sink| {
                tally.count_part(|| read_items(part, &items, &plan, cache, sink));
            }),
        });
    }

    /// Takes note of a value that stands round the records, if there is much in it.
    pub(super) fn note_other(&mut self, key: &str, value: &Value) {
        let has_much = match value {
            Value::Array(values) => {
                values.iter().any(|value| value.is_object() || value.is_array())
            }
            Value::Object(object) => {
                said(object).title
                    || object.values().any(|value| value.is_object() || value.is_array())
            }
            _ => false,
        };
        if has_much {
            self.others.add(key);
        }
    }

    /// Reports that the text is not JSON from here on.
    fn report_broken(&mut self, reason: &str) {
        self.start_page();
        let message = json::broken_message(reason, self.count);
        let problem = Problem::error(&self.file, Some(self.cursor.line), message);
        self.sink.report(Problem { column: Some(self.cursor.column + 1), ..problem });
    }

    /// Whether the records are in one list, which a stated total counts.
    fn is_one_list(&self) -> bool {
        if self.plan.paths.iter().any(Path::has_list_keys) {
            return false;
        }
        let steps = self.plan.paths.iter().flat_map(|path| &path.0);
        steps.filter(|step| **step == Step::Items).count() <= 1
    }

    /// Sends the last records, then the description of the names.
    fn finish(&mut self) {
        self.start_page();
        // A total round several groups may be the number of these.
        let is_of_records = |total: &u64| {
            self.is_one_list() || (self.plan.paths.len() == 1 && *total != self.group_count)
        };
        let stated = self.stated_count.filter(is_of_records);
        let others = self.others.describe();
        let plan = Arc::clone(&self.plan);
        let summary = move |file: &str, counts| plan.summary(file, counts, stated, &others);
        json::send_summary(&self.file, &self.tally, summary, self.sink);
    }
}
