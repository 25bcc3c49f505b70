//! Files and folders that only their owner may read: the user's own data.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::{FileError, FileErrorKind, folder};

/// The mode of a new private file.
pub(super) const PRIVATE_FILE_MODE: u32 = 0o600;
/// The mode of a new private folder.
const PRIVATE_FOLDER_MODE: u32 = 0o700;

/// Creates a folder, and those it is in, that only the owner may use. An existing folder keeps its
/// mode.
///
/// # Errors
/// A folder cannot be created, or something else has its name.
pub fn create_private_folder(path: &Path) -> Result<(), FileError> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_private_folder(parent)?;
    }
    let uncreatable = |error| FileErrorKind::FolderNotCreated(error).for_path(path);
    match DirBuilder::new().mode(PRIVATE_FOLDER_MODE).create(path) {
        Ok(()) => give_to_owner_of_parent(path).map_err(uncreatable),
        // Another program has created it in the meantime.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(uncreatable(error)),
    }
}

/// Gives a new folder to the owner of the folder it is in, if the program runs as the
/// administrator: the user could not use it otherwise.
fn give_to_owner_of_parent(path: &Path) -> io::Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let parent = fs::metadata(folder(path))?;
    let flags = OFlags::NOFOLLOW | OFlags::DIRECTORY;
    let new = File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    fchown(&new, Some(parent.uid()), Some(parent.gid()))
}

/// Opens a file of the user's data for reading and appending, such as a journal, or creates it with
/// mode 0600. It belongs to the file `main`, such as the marks file: the owner of a new file is the
/// owner of `main`, or else of its folder.
///
/// # Errors
/// The path is a link or not a regular file, or the file may not be read and written.
pub fn open_private(path: &Path, main: &Path) -> Result<File, FileError> {
    let mut existing = File::options();
    // A pipe in place of the file must not block.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    existing.read(true).append(true).custom_flags(flags.bits().cast_signed());
    let mut new = File::options();
    new.read(true).append(true).create_new(true).mode(PRIVATE_FILE_MODE);
    let unopened = |error| FileErrorKind::Unwritable(error).for_path(path);
    loop {
        match existing.open(path) {
            Ok(file) if file.metadata().map_err(unopened)?.is_file() => return Ok(file),
            Ok(_) => return Err(FileErrorKind::NotRegular.for_path(path)),
            Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => {
                return Err(FileErrorKind::IsLink.for_path(path));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unopened(error)),
        }
        match new.open(path) {
            Ok(file) => {
                give_to_owner_of(&file, main);
                return Ok(file);
            }
            // Another program has created it in the meantime.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unopened(error)),
        }
    }
}

/// Gives a new file to the owner of the file `main`, or else of its folder.
///
/// Without this, a user could no longer use a file after the administrator has created it.
pub(super) fn give_to_owner_of(new: &File, main: &Path) {
    let owner = fs::symlink_metadata(main).or_else(|_| fs::metadata(folder(main)));
    if let Ok(owner) = owner
        && rustix::process::geteuid().is_root()
    {
        // The file serves its purpose in any case.
        let _ = fchown(new, Some(owner.uid()), Some(owner.gid()));
    }
}

/// Reads a text file of the user's data. A link is not followed; a missing file is `None`.
///
/// # Errors
/// The path is a link or not a regular file, or the file cannot be read as UTF-8.
pub fn read_private(path: &Path) -> Result<Option<String>, FileError> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened = File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path);
    let unreadable = |error| FileErrorKind::Unreadable(error).for_path(path);
    let mut file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => {
            return Err(FileErrorKind::IsLink.for_path(path));
        }
        Err(error) => return Err(unreadable(error)),
    };
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(FileErrorKind::NotRegular.for_path(path));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    Ok(Some(text))
}
