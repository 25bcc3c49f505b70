//! The names that the user gave to archives whose files say nothing of them.
//!
//! They are kept in one file in the user's data folder, by the canonical path of each input file. A file
//! that was moved or copied is recognised by its content.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::files::{self, IfExists, Privacy};
use crate::record::ArchiveName;

/// The longest wait for another program that writes the names.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// The number of bytes at the start of a file by which it is recognised while it grows.
const START_BYTES: u64 = 4096;

/// What is kept of one file. An empty name says that the file has none, although a copy of it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct KeptName {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The size of the file in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// The hash of its first [`START_BYTES`] bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    /// The hash of the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

impl KeptName {
    /// Describes the file at a path.
    fn new(path: &Path, name: &ArchiveName) -> KeptName {
        let ArchiveName { title, url } = name.clone();
        let size = files::size(path);
        let start = size.and_then(|size| hash_start(path, size.min(START_BYTES)));
        let content = size.and_then(|size| hash_start(path, size));
        KeptName { title, url, size, start, content }
    }

    /// The name. An address that somebody wrote into the file is checked.
    fn name(&self) -> ArchiveName {
        let url = self.url.as_deref().and_then(|url| ArchiveName::parse_address(url).ok());
        ArchiveName { title: self.title.clone(), url }
    }

    /// Whether the file at a path begins as it did when it got the name.
    fn begins_the_same(&self, path: &Path) -> bool {
        let (Some(size), Some(start)) = (self.size, &self.start) else { return true };
        hash_start(path, size.min(START_BYTES)).is_none_or(|found| found == *start)
    }
}

/// A name that is kept for a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundName {
    /// The name.
    pub name: ArchiveName,
    /// Whether the file has another beginning than when it got the name.
    pub is_changed: bool,
}

/// The saved names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedNames {
    /// The names by the canonical path of the file.
    by_path: BTreeMap<String, KeptName>,
    /// The paths by the size of the file.
    by_size: HashMap<u64, BTreeSet<String>>,
}

impl SavedNames {
    /// Loads the names. There are none if nothing is saved, or without a home folder.
    ///
    /// # Errors
    /// The file cannot be read, or is not TOML.
    pub fn load() -> anyhow::Result<SavedNames> {
        let Some(path) = names_file() else { return Ok(SavedNames::default()) };
        let Some(text) = files::read_private(&path)? else { return Ok(SavedNames::default()) };
        let parsed: Result<BTreeMap<String, KeptName>, _> = toml::from_str(&text);
        let by_path = parsed.map_err(|error| {
            let name = files::display_name(&path);
            anyhow::anyhow!("{name}: the names of archives cannot be read: {}", error.message())
        })?;
        let mut saved = SavedNames::default();
        for (path, name) in by_path {
            saved.insert(path, name);
        }
        Ok(saved)
    }

    /// Adds the name of a file that has none.
    fn insert(&mut self, path: String, name: KeptName) {
        if let Some(size) = name.size {
            self.by_size.entry(size).or_default().insert(path.clone());
        }
        self.by_path.insert(path, name);
    }

    /// Removes the name of a file.
    fn remove(&mut self, path: &str) {
        let size = self.by_path.remove(path).and_then(|name| name.size);
        if let Some(same_size) = size.and_then(|size| self.by_size.get_mut(&size)) {
            same_size.remove(path);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// Returns the name of the archive of a file: that of its path, otherwise that of a file with the same
    /// content, which was moved or copied.
    pub fn of_file(&self, file: &str) -> Option<FoundName> {
        let path = files::canonical(&files::path_of_name(file))?;
        let kept = self.by_path.get(&files::name_of_path(&path));
        if let Some(kept) = kept.filter(|kept| kept.begins_the_same(&path)) {
            return found(kept.name(), false);
        }
        let by_content = self.by_content(&path).and_then(|name| found(name, false));
        by_content.or_else(|| found(kept?.name(), true))
    }

    /// Returns the name of the files with the same content as this one, if they agree.
    fn by_content(&self, path: &Path) -> Option<ArchiveName> {
        let size = files::size(path).filter(|size| *size > 0)?;
        let same_size = self.by_size.get(&size).filter(|paths| !paths.is_empty())?;
        let content = hash_start(path, size)?;
        let mut names = same_size
            .iter()
            .filter_map(|path| self.by_path.get(path))
            .filter(|kept| kept.content.as_ref() == Some(&content))
            .map(KeptName::name)
            .filter(|name| !name.is_empty());
        let first = names.next()?;
        names.all(|name| name == first).then_some(first)
    }
}

/// Returns a name with what is known of its file, unless it is empty.
fn found(name: ArchiveName, is_changed: bool) -> Option<FoundName> {
    (!name.is_empty()).then_some(FoundName { name, is_changed })
}

/// Returns the hash of the first bytes of a file; `None` if it cannot be read.
fn hash_start(path: &Path, bytes: u64) -> Option<String> {
    let mut reader = files::open(path).ok()?.take(bytes);
    let (mut hash, mut buffer) = (Xxh3::new(), vec![0; 1 << 16]);
    loop {
        match reader.read(&mut buffer).ok()? {
            0 => return Some(format!("{:032x}", hash.digest128())),
            read => hash.update(buffer.get(..read)?),
        }
    }
}

/// Saves the name of the archive of these files. An empty name removes what is saved. Files without a path,
/// such as standard input, are skipped.
///
/// # Errors
/// The names cannot be read or written, or another program holds their lock.
pub fn save(files: &[String], name: &ArchiveName) -> anyhow::Result<()> {
    let Some(path) = names_file() else { anyhow::bail!("there is no home folder to keep it in") };
    let lock = files::lock(&path, ".lock", LOCK_TIMEOUT)?;
    let mut saved = SavedNames::load()?;
    for path in files.iter().filter_map(|file| files::canonical(&files::path_of_name(file))) {
        let key = files::name_of_path(&path);
        saved.remove(&key);
        if !name.is_empty() || saved.by_content(&path).is_some() {
            saved.insert(key, KeptName::new(&path, name));
        }
    }
    let text = toml::to_string(&saved.by_path)?;
    files::write_atomically(&lock.path, IfExists::Replace, Privacy::Private, |out| {
        out.write_all(text.as_bytes())
    })?;
    Ok(())
}

/// The file of the names, in the user's data folder (XDG, also on macOS); `None` without a home folder.
fn names_file() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.data_dir().join("fonds").join("archive-names.toml"))
}
