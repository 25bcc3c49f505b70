//! Builds the term dictionary of a segment, record by record.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::bigrams::BigramBuilder;
use super::postings::PostingsWriter;
use super::prefix_table::PrefixTable;
use super::term_dictionary::TermDictionary;
use crate::record::field_set::FieldSet;
use crate::text::fold::fold_into;
use crate::text::tokens::tokens;

/// The length of a word's key in bytes.
const KEY_BYTES: usize = 2 * size_of::<u64>();
/// The bits of a key that a word fills, by the length of the word in bytes.
const WORD_BYTE_MASKS: [[u64; 2]; KEY_BYTES + 1] = {
    let mut masks = [[0; 2]; KEY_BYTES + 1];
    let mut length = 1;
    while length <= KEY_BYTES {
        masks[length] = masks[length - 1];
        masks[length][(length - 1) / 8] |= 0xff << (8 * ((length - 1) % 8));
        length += 1;
    }
    masks
};
/// The number of initials that can have postings of their own: all ASCII characters.
const ASCII_INITIALS: usize = 1 << 7;
/// The initial number of slots of the hash table.
const INITIAL_TABLE_SLOTS: usize = 1 << 12;
/// The largest fraction of slots in use, as numerator and denominator. It can be high: frequent
/// words are inserted early and found at the first slot, and a small table fits the processor's
/// cache.
const MAX_LOAD_FACTOR: (usize, usize) = (4, 5);

/// Builds term dictionaries. After [`finish`](IndexBuilder::finish) it can build the next one and
/// reuses its memory.
///
/// Words are numbered in the order in which they are first seen, found by an open-addressing hash
/// table, and sorted at the end. No word is a `String` of its own.
#[derive(Debug)]
pub(crate) struct IndexBuilder {
    /// All words, one after the other, in the order of their numbers.
    letters: String,
    /// The end of each word in `letters`.
    ends: Vec<u32>,
    /// The hash table. Its length is a power of two.
    table: Vec<HashSlot>,
    /// The words of each record with their fields, record after record.
    entries: Vec<RecordWord>,
    /// The end of each finished record in `entries`.
    record_ends: Vec<usize>,
    /// The records of each word with their fields, word after word. Filled by `sort_entries`.
    entries_by_word: Vec<(u16, FieldSet)>,
    /// The bigrams so far.
    bigrams: BigramBuilder,
    /// The encoder of postings.
    postings_writer: PostingsWriter,
    /// The folded text that is being added.
    folded: String,
    /// The words of that text.
    tokens: Vec<TokenOccurrence>,
}

/// The largest number of words that are looked up together. A text may have millions.
const MAX_TOKENS: usize = 1 << 14;

/// The number and length of the word before the first one.
const NO_WORD: (u32, usize) = (u32::MAX, 0);

/// A slot of the hash table. It has everything that is needed for a known word, so that each word
/// costs one memory access.
#[derive(Clone, Copy, Debug)]
struct HashSlot {
    /// The key of the word: see [`word_key`].
    key: [u64; 2],
    /// The number of the word, or `u32::MAX` if the slot is free.
    word: u32,
    /// The index of the word's latest entry, or `u32::MAX` if it has none.
    latest_entry: u32,
}

/// A word of the text that is being added.
#[derive(Clone, Copy, Debug)]
struct TokenOccurrence {
    /// The key of the word: see [`word_key`].
    key: [u64; 2],
    /// The first byte of the word in the text.
    start: u32,
    /// The length of the word in bytes.
    length: u32,
    /// The slot at which the search for the word starts.
    first_slot: u32,
    /// Whether the word is in that slot.
    is_known: bool,
}

impl TokenOccurrence {
    /// The byte range of the word in the text.
    fn range(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

impl HashSlot {
    /// A free slot.
    const FREE: HashSlot = HashSlot { key: [0; 2], word: u32::MAX, latest_entry: u32::MAX };

    /// Whether the slot has no word.
    fn is_free(&self) -> bool {
        self.word == u32::MAX
    }
}

/// Returns the key of a word: its bytes, if it has at most [`KEY_BYTES`], else a hash of them. The
/// second half of a hash key is `u64::MAX`, which no UTF-8 text contains. Words with equal hash
/// keys must be compared.
#[inline]
fn word_key(letters: &[u8], word: Range<usize>) -> [u64; 2] {
    match (WORD_BYTE_MASKS.get(word.len()), read_u64_pair(letters, word.start)) {
        (Some(of_word), Some([low, high])) => [low & of_word[0], high & of_word[1]],
        _ => hashed_key(letters.get(word).unwrap_or_default()),
    }
}

/// Returns the key of a word that is longer than a key. It stands apart, so that [`word_key`] is small.
#[inline(never)]
fn hashed_key(word: &[u8]) -> [u64; 2] {
    [xxh3_64(word), u64::MAX]
}

/// Reads two little-endian numbers at an offset.
#[inline]
fn read_u64_pair(bytes: &[u8], from: usize) -> Option<[u64; 2]> {
    let (low, rest) = bytes.get(from..)?.split_first_chunk()?;
    Some([u64::from_le_bytes(*low), u64::from_le_bytes(*rest.first_chunk()?)])
}

/// Returns the hash of a key.
#[inline]
fn hash_key([low, high]: [u64; 2]) -> usize {
    let both = low ^ high.wrapping_mul(0xe703_7ed1_a0b4_28db);
    // A multiplication affects only higher bits, so the high bits are mixed in first.
    let mixed = (both ^ both >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 32).unwrap_or(usize::MAX)
}

/// Converts an offset or a count, which is always far below `u32::MAX` in a segment.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A word in a record: one entry of a posting list.
#[derive(Clone, Copy, Debug, Default)]
struct RecordWord {
    /// The number of the word.
    word: u32,
    /// The fields it occurs in.
    fields: FieldSet,
    /// The first byte of the word.
    initial: u8,
}

impl Default for IndexBuilder {
    /// An empty index.
    fn default() -> IndexBuilder {
        IndexBuilder {
            letters: String::new(),
            ends: Vec::new(),
            table: vec![HashSlot::FREE; INITIAL_TABLE_SLOTS],
            entries: Vec::new(),
            record_ends: Vec::new(),
            entries_by_word: Vec::new(),
            bigrams: BigramBuilder::default(),
            postings_writer: PostingsWriter::default(),
            folded: String::new(),
            tokens: Vec::new(),
        }
    }
}

impl IndexBuilder {
    /// Adds the words of one text of the current record.
    pub(crate) fn add(&mut self, field: FieldSet, text: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(text, &mut folded);
        // `word_key` reads `KEY_BYTES` bytes, also from the start of the last word.
        folded.push_str("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let mut found = std::mem::take(&mut self.tokens);
        if folded.len() <= MAX_TOKENS {
            // It has fewer tokens than bytes. Most texts are so short.
            self.find_slots(&folded, tokens(&folded), &mut found);
            self.add_tokens(field, &folded, &found, NO_WORD);
            found.clear();
        } else {
            let mut tokens = tokens(&folded);
            let mut previous = NO_WORD;
            loop {
                self.find_slots(&folded, tokens.by_ref().take(MAX_TOKENS), &mut found);
                if found.is_empty() {
                    break;
                }
                previous = self.add_tokens(field, &folded, &found, previous);
                found.clear();
            }
        }
        self.tokens = found;
        self.folded = folded;
    }

    /// Appends words of the folded text to `tokens`, with the slots in which they may be.
    fn find_slots(
        &self,
        folded: &str,
        words: impl Iterator<Item = Range<usize>>,
        tokens: &mut Vec<TokenOccurrence>,
    ) {
        let letters = folded.as_bytes();
        let slots = self.table.len();
        // No iteration depends on another one, so the memory accesses of many words overlap.
        words.for_each(|range| {
            let (start, length) = (to_u32(range.start), to_u32(range.len()));
            let key = word_key(letters, range);
            let index = hash_key(key) & (slots - 1);
            let has_key = self.table.get(index).is_some_and(|slot| slot.key == key);
            tokens.push(TokenOccurrence {
                key,
                start,
                length,
                first_slot: to_u32(index),
                is_known: has_key && key[1] != u64::MAX,
            });
        });
    }

    /// Adds words of the current record, whose slots were looked for in the table as it is. `previous` is the
    /// word before them, by its number and length. Returns the last word.
    fn add_tokens(
        &mut self,
        field: FieldSet,
        folded: &str,
        tokens: &[TokenOccurrence],
        (mut previous, mut previous_length): (u32, usize),
    ) -> (u32, usize) {
        let record_start = to_u32(self.record_ends.last().copied().unwrap_or(0));
        let record = u16::try_from(self.record_ends.len()).unwrap_or(u16::MAX);
        let slots = self.table.len();
        let is_sampling = self.bigrams.is_sampling();
        let mut next_entry = self.entries.len();
        self.entries.resize(next_entry + tokens.len(), RecordWord::default());
        for token in tokens {
            // If the table has grown since, the word is in another slot.
            let is_known = token.is_known & (self.table.len() == slots);
            let slot = if is_known {
                token.first_slot as usize
            } else {
                self.find_or_insert_slot(folded, token)
            };
            let word = self.update_record_word(
                field,
                folded.as_bytes(),
                token.start,
                slot,
                record_start,
                &mut next_entry,
            );
            if is_sampling {
                let lengths = [previous_length, token.length as usize];
                self.bigrams.sample_pair(record, field, [previous, word], lengths);
            } else {
                self.bigrams.record_pair(record, field, [previous, word]);
            }
            (previous, previous_length) = (word, token.length as usize);
        }
        self.entries.truncate(next_entry);
        (previous, previous_length)
    }

    /// The text that was added last, folded, followed by zero bytes.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// Ends the current record.
    pub(crate) fn end_record(&mut self) {
        self.record_ends.push(self.entries.len());
        self.bigrams.end_record(self.record_ends.len());
    }

    /// Adds a field to the entry of a word of the current record. A new entry is written at
    /// `next_entry`. The record's entries begin at `record_start`. Returns the number of the word.
    #[inline]
    fn update_record_word(
        &mut self,
        field: FieldSet,
        letters: &[u8],
        start: u32,
        slot: usize,
        record_start: u32,
        next_entry: &mut usize,
    ) -> u32 {
        let Some(slot) = self.table.get_mut(slot) else { return u32::MAX };
        // No branch here: whether a word repeats in a record is unpredictable.
        let is_new = slot.latest_entry.wrapping_add(1) <= record_start;
        slot.latest_entry = if is_new { to_u32(*next_entry) } else { slot.latest_entry };
        *next_entry += usize::from(is_new);
        if let Some(entry) = self.entries.get_mut(slot.latest_entry as usize) {
            let initial = letters.get(start as usize).copied().unwrap_or(0);
            *entry = RecordWord { word: slot.word, fields: entry.fields | field, initial };
        }
        slot.word
    }

    /// Returns the index of a word's slot. A word that is new is inserted.
    fn find_or_insert_slot(&mut self, text: &str, token: &TokenOccurrence) -> usize {
        let mask = self.table.len() - 1;
        let mut index = hash_key(token.key) & mask;
        while let Some(slot) = self.table.get(index).filter(|slot| !slot.is_free()) {
            let is_hashed = token.key[1] == u64::MAX;
            if slot.key == token.key
                && (!is_hashed || text.get(token.range()) == Some(self.word(slot.word)))
            {
                return index;
            }
            index = (index + 1) & mask;
        }
        self.insert_word(text, token, index)
    }

    /// Inserts a new word into a free slot. Returns the index of its slot, which changes if the
    /// table grows.
    #[inline(never)]
    fn insert_word(&mut self, text: &str, token: &TokenOccurrence, free: usize) -> usize {
        let word = to_u32(self.ends.len());
        let new = HashSlot { key: token.key, word, latest_entry: u32::MAX };
        self.letters.push_str(text.get(token.range()).unwrap_or_default());
        self.ends.push(to_u32(self.letters.len()));
        if let Some(slot) = self.table.get_mut(free) {
            *slot = new;
        }
        if self.ends.len() * MAX_LOAD_FACTOR.1 <= self.table.len() * MAX_LOAD_FACTOR.0 {
            return free;
        }
        self.grow();
        self.find_or_insert_slot(text, token)
    }

    /// Returns the word with this number.
    fn word(&self, number: u32) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before as usize));
        let end = self.ends.get(number as usize).copied().unwrap_or(0);
        self.letters.get(start.copied().unwrap_or(0) as usize..end as usize).unwrap_or_default()
    }

    /// Doubles the size of the hash table.
    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![HashSlot::FREE; mask + 1];
        for slot in self.table.iter().filter(|slot| !slot.is_free()) {
            let mut index = hash_key(slot.key) & mask;
            while table.get(index).is_some_and(|taken| !taken.is_free()) {
                index = (index + 1) & mask;
            }
            if let Some(free) = table.get_mut(index) {
                *free = *slot;
            }
        }
        self.table = table;
    }

    /// Returns the finished term dictionary, and starts the next one.
    pub(crate) fn finish(&mut self) -> TermDictionary {
        let count = self.ends.len();
        let sorted_words = self.sort_words();
        let ends = self.sort_entries(&sorted_words);
        let mut dictionary = TermDictionary {
            letters: String::with_capacity(self.letters.len()),
            ends: Vec::with_capacity(count),
            fields: Vec::with_capacity(count),
            posting_ends: Vec::with_capacity(count),
            postings: Vec::with_capacity(self.entries_by_word.len() * 2),
            ..TermDictionary::default()
        };
        dictionary.bigrams = self.bigrams.finish(&sorted_words, &mut self.postings_writer);
        let mut from = 0;
        for word in sorted_words {
            let to = ends.get(word as usize).copied().unwrap_or(0) as usize;
            dictionary.letters.push_str(self.word(word));
            dictionary.ends.push(to_u32(dictionary.letters.len()));
            for &(record, fields) in self.entries_by_word.get(from..to).unwrap_or_default() {
                self.postings_writer.push(record, fields);
            }
            dictionary.fields.push(self.postings_writer.finish_word(&mut dictionary.postings));
            dictionary.posting_ends.push(to_u32(dictionary.postings.len()));
            from = to;
        }
        let words = dictionary.word_ids().map(|id| dictionary.word(id));
        dictionary.prefix_table = PrefixTable::from_sorted_words(words);
        self.add_initial_groups(&mut dictionary);
        dictionary.postings.shrink_to_fit();
        self.clear();
        dictionary
    }

    /// Returns the numbers of all words in alphabetical order. Most comparisons need only the first
    /// 8 bytes, compared as a number.
    fn sort_words(&self) -> Vec<u32> {
        let mut sorted: Vec<(u64, u32)> = Vec::with_capacity(self.ends.len());
        for word in (0..).take(self.ends.len()) {
            let mut first = [0; size_of::<u64>()];
            let bytes = self.word(word).as_bytes();
            first.iter_mut().zip(bytes).for_each(|(first, byte)| *first = *byte);
            sorted.push((u64::from_be_bytes(first), word));
        }
        sorted.sort_unstable_by(|(first, a), (other, b)| {
            first.cmp(other).then_with(|| self.word(*a).cmp(self.word(*b)))
        });
        sorted.into_iter().map(|(_, word)| word).collect()
    }

    /// Adds the postings of each initial: the records with a word that begins with it. Only fields
    /// that a term searches by default count, and each record gets only the best of them.
    fn add_initial_groups(&mut self, dictionary: &mut TermDictionary) {
        let mut writers: Vec<PostingsWriter> = Vec::new();
        writers.resize_with(ASCII_INITIALS, PostingsWriter::default);
        let mut record_fields = [FieldSet::EMPTY; ASCII_INITIALS];
        let mut from = 0;
        for (&to, record) in self.record_ends.iter().zip(0..) {
            let mut initials = 0_u128;
            for entry in self.entries.get(from..to).unwrap_or_default() {
                if let Some(fields) = record_fields.get_mut(usize::from(entry.initial)) {
                    *fields = *fields | entry.fields;
                    initials |= 1 << entry.initial;
                }
            }
            from = to;
            while initials != 0 {
                let initial = initials.trailing_zeros() as usize;
                initials &= initials - 1;
                let of_initial = record_fields.get_mut(initial).zip(writers.get_mut(initial));
                let Some((fields, writer)) = of_initial else { continue };
                let fields = std::mem::take(fields) & FieldSet::DEFAULT_SEARCH;
                if !fields.is_empty() {
                    writer.push(record, fields.best_field());
                }
            }
        }
        for (initial, mut writer) in (0..).zip(writers) {
            let fields = writer.finish_word(&mut dictionary.postings);
            if !fields.is_empty() {
                dictionary.initials.push(initial);
                dictionary.fields.push(fields);
                dictionary.posting_ends.push(to_u32(dictionary.postings.len()));
            }
        }
    }

    /// Removes all words and records, but keeps the memory.
    fn clear(&mut self) {
        self.letters.clear();
        self.ends.clear();
        self.table.fill(HashSlot::FREE);
        self.entries.clear();
        self.record_ends.clear();
    }

    /// Fills `entries_by_word` with a counting sort: by word in the given order, then by record.
    /// Returns the end of each word's entries, indexed by the number of the word.
    fn sort_entries(&mut self, sorted_words: &[u32]) -> Vec<u32> {
        let mut ends = vec![0_u32; sorted_words.len()];
        for entry in &self.entries {
            if let Some(count) = ends.get_mut(entry.word as usize) {
                *count += 1;
            }
        }
        let mut next = 0;
        for &word in sorted_words {
            if let Some(end) = ends.get_mut(word as usize) {
                next += std::mem::replace(end, next);
            }
        }
        self.entries_by_word.resize(self.entries.len(), (0, FieldSet::EMPTY));
        let mut from = 0;
        for (&to, record) in self.record_ends.iter().zip(0..) {
            for entry in self.entries.get(from..to).unwrap_or_default() {
                let Some(end) = ends.get_mut(entry.word as usize) else { continue };
                if let Some(sorted_entry) = self.entries_by_word.get_mut(*end as usize) {
                    *sorted_entry = (record, entry.fields);
                }
                *end += 1;
            }
            from = to;
        }
        ends
    }
}
