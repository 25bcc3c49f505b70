//! Limits for texts that a file holds once and that are copied into many records.
//!
//! Examples are the name of a column and the title of a collection. Without a limit, a small file
//! with a very long one could fill the memory.

use std::borrow::Cow;

/// The longest name of an own field, in bytes, including the names of parent elements.
pub(super) const MAX_FIELD_NAME_BYTES: usize = 200;

/// Truncates a text to at most `max_bytes`: of a longer one, its start and end are kept.
pub(super) fn truncate<'t>(text: impl Into<Cow<'t, str>>, max_bytes: usize) -> Cow<'t, str> {
    const ELLIPSIS: &str = "…";
    let text = text.into();
    if text.len() <= max_bytes {
        return text;
    }
    let half = (max_bytes - ELLIPSIS.len()) / 2;
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=half).rev().find(is_boundary).and_then(|at| text.get(..at));
    let end = (text.len() - half..=text.len()).find(is_boundary).and_then(|at| text.get(at..));
    Cow::Owned([start.unwrap_or(""), ELLIPSIS, end.unwrap_or("")].concat())
}
