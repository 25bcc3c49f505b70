//! The handle of a record.

use super::UserMarks;

/// A record, as a number that means something only to the backend that gave it out.
///
/// It stays the same while records are added, and is no longer valid after the files were read again. Two records have
/// different handles. A backend gives out small numbers, so that sets of records are bit sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordHandle(pub u32);

/// The selected record and the user's marks, with the handles that they have after the files were read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemappedRecords {
    /// The selected record, if it still exists.
    pub selected: Option<RecordHandle>,
    /// The marks and notes on records that still exist.
    pub marks: UserMarks,
}
