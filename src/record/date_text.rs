//! Any way an archive writes a date, read as a span of days.

use super::date::Reading;

/// Reads the text of a date. Never fails: what cannot be understood is unreadable.
pub fn read(text: &str) -> Reading {
    if text.trim().is_empty() { Reading::Undated } else { Reading::Unreadable }
}
