//! Letters that are written as commands of TeX: `Mart{\'\i}nez`, `Jos\'e`, `{\ss}`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Accent commands and their combining characters.
const ACCENTS: [(char, char); 14] = [
    ('\'', '\u{301}'),
    ('`', '\u{300}'),
    ('^', '\u{302}'),
    ('"', '\u{308}'),
    ('~', '\u{303}'),
    ('=', '\u{304}'),
    ('.', '\u{307}'),
    ('u', '\u{306}'),
    ('v', '\u{30c}'),
    ('H', '\u{30b}'),
    ('c', '\u{327}'),
    ('k', '\u{328}'),
    ('r', '\u{30a}'),
    ('d', '\u{323}'),
];

/// Commands for letters.
const LETTERS: [(&str, &str); 15] = [
    ("ss", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("i", "i"),
    ("j", "j"),
    ("dj", "đ"),
    ("th", "þ"),
];

/// Replaces the commands of TeX for letters by the letters. A text without a backslash is unchanged.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut letters = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or("");
        match letter {
            '\\' => rest = decode_command(rest, &mut letters),
            '{' | '}' => {}
            '~' => letters.push(' '),
            other => letters.push(other),
        }
    }
    letters.into_iter().nfc().collect()
}

/// Decodes the command after a backslash. Returns the text behind it.
fn decode_command<'t>(rest: &'t str, letters: &mut Vec<char>) -> &'t str {
    let Some(first) = rest.chars().next() else { return rest };
    let after = rest.get(first.len_utf8()..).unwrap_or("");
    // Some programs put the accent in place of the command and leave the backslash of a dotless i.
    let accent = if is_combining_mark(first) {
        Some(first)
    } else {
        let is_argument = |text: &str| text.starts_with(['{', '\\', ' ']);
        let known = ACCENTS.iter().find(|(command, _)| *command == first);
        known.filter(|(c, _)| !c.is_alphabetic() || is_argument(after)).map(|(_, mark)| *mark)
    };
    if let Some(accent) = accent {
        let argument = after.trim_start_matches(['{', ' ']);
        let argument = argument.strip_prefix('\\').unwrap_or(argument);
        let mut chars = argument.chars();
        if let Some(letter) = chars.next().filter(|letter| letter.is_alphabetic()) {
            letters.extend([letter, accent]);
            return chars.as_str();
        }
        return after;
    }
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (command, after) = rest.split_at(length);
    match LETTERS.iter().find(|(name, _)| *name == command) {
        Some((_, letter)) => {
            letters.extend(letter.chars());
            after.trim_start_matches(' ')
        }
        None if command.is_empty() => rest,
        None => {
            letters.push('\\');
            rest
        }
    }
}
