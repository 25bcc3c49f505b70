//! Repairs entries that BibTeX and reference managers accept and the library does not.

use std::borrow::Cow;

use super::non_entries::entry_end;

/// The key of an entry that has none.
pub(super) const NO_KEY: &str = "\u{e002}";

/// Stands for a space in a key.
pub(super) const KEY_SPACE: char = '\u{e003}';

/// Names of fields whose values may stand without braces.
const NUMBER_FIELDS: [&str; 6] = ["year", "month", "volume", "number", "day", "edition"];

/// Writes an entry with braces, and with a key without spaces.
///
/// `BibTeX` takes `@book( … )` too. Some programs write entries without a key, and other programs keys with spaces.
pub(super) fn repair_head(entry: Cow<'_, str>) -> Cow<'_, str> {
    let entry = with_braces(entry);
    let Some(open) = entry.find('{') else { return entry };
    let kind = entry.get(1..open).unwrap_or("").trim().to_ascii_lowercase();
    if ["string", "preamble", "comment"].contains(&kind.as_str()) {
        return entry;
    }
    let (before, inside) = entry.split_at(open + 1);
    let head_end = inside.find([',', '=', '}']).unwrap_or(inside.len());
    let (head, rest) = inside.split_at(head_end);
    let key = head.trim();
    let repaired = match rest.chars().next() {
        Some('=') if is_field(key, rest.get(1..).unwrap_or("")) => {
            format!("{before}{NO_KEY},{inside}")
        }
        Some(',') if key.is_empty() => format!("{before}{NO_KEY}{rest}"),
        Some(',') if key.contains([' ', '\t']) && !key.contains('\n') => {
            format!("{before}{}{rest}", key.replace([' ', '\t'], &KEY_SPACE.to_string()))
        }
        Some('}') if !key.is_empty() && !key.contains(char::is_whitespace) => {
            format!("{before}{key},{rest}")
        }
        _ => return entry,
    };
    Cow::Owned(repaired)
}

/// Whether a name and what follows its `=` are a field, and not a part of a key.
fn is_field(name: &str, value: &str) -> bool {
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let is_value = value.trim_start().starts_with(['{', '"']);
    is_name && (is_value || NUMBER_FIELDS.contains(&name.to_ascii_lowercase().as_str()))
}

/// Replaces the parentheses around an entry with braces.
fn with_braces(entry: Cow<'_, str>) -> Cow<'_, str> {
    let Some(open) = entry.find(['{', '(']) else { return entry };
    let end = entry_end(&entry);
    let inside = entry.get(open + 1..end).and_then(|inside| inside.strip_suffix(')'));
    match inside {
        Some(inside) if entry.get(open..).is_some_and(|rest| rest.starts_with('(')) => {
            let before = entry.get(..open).unwrap_or("");
            let after = entry.get(end..).unwrap_or("");
            Cow::Owned(format!("{before}{{{inside}}}{after}"))
        }
        _ => entry,
    }
}

/// Inserts missing commas before fields that begin a line.
pub(super) fn insert_missing_commas(entry: &str) -> String {
    let is_field = |line: &str| {
        let name = line.split_once('=').map(|(name, _)| name.trim());
        name.is_some_and(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
    };
    let mut repaired = String::new();
    for line in entry.lines() {
        let lines_above = repaired.trim_end();
        if lines_above.ends_with(['}', '"']) && is_field(line) {
            repaired.push(',');
        }
        repaired.push('\n');
        repaired.push_str(line);
    }
    repaired
}
