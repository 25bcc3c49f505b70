//! Where the marks files are.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use xxhash_rust::xxh3::xxh3_64;

use super::marks_error::MarksError;
use crate::files::FileErrorKind;

/// Where the marks files are.
#[derive(Clone, Debug)]
pub enum MarksLocation {
    /// One file for all archives, which the user named.
    SingleFile(PathBuf),
    /// A folder with one file per archive.
    Folder(PathBuf),
    /// There is no home folder, so there is no place for them.
    Unavailable,
}

impl MarksLocation {
    /// The file that the user named, otherwise the user's data folder (XDG, also on macOS).
    pub fn new(named: Option<&Path>) -> MarksLocation {
        match named {
            Some(file) => MarksLocation::SingleFile(file.to_owned()),
            None => marks_folder().map_or(MarksLocation::Unavailable, MarksLocation::Folder),
        }
    }

    /// The path of the marks file of an archive.
    ///
    /// # Errors
    /// There is no home folder and no named file.
    pub fn path_for(&self, archive: &str) -> Result<PathBuf, MarksError> {
        match self {
            MarksLocation::SingleFile(file) => Ok(file.clone()),
            MarksLocation::Folder(folder) => Ok(folder.join(archive_file_name(archive))),
            MarksLocation::Unavailable => Err(MarksError::NoHomeFolder),
        }
    }

    /// The paths of all marks files, in the order of their names. A file may still be a journal alone.
    ///
    /// # Errors
    /// There is no home folder and no named file, or the folder cannot be read.
    pub fn paths(&self) -> Result<Vec<PathBuf>, MarksError> {
        let folder = match self {
            MarksLocation::SingleFile(file) => return Ok(vec![file.clone()]),
            MarksLocation::Folder(folder) => folder,
            MarksLocation::Unavailable => return Err(MarksError::NoHomeFolder),
        };
        let unreadable = |error| FileErrorKind::Unreadable(error).for_path(folder);
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error).into()),
        };
        let mut names = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(unreadable)?.file_name();
            names.extend(name.to_str().and_then(marks_file_name).map(str::to_owned));
        }
        Ok(names.into_iter().map(|name| folder.join(name)).collect())
    }
}

/// The folder of the marks files that the user did not name; `None` without a home folder.
pub(super) fn marks_folder() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.data_dir().join("fonds").join("marks"))
}

/// The name of the marks file that a file in the folder belongs to. Rescue files are read only where
/// the user names them.
fn marks_file_name(name: &str) -> Option<&str> {
    let name = name.strip_suffix(".merging").unwrap_or(name);
    let name = name.strip_suffix(".journal").unwrap_or(name);
    let stem = name.strip_suffix(".toml")?;
    let is_rescue = stem.contains(".toml.rescue");
    (!is_rescue && !name.starts_with('.')).then_some(name)
}

/// The name of an archive's file: up to 48 letters of its identity, and a hash that makes it unique.
fn archive_file_name(archive: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let letters: String = archive.to_ascii_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let short: String = words.join("-").chars().take(48).collect();
    let short = if short.is_empty() { "unnamed" } else { &short };
    format!("{short}-{:016x}.toml", xxh3_64(archive.as_bytes()))
}
