//! Files that are open while they are compared with what is on disk.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::files::{self, FileError, FileErrorKind};

/// An open file and its content. While it is open, no other file gets the same number.
#[derive(Debug)]
pub(super) struct OpenedFile {
    /// The content.
    pub(super) bytes: Vec<u8>,
    metadata: Metadata,
    _file: File,
}

impl OpenedFile {
    /// Reads a file; `None` if it does not exist. A symbolic link is not followed.
    ///
    /// # Errors
    /// It is a link or not a regular file, or cannot be read.
    pub(super) fn read(path: &Path) -> Result<Option<OpenedFile>, FileError> {
        let Some(mut file) = files::open_existing_private(path)? else { return Ok(None) };
        let unreadable = |error| FileErrorKind::Unreadable(error).for_path(path);
        let metadata = file.metadata().map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(Some(OpenedFile { bytes, metadata, _file: file }))
    }

    /// Whether this is still the file at the path, with the same content.
    pub(super) fn is_current(opened: Option<&OpenedFile>, path: &Path) -> bool {
        let state = |it: &Metadata| (it.dev(), it.ino(), it.size(), it.mtime(), it.mtime_nsec());
        opened.map(|file| state(&file.metadata))
            == fs::symlink_metadata(path).ok().as_ref().map(state)
    }
}
