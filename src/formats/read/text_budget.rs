//! Bounds the text that a file repeats: many cells or records may show one text that the file has once.

use super::{ReadOptions, UnpackLimit};

/// What a file does whose repeated text exceeds its budget.
pub(super) const REPEATS_TEXT: &str = "its cells repeat text until it is far larger than the file";

/// How many bytes the texts that are made of a file may have: as many as a compressed file of its size may unpack to.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextBudget {
    limit: UnpackLimit,
    /// The bytes of the texts so far.
    used: u64,
}

impl TextBudget {
    /// The budget of a file.
    pub(super) fn new(options: &ReadOptions) -> TextBudget {
        TextBudget { limit: options.unpack_limit(), used: 0 }
    }

    /// Counts text, if possible before it is copied. Returns whether all texts so far are within the budget of a
    /// file of this size.
    pub(super) fn take(&mut self, bytes: u64, file_bytes: u64) -> bool {
        self.used = self.used.saturating_add(bytes);
        !self.limit.is_text_excess(self.used, file_bytes)
    }
}
