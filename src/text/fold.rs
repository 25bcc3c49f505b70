//! Folding text for matching, and mapping folded text back to the original.
//!
//! Folding removes differences that a user does not type: letter case, accents and other combining
//! marks, typographic quotes and dashes, fullwidth and ligature forms, and marks of
//! transliteration. It also folds letters that Unicode does not decompose (`ł ø đ ß æ œ þ ð ı`).
//!
//! The rules are Unicode's compatibility decomposition of each character (NFKD, Unicode Standard
//! Annex 15), lower case, and one table of exceptions.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// The exceptions: returns the folded form of a lower-case character that Unicode does not
/// decompose.
fn extra_fold(letter: char) -> Option<&'static str> {
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
        // Soft signs and hamzas of transliteration, the Arabic stretching line, and invisible characters inside words.
        'ʹ'
        | 'ʺ'
        | 'ʻ'
        | 'ʿ'
        | 'ʾ'
        | 'ـ'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}' => "",
        _ => return None,
    })
}

/// Whether folding drops this character: an accent, a point or a tone mark.
///
/// Vowel signs of Indic scripts have no combining class and stay, because they work as letters.
fn is_accent(letter: char) -> bool {
    canonical_combining_class(letter) != 0
}

/// Folds one letter by the rules, without the table.
fn compute_fold(letter: char, mut emit: impl FnMut(char)) {
    decompose_compatible(letter, |part| {
        for lower in part.to_lowercase() {
            match extra_fold(lower) {
                Some(plain) => plain.chars().for_each(&mut emit),
                None if is_accent(lower) => {}
                None => emit(lower),
            }
        }
    });
}

/// The folded forms of frequent characters, computed once.
///
/// It covers Latin, Greek, Cyrillic and neighbouring scripts (below U+0800), then general
/// punctuation (from U+2000).
static FOLD_TABLE: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let letters = (0..LETTERS_END).chain(GENERAL_PUNCTUATION).map(char::from_u32);
    letters.map(|letter| letter.map_or_else(Box::default, folded_letter)).collect()
});

/// The end of the first code points that the table covers, which begin at 0.
const LETTERS_END: u32 = 0x800;
/// The further code points that the table covers.
const GENERAL_PUNCTUATION: Range<u32> = 0x2000..0x2070;

/// Returns a letter folded by the rules.
fn folded_letter(letter: char) -> Box<str> {
    let mut folded = String::new();
    compute_fold(letter, |plain| folded.push(plain));
    folded.into()
}

/// Returns the folded form of a letter, if the table has it.
fn table_entry(letter: char) -> Option<&'static str> {
    let code = u32::from(letter);
    let index = if code < LETTERS_END {
        code
    } else if GENERAL_PUNCTUATION.contains(&code) {
        LETTERS_END + code - GENERAL_PUNCTUATION.start
    } else {
        return None;
    };
    FOLD_TABLE.get(index as usize).map(AsRef::as_ref)
}

/// Folds one letter.
fn fold_letter(letter: char, mut emit: impl FnMut(char)) {
    if letter.is_ascii() {
        emit(letter.to_ascii_lowercase());
    } else if let Some(folded) = table_entry(letter) {
        folded.chars().for_each(emit);
    } else {
        compute_fold(letter, emit);
    }
}

/// Returns the folded form of a text.
///
/// ```
/// use fonds::text::fold::fold;
///
/// assert_eq!(fold("Mao Żedong’s Œuvre"), "mao zedong's oeuvre");
/// assert_eq!(fold("Łódź – 1945"), "lodz - 1945");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of a text to `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    loop {
        let plain = ascii_prefix_len(rest.as_bytes());
        let (ascii, other) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        let start = folded.len();
        folded.push_str(ascii);
        if let Some(added) = folded.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        let mut letters = other.chars();
        let Some(letter) = letters.next() else { return };
        match table_entry(letter) {
            Some(plain) => folded.push_str(plain),
            None => compute_fold(letter, |plain| folded.push(plain)),
        }
        rest = letters.as_str();
    }
}

/// The number of ASCII bytes at the beginning. It tests many bytes at a time.
fn ascii_prefix_len(bytes: &[u8]) -> usize {
    const CHUNK_BYTES: usize = 32;
    let whole = bytes.chunks_exact(CHUNK_BYTES).take_while(|chunk| chunk.is_ascii()).count();
    let mut length = whole * CHUNK_BYTES;
    let (eights, _) = bytes.get(length..).unwrap_or_default().as_chunks::<8>();
    for eight in eights {
        let non_ascii = u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080;
        if non_ascii > 0 {
            return length + non_ascii.trailing_zeros() as usize / 8;
        }
        length += eight.len();
    }
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// A folded text that can be mapped back to the original text.
#[derive(Clone, Debug)]
pub struct FoldedText {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, the byte at which its original letter begins.
    letter_starts: Vec<usize>,
    /// The length of the original text in bytes.
    original_len: usize,
}

impl FoldedText {
    /// Folds a text and records where each folded byte comes from.
    pub fn new(text: &str) -> FoldedText {
        let mut folded = FoldedText {
            text: String::with_capacity(text.len()),
            letter_starts: Vec::with_capacity(text.len()),
            original_len: text.len(),
        };
        for (at, letter) in text.char_indices() {
            fold_letter(letter, |plain| {
                folded.text.push(plain);
                folded.letter_starts.resize(folded.text.len(), at);
            });
        }
        folded
    }

    /// Maps a byte range of the folded text to the byte range of the original letters.
    ///
    /// The range covers whole letters: a letter that folds to several is included in full, and so
    /// are the accents that follow it.
    pub fn original_range(&self, folded: Range<usize>) -> Range<usize> {
        let letter_start =
            |at: usize| self.letter_starts.get(at).copied().unwrap_or(self.original_len);
        if folded.is_empty() {
            return letter_start(folded.start)..letter_start(folded.start);
        }
        let last = letter_start(folded.end - 1);
        let rest = self.letter_starts.get(folded.end..).unwrap_or_default();
        let end = rest.iter().copied().find(|&next| next != last).unwrap_or(self.original_len);
        letter_start(folded.start)..end
    }
}
