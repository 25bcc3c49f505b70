//! Which entries and records are compared with each other.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::claim::{Claimant, OpenRecord};
use crate::record::Fingerprint;

/// The largest number of pairs of an entry and a record with one key that are all compared.
const MAX_PAIRS: usize = 1 << 12;

/// How much an entry and a record have in common to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyStrength {
    /// Id, title, date and all other values; or what the file says.
    Everything,
    /// Id, title and date; or the id or the other values, and one more part.
    Part,
}

/// The hash of what an entry and a record have in common.
type Key = u64;

/// What is hashed into a key.
#[derive(Hash)]
enum KeyParts {
    Everything(u64, Option<u64>),
    Source(u64),
    Text(u64),
    Pair(usize, u64, u64),
}

impl KeyParts {
    fn key(self) -> Key {
        FixedState::default().hash_one(self)
    }
}

/// The keys of a fingerprint.
fn keys(fingerprint: &Fingerprint, strength: KeyStrength) -> impl Iterator<Item = Key> {
    let Fingerprint { id, title, date, content, source, .. } = *fingerprint;
    let text = fingerprint.text();
    let parts = match strength {
        KeyStrength::Everything => {
            let everything = KeyParts::Everything(text, content);
            [Some(everything), source.map(KeyParts::Source), None, None]
        }
        KeyStrength::Part => {
            let others = if id.is_some() { [title, date, content] } else { [title, date, None] };
            let pair = |kind: usize| Some(KeyParts::Pair(kind, id.or(content)?, others[kind]?));
            [Some(KeyParts::Text(text)), pair(0), pair(1), pair(2)]
        }
    };
    parts.into_iter().flatten().map(KeyParts::key)
}

/// The entries with the same key, linked to each other.
#[derive(Clone, Copy)]
struct Linked {
    last: usize,
    count: usize,
}

/// The pairs of an entry and a record to compare.
pub(super) struct Pairs {
    strength: KeyStrength,
    by_key: HashMap<Key, Linked, FixedState>,
    /// For each link, its entry and the link before it.
    links: Vec<(usize, Option<usize>)>,
    /// The keys that have too many pairs.
    crowded: HashSet<Key, FixedState>,
    /// The entries of these keys, by position.
    by_position: HashMap<(Key, u64), Vec<usize>, FixedState>,
    /// The entries of these keys in which everything is the same, by the number of equal records before.
    by_repetition: HashMap<(Key, usize), Vec<usize>, FixedState>,
    /// The number of records of each file so far, for such keys.
    earlier: HashMap<(Key, usize), usize, FixedState>,
}

impl Pairs {
    /// Finds out which of the `wanted` entries have which keys.
    pub(super) fn new(
        entries: &[Claimant],
        wanted: &[usize],
        records: &[OpenRecord],
        strength: KeyStrength,
    ) -> Pairs {
        let mut pairs = Pairs {
            strength,
            by_key: HashMap::default(),
            links: Vec::with_capacity(wanted.len()),
            crowded: HashSet::default(),
            by_position: HashMap::default(),
            by_repetition: HashMap::default(),
            earlier: HashMap::default(),
        };
        for index in wanted {
            for key in keys(&entries[*index].fingerprint, strength) {
                pairs.link(key, *index);
            }
        }
        if pairs.by_key.values().any(|linked| linked.count > 1) {
            pairs.find_crowded(entries, records);
        }
        pairs
    }

    /// Adds an entry to a key.
    fn link(&mut self, key: Key, entry: usize) {
        let link = self.links.len();
        let linked = self.by_key.entry(key).or_insert(Linked { last: link, count: 0 });
        let before = (linked.count > 0).then_some(linked.last);
        *linked = Linked { last: link, count: linked.count + 1 };
        self.links.push((entry, before));
    }

    /// The entries of a key.
    fn entries(&self, key: Key) -> impl Iterator<Item = usize> {
        let last = self.by_key.get(&key).map(|linked| linked.last);
        let links = std::iter::successors(last, |link| self.links[*link].1);
        links.map(|link| self.links[link].0)
    }

    /// Finds the keys that have too many pairs. A key of one entry has at most one for each record.
    fn find_crowded(&mut self, entries: &[Claimant], records: &[OpenRecord]) {
        let mut counts: HashMap<Key, usize, FixedState> = HashMap::default();
        for key in records.iter().flat_map(|it| keys(&it.fingerprint, self.strength)) {
            if self.by_key.get(&key).is_some_and(|linked| linked.count > 1) {
                *counts.entry(key).or_default() += 1;
            }
        }
        for (key, count) in counts {
            if count.saturating_mul(self.by_key[&key].count) <= MAX_PAIRS {
                continue;
            }
            self.crowded.insert(key);
            for index in self.entries(key).collect::<Vec<_>>() {
                let entry = &entries[index];
                if let Some(position) = entry.position {
                    self.by_position.entry((key, position)).or_default().push(index);
                }
                if self.strength == KeyStrength::Everything {
                    self.by_repetition.entry((key, entry.repetition)).or_default().push(index);
                }
            }
        }
    }

    /// The entries to compare a record with, each once. Records are asked for in the order of their files.
    pub(super) fn entries_like(&mut self, record: &OpenRecord) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for key in keys(&record.fingerprint, self.strength) {
            if !self.crowded.contains(&key) {
                found.extend(self.entries(key));
                continue;
            }
            let same = record.position.and_then(|position| self.by_position.get(&(key, position)));
            found.extend(same.into_iter().flatten());
            if self.strength == KeyStrength::Everything {
                let earlier = self.earlier.entry((key, record.file)).or_default();
                found.extend(self.by_repetition.get(&(key, *earlier)).into_iter().flatten());
                *earlier += 1;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
