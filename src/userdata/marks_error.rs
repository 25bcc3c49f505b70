//! Why marks and notes cannot be read or written.

use std::path::Path;

use crate::files::{FileError, LockError};

/// Why marks and notes cannot be read or written.
///
/// The text fits into the status line: it begins with the reason, and names a file without its folder.
#[derive(Debug, thiserror::Error)]
pub enum MarksError {
    /// A file cannot be read or written.
    #[error("{} ({})", .0.kind, short_name(&.0.file))]
    File(FileError),
    /// Another program has held the lock for too long.
    #[error("another program is using {}", short_name(.0))]
    Locked(String),
    /// There is no home folder to keep the files in.
    #[error("there is no home folder: name a file with --marks FILE")]
    NoHomeFolder,
}

impl From<FileError> for MarksError {
    fn from(error: FileError) -> MarksError {
        MarksError::File(error)
    }
}

impl From<LockError> for MarksError {
    fn from(error: LockError) -> MarksError {
        match error {
            LockError::HeldByAnother(file) => MarksError::Locked(file),
            LockError::Unavailable(error) => MarksError::File(error),
        }
    }
}

/// The name of a file without its folder.
fn short_name(file: &str) -> std::borrow::Cow<'_, str> {
    Path::new(file).file_name().unwrap_or(file.as_ref()).to_string_lossy()
}
