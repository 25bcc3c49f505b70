//! Limits for texts that a file holds once and that are copied into many records.
//!
//! Examples are the name of a column and the title of a collection. Without a limit, a small file
//! with a very long one could fill the memory.

pub(super) use crate::text::shorten::shorten as truncate;

/// The longest name of an own field, in bytes, including the names of parent elements.
pub(super) const MAX_FIELD_NAME_BYTES: usize = 200;
