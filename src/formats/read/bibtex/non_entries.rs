//! What stands around the entries of a reference list: comments, definitions, and lines outside of
//! all. It says something of the list, and is kept with it.

use std::ops::Range;

/// What stands around the entries, each under a name.
pub(super) fn around(text: &str, entries: &[Range<usize>]) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    let first = entries.first().map_or(text.len(), |entry| entry.start);
    keep(&mut kept, "text", text.get(..first).unwrap_or(""));
    for place in entries {
        let entry = text.get(place.clone()).unwrap_or("");
        let end = end(entry);
        let (inside, behind) = entry.split_at_checked(end).unwrap_or((entry, ""));
        let kind = inside.trim_start_matches('@').split(['{', '(']).next().unwrap_or("").trim();
        let name = kind.to_ascii_lowercase();
        if ["comment", "preamble", "string"].contains(&name.as_str()) {
            let said = inside.split_once(['{', '(']).map_or("", |(_, said)| said);
            keep(&mut kept, &name, said.strip_suffix(['}', ')']).unwrap_or(said));
        }
        keep(&mut kept, "text", behind);
    }
    kept
}

/// Keeps a text where there is any.
fn keep(kept: &mut Vec<(String, String)>, name: &str, text: &str) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\u{feff},".contains(c));
    if !text.is_empty() {
        kept.push((name.to_owned(), text.to_owned()));
    }
}

/// Where an entry ends: behind the bracket that closes its first one. One that is never closed goes
/// on to the next.
fn end(entry: &str) -> usize {
    let Some(start) = entry.find(['{', '(']) else { return entry.len() };
    let close =
        if entry.get(start..).is_some_and(|rest| rest.starts_with('{')) { '}' } else { ')' };
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, letter) in entry.char_indices().skip_while(|(at, _)| *at < start) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && letter == close && at > start {
            return at + letter.len_utf8();
        }
    }
    entry.len()
}
