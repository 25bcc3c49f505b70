//! Writing a file as a whole: at every moment the old or the complete new file exists.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Access;
use tempfile::NamedTempFile;

use super::private::{PRIVATE_FILE_MODE, give_to_owner_of_folder};
use super::{FileError, FileErrorKind, folder, real_path, sync_folder, temporary};

/// What happens if the file to be written exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfExists {
    /// It is an error.
    Refuse,
    /// The file is replaced, unless it is read-only.
    Replace,
}

impl IfExists {
    /// The choice of the option `--force`.
    pub fn from_force(force: bool) -> IfExists {
        if force { IfExists::Replace } else { IfExists::Refuse }
    }
}

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Only the owner: mode 0600. Its name must not be a link.
    Private,
    /// Whoever the umask allows. A link to a file stays, and the file it leads to is written.
    Shared,
}

/// Where a file is written.
enum Target {
    /// A pipe or a device, which is written to directly.
    Special,
    /// A new file at this absolute path.
    New(PathBuf),
    /// The file at this absolute path, which is replaced.
    Existing(PathBuf, Metadata),
}

/// Checks whether a file may be written, before any work is done.
///
/// # Errors
/// The path is a folder or a link that leads back to itself, its folder does not exist or may not be
/// written to, or the file exists and may not be replaced.
pub fn check_writable(path: &Path, if_exists: IfExists) -> Result<(), FileError> {
    find_target(path, if_exists, Privacy::Shared).map(|_| ())
}

/// Writes a file so that at every moment either the old or the complete new file exists.
///
/// The content goes to a temporary file in the same folder, which then replaces the target. The
/// temporary file has the owner and the mode of the target before anything is written to it.
/// Anything but a regular file, such as `/dev/stdout`, is written to directly if it is shared.
///
/// # Errors
/// The file may not be written, see [`check_writable`]; its owner cannot be kept; or writing
/// failed.
pub fn write_atomically(
    path: &Path,
    if_exists: IfExists,
    privacy: Privacy,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let outcome = match find_target(path, if_exists, privacy)? {
        Target::Special => write_directly(path, write).map_err(FileErrorKind::from_write_error),
        Target::New(real) => {
            fill_temporary(&real, None, privacy, write).and_then(|it| rename(it, &real, if_exists))
        }
        Target::Existing(real, found) => fill_temporary(&real, Some(&found), privacy, write)
            .and_then(|it| rename(it, &real, if_exists)),
    };
    outcome.map_err(|kind| kind.for_path(path))
}

/// Writes a private file like [`write_atomically`], unless `is_current` returns false.
///
/// `is_current` is asked once all is written and synced, immediately before the file is replaced.
/// Returns its answer.
///
/// # Errors
/// The file may not be written, or writing failed.
pub(crate) fn write_atomically_if(
    path: &Path,
    is_current: impl FnOnce() -> bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<bool, FileError> {
    let failed = |kind: FileErrorKind| kind.for_path(path);
    let (real, existing) = match find_target(path, IfExists::Replace, Privacy::Private)? {
        Target::Special => return Err(failed(FileErrorKind::NotRegular)),
        Target::New(real) => (real, None),
        Target::Existing(real, found) => (real, Some(found)),
    };
    let file = fill_temporary(&real, existing.as_ref(), Privacy::Private, write).map_err(failed)?;
    if !is_current() {
        return Ok(false);
    }
    rename(file, &real, IfExists::Replace).map_err(failed)?;
    Ok(true)
}

/// Writes `bytes`, the content of the file `from`, to the new file `to`, which gets the mode and the
/// owner of `from`. Does nothing if there is such a copy.
///
/// # Errors
/// The copy cannot be written.
pub(crate) fn copy_once(from: &Path, to: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let copy = || {
        let like = fs::symlink_metadata(from).map_err(FileErrorKind::Unreadable)?;
        let file = fill_temporary(to, Some(&like), Privacy::Private, |out| out.write_all(bytes))?;
        rename(file, to, IfExists::Refuse)
    };
    match copy() {
        Ok(()) | Err(FileErrorKind::AlreadyExists) => Ok(()),
        Err(kind) => Err(kind.for_path(to)),
    }
}

/// Checks that a file of the user's data is a regular file that may be changed in its place or
/// through a journal. A missing file may be created.
///
/// # Errors
/// It is something else or read-only, or the user may not write to it.
pub(crate) fn check_editable(path: &Path) -> Result<(), FileError> {
    let refused = |kind: FileErrorKind| Err(kind.for_path(path));
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => refused(FileErrorKind::IsLink),
        Ok(found) if found.is_dir() => refused(FileErrorKind::IsFolder),
        Ok(found) if !found.is_file() => refused(FileErrorKind::NotRegular),
        Ok(found) if is_read_only(path, &found) => refused(FileErrorKind::ReadOnly),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            refused(FileErrorKind::from_write_error(error))
        }
        _ => Ok(()),
    }
}

/// Finds out where a file is written, and whether that is allowed.
fn find_target(path: &Path, if_exists: IfExists, privacy: Privacy) -> Result<Target, FileError> {
    let refused = |kind: FileErrorKind| Err(kind.for_path(path));
    let is_link = || fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if privacy == Privacy::Private && is_link() {
        return refused(FileErrorKind::IsLink);
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return refused(FileErrorKind::IsFolder),
        Ok(found) if !found.is_file() && privacy == Privacy::Private => {
            return refused(FileErrorKind::NotRegular);
        }
        Ok(found) if !found.is_file() => return Ok(Target::Special),
        _ => {}
    }
    let real = real_path(path)?;
    let folder = folder(&real);
    match fs::symlink_metadata(&real) {
        Ok(found) => match replacement_error(&real, &found, if_exists) {
            Some(kind) => refused(kind),
            None if !is_writable(folder) => {
                refused(FileErrorKind::FolderReadOnly(folder.to_owned()))
            }
            None => Ok(Target::Existing(real, found)),
        },
        Err(_) if !is_writable(folder) => refused(FileErrorKind::FolderReadOnly(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Target::New(real)),
        Err(error) => refused(FileErrorKind::Unwritable(error)),
    }
}

/// Why an existing file may not be replaced, if so.
fn replacement_error(real: &Path, found: &Metadata, if_exists: IfExists) -> Option<FileErrorKind> {
    let user = rustix::process::geteuid();
    if is_read_only(real, found) {
        Some(FileErrorKind::ReadOnly)
    } else if if_exists == IfExists::Refuse {
        Some(FileErrorKind::AlreadyExists)
    } else if !user.is_root() && found.uid() != user.as_raw() {
        Some(FileErrorKind::OwnerNotKept)
    } else {
        None
    }
}

/// Whether the user may not write to an existing file.
fn is_read_only(path: &Path, found: &Metadata) -> bool {
    // The system lets the administrator write to a file without write permission; fonds does not.
    found.mode() & 0o222 == 0 || !is_writable(path)
}

/// Whether the system lets the user write to a file, or into a folder.
fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, Access::WRITE_OK).is_ok()
}

/// Writes into an existing file that is not a regular file.
fn write_directly(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    write(&mut out)?;
    out.flush()
}

/// Writes a temporary file in the folder of `real`, complete and synced. It has the owner and the
/// mode of the file that it is `like`.
fn fill_temporary(
    real: &Path,
    like: Option<&Metadata>,
    privacy: Privacy,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<NamedTempFile, FileErrorKind> {
    let folder = folder(real);
    if privacy == Privacy::Shared {
        // The folders of the user's data are cleaned when the program starts.
        temporary::remove_abandoned(folder);
    }
    let mode = match (like, privacy) {
        (Some(found), _) => found.mode() & PRIVATE_FILE_MODE,
        (None, Privacy::Private) => PRIVATE_FILE_MODE,
        (None, Privacy::Shared) => 0o666,
    };
    let file = temporary::create(folder, mode).map_err(FileErrorKind::from_write_error)?;
    match like {
        Some(found) => copy_owner_and_mode(file.as_file(), found)?,
        None if privacy == Privacy::Private => give_to_owner_of_folder(file.as_file(), real),
        None => {}
    }
    fill(file, write).map_err(FileErrorKind::from_write_error)
}

/// Renames a temporary file to `real`, and makes that durable.
fn rename(file: NamedTempFile, real: &Path, if_exists: IfExists) -> Result<(), FileErrorKind> {
    let renamed = match if_exists {
        IfExists::Replace => file.persist(real),
        IfExists::Refuse => file.persist_noclobber(real),
    };
    renamed.map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => FileErrorKind::AlreadyExists,
        _ => FileErrorKind::from_write_error(failed.error),
    })?;
    sync_folder(real);
    Ok(())
}

/// Writes the content of a temporary file to the disk.
fn fill(
    file: NamedTempFile,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner()?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives a temporary file the owner, the group and the mode of the file that it replaces.
fn copy_owner_and_mode(file: &File, existing: &Metadata) -> Result<(), FileErrorKind> {
    let new = file.metadata().map_err(FileErrorKind::Unwritable)?;
    let owner = (existing.uid() != new.uid()).then_some(existing.uid());
    let group = (existing.gid() != new.gid()).then_some(existing.gid());
    if owner.is_some() || group.is_some() {
        std::os::unix::fs::fchown(file, owner, group).map_err(|_| FileErrorKind::OwnerNotKept)?;
    }
    // A change of the owner can clear bits of the mode, so the mode is set afterwards.
    if file.metadata().map_err(FileErrorKind::Unwritable)?.mode() == existing.mode() {
        return Ok(());
    }
    let mode = Permissions::from_mode(existing.mode() & 0o7777);
    file.set_permissions(mode).map_err(FileErrorKind::Unwritable)
}
