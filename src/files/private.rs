//! Files and folders that only their owner may read: the user's own data.

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
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

/// Who may open a new file beside another one, besides its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Who may read or write the other file, as for a journal.
    SameAccess,
    /// Who may both read and write the other file, as for a lock.
    Writers,
}

impl Sharing {
    /// The mode of a new file beside one with the mode `main`.
    fn mode_beside(self, main: u32) -> u32 {
        let shared = main & 0o066;
        PRIVATE_FILE_MODE
            | match self {
                Sharing::SameAccess => shared,
                Sharing::Writers => {
                    [0o060, 0o006].iter().filter(|bits| shared & **bits == **bits).sum()
                }
            }
    }
}

/// Opens a file of the user's data for reading and appending, such as a journal, or creates it.
///
/// It belongs to the file `main`, such as the marks file. A new file has the owner and the group of
/// `main`, and those who share `main` may open it, see [`Sharing`]. If `main` does not exist, the
/// mode is 0600 and the owner is that of the folder.
///
/// # Errors
/// The path is a link or not a regular file, or the file may not be read and written.
pub(crate) fn open_private(path: &Path, main: &Path, sharing: Sharing) -> Result<File, FileError> {
    let mut existing = File::options();
    // A pipe in place of the file must not block.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    existing.read(true).append(true).custom_flags(flags.bits().cast_signed());
    let mut new = File::options();
    new.read(true).append(true).create_new(true).mode(PRIVATE_FILE_MODE);
    let unopened = |error| FileErrorKind::from_write_error(error).for_path(path);
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
                match fs::symlink_metadata(main) {
                    // The file serves its purpose for the user in any case.
                    Ok(main) => _ = share_like(&file, &main, sharing),
                    Err(_) => give_to_owner_of_folder(&file, main),
                }
                return Ok(file);
            }
            // Another program has created it in the meantime.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unopened(error)),
        }
    }
}

/// Gives a new file to the owner and the group of `main`, and lets those who share `main` open it.
///
/// Without this, a user could no longer use a file after the administrator or another member of the
/// group has created it.
fn share_like(new: &File, main: &Metadata, sharing: Sharing) -> io::Result<()> {
    let found = new.metadata()?;
    if (found.uid(), found.gid()) != (main.uid(), main.gid()) {
        // Only the administrator can change the owner; a member of the group can change the group.
        fchown(new, Some(main.uid()), Some(main.gid()))
            .or_else(|_| fchown(new, None, Some(main.gid())))?;
    }
    // Reached only if the group is the same, so that no other group gets access.
    let mode = sharing.mode_beside(main.mode());
    if mode == PRIVATE_FILE_MODE {
        return Ok(());
    }
    new.set_permissions(Permissions::from_mode(mode))
}

/// Gives a new file to the owner of the folder of `path`, if the program runs as the administrator.
pub(super) fn give_to_owner_of_folder(new: &File, path: &Path) {
    if let Ok(owner) = fs::metadata(folder(path))
        && rustix::process::geteuid().is_root()
    {
        // The file serves its purpose in any case.
        let _ = fchown(new, Some(owner.uid()), Some(owner.gid()));
    }
}

/// Opens a file of the user's data for reading. A link is not followed; a missing file is `None`.
///
/// # Errors
/// The path is a link or not a regular file, or the file may not be read.
pub(crate) fn open_existing_private(path: &Path) -> Result<Option<File>, FileError> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened = File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path);
    let unreadable = |error| FileErrorKind::Unreadable(error).for_path(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if Errno::from_io_error(&error) == Some(Errno::LOOP) => {
            return Err(FileErrorKind::IsLink.for_path(path));
        }
        Err(error) => return Err(unreadable(error)),
    };
    let found = file.metadata().map_err(unreadable)?;
    if found.is_file() {
        return Ok(Some(file));
    }
    let kind = if found.is_dir() { FileErrorKind::IsFolder } else { FileErrorKind::NotRegular };
    Err(kind.for_path(path))
}

/// Reads a text file of the user's data. A link is not followed; a missing file is `None`.
///
/// # Errors
/// The path is a link or not a regular file, or the file cannot be read as UTF-8.
pub fn read_private(path: &Path) -> Result<Option<String>, FileError> {
    let Some(mut file) = open_existing_private(path)? else { return Ok(None) };
    let mut text = String::new();
    let read = file.read_to_string(&mut text);
    read.map_err(|error| FileErrorKind::Unreadable(error).for_path(path))?;
    Ok(Some(text))
}
