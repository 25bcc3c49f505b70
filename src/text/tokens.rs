//! Splitting a folded text into the tokens that are indexed and searched for.
//!
//! A token is a word, but in scripts that are written without spaces between words: Chinese, Japanese, Thai, Lao,
//! Khmer, Burmese. There each letter begins a token, which has the letter after it, too. So any letters that stand side by
//! side are found, without a dictionary:
//!
//! ```text
//! 北京大学 1945     ->  北京  京大  大学  学  1945
//! ```

use std::ops::Range;

use super::words::{WordRanges, words};

/// The letters of scripts without spaces between words, as ranges of code points in order. Digits are not among them.
const UNSPACED_LETTERS: [(u32, u32); 23] = [
    // Thai, Lao
    (0x0e01, 0x0e4e),
    (0x0e81, 0x0ece),
    (0x0edc, 0x0edf),
    // Burmese
    (0x1000, 0x103f),
    (0x1050, 0x108f),
    (0x109a, 0x109f),
    // Khmer
    (0x1780, 0x17dd),
    // Tai Le, New Tai Lue, Tai Tham
    (0x1950, 0x19cf),
    (0x1a20, 0x1a7f),
    // Radicals and marks of Chinese and Japanese
    (0x2e80, 0x2fdf),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    // Hiragana, Katakana, Bopomofo
    (0x3041, 0x30ff),
    (0x3100, 0x312f),
    (0x31a0, 0x31bf),
    (0x31f0, 0x31ff),
    // Chinese characters
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    // Burmese extensions
    (0xa9e0, 0xa9ef),
    (0xa9fa, 0xa9fe),
    (0xaa60, 0xaa7f),
    // Further Chinese characters
    (0xf900, 0xfaff),
    (0x20000, 0x3ffff),
];

/// The first byte of each letter of [`UNSPACED_LETTERS`] is at least this one.
const MIN_FIRST_BYTE: u8 = 0xe0;

/// Whether a letter belongs to a script without spaces between words.
pub fn is_unspaced(letter: char) -> bool {
    let code = u32::from(letter);
    let index = UNSPACED_LETTERS.partition_point(|(_, last)| *last < code);
    UNSPACED_LETTERS.get(index).is_some_and(|(first, _)| *first <= code)
}

/// Whether a text may have letters of a script without spaces between words. It looks at bytes only.
pub fn may_have_unspaced(folded: &str) -> bool {
    !folded.is_ascii() && folded.bytes().any(|byte| byte >= MIN_FIRST_BYTE)
}

/// Iterates over the tokens of a folded text, as byte ranges. Ranges of scripts without spaces overlap.
///
/// ```
/// use fonds::text::tokens::tokens;
///
/// let folded = "letter of 北京大学";
/// let found: Vec<&str> = tokens(folded).map(|range| &folded[range]).collect();
/// assert_eq!(found, ["letter", "of", "北京", "京大", "大学", "学"]);
/// ```
pub fn tokens(folded: &str) -> Tokens<'_> {
    let may_have_unspaced = may_have_unspaced(folded);
    Tokens { folded, words: words(folded), may_have_unspaced, rest: 0..0 }
}

/// The iterator that [`tokens`] returns.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    /// The folded text.
    folded: &'a str,
    /// The words that are not split yet.
    words: WordRanges<'a>,
    /// Whether words have to be split.
    may_have_unspaced: bool,
    /// The rest of the word that is being split.
    rest: Range<usize>,
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        if !self.may_have_unspaced {
            return self.words.next();
        }
        if self.rest.is_empty() {
            self.rest = self.words.next()?;
        }
        let (token, next) = first_token(self.folded.get(self.rest.clone())?);
        let start = self.rest.start;
        self.rest.start += next;
        Some(start..start + token)
    }

    /// Most texts have spaces only: their words are iterated over without a look at each.
    #[inline]
    fn fold<T, F: FnMut(T, Range<usize>) -> T>(self, initial: T, mut add: F) -> T {
        if !self.may_have_unspaced {
            return self.words.fold(initial, add);
        }
        let mut all = initial;
        for token in self {
            all = add(all, token);
        }
        all
    }
}

/// Returns the length of the first token of a word in bytes, and the byte at which the next one begins.
fn first_token(word: &str) -> (usize, usize) {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or_default();
    if is_unspaced(first) {
        let second = letters.next().filter(|letter| is_unspaced(*letter));
        return (first.len_utf8() + second.map_or(0, char::len_utf8), first.len_utf8());
    }
    let end = word.find(is_unspaced).unwrap_or(word.len());
    (end, end)
}

/// Returns the tokens of a typed text. Behind its last letter of a script without spaces others may follow in a record, so
/// that this letter alone is no token, unless it is the only one.
pub fn typed_tokens(folded: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = tokens(folded).collect();
    if let [.., before, last] = tokens.as_slice()
        && before.end == last.end
    {
        tokens.pop();
    }
    tokens
}

/// Whether a token of a typed text is a single letter of a script without spaces, which begins longer tokens.
pub fn is_unspaced_letter(token: &str) -> bool {
    let mut letters = token.chars();
    letters.next().is_some_and(is_unspaced) && letters.next().is_none()
}
