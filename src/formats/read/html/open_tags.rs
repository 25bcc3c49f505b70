//! The tags that are open at a place of a page.

use html5ever::LocalName;

use super::dom::MAX_DEPTH;

/// The tags that are open, as far as the tags themselves show it.
#[derive(Default)]
pub(super) struct OpenTags {
    /// The names, and whether the tag was left out.
    tags: Vec<(LocalName, bool)>,
}

impl OpenTags {
    /// Takes note of a start tag. Returns whether it is left out.
    pub(super) fn start(&mut self, name: &LocalName, is_closed: bool, is_deep: bool) -> bool {
        let has_no_end = is_closed || VOID_ELEMENTS.contains(&&**name);
        if let Some((_, ended)) = LEFT_OPEN.iter().find(|(names, _)| names.contains(&&**name)) {
            while self.tags.pop_if(|(last, _)| ended.contains(&&**last)).is_some() {}
        }
        let is_left_out = is_deep && self.tags.len() > MAX_DEPTH;
        if !has_no_end {
            self.tags.push((name.clone(), is_left_out));
        }
        is_left_out
    }

    /// Takes note of an end tag. Returns whether it is left out, as its start tag was.
    pub(super) fn end(&mut self, name: &LocalName) -> bool {
        let found = self.tags.iter().rev().take(MAX_DEPTH).position(|(open, _)| open == name);
        let Some(at) = found.and_then(|at| self.tags.len().checked_sub(at + 1)) else {
            return self.tags.len() > MAX_DEPTH;
        };
        let is_left_out = self.tags.get(at).is_some_and(|(_, is_left_out)| *is_left_out);
        self.tags.truncate(at);
        is_left_out
    }
}

/// Elements that have no content.
const VOID_ELEMENTS: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements before which the end tags of others are often missing, and these others.
const LEFT_OPEN: [(&[&str], &[&str]); 7] = [
    (&["li"], &["p", "li"]),
    (&["p"], &["p"]),
    (&["dt", "dd"], &["p", "dt", "dd"]),
    (&["td", "th"], &["p", "td", "th"]),
    (&["tr"], &["p", "td", "th", "tr"]),
    (&["tbody", "thead", "tfoot"], &["p", "td", "th", "tr", "tbody", "thead", "tfoot"]),
    (&["option"], &["option"]),
];
