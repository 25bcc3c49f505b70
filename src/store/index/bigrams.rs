//! Bigrams: pairs of words that follow each other in many records, such as `foreign affairs`.
//!
//! To find a phrase, the texts of all records with its words are read. Two words of a bigram have
//! so many records in common that this is slow. A segment therefore stores postings for its
//! bigrams, as it does for words. The first records of a segment are a sample that decides which
//! pairs are bigrams.

use super::postings::{Postings, PostingsWriter};
use super::term_dictionary::{WordId, range_at};
use crate::record::field_set::FieldSet;

/// The number of records in the sample.
const SAMPLE_RECORDS: usize = 128;

/// The number of records of the sample in which a pair must occur to become a bigram.
const MIN_SAMPLE_RECORDS: usize = SAMPLE_RECORDS / 16;

/// The smallest length in bytes of the shorter word of a bigram. Nobody searches for `of the`.
const MIN_SHORTER_WORD_BYTES: usize = 3;

/// The smallest length in bytes of the longer word of a bigram.
const MIN_LONGER_WORD_BYTES: usize = 4;

/// The bigrams of a segment and their postings.
#[derive(Debug, Default)]
pub(super) struct Bigrams {
    /// The two words of each bigram, sorted.
    pairs: Vec<[WordId; 2]>,
    /// The end of each bigram's postings in `postings`.
    ends: Vec<u32>,
    /// The postings of all bigrams, one after the other.
    postings: Vec<u8>,
}

impl Bigrams {
    /// Returns the records in which the second word directly follows the first. `None` if the pair
    /// is no bigram.
    pub(super) fn postings(&self, pair: [WordId; 2]) -> Option<Postings<'_>> {
        let index = u32::try_from(self.pairs.binary_search(&pair).ok()?).ok()?;
        Some(Postings::new(self.postings.get(range_at(&self.ends, index))?))
    }

    /// The memory size in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        self.postings.len() + self.pairs.len() * (size_of::<[WordId; 2]>() + size_of::<u32>())
    }
}

/// Whether two words of these lengths in bytes can be a bigram.
fn may_be_bigram([first, second]: [usize; 2]) -> bool {
    first.min(second) >= MIN_SHORTER_WORD_BYTES && first.max(second) >= MIN_LONGER_WORD_BYTES
}

/// A pair of words in a record. Words have the numbers of [`IndexBuilder`].
///
/// [`IndexBuilder`]: super::index_builder::IndexBuilder
#[derive(Clone, Copy, Debug)]
struct PairOccurrence {
    /// The two words.
    words: [u32; 2],
    /// The record.
    record: u16,
    /// The field.
    field: FieldSet,
}

/// Builds the bigrams of a segment.
#[derive(Debug, Default)]
pub(super) struct BigramBuilder {
    /// All pairs in the sample, until the bigrams are chosen.
    sample: Vec<PairOccurrence>,
    /// Whether the bigrams are chosen.
    has_sampled: bool,
    /// The role of each word in bigrams, by word number.
    roles: Vec<WordRole>,
    /// Lists of bigrams with the same first word: see [`WordRole::list_number`].
    by_first_word: Vec<Vec<BuildingBigram>>,
}

/// The role of a word in bigrams.
#[derive(Clone, Copy, Debug, Default)]
struct WordRole {
    /// One more than the index of the list of bigrams that begin with the word; 0 if there are
    /// none.
    list_number: u16,
    /// Whether a bigram ends with the word.
    is_second: bool,
}

/// A bigram with the first word of its list.
#[derive(Debug)]
struct BuildingBigram {
    /// The second word.
    second_word: u32,
    /// The records it occurs in, with the fields it occurs in there.
    records: Vec<(u16, FieldSet)>,
}

impl BigramBuilder {
    /// Records an occurrence of a pair, if it is a bigram.
    #[inline]
    pub(super) fn record_pair(&mut self, record: u16, field: FieldSet, pair: [u32; 2]) {
        let role = |word: u32| self.roles.get(word as usize).copied().unwrap_or_default();
        // `&` instead of `&&`: one branch is predicted better than two.
        if (role(pair[0]).list_number > 0) & role(pair[1]).is_second {
            self.push(PairOccurrence { words: pair, record, field });
        }
    }

    /// Adds an occurrence of a pair to the sample. `lengths` are the lengths of the words in bytes.
    pub(super) fn sample_pair(
        &mut self,
        record: u16,
        field: FieldSet,
        pair: [u32; 2],
        lengths: [usize; 2],
    ) {
        if may_be_bigram(lengths) {
            self.sample.push(PairOccurrence { words: pair, record, field });
        }
    }

    /// Whether the sample is not complete yet.
    pub(super) fn is_sampling(&self) -> bool {
        !self.has_sampled
    }

    /// Adds an occurrence to the bigram of its pair, if there is one.
    fn push(&mut self, PairOccurrence { words: [first, second], record, field }: PairOccurrence) {
        let role = self.roles.get(first as usize);
        let list_number = role.map_or(0, |role| usize::from(role.list_number));
        let list = list_number.checked_sub(1).and_then(|index| self.by_first_word.get_mut(index));
        let bigram = list.and_then(|list| list.iter_mut().find(|it| it.second_word == second));
        let Some(BuildingBigram { records, .. }) = bigram else { return };
        match records.last_mut().filter(|(last, _)| *last == record) {
            Some((_, fields)) => *fields = *fields | field,
            None => records.push((record, field)),
        }
    }

    /// Ends a record. Chooses the bigrams when the sample is complete. `records` is the number of
    /// records so far.
    pub(super) fn end_record(&mut self, records: usize) {
        if self.has_sampled || records < SAMPLE_RECORDS {
            return;
        }
        self.has_sampled = true;
        let sample = std::mem::take(&mut self.sample);
        let mut sorted: Vec<([u32; 2], u16)> =
            sample.iter().map(|pair| (pair.words, pair.record)).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let pairs = sorted.chunk_by(|(a, _), (b, _)| a == b);
        for records in pairs.filter(|records| records.len() >= MIN_SAMPLE_RECORDS) {
            if let Some((pair, _)) = records.first() {
                self.add_bigram(*pair);
            }
        }
        for pair in sample {
            self.push(pair);
        }
    }

    /// Adds a pair as a bigram, without records.
    fn add_bigram(&mut self, [first, second]: [u32; 2]) {
        let words = first.max(second) as usize + 1;
        if self.roles.len() < words {
            self.roles.resize(words, WordRole::default());
        }
        if let Some(role) = self.roles.get_mut(second as usize) {
            role.is_second = true;
        }
        let Some(role) = self.roles.get_mut(first as usize) else { return };
        if role.list_number == 0 {
            self.by_first_word.push(Vec::new());
            role.list_number = u16::try_from(self.by_first_word.len()).unwrap_or(0);
        }
        let index = usize::from(role.list_number).saturating_sub(1);
        if let Some(list) = self.by_first_word.get_mut(index) {
            list.push(BuildingBigram { second_word: second, records: Vec::new() });
        }
    }

    /// Returns the finished bigrams, and starts those of the next segment. `sorted_words` are the
    /// word numbers in alphabetical order.
    pub(super) fn finish(&mut self, sorted_words: &[u32], writer: &mut PostingsWriter) -> Bigrams {
        let built = std::mem::take(self);
        let mut bigrams = Bigrams::default();
        if built.by_first_word.is_empty() {
            return bigrams;
        }
        let mut ids = vec![WordId(0); sorted_words.len()];
        for (id, word) in (0..).map(WordId).zip(sorted_words) {
            if let Some(of_word) = ids.get_mut(*word as usize) {
                *of_word = id;
            }
        }
        let id = |word: u32| ids.get(word as usize).copied().unwrap_or(WordId(0));
        let mut pairs: Vec<([WordId; 2], &BuildingBigram)> = Vec::new();
        for (first, role) in (0..).zip(&built.roles).filter(|(_, role)| role.list_number > 0) {
            let list = built.by_first_word.get(usize::from(role.list_number) - 1);
            let list = list.into_iter().flatten();
            pairs.extend(list.map(|it| ([id(first), id(it.second_word)], it)));
        }
        pairs.sort_unstable_by_key(|(pair, _)| *pair);
        for (pair, bigram) in pairs {
            bigram.records.iter().for_each(|(record, fields)| writer.push(*record, *fields));
            writer.finish_word(&mut bigrams.postings);
            bigrams.pairs.push(pair);
            bigrams.ends.push(u32::try_from(bigrams.postings.len()).unwrap_or(u32::MAX));
        }
        bigrams.postings.shrink_to_fit();
        bigrams
    }
}
