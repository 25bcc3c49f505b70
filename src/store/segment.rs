//! A batch of records with its word index and date columns; built once, then read-only.

/// A batch of records.
#[derive(Debug, Default)]
pub struct Segment {}
