//! MARC-8: ASCII and the Latin letters of ANSEL, whose accents stand before their letter.

use unicode_normalization::UnicodeNormalization;

/// The letters of ANSEL from 0xA1; a blank where there is none.
const LETTERS: &str = "ŁØĐÞÆŒʹ·♭®±ƠƯʼ ʻłøđþæœʺı£ð ơư  °ℓ℗©♯¿¡ß€";

/// The accents of ANSEL from 0xE0, with what Unicode calls each.
#[rustfmt::skip]
const ACCENTS: [char; 31] = [
    '\u{309}', // E0 hook above
    '\u{300}', // E1 grave accent
    '\u{301}', // E2 acute accent
    '\u{302}', // E3 circumflex accent
    '\u{303}', // E4 tilde
    '\u{304}', // E5 macron
    '\u{306}', // E6 breve
    '\u{307}', // E7 dot above
    '\u{308}', // E8 diaeresis
    '\u{30c}', // E9 caron
    '\u{30a}', // EA ring above
    '\u{fe20}', // EB ligature left half
    '\u{fe21}', // EC ligature right half
    '\u{315}', // ED comma above right
    '\u{30b}', // EE double acute accent
    '\u{310}', // EF candrabindu
    '\u{327}', // F0 cedilla
    '\u{328}', // F1 ogonek
    '\u{323}', // F2 dot below
    '\u{324}', // F3 diaeresis below
    '\u{325}', // F4 ring below
    '\u{333}', // F5 double low line
    '\u{332}', // F6 low line
    '\u{326}', // F7 comma below
    '\u{31c}', // F8 left half ring below
    '\u{32e}', // F9 breve below
    '\u{fe22}', // FA double tilde left half
    '\u{fe23}', // FB double tilde right half
    '\u{fffd}', // FC none
    '\u{fffd}', // FD none
    '\u{313}', // FE comma above
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
            // They stand around words that do not count in sorting.
            0x88 | 0x89 => continue,
            0x8d => '\u{200d}',
            0x8e => '\u{200c}',
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
