//! How far loading is, and what it has brought.

use crate::record::Problem;
use crate::store::Store;

/// What has been read so far.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// All records so far.
    pub store: Store,
    /// What went wrong since the last arrival.
    pub problems: Vec<Problem>,
    /// How far it is; nothing once everything has been read.
    pub progress: Option<Progress>,
}

/// How far the reading of files is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes were read.
    pub read: u64,
    /// How many there are, where that is known: nobody knows it of a pipe.
    pub total: Option<u64>,
}

impl Progress {
    /// How much was read, in thousandths, where that is known.
    pub fn per_mille(self) -> Option<u64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((u128::from(self.read.min(total)) * 1000 / u128::from(total)).try_into().unwrap_or(0))
    }
}
