//! A phrase looked up in the vocabularies of a snapshot: which words of which segment it means.

use rayon::prelude::*;

pub(crate) use crate::query::clause::{Boldness, Phrase};
use crate::query::fuzzy::{Guess, may_be};
pub(crate) use crate::query::word_pattern::{MatchQuality, WordPattern};
use crate::record::field_set::FieldSet;
use crate::store::index::term_dictionary::{WordNumber, Words};
use crate::store::{Segment, Store};
use crate::text::words::letter_mask;

/// The words of one segment that one needle means, and how closely.
pub(super) type Meant = Vec<(WordNumber, MatchQuality)>;

/// A phrase and the words it means.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// The phrase; its needles allow what this snapshot calls for.
    pub(super) phrase: Phrase,
    /// For each needle and each segment the words that are meant.
    pub(super) meant: Vec<Vec<Meant>>,
    /// The same for each other spelling of the name.
    pub(super) others: Vec<Resolved>,
}

/// Looks a phrase up.
pub(super) fn resolve(store: &Store, phrase: &Phrase, boldness: Boldness) -> Resolved {
    let others: Vec<Resolved> =
        phrase.others.iter().map(|other| resolve(store, other, boldness)).collect();
    let spelt = others.iter().any(Resolved::is_known);
    let fields = phrase.scope.fields();
    let mut phrase = phrase.clone();
    let mut meant = Vec::with_capacity(phrase.words.len());
    // Of a word of a phrase it matters in which fields it is, not only in which one best.
    let initial = fields == FieldSet::BARE && phrase.is_in_index();
    for at in 0..phrase.words.len() {
        let Some(needle) = phrase.words.get(at) else { continue };
        let begins = each_segment(store, |words| beginning(words, needle, fields, initial));
        let known = spelt || begins.iter().any(|(any, _)| *any);
        let guess = phrase.guess_at(needle, known, boldness);
        let inside = phrase.inside && !known;
        let Some(needle) = phrase.words.get_mut(at) else { continue };
        (needle.inside, needle.guess) = (inside, guess);
        let mut of_needle: Vec<Meant> = begins.into_iter().map(|(_, meant)| meant).collect();
        if needle.inside || needle.guess.is_some() {
            add_elsewhere(store, needle, fields, &mut of_needle);
        }
        meant.push(of_needle);
    }
    Resolved { phrase, meant, others }
}

impl Resolved {
    /// Gives the phrase and its other spellings.
    pub(super) fn into_phrases(self, phrases: &mut Vec<Phrase>) {
        phrases.push(self.phrase);
        self.others.into_iter().for_each(|other| other.into_phrases(phrases));
    }

    /// Whether each of its needles means a word.
    fn is_known(&self) -> bool {
        self.meant.iter().all(|needle| needle.iter().any(|meant| !meant.is_empty()))
    }

    /// Whether it means a word that is a guess.
    pub(super) fn has_guesses(&self) -> bool {
        let mut all = self.meant.iter().flatten().flatten();
        all.any(|(_, tier)| tier.is_guess())
    }
}

/// Asks the vocabulary of each segment, in parallel.
fn each_segment<T: Send>(store: &Store, ask: impl Fn(&Words) -> T + Sync) -> Vec<T> {
    store.segments().par_iter().map(|segment| ask(Segment::words(segment))).collect()
}

/// Whether any word begins with the needle, and the words that are meant among them: all of an initial
/// together where that will do.
fn beginning(
    words: &Words,
    needle: &WordPattern,
    fields: FieldSet,
    initial: bool,
) -> (bool, Meant) {
    let mut any = false;
    let mut meant = Meant::new();
    if let Some(all) = words.initial(&needle.letters).filter(|_| initial && needle.beginning) {
        let whole = words.beginning(&needle.letters).take(1);
        let whole = whole.filter(|number| words.word(*number) == needle.letters);
        meant.extend(whole.map(|number| (number, MatchQuality::Whole)));
        meant.push((all, MatchQuality::Beginning));
        meant.retain(|(number, _)| words.fields(*number).meets(fields));
        return (!meant.is_empty(), meant);
    }
    for number in words.beginning(&needle.letters) {
        if words.fields(number).meets(fields) {
            any = true;
            meant.extend(needle.tier(words.word(number)).map(|tier| (number, tier)));
        }
    }
    (any, meant)
}

/// Adds the words that are meant and do not begin with the needle. Most words are passed over by their
/// letters alone.
fn add_elsewhere(store: &Store, needle: &WordPattern, fields: FieldSet, meant: &mut [Meant]) {
    let elsewhere = |word: &str| {
        let tier = needle.tier(word).filter(|tier| *tier <= MatchQuality::Inside)?;
        Some((word.to_owned(), tier))
    };
    let (typed, lexicon) = (letter_mask(&needle.letters), store.lexicon());
    let found = match needle.guess.as_ref().map_or(0, Guess::wrong) {
        0 => lexicon.look_for(|letters| may_be::<0>(typed, letters), elsewhere),
        1 => lexicon.look_for(|letters| may_be::<1>(typed, letters), elsewhere),
        _ => lexicon.look_for(|letters| may_be::<2>(typed, letters), elsewhere),
    };
    store.segments().par_iter().zip(meant).for_each(|(segment, meant)| {
        let words = Segment::words(segment);
        for (word, tier) in &found {
            let number = words.number(word).filter(|number| words.fields(*number).meets(fields));
            meant.extend(number.map(|number| (number, *tier)));
        }
    });
}
