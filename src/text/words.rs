//! Splitting a folded text into words.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::bit_masks::pack_bytes;

/// Iterates over the words of a folded text, as byte ranges.
///
/// A word is a sequence of letters, combining marks and digits.
///
/// ```
/// use fonds::text::words::words;
///
/// let folded = "letter no. 12";
/// let found: Vec<&str> = words(folded).map(|range| &folded[range]).collect();
/// assert_eq!(found, ["letter", "no", "12"]);
/// ```
pub fn words(folded: &str) -> WordRanges<'_> {
    WordRanges { folded, chunk_start: 0, pending_mask: word_byte_mask(folded, 0) }
}

/// The iterator that [`words`] returns. It classifies 64 bytes at a time.
#[derive(Clone, Debug)]
pub struct WordRanges<'a> {
    /// The folded text.
    folded: &'a str,
    /// The byte at which the current chunk begins.
    chunk_start: usize,
    /// The bytes of the chunk that belong to words not yet returned: see [`word_byte_mask`].
    pending_mask: u64,
}

/// The number of bytes that are classified together: one per bit of a mask.
const CHUNK_BYTES: usize = u64::BITS as usize;

impl WordRanges<'_> {
    /// Advances to the next chunk. Returns false at the end of the text.
    #[inline]
    fn next_chunk(&mut self) -> bool {
        self.chunk_start += CHUNK_BYTES;
        let more = self.chunk_start < self.folded.len();
        self.pending_mask = if more { word_byte_mask(self.folded, self.chunk_start) } else { 0 };
        more
    }
}

impl Iterator for WordRanges<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        while self.pending_mask == 0 {
            if !self.next_chunk() {
                return None;
            }
        }
        let first = self.pending_mask.trailing_zeros();
        let start = self.chunk_start + first as usize;
        let mut end = start + (self.pending_mask >> first).trailing_ones() as usize;
        // Adding the lowest set bit clears the lowest run of ones.
        let lowest_bit = self.pending_mask & self.pending_mask.wrapping_neg();
        self.pending_mask &= self.pending_mask.wrapping_add(lowest_bit);
        // The word may continue in the next chunk.
        while end == self.chunk_start + CHUNK_BYTES && self.next_chunk() {
            end += self.pending_mask.trailing_ones() as usize;
            self.pending_mask &= self.pending_mask.wrapping_add(1);
        }
        Some(start..end)
    }
}

/// Returns which bytes of the chunk at `start` belong to words. The lowest bit is the first byte.
#[inline]
fn word_byte_mask(folded: &str, start: usize) -> u64 {
    let rest = folded.as_bytes().get(start..).unwrap_or_default();
    let chunk = rest.get(..rest.len().min(CHUNK_BYTES)).unwrap_or_default();
    if !chunk.is_ascii() {
        return word_byte_mask_by_letter(folded, start);
    }
    let mut is_word = [0_u8; CHUNK_BYTES];
    for (flag, byte) in is_word.iter_mut().zip(chunk) {
        *flag = u8::from(byte.is_ascii_alphanumeric());
    }
    let (eights, _) = is_word.as_chunks::<8>();
    let bits = eights.iter().map(|eight| pack_bytes(u64::from_le_bytes(*eight)));
    bits.enumerate().fold(0, |mask, (i, bits)| mask | bits << (8 * i))
}

/// Like [`word_byte_mask`], letter by letter, for chunks that are not all ASCII.
fn word_byte_mask_by_letter(folded: &str, start: usize) -> u64 {
    let boundary = (0..=start).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
    let letters = folded.get(boundary..).unwrap_or_default().char_indices();
    let mut mask = 0;
    for (at, letter) in letters.take_while(|(at, _)| boundary + at < start + CHUNK_BYTES) {
        for byte in boundary + at..boundary + at + letter.len_utf8() {
            let bit = byte.checked_sub(start).filter(|bit| *bit < CHUNK_BYTES);
            mask |= bit.map_or(0, |bit| u64::from(is_word_char(letter)) << bit);
        }
    }
    mask
}

/// Whether a character belongs to a word: a letter, a combining mark or a digit.
pub fn is_word_char(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// The bits of a [`letter_mask`] for `a` to `z`.
pub const LATIN_LETTERS: u32 = (1 << 26) - 1;

/// Returns the set of letters in a word: one bit each for `a` to `z`, six shared by all others.
///
/// Two masks show which letters one word has and another lacks, without comparing letters.
pub fn letter_mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, letter| {
        let bit = match letter {
            'a'..='z' => letter as u32 - 'a' as u32,
            other => 26 + other as u32 % 6,
        };
        mask | 1 << bit
    })
}
