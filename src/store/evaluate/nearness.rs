//! How near the words of a filter stand together in a record.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::expand::{ExpandedPhrase, Expansion};
use super::rules::SearchRules;
use crate::query::{PhraseOrigin, Scope, WordPattern};
use crate::record::{Field, FieldRef};
use crate::store::{RecordAddress, Store};
use crate::text::fold::fold_into;
use crate::text::tokens::tokens;

/// The best matches, so many at most, are ordered by nearness.
pub(super) const MAX_RECORDS: usize = 512;

/// The largest number of words of a filter that are looked for.
const MAX_WORDS: usize = 16;

/// The largest number of words with all alternatives and other spellings: one bit each.
const MAX_ALTERNATIVES: usize = u32::BITS as usize;

/// Words beyond this number of words of a value are not looked at.
const MAX_VALUE_WORDS: u32 = 2_000;

/// Words of a text beyond this number of those of the filter say nothing of their order.
const MAX_WINDOW_WORDS: usize = 64;

/// The words between those of the filter count up to this number.
const MAX_BETWEEN: u32 = 30;

/// How near the words of a filter stand together: the greater, the nearer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nearness {
    /// The number of words of the filter that are in one value.
    together: u32,
    /// [`MAX_BETWEEN`] less the number of other words between them.
    closeness: u32,
    /// How many of them stand there in the order in which they were typed.
    in_order: u32,
    /// In how many texts the words are.
    mentions: u32,
    /// [`MAX_VALUE_WORDS`] less the number of words of the shortest text with the word, for all words together. All names
    /// of a record are one text.
    shortness: u32,
}

/// A word of the filter.
struct Word<'a> {
    /// Its number: alternatives of a term have the same.
    number: usize,
    /// The fields that are searched.
    scope: &'a Scope,
    /// What it matches.
    pattern: &'a WordPattern,
    /// The guessed words of each segment, if there are guesses.
    expansions: &'a [Expansion],
}

/// Measures how near the words of a filter stand together.
pub(super) struct NearnessScorer<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The words of the filter.
    words: Vec<Word<'a>>,
    /// The guessed words of each segment, with the indices of the words of the filter as bits.
    guessed: Vec<HashMap<&'a str, u32>>,
    /// The number of different words of the filter.
    count: usize,
    /// Which rules hold.
    rules: SearchRules,
}

impl<'a> NearnessScorer<'a> {
    /// Creates a scorer for groups of alternatives. Returns `None` if there is only one group, or none has a word.
    pub(super) fn new(
        store: &'a Store,
        groups: &[Vec<&'a ExpandedPhrase>],
        rules: SearchRules,
    ) -> Option<NearnessScorer<'a>> {
        let mut scorer =
            NearnessScorer { store, words: Vec::new(), guessed: Vec::new(), count: 0, rules };
        for group in groups {
            let first = scorer.count;
            for phrase in group {
                scorer.add_phrase(first, phrase);
            }
        }
        scorer.count = scorer.count.min(MAX_WORDS);
        scorer.words.retain(|word| word.number < MAX_WORDS);
        scorer.words.truncate(MAX_ALTERNATIVES);
        if scorer.count == 0 || groups.len() < 2 {
            return None;
        }
        scorer.guessed = (0..store.segments().len()).map(|it| scorer.guessed_in(it)).collect();
        Some(scorer)
    }

    /// Adds the words of a phrase and of its other spellings and forms. `first` is the number of the first one.
    fn add_phrase(&mut self, first: usize, phrase: &'a ExpandedPhrase) {
        let typed = phrase.phrase.words.len();
        self.add_words(first, typed, phrase);
        for variant in &phrase.variants {
            // The parts of a word are frequent by themselves: the letters of an abbreviation, “post” and “war”.
            let is_parted = variant.phrase.origin == PhraseOrigin::WordForm
                && variant.phrase.words.len() > typed;
            if !is_parted {
                self.add_words(first, typed, variant);
            }
        }
    }

    /// Adds at most so many words of a phrase.
    fn add_words(&mut self, first: usize, at_most: usize, phrase: &'a ExpandedPhrase) {
        let patterns = phrase.phrase.words.iter().zip(&phrase.expansions).take(at_most);
        for (number, (pattern, expansions)) in (first..).zip(patterns) {
            let scope = &phrase.phrase.scope;
            self.words.push(Word { number, scope, pattern, expansions });
            self.count = self.count.max(number + 1);
        }
    }

    /// Returns the words of a segment that match without beginning with what was typed.
    fn guessed_in(&self, segment: usize) -> HashMap<&'a str, u32> {
        let mut guessed: HashMap<&str, u32> = HashMap::new();
        let Some(dictionary) = self.store.segments().get(segment).map(|it| it.dictionary()) else {
            return guessed;
        };
        for (index, word) in self.words.iter().enumerate() {
            if word.pattern.guess.is_none() && !word.pattern.allow_inside {
                continue;
            }
            for expanded in word.expansions.get(segment).into_iter().flatten() {
                *guessed.entry(dictionary.word(expanded.word)).or_default() |= 1 << index;
            }
        }
        guessed
    }

    /// Returns how near the words stand together in a record.
    pub(super) fn nearness(&self, address: RecordAddress) -> Nearness {
        let mut best = Nearness::default();
        let Some(segment) = self.store.segments().get(address.segment) else { return best };
        let mut texts = TextsOfWords::default();
        let mut folded = String::new();
        let mut found = Vec::new();
        for (field, text) in segment.texts(usize::from(address.record)) {
            let in_scope = |(_, word): &(usize, &Word<'_>)| word.scope.field_for(field).is_some();
            let searched = self.words.iter().enumerate().filter(in_scope);
            let searched: SmallVec<[(usize, &Word<'_>); 8]> = searched.collect();
            if searched.is_empty() {
                continue;
            }
            folded.clear();
            fold_into(text, &mut folded);
            found.clear();
            let mut length = 0;
            for (position, range) in (0..MAX_VALUE_WORDS).zip(tokens(&folded)) {
                length = position + 1;
                let letters = folded.get(range).unwrap_or_default();
                let bits = self.bits_of(address.segment, letters, &searched);
                if bits != 0 {
                    found.push((position, bits));
                }
            }
            let bits = found.iter().fold(0, |all, (_, bits)| all | bits);
            let is_name = matches!(field, FieldRef::Known(field) if Field::NAMES.contains(&field));
            texts.add(bits, length, is_name);
            if self.rules.nearness {
                best = best.max(self.nearness_of(&found));
            }
        }
        let mentions = if self.rules.mentions { texts.mentions } else { 0 };
        let shortness = if self.rules.shortness { texts.shortness(self.count) } else { 0 };
        Nearness { mentions, shortness, ..best }
    }

    /// Returns which of the searched words of the filter match a folded word: their numbers, as bits.
    fn bits_of(&self, segment: usize, letters: &str, searched: &[(usize, &Word<'_>)]) -> u32 {
        let guessed = self.guessed.get(segment).filter(|guessed| !guessed.is_empty());
        let guessed = guessed.and_then(|it| it.get(letters)).copied().unwrap_or(0);
        let mut bits = 0;
        for (index, word) in searched {
            let pattern = word.pattern;
            let is_guessed = guessed & (1 << index) != 0;
            let is_typed = if pattern.allow_prefix {
                letters.starts_with(&pattern.letters)
            } else {
                letters == pattern.letters
            };
            bits |= u32::from(is_typed || is_guessed) << word.number;
        }
        bits
    }

    /// Returns how near words stand together, given their positions in a value and the bits of the words of the filter
    /// that they match.
    fn nearness_of(&self, found: &[(u32, u32)]) -> Nearness {
        let all = found.iter().fold(0, |all, (_, bits)| all | bits);
        let together = all.count_ones();
        if together < 2 {
            return Nearness { together, ..Nearness::default() };
        }
        let mut last = [None; MAX_WORDS];
        let mut best = (0, 0);
        for (index, (position, bits)) in found.iter().enumerate() {
            for number in (0..self.count).filter(|number| bits & (1 << number) != 0) {
                if let Some(last) = last.get_mut(number) {
                    *last = Some(*position);
                }
            }
            let positions: Vec<u32> = last.iter().flatten().copied().collect();
            let Some(first) =
                positions.iter().min().filter(|_| positions.len() == together as usize)
            else {
                continue;
            };
            let between = (position - first + 1).saturating_sub(together);
            let closeness = MAX_BETWEEN.saturating_sub(between);
            if closeness >= best.0 {
                let start = found.partition_point(|(position, _)| position < first);
                let window = found.get(start..=index).unwrap_or_default();
                best = best.max((closeness, in_order(window, self.count)));
            }
        }
        Nearness { together, closeness: best.0, in_order: best.1, ..Nearness::default() }
    }
}

/// Returns how many of the first `count` words of a filter stand in their order: the length of the longest common
/// subsequence. A word that was typed twice has to be there twice.
fn in_order(found: &[(u32, u32)], count: usize) -> u32 {
    let mut longest = [0; MAX_WORDS + 1];
    for (_, bits) in found.iter().take(MAX_WINDOW_WORDS) {
        let mut before = 0;
        for number in 0..count.min(MAX_WORDS) {
            let known = longest[number + 1];
            let extended = if bits & (1 << number) != 0 { before + 1 } else { 0 };
            longest[number + 1] = known.max(extended).max(longest[number]);
            before = known;
        }
    }
    longest[count.min(MAX_WORDS)]
}

/// The texts of a record that have words of the filter.
#[derive(Default)]
struct TextsOfWords {
    /// The number of texts that have a word, for all words together.
    mentions: u32,
    /// [`MAX_VALUE_WORDS`] less the length of the shortest text with each word.
    shortness: [u32; MAX_WORDS],
    /// The number of words of all names.
    name_words: u32,
    /// The words that are in names, as bits.
    in_names: u32,
}

impl TextsOfWords {
    /// Adds a text of `length` words that has words of the filter, as bits.
    fn add(&mut self, bits: u32, length: u32, is_name: bool) {
        self.mentions += bits.count_ones();
        if is_name {
            self.name_words += length;
            self.in_names |= bits;
        } else {
            self.add_length(bits, length);
        }
    }

    /// Adds the length of a text that has words of the filter.
    fn add_length(&mut self, bits: u32, length: u32) {
        for (number, shortness) in self.shortness.iter_mut().enumerate() {
            if bits & (1 << number) != 0 {
                *shortness = (*shortness).max(MAX_VALUE_WORDS.saturating_sub(length));
            }
        }
    }

    /// Returns how short the texts are that have the first `count` words.
    fn shortness(mut self, count: usize) -> u32 {
        self.add_length(self.in_names, self.name_words);
        self.shortness.iter().take(count).sum()
    }
}
