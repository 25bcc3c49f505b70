//! Streams a JSON file whose records are at known paths.

use std::fmt;
use std::io;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Error, Value};

use super::leaves::Object;
use super::lists::Step;
use super::plan::Plan;
use super::sample::{self, Rewound};
use super::{archive, convert, lists, own_keys};
use crate::formats::read::json::{self, DecodingReader, LineTracker, error_reason};
use crate::formats::read::{
    InputFile, PageStart, ParserCache, ReadOptions, RecordPart, Sink, doubtful_dates, encoding,
};
use crate::record::{Archive, Problem, Record};

/// The number of bytes of records that are converted together.
const PART_BYTES: usize = 64 * 1024;

/// Reads a JSON file, or several values in sequence.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Rewound::new(&mut *file.bytes);
    let mut tops = sample::parse(&encoding::decode(bytes.beginning()).0);
    if !is_own(&tops, file.options) {
        bytes.extend();
        tops = sample::parse(&encoding::decode(bytes.beginning()).0);
    }
    let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
    match decide(&tops, &mut file, sink) {
        Decision::Own => json::read_document(&mut file, sink),
        Decision::Foreign(plan) => stream(&mut file, &plan, sink),
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
    if plan.paths.iter().any(|path| !path.0.is_empty()) {
        return stream(file, &plan, sink);
    }
    let shared = Arc::clone(&plan);
    let count = json::read_lines_with(file, sink, move |line, cache| {
        let value: Value = serde_json::from_str(line)?;
        let dates = &mut cache.date_sources;
        let record = convert::record(&value, None, &shared.mapping, dates);
        Ok(((record != Record::default()).then_some(record), Vec::new()))
    })?;
    sink.report(Problem::warning(file.name, None, plan.summary(count, None)));
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
    options.records.is_none() && options.columns.is_empty() && own_keys::are_used(tops)
}

/// Decides from the values at the beginning of a file. Describes its names, or reports that it has no
/// record.
fn decide(tops: &[Value], file: &mut InputFile<'_>, sink: &mut dyn Sink) -> Decision {
    if is_own(tops, file.options) {
        return Decision::Own;
    }
    match Plan::decide(tops, file.options) {
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
    let (name, tracker) = (file.name, LineTracker::default());
    let mut values = serde_json::Deserializer::from_reader(DecodingReader::new(file, &tracker)?);
    let mut records = Records {
        file: name.into(),
        plan: Arc::clone(plan),
        tracker: &tracker,
        sink,
        archive: Object::new(),
        bytes: Vec::new(),
        items: Vec::new(),
        count: 0,
        page_started: false,
        stated_count: None,
    };
    let paths: Vec<&[Step]> = plan.paths.iter().map(|path| path.0.as_slice()).collect();
    while values.end().is_err() {
        let walk = Walk { records: &mut records, paths: paths.clone(), entry_key: None };
        match walk.deserialize(&mut values) {
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                records.report_broken(&error);
                break;
            }
            Ok(None) => {}
            Ok(Some(other)) => archive::add_value(&mut records.archive, "value", other),
        }
    }
    records.finish();
    tracker.report_encoding(name, sink);
    Ok(())
}

/// Sends the records of a file, and collects what stands round them.
struct Records<'f, 's> {
    file: Arc<str>,
    plan: Arc<Plan>,
    tracker: &'f LineTracker,
    sink: &'s mut dyn Sink,
    /// What stands round the records since the last page start.
    archive: Object,
    /// The records that were not sent yet, one after the other.
    bytes: Vec<u8>,
    items: Vec<Item>,
    /// The number of records so far.
    count: usize,
    page_started: bool,
    /// The number of records that the file states.
    stated_count: Option<u64>,
}

/// A record in the bytes of a part.
#[derive(Clone, Debug)]
struct Item {
    /// Its end in the bytes of the part. It begins at the end of the one before.
    end: usize,
    /// Its line in the file.
    line: usize,
    /// Its key, in an object of records.
    entry_key: Option<String>,
}

impl Records<'_, '_> {
    /// Sends what is known of the archive.
    fn start_page(&mut self) {
        self.send_part();
        let archive = archive::of_object(std::mem::take(&mut self.archive));
        self.stated_count = self.stated_count.or(archive.total);
        if !self.page_started || archive != Archive::default() {
            let file = self.file.to_string();
            self.sink.start_page(PageStart { file, archive, ..PageStart::default() });
        }
        self.page_started = true;
    }

    /// Adds a record that begins at a line.
    fn add(&mut self, line: usize, json: &str, entry_key: Option<&str>) {
        if !self.page_started || !self.archive.is_empty() {
            self.start_page();
        }
        self.count += 1;
        self.bytes.extend_from_slice(json.as_bytes());
        let entry_key = entry_key.map(str::to_owned);
        self.items.push(Item { end: self.bytes.len(), line, entry_key });
        if self.bytes.len() >= PART_BYTES {
            self.send_part();
        }
    }

    /// Sends the records since the last part.
    fn send_part(&mut self) {
        let items = std::mem::take(&mut self.items);
        let Some(first) = items.first() else { return };
        let (line, plan) = (first.line, Arc::clone(&self.plan));
        self.sink.add_part(RecordPart {
            file: Arc::clone(&self.file),
            line,
            bytes: std::mem::take(&mut self.bytes),
            parser: Arc::new(move |part, cache, sink| read_items(part, &items, &plan, cache, sink)),
        });
    }

    /// Reports that the text is not JSON from here on.
    fn report_broken(&mut self, error: &Error) {
        self.start_page();
        let message = format!(
            "this is not JSON: {}; the {} records before this were read, nothing after it",
            error_reason(error),
            self.count
        );
        let problem = Problem::error(&self.file, Some(error.line()), message);
        self.sink.report(Problem { column: Some(error.column().max(1)), ..problem });
    }

    /// Sends the last records, then the description of the names.
    fn finish(&mut self) {
        self.start_page();
        // The totals of several lists are those of parts.
        let lists = self.plan.paths.iter().flat_map(|path| &path.0);
        let is_one = lists.filter(|step| **step == Step::Items).count() <= 1;
        let message = self.plan.summary(self.count, self.stated_count.filter(|_| is_one));
        self.sink.report(Problem::warning(&self.file, None, message));
    }
}

/// Converts the records of a part.
fn read_items(
    part: &RecordPart,
    items: &[Item],
    plan: &Plan,
    cache: &mut ParserCache,
    sink: &mut dyn Sink,
) {
    let mut start = 0;
    for item in items {
        let json = part.bytes.get(start..item.end).unwrap_or_default();
        start = item.end;
        let value: Value = match serde_json::from_slice(json) {
            Ok(value) => value,
            Err(error) => {
                let message = format!("this is no JSON value: {}", error_reason(&error));
                sink.report(Problem::error(&part.file, Some(item.line), message));
                continue;
            }
        };
        if value.as_object().is_some_and(lists::is_part) {
            let message = "this is a part of another thing and no record: it was left out";
            sink.report(Problem::warning(&part.file, Some(item.line), message));
            continue;
        }
        if !value.is_object() {
            let message = "this is no object with keys, such as `{\"title\": …}`: it was kept as a record with this value alone";
            sink.report(Problem::error(&part.file, Some(item.line), message));
        }
        let key = item.entry_key.as_deref();
        let record = convert::record(&value, key, &plan.mapping, &mut cache.date_sources);
        if record == Record::default() {
            let message = "this record was left out: it has no field";
            sink.report(Problem::error(&part.file, Some(item.line), message));
        } else {
            doubtful_dates::send_record(sink, &part.file, Some(item.line), record);
        }
    }
}

/// Walks to the records. Returns a value that is not on the way to one.
struct Walk<'w, 'f, 's> {
    records: &'w mut Records<'f, 's>,
    /// What is left of the paths that lead here.
    paths: Vec<&'w [Step]>,
    /// The key of the value, in an object of records.
    entry_key: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        if self.paths.iter().any(|path| path.is_empty()) {
            // Only the first byte of the record was read, so the line is still right.
            let line = self.records.tracker.line();
            let json = Box::<RawValue>::deserialize(json)?;
            self.records.add(line, json.get(), self.entry_key.as_deref());
            return Ok(None);
        }
        if self.paths.is_empty() {
            return Value::deserialize(json).map(Some);
        }
        json.deserialize_any(self)
    }
}

/// Returns the rests of the paths whose first step is this one.
fn steps_into<'p>(paths: &[&'p [Step]], is_step: impl Fn(&Step) -> bool) -> Vec<&'p [Step]> {
    let rests = paths.iter().filter_map(|path| path.split_first());
    rests.filter(|(first, _)| is_step(first)).map(|(_, rest)| rest).collect()
}

impl<'de> Visitor<'de> for Walk<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let paths = steps_into(&self.paths, |step| *step == Step::Items);
        let mut others = Vec::new();
        loop {
            let walk = Walk { records: &mut *self.records, paths: paths.clone(), entry_key: None };
            match items.next_element_seed(walk)? {
                Some(other) => others.extend(other),
                None => break,
            }
        }
        Ok((!others.is_empty()).then_some(Value::Array(others)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let entry_paths = steps_into(&self.paths, |step| *step == Step::Entries);
        while let Some(key) = entries.next_key::<String>()? {
            let is_entry = !entry_paths.is_empty();
            let paths = if is_entry {
                entry_paths.clone()
            } else {
                steps_into(&self.paths, |step| matches!(step, Step::Key(name) if *name == key))
            };
            let entry_key = is_entry.then(|| key.clone());
            let walk = Walk { records: &mut *self.records, paths, entry_key };
            if let Some(other) = entries.next_value_seed(walk)? {
                archive::add_value(&mut self.records.archive, &key, other);
            }
        }
        Ok(None)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
