//! The standard queries. They are fixed, so that runs can be compared with each other.

/// A standard query.
#[derive(Clone, Copy, Debug)]
pub struct StandardQuery {
    /// The text.
    pub text: &'static str,
    /// The kind of query, for the report.
    pub kind: &'static str,
    /// Whether the query is only plain words, so that a fuzzy finder can run it too.
    pub is_words: bool,
}

/// A query of plain words.
const fn plain_words(kind: &'static str, text: &'static str) -> StandardQuery {
    StandardQuery { text, kind, is_words: true }
}

/// A query with dates, phrases or negation, which fuzzy finders do not have.
const fn operators(kind: &'static str, text: &'static str) -> StandardQuery {
    StandardQuery { text, kind, is_words: false }
}

/// The standard queries. Each has matches in the generated archive of a million records.
pub const STANDARD_QUERIES: [StandardQuery; 12] = [
    plain_words("one letter", "s"),
    plain_words("two letters", "st"),
    plain_words("a name", "stalin"),
    plain_words("a prefix", "khrush"),
    plain_words("two words", "soong stalin"),
    plain_words("three words", "kim dulles report"),
    plain_words("four words", "kim stalin meeting moscow"),
    plain_words("a guess", "harimann"),
    operators("a name and a year", "stalin 1945"),
    operators("dates and a word", "date:1943..1945 embassy"),
    operators("a phrase", "\"foreign affairs\""),
    operators("a negation", "korea !stalin"),
];
