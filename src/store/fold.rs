//! Letters folded for matching, with the way back to the original letters.
//!
//! Folding makes alike what a reader types alike: letter case, accents and other combining marks,
//! letters that Unicode does not take apart (`ł ø đ ß æ œ þ ð ı`), typographic quotes and dashes,
//! fullwidth and ligature forms, the marks of transliteration. It is Unicode's compatibility
//! decomposition (NFKD, Unicode Standard Annex 15) letter by letter, lower case, and one table.

use std::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

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

/// Folds one letter.
fn fold_letter(letter: char, mut emit: impl FnMut(char)) {
    if letter.is_ascii() {
        emit(letter.to_ascii_lowercase());
        return;
    }
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
        fold_letter(letter, |plain| folded.push(plain));
        rest = letters.as_str();
    }
}

/// How many bytes at the beginning are ASCII; many are looked at together.
fn ascii_length(bytes: &[u8]) -> usize {
    const TOGETHER: usize = 32;
    let whole = bytes.chunks_exact(TOGETHER).take_while(|chunk| chunk.is_ascii()).count();
    let rest = bytes.get(whole * TOGETHER..).unwrap_or_default();
    whole * TOGETHER + rest.iter().take_while(|byte| byte.is_ascii()).count()
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

/// The words of a folded text, as byte ranges: runs of letters, marks and digits.
pub fn words(folded: &str) -> Words<'_> {
    Words { folded, at: 0 }
}

/// Iterates over the words of a folded text.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The folded text.
    folded: &'a str,
    /// Where the search for the next word begins.
    at: usize,
}

impl Words<'_> {
    /// Goes on while letters are, or are not, of a word.
    #[inline]
    fn pass(&mut self, of_word: bool) {
        let bytes = self.folded.as_bytes();
        let kind = if of_word { OF_WORD } else { BESIDE };
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| KINDS[usize::from(*byte)] != kind);
            self.at += plain.unwrap_or(rest.len());
            if bytes.get(self.at).is_none_or(u8::is_ascii) {
                return;
            }
            let rest = self.folded.get(self.at..).unwrap_or_default();
            let letter = rest.chars().next().filter(|letter| is_of_word(*letter) == of_word);
            let Some(letter) = letter else { return };
            self.at += letter.len_utf8();
        }
    }
}

/// The kind of a byte that is beside words.
const BESIDE: u8 = 0;
/// The kind of a byte that is of a word.
const OF_WORD: u8 = 1;
/// The kind of a byte that is a part of a letter beyond ASCII.
const PART: u8 = 2;

/// The kind of each byte.
static KINDS: [u8; 256] = {
    let mut kinds = [PART; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        kinds[byte as usize] = if byte.is_ascii_alphanumeric() { OF_WORD } else { BESIDE };
        byte += 1;
    }
    kinds
};

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        self.pass(false);
        let start = self.at;
        self.pass(true);
        (self.at > start).then_some(start..self.at)
    }
}

/// Whether a letter belongs to a word: letters, marks and digits do.
pub fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}
