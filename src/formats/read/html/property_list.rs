//! Parses property lists (binary, XML and ASCII) of web archives.
//!
//! The library calls itself for each list inside a list, so that nesting without end overflows the stack. It reads a
//! value again for each reference to it, so that a few lists can stand for any number of values. Here depth and
//! effort are limited, and the items of lists are dropped as they are read.

use std::cell::Cell;
use std::fmt;
use std::io::Cursor;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How many lists and dictionaries may be inside one another.
pub(super) const MAX_DEPTH: usize = 64;

/// How many values, and bytes of texts and data, are read for each byte of a property list. Writers share equal texts,
/// and each reference to one takes a byte or more.
const MAX_EFFORT_PER_BYTE: usize = 16;

/// The effort that every property list may take.
const MIN_EFFORT: usize = 65_536;

/// The keys whose values are kept.
const KEPT_KEYS: [&str; 5] =
    ["URL", "WebMainResource", "WebResourceData", "WebResourceTextEncodingName", "WebResourceURL"];

/// A value of a property list.
pub(super) enum Item {
    /// A text.
    Text(String),
    /// Bytes.
    Data(Vec<u8>),
    /// The [`KEPT_KEYS`] with their values.
    Dictionary(Vec<(String, Item)>),
    /// A number, a date or a list.
    Other,
}

/// Why a property list was not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is damaged.
    Damaged,
    /// It is nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// Its lists refer to the same values too often.
    Repeated,
}

thread_local! {
    /// How many lists and dictionaries are open: `Deserialize` has no argument for it.
    static DEPTH: Cell<usize> = const { Cell::new(0) };

    /// How many more values and bytes are read.
    static EFFORT_LEFT: Cell<usize> = const { Cell::new(0) };

    /// The limit that the last property list passed.
    static PASSED_LIMIT: Cell<Option<Refused>> = const { Cell::new(None) };
}

impl Item {
    /// Parses a property list.
    pub(super) fn parse(bytes: &[u8]) -> Result<Item, Refused> {
        PASSED_LIMIT.set(None);
        EFFORT_LEFT.set(bytes.len().saturating_mul(MAX_EFFORT_PER_BYTE).max(MIN_EFFORT));
        let parsed = plist::from_reader(Cursor::new(bytes));
        parsed.map_err(|_| PASSED_LIMIT.take().unwrap_or(Refused::Damaged))
    }

    /// Removes the value of a key of a dictionary.
    pub(super) fn take(&mut self, key: &str) -> Option<Item> {
        let Item::Dictionary(pairs) = self else { return None };
        let at = pairs.iter().position(|(other, _)| other == key)?;
        Some(pairs.swap_remove(at).1)
    }

    /// Removes the text of a key of a dictionary.
    pub(super) fn take_text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Counts a value with so many bytes in it.
fn spend<E: Error>(bytes: usize) -> Result<(), E> {
    let Some(left) = EFFORT_LEFT.get().checked_sub(bytes.saturating_add(1)) else {
        PASSED_LIMIT.set(Some(Refused::Repeated));
        return Err(E::custom("repeated too often"));
    };
    EFFORT_LEFT.set(left);
    Ok(())
}

/// An open list or dictionary.
struct OpenList;

impl OpenList {
    /// Counts a list or dictionary until the value is dropped.
    fn enter<E: Error>() -> Result<OpenList, E> {
        if DEPTH.get() >= MAX_DEPTH {
            PASSED_LIMIT.set(Some(Refused::TooDeep));
            return Err(E::custom("nested too deep"));
        }
        DEPTH.set(DEPTH.get() + 1);
        Ok(OpenList)
    }
}

impl Drop for OpenList {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

/// Makes an [`Item`] of what the library finds.
struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of a property list")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Item, E> {
        spend(0)?;
        Ok(Item::Other)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Item, E> {
        spend(0)?;
        Ok(Item::Other)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Item, E> {
        spend(0)?;
        Ok(Item::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Item, E> {
        spend(0)?;
        Ok(Item::Other)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Item, E> {
        spend(text.len())?;
        Ok(Item::Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Item, E> {
        spend(bytes.len())?;
        Ok(Item::Data(bytes.to_vec()))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Item, E> {
        spend(bytes.len())?;
        Ok(Item::Data(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Item, A::Error> {
        spend(0)?;
        let _open = OpenList::enter()?;
        while items.next_element::<Item>()?.is_some() {}
        Ok(Item::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Item, A::Error> {
        spend(0)?;
        let _open = OpenList::enter()?;
        let mut read: Vec<(String, Item)> = Vec::new();
        while let Some((key, value)) = pairs.next_entry::<String, Item>()? {
            spend(key.len())?;
            if KEPT_KEYS.contains(&&*key) && read.iter().all(|(other, _)| *other != key) {
                read.push((key, value));
            }
        }
        Ok(Item::Dictionary(read))
    }
}
