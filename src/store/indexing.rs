//! Builds the word index of a segment, record by record.

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::push_number;
use super::fields::FieldSet;
use super::fold::{fold_into, words};
use super::words::{Words, letter_mask};

/// A word index that is being built. Words are numbered in the order they are met, found again by
/// an open hash table, and sorted at the end; no word is a string of its own.
#[derive(Debug)]
pub(super) struct Indexing {
    /// All words, one after the other, in the order they were met.
    letters: String,
    /// Each word.
    words: Vec<Met>,
    /// The hash table. Its length is a power of two, and at least half of its places are free.
    table: Vec<Place>,
    /// For each record, one after the other, its words and their fields.
    entries: Vec<Entry>,
    /// Where the entries of each finished record end.
    record_ends: Vec<usize>,
    /// The entries by word, when the index is finished.
    by_word: Vec<Entry>,
    /// The folded text that is being read.
    folded: String,
}

/// A place of the hash table. It has the hash itself, so that a word is looked at only where it is
/// nearly always the right one.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The hash of the word.
    hash: u32,
    /// The number of the word; none where the place is free.
    number: u32,
}

impl Place {
    /// A free place.
    const FREE: Place = Place { hash: 0, number: u32::MAX };
}

/// A word that was met. Small, since there are many and each is looked at often.
#[derive(Debug)]
struct Met {
    /// Where it begins in the letters.
    start: u32,
    /// How many bytes it has.
    length: u32,
    /// Its latest entry, and when the entries are sorted, its next.
    latest: u32,
    /// How many records it occurs in.
    records: u32,
}

/// A number that is far below four thousand millions in any batch of records.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A word in a record.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// The word, or when sorted by words, the record.
    number: u32,
    /// The fields it occurs in.
    fields: FieldSet,
}

impl Default for Indexing {
    /// An empty index.
    fn default() -> Indexing {
        Indexing {
            letters: String::new(),
            words: Vec::new(),
            table: vec![Place::FREE; 1 << 12],
            entries: Vec::new(),
            record_ends: Vec::new(),
            by_word: Vec::new(),
            folded: String::new(),
        }
    }
}

impl Indexing {
    /// Adds the words of a text of the record that is being read.
    pub(super) fn add(&mut self, field: FieldSet, text: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(text, &mut folded);
        for word in words(&folded) {
            self.add_word(field, folded.get(word).unwrap_or_default());
        }
        self.folded = folded;
    }

    /// Ends the record that is being read.
    pub(super) fn end_record(&mut self) {
        self.record_ends.push(self.entries.len());
    }

    /// Notes that a word occurs in a field of the record that is being read.
    fn add_word(&mut self, field: FieldSet, word: &str) {
        let begin = self.record_ends.last().copied().unwrap_or(0);
        let number = self.number(word);
        let Some(met) = self.words.get_mut(number as usize) else { return };
        let latest = met.latest as usize;
        match self.entries.get_mut(latest) {
            Some(entry) if latest >= begin => entry.fields = entry.fields | field,
            _ => {
                met.latest = short(self.entries.len());
                met.records += 1;
                self.entries.push(Entry { number, fields: field });
            }
        }
    }

    /// The number of a word, a new one where it was not met before.
    fn number(&mut self, word: &str) -> u32 {
        let [a, b, c, d, ..] = xxh3_64(word.as_bytes()).to_le_bytes();
        let hash = u32::from_le_bytes([a, b, c, d]);
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(place) = self.table.get(at).filter(|it| it.number != u32::MAX) {
            if place.hash == hash && self.letters_of(place.number) == word {
                return place.number;
            }
            at = (at + 1) & mask;
        }
        let place = Place { hash, number: short(self.words.len()) };
        let (start, length) = (short(self.letters.len()), short(word.len()));
        self.words.push(Met { start, length, latest: u32::MAX, records: 0 });
        self.letters.push_str(word);
        if let Some(free) = self.table.get_mut(at) {
            *free = place;
        }
        if self.words.len() * 2 > self.table.len() {
            self.grow();
        }
        place.number
    }

    /// The letters of a word that was met.
    fn letters_of(&self, number: u32) -> &str {
        let range = |met: &Met| met.start as usize..met.start as usize + met.length as usize;
        let range = self.words.get(number as usize).map(range);
        range.and_then(|range| self.letters.get(range)).unwrap_or_default()
    }

    /// Doubles the hash table.
    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![Place::FREE; mask + 1];
        for place in self.table.iter().filter(|place| place.number != u32::MAX) {
            let mut at = place.hash as usize & mask;
            while table.get(at).is_some_and(|taken| taken.number != u32::MAX) {
                at = (at + 1) & mask;
            }
            if let Some(free) = table.get_mut(at) {
                *free = *place;
            }
        }
        self.table = table;
    }

    /// The finished index; what comes after is of another segment.
    pub(super) fn finish(&mut self) -> Words {
        let mut sorted: Vec<u32> = (0..).take(self.words.len()).collect();
        sorted.sort_unstable_by(|&a, &b| self.letters_of(a).cmp(self.letters_of(b)));
        self.sort_entries(&sorted);
        let count = sorted.len();
        let mut words = Words {
            letters: String::with_capacity(self.letters.len()),
            ends: Vec::with_capacity(count),
            fields: Vec::with_capacity(count),
            masks: Vec::with_capacity(count),
            posting_ends: Vec::with_capacity(count),
            postings: Vec::with_capacity(self.by_word.len() * 2),
        };
        let mut from = 0;
        for number in sorted {
            let Some(met) = self.words.get(number as usize) else { continue };
            let to = from + met.records as usize;
            let letters = self.letters_of(number);
            let entries = self.by_word.get(from..to).unwrap_or_default();
            words.letters.push_str(letters);
            words.ends.push(short(words.letters.len()));
            words.masks.push(letter_mask(letters));
            words.fields.push(encode(entries, &mut words.postings));
            words.posting_ends.push(short(words.postings.len()));
            from = to;
        }
        words.postings.shrink_to_fit();
        self.clear();
        words
    }

    /// Forgets all words, and keeps the memory.
    fn clear(&mut self) {
        self.letters.clear();
        self.words.clear();
        self.table.fill(Place::FREE);
        self.entries.clear();
        self.record_ends.clear();
    }

    /// Sorts the entries by word, in the given order of words, and by record: a counting sort.
    fn sort_entries(&mut self, sorted: &[u32]) {
        let mut next = 0;
        for &number in sorted {
            if let Some(met) = self.words.get_mut(number as usize) {
                met.latest = next;
                next += met.records;
            }
        }
        self.by_word.resize(self.entries.len(), Entry::default());
        let mut from = 0;
        for (record, &to) in (0..).zip(&self.record_ends) {
            for entry in self.entries.get(from..to).unwrap_or_default() {
                let Some(met) = self.words.get_mut(entry.number as usize) else { continue };
                if let Some(place) = self.by_word.get_mut(met.latest as usize) {
                    *place = Entry { number: record, fields: entry.fields };
                }
                met.latest += 1;
            }
            from = to;
        }
    }
}

/// Writes the postings of a word; all the fields it occurs in.
fn encode(entries: &[Entry], postings: &mut Vec<u8>) -> FieldSet {
    let mut all = FieldSet::NONE;
    let mut before = Entry::default();
    for entry in entries {
        let same = entry.fields == before.fields;
        push_number(postings, ((entry.number - before.number) as usize) << 1 | usize::from(same));
        if !same {
            push_number(postings, usize::from(entry.fields.bits()));
        }
        all = all | entry.fields;
        before = *entry;
    }
    all
}
