//! Offers near spellings of a word that is found as it was typed: `see also Hoffman 12`.

use super::expand::ExpandedPhrase;
use super::match_set::MatchSet;
use super::result_set::formula;
use super::score::{PreparedClause, PreparedTerm};
use super::search::ScoredTerms;
use super::suggestions::word_as_written;
use crate::query::{
    Alternative, Clause, GuessMatcher, GuessPolicy, MatchQuality, Query, Scope, Suggestion, Term,
    other_spelling,
};
use crate::store::Store;
use crate::text::words::letter_mask;

/// The most words that are offered.
const MAX_OFFERED: usize = 3;

/// The most near spellings of which the records are counted.
const MAX_COUNTED: usize = 24;

/// So many records at most show how a word is written.
const MAX_WRITTEN: usize = 16;

/// A near spelling that more records have is no rare name. In large archives, one of 50 records may have it.
const MAX_RECORDS: usize = 20;

/// A word has a near spelling only if it has at least this many letters.
const MIN_LETTERS: usize = 4;

/// A word of fewer letters has only near spellings that sound alike: too many words differ from it in one letter.
const MIN_LETTERS_FOR_TYPOS: usize = 6;

/// Returns the near spellings of the words of a filter that records have, the most frequent ones first. A word is one only
/// if it begins with the same letter and records write it in capitals or without case, as names are written.
pub(super) fn see_also(
    store: &Store,
    query: &Query,
    terms: &[PreparedTerm],
    scored: &ScoredTerms<'_>,
) -> Vec<Suggestion> {
    if scored.matches.count() == 0 {
        return Vec::new();
    }
    let pairs = query.terms().zip(terms).enumerate();
    let offers = pairs.filter_map(|(index, (term, prepared))| {
        let PreparedClause::Words(phrase) = &prepared.clause else { return None };
        let is_alone = query.groups.iter().any(|group| {
            matches!(group.as_slice(), [Alternative::Term(only)] if std::ptr::eq(only, term))
        });
        let near = if is_alone { near_spellings(store, term, phrase) } else { Vec::new() };
        if near.is_empty() {
            return None;
        }
        let others = scored.matches_of(&formula(query, terms.len(), |other, _| other != index));
        let words = count_words(store, phrase, near, &others);
        (!words.is_empty()).then(|| Suggestion::SeeAlso { typed: term.text.clone(), words })
    });
    offers.collect()
}

/// Returns the folded near spellings of a term of one word that is in the index.
fn near_spellings(store: &Store, term: &Term, phrase: &ExpandedPhrase) -> Vec<String> {
    let Clause::Words(typed) = &term.clause else { return Vec::new() };
    let ([pattern], [expansions]) = (typed.words.as_slice(), phrase.expansions.as_slice()) else {
        return Vec::new();
    };
    let letters = pattern.letters.as_str();
    let all = || expansions.iter().flatten();
    let is_whole = all().any(|word| word.quality == MatchQuality::Whole);
    let may_be_offered = is_whole
        && is_name(store, letters, &typed.scope)
        && !term.negated
        && typed.guess_policy == GuessPolicy::IfNeeded
        && letters.chars().count() >= MIN_LETTERS
        && !all().any(|word| word.quality.is_guess());
    let guess = GuessMatcher::new(letters, false).filter(|_| may_be_offered);
    let Some(guess) = guess.map(GuessMatcher::limit_to_one_letter) else { return Vec::new() };
    let sound = spelling_key(letters);
    // This one is offered for itself.
    let other = other_spelling(letters);
    let is_near = |word: &str| {
        let has_same_start = word.chars().next() == letters.chars().next();
        let is_other =
            has_same_start && !word.starts_with(letters) && Some(word) != other.as_deref();
        let may_differ = letters.chars().count() >= MIN_LETTERS_FOR_TYPOS
            || consonants(word).eq(consonants(letters));
        let is_near = is_other
            && (may_differ && guess.quality_of(word).is_some() || spelling_key(word) == sound);
        is_near.then(|| word.to_owned())
    };
    let mask = letter_mask(letters);
    let may_match = |other: u32| (mask & !other).count_ones() <= 1;
    store.dictionary().collect_matching(may_match, is_near)
}

/// Whether records write a folded word as a name: none of the first that have it begins it with a small letter.
fn is_name(store: &Store, letters: &str, scope: &Scope) -> bool {
    let mut written = store.segments().iter().flat_map(|segment| {
        let word = segment.dictionary().find(letters);
        let postings = word.map(|word| segment.dictionary().postings(word).records_with_fields());
        let in_scope = postings.into_iter().flatten();
        let in_scope = in_scope.filter(|(_, fields)| fields.intersects(scope.fields()));
        in_scope.map(move |(record, _)| word_as_written(segment, record, letters, scope))
    });
    written.by_ref().take(MAX_WRITTEN).all(|word| !word.starts_with(char::is_lowercase))
}

/// Returns the letters of a word without those that repeat the one before: Hoffmann and Hofman have the same.
fn spelling_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

/// Returns the letters of a word that are no vowels: Meyer and Maier, Smith and Smyth have the same.
fn consonants(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j'))
}

/// Returns words as records write them, with the number of records that have them and match the other terms.
fn count_words(
    store: &Store,
    phrase: &ExpandedPhrase,
    near: Vec<String>,
    others: &[MatchSet],
) -> Vec<(String, usize)> {
    let scope = &phrase.phrase.scope;
    let mut counted = Vec::new();
    for letters in near.into_iter().take(MAX_COUNTED) {
        let (mut count, mut written) = (0, None);
        for (segment, others) in store.segments().iter().zip(others) {
            let Some(word) = segment.dictionary().find(&letters) else { continue };
            let postings = segment.dictionary().postings(word).records_with_fields();
            let has = |record| u16::try_from(record).is_ok_and(|record| others.contains(record));
            let in_scope = postings.filter(|(_, fields)| fields.intersects(scope.fields()));
            let mut records = in_scope.map(|(record, _)| record).filter(|it| has(*it));
            let Some(first) = records.next() else { continue };
            count += 1 + records.count();
            written = written.or_else(|| Some(word_as_written(segment, first, &letters, scope)));
        }
        let is_rare = count <= MAX_RECORDS.max(store.len() / 50);
        let is_name = is_rare && is_name(store, &letters, scope);
        counted.extend(written.filter(|_| is_name).map(|word| (word, count)));
    }
    counted.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    counted.truncate(MAX_OFFERED);
    counted
}
