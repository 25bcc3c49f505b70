//! What loading reports while it goes on: a snapshot, new problems and the progress.

use crate::query::LoadProgress;
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
