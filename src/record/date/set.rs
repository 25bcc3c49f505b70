//! Sets of EDTF in words. A span says from when to when the dates of a set are, but not whether one
//! or all of them are meant.

use super::edtf;
use super::span::DateSpan;

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 200;

/// Formats a set: `[1667,1670..1672]` is one of its dates, `{1667,1670..1672}` all of them.
///
/// `span` is what the text was parsed as. Returns `None` for other texts, and for brackets that say
/// that the archivist supplied the date.
pub(crate) fn in_words(
    text: &str,
    span: &DateSpan,
    format: impl Fn(&DateSpan) -> String,
) -> Option<String> {
    let text = text.trim();
    let is_one = text.starts_with('[');
    if text.len() > MAX_BYTES || (is_one && span.inferred) {
        return None;
    }
    let members = edtf::set_members(text)?;
    let all = members.iter().copied().reduce(DateSpan::union)?;
    if (all.earliest, all.latest) != (span.earliest, span.latest) {
        return None;
    }
    let with_end = |member: &DateSpan| match member.first_and_last_unit() {
        (None, Some(last)) => format!("{} or earlier", format(&last)),
        (Some(first), None) => format!("{} or later", format(&first)),
        _ => format(member),
    };
    let members: Vec<String> = members.iter().map(with_end).collect();
    Some(match members.as_slice() {
        [first, last] if is_one => format!("{first} or {last}"),
        [first, last] => format!("{first} and {last}"),
        [_, _, ..] if is_one => format!("one of {}", members.join(", ")),
        // One date between two years is meant, or one range of dates.
        _ if is_one && span.first_and_last_unit().0.is_some() => {
            format!("some time in {}", members.join(", "))
        }
        _ => members.join(", "),
    })
}
