//! Reading and writing files, under the names that the user gave.
//!
//! This folder uses no other folder of the crate. Start with [`open`] and [`write_atomically`],
//! which never leaves a half-written file. [`lock`] keeps programs from writing at the same time,
//! [`Privacy`] tells the user's own data from exports, [`cancel`] adds cancelling a write, and [`waiting`] has
//! waits that end.

pub mod cancel;
mod ignored_signals;
mod lock;
mod names;
mod private;
mod replace;
mod temporary;
pub mod waiting;
mod waiting_input;

pub use lock::{FileLock, LockError, lock};
pub use names::{name_of_path, path_of_name, shell_word};
pub(crate) use private::{Sharing, open_existing_private, open_private};
pub use private::{create_private_folder, read_private};
pub use replace::{IfExists, Privacy, check_writable, write_atomically};
pub(crate) use replace::{check_editable, copy_once, write_atomically_if};
pub use waiting_input::{StandardInput, wait_after};

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::Mode;
use rustix::io::Errno;

/// The largest number of links that are followed from one path, as in Linux.
const MAX_LINKS: usize = 40;

/// A file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct FileError {
    /// The file, as the user named it.
    pub file: String,
    /// What is wrong.
    pub kind: FileErrorKind,
}

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileErrorKind {
    /// There is no such file.
    #[error("there is no such file")]
    NotFound,
    /// The path is a folder.
    #[error("this is a folder: name a file in it")]
    IsFolder,
    /// The folder to write into does not exist.
    #[error("the folder {} does not exist", .0.display())]
    FolderNotFound(PathBuf),
    /// The user may not write into the folder.
    #[error("the folder {} may not be written to: name a file in another one", .0.display())]
    FolderReadOnly(PathBuf),
    /// The folder to write into cannot be created.
    #[error("this folder cannot be created: {0}")]
    FolderNotCreated(io::Error),
    /// The path is a link, which is not followed where the user's own data is kept.
    #[error("this is a link, which is not followed: remove it or move it away")]
    IsLink,
    /// The path is a link that leads back to itself, or through too many links.
    #[error("this link leads back to itself: remove it or name another file")]
    LinkLoop,
    /// The path is a link that another user has put into a folder that all may write to.
    #[error("this link belongs to another user: name another file")]
    ForeignLink,
    /// The path is a pipe or a device where a file is needed.
    #[error("this is a pipe or a device: name a file")]
    NotRegular,
    /// The lock of the file cannot be opened.
    #[error("this cannot be locked: {0}")]
    Unlockable(io::Error),
    /// The file may not be read, or reading failed.
    #[error("this cannot be read: {0}")]
    Unreadable(io::Error),
    /// The file exists, and replacing it was not allowed.
    #[error("this file exists already: --force replaces it")]
    AlreadyExists,
    /// The file exists and is read-only.
    #[error("this file is read-only: make it writable or name another file")]
    ReadOnly,
    /// The file belongs to another user or group, and a new file could not.
    #[error("this file would get another owner: name another file")]
    OwnerNotKept,
    /// A link leads out of the folder of the user's data.
    #[error("this link leads out of its folder: name the file with --marks")]
    LeadsOut,
    /// There is no space left on the disk, or in the user's quota.
    #[error("the disk is full")]
    DiskFull,
    /// The whole disk is read-only.
    #[error("this disk is read-only: name a file on another one")]
    DiskReadOnly,
    /// The user may not write the file, or create it in its folder.
    #[error("you may not write this file: name another one")]
    NotPermitted,
    /// The file cannot be written for another reason. An earlier file of that name is unchanged.
    #[error("this cannot be written: {0}")]
    Unwritable(io::Error),
}

impl FileErrorKind {
    /// The reason, from an error of the system while a file was written.
    pub(crate) fn from_write_error(error: io::Error) -> FileErrorKind {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileErrorKind::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => FileErrorKind::DiskReadOnly,
            io::ErrorKind::PermissionDenied => FileErrorKind::NotPermitted,
            io::ErrorKind::IsADirectory => FileErrorKind::IsFolder,
            _ => FileErrorKind::Unwritable(error),
        }
    }

    /// The error for the file at `path`.
    pub(crate) fn for_path(self, path: &Path) -> FileError {
        FileError { file: display_name(path), kind: self }
    }
}

/// Whether a path means standard input or output: `-`.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name of a file in messages: as the user gave it, or `standard input` for `-`. Bytes that are not UTF-8 are
/// escaped, and [`path_of_name`] finds the file again.
pub fn display_name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { name_of_path(path) }
}

/// Opens a file, or standard input for `-`.
///
/// # Errors
/// There is no such file, it is a folder, or it may not be read.
pub fn open(path: &Path) -> Result<Box<dyn Read>, FileError> {
    if is_standard(path) {
        return Ok(Box::new(StandardInput::lock()));
    }
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            FileErrorKind::NotFound.for_path(path)
        }
        _ => FileErrorKind::Unreadable(error).for_path(path),
    };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(FileErrorKind::IsFolder.for_path(path));
    }
    Ok(Box::new(file))
}

/// Returns the first bytes of standard input, which stay to be read.
///
/// # Errors
/// Standard input cannot be read.
pub fn peek_standard_input() -> io::Result<Vec<u8>> {
    Ok(StandardInput::lock().fill_buf()?.to_vec())
}

/// The size of a file in bytes; `None` if it is not a regular file.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
}

/// The absolute path of an existing file, with all symbolic links resolved.
pub fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// The absolute path of the file itself: where the links of `path` lead, even if nothing is there.
///
/// # Errors
/// The links lead back to themselves, or the folder of the file does not exist. A link of another
/// user in a folder that all may write to, such as `/tmp`, is not followed.
pub fn real_path(path: &Path) -> Result<PathBuf, FileError> {
    let mut real = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::symlink_metadata(&real) {
            Ok(found) if found.is_symlink() => {
                if is_foreign(&found, folder(&real)) {
                    return Err(FileErrorKind::ForeignLink.for_path(path));
                }
                let target = fs::read_link(&real);
                let target = target.map_err(|it| FileErrorKind::Unwritable(it).for_path(path))?;
                real = folder(&real).join(target);
            }
            _ => return real_path_in_folder(&real).map_err(|kind| kind.for_path(path)),
        }
    }
    Err(FileErrorKind::LinkLoop.for_path(path))
}

/// The absolute path of a file that is no link. It need not exist, but its folder must.
fn real_path_in_folder(path: &Path) -> Result<PathBuf, FileErrorKind> {
    let ends_in_slash = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let (folder, name) = match path.file_name() {
        Some(name) if !ends_in_slash => (folder(path), Some(name)),
        // The path names a folder.
        _ => (path, None),
    };
    let canonical = fs::canonicalize(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            FileErrorKind::FolderNotFound(folder.to_owned())
        }
        _ if Errno::from_io_error(&error) == Some(Errno::LOOP) => FileErrorKind::LinkLoop,
        _ => FileErrorKind::Unwritable(error),
    })?;
    match name {
        Some(_) if !canonical.is_dir() => Err(FileErrorKind::FolderNotFound(folder.to_owned())),
        Some(name) => Ok(canonical.join(name)),
        None => Ok(canonical),
    }
}

/// Whether another user has put a link into a folder that all may write to.
///
/// Linux can be set to follow such links or not: `fs.protected_symlinks` in `proc_sys_fs(5)`.
fn is_foreign(link: &fs::Metadata, folder: &Path) -> bool {
    let shared = Mode::WOTH | Mode::SVTX;
    let is_shared = |folder: &fs::Metadata| Mode::from_raw_mode(folder.mode()).contains(shared);
    fs::metadata(folder).is_ok_and(|folder| is_shared(&folder) && link.uid() != folder.uid())
        && link.uid() != rustix::process::geteuid().as_raw()
}

/// The path of a file in a folder of the user's data.
///
/// # Errors
/// The file is a link that leads out of the folder, or back to itself.
pub(crate) fn path_within(folder: &Path, name: &OsStr) -> Result<PathBuf, FileError> {
    let path = folder.join(name);
    if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink())
        && real_path(&path)?.parent() != canonical(folder).as_deref()
    {
        return Err(FileErrorKind::LeadsOut.for_path(&path));
    }
    Ok(path)
}

/// Removes temporary files in a folder of the user's data that a killed program left behind more
/// than a day ago. Only files of the user are removed.
pub fn remove_abandoned_temporary_files(folder: &Path) {
    temporary::remove_abandoned(folder);
}

/// Whether two paths lead to the same existing file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    canonical(one).is_some_and(|path| Some(path) == canonical(other))
}

/// What all names of a file and all links to it have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FileIdentity {
    device: u64,
    inode: u64,
}

/// Returns the identity of a regular file; `None` for standard input and for what is no file.
pub(crate) fn identity(path: &Path) -> Option<FileIdentity> {
    let metadata = fs::metadata(path).ok().filter(|_| !is_standard(path))?;
    let identity = FileIdentity { device: metadata.dev(), inode: metadata.ino() };
    metadata.is_file().then_some(identity)
}

/// Makes the names in the folder of a file durable, which not every system supports.
pub(crate) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
    }
}

/// Adds an ending to the name of a file.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
