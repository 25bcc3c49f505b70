//! The entities of HTML: `&amp;`, `&#8217;`.

use quick_xml::escape::resolve_html5_entity;

/// The longest name of an entity; the standard's longest is `CounterClockwiseContourIntegral`.
const MAX_ENTITY_NAME_BYTES: usize = 32;

/// Replaces named and numeric entities by their characters. Unknown ones are kept.
pub(super) fn decode_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let name = part.split_once(';').filter(|(name, _)| name.len() <= MAX_ENTITY_NAME_BYTES);
        if let Some((letter, rest)) =
            name.and_then(|(name, rest)| Some((resolve_entity(name)?, rest)))
        {
            text.push_str(&letter);
            text.push_str(rest);
        } else {
            text.push('&');
            text.push_str(part);
        }
    }
    text
}

/// The character of an entity, from its name or number.
fn resolve_entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code =
        hexadecimal.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
    code.and_then(char::from_u32).map(String::from)
}
