//! Reading and writing files, under the names that the user gave.
//!
//! This folder uses no other folder of the crate. Start with [`open`] and [`write_atomically`],
//! which never leaves a half-written file. [`cancel`] adds cancelling a write.

pub mod cancel;

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

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
    /// The file may not be read, or reading failed.
    #[error("this cannot be read: {0}")]
    Unreadable(io::Error),
    /// The file exists, and replacing it was not allowed.
    #[error("this file exists already: --force replaces it")]
    AlreadyExists,
    /// The file cannot be written. An earlier file of that name is unchanged.
    #[error("this cannot be written: {0}")]
    Unwritable(io::Error),
}

impl FileErrorKind {
    /// The error for the file at `path`.
    fn for_path(self, path: &Path) -> FileError {
        FileError { file: display_name(path), kind: self }
    }
}

/// Whether a path means standard input or output: `-`.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name of a file in messages: as the user gave it, or `standard input` for `-`.
pub fn display_name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens a file, or standard input for `-`.
///
/// # Errors
/// There is no such file, it is a folder, or it may not be read.
pub fn open(path: &Path) -> Result<Box<dyn Read>, FileError> {
    if is_standard(path) {
        return Ok(Box::new(io::stdin().lock()));
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

/// The size of a file in bytes; `None` if it is not a regular file.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
}

/// The absolute path of an existing file, with all symbolic links resolved.
pub fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether two paths lead to the same existing file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    canonical(one).is_some_and(|path| Some(path) == canonical(other))
}

/// Checks whether a file may be written, before any work is done.
///
/// # Errors
/// The path is a folder, its folder does not exist, or the file exists and `overwrite` is false.
pub fn check_writable(path: &Path, overwrite: bool) -> Result<(), FileError> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(FileErrorKind::IsFolder.for_path(path)),
        Ok(found) if found.is_file() && !overwrite => {
            Err(FileErrorKind::AlreadyExists.for_path(path))
        }
        Ok(_) => Ok(()),
        Err(_) => match folder(&resolve_link(path)) {
            folder if folder.is_dir() => Ok(()),
            folder => Err(FileErrorKind::FolderNotFound(folder.to_owned()).for_path(path)),
        },
    }
}

/// Writes a file so that at every moment either the old or the complete new file exists.
///
/// The content goes to a temporary file in the same folder, which then replaces the target.
/// Symbolic links stay, and a replaced file keeps its permissions. Anything but a regular file,
/// such as `/dev/stdout`, is written to directly.
///
/// # Errors
/// The file exists and `overwrite` is false, or it cannot be written.
pub fn write_atomically(
    path: &Path,
    overwrite: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    check_writable(path, overwrite)?;
    let outcome = match fs::metadata(path) {
        Ok(found) if !found.is_file() => write_directly(path, write),
        found => {
            let permissions = found.ok().map(|found| found.permissions());
            replace_file(&resolve_link(path), permissions, overwrite, write)
        }
    };
    outcome.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => FileErrorKind::AlreadyExists.for_path(path),
        _ => FileErrorKind::Unwritable(error).for_path(path),
    })
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

/// The path of the file itself: where a symbolic link points to, even if nothing exists there.
fn resolve_link(path: &Path) -> PathBuf {
    let linked = || Some(path.parent()?.join(fs::read_link(path).ok()?));
    fs::canonicalize(path).ok().or_else(linked).unwrap_or_else(|| path.to_owned())
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Writes a temporary file in the folder of `path` and renames it to `path`.
fn replace_file(
    path: &Path,
    permissions: Option<fs::Permissions>,
    overwrite: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder(path);
    let mut temporary = tempfile::Builder::new();
    temporary.prefix(".fonds-");
    // Temporary files are private by default; an ordinary file has the permissions of the umask.
    #[cfg(unix)]
    temporary.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = temporary.tempfile_in(folder)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    let renamed = if overwrite { file.persist(path) } else { file.persist_noclobber(path) };
    renamed?;
    // The rename is durable only after the folder is synced, which not every system supports.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
