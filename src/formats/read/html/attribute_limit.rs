//! Leaves out attributes beyond the first thousand of a tag. The parser compares each attribute with all others of
//! its tag, so that many take very long.

use std::borrow::Cow;

/// How many attributes of one tag are read.
pub(super) const MAX_ATTRIBUTES: usize = 1_000;

/// Elements whose content is no HTML, up to their end tag.
const RAW_ELEMENTS: [&str; 4] = ["script", "style", "textarea", "title"];

/// Returns a page without the attributes that are too many, and the lines, counted from 1, of their tags.
pub(super) fn without_surplus(page: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut kept = String::new();
    let (mut copied, mut at) = (0, 0);
    let (mut lines, mut line, mut counted) = (Vec::new(), 1, 0);
    while let Some(found) = page.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let rest = page.get(at..).unwrap_or_default();
        if rest.starts_with("<!--") {
            at += rest.find("-->").unwrap_or(rest.len());
            continue;
        }
        let tag = Tag::scan(rest);
        if let Some(surplus) = tag.surplus {
            kept.push_str(page.get(copied..at + surplus).unwrap_or_default());
            copied = at + tag.end;
            line += line_ends(page, counted, at);
            counted = at;
            lines.push(line);
        }
        let name = rest.get(1..tag.name_end).unwrap_or_default();
        at += tag.end.max(1);
        if RAW_ELEMENTS.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            at += end_of_raw(page.get(at..).unwrap_or_default(), name);
        }
    }
    if lines.is_empty() {
        return (Cow::Borrowed(page), lines);
    }
    kept.push_str(page.get(copied..).unwrap_or_default());
    (Cow::Owned(kept), lines)
}

/// Returns the number of line ends between two places.
fn line_ends(page: &str, start: usize, end: usize) -> usize {
    let between = page.as_bytes().get(start..end).unwrap_or_default();
    memchr::memchr_iter(b'\n', between).count()
}

/// Returns where the content of an element that is no HTML ends.
fn end_of_raw(content: &str, name: &str) -> usize {
    let is_end = |(at, _): &(usize, &str)| {
        content
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|other| other.eq_ignore_ascii_case(name))
    };
    content.match_indices("</").find(is_end).map_or(content.len(), |(at, _)| at)
}

/// A tag in a text that begins with it.
#[derive(Default)]
struct Tag {
    /// Where its name ends.
    name_end: usize,
    /// Where its attributes become too many.
    surplus: Option<usize>,
    /// Where its closing bracket is; behind the first bracket for other text.
    end: usize,
}

impl Tag {
    /// Finds the parts of a tag.
    fn scan(text: &str) -> Tag {
        let bytes = text.as_bytes();
        if !bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
            return Tag { end: 1, ..Tag::default() };
        }
        let is_name_end = |byte: &u8| byte.is_ascii_whitespace() || b"/>".contains(byte);
        let name_end = bytes.iter().position(is_name_end).unwrap_or(bytes.len());
        let mut tag = Tag { name_end, surplus: None, end: bytes.len() };
        let (mut attributes, mut at) = (0, name_end);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => {
                    tag.end = at;
                    break;
                }
                byte if byte.is_ascii_whitespace() || *byte == b'/' => at += 1,
                _ => {
                    attributes += 1;
                    if attributes > MAX_ATTRIBUTES {
                        tag.surplus.get_or_insert(at);
                    }
                    at = attribute_end(bytes, at);
                }
            }
        }
        tag
    }
}

/// Returns where an attribute ends that begins at `start`, with its value.
fn attribute_end(bytes: &[u8], start: usize) -> usize {
    let position = |from: usize, is_end: &dyn Fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len())
    };
    // A name may begin with an equals sign.
    let name_end =
        position(start + 1, &|byte| byte.is_ascii_whitespace() || b"/>=".contains(&byte));
    let sign = position(name_end, &|byte| !byte.is_ascii_whitespace());
    if bytes.get(sign) != Some(&b'=') {
        return name_end;
    }
    let value = position(sign + 1, &|byte| !byte.is_ascii_whitespace());
    match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            (position(value + 1, &|byte| byte == *quote) + 1).min(bytes.len())
        }
        _ => position(value, &|byte| byte.is_ascii_whitespace() || byte == b'>'),
    }
}
