//! Files: read as the reader named them, written so that there is always a whole one.

pub mod cancel;

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct FileError {
    /// The file as the reader named it.
    pub file: String,
    /// What is wrong.
    pub why: Trouble,
}

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is nothing by that name.
    #[error("there is no such file")]
    Missing,
    /// It is a folder.
    #[error("this is a folder: name a file in it")]
    Folder,
    /// The folder that it would be written into is missing.
    #[error("the folder {} is not there", .0.display())]
    NoFolder(PathBuf),
    /// It may not be read, or reading failed.
    #[error("this cannot be read: {0}")]
    Unreadable(io::Error),
    /// It would be replaced, and nobody said that it may be.
    #[error("this file exists already: --force replaces it")]
    Exists,
    /// It cannot be written; what was there before still is.
    #[error("this cannot be written: {0}")]
    Unwritable(io::Error),
}

impl Trouble {
    fn with(self, path: &Path) -> FileError {
        FileError { file: name(path), why: self }
    }
}

/// Whether a name stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name under which a file is spoken of: as it was given, `standard input` for `-`.
pub fn name(path: &Path) -> String {
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
    let unreadable = |why: io::Error| match why.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Trouble::Missing.with(path),
        _ => Trouble::Unreadable(why).with(path),
    };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Trouble::Folder.with(path));
    }
    Ok(Box::new(file))
}

/// How many bytes a file has; nothing for what is no regular file.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
}

/// The absolute path of an existing file, with all links resolved.
pub fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether two names are one file that exists.
pub fn is_same(one: &Path, other: &Path) -> bool {
    canonical(one).is_some_and(|path| Some(path) == canonical(other))
}

/// Refuses a folder, a file in a folder that is not there, and one that would be replaced without
/// leave.
///
/// # Errors
/// One of these.
pub fn may_write(path: &Path, overwrite: bool) -> Result<(), FileError> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(Trouble::Folder.with(path)),
        Ok(there) if there.is_file() && !overwrite => Err(Trouble::Exists.with(path)),
        Ok(_) => Ok(()),
        Err(_) => match folder(&target(path)) {
            folder if folder.is_dir() => Ok(()),
            folder => Err(Trouble::NoFolder(folder.to_owned()).with(path)),
        },
    }
}

/// Writes a file so that at every moment either the old one or the new one is there, whole: beside
/// it first, then in its place. A link keeps pointing to the file, and a replaced file keeps its
/// permissions. What is no regular file, such as `/dev/stdout`, is simply written to.
///
/// # Errors
/// The file exists and `overwrite` is false, or it cannot be written.
pub fn write_atomically(
    path: &Path,
    overwrite: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    may_write(path, overwrite)?;
    let outcome = match fs::metadata(path) {
        Ok(there) if !there.is_file() => write_into(path, write),
        there => {
            replace(&target(path), there.ok().map(|there| there.permissions()), overwrite, write)
        }
    };
    outcome.map_err(|why| match why.kind() {
        io::ErrorKind::AlreadyExists => Trouble::Exists.with(path),
        _ => Trouble::Unwritable(why).with(path),
    })
}

fn write_into(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    write(&mut out)?;
    out.flush()
}

/// The file behind a name: where a link points to, even if nothing is there yet.
fn target(path: &Path) -> PathBuf {
    let linked = || Some(path.parent()?.join(fs::read_link(path).ok()?));
    fs::canonicalize(path).ok().or_else(linked).unwrap_or_else(|| path.to_owned())
}

/// The folder that a file stands in.
fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn replace(
    path: &Path,
    permissions: Option<fs::Permissions>,
    overwrite: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder(path);
    let mut beside = tempfile::Builder::new();
    beside.prefix(".fonds-");
    // Temporary files are private; a new file is for whom the user's own settings say.
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = beside.tempfile_in(folder)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    let placed = if overwrite { file.persist(path) } else { file.persist_noclobber(path) };
    placed?;
    // The name is only safe once the folder is; not every system lets a folder be synced.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
