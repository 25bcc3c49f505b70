//! Builds the word index of a segment, record by record.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::bigrams::FormulasInMaking;
use super::postings::Posting;
use super::prefix_table::Sections;
use super::term_dictionary::Words;
use crate::record::field_set::FieldSet;
use crate::text::fold::fold_into;
use crate::text::words::words;

/// How many bytes of a word its key holds.
const KEY: usize = 2 * size_of::<u64>();
/// Which bits of a key are of a word, by how many bytes the word has.
const OF_WORD: [[u64; 2]; KEY + 1] = {
    let mut masks = [[0; 2]; KEY + 1];
    let mut length = 1;
    while length <= KEY {
        masks[length] = masks[length - 1];
        masks[length][(length - 1) / 8] |= 0xff << (8 * ((length - 1) % 8));
        length += 1;
    }
    masks
};
/// How many initials have postings of their own: those that are ASCII.
const INITIALS: usize = 1 << 7;
/// How many places the hash table has at first.
const PLACES: usize = 1 << 12;
/// Which part of it may be taken: the words that are met most were met first, and are found at once;
/// and a table that is small is near.
const FULL: (usize, usize) = (4, 5);

/// A word index that is being built. Words are numbered in the order they are met, found again by
/// an open hash table, and sorted at the end; no word is a string of its own.
#[derive(Debug)]
pub(crate) struct Indexing {
    /// All words, one after the other, in the order they were met.
    letters: String,
    /// Where each word ends in the letters.
    ends: Vec<u32>,
    /// The hash table. Its length is a power of two.
    table: Vec<Place>,
    /// For each record, one after the other, its words and their fields.
    entries: Vec<Entry>,
    /// Where the entries of each finished record end.
    record_ends: Vec<usize>,
    /// The records of each word and their fields, when the index is finished.
    by_word: Vec<(u16, FieldSet)>,
    /// The pairs of words that follow each other in many records.
    formulas: FormulasInMaking,
    /// The postings of the word that is being written.
    posting: Posting,
    /// The folded text that is being read.
    folded: String,
    /// Its words.
    met: Vec<Met>,
}

/// A place of the hash table: all that is needed each time a word is met, so that memory is asked
/// for once.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The key of the word: see [`key`].
    key: [u64; 2],
    /// The number of the word; the greatest number where the place is free.
    number: u32,
    /// The latest entry of the word.
    latest: u32,
}

/// A word of the text that is being read.
#[derive(Clone, Copy, Debug)]
struct Met {
    /// Its key: see [`key`].
    key: [u64; 2],
    /// Where it begins in the text, and how long it is.
    start: u32,
    length: u32,
    /// The place in the table that is looked at first.
    place: u32,
    /// Whether the word is there.
    is_there: bool,
}

impl Met {
    /// Where it stands in the text.
    fn range(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

impl Place {
    /// A free place.
    const FREE: Place = Place { key: [0; 2], number: u32::MAX, latest: u32::MAX };

    /// Whether no word has it.
    fn is_free(&self) -> bool {
        self.number == u32::MAX
    }
}

/// The key of a word: its letters where they are few, else a hash of them. The bytes of the second
/// half then are all ones, which letters never are, and the word has to be compared.
#[inline]
fn key(letters: &[u8], word: Range<usize>) -> [u64; 2] {
    match (OF_WORD.get(word.len()), two_numbers(letters, word.start)) {
        (Some(of_word), Some([low, high])) => [low & of_word[0], high & of_word[1]],
        _ => [xxh3_64(letters.get(word).unwrap_or_default()), u64::MAX],
    }
}

/// The bytes from a place on as two numbers, the first byte the lowest.
#[inline]
fn two_numbers(bytes: &[u8], from: usize) -> Option<[u64; 2]> {
    let (low, rest) = bytes.get(from..)?.split_first_chunk()?;
    Some([u64::from_le_bytes(*low), u64::from_le_bytes(*rest.first_chunk()?)])
}

/// Where the search for a key begins.
#[inline]
fn hash([low, high]: [u64; 2]) -> usize {
    let both = low ^ high.wrapping_mul(0xe703_7ed1_a0b4_28db);
    // What is multiplied has an effect on higher bits alone.
    let mixed = (both ^ both >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 32).unwrap_or(usize::MAX)
}

/// A number that is far below four thousand millions in any batch of records.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A word in a record.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// The word.
    word: u32,
    /// The fields it occurs in.
    fields: FieldSet,
    /// Its first byte.
    initial: u8,
}

impl Default for Indexing {
    /// An empty index.
    fn default() -> Indexing {
        Indexing {
            letters: String::new(),
            ends: Vec::new(),
            table: vec![Place::FREE; PLACES],
            entries: Vec::new(),
            record_ends: Vec::new(),
            by_word: Vec::new(),
            formulas: FormulasInMaking::default(),
            posting: Posting::default(),
            folded: String::new(),
            met: Vec::new(),
        }
    }
}

impl Indexing {
    /// Adds the words of a text of the record that is being read.
    pub(crate) fn add(&mut self, field: FieldSet, text: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(text, &mut folded);
        // So that a key can be cut out behind the last word too.
        folded.push_str("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let begin = short(self.record_ends.last().copied().unwrap_or(0));
        let mut met = std::mem::take(&mut self.met);
        let letters = folded.as_bytes();
        let places = self.table.len();
        // Nothing here waits for what is found, so that the memory of many words is on its way at once.
        met.extend(words(&folded).map(|range| {
            let (start, length) = (short(range.start), short(range.len()));
            let key = key(letters, range);
            let place = hash(key) & (places - 1);
            let is_there = self.table.get(place).is_some_and(|place| place.key == key);
            Met {
                key,
                start,
                length,
                place: short(place),
                is_there: is_there && key[1] != u64::MAX,
            }
        }));
        let record = u16::try_from(self.record_ends.len()).unwrap_or(u16::MAX);
        let sampling = self.formulas.is_sampling();
        let (mut before, mut length_before) = (u32::MAX, 0);
        let mut next = self.entries.len();
        self.entries.resize(next + met.len(), Entry::default());
        for word in &met {
            // A table that has grown meanwhile has it elsewhere.
            let is_there = word.is_there & (self.table.len() == places);
            let at = if is_there { word.place as usize } else { self.place(&folded, word) };
            let number = self.note(field, letters, word.start, at, begin, &mut next);
            if sampling {
                let lengths = [length_before, word.length as usize];
                self.formulas.sample(record, field, [before, number], lengths);
            } else {
                self.formulas.follow(record, field, [before, number]);
            }
            (before, length_before) = (number, word.length as usize);
        }
        self.entries.truncate(next);
        met.clear();
        self.met = met;
        self.folded = folded;
    }

    /// The text that was added last, folded, with what is no letter behind it.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// Ends the record that is being read.
    pub(crate) fn end_record(&mut self) {
        self.record_ends.push(self.entries.len());
        self.formulas.end_record(self.record_ends.len());
    }

    /// Notes that a word of a text occurs in a field of the record that is being read, whose entries
    /// begin at `begin`. Returns the number of the word.
    #[inline]
    fn note(
        &mut self,
        field: FieldSet,
        letters: &[u8],
        start: u32,
        at: usize,
        begin: u32,
        next: &mut usize,
    ) -> u32 {
        let Some(place) = self.table.get_mut(at) else { return u32::MAX };
        // Without a branch: whether a record has a word twice cannot be foreseen.
        let is_new = place.latest.wrapping_add(1) <= begin;
        place.latest = if is_new { short(*next) } else { place.latest };
        *next += usize::from(is_new);
        if let Some(entry) = self.entries.get_mut(place.latest as usize) {
            let initial = letters.get(start as usize).copied().unwrap_or(0);
            *entry = Entry { word: place.number, fields: entry.fields | field, initial };
        }
        place.number
    }

    /// The place of a word in the table, a new one where it was not met before.
    fn place(&mut self, text: &str, word: &Met) -> usize {
        let mask = self.table.len() - 1;
        let mut at = hash(word.key) & mask;
        while let Some(place) = self.table.get(at).filter(|place| !place.is_free()) {
            let is_hashed = word.key[1] == u64::MAX;
            if place.key == word.key
                && (!is_hashed || text.get(word.range()) == Some(self.letters_of(place.number)))
            {
                return at;
            }
            at = (at + 1) & mask;
        }
        self.meet(text, word, at)
    }

    /// Takes in a word that was not met before at a free place; where it stands then.
    #[inline(never)]
    fn meet(&mut self, text: &str, word: &Met, free: usize) -> usize {
        let new = Place { key: word.key, number: short(self.ends.len()), latest: u32::MAX };
        self.letters.push_str(text.get(word.range()).unwrap_or_default());
        self.ends.push(short(self.letters.len()));
        if let Some(place) = self.table.get_mut(free) {
            *place = new;
        }
        if self.ends.len() * FULL.1 <= self.table.len() * FULL.0 {
            return free;
        }
        self.grow();
        self.place(text, word)
    }

    /// The letters of a word that was met.
    fn letters_of(&self, number: u32) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before as usize));
        let end = self.ends.get(number as usize).copied().unwrap_or(0);
        self.letters.get(start.copied().unwrap_or(0) as usize..end as usize).unwrap_or_default()
    }

    /// Doubles the hash table.
    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![Place::FREE; mask + 1];
        for place in self.table.iter().filter(|place| !place.is_free()) {
            let mut at = hash(place.key) & mask;
            while table.get(at).is_some_and(|taken| !taken.is_free()) {
                at = (at + 1) & mask;
            }
            if let Some(free) = table.get_mut(at) {
                *free = *place;
            }
        }
        self.table = table;
    }

    /// The finished index; what comes after is of another segment.
    pub(crate) fn finish(&mut self) -> Words {
        let count = self.ends.len();
        let sorted = self.sorted();
        let ends = self.sort_entries(&sorted);
        let mut words = Words {
            letters: String::with_capacity(self.letters.len()),
            ends: Vec::with_capacity(count),
            fields: Vec::with_capacity(count),
            posting_ends: Vec::with_capacity(count),
            postings: Vec::with_capacity(self.by_word.len() * 2),
            ..Words::default()
        };
        words.formulas = self.formulas.finish(&sorted, &mut self.posting);
        let mut from = 0;
        for number in sorted {
            let to = ends.get(number as usize).copied().unwrap_or(0) as usize;
            words.letters.push_str(self.letters_of(number));
            words.ends.push(short(words.letters.len()));
            for &(record, fields) in self.by_word.get(from..to).unwrap_or_default() {
                self.posting.push(record, fields);
            }
            words.fields.push(self.posting.write(&mut words.postings));
            words.posting_ends.push(short(words.postings.len()));
            from = to;
        }
        words.sections = Sections::of(words.all().map(|number| words.word(number)));
        self.add_initials(&mut words);
        words.postings.shrink_to_fit();
        self.clear();
        words
    }

    /// The words in the order of their letters. The first letters, as a number, mostly decide.
    fn sorted(&self) -> Vec<u32> {
        let mut sorted: Vec<(u64, u32)> = Vec::with_capacity(self.ends.len());
        for number in (0..).take(self.ends.len()) {
            let mut first = [0; size_of::<u64>()];
            let letters = self.letters_of(number).as_bytes();
            first.iter_mut().zip(letters).for_each(|(first, letter)| *first = *letter);
            sorted.push((u64::from_be_bytes(first), number));
        }
        sorted.sort_unstable_by(|(first, a), (other, b)| {
            first.cmp(other).then_with(|| self.letters_of(*a).cmp(self.letters_of(*b)))
        });
        sorted.into_iter().map(|(_, number)| number).collect()
    }

    /// Adds the postings of all words with each initial, in the fields that a term without a name looks
    /// into, each record with the best of them.
    fn add_initials(&mut self, words: &mut Words) {
        let mut postings: Vec<Posting> = Vec::new();
        postings.resize_with(INITIALS, Posting::default);
        let mut of_record = [FieldSet::NONE; INITIALS];
        let mut from = 0;
        for (record, &to) in (0..).zip(&self.record_ends) {
            let mut met = 0_u128;
            for entry in self.entries.get(from..to).unwrap_or_default() {
                if let Some(fields) = of_record.get_mut(usize::from(entry.initial)) {
                    *fields = *fields | entry.fields;
                    met |= 1 << entry.initial;
                }
            }
            from = to;
            while met != 0 {
                let initial = met.trailing_zeros() as usize;
                met &= met - 1;
                let of_initial = of_record.get_mut(initial).zip(postings.get_mut(initial));
                let Some((fields, posting)) = of_initial else { continue };
                let fields = std::mem::take(fields) & FieldSet::BARE;
                if !fields.is_empty() {
                    posting.push(record, fields.best());
                }
            }
        }
        for (initial, mut posting) in (0..).zip(postings) {
            let fields = posting.write(&mut words.postings);
            if !fields.is_empty() {
                words.initials.push(initial);
                words.fields.push(fields);
                words.posting_ends.push(short(words.postings.len()));
            }
        }
    }

    /// Forgets all words, and keeps the memory.
    fn clear(&mut self) {
        self.letters.clear();
        self.ends.clear();
        self.table.fill(Place::FREE);
        self.entries.clear();
        self.record_ends.clear();
    }

    /// Sorts the entries by word, in the given order of words, and by record: a counting sort.
    /// Returns for each word by its number where its entries end.
    fn sort_entries(&mut self, sorted: &[u32]) -> Vec<u32> {
        let mut ends = vec![0_u32; sorted.len()];
        for entry in &self.entries {
            if let Some(count) = ends.get_mut(entry.word as usize) {
                *count += 1;
            }
        }
        let mut next = 0;
        for &number in sorted {
            if let Some(place) = ends.get_mut(number as usize) {
                next += std::mem::replace(place, next);
            }
        }
        self.by_word.resize(self.entries.len(), (0, FieldSet::NONE));
        let mut from = 0;
        for (record, &to) in (0..).zip(&self.record_ends) {
            for entry in self.entries.get(from..to).unwrap_or_default() {
                let Some(place) = ends.get_mut(entry.word as usize) else { continue };
                if let Some(of_word) = self.by_word.get_mut(*place as usize) {
                    *of_word = (record, entry.fields);
                }
                *place += 1;
            }
            from = to;
        }
        ends
    }
}
