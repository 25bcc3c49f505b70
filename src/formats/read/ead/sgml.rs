//! EAD 1.0 in SGML, the form before XML: names in upper case, attributes without quotation marks, empty
//! elements without a slash.

use std::fmt::Write as _;

/// Elements of EAD 1.0 that are empty, which SGML does not show.
const EMPTY_ELEMENTS: [&str; 7] =
    ["lb", "ptr", "extptr", "ptrloc", "extptrloc", "colspec", "spanspec"];

/// Whether a text is EAD in SGML: its root is in upper case, and it is not declared to be XML.
pub(in crate::formats::read) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start_matches('\u{feff}').trim_start();
    let is_root = |at: usize| {
        let rest = text.get(at + "<EAD".len()..).unwrap_or_default();
        rest.starts_with(['>', ' ', '\n', '\r', '\t'])
    };
    text.starts_with('<') && !text.starts_with("<?xml") && text.find("<EAD").is_some_and(is_root)
}

/// Returns the text as XML, line by line as it was.
pub(in crate::formats::read) fn to_xml(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        xml.push_str(before);
        let end = end_of_tag(tag);
        let (tag, behind) = tag.split_at(end);
        if tag.starts_with("<!--") {
            xml.push_str(tag);
        } else if tag.starts_with("<!") || tag.starts_with("<?") {
            // Declarations say nothing of the content.
            xml.extend(tag.chars().filter(|letter| *letter == '\n'));
        } else {
            push_tag(&mut xml, tag);
        }
        rest = behind;
    }
    xml.push_str(rest);
    xml
}

/// Returns the length of the tag, comment or declaration at the start of a text.
fn end_of_tag(text: &str) -> usize {
    let end_of = |end: &str| text.find(end).map(|at| at + end.len());
    if text.starts_with("<!--") {
        return end_of("-->").unwrap_or(text.len());
    }
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Adds a tag with its names in lower case and its values in quotation marks.
fn push_tag(xml: &mut String, tag: &str) {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let (name, mut attributes) = inner.split_at(name_end);
    let name = name.to_ascii_lowercase();
    xml.push('<');
    xml.push_str(&name);
    while let Some(start) = attributes.find(|letter: char| !letter.is_whitespace()) {
        let space = attributes.get(..start).unwrap_or_default();
        xml.push(' ');
        xml.extend(space.chars().filter(|letter| *letter == '\n'));
        let attribute = attributes.get(start..).unwrap_or_default();
        if attribute.starts_with('/') {
            xml.push('/');
            attributes = attribute.get(1..).unwrap_or_default();
            continue;
        }
        let key_end = attribute.find(|letter: char| letter == '=' || letter.is_whitespace());
        let (key, behind) = attribute.split_at(key_end.unwrap_or(attribute.len()));
        let key = key.to_ascii_lowercase();
        let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else {
            // A value alone, whose name SGML implies.
            let _ = write!(xml, "{key}=\"{key}\"");
            attributes = behind;
            continue;
        };
        let quote = value.chars().next().filter(|letter| ['"', '\''].contains(letter));
        let (value, behind) = match quote {
            Some(quote) => {
                let value = value.get(1..).unwrap_or_default();
                value.split_once(quote).unwrap_or((value, ""))
            }
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        let quote = quote.unwrap_or('"');
        let _ = write!(xml, "{key}={quote}{value}{quote}");
        attributes = behind;
    }
    if EMPTY_ELEMENTS.contains(&name.as_str()) && !xml.ends_with('/') {
        xml.push('/');
    }
    xml.push('>');
}
