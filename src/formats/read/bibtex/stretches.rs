//! Reads a list in stretches of whole entries, so that what has come through a pipe is shown although more may come.

use std::io::{self, Read};

use super::non_entries::closing_end;
use super::{encoding, entry_ranges};
use crate::formats::read::pause;

/// The number of bytes that are read at once.
const READ_BYTES: usize = 1 << 16;

/// Reads a file as stretches: of a stream those that have come, of any other file the whole text.
pub(super) struct Stretches<'b> {
    bytes: &'b mut dyn Read,
    /// What was read and is no stretch yet.
    pending: Vec<u8>,
    /// The length of `pending` from which a whole entry is looked for. It grows with an entry that is long, so that the
    /// time is linear.
    next_search: usize,
    at_end: bool,
}

impl<'b> Stretches<'b> {
    /// Starts at the beginning of a file.
    pub(super) fn new(bytes: &'b mut dyn Read) -> Stretches<'b> {
        Stretches { bytes, pending: Vec::new(), next_search: 0, at_end: false }
    }

    /// Returns the next stretch, and for the first letters that are not UTF-8 their line in it with a message; `None` at
    /// the end of the file.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn next(&mut self) -> io::Result<Option<Stretch>> {
        let mut chunk = vec![0; READ_BYTES];
        while !self.at_end {
            let count = match self.bytes.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            self.pending.extend_from_slice(chunk.get(..count).unwrap_or_default());
            self.at_end = count == 0;
            if !self.at_end && pause::is_stream() && self.pending.len() >= self.next_search {
                let length = whole_entries(&self.pending);
                self.next_search = 0;
                if length > 0 {
                    let rest = self.pending.split_off(length);
                    return Ok(Some(encoding::decode(&std::mem::replace(&mut self.pending, rest))));
                }
                self.next_search = self.pending.len() + self.pending.len() / 4;
            }
        }
        let rest = std::mem::take(&mut self.pending);
        Ok(Some(encoding::decode(&rest)).filter(|_| !rest.is_empty()))
    }
}

/// A text, and the warning about its letters with its line.
pub(super) type Stretch = (String, Option<(usize, &'static str)>);

/// The length of the whole entries at the beginning of a text. What stands behind the last one may belong to it.
fn whole_entries(bytes: &[u8]) -> usize {
    let valid = str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = str::from_utf8(bytes.get(..valid).unwrap_or_default()).unwrap_or_default();
    let Some(last) = entry_ranges(text).pop() else { return 0 };
    let entry = text.get(last.clone()).unwrap_or_default();
    let after = closing_end(entry).and_then(|end| entry.get(end..));
    let is_whole = after.is_some_and(|after| after.trim().is_empty()) && last.end == bytes.len();
    if is_whole { last.end } else { last.start }
}
