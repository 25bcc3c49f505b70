//! Finds the mappings that the user saved, in the folders of the files to be read and in that of the settings.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files;
use crate::formats::read::{MAPPING_ENDING, SavedMapping};
use crate::record::Problem;

/// The saved mappings so far.
#[derive(Debug, Default)]
pub(super) struct Mappings {
    /// The mappings, in the order of folders and names.
    pub(super) found: Vec<SavedMapping>,
    /// What is wrong with files of mappings.
    pub(super) problems: Vec<Problem>,
    /// The folders that were looked at.
    seen: HashSet<PathBuf>,
}

impl Mappings {
    /// Adds the mappings in a folder, unless it was looked at. A folder that cannot be read has none.
    pub(super) fn add_folder(&mut self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !self.seen.insert(folder.to_owned()) {
            return;
        }
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| is_mapping(path)).collect();
        paths.sort();
        for path in paths {
            let path = path.strip_prefix(".").unwrap_or(&path);
            let name = files::display_name(path);
            let text = match fs::read_to_string(path) {
                Ok(text) => text,
                Err(error) => {
                    let message = format!("this mapping cannot be read: {error}");
                    self.problems.push(Problem::warning(&name, None, message));
                    continue;
                }
            };
            match SavedMapping::parse(&name, &text) {
                Ok(mapping) => self.found.push(mapping),
                Err(problem) => self.problems.push(problem),
            }
        }
    }
}

/// Whether a file is one with a mapping.
pub(super) fn is_mapping(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(MAPPING_ENDING))
}
