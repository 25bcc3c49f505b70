//! The words of `assets/citations.toml`, by which titles show what a document is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::WordSet;
use crate::text::fold::fold;

/// The words that the program knows.
pub(super) static WORDS: LazyLock<CitationWords> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../../../assets/citations.toml"));
    debug_assert!(words.is_ok(), "assets/citations.toml has the keys of CitationWords");
    words.unwrap_or_default()
});

/// The lists of `assets/citations.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CitationWords {
    modifiers: WordSet,
    articles: WordSet,
    documents: WordSet,
    document_endings: Vec<String>,
    final_documents: Vec<String>,
    pub(super) collection_endings: WordSet,
    pub(super) collection_levels: WordSet,
    pub(super) placeholder_words: WordSet,
    pub(super) citation_leads: Vec<String>,
    /// The words for messages, by their English name.
    correspondence: BTreeMap<String, WordSet>,
    letters: LetterWords,
}

/// Words for several messages.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterWords {
    words: WordSet,
    /// Words at the end of a title in languages that say it last.
    #[serde(rename = "final")]
    last: Vec<String>,
    endings: Vec<String>,
}

/// What a title says a document is, at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    /// One message from a person to another one, with its name in English: `letter`, `telegram`.
    Message(&'static str),
    /// Several messages.
    Messages,
    /// Anything else: minutes, a report, a photograph.
    Other,
}

/// The document that a title begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct DocumentWord {
    /// What it is.
    pub(super) document: Document,
    /// Whether the title says no more: `Letter`, `[Telegram]`.
    pub(super) is_whole_title: bool,
}

impl CitationWords {
    /// Returns the document that a title begins with, behind words such as `draft`; `None` for a title
    /// that does not say what the document is.
    pub(super) fn leading_document(&'static self, title: &str) -> Option<DocumentWord> {
        let words: Vec<&str> = title.split_whitespace().collect();
        let mut rest = words.as_slice();
        loop {
            if let Some((document, count)) = self.document_at(rest) {
                return Some(DocumentWord { document, is_whole_title: count == rest.len() });
            }
            let count = self.modifiers.leading_words(rest);
            if count == 0 {
                return self.final_document(title);
            }
            rest = rest.get(count..).unwrap_or_default();
            rest = rest.get(self.articles.leading_words(rest)..).unwrap_or_default();
        }
    }

    /// Returns the document that the first words name, and their number.
    fn document_at(&'static self, words: &[&str]) -> Option<(Document, usize)> {
        let (first, rest) = words.split_first()?;
        let messages = self
            .correspondence
            .iter()
            .map(|(kind, names)| (Document::Message(kind.as_str()), names.leading_words(words)));
        let others = [
            (Document::Messages, self.letters.words.leading_words(words)),
            (Document::Other, self.documents.leading_words(words)),
        ];
        let longest = messages.chain(others).max_by_key(|(_, count)| *count);
        if let Some(found) = longest.filter(|(_, count)| *count > 0) {
            return Some(found);
        }
        if rest.is_empty() && first.chars().all(|c| !c.is_alphanumeric()) {
            return None;
        }
        let compound = fold(first.trim_end_matches([',', '.', ':', ';', ']']));
        let ends = |endings: &[String]| {
            let is_end = |end: &String| {
                let end = fold(end);
                compound.ends_with(&end) && compound.chars().count() > end.chars().count() + 2
            };
            endings.iter().any(is_end)
        };
        if ends(&self.letters.endings) {
            return Some((Document::Messages, 1));
        }
        ends(&self.document_endings).then_some((Document::Other, 1))
    }

    /// Returns the document that a title in Chinese, Japanese or Korean ends with.
    fn final_document(&'static self, title: &str) -> Option<DocumentWord> {
        let is_sign = |c: char| !c.is_alphanumeric();
        let title = title.trim_end_matches(is_sign);
        let find = |words: &'static [String]| words.iter().find(|word| title.ends_with(*word));
        let (word, document) = match find(&self.letters.last) {
            Some(word) => (word, Document::Messages),
            None => (find(&self.final_documents)?, Document::Other),
        };
        Some(DocumentWord { document, is_whole_title: word.len() == title.len() })
    }

    /// Returns the document that a subject or genre names: `Letters`, `telegrams`.
    pub(super) fn genre(&'static self, text: &str) -> Option<Document> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (document, count) = self.document_at(&words)?;
        (count == words.len()).then_some(document)
    }
}
