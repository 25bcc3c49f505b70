//! Letters folded for matching, with the way back to the original letters.
//!
//! Folding makes alike what a reader types alike: letter case, accents and other combining marks,
//! letters that Unicode does not take apart (`ł ø đ ß æ œ þ ð ı`), typographic quotes and dashes,
//! fullwidth and ligature forms, the marks of transliteration. It is Unicode's compatibility
//! decomposition (NFKD, Unicode Standard Annex 15) letter by letter, lower case, and one table.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// What is folded beyond Unicode's decompositions, in lower case.
fn special(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‐' | '‒' | '–' | '—' | '―' | '−' => "-",
        // Soft signs and hamzas of transliteration, and what is invisible inside a word.
        'ʹ' | 'ʺ' | 'ʻ' | 'ʿ' | 'ʾ' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}'
        | '\u{feff}' => "",
        _ => return None,
    })
}

/// Whether a letter is a mark that folding drops: an accent, a point, a tone mark. Vowel signs of
/// Indic scripts have no combining class and stay, since they are letters in all but name.
fn is_accent(letter: char) -> bool {
    canonical_combining_class(letter) != 0
}

/// Folds one letter by the rules.
fn fold_by_rule(letter: char, mut emit: impl FnMut(char)) {
    decompose_compatible(letter, |part| {
        for lower in part.to_lowercase() {
            match special(lower) {
                Some(plain) => plain.chars().for_each(&mut emit),
                None if is_accent(lower) => {}
                None => emit(lower),
            }
        }
    });
}

/// The folded forms of the letters that are met most, made once: Latin, Greek, Cyrillic and what is
/// beside them (below U+0800), and general punctuation (from U+2000 on).
static FREQUENT: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let letters = (0..LATIN).chain(PUNCTUATION).map(char::from_u32);
    letters.map(|letter| letter.map_or_else(Box::default, by_rule)).collect()
});

/// Below this code point letters are among the frequent ones.
const LATIN: u32 = 0x800;
/// These code points are among the frequent ones too.
const PUNCTUATION: Range<u32> = 0x2000..0x2070;

/// A letter folded by the rules.
fn by_rule(letter: char) -> Box<str> {
    let mut folded = String::new();
    fold_by_rule(letter, |plain| folded.push(plain));
    folded.into()
}

/// The folded form of a letter, where it is a frequent one.
fn frequent(letter: char) -> Option<&'static str> {
    let code = u32::from(letter);
    let place = if code < LATIN {
        code
    } else if PUNCTUATION.contains(&code) {
        LATIN + code - PUNCTUATION.start
    } else {
        return None;
    };
    FREQUENT.get(place as usize).map(AsRef::as_ref)
}

/// Folds one letter.
fn fold_letter(letter: char, mut emit: impl FnMut(char)) {
    if letter.is_ascii() {
        emit(letter.to_ascii_lowercase());
    } else if let Some(folded) = frequent(letter) {
        folded.chars().for_each(emit);
    } else {
        fold_by_rule(letter, emit);
    }
}

/// The folded form of a text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of a text.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    loop {
        let plain = ascii_length(rest.as_bytes());
        let (ascii, other) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        let from = folded.len();
        folded.push_str(ascii);
        if let Some(new) = folded.get_mut(from..) {
            new.make_ascii_lowercase();
        }
        let mut letters = other.chars();
        let Some(letter) = letters.next() else { return };
        match frequent(letter) {
            Some(plain) => folded.push_str(plain),
            None => fold_by_rule(letter, |plain| folded.push(plain)),
        }
        rest = letters.as_str();
    }
}

/// How many bytes at the beginning are ASCII; many are looked at together.
fn ascii_length(bytes: &[u8]) -> usize {
    const TOGETHER: usize = 32;
    let whole = bytes.chunks_exact(TOGETHER).take_while(|chunk| chunk.is_ascii()).count();
    let mut length = whole * TOGETHER;
    let (eights, _) = bytes.get(length..).unwrap_or_default().as_chunks::<8>();
    for eight in eights {
        let others = u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080;
        if others > 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += eight.len();
    }
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// A folded text that knows the original letters.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text the byte at which its original letter begins.
    origins: Vec<usize>,
    /// The length of the original text in bytes.
    original: usize,
}

impl Folded {
    /// Folds a text and keeps the way back.
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
            original: text.len(),
        };
        for (at, letter) in text.char_indices() {
            fold_letter(letter, |plain| {
                folded.text.push(plain);
                folded.origins.resize(folded.text.len(), at);
            });
        }
        folded
    }

    /// The original letters, as a byte range, of a byte range of the folded text. A letter that
    /// folds to several is taken whole, and so are the accents that follow it.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or(self.original);
        if folded.is_empty() {
            return origin(folded.start)..origin(folded.start);
        }
        let last = origin(folded.end - 1);
        let rest = self.origins.get(folded.end..).unwrap_or_default();
        let end = rest.iter().copied().find(|&next| next != last).unwrap_or(self.original);
        origin(folded.start)..end
    }
}
