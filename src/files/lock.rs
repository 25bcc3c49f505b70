//! Locks between programs that write the same file.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::private::{Sharing, create_private_folder, open_private};
use super::{FileError, FileErrorKind, display_name, folder, real_path, waiting, with_suffix};

/// The pause between two attempts to get a lock.
const RETRY_INTERVAL: Duration = Duration::from_millis(2);

/// The longest wait for a lock after a signal has asked the program to end.
const ENDING_TIMEOUT: Duration = Duration::from_millis(100);

/// A lock that this program holds. It ends when the value is dropped or the program ends.
#[derive(Debug)]
pub struct FileLock {
    /// The canonical path of the locked file. All who use the file under any name share it.
    pub path: PathBuf,
    /// The open lock file, which holds the lock.
    _lock_file: File,
}

/// Why a file cannot be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another program has held the lock until the timeout.
    #[error("another program is using {0}: try again")]
    HeldByAnother(String),
    /// The lock file cannot be opened or locked, or its folder cannot be created.
    #[error("{0}")]
    Unavailable(#[from] FileError),
}

/// Locks a file of the user's data against other programs.
///
/// The lock is on the file `<canonical path><suffix>`, because the file itself is replaced when
/// written. Only those who may write the file itself may open it, and it is never opened through a
/// link. A missing folder is created with mode 0700. The file itself need not exist.
///
/// # Errors
/// Another program has held the lock for `timeout`, or the lock file cannot be opened.
pub fn lock(path: &Path, suffix: &str, timeout: Duration) -> Result<FileLock, LockError> {
    create_private_folder(folder(path))?;
    let real = real_path(path)?;
    let lock_path = with_suffix(&real, suffix);
    let lock_file = open_private(&lock_path, &real, Sharing::Writers)?;
    let began = Instant::now();
    let deadline = began + timeout;
    // The program ends soon after a signal. What cannot be saved by then goes elsewhere.
    let has_waited = || waiting::is_ending() && began.elapsed() > ENDING_TIMEOUT;
    loop {
        match lock_file.try_lock() {
            Ok(()) => return Ok(FileLock { path: real, _lock_file: lock_file }),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline && !has_waited() => {
                thread::sleep(RETRY_INTERVAL);
            }
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::HeldByAnother(display_name(path)));
            }
            Err(TryLockError::Error(error)) => {
                return Err(FileErrorKind::Unlockable(error).for_path(&lock_path).into());
            }
        }
    }
}
