//! MARC-8: ASCII and the Latin letters of ANSEL, whose accents stand before their letter.

use unicode_normalization::UnicodeNormalization;

/// The letters of ANSEL from 0xA1; a blank where there is none.
const LETTERS: &str = "ŁØĐÞÆŒʹ·♭®±ƠƯʼ ʻłøđþæœʺı£ð ơư  °ℓ℗©♯¿¡ß€";

/// The accents of ANSEL from 0xE0.
const ACCENTS: [char; 31] = [
    '\u{309}', '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{304}', '\u{306}', '\u{307}',
    '\u{308}', '\u{30c}', '\u{30a}', '\u{fe20}', '\u{fe21}', '\u{315}', '\u{30b}', '\u{310}',
    '\u{327}', '\u{328}', '\u{323}', '\u{324}', '\u{325}', '\u{333}', '\u{332}', '\u{326}',
    '\u{31c}', '\u{32e}', '\u{fe22}', '\u{fe23}', '\u{fffd}', '\u{fffd}', '\u{313}',
];

/// Bytes as text, composed. What is of another script is `�`.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut waiting: Vec<char> = Vec::new();
    for byte in bytes {
        let letter = match byte {
            0xe0..=0xfe => {
                waiting.extend(ACCENTS.get(usize::from(byte - 0xe0)));
                continue;
            }
            0x88 | 0x89 => continue,
            0x20..=0x7e => char::from(*byte),
            0xa1..=0xc8 => letter(*byte),
            b'\t' | b'\n' | b'\r' => ' ',
            _ => '\u{fffd}',
        };
        text.push(letter);
        text.extend(waiting.drain(..));
    }
    text.extend(waiting);
    text.nfc().collect()
}

/// The letter of a byte from 0xA1.
fn letter(byte: u8) -> char {
    let found = LETTERS.chars().nth(usize::from(byte - 0xa1));
    found.filter(|letter| *letter != ' ').unwrap_or('\u{fffd}')
}
