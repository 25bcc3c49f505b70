//! The width of text in terminal columns, and text cut to a width.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The beginning of a text that fits into `width` columns, cut between graphemes, and whether
/// anything was cut; where it was, there is room for the `…` that says so.
pub fn fit(text: &str, width: usize) -> (&str, bool) {
    if columns(text) <= width {
        return (text, false);
    }
    let room = width.saturating_sub(1);
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += columns(grapheme);
        if used > room {
            return (text.get(..at).unwrap_or(""), true);
        }
    }
    (text, false)
}

/// A text cut to `width` columns, with `…` where it was cut.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    match fit(text, width) {
        (text, false) => Cow::Borrowed(text),
        (_, true) if width == 0 => Cow::Borrowed(""),
        (text, true) => Cow::Owned(format!("{text}…")),
    }
}
