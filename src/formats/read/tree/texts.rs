//! Finds the texts that values and keys stand for, and parts texts that have several forms of a value.

use crate::formats::read::json::{Object, Value};

use super::values::{is_language_map, value_of};

/// Returns the first text in a value: itself, of the first language, or under a key for values.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) => values.first().and_then(text_of),
        Value::Object(object) if is_language_map(object) => {
            object.values().next().and_then(text_of)
        }
        Value::Object(object) => value_of(object).and_then(|(_, value)| text_of(value)),
        _ => None,
    }
}

/// Whether [`text_of`] gives all that is in a value.
pub(super) fn is_one_text(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.len() <= 1 && values.iter().all(is_one_text),
        Value::Object(object) => object.len() <= 1 && object.values().all(is_one_text),
        _ => true,
    }
}

/// Returns the text under the first of these keys.
pub(super) fn find_text<'v>(object: &'v Object, keys: &[&str]) -> Option<(&'v str, &'v str)> {
    keys.iter().find_map(|key| {
        let (key, value) = object.get_key_value(key)?;
        let text = text_of(value)?.trim();
        (!text.is_empty()).then_some((key.as_str(), text))
    })
}

/// The sign before the letter of a part in a value of Primo: `Keller, Anna$$QKeller Anna`, `$$Uhttps://…$$DPage`.
const PART_SIGN: &str = "$$";

/// The letters of the parts that are the value, the surest first: an address, a value, what is shown.
const VALUE_PARTS: [char; 3] = ['U', 'V', 'D'];

/// The letter of the part with the value as it is looked up.
const LOOKUP_PART: char = 'Q';

/// Parts a text into the value and other parts, each with its letter. `None` if it has no parts. The form in which a value
/// is looked up is left out if it has no other words.
pub(super) fn value_and_parts(text: &str) -> Option<(&str, Vec<(char, &str)>)> {
    // Few texts have the sign, and each text of a file is looked at.
    memchr::memchr(b'$', text.as_bytes())?;
    let (before, rest) = text.split_once(PART_SIGN)?;
    let mut parts: Vec<(char, &str)> = Vec::new();
    for part in rest.split(PART_SIGN) {
        let letter =
            part.chars().next().filter(|it| it.is_ascii_uppercase() || it.is_ascii_digit())?;
        parts.push((letter, part.get(1..)?.trim()));
    }
    let mut value = before.trim();
    if value.is_empty() {
        let at = VALUE_PARTS.iter().find_map(|letter| parts.iter().position(|it| it.0 == *letter));
        value = parts.remove(at?).1;
    }
    let words = words_in(value);
    let adds = |(letter, part): &(char, &str)| {
        let repeats = *letter == LOOKUP_PART && words_in(part) == words;
        !part.is_empty() && !repeats
    };
    parts.retain(adds);
    (!value.is_empty()).then_some((value, parts))
}

/// Returns the words of a text in the order of their letters, without signs and case.
fn words_in(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words
}
