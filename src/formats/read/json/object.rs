//! A JSON object.

use std::collections::HashMap;
use std::fmt;

use compact_str::CompactString;
use foldhash::fast::RandomState;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Value;

/// The most keys that are compared one after the other. More are looked up by their hashes.
const MAX_COMPARED_KEYS: usize = 16;

/// A JSON object, in the order of the file. Of several values of one key the last one counts.
///
/// Most objects have few keys. Comparing them takes less time than hashing, and no memory.
#[derive(Clone, Default)]
pub(in crate::formats) struct Object {
    entries: Vec<(CompactString, Value)>,
    /// The places of the keys, if there are more than [`MAX_COMPARED_KEYS`].
    index: Option<Box<KeyIndex>>,
}

/// The place of each key in an object.
#[derive(Clone, Default)]
struct KeyIndex(HashMap<CompactString, usize, RandomState>);

impl Object {
    /// Returns the number of keys.
    pub(in crate::formats) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no key.
    pub(in crate::formats) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the keys with their values.
    pub(in crate::formats) fn iter(&self) -> Iter<'_> {
        self.into_iter()
    }

    /// Returns the keys.
    pub(in crate::formats) fn keys(&self) -> impl Iterator<Item = &CompactString> + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Returns the values.
    pub(in crate::formats) fn values(&self) -> impl Iterator<Item = &Value> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Returns the keys with their values.
    pub(in crate::formats) fn iter_mut(
        &mut self,
    ) -> impl Iterator<Item = (&CompactString, &mut Value)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Returns the values.
    pub(in crate::formats) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Returns the index of a key.
    fn index_of(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.0.get(key).copied(),
            None => self.entries.iter().position(|(other, _)| other == key),
        }
    }

    /// Returns the value of a key, with the key as it is kept.
    pub(in crate::formats) fn get_key_value(&self, key: &str) -> Option<(&CompactString, &Value)> {
        let (key, value) = self.entries.get(self.index_of(key)?)?;
        Some((key, value))
    }

    /// Returns the value of a key.
    pub(in crate::formats) fn get(&self, key: &str) -> Option<&Value> {
        self.get_key_value(key).map(|(_, value)| value)
    }

    /// Returns the value of a key.
    pub(in crate::formats) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let index = self.index_of(key)?;
        self.entries.get_mut(index).map(|(_, value)| value)
    }

    /// Whether there is this key.
    pub(in crate::formats) fn contains_key(&self, key: &str) -> bool {
        self.index_of(key).is_some()
    }

    /// Sets the value of a key. A key that is there already keeps its place.
    pub(in crate::formats) fn insert(&mut self, key: CompactString, value: Value) {
        if let Some(existing) = self.get_mut(&key) {
            *existing = value;
            return;
        }
        if let Some(index) = &mut self.index {
            index.0.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() > MAX_COMPARED_KEYS {
            self.index_keys();
        }
    }

    /// Indexes the keys, if there are many.
    fn index_keys(&mut self) {
        self.index = None;
        if self.entries.len() > MAX_COMPARED_KEYS {
            let places = self.keys().cloned().zip(0..).collect();
            self.index = Some(Box::new(KeyIndex(places)));
        }
    }

    /// Removes a key, and returns its value.
    pub(in crate::formats) fn remove(&mut self, key: &str) -> Option<Value> {
        let (_, value) = self.entries.remove(self.index_of(key)?);
        self.index_keys();
        Some(value)
    }

    /// Keeps what this is true of.
    pub(in crate::formats) fn retain(&mut self, is_kept: impl Fn(&str, &Value) -> bool) {
        self.entries.retain(|(key, value)| is_kept(key, value));
        self.index_keys();
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl PartialEq for Object {
    /// The order of the keys does not count.
    fn eq(&self, other: &Object) -> bool {
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(key).is_some_and(|it| it == value))
    }
}

/// The keys of an object with their values.
pub(in crate::formats) type Iter<'o> = std::iter::Map<
    std::slice::Iter<'o, (CompactString, Value)>,
    fn(&'o (CompactString, Value)) -> (&'o CompactString, &'o Value),
>;

impl<'o> IntoIterator for &'o Object {
    type Item = (&'o CompactString, &'o Value);
    type IntoIter = Iter<'o>;

    fn into_iter(self) -> Iter<'o> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl IntoIterator for Object {
    type Item = (CompactString, Value);
    type IntoIter = std::vec::IntoIter<(CompactString, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl FromIterator<(CompactString, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (CompactString, Value)>>(entries: I) -> Object {
        let mut object = Object::default();
        object.extend(entries);
        object
    }
}

impl Extend<(CompactString, Value)> for Object {
    fn extend<I: IntoIterator<Item = (CompactString, Value)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Object, D::Error> {
        json.deserialize_map(ObjectVisitor)
    }
}

/// Parses an object.
pub(super) struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
        let mut object = Object::default();
        while let Some((key, value)) = entries.next_entry()? {
            object.insert(key, value);
        }
        Ok(object)
    }
}
