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
        opened.map(|file| FileVersion::new(&file.metadata)) == FileVersion::find(path)
    }
}

/// What differs between two versions of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileVersion {
    number: (u64, u64),
    size: u64,
    modified: (i64, i64),
}

impl FileVersion {
    fn new(file: &Metadata) -> FileVersion {
        FileVersion {
            number: (file.dev(), file.ino()),
            size: file.size(),
            modified: (file.mtime(), file.mtime_nsec()),
        }
    }

    /// The version of the file at a path; `None` if there is none.
    pub(super) fn find(path: &Path) -> Option<FileVersion> {
        fs::symlink_metadata(path).ok().as_ref().map(FileVersion::new)
    }
}
