//! Expands a phrase to the words of the index that match it, for each segment of a snapshot.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::query::{GuessLevel, MatchQuality, Phrase, PhraseOrigin, WordPattern};
use crate::record::field_set::FieldSet;
use crate::store::index::term_dictionary::{TermDictionary, WordId};
use crate::store::{Segment, Store};
use crate::text::words::{LATIN_LETTERS, letter_mask};

/// A word of a segment's dictionary that matches a word pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ExpandedWord {
    /// The word in the dictionary of the segment.
    pub(super) word: WordId,
    /// How closely it matches.
    pub(super) quality: MatchQuality,
}

/// The words of one segment that match one word pattern.
pub(super) type Expansion = Vec<ExpandedWord>;

/// A phrase and the words of the index that match it.
#[derive(Clone, Debug)]
pub(super) struct ExpandedPhrase {
    /// The phrase. Its word patterns allow the guesses that were made for this snapshot.
    pub(super) phrase: Phrase,
    /// For each word pattern of the phrase, the expansion in each segment.
    pub(super) expansions: Vec<Vec<Expansion>>,
    /// The expansions of the other spellings, if the phrase is a name.
    pub(super) variants: Vec<ExpandedPhrase>,
}

/// Expands a phrase. `level` decides which guesses are made.
pub(super) fn expand_phrase(store: &Store, phrase: &Phrase, level: GuessLevel) -> ExpandedPhrase {
    let fields = phrase.scope.fields();
    let mut phrase = phrase.clone().with_preference();
    // A group of words is only indexed with its best field. A phrase needs all fields of a word.
    let allow_group = fields == FieldSet::DEFAULT_SEARCH && phrase.is_index_only();
    let by_prefix = |pattern: &WordPattern| -> PrefixExpansion {
        map_dictionaries(store, |words| expand_prefix(words, pattern, fields, allow_group)).into()
    };
    let by_prefix: Vec<PrefixExpansion> = phrase.words.iter().map(by_prefix).collect();
    if level.allows_other_words(by_prefix.iter().all(|word| word.is_beginning)) {
        let longer = phrase.spellings_of_longer_names();
        phrase.variants.extend(longer);
    }
    let variants: Vec<ExpandedPhrase> =
        phrase.variants.iter().map(|variant| expand_phrase(store, variant, level)).collect();
    let is_known_variant = variants.iter().any(ExpandedPhrase::is_known_variant);
    let mut expansions = Vec::with_capacity(by_prefix.len());
    for (i, PrefixExpansion { is_beginning, mut segments }) in by_prefix.into_iter().enumerate() {
        let Some(pattern) = phrase.words.get(i) else { continue };
        let is_known = is_known_variant || is_beginning;
        let guess = phrase.guess_matcher(pattern, is_known, level);
        let allow_inside = phrase.allow_inside && !is_known;
        let Some(pattern) = phrase.words.get_mut(i) else { continue };
        (pattern.allow_inside, pattern.guess) = (allow_inside, guess);
        if pattern.allow_inside || pattern.guess.is_some() {
            expand_inside_and_guesses(store, pattern, fields, &mut segments);
        }
        expansions.push(segments);
    }
    ExpandedPhrase { phrase, expansions, variants }
}

/// The words of the index that begin with a word pattern.
struct PrefixExpansion {
    /// Whether any word does.
    is_beginning: bool,
    /// Those that match the pattern, in each segment.
    segments: Vec<Expansion>,
}

impl From<Vec<(bool, Expansion)>> for PrefixExpansion {
    fn from(segments: Vec<(bool, Expansion)>) -> PrefixExpansion {
        let is_beginning = segments.iter().any(|(any, _)| *any);
        let segments = segments.into_iter().map(|(_, expansion)| expansion).collect();
        PrefixExpansion { is_beginning, segments }
    }
}

impl ExpandedPhrase {
    /// Appends the phrase and its other spellings to `phrases`.
    pub(super) fn into_phrases(self, phrases: &mut Vec<Phrase>) {
        phrases.push(self.phrase);
        self.variants.into_iter().for_each(|variant| variant.into_phrases(phrases));
    }

    /// Whether it makes guesses needless: each of its words is in the index. The parts of a word say nothing, because they
    /// may stand apart, unless one is a letter: `O'Connor`, `T-shirt`.
    fn is_known_variant(&self) -> bool {
        let is_letter = |word: &WordPattern| word.letters.chars().nth(1).is_none();
        let is_one_word = match self.phrase.words.as_slice() {
            [_] => true,
            [first, second] => is_letter(first) && !is_letter(second),
            _ => false,
        };
        (self.phrase.origin == PhraseOrigin::Typed || is_one_word) && self.has_all_words()
    }

    /// Whether each of its words matches a word of the index.
    fn has_all_words(&self) -> bool {
        self.expansions
            .iter()
            .all(|segments| segments.iter().any(|expansion| !expansion.is_empty()))
    }

    /// Whether one of its words is expanded to a guess.
    pub(super) fn has_guesses(&self) -> bool {
        let mut all = self.expansions.iter().flatten().flatten();
        all.any(|word| word.quality.is_guess())
    }
}

/// Calls `f` with the dictionary of each segment, in parallel.
fn map_dictionaries<T: Send>(store: &Store, f: impl Fn(&TermDictionary) -> T + Sync) -> Vec<T> {
    store.segments().par_iter().map(|segment| f(Segment::dictionary(segment))).collect()
}

/// Returns whether any word in `fields` begins with the pattern, and those of these words that
/// match it. With `allow_group`, all words with the same initial may be given as one.
fn expand_prefix(
    words: &TermDictionary,
    pattern: &WordPattern,
    fields: FieldSet,
    allow_group: bool,
) -> (bool, Expansion) {
    let mut any = false;
    let mut expansion = Expansion::new();
    let group = words.initial_group(&pattern.letters);
    if let Some(group) = group.filter(|_| allow_group && pattern.allow_prefix) {
        let whole = words.with_prefix(&pattern.letters).take(1);
        let whole = whole.filter(|word| words.word(*word) == pattern.letters);
        expansion.extend(whole.map(|word| ExpandedWord { word, quality: MatchQuality::Whole }));
        expansion.push(ExpandedWord { word: group, quality: MatchQuality::Prefix });
        expansion.retain(|expanded| words.fields(expanded.word).intersects(fields));
        return (!expansion.is_empty(), expansion);
    }
    for word in words.with_prefix(&pattern.letters) {
        if words.fields(word).intersects(fields) {
            any = true;
            let quality = pattern.quality_of(words.word(word));
            expansion.extend(quality.map(|quality| ExpandedWord { word, quality }));
        }
    }
    (any, expansion)
}

/// The most words that one word is expanded to without beginning with it.
const MAX_NEAR_WORDS: usize = 4_096;

/// Keeps the words that match best, so that a beginning of few letters does not match a large part of the dictionary.
fn nearest_words(mut found: Vec<(String, MatchQuality)>) -> Vec<(String, MatchQuality)> {
    if found.len() > MAX_NEAR_WORDS {
        found.sort_by_key(|(_, quality)| Reverse(*quality));
        found.truncate(MAX_NEAR_WORDS);
    }
    found
}

/// Adds the words that match without beginning with the pattern. The letter masks of the snapshot's
/// dictionary rule out most words.
fn expand_inside_and_guesses(
    store: &Store,
    pattern: &WordPattern,
    fields: FieldSet,
    by_segment: &mut [Expansion],
) {
    let not_prefix = |word: &str| {
        let quality = pattern.quality_of(word)?;
        (quality <= MatchQuality::Inside).then(|| (word.to_owned(), quality))
    };
    let (typed, dictionary) = (letter_mask(&pattern.letters), store.dictionary());
    // A word without Latin letters may be typed in them.
    let found = match &pattern.guess {
        Some(guess) => dictionary.collect_matching(
            |letters| guess.may_match(letters) || (letters & LATIN_LETTERS == 0),
            not_prefix,
        ),
        None => dictionary.collect_matching(
            |letters| (typed & !letters == 0) || (letters & LATIN_LETTERS == 0),
            not_prefix,
        ),
    };
    let found = nearest_words(found);
    store.segments().par_iter().zip(by_segment).for_each(|(segment, expansion)| {
        let words = Segment::dictionary(segment);
        for (letters, quality) in &found {
            let word = words.find(letters).filter(|word| words.fields(*word).intersects(fields));
            expansion.extend(word.map(|word| ExpandedWord { word, quality: *quality }));
        }
    });
}
