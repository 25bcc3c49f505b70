//! Lists of items in JSON, read one item at a time, and their values as fields.

use std::io;

use serde_json::{Deserializer, Map, Value};

use super::{Accession, Page, Sink, text};
use crate::record::{Archive, Field, Problem, Reading, Record, date_text};

/// An item, or any other object.
type Object = Map<String, Value>;

/// Reads a list of items, one item alone, items one after the other, or an object that holds them
/// in the list of this name.
pub(super) fn read(
    file: &mut Accession<'_>,
    list: &str,
    sink: &mut dyn Sink,
    record: fn(Object) -> Record,
) -> io::Result<()> {
    let text = text::read(file.name, file.bytes, sink)?;
    let mut items = Items { name: file.name, record, sink, begun: false };
    let (mut at, mut line, mut number) = (0, 1, 0);
    loop {
        let rest = text.get(at..).unwrap_or("");
        let item = rest.trim_start_matches(|c: char| c.is_whitespace() || "[,\u{feff}".contains(c));
        let skipped = rest.len() - item.len();
        line += lines(rest.get(..skipped).unwrap_or(""));
        at += skipped;
        if item.is_empty() || item.starts_with(']') {
            items.end(line, number, item);
            return Ok(());
        }
        let mut values = Deserializer::from_str(item).into_iter::<Value>();
        number += 1;
        match values.next() {
            Some(Ok(value)) => {
                items.item(line, number, list, value);
                let read = values.byte_offset().max(1);
                line += lines(item.get(..read).unwrap_or(""));
                at += read;
            }
            Some(Err(error)) => {
                items.broken(line, number, &error);
                return Ok(());
            }
            None => return Ok(()),
        }
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where the items of a file go.
struct Items<'f, 's> {
    name: &'f str,
    record: fn(Object) -> Record,
    sink: &'s mut dyn Sink,
    /// Whether the page was handed over.
    begun: bool,
}

impl Items<'_, '_> {
    /// Hands over what the file says of its archive, once.
    fn begin(&mut self, archive: Archive) {
        if !self.begun {
            self.begun = true;
            self.sink.page(Page { file: self.name.to_owned(), archive, ..Page::default() });
        }
    }

    /// Hands over one item, or the items in the list of an object.
    fn item(&mut self, line: usize, number: usize, list: &str, value: Value) {
        match value {
            Value::Object(mut object) if object.get(list).is_some_and(Value::is_array) => {
                let inner = object.shift_remove(list);
                self.begin(archive(object));
                if let Some(Value::Array(inner)) = inner {
                    for (at, item) in inner.into_iter().enumerate() {
                        self.one(line, at + 1, item);
                    }
                }
            }
            other => self.one(line, number, other),
        }
    }

    /// Hands over one record, after what is to be said of it.
    fn one(&mut self, line: usize, number: usize, value: Value) {
        self.begin(Archive::default());
        let record = match value {
            Value::Object(item) => (self.record)(item),
            other => {
                let message = format!(
                    "item {number} is no object with keys, such as `{{\"title\": …}}`: it was kept \
                     as a record with this value alone"
                );
                self.sink.problem(Problem::fault(self.name, Some(line), message));
                let mut record = Record::default();
                own(&mut record.own, "value", other);
                record
            }
        };
        if record == Record::default() {
            let message = format!("item {number} was left out: it has no field");
            self.sink.problem(Problem::fault(self.name, Some(line), message));
            return;
        }
        if record.date.reading != Reading::Undated
            && let Some(message) = date_text::note(&record.date.text)
        {
            let message = format!("item {number}: {message}");
            self.sink.problem(Problem::note(self.name, Some(line), message));
        }
        self.sink.record(record);
    }

    /// The text is no JSON from here on.
    fn broken(&mut self, line: usize, number: usize, error: &serde_json::Error) {
        self.begin(Archive::default());
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or("");
        let message = format!(
            "this is not JSON: {said}; item {number} and all below were not read, mend this line \
             and open it again"
        );
        let at = line + error.line().saturating_sub(1);
        self.sink.problem(Problem::fault(self.name, Some(at), message));
    }

    /// The list has ended; what stands below its end is said.
    fn end(&mut self, line: usize, number: usize, rest: &str) {
        self.begin(Archive::default());
        if number == 0 {
            let message = "this list has no item in it";
            self.sink.problem(Problem::note(self.name, Some(line), message));
        }
        let below = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ']');
        if !below.is_empty() {
            let message = "what stands below the end of the list was not read: it is no JSON";
            self.sink.problem(Problem::fault(self.name, Some(line), message));
        }
    }
}

/// What an object around a list says of it.
fn archive(mut object: Object) -> Archive {
    let total = object.get("count").and_then(Value::as_u64);
    let mut archive = Archive { total, ..Archive::default() };
    if archive.total.is_some() {
        object.shift_remove("count");
    }
    for (key, value) in object {
        own(&mut archive.own, &key, value);
    }
    archive
}

/// Adds a value to a field: a text, a number, a list of them. What is none keeps its key.
pub(super) fn values(record: &mut Record, field: Field, key: &str, value: Value) {
    match value {
        Value::String(text) => record.push(field, &text),
        Value::Number(number) => record.push(field, &number.to_string()),
        Value::Array(values) => {
            for one in values {
                self::values(record, field, key, one);
            }
        }
        other => own(&mut record.own, key, other),
    }
}

/// Keeps a value under its own name; the names of objects in it are joined by dots.
pub(super) fn own(kept: &mut Vec<(String, String)>, key: &str, value: Value) {
    match value {
        Value::Null => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) => kept.push((key.to_owned(), text)),
        Value::Array(values) => values.into_iter().for_each(|one| own(kept, key, one)),
        Value::Object(object) => {
            for (name, one) in object {
                own(kept, &format!("{key}.{name}"), one);
            }
        }
        other => kept.push((key.to_owned(), other.to_string())),
    }
}
