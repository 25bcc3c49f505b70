//! Temporary files beside the files that they are to replace.
//!
//! A program that is killed leaves its temporary file behind. It is removed later, when it is old
//! enough that no program can still be writing it.

use std::fs::{self, DirEntry, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use rustix::fs::OFlags;
use tempfile::NamedTempFile;

/// How the name of each temporary file begins. Letters and digits follow.
const PREFIX: &str = ".fonds-";
/// The age from which on a temporary file is abandoned.
const MIN_ABANDONED_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// Creates a temporary file in a folder, with this mode less the umask.
///
/// The file is locked while it is open, so that no other program removes it, however old it is.
///
/// # Errors
/// The folder cannot be written to.
pub(super) fn create(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let mut temporary = tempfile::Builder::new();
    let file = temporary.prefix(PREFIX).permissions(Permissions::from_mode(mode));
    let file = file.tempfile_in(folder)?;
    // Some file systems know no locks. Then age alone has to do.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Removes the temporary files in a folder that the user's own programs left behind more than a day
/// ago. Whatever cannot be removed stays.
pub(super) fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_temporary_name(&entry) && is_abandoned(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether an entry of a folder has the name of a temporary file.
fn is_temporary_name(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let rest = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_alphanumeric()))
}

/// Whether an entry of a folder is an old regular file of the user that no program is writing.
fn is_abandoned(entry: &DirEntry) -> bool {
    let is_old_and_own = |found: &fs::Metadata| {
        found.is_file()
            && found.uid() == rustix::process::geteuid().as_raw()
            && found
                .modified()
                .is_ok_and(|time| time.elapsed().is_ok_and(|age| age > MIN_ABANDONED_AGE))
    };
    let is_unlocked = || {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let file =
            File::options().read(true).custom_flags(flags.bits().cast_signed()).open(entry.path());
        file.is_ok_and(|file| {
            file.metadata().is_ok_and(|found| is_old_and_own(&found)) && file.try_lock().is_ok()
        })
    };
    entry.metadata().is_ok_and(|found| is_old_and_own(&found)) && is_unlocked()
}
