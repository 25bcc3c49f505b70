//! Parses JSON and JSON Lines with the keys of an archive file.
//!
//! The keys are `position`, `date` and the keys of the fields. A value is a text, or a list if a
//! field repeats; numbers and booleans become text. Any other key is an own field; dots join nested
//! names. Start reading with [`Draft`].

mod cursor;
mod decoder;
mod document;
mod exact_numbers;
mod lines;
mod object;
mod tally;
mod value;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::date_cache::DateCache;
use super::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use crate::record::{Date, Field, Problem, Record};
use crate::text::counts::count_of;

pub(crate) use cursor::{Cursor, WalkError};
pub(crate) use decoder::{DecodingReader, LineTracker};
use document::has_list;
pub(crate) use document::{looks_like as looks_like_document, read as read_document};
use exact_numbers::{NumberQuoter, with_exact_numbers};
pub(crate) use exact_numbers::{parse_bytes, parse_text};
pub(crate) use lines::{
    ParsedLine, looks_like as looks_like_lines, read as read_lines, read_with as read_lines_with,
};
pub(in crate::formats) use object::Object;
pub(crate) use tally::{Counts, Tally, send_summary};
pub(in crate::formats) use value::Value;

/// The warning about roles without a contributor.
pub(super) const SURPLUS_ROLES: &str =
    "contributor_role has more values than contributor: the others are kept as text";

/// The number of values for which a record reserves memory; most objects have no more.
const EXPECTED_VALUES: usize = 8;

/// The moment for a date that is not known, as .NET and others write it.
const NO_MOMENT: &str = "0001-01-01T00:00:00";

/// A record while its object is parsed.
#[derive(Debug, Default)]
struct Draft {
    /// The record so far.
    record: Record,
    /// The texts of the date.
    date_texts: Vec<String>,
    /// The date in EDTF, if the object has `date_edtf`.
    edtf: Option<String>,
    /// Whether a number was met that may have been written in another way.
    has_fraction: bool,
    /// Warnings about values of the wrong type.
    warnings: Vec<String>,
}

impl Draft {
    /// Parses the date. Returns the record, or `None` if the object had no field, with all
    /// warnings.
    fn finish(mut self, dates: &mut DateCache) -> (Option<Record>, Vec<String>) {
        let text = match self.date_texts.as_mut_slice() {
            [text] => std::mem::take(text),
            texts => texts.join(", "),
        };
        match self.edtf.take().map(|edtf| (Date::with_edtf(&text, &edtf), edtf)) {
            Some((Some(date), _)) => self.record.date = date,
            unparsed => {
                let parsed = dates.parse(&text);
                self.record.date = Date { text, parsed };
                if let Some((_, edtf)) = unparsed {
                    self.warnings
                        .push(format!("date_edtf: {edtf:?} is not EDTF: it is kept as text"));
                    self.record.own.push(("date_edtf".into(), edtf));
                }
            }
        }
        self.record.pair_containers();
        if self.record.align_contributor_roles() > 0 {
            self.warnings.push(SURPLUS_ROLES.to_owned());
        }
        ((self.record != Record::default()).then_some(self.record), self.warnings)
    }

    /// Adds a text under a key.
    fn push_text(&mut self, key: &Key<'_>, text: &str) {
        self.record.source_hash.add_text(text);
        match key {
            Key::Field(field) => self.record.push_listed(*field, text),
            Key::Date if text.trim().is_empty() => {}
            // Programs write the first moment of the calendar for a date that is not known.
            Key::Date if text.trim().starts_with(NO_MOMENT) => {
                self.record.own.push(("date".into(), text.to_owned()));
            }
            Key::Date => self.date_texts.push(text.to_owned()),
            Key::Edtf => self.edtf = Some(text.to_owned()),
            Key::Position => self.set_position(text),
            Key::Own(name) => {
                let name = truncate(&**name, MAX_FIELD_NAME_BYTES).into_owned();
                self.record.own.push((name.into(), text.to_owned()));
            }
        }
    }

    /// Sets the position, counted from 1. Any other text becomes an own field with a warning.
    fn set_position(&mut self, text: &str) {
        self.record.position = text.trim().parse().ok().filter(|position| *position > 0);
        if self.record.position.is_none() {
            self.warnings.push(format!(
                "position: {text:?} was found, expected a whole number from 1: it is kept as text"
            ));
            self.record.own.push(("position".into(), text.to_owned()));
        }
    }
}

/// The meaning of a key of an object.
#[derive(Clone, Debug)]
enum Key<'k> {
    Field(Field),
    Date,
    /// The date in EDTF.
    Edtf,
    Position,
    /// An own field with this name.
    Own(Cow<'k, str>),
}

impl<'k> Key<'k> {
    /// Returns the key with this name.
    fn from_name(name: Cow<'k, str>) -> Key<'k> {
        match Field::from_key(&name) {
            Some(field) => Key::Field(field),
            None if name == "date" => Key::Date,
            None if name == "date_edtf" => Key::Edtf,
            None if name == "position" => Key::Position,
            None => Key::Own(name),
        }
    }

    /// Returns the key of a nested object. Names in the object `own` get no prefix.
    fn child(&self, name: &str) -> Key<'static> {
        let parent = match self {
            Key::Field(field) => field.key(),
            Key::Date => "date",
            Key::Edtf => "date_edtf",
            Key::Position => "position",
            Key::Own(name) => name,
        };
        let name = if parent == "own" { name.to_owned() } else { format!("{parent}.{name}") };
        Key::Own(Cow::Owned(name))
    }
}

/// Adds the value of a key to a draft: texts, and lists and objects of any depth.
struct ValueSeed<'d, 'k> {
    draft: &'d mut Draft,
    key: &'d Key<'k>,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a table")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.draft.push_text(self.key, text);
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.draft.has_fraction = true;
        self.visit_str(&Value::from(number).to_string())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if let Key::Field(field) = self.key {
            self.draft.record.push_listed(*field, "");
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let ValueSeed { draft, key } = self;
        while items.next_element_seed(ValueSeed { draft: &mut *draft, key })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(name) = entries.next_key_seed(KeySeed)? {
            let key = &self.key.child(&name);
            entries.next_value_seed(ValueSeed { draft: &mut *self.draft, key })?;
        }
        Ok(())
    }
}

/// Parses a key, borrowing it from the input if it has no escapes.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
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

/// Parses an object as a draft.
struct ObjectSeed;

impl<'de> DeserializeSeed<'de> for ObjectSeed {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record: {\"title\": ..., \"date\": ...}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        draft.record.values.reserve(EXPECTED_VALUES);
        while let Some(name) = entries.next_key_seed(KeySeed)? {
            entries.next_value_seed(ValueSeed { draft: &mut draft, key: &Key::from_name(name) })?;
        }
        Ok(draft)
    }
}

/// Converts warnings to problems at a line.
fn warnings_to_problems(
    file: &str,
    line: Option<usize>,
    warnings: Vec<String>,
) -> impl Iterator<Item = Problem> {
    warnings.into_iter().map(move |message| Problem::warning(file, line, message))
}

/// Returns the message about a file that is not JSON from somewhere on.
pub(in crate::formats::read) fn broken_message(reason: &str, records_before: usize) -> String {
    let before = match records_before {
        1 => "1 record before this was".to_owned(),
        count => format!("{} before this were", count_of(count, "record")),
    };
    format!("this is not JSON: {reason}; {before} read, nothing after it")
}

/// Returns the message of a JSON error without its location.
pub(in crate::formats::read) fn error_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned()
}
