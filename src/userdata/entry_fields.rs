//! The keys of an entry of a marks file, as TOML and as JSON.

use serde::{Deserialize, Serialize};

use super::mark_entry::MarkEntry;
use crate::record::RecordKey;
use crate::record::fingerprint::{CONTENT_VERSION, SOURCE_VERSION};

/// The keys of an entry. The first version of marks files has `archive`, `id` or `content`, `repeat`,
/// `title`, `marked` and `note`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EntryFields {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) archive: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// First version only: the hash of the record's content in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<u64>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) repeat: u32,
    /// Whether another record looked much the same.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) lookalike: bool,
    /// The version of the hash, a colon, and the hash of all other values in hexadecimal, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash: Option<String>,
    /// The version of the hash, a colon, and the hash of what the file says, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) marked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl EntryFields {
    /// The keys of an entry.
    pub(super) fn from_entry(entry: &MarkEntry) -> EntryFields {
        let content = match &entry.legacy {
            Some(RecordKey::Content(hash)) => Some(format!("{hash:016x}")),
            _ => None,
        };
        let hash = match (&entry.legacy, entry.content) {
            (Some(_), _) => None,
            (None, Some(hash)) => Some(format!("{CONTENT_VERSION}:{hash:016x}")),
            (None, None) => Some(format!("{CONTENT_VERSION}:")),
        };
        let source = entry.source.filter(|_| entry.legacy.is_none());
        EntryFields {
            archive: entry.archive.clone(),
            file: entry.file.clone(),
            id: entry.id.clone(),
            content,
            title: entry.title.clone(),
            date: entry.date.clone(),
            position: entry.position,
            repeat: entry.repetition,
            lookalike: entry.lookalike,
            hash,
            source: source.map(|hash| format!("{SOURCE_VERSION}:{hash:016x}")),
            marked: entry.marked,
            note: entry.note.clone(),
        }
    }

    /// The entry, or what is wrong with it.
    pub(super) fn into_entry(self) -> Result<MarkEntry, &'static str> {
        let is_first_version = self.hash.is_none() && self.file.is_empty() && self.date.is_empty();
        let legacy = match (&self.id, &self.content) {
            _ if !is_first_version => None,
            (Some(id), _) => Some(RecordKey::Id(id.clone())),
            (None, Some(hash)) => match u64::from_str_radix(hash, 16) {
                Ok(hash) => Some(RecordKey::Content(hash)),
                Err(_) => return Err("“content” must be 16 hexadecimal digits"),
            },
            (None, None) => None,
        };
        let has_text = !self.title.is_empty() || !self.date.is_empty();
        if legacy.is_none() && self.hash.is_none() && self.id.is_none() && !has_text {
            return Err("this entry names no record: give it an “id”, or a “title” and a “date”");
        }
        Ok(MarkEntry {
            content: self.hash.as_deref().and_then(|text| parse_hash(text, CONTENT_VERSION)),
            source: self.source.as_deref().and_then(|text| parse_hash(text, SOURCE_VERSION)),
            archive: self.archive,
            file: self.file,
            id: self.id,
            title: self.title,
            date: self.date,
            position: self.position,
            repetition: self.repeat,
            lookalike: self.lookalike,
            marked: self.marked,
            note: self.note.filter(|note| !note.trim().is_empty()),
            legacy,
        })
    }
}

/// The hash in `1:0123456789abcdef`; `None` for another version or none.
fn parse_hash(text: &str, wanted: u32) -> Option<u64> {
    let (version, hash) = text.split_once(':')?;
    if version.parse() != Ok(wanted) {
        return None;
    }
    u64::from_str_radix(hash, 16).ok()
}
