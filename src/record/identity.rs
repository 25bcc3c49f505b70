//! The identity of a record, by which marks and notes find it when its file is read again.

use std::fmt;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Field, Record, is_about_other_values};

/// The identity of a record: its archive, its key in the archive, and a count of repeated keys.
///
/// It stays the same as long as the archive keeps its identity and the record keeps its id. A
/// record without an id must keep its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The identity of the archive: see [`super::Archive::identity`].
    ///
    /// If the archive has none and the record has an id, this is the name of the file without its
    /// folder, because an id such as `2` is not unique. Content is unique in any file.
    pub archive: String,
    /// The key of the record in its archive.
    pub key: RecordKey,
    /// The number of earlier records in the same archive with the same key: 0 for nearly all.
    pub repetition: u32,
}

/// What identifies a record in its archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKey {
    /// The record's own identifier.
    Id(String),
    /// The hash of the content of a record without identifier: see [`RecordKey::from_record`].
    Content(u64),
}

impl RecordKey {
    /// Returns the key of a record: its identifier, otherwise a hash of its content.
    ///
    /// The content is the text of the date, then the known fields, then the own fields by name,
    /// each with its values in the order of the file. The position is not part of it. The hash is
    /// XXH3 with 64 bits, which marks files keep: it must not change.
    pub fn from_record(record: &Record) -> RecordKey {
        match record.first(Field::Id) {
            Some(id) => RecordKey::Id(id.to_owned()),
            None => RecordKey::Content(content_hash(record)),
        }
    }

    /// Returns the key as a 64-bit number, for fast comparison. Different numbers mean different
    /// keys.
    pub(crate) fn digest(&self) -> u64 {
        match self {
            RecordKey::Id(id) => xxh3_64(id.as_bytes()),
            RecordKey::Content(hash) => *hash,
        }
    }
}

impl fmt::Display for RecordKey {
    /// Writes the identifier, or `#` and the hash in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordKey::Id(id) => f.write_str(id),
            RecordKey::Content(hash) => write!(f, "#{hash:016x}"),
        }
    }
}

/// The number of fields that there were when the first hashes were saved. The others were own fields.
const FIRST_FIELDS: usize = 11;

/// Returns the hash of a record's content. Each name and each value ends with a zero byte.
fn content_hash(record: &Record) -> u64 {
    let mut hash = Xxh3::new();
    let mut hash_pair = |name: &str, value: &str| {
        for text in [name, value] {
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
    };
    hash_pair("date", &record.date.text);
    let (known, later) = Field::ALL.split_at(FIRST_FIELDS);
    for field in known {
        record.all(*field).for_each(|value| hash_pair(field.key(), value));
    }
    let own = record.own.iter().filter(|(name, _)| !is_about_other_values(name));
    let own = own.map(|(name, value)| (name.as_str(), value.as_str()));
    let later = record.values.iter().filter(|(field, _)| later.contains(field));
    let later = later.map(|(field, value)| (field.key(), value.as_str()));
    let mut own: Vec<(&str, &str)> = own.chain(later).collect();
    own.sort_by_key(|(name, _)| *name);
    for (name, value) in own {
        hash_pair(name, value);
    }
    hash.digest()
}
