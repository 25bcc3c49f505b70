//! Parses lists of JSON items one item at a time. CSL-JSON and DPLA share this code.

use std::fmt;
use std::io;

use crate::formats::read::json::{Object, Value};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Error;

use super::json::{DecodingReader, LineTracker, error_reason};
use super::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use super::{InputFile, PageStart, Sink, doubtful_dates, tree};
use crate::record::{Archive, Field, OwnName, Problem, Record, SourceHash};

/// Returns the items at the beginning of a file, as [`read`] would find them, as far as they go.
pub(super) fn items_at_beginning(beginning: &str, list: &str) -> Vec<Object> {
    let mut items = Vec::new();
    for top in tree::parse_beginning(beginning) {
        let values = match top {
            Value::Array(values) => values,
            Value::Object(mut object) => match object.remove(list) {
                Some(Value::Array(values)) => values,
                _ => vec![Value::Object(object)],
            },
            other => vec![other],
        };
        items.extend(values.into_iter().filter_map(|value| match value {
            Value::Object(item) => Some(item),
            _ => None,
        }));
    }
    items
}

/// Parses a list of items, a single item, items in sequence, or an object with the list `list`.
/// `to_record` converts each item.
pub(super) fn read(
    file: &mut InputFile<'_>,
    list: &str,
    sink: &mut dyn Sink,
    to_record: fn(Object) -> Record,
) -> io::Result<()> {
    let (name, tracker) = (file.name, LineTracker::default());
    let mut json = serde_json::Deserializer::from_reader(DecodingReader::new(file, &tracker)?);
    let mut parser = ItemParser {
        name,
        list,
        to_record,
        tracker: &tracker,
        sink,
        page_started: false,
        item_count: 0,
    };
    while json.end().is_err() {
        let line = tracker.line();
        match (ContainerSeed { parser: &mut parser, enclosing: None }).deserialize(&mut json) {
            Ok(None) => {}
            Ok(Some(value)) => parser.send_item(line, value),
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                parser.report_broken(&error);
                break;
            }
        }
    }
    parser.finish();
    Ok(())
}

/// Sends the items of a file as records.
struct ItemParser<'f, 's> {
    name: &'f str,
    /// The key of an object that holds the list of items.
    list: &'f str,
    to_record: fn(Object) -> Record,
    tracker: &'f LineTracker,
    sink: &'s mut dyn Sink,
    /// Whether the page start was sent.
    page_started: bool,
    /// The number of items so far.
    item_count: usize,
}

impl ItemParser<'_, '_> {
    /// Sends the page start once, and again if there is more about the archive.
    fn start_page(&mut self, archive: Archive) {
        if !self.page_started || archive != Archive::default() {
            self.sink.start_page(PageStart {
                file: self.name.to_owned(),
                archive,
                ..PageStart::default()
            });
        }
        self.page_started = true;
    }

    /// Sends one item, which begins at `line`.
    fn send_item(&mut self, line: usize, value: Value) {
        self.start_page(Archive::default());
        self.item_count += 1;
        let number = self.item_count;
        let mut source_hash = SourceHash::default();
        add_to_hash(&value, &mut source_hash);
        let mut record = match value {
            Value::Object(item) => (self.to_record)(item),
            other => {
                let message = format!(
                    "item {number} is no object with keys, such as `{{\"title\": …}}`: it was kept \
                     as a record with this value alone"
                );
                self.sink.report(Problem::error(self.name, Some(line), message));
                let mut record = Record::default();
                push_own(&mut record.own, "value", other);
                record
            }
        };
        if record == Record::default() {
            let message = format!("item {number} was left out: it has no field");
            self.sink.report(Problem::error(self.name, Some(line), message));
            return;
        }
        record.source_hash = source_hash;
        doubtful_dates::send_record(self.sink, self.name, Some(line), record);
    }

    /// Reports that the text is not JSON from here on.
    fn report_broken(&mut self, error: &Error) {
        self.start_page(Archive::default());
        let message = format!(
            "this is not JSON: {}; item {} and all below were not read, correct this line and open \
             it again",
            error_reason(error),
            self.item_count + 1
        );
        self.item_count += 1;
        let problem = Problem::error(self.name, Some(error.line()), message);
        self.sink.report(Problem { column: Some(error.column().max(1)), ..problem });
    }

    /// Ends the file: sends the page start if necessary, and reports an empty list.
    fn finish(&mut self) {
        self.start_page(Archive::default());
        if self.item_count == 0 {
            let message = "this list has no item in it";
            self.sink.report(Problem::warning(self.name, Some(1), message));
        }
        self.tracker.report_encoding(self.name, self.sink);
    }
}

/// Parses the top level of a file, or the value under the key of its list.
///
/// The items of a list are sent. A top-level object holds the list or is an item itself. Any other
/// value is returned.
struct ContainerSeed<'i, 'f, 's> {
    parser: &'i mut ItemParser<'f, 's>,
    /// The keys before it in the enclosing object; `None` at the top level.
    enclosing: Option<&'i mut Object>,
}

impl<'de> DeserializeSeed<'de> for ContainerSeed<'_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ContainerSeed<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let object = self.enclosing.map(std::mem::take).unwrap_or_default();
        self.parser.start_page(archive_from_object(object));
        while list.next_element_seed(ItemSeed { parser: &mut *self.parser })?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let ContainerSeed { parser, enclosing } = self;
        let (mut object, line) = (Object::default(), parser.tracker.line());
        let mut has_list = false;
        while let Some(key) = entries.next_key::<String>()? {
            if enclosing.is_some() || key != parser.list {
                insert_or_append(&mut object, &key, entries.next_value()?);
                continue;
            }
            let list = ContainerSeed { parser: &mut *parser, enclosing: Some(&mut object) };
            match entries.next_value_seed(list)? {
                Some(value) => insert_or_append(&mut object, &key, value),
                None => has_list = true,
            }
        }
        match (enclosing, has_list) {
            (Some(_), _) => return Ok(Some(Value::Object(object))),
            (None, true) => parser.start_page(archive_from_object(object)),
            (None, false) => parser.send_item(line, Value::Object(object)),
        }
        Ok(None)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.into()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }
}

/// Parses one item of a list and sends it.
struct ItemSeed<'i, 'f, 's> {
    parser: &'i mut ItemParser<'f, 's>,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        // The parser has read only the first byte of the item, so the line is still right.
        let line = self.parser.tracker.line();
        let mut enclosing = Object::default();
        let item = ContainerSeed { parser: &mut *self.parser, enclosing: Some(&mut enclosing) };
        if let Some(value) = item.deserialize(json)? {
            self.parser.send_item(line, value);
        }
        Ok(())
    }
}

/// Adds a value to an object. A repeated key collects its values in a list.
pub(super) fn insert_or_append(object: &mut Object, key: &str, value: Value) {
    match object.get_mut(key) {
        None => object.insert(key.into(), value),
        Some(Value::Array(values)) => values.push(value),
        Some(existing) => *existing = Value::Array(vec![existing.take(), value]),
    }
}

/// Returns the archive that the object around a list describes.
fn archive_from_object(mut object: Object) -> Archive {
    let total = object.get("count").and_then(Value::as_u64);
    let mut archive = Archive { total, ..Archive::default() };
    if archive.total.is_some() {
        object.remove("count");
    }
    for (key, value) in object {
        push_own(&mut archive.own, &key, value);
    }
    archive
}

/// Adds all texts and numbers in a value to a hash.
pub(super) fn add_to_hash(value: &Value, hash: &mut SourceHash) {
    match value {
        Value::Null => {}
        Value::String(text) => hash.add_text(text),
        Value::Array(values) => values.iter().for_each(|value| add_to_hash(value, hash)),
        Value::Object(object) => object.values().for_each(|value| add_to_hash(value, hash)),
        Value::Bool(_) | Value::Number(_) => hash.add_text(&value.to_string()),
    }
}

/// Adds texts and numbers, or a list of them, to a field. Other values become own fields.
pub(super) fn push_values(record: &mut Record, field: Field, key: &str, value: Value) {
    match value {
        Value::String(text) => record.push(field, &text),
        Value::Number(number) => record.push(field, &number.to_string()),
        Value::Array(values) => {
            for value in values {
                self::push_values(record, field, key, value);
            }
        }
        other => push_own(&mut record.own, key, other),
    }
}

/// Adds a value as own fields. Dots join nested names.
pub(super) fn push_own(own: &mut Vec<(OwnName, String)>, key: &str, value: Value) {
    let key = &*truncate(key, MAX_FIELD_NAME_BYTES);
    match value {
        Value::Null => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) => own.push((key.into(), text.into())),
        Value::Array(values) => values.into_iter().for_each(|value| push_own(own, key, value)),
        Value::Object(object) => {
            for (name, value) in object {
                push_own(own, &format!("{key}.{name}"), value);
            }
        }
        other => own.push((key.into(), other.to_string())),
    }
}
