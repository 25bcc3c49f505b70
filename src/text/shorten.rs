//! Shortens texts whose length nothing else bounds, such as the values that messages quote.

use std::borrow::Cow;

/// Shortens a text to at most `max_bytes`: of a longer one, its start and end are kept, with `…` between them.
///
/// ```
/// use fonds::text::shorten::shorten;
///
/// assert_eq!(shorten("Letter to the mill at Orla", 15), "Letter…t Orla");
/// ```
pub fn shorten<'t>(text: impl Into<Cow<'t, str>>, max_bytes: usize) -> Cow<'t, str> {
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
