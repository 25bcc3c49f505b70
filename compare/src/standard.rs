//! The standard set: what is typed, fixed so that one run can be compared with another.

/// A query of the standard set.
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    /// The text.
    pub text: &'static str,
    /// What sort of query it is.
    pub kind: &'static str,
    /// Whether it is words alone, so that a fuzzy finder can answer it too.
    pub words: bool,
}

/// A query of words.
const fn words(kind: &'static str, text: &'static str) -> Typed {
    Typed { text, kind, words: true }
}

/// A query that means something only to a program that knows dates, phrases or what to leave out.
const fn more(kind: &'static str, text: &'static str) -> Typed {
    Typed { text, kind, words: false }
}

/// The standard set; each finds something in the generated archive of a million records.
pub const SET: [Typed; 12] = [
    words("one letter", "s"),
    words("two letters", "st"),
    words("a name", "stalin"),
    words("a beginning", "khrush"),
    words("two words", "soong stalin"),
    words("three words", "kim dulles report"),
    words("four words", "kim stalin meeting moscow"),
    words("a guess", "harimann"),
    more("a name and a year", "stalin 1945"),
    more("dates and a word", "date:1943..1945 embassy"),
    more("a phrase", "\"foreign affairs\""),
    more("a negation", "korea !stalin"),
];
