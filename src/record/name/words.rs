//! The words of `assets/names.toml`, and how words are looked up in them.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::record::{ROLE_WORDS, abbreviations};
use crate::text::fold::fold;

/// The words that the program knows.
pub(super) static WORDS: LazyLock<NameWords> = LazyLock::new(|| {
    let words: Option<NameWords> = toml::from_str(include_str!("../../../assets/names.toml")).ok();
    debug_assert!(words.is_some(), "assets/names.toml has the keys of NameWords");
    let mut words = words.unwrap_or_default();
    words.roles.0.extend(ROLE_WORDS.behind_names().map(key));
    words.abbreviations.0.extend(abbreviations::in_names().map(key));
    words
});

/// The most words of a phrase that is looked up.
pub(super) const MAX_PHRASE_WORDS: usize = 3;

/// The lists of `assets/names.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NameWords {
    pub(super) body_words: FoldedWords,
    pub(super) weak_body_words: FoldedWords,
    pub(super) body_starts: Vec<String>,
    pub(super) body_ends: Vec<String>,
    pub(super) capital_body_ends: HashSet<String>,
    pub(super) cjk_body_ends: Vec<String>,
    pub(super) ship_prefixes: WordSet,
    pub(super) family_words: WordSet,
    pub(super) joining_words: WordSet,
    pub(super) function_words: WordSet,
    pub(super) suffixes: WordSet,
    pub(super) plain_suffixes: WordSet,
    pub(super) particles: WordSet,
    pub(super) capital_particles: WordSet,
    pub(super) capital_particles_behind: WordSet,
    pub(super) family_joining_words: WordSet,
    pub(super) titles: WordSet,
    pub(super) ruler_titles: WordSet,
    pub(super) ruler_only_titles: WordSet,
    pub(super) letters_behind: WordSet,
    pub(super) noble_titles: WordSet,
    pub(super) peer_titles: WordSet,
    pub(super) birth_words: WordSet,
    pub(super) offices: WordSet,
    title_additions: WordSet,
    pub(super) kept_titles: WordSet,
    pub(super) given_name_titles: WordSet,
    pub(super) title_ends: WordSet,
    pub(super) date_words: WordSet,
    pub(super) century_words: WordSet,
    pub(super) roles: WordSet,
    pub(super) nobody_words: WordSet,
    pub(super) nobody_fillers: WordSet,
    pub(super) others: WordSet,
    long_initials: HashSet<String>,
    given_abbreviations: HashSet<String>,
    #[serde(skip)]
    pub(super) abbreviations: WordSet,
    pub(super) place_abbreviations: WordSet,
}

impl NameWords {
    /// Whether a word without its full stop is an initial of two or three letters: `Yu`, `Th`.
    pub(super) fn is_long_initial(&self, word: &str) -> bool {
        self.long_initials.contains(word)
    }
}

/// A set of words and phrases as [`key`] returns them.
#[derive(Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordSet(HashSet<String>);

/// A set of single words that are folded and keep the full stops inside them: `u.s`.
#[derive(Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct FoldedWords(HashSet<String>);

impl From<Vec<String>> for FoldedWords {
    fn from(words: Vec<String>) -> FoldedWords {
        FoldedWords(words.iter().map(|word| fold(word)).collect())
    }
}

impl FoldedWords {
    /// Whether the set has a folded word.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.0.contains(folded)
    }
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> WordSet {
        WordSet(words.iter().map(|word| key(word)).collect())
    }
}

impl WordSet {
    /// Whether the set has a word or phrase.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.contains(&key(text))
    }

    /// Returns the number of the first of `words` that are a phrase of the set, at most three; 0 if none.
    pub(crate) fn leading_words(&self, words: &[&str]) -> usize {
        let longest = words.len().min(MAX_PHRASE_WORDS);
        let is_phrase = |count: &usize| {
            words.get(..*count).is_some_and(|phrase| self.0.contains(&key(&phrase.join(" "))))
        };
        (1..=longest).rev().find(is_phrase).unwrap_or(0)
    }
}

/// Folds a word or phrase for looking it up: lower case, no accents, spaces for full stops.
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let trimmed = folded.trim_matches([',', ';', ':', '(', ')', '[', ']', '"', ' ']);
    let words: Vec<&str> = trimmed.split(['.', ' ']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether a word consists of initials with full stops: `T.V.`, `J.-P.`, `Yu.`
pub(super) fn is_initials(word: &str) -> bool {
    let letters = word.trim_matches(['[', ']', '(', ')']);
    if !letters.ends_with('.') {
        return false;
    }
    let mut parts = letters.split('.').map(|part| part.trim_start_matches('-'));
    parts.all(|part| {
        let mut chars = part.chars().filter(|letter| letter.is_alphanumeric());
        let is_letter = chars.next().is_none_or(char::is_uppercase) && chars.next().is_none();
        is_letter || WORDS.is_long_initial(part) || WORDS.given_abbreviations.contains(part)
    })
}

/// Whether a word begins with a small letter.
pub(super) fn is_lower_case(word: &str) -> bool {
    word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// Whether a word joins two names. A capital letter is an initial: `U. Keller`.
pub(super) fn joins(word: &str) -> bool {
    let is_initial = word.trim_end_matches('.').chars().count() == 1
        && word.chars().next().is_some_and(char::is_uppercase);
    WORDS.joining_words.has(word) && !is_initial
}

/// Whether a word has no capital letter, as particles in small letters have none.
pub(super) fn is_small(word: &str) -> bool {
    !word.chars().any(char::is_uppercase)
}

/// Whether words are particles in small letters: `de la`, `in 't`, `von und zu`.
pub(super) fn are_particles(words: &[&str]) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let count = WORDS.particles.leading_words(rest);
        if count == 0 || !rest.iter().take(count).all(|word| is_small(word)) {
            return false;
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    !words.is_empty()
}

/// Whether a word is a Roman numeral: `XIV`, `II.`
pub(super) fn is_numeral(word: &str) -> bool {
    let bare = word.strip_suffix('.').unwrap_or(word);
    !bare.is_empty() && bare.chars().all(|letter| "IVX".contains(letter))
}

/// Returns the number of words at the beginning that are a title with its additions: `Rear-Admiral`,
/// `Dr. phil.`, `Oberst a. D.`
pub(super) fn title_words(words: &[&str]) -> usize {
    let compound = words.first().and_then(|word| word.split_once(['-', '‐']));
    let is_compound = compound.is_some_and(|(first, second)| {
        WORDS.titles.has(&format!("{first} {second}"))
            || (WORDS.titles.has(first) && WORDS.titles.has(second))
    });
    let mut count = WORDS.titles.leading_words(words).max(usize::from(is_compound));
    while count > 0 {
        let rest = words.get(count..).unwrap_or_default();
        let is_small = rest.first().is_some_and(|word| is_lower_case(word));
        let more = if is_small { WORDS.title_additions.leading_words(rest) } else { 0 };
        if more == 0 {
            break;
        }
        count += more;
    }
    count
}

/// Whether a letter is of a script that has no spaces or initials: Chinese, Japanese, Korean.
pub(super) fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Returns the words of a text.
pub(super) fn words_of(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
