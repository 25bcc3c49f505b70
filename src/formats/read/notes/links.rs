//! Links between notes as text: `[[Jonas Weidl|Weidl]]` is `Weidl`.

use crate::formats::read::json::Value;

/// Returns a text without the brackets of links between notes. Other links stay as they are.
pub(super) fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Where links end. It is found once for all links that lack an end, so that many take linear time.
    let mut link_end = LinkEnd::default();
    while let Some((before, after)) = rest.split_once("[[") {
        let start = text.len() - after.len();
        let end = link_end.find(text, start).and_then(|end| end.checked_sub(start));
        let Some((inner, behind)) =
            end.and_then(|end| Some((after.get(..end)?, after.get(end + CLOSING.len()..)?)))
        else {
            plain.push_str(before);
            plain.push_str("[[");
            rest = after;
            continue;
        };
        // An exclamation mark shows the note or the picture itself.
        plain.push_str(before.strip_suffix('!').unwrap_or(before));
        plain.push_str(label(inner));
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

/// The end of a link.
const CLOSING: &str = "]]";

/// Finds the ends of links from left to right.
#[derive(Default)]
struct LinkEnd {
    /// The next end of a link and the next end of a line, found by the last search. Without one it is the length of
    /// the text.
    next: Option<(usize, usize)>,
}

impl LinkEnd {
    /// Returns the first end of a link from `start` on, if it is on the same line. `start` never decreases.
    fn find(&mut self, text: &str, start: usize) -> Option<usize> {
        let position = |sign: &str| {
            text.get(start..).and_then(|rest| rest.find(sign)).map_or(text.len(), |at| start + at)
        };
        let (mut closing, mut line_end) = self.next.unwrap_or((0, 0));
        if self.next.is_none() || closing < start {
            closing = position(CLOSING);
        }
        if self.next.is_none() || line_end < start {
            line_end = position("\n");
        }
        self.next = Some((closing, line_end));
        (closing < line_end).then_some(closing)
    }
}

/// Returns what a link shows: its own words, else the note without the part of it.
fn label(link: &str) -> &str {
    if let Some((_, words)) = link.split_once('|') {
        return words.trim();
    }
    link.split_once('#')
        .map_or(link, |(note, part)| if note.is_empty() { part } else { note })
        .trim()
}

/// Returns the value of a field without the signs of links and tags.
pub(super) fn plain_value(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let text = plain_text(&text);
            let tag = text.strip_prefix('#').filter(|tag| !tag.is_empty() && !tag.contains(' '));
            Value::from(tag.unwrap_or(&text))
        }
        // An unquoted link of Obsidian is a list in a list for YAML.
        Value::Array(items) => match items.as_slice() {
            [Value::Array(inner)] if inner.len() == 1 => {
                inner.first().cloned().map_or(Value::Null, plain_value)
            }
            _ => items.into_iter().map(plain_value).collect(),
        },
        other => other,
    }
}
