//! The user's marks and notes in a TOML file, keyed by the identity of the records.
//!
//! Before a file is written, it is read again under a lock. Two programs that run at the same time
//! therefore keep each other's changes. Files are replaced atomically.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::files::{self, IfExists, Privacy};
use crate::record::{RecordId, RecordKey};

/// The comment at the top of each file.
const FILE_HEADER: &str =
    "# Marks and notes of a user of fonds, by the identity of the records.\n\n";
/// How long to wait for another program that holds the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Why marks and notes cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum MarksError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Unreadable(String, io::Error),
    /// The file is not a valid marks file. It is left unchanged.
    #[error("{0} is not a valid marks file and stays unchanged: {1}")]
    Invalid(String, String),
    /// The file cannot be written, or is a link that is not followed.
    #[error("{0}")]
    Write(#[from] files::FileError),
    /// The file cannot be locked: another program uses it, or its folder cannot be created.
    #[error("{0}")]
    Locked(#[from] files::LockError),
    /// There is no home folder to keep the files in.
    #[error("there is no home folder: name a file with --marks FILE")]
    NoHomeFolder,
}

/// Where the marks files are.
#[derive(Clone, Debug)]
pub enum MarksLocation {
    /// One file for all archives, which the user named.
    SingleFile(PathBuf),
    /// A folder with one file per archive.
    Folder(PathBuf),
    /// There is no home folder, so they cannot be kept.
    Unavailable,
}

impl MarksLocation {
    /// The file that the user named, otherwise the user's data folder (XDG, also on macOS).
    pub fn new(named: Option<&Path>) -> MarksLocation {
        match (named, etcetera::choose_base_strategy()) {
            (Some(file), _) => MarksLocation::SingleFile(file.to_owned()),
            (None, Ok(home)) => MarksLocation::Folder(home.data_dir().join("fonds").join("marks")),
            (None, Err(_)) => MarksLocation::Unavailable,
        }
    }

    /// The path of the marks file of an archive.
    ///
    /// # Errors
    /// There is no home folder and no named file, or the file is a link out of the folder.
    pub fn path_for(&self, archive: &str) -> Result<PathBuf, MarksError> {
        match self {
            MarksLocation::SingleFile(file) => Ok(file.clone()),
            MarksLocation::Folder(folder) => {
                Ok(files::path_within(folder, &archive_file_name(archive))?)
            }
            MarksLocation::Unavailable => Err(MarksError::NoHomeFolder),
        }
    }
}

/// The name of an archive's file: up to 48 letters of its identity, and a hash that makes it
/// unique.
fn archive_file_name(archive: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let letters: String = archive.to_ascii_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let short: String = words.join("-").chars().take(48).collect();
    let short = if short.is_empty() { "unnamed" } else { &short };
    format!("{short}-{:016x}.toml", xxh3_64(archive.as_bytes()))
}

/// A record in the file, with its mark or note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// The identity of the record's archive.
    #[serde(default)]
    archive: String,
    /// The record's own identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The hash of the record's content in hexadecimal, for a record without an identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// The number of earlier records in the archive with the same identifier or content.
    #[serde(default, skip_serializing_if = "is_zero")]
    repeat: u32,
    /// The title, for people who read the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    /// Whether it is marked.
    #[serde(default, skip_serializing_if = "is_false")]
    marked: bool,
    /// The note on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Keys that this version does not know; they are kept.
    #[serde(flatten)]
    other: toml::Table,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The contents of a marks file.
#[derive(Default, Serialize, Deserialize)]
struct FileContents {
    #[serde(flatten)]
    other: toml::Table,
    #[serde(default)]
    record: Vec<Entry>,
}

/// The mark and the note of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkAndNote {
    /// The title, for people who read the file.
    pub title: String,
    /// Whether it is marked.
    pub marked: bool,
    /// The note on it.
    pub note: Option<String>,
    /// Keys that this version does not know; they are kept.
    other: toml::Table,
}

/// All marks and notes in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarksFile {
    /// The marks and notes, by the identity of the record.
    pub marks: BTreeMap<RecordId, MarkAndNote>,
    /// Top-level keys that this version does not know; they are kept.
    other: toml::Table,
    /// Entries whose identity cannot be understood; they are kept.
    unparsed_entries: Vec<Entry>,
}

impl MarksFile {
    /// Reads a marks file. A file that does not exist has no marks.
    ///
    /// # Errors
    /// The file cannot be read, or is not a valid marks file.
    pub fn read(file: &Path) -> Result<MarksFile, MarksError> {
        let name = || files::display_name(file);
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(MarksFile::default());
            }
            Err(error) => return Err(MarksError::Unreadable(name(), error)),
        };
        let contents: FileContents = toml::from_str(&text).map_err(|error| {
            let message = error.to_string();
            MarksError::Invalid(name(), message.split_whitespace().collect::<Vec<_>>().join(" "))
        })?;
        let mut marks_file = MarksFile { other: contents.other, ..MarksFile::default() };
        for entry in contents.record {
            let Some(id) = entry.record_id() else {
                marks_file.unparsed_entries.push(entry);
                continue;
            };
            let Entry { title, marked, note, other, .. } = entry;
            marks_file.marks.insert(id, MarkAndNote { title, marked, note, other });
        }
        Ok(marks_file)
    }

    /// Updates a marks file and returns its new contents.
    ///
    /// The file is read again under a lock and written only if `change` changes something.
    ///
    /// # Errors
    /// The file cannot be locked, read or written; then it is unchanged.
    pub fn update(
        file: &Path,
        change: impl FnOnce(&mut MarksFile),
    ) -> Result<MarksFile, MarksError> {
        let lock = files::lock(file, LOCK_TIMEOUT)?;
        let file = &lock.path;
        let before = MarksFile::read(file)?;
        let mut marks_file = before.clone();
        change(&mut marks_file);
        if marks_file != before {
            let invalid = |error: toml::ser::Error| {
                MarksError::Invalid(files::display_name(file), error.to_string())
            };
            let text = marks_file.to_toml().map_err(invalid)?;
            files::write_atomically(file, IfExists::Replace, Privacy::Private, |out| {
                out.write_all(text.as_bytes())
            })?;
        }
        Ok(marks_file)
    }

    /// Changes the mark and note of a record. A record that has neither afterwards is removed.
    pub fn update_record(&mut self, id: &RecordId, change: impl FnOnce(&mut MarkAndNote)) {
        let mut mark = self.marks.remove(id).unwrap_or_default();
        change(&mut mark);
        if mark.marked || mark.note.is_some() {
            self.marks.insert(id.clone(), mark);
        }
    }

    /// The contents as TOML.
    fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let entries = self.marks.iter().map(|(id, mark)| Entry::new(id, mark));
        let record = entries.chain(self.unparsed_entries.iter().cloned()).collect();
        let contents = FileContents { other: self.other.clone(), record };
        Ok(format!("{FILE_HEADER}{}", toml::to_string(&contents)?))
    }
}

impl Entry {
    /// The entry of a record.
    fn new(id: &RecordId, mark: &MarkAndNote) -> Entry {
        let (own, content) = match &id.key {
            RecordKey::Id(id) => (Some(id.clone()), None),
            RecordKey::Content(hash) => (None, Some(format!("{hash:016x}"))),
        };
        let MarkAndNote { title, marked, note, other } = mark.clone();
        let archive = id.archive.clone();
        Entry { archive, id: own, content, repeat: id.repetition, title, marked, note, other }
    }

    /// The identity of the record; `None` if it is missing or invalid.
    fn record_id(&self) -> Option<RecordId> {
        let content = || u64::from_str_radix(self.content.as_deref()?, 16).ok();
        let key = match &self.id {
            Some(id) => RecordKey::Id(id.clone()),
            None => RecordKey::Content(content()?),
        };
        Some(RecordId { archive: self.archive.clone(), key, repetition: self.repeat })
    }
}
