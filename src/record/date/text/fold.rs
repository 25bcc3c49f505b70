//! Folding of words: case, accents and variant letters do not count when a word is looked up.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds words for the table: folded letters, with one space between words.
pub(crate) fn fold_words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        word.chars().for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
    }
    folded
}

/// Folds one letter: lower case, without marks, as the letters that stand for it.
pub(crate) fn fold_letter(letter: char, mut push: impl FnMut(char)) {
    if letter.is_ascii() {
        push(letter.to_ascii_lowercase());
        return;
    }
    // Syllables of Korean and Japanese do not come apart.
    if letter >= '\u{2e80}' {
        push(full_width(letter));
        return;
    }
    for lower in letter.to_lowercase() {
        decompose_canonical(lower, |base| {
            if !is_combining_mark(base) {
                fold_base(base, &mut push);
            }
        });
    }
}

/// Replaces letters that have no decomposition.
fn fold_base(letter: char, push: &mut impl FnMut(char)) {
    let pair = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ς' => "σ",
        'ſ' => "s",
        'ª' => "a",
        'ø' | 'º' | '°' => "o",
        'ʹ' | 'ʺ' | 'ʼ' => "",
        other => return push(other),
    };
    pair.chars().for_each(push);
}

/// Turns a full-width letter or digit into the usual one.
fn full_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter).to_ascii_lowercase()
        }
        other => other,
    }
}

/// Hashes a folded word: FNV-1a with 32 bits.
pub(crate) fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
