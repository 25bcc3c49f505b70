//! The markup that titles of reference lists have, as in CSL-JSON and in Zotero: `<i>Mary Rose</i>`.
//!
//! Citation processors know `i`, `b`, `sc`, `sub`, `sup` and `span`
//! (<https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>). Other programs write those of
//! HTML, JATS and EAD.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::entities::decode_entities;

/// The names of tags that come in pairs.
const PAIRED_TAGS: [&str; 18] = [
    "b", "bold", "cite", "em", "emph", "i", "italic", "q", "sc", "scp", "small", "span", "strong",
    "sub", "sup", "title", "tt", "u",
];

/// The names of tags that end a line.
const LINE_TAGS: [&str; 2] = ["br", "lb"];

/// The longest tag, in bytes.
const MAX_TAG_BYTES: usize = 200;

/// Returns a text without its markup, and with the characters of its entities.
///
/// Only pairs of known tags are markup, so `a < b` and a lone `<i>` stay.
pub(super) fn to_plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut end = 0;
    for (range, substitute) in markup(text) {
        plain.push_str(&decode_entities(text.get(end..range.start).unwrap_or("")));
        plain.push_str(substitute);
        end = range.end;
    }
    plain.push_str(&decode_entities(text.get(end..).unwrap_or("")));
    Cow::Owned(plain)
}

/// Returns the ranges of the tags that are markup, in their order, each with what replaces it.
fn markup(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut open: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
    let mut found = Vec::new();
    for (start, _) in text.match_indices('<') {
        let Some(tag) = Tag::at(text, start) else { continue };
        if LINE_TAGS.contains(&tag.name) {
            found.push((tag.range, " "));
        } else if !tag.is_end {
            open.entry(tag.name).or_default().push(tag.range);
        } else if let Some(begin) = open.get_mut(tag.name).and_then(Vec::pop) {
            found.push((begin, ""));
            found.push((tag.range, ""));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// A known tag.
struct Tag {
    name: &'static str,
    is_end: bool,
    range: Range<usize>,
}

impl Tag {
    /// Returns the known tag that begins at a byte.
    fn at(text: &str, start: usize) -> Option<Tag> {
        let bytes = text.as_bytes().get(start..)?;
        let length = bytes.iter().take(MAX_TAG_BYTES).position(|byte| *byte == b'>')?;
        let inner = text.get(start + 1..start + length)?;
        let (is_end, inner) = match inner.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inner.strip_suffix('/').unwrap_or(inner)),
        };
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let mut names = PAIRED_TAGS.iter().chain(&LINE_TAGS);
        let name = names.find(|known| known.eq_ignore_ascii_case(name))?;
        let are_attributes =
            attributes.trim().is_empty() || (attributes.contains('=') && !attributes.contains('<'));
        are_attributes.then_some(Tag { name, is_end, range: start..start + length + 1 })
    }
}
