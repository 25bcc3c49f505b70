//! Narrows a search among sorted words to those with the same first two bytes, like the thumb index
//! of a dictionary.

use std::ops::Range;

/// The number of byte classes: see [`byte_class`].
const BYTE_CLASSES: usize = 40;

/// Returns the class of a byte of a word: no byte, an ASCII digit, an ASCII lower-case letter, or
/// the bytes before, between or after those. Classes have the order of bytes.
fn byte_class(byte: Option<&u8>) -> usize {
    let Some(&byte) = byte else { return 0 };
    usize::from(match byte {
        0..b'0' => 1,
        b'0'..=b'9' => byte - b'0' + 2,
        b':'..b'a' => 12,
        b'a'..=b'z' => byte - b'a' + 13,
        b'{'.. => 39,
    })
}

/// Groups sorted words into buckets, one for each pair of classes of the first two bytes.
#[derive(Debug, Default)]
pub(super) struct PrefixTable {
    /// The index of the first word of each bucket, then the number of all words.
    bucket_starts: Vec<u32>,
}

impl PrefixTable {
    /// Creates the table for these sorted words.
    pub(super) fn from_sorted_words<'w>(words: impl Iterator<Item = &'w str>) -> PrefixTable {
        let mut starts = vec![0_u32; BYTE_CLASSES * BYTE_CLASSES + 1];
        for word in words {
            if let Some(count) = starts.get_mut(bucket(word) + 1) {
                *count += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        PrefixTable { bucket_starts: starts }
    }

    /// Returns a range of indexes that contains all words with this prefix, and perhaps others.
    /// `None` if the prefix or the table is empty.
    pub(super) fn range(&self, prefix: &str) -> Option<Range<u32>> {
        let first = bucket(prefix);
        let after = if prefix.len() > 1 { first + 1 } else { first + BYTE_CLASSES };
        let start = *self.bucket_starts.get(first).filter(|_| !prefix.is_empty())?;
        Some(start..*self.bucket_starts.get(after)?)
    }

    /// The memory size in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        self.bucket_starts.len() * size_of::<u32>()
    }
}

/// Returns the bucket of a word.
fn bucket(word: &str) -> usize {
    let mut bytes = word.as_bytes().iter();
    byte_class(bytes.next()) * BYTE_CLASSES + byte_class(bytes.next())
}
