//! Why marks and notes cannot be read or written.

use std::io;

/// Why marks and notes cannot be read or written. The text fits into the status line.
#[derive(Debug, thiserror::Error)]
pub enum MarksError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Unreadable(String, io::Error),
    /// There is no space left on the disk, or in the user's quota.
    #[error("the disk is full: {0}")]
    DiskFull(String),
    /// The file or its disk is read-only.
    #[error("{0} is read-only")]
    ReadOnly(String),
    /// The file or its folder belongs to another user.
    #[error("{0} may not be written by you")]
    NotPermitted(String),
    /// Another program has held the lock for too long.
    #[error("another program is using {0}")]
    Locked(String),
    /// A file that belongs to a marks file is a symbolic link.
    #[error("{0} is a link, which is not followed: remove it")]
    IsLink(String),
    /// The path is a folder, a device or a pipe.
    #[error("{0} is not a file: name a file with --marks FILE")]
    NotAFile(String),
    /// The file cannot be written for another reason.
    #[error("{0} cannot be written: {1}")]
    Unwritable(String, io::Error),
    /// There is no home folder to keep the files in.
    #[error("there is no home folder: name a file with --marks FILE")]
    NoHomeFolder,
}

impl MarksError {
    /// The error for a file, from an error of the system while it was written or locked.
    pub(super) fn from_writing(name: &str, error: io::Error) -> MarksError {
        let name = name.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => MarksError::DiskFull(name),
            io::ErrorKind::ReadOnlyFilesystem => MarksError::ReadOnly(name),
            io::ErrorKind::PermissionDenied => MarksError::NotPermitted(name),
            io::ErrorKind::IsADirectory => MarksError::NotAFile(name),
            _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
                MarksError::IsLink(name)
            }
            _ => MarksError::Unwritable(name, error),
        }
    }
}
