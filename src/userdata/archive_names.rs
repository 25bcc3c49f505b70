//! The names that the user gave to archives whose files say nothing of them.
//!
//! They are kept in one file in the user's data folder, by the canonical path of each input file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::files::{self, IfExists, Privacy};

/// The longest wait for another program that writes the names.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// The name of an archive, and its web address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveName {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl ArchiveName {
    /// Parses a title with an address behind it: `Digital Archive, https://archive.example.org`.
    ///
    /// ```
    /// use fonds::userdata::archive_names::ArchiveName;
    ///
    /// let name = ArchiveName::parse("Town Archive, https://archive.example.org");
    /// assert_eq!(name.title.as_deref(), Some("Town Archive"));
    /// assert_eq!(name.url.as_deref(), Some("https://archive.example.org"));
    /// assert!(ArchiveName::parse(" ").is_empty());
    /// ```
    pub fn parse(text: &str) -> ArchiveName {
        let text = text.trim();
        let last = text.rsplit(char::is_whitespace).next().filter(|last| last.contains("://"));
        let title = text.strip_suffix(last.unwrap_or("")).unwrap_or(text);
        let title = title.trim().trim_end_matches([',', ';']).trim_end();
        let non_empty = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ArchiveName { title: non_empty(title), url: last.and_then(non_empty) }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.url.is_none()
    }
}

/// The saved names, by the canonical path of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SavedNames(BTreeMap<String, ArchiveName>);

impl SavedNames {
    /// Loads the names. There are none if nothing is saved, or without a home folder.
    ///
    /// # Errors
    /// The file cannot be read, or is not TOML.
    pub fn load() -> anyhow::Result<SavedNames> {
        let Some(path) = names_file() else { return Ok(SavedNames::default()) };
        let Some(text) = files::read_private(&path)? else { return Ok(SavedNames::default()) };
        let parsed = toml::from_str(&text);
        parsed.map_err(|error| {
            let name = files::display_name(&path);
            anyhow::anyhow!("{name}: the names of archives cannot be read: {}", error.message())
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the name of the archive of a file.
    pub fn of_file(&self, file: &str) -> Option<&ArchiveName> {
        self.0.get(&key(file)?)
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
    for key in files.iter().filter_map(|file| key(file)) {
        if name.is_empty() {
            saved.0.remove(&key);
        } else {
            saved.0.insert(key, name.clone());
        }
    }
    let text = toml::to_string(&saved)?;
    files::write_atomically(&lock.path, IfExists::Replace, Privacy::Private, |out| {
        out.write_all(text.as_bytes())
    })?;
    Ok(())
}

/// The key of a file: its canonical path. `None` if there is no such file.
fn key(file: &str) -> Option<String> {
    files::canonical(Path::new(file)).map(|path| path.to_string_lossy().into_owned())
}

/// The file of the names, in the user's data folder (XDG, also on macOS); `None` without a home folder.
fn names_file() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.data_dir().join("fonds").join("archive-names.toml"))
}
