//! Writing a file as a whole: at every moment the old or the complete new file exists.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use super::private::{PRIVATE_FILE_MODE, give_to_owner_of};
use super::{FileError, FileErrorKind, folder, real_path, temporary};

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
        Target::Special => write_directly(path, write).map_err(FileErrorKind::Unwritable),
        Target::New(real) => replace_file(&real, None, if_exists, privacy, write),
        Target::Existing(real, found) => {
            replace_file(&real, Some(&found), if_exists, privacy, write)
        }
    };
    outcome.map_err(|kind| kind.for_path(path))
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
    // The administrator may write to any file, but a file that nobody may write to is respected.
    let is_read_only = found.mode() & 0o222 == 0;
    let user = rustix::process::geteuid();
    if is_read_only || !is_writable(real) {
        Some(FileErrorKind::ReadOnly)
    } else if if_exists == IfExists::Refuse {
        Some(FileErrorKind::AlreadyExists)
    } else if !user.is_root() && found.uid() != user.as_raw() {
        Some(FileErrorKind::OwnerNotKept)
    } else {
        None
    }
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

/// Writes a temporary file in the folder of `real` and renames it to `real`.
fn replace_file(
    real: &Path,
    existing: Option<&Metadata>,
    if_exists: IfExists,
    privacy: Privacy,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileErrorKind> {
    let folder = folder(real);
    if privacy == Privacy::Shared {
        // The folders of the user's data are cleaned when the program starts.
        temporary::remove_abandoned(folder);
    }
    let mode = match (existing, privacy) {
        (Some(found), _) => found.mode() & PRIVATE_FILE_MODE,
        (None, Privacy::Private) => PRIVATE_FILE_MODE,
        (None, Privacy::Shared) => 0o666,
    };
    let file = temporary::create(folder, mode).map_err(FileErrorKind::Unwritable)?;
    match existing {
        Some(found) => copy_owner_and_mode(file.as_file(), found)?,
        None if privacy == Privacy::Private => {
            give_to_owner_of(file.as_file(), real);
        }
        None => {}
    }
    let filled = fill(file, write).map_err(FileErrorKind::Unwritable)?;
    let renamed = match if_exists {
        IfExists::Replace => filled.persist(real),
        IfExists::Refuse => filled.persist_noclobber(real),
    };
    renamed.map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => FileErrorKind::AlreadyExists,
        _ => FileErrorKind::Unwritable(failed.error),
    })?;
    // The rename is durable only after the folder is synced, which not every system supports.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes the content of a temporary file to the disk.
fn fill(
    file: tempfile::NamedTempFile,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<tempfile::NamedTempFile> {
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
