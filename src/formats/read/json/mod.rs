//! JSON and JSON Lines with the record's own keys.
//!
//! The keys are those of an archive file: `position date` and the keys of the fields. A list stands
//! where a field repeats and one text where it does not; numbers and truths are taken as they are
//! written. Any other key is a field under its own name, nested names joined by dots.

mod decoder;
mod document;
mod foreign_keys;
mod lines;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::date_cache::DateReader;
use super::truncate::{NAME, shortened};
use crate::record::{Date, Field, Problem, Record};

pub(crate) use decoder::{Letters, Place};
use document::has_list;
pub(crate) use document::{looks_like as looks_like_document, read as read_document};
pub(crate) use lines::{looks_like as looks_like_lines, read as read_lines};

/// How many values an object mostly has.
const VALUES: usize = 8;

/// What is read of one object.
#[derive(Debug, Default)]
struct Draft {
    /// The record so far.
    record: Record,
    /// The texts of its date.
    date: Vec<String>,
    /// Its days as EDTF, where they stand beside it.
    edtf: Option<String>,
    /// What was found that its key does not expect.
    doubts: Vec<String>,
}

impl Draft {
    /// The record with its date, or nothing where the object had no field; and what is to be said.
    fn finish(mut self, dates: &mut DateReader) -> (Option<Record>, Vec<String>) {
        let text = match self.date.as_mut_slice() {
            [one] => std::mem::take(one),
            several => several.join(", "),
        };
        match self.edtf.take().map(|edtf| (Date::with_edtf(&text, &edtf), edtf)) {
            Some((Some(date), _)) => self.record.date = date,
            unread => {
                let (reading, note) = dates.read(&text);
                self.record.date = Date { text, reading };
                self.doubts.extend(note);
                if let Some((_, edtf)) = unread {
                    self.doubts.push(format!("date_edtf: {edtf:?} is no EDTF: it is kept as text"));
                    self.record.own.push(("date_edtf".to_owned(), edtf));
                }
            }
        }
        ((self.record != Record::default()).then_some(self.record), self.doubts)
    }

    /// Takes a text of a key.
    fn take(&mut self, key: &Key<'_>, text: &str) {
        match key {
            Key::Known(field) => self.record.push(*field, text),
            Key::Date if text.trim().is_empty() => {}
            Key::Date => self.date.push(text.to_owned()),
            Key::Edtf => self.edtf = Some(text.to_owned()),
            Key::Position => self.take_position(text),
            Key::Own(name) => {
                let name = shortened(&**name, NAME).into_owned();
                self.record.own.push((name, text.to_owned()));
            }
        }
    }

    /// Takes a position, counted from 1; anything else is kept as text.
    fn take_position(&mut self, text: &str) {
        self.record.position = text.trim().parse().ok().filter(|position| *position > 0);
        if self.record.position.is_none() {
            self.doubts.push(format!(
                "position: {text:?} was found, expected a whole number from 1: it is kept as text"
            ));
            self.record.own.push(("position".to_owned(), text.to_owned()));
        }
    }
}

/// What a key of an object stands for.
#[derive(Clone, Debug)]
enum Key<'k> {
    Known(Field),
    Date,
    /// The days of the date as EDTF.
    Edtf,
    Position,
    /// A field under its own name.
    Own(Cow<'k, str>),
}

impl<'k> Key<'k> {
    /// The key with this name.
    fn of(name: Cow<'k, str>) -> Key<'k> {
        match Field::from_key(&name) {
            Some(field) => Key::Known(field),
            None if name == "date" => Key::Date,
            None if name == "date_edtf" => Key::Edtf,
            None if name == "position" => Key::Position,
            None => Key::Own(name),
        }
    }

    /// A key below this one. A table `own` says the names of its fields outright.
    fn below(&self, name: &str) -> Key<'static> {
        let above = match self {
            Key::Known(field) => field.key(),
            Key::Date => "date",
            Key::Edtf => "date_edtf",
            Key::Position => "position",
            Key::Own(name) => name,
        };
        let name = if above == "own" { name.to_owned() } else { format!("{above}.{name}") };
        Key::Own(Cow::Owned(name))
    }
}

/// Reads the value of a key into a draft: texts, lists of them, and tables, however deep.
struct Value<'d, 'k> {
    draft: &'d mut Draft,
    key: &'d Key<'k>,
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a table")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.draft.take(self.key, text);
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<(), E> {
        self.visit_str(if truth { "true" } else { "false" })
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Value { draft, key } = self;
        while items.next_element_seed(Value { draft: &mut *draft, key })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(name) = entries.next_key_seed(Name)? {
            let key = &self.key.below(&name);
            entries.next_value_seed(Value { draft: &mut *self.draft, key })?;
        }
        Ok(())
    }
}

/// Reads a key, without a string of its own where it stands in the file as it is.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Reads an object as a draft of a record.
struct Object;

impl<'de> DeserializeSeed<'de> for Object {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record: {\"title\": ..., \"date\": ...}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        draft.record.values.reserve(VALUES);
        while let Some(name) = entries.next_key_seed(Name)? {
            entries.next_value_seed(Value { draft: &mut draft, key: &Key::of(name) })?;
        }
        Ok(draft)
    }
}

/// What is said of a record that was read, in the place where it stands.
fn said(file: &str, line: Option<usize>, doubts: Vec<String>) -> impl Iterator<Item = Problem> {
    doubts.into_iter().map(move |message| Problem::note(file, line, message))
}

/// Why a text is no JSON, without the place.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what).to_owned()
}
