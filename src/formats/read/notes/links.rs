//! Links between notes as text: `[[Jonas Weidl|Weidl]]` is `Weidl`.

use crate::formats::read::json::Value;

/// Returns a text without the brackets of links between notes. Other links stay as they are.
pub(super) fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inner, behind)) = after.split_once("]]").filter(|(it, _)| !it.contains('\n'))
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
