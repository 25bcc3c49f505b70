//! Parses property lists (binary, XML and ASCII) of web archives.
//!
//! The library calls itself for each list inside a list, so that nesting without end overflows the stack. Here
//! the depth is limited, and the items of lists are dropped as they are read.

use std::cell::Cell;
use std::fmt;
use std::io::Cursor;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How many lists and dictionaries may be inside one another.
pub(super) const MAX_DEPTH: usize = 64;

/// A value of a property list.
pub(super) enum Item {
    /// A text.
    Text(String),
    /// Bytes.
    Data(Vec<u8>),
    /// Keys with their values.
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
}

thread_local! {
    /// How many lists and dictionaries are open: `Deserialize` has no argument for it.
    static DEPTH: Cell<usize> = const { Cell::new(0) };

    /// Whether the last property list was too deep.
    static IS_TOO_DEEP: Cell<bool> = const { Cell::new(false) };
}

impl Item {
    /// Parses a property list.
    pub(super) fn parse(bytes: &[u8]) -> Result<Item, Refused> {
        IS_TOO_DEEP.set(false);
        let parsed = plist::from_reader(Cursor::new(bytes));
        parsed.map_err(|_| if IS_TOO_DEEP.get() { Refused::TooDeep } else { Refused::Damaged })
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

/// An open list or dictionary.
struct OpenList;

impl OpenList {
    /// Counts a list or dictionary until the value is dropped.
    fn enter<E: Error>() -> Result<OpenList, E> {
        if DEPTH.get() >= MAX_DEPTH {
            IS_TOO_DEEP.set(true);
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
        Ok(Item::Other)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Item, E> {
        Ok(Item::Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Item, E> {
        Ok(Item::Data(bytes.to_vec()))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Item, E> {
        Ok(Item::Data(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Item, A::Error> {
        let _open = OpenList::enter()?;
        while items.next_element::<Item>()?.is_some() {}
        Ok(Item::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Item, A::Error> {
        let _open = OpenList::enter()?;
        let mut read = Vec::new();
        while let Some((key, value)) = pairs.next_entry::<String, Item>()? {
            read.push((key, value));
        }
        Ok(Item::Dictionary(read))
    }
}
