//! The words of a folded text.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::bit_masks::packed;

/// The words of a folded text, as byte ranges: runs of letters, marks and digits.
pub fn words(folded: &str) -> Words<'_> {
    Words { folded, from: 0, left: of_words(folded, 0) }
}

/// Iterates over the words of a folded text, many letters at once.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The folded text.
    folded: &'a str,
    /// Where the stretch that is looked at begins.
    from: usize,
    /// Which of its bytes are of words that are still to come: see [`of_words`].
    left: u64,
}

/// How many bytes are looked at together.
const STRETCH: usize = u64::BITS as usize;

impl Words<'_> {
    /// Goes on to the next stretch; false at the end of the text.
    #[inline]
    fn go_on(&mut self) -> bool {
        self.from += STRETCH;
        let more = self.from < self.folded.len();
        self.left = if more { of_words(self.folded, self.from) } else { 0 };
        more
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        while self.left == 0 {
            if !self.go_on() {
                return None;
            }
        }
        let first = self.left.trailing_zeros();
        let start = self.from + first as usize;
        let mut end = start + (self.left >> first).trailing_ones() as usize;
        // One more at the first of a run of ones, and all of them are zeros.
        self.left &= self.left.wrapping_add(self.left & self.left.wrapping_neg());
        // The word may go on in the next stretch.
        while end == self.from + STRETCH && self.go_on() {
            end += self.left.trailing_ones() as usize;
            self.left &= self.left.wrapping_add(1);
        }
        Some(start..end)
    }
}

/// Which bytes of a stretch of a folded text are of words: the lowest bit is the first byte.
#[inline]
fn of_words(folded: &str, from: usize) -> u64 {
    let rest = folded.as_bytes().get(from..).unwrap_or_default();
    let stretch = rest.get(..rest.len().min(STRETCH)).unwrap_or_default();
    if !stretch.is_ascii() {
        return letters_of_words(folded, from);
    }
    let mut kinds = [0_u8; STRETCH];
    for (kind, byte) in kinds.iter_mut().zip(stretch) {
        *kind = u8::from(byte.is_ascii_alphanumeric());
    }
    let (eights, _) = kinds.as_chunks::<8>();
    let bits = eights.iter().map(|eight| packed(u64::from_le_bytes(*eight)));
    bits.enumerate().fold(0, |all, (at, bits)| all | bits << (8 * at))
}

/// The same where not all bytes are ASCII, letter by letter.
fn letters_of_words(folded: &str, from: usize) -> u64 {
    let start = (0..=from).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
    let letters = folded.get(start..).unwrap_or_default().char_indices();
    let mut all = 0;
    for (at, letter) in letters.take_while(|(at, _)| start + at < from + STRETCH) {
        for byte in start + at..start + at + letter.len_utf8() {
            let bit = byte.checked_sub(from).filter(|bit| *bit < STRETCH);
            all |= bit.map_or(0, |bit| u64::from(is_of_word(letter)) << bit);
        }
    }
    all
}

/// Whether a letter belongs to a word: letters, marks and digits do.
pub fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Which letters a word has: a bit for each from `a` to `z`, and six that all others share. What
/// one word has and another has not is known from two masks, before any letter is compared.
pub fn letter_mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, letter| {
        let bit = match letter {
            'a'..='z' => letter as u32 - 'a' as u32,
            other => 26 + other as u32 % 6,
        };
        mask | 1 << bit
    })
}
