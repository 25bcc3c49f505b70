//! Formulas: pairs of words that follow each other in many records, as in `foreign affairs`.
//!
//! A phrase is looked for in the text of the records that have its words. Of a formula those are so many
//! that reading them takes long, so a segment keeps its postings as if it were a word. Which pairs are
//! formulas, its first records tell.

use super::postings::{Posting, Postings};
use super::term_dictionary::{WordNumber, part};
use crate::record::field_set::FieldSet;

/// How many records tell which pairs are formulas.
const SAMPLE: usize = 128;

/// In how many of them a formula occurs at least.
const OFTEN: usize = SAMPLE / 16;

/// How many letters both words of a formula have at least, and one of them: nobody looks for `of the`.
const LETTERS: (usize, usize) = (3, 4);

/// The formulas of a segment and their postings.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    /// The two words of each, sorted.
    pairs: Vec<[WordNumber; 2]>,
    /// Where the postings of each end.
    ends: Vec<u32>,
    /// The postings of each.
    postings: Vec<u8>,
}

impl Formulas {
    /// The records in which one word follows the other; nothing where the two are no formula.
    pub(super) fn postings(&self, pair: [WordNumber; 2]) -> Option<Postings<'_>> {
        let at = u32::try_from(self.pairs.binary_search(&pair).ok()?).ok()?;
        Some(Postings::new(self.postings.get(part(&self.ends, at))?))
    }

    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        self.postings.len() + self.pairs.len() * (size_of::<[WordNumber; 2]>() + size_of::<u32>())
    }
}

/// Whether words of so many bytes can be a formula.
fn may_be([one, other]: [usize; 2]) -> bool {
    one.min(other) >= LETTERS.0 && one.max(other) >= LETTERS.1
}

/// A pair of words in a record. Words have the numbers of the index that is being built.
#[derive(Clone, Copy, Debug)]
struct Met {
    /// The two words.
    pair: [u32; 2],
    /// The record.
    record: u16,
    /// The field.
    field: FieldSet,
}

/// The formulas of a segment that is being built.
#[derive(Debug, Default)]
pub(super) struct FormulasInMaking {
    /// All pairs of the first records, until they have told.
    sample: Vec<Met>,
    /// Whether they have.
    told: bool,
    /// The part that each word has in formulas.
    parts: Vec<Part>,
    /// The formulas that begin with a word, by the number in its part.
    followed: Vec<Vec<Formula>>,
}

/// The part that a word has in formulas.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// One more than the place of those that begin with it, or 0.
    begins: u16,
    /// Whether any ends with it.
    ends: bool,
}

/// A formula that begins with a certain word.
#[derive(Debug)]
struct Formula {
    /// The word that it ends with.
    second: u32,
    /// Its records, with the fields it occurs in.
    records: Vec<(u16, FieldSet)>,
}

impl FormulasInMaking {
    /// Notes that one word follows another in a field of a record.
    #[inline]
    pub(super) fn follow(&mut self, record: u16, field: FieldSet, pair: [u32; 2]) {
        let part = |word: u32| self.parts.get(word as usize).copied().unwrap_or_default();
        // Looked at together: whether one alone is so cannot be foreseen.
        if (part(pair[0]).begins > 0) & part(pair[1]).ends {
            self.note(Met { pair, record, field });
        }
    }

    /// Notes the same while the first records have not told which pairs are formulas, with how long the
    /// two words are.
    pub(super) fn sample(
        &mut self,
        record: u16,
        field: FieldSet,
        pair: [u32; 2],
        lengths: [usize; 2],
    ) {
        if may_be(lengths) {
            self.sample.push(Met { pair, record, field });
        }
    }

    /// Whether the first records are still to tell.
    pub(super) fn is_sampling(&self) -> bool {
        !self.told
    }

    /// Notes a pair, where it is a formula.
    fn note(&mut self, Met { pair: [first, second], record, field }: Met) {
        let begins = self.parts.get(first as usize).map_or(0, |part| usize::from(part.begins));
        let followed = begins.checked_sub(1).and_then(|place| self.followed.get_mut(place));
        let formula = followed.and_then(|all| all.iter_mut().find(|it| it.second == second));
        let Some(Formula { records, .. }) = formula else { return };
        match records.last_mut().filter(|(last, _)| *last == record) {
            Some((_, fields)) => *fields = *fields | field,
            None => records.push((record, field)),
        }
    }

    /// Has the first records tell, when there are enough of them.
    pub(super) fn end_record(&mut self, records: usize) {
        if self.told || records < SAMPLE {
            return;
        }
        self.told = true;
        let sample = std::mem::take(&mut self.sample);
        let mut sorted: Vec<([u32; 2], u16)> =
            sample.iter().map(|met| (met.pair, met.record)).collect();
        sorted.sort_unstable();
        sorted.dedup();
        for same in sorted.chunk_by(|(a, _), (b, _)| a == b).filter(|same| same.len() >= OFTEN) {
            if let Some((pair, _)) = same.first() {
                self.choose(*pair);
            }
        }
        for met in sample {
            self.note(met);
        }
    }

    /// Makes a pair a formula.
    fn choose(&mut self, [first, second]: [u32; 2]) {
        let words = first.max(second) as usize + 1;
        if self.parts.len() < words {
            self.parts.resize(words, Part::default());
        }
        if let Some(part) = self.parts.get_mut(second as usize) {
            part.ends = true;
        }
        let Some(part) = self.parts.get_mut(first as usize) else { return };
        if part.begins == 0 {
            self.followed.push(Vec::new());
            part.begins = u16::try_from(self.followed.len()).unwrap_or(0);
        }
        if let Some(followed) = self.followed.get_mut(usize::from(part.begins).saturating_sub(1)) {
            followed.push(Formula { second, records: Vec::new() });
        }
    }

    /// The finished formulas; what comes after is of another segment. `sorted` are the words in the order
    /// of their letters.
    pub(super) fn finish(&mut self, sorted: &[u32], posting: &mut Posting) -> Formulas {
        let made = std::mem::take(self);
        let mut formulas = Formulas::default();
        if made.followed.is_empty() {
            return formulas;
        }
        let mut numbers = vec![WordNumber(0); sorted.len()];
        for (number, word) in (0..).map(WordNumber).zip(sorted) {
            if let Some(of_word) = numbers.get_mut(*word as usize) {
                *of_word = number;
            }
        }
        let number = |word: u32| numbers.get(word as usize).copied().unwrap_or(WordNumber(0));
        let mut pairs: Vec<([WordNumber; 2], &Formula)> = Vec::new();
        for (first, part) in (0..).zip(&made.parts).filter(|(_, part)| part.begins > 0) {
            let followed = made.followed.get(usize::from(part.begins) - 1).into_iter().flatten();
            pairs.extend(followed.map(|it| ([number(first), number(it.second)], it)));
        }
        pairs.sort_unstable_by_key(|(pair, _)| *pair);
        for (pair, formula) in pairs {
            formula.records.iter().for_each(|(record, fields)| posting.push(*record, *fields));
            posting.write(&mut formulas.postings);
            formulas.pairs.push(pair);
            formulas.ends.push(u32::try_from(formulas.postings.len()).unwrap_or(u32::MAX));
        }
        formulas.postings.shrink_to_fit();
        formulas
    }
}
