//! Decodes MARC-8: ASCII and the Latin letters of ANSEL, and the other scripts that escape sequences choose.
//!
//! See <https://www.loc.gov/marc/specifications/speccharmarc8.html>.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The letters of ANSEL from 0xA1 on. A space stands for a byte without a letter.
const ANSEL_LETTERS: &str = "ŁØĐÞÆŒʹ·♭®±ƠƯʼ ʻłøđþæœʺı£ð ơư  °ℓ℗©♯¿¡ß€";

/// The final bytes of the escape sequences for Basic Latin and Extended Latin (ANSEL).
const BASIC_LATIN: u8 = 0x42;
const ANSEL: u8 = 0x45;
/// The final byte for Chinese, Japanese and Korean (EACC), whose letters have three bytes.
const EACC: u8 = 0x31;

/// A letter, or a mark that stands before its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Letter(char),
    Mark(char),
}

/// The letters of the other scripts, by the final byte of their escape sequence and their code.
static SCRIPTS: LazyLock<HashMap<(u8, u32), Sign>> = LazyLock::new(|| {
    let lines = include_str!("../../../../assets/marc8.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(parse_line).collect()
});

/// Parses a line of the table.
fn parse_line(line: &str) -> Option<((u8, u32), Sign)> {
    let mut cells = line.split('\t');
    let mut number = || u32::from_str_radix(cells.next()?, 16).ok();
    let (script, code, letter) = (number()?, number()?, char::from_u32(number()?)?);
    let sign = if cells.next().is_some() { Sign::Mark(letter) } else { Sign::Letter(letter) };
    Some(((u8::try_from(script).ok()?, code), sign))
}
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

/// Decodes bytes and composes the letters (NFC). Bytes without a letter become `�`.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut marks: Vec<char> = Vec::new();
    let (mut lower, mut upper) = (BASIC_LATIN, ANSEL);
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        if *first == 0x1b
            && let Some((half, script, length)) = parse_escape(rest)
        {
            match half {
                Half::Lower => lower = script,
                Half::Upper => upper = script,
            }
            rest = rest.get(length..).unwrap_or(&[]);
            continue;
        }
        let script = if *first < 0x80 { lower } else { upper };
        let is_eacc = script == EACC && (0x21..0x7f).contains(&(first & 0x7f));
        let length = if is_eacc { 3.min(rest.len()) } else { 1 };
        let (code, following) = rest.split_at_checked(length).unwrap_or((rest, after));
        rest = following;
        match decode_sign(script, code) {
            None => {}
            Some(Sign::Mark(mark)) => marks.push(mark),
            Some(Sign::Letter(letter)) => {
                text.push(letter);
                text.extend(marks.drain(..));
            }
        }
    }
    text.extend(marks);
    text.nfc().collect()
}

/// One of the two halves of the codes, whose scripts are chosen apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    /// Bytes below 0x80 (G0).
    Lower,
    /// Bytes from 0x80 on (G1).
    Upper,
}

/// Parses an escape sequence: the half that it sets, the script, and the length of the sequence.
fn parse_escape(bytes: &[u8]) -> Option<(Half, u8, usize)> {
    let (half, script, length) = match bytes {
        [_, b')' | b'-', b'!', script, ..] | [_, b'$', b')' | b'-', script, ..] => {
            (Half::Upper, *script, 4)
        }
        [_, b'(' | b',', b'!', script, ..] | [_, b'$', b'(' | b',', script, ..] => {
            (Half::Lower, *script, 4)
        }
        [_, b'$' | b'(' | b',', script, ..] => (Half::Lower, *script, 3),
        [_, b')' | b'-', script, ..] => (Half::Upper, *script, 3),
        [_, b's', ..] => (Half::Lower, BASIC_LATIN, 2),
        [_, script @ (b'g' | b'b' | b'p'), ..] => (Half::Lower, *script, 2),
        _ => return None,
    };
    let is_known = [BASIC_LATIN, ANSEL, EACC].contains(&script) || b"234NQSgbp".contains(&script);
    is_known.then_some((half, script, length))
}

/// Decodes one code. `None` for a code that is no letter and means nothing for the reader.
fn decode_sign(script: u8, code: &[u8]) -> Option<Sign> {
    let unknown = Sign::Letter('\u{fffd}');
    let [byte] = code else {
        let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(byte & 0x7f));
        // The tables give this sign for letters that Unicode has not.
        let found = SCRIPTS.get(&(script, number)).filter(|it| **it != Sign::Letter('〓'));
        return Some(found.copied().unwrap_or(unknown));
    };
    Some(match (script, *byte) {
        // Begin and end of words that are ignored in sorting.
        (_, 0x88 | 0x89) => return None,
        (_, 0x8d) => Sign::Letter('\u{200d}'), // zero width joiner
        (_, 0x8e) => Sign::Letter('\u{200c}'), // zero width non-joiner
        (_, b'\t' | b'\n' | b'\r' | b' ' | 0xa0) => Sign::Letter(' '),
        (BASIC_LATIN, 0x21..=0x7e) => Sign::Letter(char::from(*byte)),
        (ANSEL, byte) => match byte | 0x80 {
            code @ 0xe0..=0xfe => {
                let mark = ANSEL_ACCENTS.get(usize::from(code - 0xe0));
                Sign::Mark(mark.copied().unwrap_or('\u{fffd}'))
            }
            code @ 0xa1..=0xc8 => Sign::Letter(decode_ansel_letter(code)),
            _ => unknown,
        },
        (script, byte) => {
            SCRIPTS.get(&(script, u32::from(byte & 0x7f))).copied().unwrap_or(unknown)
        }
    })
}

/// Decodes the byte of a letter of ANSEL, from 0xA1 on.
fn decode_ansel_letter(byte: u8) -> char {
    let found = ANSEL_LETTERS.chars().nth(usize::from(byte - 0xa1));
    found.filter(|letter| *letter != ' ').unwrap_or('\u{fffd}')
}

/// Whether the bytes outside of ASCII are plausible as MARC-8: each mark stands before a letter that it is
/// often written on, and no byte is without a letter.
pub(super) fn fit(bytes: &[u8]) -> Fit {
    let mut fit = Fit::default();
    for pair in bytes.windows(2).chain(bytes.last_chunk::<1>().map(<[u8; 1]>::as_slice)) {
        let [byte, following @ ..] = pair else { continue };
        let next = following.first().copied().unwrap_or(b' ');
        let is_vowel = b"aeiouyAEIOUY".contains(&next);
        match byte {
            0x1b => fit.escapes += 1,
            0xa1..=0xa6 | 0xab | 0xad | 0xae | 0xb0..=0xb6 | 0xb8 | 0xbc | 0xbd => fit.neutral += 1,
            // Latin-1 has its letters from here on.
            0xc9..=0xdf | 0xfc | 0xfd | 0xff => fit.bad += 2,
            0xe0..=0xea if is_vowel => fit.good += 1,
            0xe9 | 0xe2 if b"cdnrstzlgkjCDNRSTZL".contains(&next) => fit.neutral += 1,
            0xf0 if b"csgktlnrCSGKTLNR".contains(&next) => fit.good += 1,
            0xeb..=0xfb | 0xfe if next.is_ascii_alphabetic() => fit.neutral += 1,
            0xe0..=0xfb | 0xfe if next >= 0xe0 => fit.neutral += 1,
            0xe4 if b"nN".contains(&next) => fit.good += 1,
            0xe0..=0xfe => fit.bad += 1,
            _ => {}
        }
    }
    fit
}

/// How well bytes fit MARC-8.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// The number of escape sequences.
    pub(super) escapes: usize,
    /// The number of marks before a letter that they are often written on.
    pub(super) good: usize,
    /// The number of bytes that may be in MARC-8 and in another encoding.
    pub(super) neutral: usize,
    /// The number of bytes that are rare in MARC-8, or without a letter.
    pub(super) bad: usize,
}

/// Whether a text has escape sequences that choose a script.
pub(super) fn has_scripts(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0x1b, bytes)
        .any(|at| bytes.get(at..).is_some_and(|rest| parse_escape(rest).is_some()))
}
