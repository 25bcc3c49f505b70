//! Which record an entry of a marks file belongs to.
//!
//! An entry keeps what its record looked like. It belongs to a record only if that proves it; any
//! other entry stays unclaimed. The proofs, the strongest first:
//!
//! 1. [`Proof::Same`]: id, title, date and all other values are the same, in the same archive or file, or
//!    anywhere if they are enough to tell records apart, or if the file of the entry is gone.
//! 2. [`Proof::Recognised`]: id, title and date are the same, in the same archive or file, or anywhere
//!    if they are enough to tell records apart.
//! 3. [`Proof::Changed`]: in the same archive or file, the id is the same (and title, date or other
//!    values, if ids are unique only in their file); without ids, the other values and either title or
//!    date are the same.
//!
//! Where several records fit equally, the spelling of title and date decides, then the position in the
//! listing, then the file, then the number of equal records before in the file. Where neither does, the entry stays unclaimed: it never stands on another record.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::record::Fingerprint;

/// The largest number of pairs of an entry and a record with one [`Key`] that are all compared.
const MAX_PAIRS: usize = 1 << 12;

/// How an entry is proven to belong to a record; the smallest is the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Everything is the same.
    Same,
    /// Id, title and date are the same; other values differ, or are read differently now.
    Recognised,
    /// The record changed since it was marked.
    Changed,
}

/// Where a record is from, as its files say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    /// The identity of the archive; empty if the file names none.
    pub archive: String,
    /// The path of the file.
    pub file: String,
}

impl Source {
    /// Whether the file names an archive, so that ids are unique beyond the file.
    fn has_archive(&self) -> bool {
        !self.archive.is_empty()
    }
}

/// What identifies the record of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimant {
    /// What the record looked like.
    pub fingerprint: Fingerprint,
    /// Where it was from.
    pub source: Source,
    /// Whether that file no longer exists, so that it may have been renamed, moved or converted.
    pub is_file_gone: bool,
    /// Its position in the listing.
    pub position: Option<u64>,
    /// The number of records before it in its file that cannot be told apart from it.
    pub repetition: usize,
}

/// The record that an entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The index of the entry.
    pub entry: usize,
    /// The caller's number of the record.
    pub record: u32,
    /// How it is proven.
    pub proof: Proof,
}

/// How the source of a record compares with that of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SameSource {
    /// The record is in the file of the entry.
    File,
    /// The record is in the archive of the entry.
    Archive,
    /// The record is from elsewhere.
    No,
}

/// A record that is open.
#[derive(Clone, Copy, Debug)]
pub struct OpenRecord {
    /// The caller's number.
    pub number: u32,
    /// What it looks like.
    pub fingerprint: Fingerprint,
    /// Its position in the listing.
    pub position: Option<u64>,
    /// The caller's number of the file.
    pub file: usize,
}

/// Finds the records of entries among all records that are open.
///
/// The time is linear in the number of entries and records, even if very many look alike: pairs are
/// compared only where they have a [`Key`] in common, and where a key has too many pairs, only those with
/// the same position.
#[derive(Debug)]
pub struct ClaimFinder<'e> {
    entries: &'e [Claimant],
    by_key: HashMap<Key, Vec<usize>, FixedState>,
    records: Vec<OpenRecord>,
}

/// What an entry and its record must have in common for a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// Everything, for [`Proof::Same`].
    All(u64, Option<u64>),
    /// Id, title and date, for [`Proof::Recognised`].
    Text(u64),
    /// The id, for [`Proof::Changed`] in an archive.
    Id(u64),
    /// The id (or the content, if there is no id) and one other part, for [`Proof::Changed`].
    Pair(u64, u64),
}

impl Key {
    /// The keys of a fingerprint, the strongest first.
    fn all(fingerprint: &Fingerprint) -> impl Iterator<Item = Key> {
        let Fingerprint { id, title, date, content, .. } = *fingerprint;
        let text = fingerprint.text();
        let pairs = match (id, content) {
            (Some(id), _) => [title, date, content].map(|part| Some(Key::Pair(id, part?))),
            (None, Some(content)) => {
                [title, date, None].map(|part| Some(Key::Pair(content, part?)))
            }
            (None, None) => [None; 3],
        };
        let first = [Some(Key::All(text, content)), Some(Key::Text(text)), id.map(Key::Id)];
        first.into_iter().chain(pairs).flatten()
    }
}

/// A record that an entry may belong to.
#[derive(Clone, Debug)]
struct Candidate {
    record: u32,
    proof: Proof,
    same_source: SameSource,
    is_same_position: bool,
    is_same_spelling: bool,
    fingerprint: Fingerprint,
}

impl<'e> ClaimFinder<'e> {
    /// Prepares to find the records of these entries.
    pub fn new(entries: &'e [Claimant]) -> ClaimFinder<'e> {
        let mut by_key: HashMap<Key, Vec<usize>, FixedState> = HashMap::default();
        for (index, entry) in entries.iter().enumerate() {
            let is_useful = |key: &Key| entry.source.has_archive() || !matches!(key, Key::Id(_));
            for key in Key::all(&entry.fingerprint).filter(is_useful) {
                by_key.entry(key).or_default().push(index);
            }
        }
        ClaimFinder { entries, by_key, records: Vec::new() }
    }

    /// Whether a record may be one that an entry belongs to: quick enough to be asked of every record.
    pub fn may_claim(&self, record: &Fingerprint) -> bool {
        Key::all(record).any(|key| self.by_key.contains_key(&key))
    }

    /// Offers a record. Records are offered in the order of their files.
    pub fn offer(&mut self, record: OpenRecord) {
        self.records.push(record);
    }

    /// The claims, in the order of the entries. `same_source` compares the source of a record, by the
    /// caller's number, with that of an entry.
    pub fn finish(self, same_source: impl Fn(u32, &Source) -> SameSource) -> Vec<Claim> {
        let mut candidates: Vec<Vec<Candidate>> = vec![Vec::new(); self.entries.len()];
        let mut pairs = Pairs::new(&self);
        for record in &self.records {
            for index in pairs.entries_like(record) {
                let entry = &self.entries[index];
                let same_source = same_source(record.number, &entry.source);
                let is_same_source = same_source != SameSource::No;
                let fingerprint = record.fingerprint;
                let Some(proof) = prove(entry, &fingerprint, is_same_source) else { continue };
                let is_same_position =
                    record.position.is_some() && record.position == entry.position;
                let candidate = Candidate {
                    record: record.number,
                    proof,
                    same_source,
                    is_same_position,
                    is_same_spelling: fingerprint.spelling == entry.fingerprint.spelling,
                    fingerprint,
                };
                candidates[index].push(candidate);
            }
        }
        let pairs = self.entries.iter().zip(&candidates).enumerate();
        let claims = pairs.filter_map(|(entry, (claimant, candidates))| {
            let chosen = choose(candidates, claimant.repetition)?;
            Some(Claim { entry, record: chosen.record, proof: chosen.proof })
        });
        let claims: Vec<Claim> = claims.collect();
        // A record that is proven to be another entry's has not changed into this one's.
        let is_settled = |claim: &&Claim| claim.proof != Proof::Changed;
        let settled: HashSet<u32> = claims.iter().filter(is_settled).map(|it| it.record).collect();
        let stands = |claim: &Claim| is_settled(&claim) || !settled.contains(&claim.record);
        claims.into_iter().filter(stands).collect()
    }
}

/// The pairs of an entry and a record to compare.
struct Pairs<'f> {
    finder: &'f ClaimFinder<'f>,
    /// The entries of the keys that have too many pairs, by position.
    by_position: HashMap<(Key, u64), Vec<usize>, FixedState>,
    /// The entries of such keys in which everything is the same, by the number of equal records before.
    by_repetition: HashMap<(Key, usize), Vec<usize>, FixedState>,
    /// The keys that have too many pairs.
    crowded: HashSet<Key, FixedState>,
    /// The number of records of each file so far, for crowded keys in which everything is the same.
    earlier: HashMap<(Key, usize), usize, FixedState>,
}

impl<'f> Pairs<'f> {
    fn new(finder: &'f ClaimFinder<'f>) -> Pairs<'f> {
        let mut record_counts: HashMap<Key, usize, FixedState> = HashMap::default();
        for record in &finder.records {
            for key in Key::all(&record.fingerprint) {
                if finder.by_key.contains_key(&key) {
                    *record_counts.entry(key).or_default() += 1;
                }
            }
        }
        let mut pairs = Pairs {
            finder,
            by_position: HashMap::default(),
            by_repetition: HashMap::default(),
            crowded: HashSet::default(),
            earlier: HashMap::default(),
        };
        for (key, count) in record_counts {
            let entries = &finder.by_key[&key];
            if entries.len().saturating_mul(count) > MAX_PAIRS {
                pairs.add_crowded(key, entries);
            }
        }
        pairs
    }

    /// Adds a key that has too many pairs.
    fn add_crowded(&mut self, key: Key, entries: &[usize]) {
        self.crowded.insert(key);
        for index in entries {
            let entry = &self.finder.entries[*index];
            if let Some(position) = entry.position {
                self.by_position.entry((key, position)).or_default().push(*index);
            }
            if matches!(key, Key::All(..)) {
                self.by_repetition.entry((key, entry.repetition)).or_default().push(*index);
            }
        }
    }

    /// The entries to compare a record with, each once. Records are asked for in the order of their files.
    fn entries_like(&mut self, record: &OpenRecord) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for key in Key::all(&record.fingerprint) {
            if !self.crowded.contains(&key) {
                found.extend(self.finder.by_key.get(&key).into_iter().flatten());
                continue;
            }
            let same = record.position.and_then(|position| self.by_position.get(&(key, position)));
            found.extend(same.into_iter().flatten());
            if matches!(key, Key::All(..)) {
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

/// How a record is proven to be the one of an entry, or `None`.
fn prove(entry: &Claimant, record: &Fingerprint, is_same_source: bool) -> Option<Proof> {
    let marked = &entry.fingerprint;
    let (same_title, same_date) = (marked.title == record.title, marked.date == record.date);
    let same_content = marked.content.is_some() && marked.content == record.content;
    if marked.id != record.id {
        return None;
    }
    if same_title && same_date {
        let all_same = marked.content == record.content;
        return match (is_same_source, all_same) {
            (true, true) => Some(Proof::Same),
            (true, false) => Some(Proof::Recognised),
            (false, true) => {
                let is_proven = record.is_distinct_as_a_whole
                    || (entry.is_file_gone && (record.id.is_some() || record.title.is_some()));
                is_proven.then_some(Proof::Same)
            }
            (false, false) => record.is_distinct.then_some(Proof::Recognised),
        };
    }
    let same_title = same_title && record.title.is_some();
    let same_date = same_date && record.date.is_some();
    let is_proven = match marked.id {
        Some(_) if entry.source.has_archive() => true,
        Some(_) => same_title || same_date || same_content,
        None => same_content && (same_title || same_date),
    };
    (is_same_source && is_proven).then_some(Proof::Changed)
}

/// The one candidate that an entry belongs to; `None` where several that differ fit equally.
fn choose(candidates: &[Candidate], repetition: usize) -> Option<&Candidate> {
    let weakness = |it: &&Candidate| {
        let is_elsewhere = it.same_source == SameSource::No;
        (it.proof, is_elsewhere, !it.is_same_spelling, !it.is_same_position, it.same_source)
    };
    let strongest = candidates.iter().map(|it| weakness(&it)).min()?;
    let best: Vec<&Candidate> = candidates.iter().filter(|it| weakness(it) == strongest).collect();
    let first = best.first()?;
    let are_equal = best.iter().all(|it| it.fingerprint == first.fingerprint);
    if !are_equal {
        return None;
    }
    best.get(repetition).or(best.last()).copied()
}
