//! Pauses of a stream: what has come through a pipe is shown although more may come.
//!
//! The beginning of a file decides how it is read. While it is being read, a reader of a pipe may fail with
//! [`io::ErrorKind::WouldBlock`] if nothing comes for a while, and can be read on later. At all other times it waits.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use super::Format;

thread_local! {
    /// Whether a reader on this thread may fail because of a pause.
    static MAY_PAUSE: Cell<bool> = const { Cell::new(false) };
}

/// Whether a reader may fail because of a pause now.
pub(crate) fn may_pause() -> bool {
    MAY_PAUSE.get()
}

/// The first bytes of a file.
pub(super) struct Beginning {
    pub(super) bytes: Vec<u8>,
    /// Whether a pause ended them.
    pub(super) is_paused: bool,
}

/// Whether these bytes are UTF-8 as they are: without a byte-order mark or zero bytes.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| !text.starts_with('\u{feff}') && !text.contains('\0'))
}

/// Reads the first bytes of a file, at most `limit`. A pause ends them once they are whole records of a format
/// that is read record by record.
pub(super) fn read_beginning(bytes: &mut dyn BufRead, limit: u64) -> io::Result<Beginning> {
    let mut beginning = Vec::new();
    loop {
        let missing = limit.saturating_sub(beginning.len() as u64);
        MAY_PAUSE.set(true);
        let result = (&mut *bytes).take(missing).read_to_end(&mut beginning);
        MAY_PAUSE.set(false);
        match result {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if is_enough(&beginning) {
                    return Ok(Beginning { bytes: beginning, is_paused: true });
                }
            }
            Err(error) if beginning.is_empty() => return Err(error),
            Err(_) | Ok(_) => return Ok(Beginning { bytes: beginning, is_paused: false }),
        }
    }
}

/// Whether these bytes are enough to know how to read the rest: whole lines with a record.
fn is_enough(beginning: &[u8]) -> bool {
    let lines = memchr::memchr_iter(b'\n', beginning).count();
    beginning.ends_with(b"\n")
        && match Format::detect(beginning) {
            Some(Format::JsonLines | Format::Ris) => lines >= 1,
            // A row below the names of the columns.
            Some(Format::Csv) => lines >= 2,
            _ => false,
        }
}
