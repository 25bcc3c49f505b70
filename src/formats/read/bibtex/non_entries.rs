//! Collects the text of a reference list that is not in entries: comments, definitions and stray
//! lines. It is kept as own fields of the archive.

use std::ops::Range;

use crate::record::OwnName;

/// Returns the texts that are not in entries, each with a name.
pub(super) fn text_around_entries(text: &str, entries: &[Range<usize>]) -> Vec<(OwnName, String)> {
    let mut texts = Vec::new();
    let first_start = entries.first().map_or(text.len(), |entry| entry.start);
    push_non_empty(&mut texts, "text", text.get(..first_start).unwrap_or(""));
    for range in entries {
        let entry = text.get(range.clone()).unwrap_or("");
        let end = entry_end(entry);
        let (inside, after) = entry.split_at_checked(end).unwrap_or((entry, ""));
        let kind = inside.trim_start_matches('@').split(['{', '(']).next().unwrap_or("").trim();
        let name = kind.to_ascii_lowercase();
        if ["comment", "preamble", "string"].contains(&name.as_str()) {
            let content = inside.split_once(['{', '(']).map_or("", |(_, content)| content);
            push_non_empty(&mut texts, &name, content.strip_suffix(['}', ')']).unwrap_or(content));
        }
        push_non_empty(&mut texts, "text", after);
    }
    texts
}

/// Appends a text unless it is empty.
fn push_non_empty(texts: &mut Vec<(OwnName, String)>, name: &str, text: &str) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\u{feff},".contains(c));
    if !text.is_empty() {
        texts.push((name.into(), text.to_owned()));
    }
}

/// Returns the byte offset after the bracket that closes the entry, or its length if none does.
pub(super) fn entry_end(entry: &str) -> usize {
    closing_end(entry).unwrap_or(entry.len())
}

/// Returns the byte offset after the bracket that closes the entry.
pub(super) fn closing_end(entry: &str) -> Option<usize> {
    let start = entry.find(['{', '('])?;
    let close =
        if entry.get(start..).is_some_and(|rest| rest.starts_with('{')) { '}' } else { ')' };
    let (mut depth, mut escaped) = (0_usize, false);
    // Parentheses in braces need not be balanced.
    let mut parentheses = 0_usize;
    for (at, letter) in entry.char_indices().skip_while(|(at, _)| *at < start) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '(' if depth == 0 => parentheses += 1,
            ')' if depth == 0 => parentheses = parentheses.saturating_sub(1),
            _ => {}
        }
        let is_closed = depth == 0 && (close == '}' || parentheses == 0);
        if is_closed && letter == close && at > start {
            return Some(at + letter.len_utf8());
        }
    }
    None
}
