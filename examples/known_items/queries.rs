//! Known-item queries: words that a user would type to find a record again, correct and with typing
//! errors.

use super::corpus::{Corpus, spaced_words};
use super::rng::Rng;
use super::typing_errors::{TypingError, with_error};
use fonds::query::NameVariants;
use fonds::record::Field;

/// The parts of a record that a query consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryKind {
    /// Two or three words of the title.
    Title,
    /// A name and a word of the title.
    Name,
    /// A name and the year.
    NameAndYear,
    /// Three consecutive words of the summary.
    Phrase,
}

/// All kinds of queries.
pub(crate) const QUERY_KINDS: [QueryKind; 4] =
    [QueryKind::Title, QueryKind::Name, QueryKind::NameAndYear, QueryKind::Phrase];

/// A query, and the record that it should find.
#[derive(Clone, Debug)]
pub(crate) struct KnownItem {
    /// The index of the record in the corpus.
    pub(crate) record: usize,
    /// The parts of the record that the query consists of.
    pub(crate) kind: QueryKind,
    /// The typing error in one of its words.
    pub(crate) error: Option<TypingError>,
    /// The words as they are typed.
    pub(crate) words: Vec<String>,
    /// The words without the typing error.
    pub(crate) meant: Vec<String>,
    /// The year, typed after the words.
    pub(crate) year: Option<String>,
}

impl KnownItem {
    /// The text for the filter bar. Only a phrase without an error is in quotes: a quoted phrase is copied
    /// from a source, not remembered.
    pub(crate) fn text(&self) -> String {
        let words = self.words.join(" ");
        if self.is_exact_phrase() {
            return format!("\"{words}\"");
        }
        let year = self.year.iter().map(String::as_str);
        std::iter::once(words.as_str()).chain(year).collect::<Vec<_>>().join(" ")
    }

    /// Whether the words must be consecutive.
    fn is_exact_phrase(&self) -> bool {
        self.kind == QueryKind::Phrase && self.error.is_none()
    }

    /// Whether a record has all words that were meant, and is of the year, so that it is as good an answer as the record
    /// that is looked for.
    pub(crate) fn is_answered_by(&self, corpus: &Corpus, record: usize) -> bool {
        let year = self.year.as_deref();
        corpus.has_words(record, &self.meant, self.is_exact_phrase(), year)
    }

    /// The number of records that match the query, by a plain scan.
    fn count_matches(&self, corpus: &Corpus) -> usize {
        corpus.count_matches(&self.words, self.is_exact_phrase(), self.year.as_deref())
    }
}

/// Queries with more matches than this are too vague to count.
const MAX_MATCHES: usize = 10;

/// The queries to ask, and how many were too vague.
#[derive(Default)]
pub(crate) struct KnownItems {
    /// The queries to ask.
    pub(crate) queries: Vec<KnownItem>,
    /// The number of queries with too many matches.
    pub(crate) excluded: usize,
}

/// Makes queries for `wanted` random records, correct and with every typing error that is possible.
pub(crate) fn known_items(
    corpus: &Corpus,
    wanted: usize,
    seed: u64,
    table: &NameVariants,
) -> KnownItems {
    let rng = &mut Rng::new(seed);
    let mut items = KnownItems::default();
    for _ in 0..wanted {
        let record = rng.below(corpus.records.len());
        for kind in QUERY_KINDS {
            let Some(item) = correct_query(corpus, record, kind, rng) else { continue };
            if item.count_matches(corpus) > MAX_MATCHES {
                items.excluded += 1;
                continue;
            }
            let with_errors = TypingError::ALL.into_iter().filter_map(|kind| {
                let words = with_error(&item.words, kind, table, rng)?;
                Some(KnownItem { words, error: Some(kind), ..item.clone() })
            });
            let with_errors: Vec<KnownItem> = with_errors.collect();
            // A phrase with an error loses its quotes, and more records may match it then.
            let too_vague =
                corpus.count_matches(&item.words, false, item.year.as_deref()) > MAX_MATCHES;
            items.queries.push(item);
            for item in with_errors {
                if too_vague || item.count_matches(corpus) > MAX_MATCHES {
                    items.excluded += 1;
                } else {
                    items.queries.push(item);
                }
            }
        }
    }
    items
}

/// The query of a kind for a record, without typing errors.
fn correct_query(
    corpus: &Corpus,
    record: usize,
    kind: QueryKind,
    rng: &mut Rng,
) -> Option<KnownItem> {
    let found = &corpus.records.get(record)?.record;
    let title = typed_words(found.title().unwrap_or_default());
    let mut words = Vec::new();
    match kind {
        QueryKind::Title => {
            let wanted = 2 + rng.below(2);
            let from = rng.below(title.len().saturating_sub(wanted) + 1);
            words.extend(title.into_iter().skip(from).take(wanted));
        }
        QueryKind::Name | QueryKind::NameAndYear => {
            let people: Vec<&str> = found.all(Field::People).collect();
            let name = typed_words(people.get(rng.below(people.len()))?);
            words.push(name.get(rng.below(name.len()))?.clone());
            let other = title.get(rng.below(title.len())).cloned();
            words.extend(other.filter(|word| kind == QueryKind::Name && !words.contains(word)));
        }
        QueryKind::Phrase => {
            let summary = found.first(Field::Summary)?;
            let all: Vec<&str> = summary.split_whitespace().collect();
            let from = rng.below(all.len().saturating_sub(3) + 1);
            words.extend(
                all.iter().skip(from).take(3).map(|word| without_punctuation(word).to_owned()),
            );
        }
    }
    words.retain(|word| !spaced_words(word).is_empty());
    let year = (kind == QueryKind::NameAndYear).then(|| corpus.year(record));
    let year = match year {
        Some(None) => return None,
        Some(year) => year,
        None => None,
    };
    (words.len() + year.iter().len() > 1).then_some(KnownItem {
        record,
        kind,
        error: None,
        meant: words.clone(),
        words,
        year,
    })
}

/// The words of a text that a user would remember and type.
fn typed_words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(without_possessive);
    let is_memorable = |word: &&str| {
        word.chars().filter(|letter| letter.is_alphabetic()).count() > 2
            && !["the", "and", "for", "with", "from"].contains(&word.to_lowercase().as_str())
    };
    words.filter(is_memorable).map(str::to_owned).collect()
}

/// A word without the punctuation around it and without a possessive ending.
fn without_possessive(word: &str) -> &str {
    without_punctuation(word).trim_end_matches("’s").trim_end_matches("'s")
}

/// A word without the punctuation around it.
fn without_punctuation(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}
