//! What loading reports while it goes on: a snapshot, new problems and the progress.

use crate::record::Problem;
use crate::store::Store;

/// A report of the loading threads.
#[derive(Clone, Debug)]
pub struct LoadUpdate {
    /// A snapshot of all records so far.
    pub store: Store,
    /// The problems found since the last update.
    pub problems: Vec<Problem>,
    /// The progress; `None` in the last update, when everything is loaded.
    pub progress: Option<LoadProgress>,
}

/// How much of the input has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadProgress {
    /// The number of bytes read so far.
    pub bytes_read: u64,
    /// The size of all inputs in bytes. `None` if it is unknown, as it is for a pipe.
    pub total_bytes: Option<u64>,
}

impl LoadProgress {
    /// Returns the fraction that was read, in thousandths, if the total is known and not 0.
    pub fn per_mille(self) -> Option<u64> {
        let total = self.total_bytes.filter(|total| *total > 0)?;
        Some(
            (u128::from(self.bytes_read.min(total)) * 1000 / u128::from(total))
                .try_into()
                .unwrap_or(0),
        )
    }
}
