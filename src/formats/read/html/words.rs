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
    pub(super) kinds: Vec<String>,
    pub(super) kind_phrases: Vec<String>,
    pub(super) kind_joints: Vec<String>,
    pub(super) streets: Vec<String>,
    pub(super) territories: Vec<String>,
    pub(super) password_fields: Vec<String>,
    pub(super) checks: Vec<String>,
    pub(super) not_found: Vec<String>,
    pub(super) no_results: Vec<String>,
    pub(super) login_lines: Vec<String>,
    pub(super) server_errors: Vec<String>,
    pub(super) message_leads: Vec<String>,
    pub(super) message_ends: Vec<String>,
    pub(super) searches: Vec<String>,
    pub(super) events: Vec<String>,
    #[serde(rename = "page_words")]
    words_for_page: Vec<String>,
    news_headings: Vec<String>,
    articles: Vec<String>,
    foot_words: Vec<String>,
    other_fields: Vec<String>,
    pub(super) institutions: Vec<String>,
    pub(super) institution_ends: Vec<String>,
    pub(super) institution_joints: Vec<String>,
    pub(super) institution_no_names: Vec<String>,
    pub(super) menu_words: Vec<String>,
}

/// The words of pages. A test reads the file, so that it is sound.
pub(super) static WORDS: LazyLock<PageWords> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../../../../assets/pages.toml"));
    debug_assert!(words.is_ok(), "assets/pages.toml: {words:?}");
    words.unwrap_or_default()
});

/// Whether a text is the label of a field that has no meaning of its own in a record: `Extent`.
pub(in crate::formats::read) fn names_other_field(label: &str) -> bool {
    has(&WORDS.other_fields, &label.to_lowercase())
}

/// Whether a text has a word for a page.
pub(super) fn names_page(text: &str) -> bool {
    words_of(text).iter().any(|word| has(&WORDS.words_for_page, word))
}

/// Whether a list has a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|it| it == word)
}

/// Whether one of the words of a class is in a list: `record-title` has `title`.
pub(super) fn class_has(list: &[String], class: &str) -> bool {
    has(list, &class.to_lowercase()) || words_of(class).iter().any(|word| has(list, word))
}

/// Whether a text is the name of a kind of document, such as `Journal Article`.
pub(in crate::formats::read) fn names_kind(text: &str) -> bool {
    let words = words_of(text);
    if has(&WORDS.kind_phrases, &words.join(" ")) {
        return true;
    }
    let mut kinds = words.iter().filter(|word| !has(&WORDS.kind_joints, word)).peekable();
    kinds.peek().is_some() && kinds.all(|word| has(&WORDS.kinds, word))
}

/// Whether a text begins or ends with a word for a street: `Orla Road`, `Rue de la Paix`, `Lange Straße`.
pub(in crate::formats::read) fn names_street(text: &str) -> bool {
    let words = words_of(text);
    let is_street = |word: &String| {
        has(&WORDS.streets, word) || word.ends_with("strasse") || word.ends_with("straße")
    };
    words.first().is_some_and(is_street) || words.last().is_some_and(is_street)
}

/// Whether a text has a word for a territory: `Orla, Lake County`.
pub(super) fn names_territory(text: &str) -> bool {
    words_of(text).iter().any(|word| has(&WORDS.territories, word))
}

/// Whether a text is the heading of a part that lists other things than the page is about: “Related items”.
pub(in crate::formats::read) fn is_furniture_heading(text: &str) -> bool {
    starts_with_phrase(text, &WORDS.furniture_headings)
}

/// Whether a text is the heading of news below an article: “More stories”.
pub(in crate::formats::read) fn is_news_heading(text: &str) -> bool {
    starts_with_phrase(text, &WORDS.news_headings)
}

/// Returns the words with which a line in the foot of a page begins: “Last updated” of “Last updated 3 March 2024”.
pub(in crate::formats::read) fn foot_word(text: &str) -> Option<&str> {
    let begins = |words: &&String| {
        let start = text.get(..words.len()).filter(|it| it.to_lowercase() == **words)?;
        let rest = text.get(start.len()..)?;
        (!rest.starts_with(char::is_alphabetic)).then_some(start)
    };
    WORDS.foot_words.iter().filter_map(|words| begins(&words)).max_by_key(|words| words.len())
}

fn starts_with_phrase(text: &str, phrases: &[String]) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|start| {
        let rest = text.strip_prefix(start.as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a text begins with an article: “The mill is closed”.
pub(in crate::formats::read) fn starts_with_article(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    has(&WORDS.articles, &first)
}
