//! Decodes ISO 5426, the Latin letters of UNIMARC before Unicode, where accents come before their letter.
//!
//! See ISO 5426:1983, Extension of the Latin alphabet coded character set for bibliographic information interchange.

use unicode_normalization::UnicodeNormalization;

/// The signs from 0xA1 to 0xBF. A space stands for a byte without a sign.
const SIGNS: &str = "¡„£$¥†§′‘“«♭©℗®ʿʾ‚   ‡·″’”»♯ʹʺ¿";

/// The accents from 0xC0 to 0xDF. `�` stands for a byte without an accent.
#[rustfmt::skip]
const ACCENTS: [char; 32] = [
    '\u{309}', // C0 hook above
    '\u{300}', // C1 grave accent
    '\u{301}', // C2 acute accent
    '\u{302}', // C3 circumflex accent
    '\u{303}', // C4 tilde
    '\u{304}', // C5 macron
    '\u{306}', // C6 breve
    '\u{307}', // C7 dot above
    '\u{308}', // C8 diaeresis
    '\u{308}', // C9 umlaut
    '\u{30a}', // CA ring above
    '\u{315}', // CB comma above right
    '\u{313}', // CC comma above
    '\u{30b}', // CD double acute accent
    '\u{31b}', // CE horn
    '\u{30c}', // CF caron
    '\u{327}', // D0 cedilla
    '\u{31c}', // D1 left half ring below
    '\u{326}', // D2 comma below
    '\u{328}', // D3 ogonek
    '\u{325}', // D4 ring below
    '\u{32e}', // D5 breve below
    '\u{323}', // D6 dot below
    '\u{324}', // D7 diaeresis below
    '\u{332}', // D8 low line
    '\u{333}', // D9 double low line
    '\u{329}', // DA vertical line below
    '\u{32d}', // DB circumflex below
    '\u{fffd}', // DC none
    '\u{360}', // DD double tilde
    '\u{361}', // DE ligature
    '\u{fffd}', // DF none
];

/// The letters from 0xE1 to 0xFC. A space stands for a byte without a letter.
const LETTERS: &str = "ÆĐ   Ĳ ŁØŒ Þ    æđð ıĳ łøœßþ";

/// Decodes bytes and composes the letters (NFC). Bytes without a letter become `�`.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut accents: Vec<char> = Vec::new();
    let nth = |signs: &str, at: u8| signs.chars().nth(usize::from(at)).filter(|it| *it != ' ');
    for byte in bytes {
        let letter = match byte {
            // Begin and end of words that are ignored in sorting.
            0x88 | 0x89 => continue,
            0xc0..=0xdf => {
                accents.extend(ACCENTS.get(usize::from(byte - 0xc0)));
                continue;
            }
            b'\t' | b'\n' | b'\r' => Some(' '),
            0x20..=0x7e => Some(char::from(*byte)),
            0xa1..=0xbf => nth(SIGNS, byte - 0xa1),
            0xe1..=0xfc => nth(LETTERS, byte - 0xe1),
            _ => None,
        };
        text.push(letter.unwrap_or('\u{fffd}'));
        text.extend(accents.drain(..));
    }
    text.extend(accents);
    text.nfc().collect()
}

/// Whether the bytes outside of ASCII are plausible as ISO 5426: accents stand before letters, and there are no
/// capital letters inside of words, which is what small letters of Latin-1 look like.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let neighbour =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        match byte {
            0xc0..=0xdb if b"aeiouycnszgrltdAEIOUYCNSZGRLTD".contains(&after) => good += 1,
            _ if is_unlikely(*byte, before, after) => bad += 1,
            _ => {}
        }
    }
    bad <= good
}

/// Whether a byte has no sign, stands for an accent before no letter, or for a capital letter in a word.
fn is_unlikely(byte: u8, before: u8, after: u8) -> bool {
    let is_accent = matches!(byte, 0xc0..=0xdb | 0xdd | 0xde);
    let is_capital = matches!(byte, 0xe1 | 0xe2 | 0xe6 | 0xe8..=0xea | 0xec);
    let is_other =
        matches!(byte, 0x88 | 0x89 | 0xa1..=0xbf | 0xf1..=0xf3 | 0xf5 | 0xf6 | 0xf8..=0xfc);
    match (is_accent, is_capital) {
        (true, _) => after < 0xc0,
        (_, true) => before.is_ascii_lowercase(),
        _ => !is_other,
    }
}
