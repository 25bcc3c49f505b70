//! What is said once in a file and stands with each of many records, such as the name of a column or
//! the title of a collection. It is shortened where it is very long, or a small file would fill any
//! memory.

use std::borrow::Cow;

/// The longest name of a field, in bytes. The names of the elements that one stands in are part of it.
pub(super) const NAME: usize = 200;

/// A text of at most this many bytes: of a longer one its beginning and its end.
pub(super) fn shortened<'t>(text: impl Into<Cow<'t, str>>, longest: usize) -> Cow<'t, str> {
    const GAP: &str = "…";
    let text = text.into();
    if text.len() <= longest {
        return text;
    }
    let half = (longest - GAP.len()) / 2;
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let begins = (0..=half).rev().find(is_boundary).and_then(|at| text.get(..at));
    let ends = (text.len() - half..=text.len()).find(is_boundary).and_then(|at| text.get(at..));
    Cow::Owned([begins.unwrap_or(""), GAP, ends.unwrap_or("")].concat())
}
