//! Words whose full stop belongs to them: `assets/abbreviations.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `assets/abbreviations.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    both: Vec<String>,
    names: Vec<String>,
    citations: Vec<String>,
}

/// The words that the program knows.
static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../../assets/abbreviations.toml"));
    debug_assert!(words.is_ok(), "assets/abbreviations.toml has the keys of Abbreviations");
    words.unwrap_or_default()
});

/// The words in citations, as they are written.
static IN_CITATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = ABBREVIATIONS.both.iter().chain(&ABBREVIATIONS.citations);
    words.map(String::as_str).collect()
});

/// Returns the words at the end of names, in any case.
pub(super) fn in_names() -> impl Iterator<Item = &'static str> {
    ABBREVIATIONS.both.iter().chain(&ABBREVIATIONS.names).map(String::as_str)
}

/// Whether the full stop behind a word of a citation belongs to it: `Inc.`, `Sept.` Capitals matter.
pub(crate) fn is_abbreviation_in_citation(word: &str) -> bool {
    IN_CITATIONS.contains(word)
}
