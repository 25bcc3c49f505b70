//! Decodes MARC-8: ASCII and the Latin letters of ANSEL, where accents come before their letter.

use unicode_normalization::UnicodeNormalization;

/// The letters of ANSEL from 0xA1 on. A space stands for a byte without a letter.
const ANSEL_LETTERS: &str = "ŁØĐÞÆŒʹ·♭®±ƠƯʼ ʻłøđþæœʺı£ð ơư  °ℓ℗©♯¿¡ß€";

/// The accents of ANSEL from 0xE0 on, with their Unicode names.
#[rustfmt::skip]
const ANSEL_ACCENTS: [char; 31] = [
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

/// Decodes bytes and composes the letters (NFC). Bytes of other scripts become `�`.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut accents: Vec<char> = Vec::new();
    for byte in bytes {
        let letter = match byte {
            0xe0..=0xfe => {
                accents.extend(ANSEL_ACCENTS.get(usize::from(byte - 0xe0)));
                continue;
            }
            // Begin and end of words that are ignored in sorting.
            0x88 | 0x89 => continue,
            0x8d => '\u{200d}', // zero width joiner
            0x8e => '\u{200c}', // zero width non-joiner
            0x20..=0x7e => char::from(*byte),
            0xa1..=0xc8 => decode_ansel_letter(*byte),
            b'\t' | b'\n' | b'\r' => ' ',
            _ => '\u{fffd}',
        };
        text.push(letter);
        text.extend(accents.drain(..));
    }
    text.extend(accents);
    text.nfc().collect()
}

/// Decodes the byte of a letter of ANSEL, from 0xA1 on.
fn decode_ansel_letter(byte: u8) -> char {
    let found = ANSEL_LETTERS.chars().nth(usize::from(byte - 0xa1));
    found.filter(|letter| *letter != ' ').unwrap_or('\u{fffd}')
}
