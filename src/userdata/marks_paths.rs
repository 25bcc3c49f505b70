//! The paths of a marks file and of the files beside it.

use std::path::{Path, PathBuf};

use super::marks_location;
use crate::files::{self, FileError, FileErrorKind};

/// The paths of a marks file and of the files beside it.
#[derive(Clone, Debug)]
pub(super) struct MarksPaths {
    /// The name in messages, as the user gave it.
    pub(super) name: String,
    /// The file itself, with all symbolic links resolved.
    pub(super) file: PathBuf,
    /// Changes that are not in the file yet.
    pub(super) journal: PathBuf,
    /// The journal that is being taken into the file.
    pub(super) merging: PathBuf,
}

impl MarksPaths {
    /// The paths for a marks file, which need not exist.
    ///
    /// # Errors
    /// The folder of the file does not exist; or the file is a link that leads back to itself, or out
    /// of the folder where fonds keeps the marks files that the user did not name.
    pub(super) fn new(path: &Path) -> Result<MarksPaths, FileError> {
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name())
            && Some(folder) == marks_location::marks_folder().as_deref()
        {
            files::path_within(folder, name)?;
        }
        let file = files::real_path(path)?;
        let journal = files::with_suffix(&file, ".journal");
        let merging = files::with_suffix(&file, ".journal.merging");
        Ok(MarksPaths { name: files::display_name(path), file, journal, merging })
    }

    /// The paths for a marks file like [`MarksPaths::new`]; `None` if its folder does not exist.
    ///
    /// # Errors
    /// A link may not be followed.
    pub(super) fn find(path: &Path) -> Result<Option<MarksPaths>, FileError> {
        match MarksPaths::new(path) {
            Err(FileError { kind: FileErrorKind::FolderNotFound(_), .. }) => Ok(None),
            paths => paths.map(Some),
        }
    }

    /// The path of a file beside the marks file.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        files::with_suffix(&self.file, suffix)
    }
}
