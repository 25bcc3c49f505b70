//! The signs round and behind a name: square brackets, question marks, full stops, commas.

use super::words::{WORDS, is_initials, is_lower_case};
use crate::text::fold::fold;

/// Removes square brackets round the whole text. `None` if there are none.
pub(super) fn strip_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then(|| inner.trim())
}

/// Splits the sign of doubt off the end of a name. It is empty if there is none.
///
/// A question mark behind a number belongs to a date.
pub(super) fn split_doubt(text: &str) -> (&str, &str) {
    for sign in ["(?)", "[?]", "?"] {
        if let Some(name) = text.strip_suffix(sign) {
            let name = name.trim_end();
            let is_date = sign == "?" && name.ends_with(|c: char| c.is_numeric() || c == '-');
            if !is_date && name.chars().any(char::is_alphanumeric) {
                return (name, sign);
            }
        }
    }
    (text, "")
}

/// Splits a text at the commas that are not in brackets.
pub(super) fn split_commas(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = text.split(|letter: char| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Splits the text in round brackets off the end of a part: `T. S.` and `Thomas Stearns`.
pub(super) fn split_round_brackets(part: &str) -> Option<(&str, &str)> {
    let inner = part.trim().strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let (before, inner) = inner.split_at(open);
    let inner = inner.trim_start_matches('(').trim();
    let is_whole = !before.trim().is_empty() && !inner.is_empty() && !inner.contains(')');
    is_whole.then(|| (before.trim_end(), inner))
}

/// Removes the full stop that ends a heading, unless it belongs to an initial or an abbreviation.
pub(super) fn strip_full_stop(text: &str) -> &str {
    let mut text = text.trim_end_matches([',', ';', ' ']).trim();
    // `Army..`, but not `Army...`
    if text.ends_with("..") && !text.ends_with("...") {
        text = text.strip_suffix('.').unwrap_or(text);
    }
    let Some(bare) = text.strip_suffix('.').map(str::trim_end) else { return text };
    let last = bare.rsplit([' ', ',']).next().unwrap_or("");
    let before = bare.get(..bare.len() - last.len()).unwrap_or("").trim_end();
    let last = last.trim_matches(['(', ')', '[', ']']);
    let is_place = before.ends_with(',') && WORDS.place_abbreviations.has(last);
    if is_place || bare.ends_with('.') || is_abbreviation(last) { text } else { bare }
}

/// Whether a word is an initial or an abbreviation, so that a full stop behind it belongs to it.
fn is_abbreviation(word: &str) -> bool {
    // `Medici, House of.`
    let is_particle = WORDS.title_ends.has(word) && is_lower_case(word);
    let length = word.chars().filter(|letter| letter.is_alphanumeric()).count();
    let has_vowel = fold(word).contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_latin = word.chars().all(|letter| letter.is_alphabetic() && letter < '\u{250}');
    (!is_particle && length < 3)
        || word.contains('.')
        || word.chars().skip(1).any(char::is_uppercase)
        || (is_latin && !has_vowel)
        || is_initials(&format!("{word}."))
        || WORDS.abbreviations.has(word)
        || WORDS.suffixes.has(word)
}
