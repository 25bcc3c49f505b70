//! What a record looks like, as hashes that stay the same when a parser gets better.

use xxhash_rust::xxh3::xxh3_64;

use super::{Field, FieldRef, Record, SourceHash, is_about_other_values};
use crate::text::fold::fold;
use crate::text::words::words;

/// The version of [`Fingerprint::content`]. Saved hashes of another version are not compared.
pub const CONTENT_VERSION: u32 = 1;

/// The version of [`Fingerprint::source`]. Saved hashes of another version are not compared.
pub const SOURCE_VERSION: u32 = 1;

/// The fewest bytes of title, date and other values that tell a record apart in any archive.
const MIN_DISTINCT_BYTES: usize = 60;
/// The fewest words of a title that, with a date, tell a record apart in any archive.
const MIN_DISTINCT_TITLE_WORDS: usize = 4;
/// The fewest bytes of an id that, with a title, tell a record apart in any archive.
const MIN_DISTINCT_ID_BYTES: usize = 5;

/// Hashes of what a record looks like.
///
/// Title and date are compared by their words, without case, accents, punctuation and order, so that
/// a better parser of either does not change them.
///
/// ```
/// use fonds::record::Fingerprint;
///
/// let marked = Fingerprint::new(None, "ordinary letters. The", "May 1951", None);
/// let opened = Fingerprint::new(None, "The ordinary letters", "May 1951", None);
/// assert_eq!(marked.title, opened.title);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// The record's own id.
    pub id: Option<u64>,
    /// The title; `None` if there is none.
    pub title: Option<u64>,
    /// The text of the date; `None` if there is none.
    pub date: Option<u64>,
    /// All other values, in any order and under any names; `None` if there are none.
    pub content: Option<u64>,
    /// What its file says, however it is parsed; `None` if it is not known: see [`SourceHash`].
    pub source: Option<u64>,
    /// Title and date letter by letter. It only decides between records that are the same otherwise.
    pub spelling: u64,
    /// Whether id, title and date tell the record apart in any archive.
    pub is_distinct: bool,
    /// Whether all values together tell the record apart in any archive.
    pub is_distinct_as_a_whole: bool,
}

impl Fingerprint {
    /// Creates the fingerprint of a record with these texts, as its file writes them.
    pub fn from_texts<'t>(texts: impl Iterator<Item = (FieldRef<'t>, &'t str)>) -> Fingerprint {
        let (mut id, mut title, mut date) = (None, None, "");
        let (mut content, mut bytes) = (None, 0);
        let is_content = |field: FieldRef<'t>| !matches!(field, FieldRef::Own(name) if is_about_other_values(name));
        for (field, text) in texts.filter(|(field, _)| is_content(*field)) {
            bytes += text.len();
            match field {
                FieldRef::Date => date = text,
                FieldRef::Known(Field::Id) if id.is_none() => id = Some(text),
                FieldRef::Known(Field::Title) if title.is_none() => title = Some(text),
                _ if text.trim().is_empty() => {}
                _ => {
                    let sum: u64 = content.unwrap_or_default();
                    content = Some(sum.wrapping_add(xxh3_64(text.trim().as_bytes())));
                }
            }
        }
        let mut fingerprint = Fingerprint::new(id, title.unwrap_or_default(), date, content);
        fingerprint.is_distinct_as_a_whole |= bytes >= MIN_DISTINCT_BYTES;
        fingerprint
    }

    /// Creates the fingerprint of a record.
    pub fn from_record(record: &Record) -> Fingerprint {
        let date = std::iter::once((FieldRef::Date, record.date.text.as_str()));
        let values = record.values.iter();
        let values = values.map(|(field, value)| (FieldRef::Known(*field), value.as_str()));
        let own = record.own.iter();
        let own = own.map(|(name, value)| (FieldRef::Own(name), value.as_str()));
        Fingerprint::from_texts(date.chain(values).chain(own)).with_source(record.source_hash)
    }

    /// Creates the fingerprint of a record with this id, title and date, as its file writes them, and
    /// this hash of its other values.
    pub fn new(id: Option<&str>, title: &str, date: &str, content: Option<u64>) -> Fingerprint {
        let spelling = xxh3_64(title.as_bytes()).rotate_left(21) ^ xxh3_64(date.as_bytes());
        let (title, title_words) = hash_words(title);
        let (date, _) = hash_words(date);
        let has_distinct_id = id.is_some_and(|id| id.len() >= MIN_DISTINCT_ID_BYTES);
        let has_distinct_title = date.is_some() && title_words >= MIN_DISTINCT_TITLE_WORDS;
        let is_distinct = has_distinct_title || (title.is_some() && has_distinct_id);
        let id = id.map(|id| xxh3_64(id.as_bytes()));
        let is_distinct_as_a_whole = is_distinct;
        let source = None;
        Fingerprint {
            id,
            title,
            date,
            content,
            source,
            spelling,
            is_distinct,
            is_distinct_as_a_whole,
        }
    }

    /// Returns the fingerprint with what the file says.
    #[must_use]
    pub fn with_source(self, source: SourceHash) -> Fingerprint {
        Fingerprint { source: source.get(), ..self }
    }

    /// Whether both records look the same, however their files write it.
    pub fn looks_like(&self, other: &Fingerprint) -> bool {
        self.look() == other.look()
    }

    /// What the record looks like, without how its file writes it.
    pub(crate) fn look(&self) -> Fingerprint {
        Fingerprint { source: None, ..*self }
    }

    /// The hash of id, title and date together.
    pub fn text(&self) -> u64 {
        let parts = [self.id, self.title, self.date].map(Option::unwrap_or_default);
        parts.into_iter().fold(0, |hash, part| {
            // The golden ratio, as in Fibonacci hashing, spreads the bits of each part.
            hash.rotate_left(21) ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    }
}

/// Whether a title has enough words to tell a record apart in its archive.
pub fn is_distinct_title(title: &str) -> bool {
    hash_words(title).1 >= MIN_DISTINCT_TITLE_WORDS
}

/// Returns a hash of the words of a text in any order, or `None` without a word, and the number of
/// words.
fn hash_words(text: &str) -> (Option<u64>, usize) {
    let folded = fold(text);
    let (mut hash, mut count) = (0_u64, 0);
    for word in words(&folded).filter_map(|range| folded.get(range)) {
        hash = hash.wrapping_add(xxh3_64(word.as_bytes()));
        count += 1;
    }
    ((count > 0).then_some(hash), count)
}
