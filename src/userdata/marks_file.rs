//! Marks and notes in their file: TOML, by the identity of the records, written whole or not at all.
//!
//! Before anything is written the file is read again under a lock, so that two programs that run at
//! once lose nothing of each other's.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::files;
use crate::record::{RecordId, RecordKey};

/// What the file says of itself.
const ABOUT: &str = "# Marks and notes of a reader of fonds, by the identity of the records.\n\n";
/// How long another program may take to write.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait before the lock is tried again.
const PAUSE: Duration = Duration::from_millis(5);

/// Marks or notes that cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file is there and cannot be read, or its folder cannot be made.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// The file is no ledger.
    #[error("{0} is left as it is, since it cannot be understood: {1}")]
    Text(String, String),
    /// The file cannot be written.
    #[error("{0}")]
    Write(#[from] files::FileError),
    /// Another program writes all the time.
    #[error("another program holds {0}")]
    Busy(String),
    /// Nobody knows where the reader's files are.
    #[error("there is no home folder: --marks FILE says where they go")]
    NoHome,
}

/// Where ledgers stand.
#[derive(Clone, Debug)]
pub enum Shelf {
    /// All archives in one file, which the reader named.
    One(PathBuf),
    /// A file for each archive in a folder.
    Folder(PathBuf),
    /// Nowhere.
    Nowhere,
}

impl Shelf {
    /// The file that was named, else the reader's data folder (XDG, also on macOS).
    pub fn of(named: Option<&Path>) -> Shelf {
        match (named, etcetera::choose_base_strategy()) {
            (Some(file), _) => Shelf::One(file.to_owned()),
            (None, Ok(home)) => Shelf::Folder(home.data_dir().join("fonds").join("marks")),
            (None, Err(_)) => Shelf::Nowhere,
        }
    }

    /// The file for an archive.
    ///
    /// # Errors
    /// Nobody knows where the reader's files are.
    pub fn file(&self, archive: &str) -> Result<PathBuf, LedgerError> {
        match self {
            Shelf::One(file) => Ok(file.clone()),
            Shelf::Folder(folder) => Ok(folder.join(file_name(archive))),
            Shelf::Nowhere => Err(LedgerError::NoHome),
        }
    }
}

/// The name of an archive's file: its letters, and a number that tells apart those with the same.
fn file_name(archive: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let letters: String = archive.to_ascii_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let short: String = words.join("-").chars().take(48).collect();
    let short = if short.is_empty() { "unnamed" } else { &short };
    format!("{short}-{:016x}.toml", xxh3_64(archive.as_bytes()))
}

/// A record with a mark or a note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// The archive it stands in.
    #[serde(default)]
    archive: String,
    /// Its identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Without one, the hash of its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// How many records before it are known by the same.
    #[serde(default, skip_serializing_if = "is_zero")]
    repeat: u32,
    /// Its title, for who reads the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    /// Whether it is marked.
    #[serde(default, skip_serializing_if = "is_false")]
    marked: bool,
    /// The note on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Whatever else the file says of it.
    #[serde(flatten)]
    other: toml::Table,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The file as a whole.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    other: toml::Table,
    #[serde(default)]
    record: Vec<Entry>,
}

/// What a ledger says of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// The title, for who reads the file.
    pub title: String,
    /// Whether it is marked.
    pub marked: bool,
    /// The note on it.
    pub note: Option<String>,
    /// Whatever else the file says of it.
    other: toml::Table,
}

/// All marks and notes of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By the identity of the record.
    pub marks: BTreeMap<RecordId, Mark>,
    /// What the file says besides, also of records whose identity cannot be understood.
    other: toml::Table,
    strange: Vec<Entry>,
}

impl Ledger {
    /// Reads a file; without one it is empty.
    ///
    /// # Errors
    /// It cannot be read, or is no ledger.
    pub fn read(file: &Path) -> Result<Ledger, LedgerError> {
        let name = || files::name(file);
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ledger::default()),
            Err(error) => return Err(LedgerError::File(name(), error)),
        };
        let written: Written = toml::from_str(&text).map_err(|error| {
            let why = error.to_string();
            LedgerError::Text(name(), why.split_whitespace().collect::<Vec<_>>().join(" "))
        })?;
        let mut ledger = Ledger { other: written.other, ..Ledger::default() };
        for entry in written.record {
            let Some(id) = entry.record_id() else {
                ledger.strange.push(entry);
                continue;
            };
            let Entry { title, marked, note, other, .. } = entry;
            ledger.marks.insert(id, Mark { title, marked, note, other });
        }
        Ok(ledger)
    }

    /// Changes a file: reads it again under a lock and writes it, if it is another then. Returns what
    /// it holds.
    ///
    /// # Errors
    /// It cannot be locked, read or written; then it is left as it is.
    pub fn change(file: &Path, change: impl FnOnce(&mut Ledger)) -> Result<Ledger, LedgerError> {
        let _lock = lock(file)?;
        let before = Ledger::read(file)?;
        let mut ledger = before.clone();
        change(&mut ledger);
        if ledger != before {
            let text = ledger
                .text()
                .map_err(|error| LedgerError::Text(files::name(file), error.to_string()))?;
            files::write_atomically(file, true, |out| out.write_all(text.as_bytes()))?;
        }
        Ok(ledger)
    }

    /// Changes what is said of a record; without mark and note nothing is.
    pub fn set(&mut self, id: &RecordId, change: impl FnOnce(&mut Mark)) {
        let mut mark = self.marks.remove(id).unwrap_or_default();
        change(&mut mark);
        if mark.marked || mark.note.is_some() {
            self.marks.insert(id.clone(), mark);
        }
    }

    /// The text of the file.
    fn text(&self) -> Result<String, toml::ser::Error> {
        let entries = self.marks.iter().map(|(id, mark)| Entry::new(id, mark));
        let record = entries.chain(self.strange.iter().cloned()).collect();
        let written = Written { other: self.other.clone(), record };
        Ok(format!("{ABOUT}{}", toml::to_string(&written)?))
    }
}

impl Entry {
    fn new(id: &RecordId, mark: &Mark) -> Entry {
        let (own, content) = match &id.key {
            RecordKey::Id(id) => (Some(id.clone()), None),
            RecordKey::Content(hash) => (None, Some(format!("{hash:016x}"))),
        };
        let Mark { title, marked, note, other } = mark.clone();
        let archive = id.archive.clone();
        Entry { archive, id: own, content, repeat: id.repeat, title, marked, note, other }
    }

    /// The identity of the record; nothing where the entry has none that can be understood.
    fn record_id(&self) -> Option<RecordId> {
        let content = || u64::from_str_radix(self.content.as_deref()?, 16).ok();
        let key = match &self.id {
            Some(id) => RecordKey::Id(id.clone()),
            None => RecordKey::Content(content()?),
        };
        Some(RecordId { archive: self.archive.clone(), key, repeat: self.repeat })
    }
}

/// Locks a file against other programs, until the lock is dropped or the program ends, however it
/// does. The lock is on a file beside it, since the file itself is replaced.
fn lock(file: &Path) -> Result<File, LedgerError> {
    let trouble = |error| LedgerError::File(files::name(file), error);
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(trouble)?;
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let lock =
        File::options().create(true).truncate(false).write(true).open(&name).map_err(trouble)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(PAUSE),
            Err(fs::TryLockError::WouldBlock) => {
                return Err(LedgerError::Busy(files::name(file)));
            }
            Err(fs::TryLockError::Error(error)) => return Err(trouble(error)),
        }
    }
}
