//! Lists of items in JSON, read one item at a time, and their values as fields.

use std::fmt;
use std::io;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Error, Map, Value};

use super::json::{Letters, Place, reason};
use super::truncate::{NAME, shortened};
use super::{Accession, Page, Sink};
use crate::record::date::text;
use crate::record::{Archive, Field, Problem, Reading, Record};

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
    let (name, place) = (file.name, Place::default());
    let mut json = serde_json::Deserializer::from_reader(Letters::new(file, &place)?);
    let mut items = Items { name, list, record, place: &place, sink, begun: false, met: 0 };
    while json.end().is_err() {
        let line = place.line();
        match (Whole { items: &mut items, beside: None }).deserialize(&mut json) {
            Ok(None) => {}
            Ok(Some(value)) => items.one(line, value),
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                items.broken(&error);
                break;
            }
        }
    }
    items.end();
    Ok(())
}

/// Where the items of a file go.
struct Items<'f, 's> {
    name: &'f str,
    /// The key of an object that has its items in a list.
    list: &'f str,
    record: fn(Object) -> Record,
    place: &'f Place,
    sink: &'s mut dyn Sink,
    /// Whether the page was handed over.
    begun: bool,
    /// How many items were met.
    met: usize,
}

impl Items<'_, '_> {
    /// Begins the page, or says more of its archive.
    fn begin(&mut self, archive: Archive) {
        if !self.begun || archive != Archive::default() {
            self.sink.page(Page { file: self.name.to_owned(), archive, ..Page::default() });
        }
        self.begun = true;
    }

    /// Hands over one item that begins at a line.
    fn one(&mut self, line: usize, value: Value) {
        self.begin(Archive::default());
        self.met += 1;
        let number = self.met;
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
            && let Some(message) = text::note(&record.date.text)
        {
            let message = format!("item {number}: {message}");
            self.sink.problem(Problem::note(self.name, Some(line), message));
        }
        self.sink.record(record);
    }

    /// The text is no JSON from here on.
    fn broken(&mut self, error: &Error) {
        self.begin(Archive::default());
        let message = format!(
            "this is not JSON: {}; item {} and all below were not read, mend this line and open it \
             again",
            reason(error),
            self.met + 1
        );
        self.met += 1;
        let problem = Problem::fault(self.name, Some(error.line()), message);
        self.sink.problem(Problem { column: Some(error.column().max(1)), ..problem });
    }

    /// All was read.
    fn end(&mut self) {
        self.begin(Archive::default());
        if self.met == 0 {
            let message = "this list has no item in it";
            self.sink.problem(Problem::note(self.name, Some(1), message));
        }
        self.place.note(self.name, self.sink);
    }
}

/// Reads what stands at the top of a file, or under the key of its list. The items of a list are
/// handed over; any other value is given back, unless it is an object at the top, which has the list
/// or is an item.
struct Whole<'i, 'f, 's> {
    items: &'i mut Items<'f, 's>,
    /// What stands before it in the object that it is in; nothing at the top.
    beside: Option<&'i mut Object>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let said = self.beside.map(std::mem::take).unwrap_or_default();
        self.items.begin(archive(said));
        while list.next_element_seed(Item { items: &mut *self.items })?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let Whole { items, beside } = self;
        let (mut object, line) = (Object::new(), items.place.line());
        let mut listed = false;
        while let Some(key) = entries.next_key::<String>()? {
            if beside.is_some() || key != items.list {
                insert(&mut object, key, entries.next_value()?);
                continue;
            }
            let list = Whole { items: &mut *items, beside: Some(&mut object) };
            match entries.next_value_seed(list)? {
                Some(value) => insert(&mut object, key, value),
                None => listed = true,
            }
        }
        match (beside, listed) {
            (Some(_), _) => return Ok(Some(Value::Object(object))),
            (None, true) => items.begin(archive(object)),
            (None, false) => items.one(line, Value::Object(object)),
        }
        Ok(None)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Some(truth.into()))
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

/// Reads one item of a list, and hands it over.
struct Item<'i, 'f, 's> {
    items: &'i mut Items<'f, 's>,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        // Its first letter has been looked at, and nothing after it.
        let line = self.items.place.line();
        let mut beside = Object::new();
        let item = Whole { items: &mut *self.items, beside: Some(&mut beside) };
        if let Some(value) = item.deserialize(json)? {
            self.items.one(line, value);
        }
        Ok(())
    }
}

/// Adds a value to an object. Where its key stands there already, it has both.
fn insert(object: &mut Object, key: String, value: Value) {
    match object.get_mut(&key) {
        None => drop(object.insert(key, value)),
        Some(Value::Array(values)) => values.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
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
    let key = &*shortened(key, NAME);
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
