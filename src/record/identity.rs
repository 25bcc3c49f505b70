//! What a record is known by, so that marks and notes find it again when its file is read anew.

use std::fmt;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Field, Record};

/// The identity of a record. It stays the same as long as its archive keeps its address (or its title;
/// or its file keeps its name, where it has neither) and the record its id, or without an id, its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The archive it stands in: see [`super::Archive::id`]. Of a record that has an id where
    /// the archive has none, the name of its file without the folder, since `2` alone is known by
    /// nobody; content is known in any file.
    pub archive: String,
    /// What it is known by there.
    pub key: RecordKey,
    /// How many records before it in the same archive have the same key: 0 for nearly all.
    pub repeat: u32,
}

/// What a record is known by in its archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKey {
    /// Its own identifier.
    Id(String),
    /// Without one, the hash of its content: see [`RecordKey::of`].
    Content(u64),
}

impl RecordKey {
    /// The key of a record. The content is the text of its date, its title and all other fields,
    /// known fields first, each with its values in the order of the file; the position in a
    /// listing is not part of it. The hash is XXH3 with 64 bits.
    pub fn of(record: &Record) -> RecordKey {
        match record.first(Field::Id) {
            Some(id) => RecordKey::Id(id.to_owned()),
            None => RecordKey::Content(content(record)),
        }
    }

    /// The key as a number, for comparing many: different numbers are different keys.
    pub(crate) fn number(&self) -> u64 {
        match self {
            RecordKey::Id(id) => xxh3_64(id.as_bytes()),
            RecordKey::Content(hash) => *hash,
        }
    }
}

impl fmt::Display for RecordKey {
    /// The identifier; without one `#` and the hash, in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordKey::Id(id) => f.write_str(id),
            RecordKey::Content(hash) => write!(f, "#{hash:016x}"),
        }
    }
}

/// The hash of a record's content. Names and values end with a zero byte each.
fn content(record: &Record) -> u64 {
    let mut hash = Xxh3::new();
    let mut add = |name: &str, value: &str| {
        for part in [name, value] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
    };
    add("date", &record.date.text);
    for field in Field::ALL {
        record.all(field).for_each(|value| add(field.key(), value));
    }
    let mut own: Vec<_> = record.own.iter().collect();
    own.sort_by_key(|(name, _)| name);
    for (name, value) in own {
        add(name, value);
    }
    hash.digest()
}
