//! The width of text in terminal columns, and truncating text to a width.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the number of terminal columns that a text takes.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Returns the prefix of a text that fits into `width` columns, and whether anything was cut off.
///
/// The text is cut between graphemes. Where it is cut, one column stays free for a `…`.
pub fn fitting_prefix(text: &str, width: usize) -> (&str, bool) {
    if display_width(text) <= width {
        return (text, false);
    }
    let room = width.saturating_sub(1);
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += display_width(grapheme);
        if used > room {
            return (text.get(..at).unwrap_or(""), true);
        }
    }
    (text, false)
}

/// Truncates a text to `width` columns. A truncated text ends with `…`.
pub fn truncate(text: &str, width: usize) -> Cow<'_, str> {
    match fitting_prefix(text, width) {
        (text, false) => Cow::Borrowed(text),
        (_, true) if width == 0 => Cow::Borrowed(""),
        (text, true) => Cow::Owned(format!("{text}…")),
    }
}
