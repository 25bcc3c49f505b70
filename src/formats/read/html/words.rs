//! The words by which pages are understood, from `assets/pages.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::formats::field_names::words_of;

/// The lists of `assets/pages.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PageWords {
    pub(super) furniture: Vec<String>,
    pub(super) content: Vec<String>,
    pub(super) furniture_headings: Vec<String>,
    pub(super) beside_title: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) not_title: Vec<String>,
    pub(super) label: Vec<String>,
    pub(super) layout: Vec<String>,
    pub(super) by: Vec<String>,
}

/// The words of pages. A test reads the file, so that it is sound.
pub(super) static WORDS: LazyLock<PageWords> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../../../../assets/pages.toml"));
    debug_assert!(words.is_ok(), "assets/pages.toml: {words:?}");
    words.unwrap_or_default()
});

/// Whether a list has a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|it| it == word)
}

/// Whether one of the words of a class is in a list: `record-title` has `title`.
pub(super) fn class_has(list: &[String], class: &str) -> bool {
    has(list, &class.to_lowercase()) || words_of(class).iter().any(|word| has(list, word))
}
