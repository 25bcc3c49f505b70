//! The words of `assets/citations.toml`, by which titles show what a document is.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::WordSet;
use crate::text::fold::fold;

/// The words that the program knows.
pub(in crate::formats) static WORDS: LazyLock<CitationWords> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../../../assets/citations.toml"));
    debug_assert!(words.is_ok(), "assets/citations.toml has the keys of CitationWords");
    words.unwrap_or_default()
});

/// The lists of `assets/citations.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    modifiers: Vec<String>,
    articles: Vec<String>,
    drafts: Vec<String>,
    documents: Vec<String>,
    addressed_documents: WordSet,
    document_endings: Vec<String>,
    final_documents: Vec<String>,
    collection_endings: WordSet,
    collection_levels: WordSet,
    placeholder_words: WordSet,
    citation_leads: Vec<String>,
    honorifics: WordSet,
    sender_words: WordSet,
    recipient_words: WordSet,
    number_words: WordSet,
    dating_words: WordSet,
    dates: DateWords,
    /// The words for messages, by their English name.
    correspondence: BTreeMap<String, Vec<String>>,
    letters: LetterWords,
    /// The words that mean a message only as whole titles, by its English name.
    whole_titles: BTreeMap<String, Vec<String>>,
}

/// Words for several messages.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterWords {
    words: Vec<String>,
    /// Words at the end of a title in languages that say it last.
    #[serde(rename = "final")]
    last: Vec<String>,
    endings: Vec<String>,
}

/// The words that the program knows.
#[derive(Default, Deserialize)]
#[serde(from = "WordLists")]
pub(in crate::formats) struct CitationWords {
    /// What the words and phrases at the beginning of titles mean, by their folded words.
    phrases: HashMap<String, Meaning>,
    /// The folded words that mean a message only as whole titles, each with its English name.
    whole_titles: HashMap<String, &'static str>,
    /// The folded endings of compound words, each with the document.
    endings: Vec<(String, Document)>,
    /// The words at the end of titles, each with the document.
    last: Vec<(String, Document)>,
    /// English words for documents that a person sends to another one: `memorandum`.
    pub(in crate::formats) addressed_documents: WordSet,
    pub(in crate::formats) collection_endings: WordSet,
    pub(in crate::formats) collection_levels: WordSet,
    pub(in crate::formats) placeholder_words: WordSet,
    pub(in crate::formats) citation_leads: Vec<String>,
    /// Titles before a name: `Dr.`, `Colonel`.
    pub(in crate::formats) honorifics: WordSet,
    /// Words before the name of a sender: `from`.
    pub(in crate::formats) sender_words: WordSet,
    /// Words between sender and recipient: `to`.
    pub(in crate::formats) recipient_words: WordSet,
    /// Words before the number of a document: `no.`
    pub(in crate::formats) number_words: WordSet,
    /// Words before the date in a title: `dated`, `of`.
    pub(in crate::formats) dating_words: WordSet,
    /// Words in dates that styles have an English word for.
    pub(in crate::formats) dates: DateWords,
}

/// Words in dates that styles have an English word for.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::formats) struct DateWords {
    /// Words before two dates between which a document was made: `between`.
    pub(in crate::formats) between: WordSet,
    /// Words between these two dates: `and`.
    pub(in crate::formats) and: WordSet,
    /// Words between two dates that say that only one of them is right: `or`.
    pub(in crate::formats) or: WordSet,
    /// Words before the part of a period, by what citations call it: `early`, `late`.
    pub(in crate::formats) parts: BTreeMap<String, WordSet>,
}

/// What a phrase at the beginning of a title means.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Document(Document),
    /// A document, unless another one follows: `Draft`, `Draft letter`.
    Draft,
    /// A word that may stand before the document.
    Modifier,
    /// A word that may stand behind a modifier.
    Article,
}

/// The most words of a phrase.
const MAX_PHRASE_WORDS: usize = 3;

impl From<WordLists> for CitationWords {
    fn from(lists: WordLists) -> CitationWords {
        let mut phrases = HashMap::new();
        let mut add = |words: &[String], meaning: Meaning| {
            phrases.extend(words.iter().map(|phrase| (folded_phrase(phrase), meaning)));
        };
        add(&lists.articles, Meaning::Article);
        add(&lists.modifiers, Meaning::Modifier);
        add(&lists.documents, Meaning::Document(Document::Other));
        add(&lists.drafts, Meaning::Draft);
        add(&lists.letters.words, Meaning::Document(Document::Messages));
        let mut whole_titles = HashMap::new();
        for (kind, words) in lists.whole_titles {
            let kind: &'static str = kind.leak();
            whole_titles.extend(words.iter().map(|word| (folded_word(word), kind)));
        }
        for (kind, words) in lists.correspondence {
            // The words live as long as the program.
            let kind: &'static str = kind.leak();
            add(&words, Meaning::Document(Document::Message(kind)));
        }
        let with =
            |words: Vec<String>, document| words.into_iter().map(move |word| (word, document));
        let endings = with(lists.letters.endings, Document::Messages)
            .chain(with(lists.document_endings, Document::Other));
        let last = with(lists.letters.last, Document::Messages)
            .chain(with(lists.final_documents, Document::Other));
        CitationWords {
            phrases,
            whole_titles,
            endings: endings.map(|(ending, document)| (fold(&ending), document)).collect(),
            last: last.collect(),
            addressed_documents: lists.addressed_documents,
            collection_endings: lists.collection_endings,
            collection_levels: lists.collection_levels,
            placeholder_words: lists.placeholder_words,
            citation_leads: lists.citation_leads,
            honorifics: lists.honorifics,
            sender_words: lists.sender_words,
            recipient_words: lists.recipient_words,
            number_words: lists.number_words,
            dating_words: lists.dating_words,
            dates: lists.dates,
        }
    }
}

/// Returns a phrase as the keys of `phrases` are written.
fn folded_phrase(phrase: &str) -> String {
    phrase.split_whitespace().map(folded_word).collect::<Vec<_>>().join(" ")
}

/// Returns a word without case, accents and signs round it.
fn folded_word(word: &str) -> String {
    fold(word).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// What a title says a document is, at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Document {
    /// One message from a person to another one, with its name in English: `letter`, `telegram`.
    Message(&'static str),
    /// Several messages.
    Messages,
    /// Anything else: minutes, a report, a photograph.
    Other,
}

/// The document that a title begins with.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) struct DocumentWord {
    /// What it is.
    pub(in crate::formats) document: Document,
    /// The number of words up to it: 2 for `Draft letter to the editor`.
    pub(in crate::formats) word_count: usize,
    /// Whether the title says no more: `Letter`, `[Telegram]`.
    pub(in crate::formats) is_whole_title: bool,
}

impl CitationWords {
    /// Returns the document that a title begins with, behind words such as `draft`; `None` for a title
    /// that does not say what the document is.
    pub(in crate::formats) fn leading_document(&self, title: &str) -> Option<DocumentWord> {
        let words: Vec<String> = title.split_whitespace().map(folded_word).collect();
        let mut rest = words.as_slice();
        let mut draft = None;
        loop {
            let Some((meaning, count)) = self.leading_phrase(rest) else {
                let before = words.len() - rest.len();
                let other = self.compound(rest, before).or(draft);
                return other.or_else(|| self.last_document(title));
            };
            let is_whole_title = count == rest.len();
            let word_count = words.len() - rest.len() + count;
            match meaning {
                Meaning::Document(document) => {
                    return Some(DocumentWord { document, word_count, is_whole_title });
                }
                Meaning::Article if rest.len() == words.len() => return self.last_document(title),
                Meaning::Draft if draft.is_none() => {
                    let document = Document::Other;
                    draft = Some(DocumentWord { document, word_count, is_whole_title });
                }
                // `Draft of a plan`
                Meaning::Draft | Meaning::Modifier | Meaning::Article => {}
            }
            rest = rest.get(count..).unwrap_or_default();
        }
    }

    /// Returns the message to somebody that a title names by a word which means other things in longer titles:
    /// `Brief`, `信`, `Brief Nr. 7`.
    pub(in crate::formats) fn whole_message(&self, title: &str) -> Option<DocumentWord> {
        let mut words = title.split_whitespace();
        let kind = self.whole_titles.get(&folded_word(words.next()?))?;
        let rest: Vec<&str> = words.collect();
        let is_number = |word: &&str| word.chars().any(|letter| letter.is_ascii_digit());
        let is_only_number = match rest.as_slice() {
            [] => true,
            [number] => is_number(number),
            [word, number] => self.number_words.has(word) && is_number(number),
            _ => false,
        };
        let word = DocumentWord {
            document: Document::Message(kind),
            word_count: 1,
            is_whole_title: rest.is_empty(),
        };
        is_only_number.then_some(word)
    }

    /// Returns the longest known phrase at the beginning, and the number of its words.
    fn leading_phrase(&self, words: &[String]) -> Option<(Meaning, usize)> {
        (1..=words.len().min(MAX_PHRASE_WORDS)).rev().find_map(|count| {
            let phrase = words.get(..count)?.join(" ");
            self.phrases.get(&phrase).map(|meaning| (*meaning, count))
        })
    }

    /// Returns the document that the ending of the first word names: `Jahresbericht`. `before`: the number
    /// of words before these.
    fn compound(&self, words: &[String], before: usize) -> Option<DocumentWord> {
        let first = words.first()?;
        let is_end = |(ending, _): &&(String, Document)| {
            first.strip_suffix(ending.as_str()).is_some_and(|start| start.chars().count() > 2)
        };
        let (_, document) = self.endings.iter().find(is_end)?;
        let is_whole_title = words.len() == 1;
        Some(DocumentWord { document: *document, word_count: before + 1, is_whole_title })
    }

    /// Returns the document that a title in Chinese, Japanese or Korean ends with.
    fn last_document(&self, title: &str) -> Option<DocumentWord> {
        let title = title.trim_end_matches(|c: char| !c.is_alphanumeric());
        let (word, document) = self.last.iter().find(|(word, _)| title.ends_with(word.as_str()))?;
        let is_whole_title = word.len() == title.len();
        let word_count = title.split_whitespace().count();
        Some(DocumentWord { document: *document, word_count, is_whole_title })
    }

    /// Returns the document that a subject or genre names: `Letters`, `telegrams`.
    pub(in crate::formats) fn genre(&self, text: &str) -> Option<Document> {
        let word = self.leading_document(text)?;
        word.is_whole_title.then_some(word.document)
    }
}
