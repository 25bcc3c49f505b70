//! A phrase looked up in the vocabularies of a snapshot: which words of which segment it means.

use rayon::prelude::*;

use super::needle::{Needle, Tier};
use super::term::{Guessing, Phrase};
use crate::store::fields::FieldSet;
use crate::store::words::{WordNumber, Words, letter_mask};
use crate::store::{Segment, Store};

/// The words of one segment that one needle means, and how closely.
pub(super) type Meant = Vec<(WordNumber, Tier)>;

/// A phrase and the words it means.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// The phrase; its needles allow what this snapshot calls for.
    pub(super) phrase: Phrase,
    /// For each needle and each segment the words that are meant.
    pub(super) meant: Vec<Vec<Meant>>,
}

/// Looks a phrase up. `bold` is whether guesses are made though words begin with what was typed.
pub(super) fn resolve(store: &Store, phrase: &Phrase, bold: bool) -> Resolved {
    let fields = phrase.scope.fields();
    let mut phrase = phrase.clone();
    let mut meant = Vec::with_capacity(phrase.words.len());
    for at in 0..phrase.words.len() {
        let Some(needle) = phrase.words.get(at) else { continue };
        let begins = each_segment(store, |words| beginning(words, needle, fields));
        let known = begins.iter().any(|(any, _)| *any);
        let guess = match phrase.guessing {
            Guessing::Never => false,
            Guessing::WhereNeeded => bold || !known,
            Guessing::Always => true,
        };
        let guess = guess.then(|| phrase.guess_at(needle)).flatten();
        let inside = phrase.inside && !known;
        let Some(needle) = phrase.words.get_mut(at) else { continue };
        (needle.inside, needle.guess) = (inside, guess);
        meant.push(if needle.inside || needle.guess.is_some() {
            each_segment(store, |words| anywhere(words, needle, fields))
        } else {
            begins.into_iter().map(|(_, meant)| meant).collect()
        });
    }
    Resolved { phrase, meant }
}

impl Resolved {
    /// Whether it means a word that is a guess.
    pub(super) fn has_guesses(&self) -> bool {
        let mut all = self.meant.iter().flatten().flatten();
        all.any(|(_, tier)| *tier == Tier::Guess)
    }
}

/// Asks the vocabulary of each segment, in parallel.
fn each_segment<T: Send>(store: &Store, ask: impl Fn(&Words) -> T + Sync) -> Vec<T> {
    store.segments().par_iter().map(|segment| ask(Segment::words(segment))).collect()
}

/// Whether any word begins with the needle, and the words that are meant among them.
fn beginning(words: &Words, needle: &Needle, fields: FieldSet) -> (bool, Meant) {
    let mut any = false;
    let mut meant = Meant::new();
    if let Some(all) = words.initial(&needle.letters).filter(|_| needle.beginning) {
        let whole = words.beginning(&needle.letters).take(1);
        let whole = whole.filter(|number| words.word(*number) == needle.letters);
        meant.extend(whole.map(|number| (number, Tier::Whole)));
        meant.push((all, Tier::Beginning));
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

/// The words that are meant, wherever they stand in the alphabet. Most words are passed over by
/// their letters alone.
fn anywhere(words: &Words, needle: &Needle, fields: FieldSet) -> Meant {
    let mask = letter_mask(&needle.letters);
    let mut meant = Meant::new();
    for (number, found_in, letters) in words.all() {
        let may_fit = mask & !letters == 0
            || needle.guess.as_ref().is_some_and(|guess| guess.may_fit(letters));
        if may_fit && found_in.meets(fields) {
            meant.extend(needle.tier(words.word(number)).map(|tier| (number, tier)));
        }
    }
    meant
}
