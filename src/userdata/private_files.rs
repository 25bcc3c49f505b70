//! Files that belong to a marks file: their paths, locks, and safe ways to write them.
//!
//! New files have the mode of the marks file, otherwise 0600; new folders have 0700. Symbolic links at
//! the names of these files are not followed.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::OFlags;

use super::marks_error::MarksError;
use crate::files;

/// The pause between two attempts to get a lock.
const LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(2);
/// The mode of a new file.
const PRIVATE_MODE: u32 = 0o600;
/// The mode of a new folder.
const PRIVATE_FOLDER_MODE: u32 = 0o700;
/// The bits of a mode that allow to read and to write.
const PERMISSION_BITS: u32 = 0o777;
/// The most links from a name to the file itself, as in Linux.
const MAX_LINKS: usize = 40;
/// The beginning of the names of temporary files.
const TEMPORARY_PREFIX: &str = ".fonds-";
/// A temporary file that is older was left behind by a program that was killed.
const MAX_TEMPORARY_AGE: Duration = Duration::from_secs(24 * 60 * 60);

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
    pub(super) folding: PathBuf,
}

impl MarksPaths {
    /// The paths for a marks file, which need not exist.
    pub(super) fn new(path: &Path) -> Result<MarksPaths, MarksError> {
        let name = files::display_name(path);
        let file = resolve(path).map_err(|error| MarksError::Unreadable(name.clone(), error))?;
        let journal = with_suffix(&file, ".journal");
        let folding = with_suffix(&file, ".journal.folding");
        Ok(MarksPaths { name, file, journal, folding })
    }

    /// The path of a file beside the marks file.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        with_suffix(&self.file, suffix)
    }

    /// The error for an error of the system while the marks file was written.
    pub(super) fn write_error(&self, error: io::Error) -> MarksError {
        MarksError::from_writing(&self.name, error)
    }

    /// Checks that the marks file may be written, although changes go to the journal first.
    pub(super) fn check_writable(&self) -> Result<(), MarksError> {
        let Some(metadata) = self.metadata()? else { return Ok(()) };
        if metadata.permissions().readonly() {
            return Err(MarksError::ReadOnly(self.name.clone()));
        }
        let mut options = OpenOptions::new();
        options.write(true).custom_flags(flags(OFlags::NONBLOCK));
        options.open(&self.file).map(|_| ()).map_err(|error| self.write_error(error))
    }

    /// What the system knows of the marks file; `None` if it does not exist.
    pub(super) fn metadata(&self) -> Result<Option<Metadata>, MarksError> {
        match fs::metadata(&self.file) {
            Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
            Ok(_) => Err(MarksError::NotAFile(self.name.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(MarksError::Unreadable(self.name.clone(), error)),
        }
    }
}

/// Adds an ending to the name of a file.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The flags for [`OpenOptionsExt::custom_flags`].
fn flags(flags: OFlags) -> i32 {
    flags.bits().cast_signed()
}

/// The absolute path of a file with all symbolic links resolved, also where the file does not exist.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::canonicalize(&path) {
            Ok(file) => return Ok(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return resolve_folder(&path),
        }
    }
    Err(io::Error::from(rustix::io::Errno::LOOP))
}

/// The absolute path of a file that does not exist. Its folder is resolved if it exists.
fn resolve_folder(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => Ok(folder.join(name)),
        _ => Ok(path),
    }
}

/// Creates the folder of a file, if it does not exist.
pub(super) fn create_folder(path: &Path) -> Result<(), MarksError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(PRIVATE_FOLDER_MODE);
    let name = folder.display().to_string();
    builder.create(folder).map_err(|error| MarksError::from_writing(&name, error))
}

/// Opens a file beside the marks file for reading and writing, and creates it if it does not exist.
pub(super) fn open_beside(paths: &MarksPaths, path: &Path) -> Result<File, MarksError> {
    let failed = |error| match paths.write_error(error) {
        MarksError::IsLink(_) => MarksError::IsLink(path.display().to_string()),
        error => error,
    };
    let owner = paths.metadata()?;
    let mode = owner.as_ref().map_or(PRIVATE_MODE, |file| file.mode() & PERMISSION_BITS);
    let no_link = flags(OFlags::NOFOLLOW | OFlags::NONBLOCK);
    let open =
        |options: &mut OpenOptions| options.read(true).write(true).custom_flags(no_link).open(path);
    let file = match open(OpenOptions::new().create_new(true).mode(mode)) {
        Ok(file) => {
            if let Some(owner) = &owner {
                // Otherwise those who share the marks file could not open what one of them created.
                let _ = take_owner(&file, owner);
                let _ = file.set_permissions(fs::Permissions::from_mode(mode));
            }
            file
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            open(&mut OpenOptions::new()).map_err(failed)?
        }
        Err(error) => return Err(failed(error)),
    };
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(MarksError::NotAFile(path.display().to_string()));
    }
    Ok(file)
}

/// Gives a file the owner and the group of another one.
fn take_owner(file: &File, owner: &Metadata) -> io::Result<()> {
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (owner.uid(), owner.gid()) {
        return Ok(());
    }
    fchown(file, Some(owner.uid()), Some(owner.gid()))
}

/// Locks the marks file against other programs, until the returned file is dropped or the program ends.
///
/// The lock is on a separate file, because the marks file itself is replaced when it is written.
pub(super) fn lock(paths: &MarksPaths, suffix: &str, wait: Duration) -> Result<File, MarksError> {
    let lock = open_beside(paths, &paths.beside(suffix))?;
    let deadline = Instant::now() + wait;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < deadline => {
                thread::sleep(LOCK_RETRY_INTERVAL);
            }
            Err(fs::TryLockError::WouldBlock) => {
                return Err(MarksError::Locked(paths.name.clone()));
            }
            Err(fs::TryLockError::Error(error)) => return Err(paths.write_error(error)),
        }
    }
}

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
    pub(super) fn read(path: &Path) -> Result<Option<OpenedFile>, MarksError> {
        let unreadable = |error| MarksError::Unreadable(path.display().to_string(), error);
        let mut options = OpenOptions::new();
        options.read(true).custom_flags(flags(OFlags::NOFOLLOW | OFlags::NONBLOCK));
        let mut file = match options.open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(MarksError::NotAFile(path.display().to_string()));
        }
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

/// Writes a file so that at every moment either the old or the complete new file exists. An existing
/// file keeps its mode and its owner.
///
/// `is_current` is asked once all is written; if it returns false, nothing is replaced. Returns its
/// answer.
pub(super) fn replace(
    path: &Path,
    is_current: impl FnOnce() -> bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<bool> {
    let existing = fs::metadata(path).ok();
    let file = write_temporary(path, existing.as_ref(), write)?;
    if !is_current() {
        return Ok(false);
    }
    file.persist(path)?;
    sync_folder(path);
    Ok(true)
}

/// Copies a file beside itself, with its mode and owner, unless the copy exists already.
pub(super) fn copy_once(from: &Path, to: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = write_temporary(to, fs::metadata(from).ok().as_ref(), |out| out.write_all(bytes))?;
    match file.persist_noclobber(to) {
        Ok(_) => sync_folder(to),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error),
    }
    Ok(())
}

/// Writes a temporary file in the folder of `path`, complete and synced.
fn write_temporary(
    path: &Path,
    like: Option<&Metadata>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).permissions(fs::Permissions::from_mode(PRIVATE_MODE));
    let mut out = BufWriter::new(builder.tempfile_in(folder)?);
    write(&mut out)?;
    let file = out.into_inner()?;
    if let Some(like) = like {
        take_owner(file.as_file(), like)?;
        let mode = like.mode() & PERMISSION_BITS;
        file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Creates a file that does not exist yet, and writes it.
pub(super) fn create_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(PRIVATE_MODE).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written?;
    sync_folder(path);
    Ok(())
}

/// Makes the names in the folder of a file durable, which not every system supports.
pub(super) fn sync_folder(path: &Path) {
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}

/// Removes temporary files in a folder that are older than a day: a program that was killed left them.
pub(super) fn remove_old_temporary_files(folder: &Path) {
    let is_old = |file: &Metadata| {
        let age = file.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
        file.is_file() && age.is_some_and(|age| age > MAX_TEMPORARY_AGE)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX);
        if is_temporary && entry.metadata().is_ok_and(|file| is_old(&file)) {
            // What cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}
