//! Where the words with the same two first letters stand in a vocabulary: like the letters on the edge
//! of a dictionary, they spare most of the turning of pages.

use std::ops::Range;

/// How many kinds of letters are told apart.
const KINDS: usize = 40;

/// The kind of a letter of a word: none, a digit or letter of ASCII, or what stands before, between
/// or after those. The order of kinds is that of bytes.
fn kind(letter: Option<&u8>) -> usize {
    let Some(&letter) = letter else { return 0 };
    usize::from(match letter {
        0..b'0' => 1,
        b'0'..=b'9' => letter - b'0' + 2,
        b':'..b'a' => 12,
        b'a'..=b'z' => letter - b'a' + 13,
        b'{'.. => 39,
    })
}

/// The sections of a vocabulary: of each two first letters one.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// For each section how many words stand before it; last, how many there are.
    starts: Vec<u32>,
}

impl Sections {
    /// The sections of sorted words.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Sections {
        let mut starts = vec![0_u32; KINDS * KINDS + 1];
        for word in words {
            let section = section(word);
            if let Some(words) = starts.get_mut(section + 1) {
                *words += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        Sections { starts }
    }

    /// Where the words stand that begin with these letters, among others perhaps: nothing where that is
    /// not known.
    pub(super) fn range(&self, letters: &str) -> Option<Range<u32>> {
        let first = section(letters);
        let behind = if letters.len() > 1 { first + 1 } else { first + KINDS };
        let start = *self.starts.get(first).filter(|_| !letters.is_empty())?;
        Some(start..*self.starts.get(behind)?)
    }

    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        self.starts.len() * size_of::<u32>()
    }
}

/// The section of a word.
fn section(word: &str) -> usize {
    let mut letters = word.as_bytes().iter();
    kind(letters.next()) * KINDS + kind(letters.next())
}
