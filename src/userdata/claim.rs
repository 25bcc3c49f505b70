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
//! Where several records fit equally, the position in the listing decides, then the number of equal
//! records before. Where neither does, the entry stays unclaimed: it never stands on another record.

use std::collections::{HashMap, HashSet};

use crate::record::Fingerprint;

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
    /// The number of records before it that cannot be told apart from it.
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

/// Finds the records of entries among all records that are open.
#[derive(Debug)]
pub struct ClaimFinder<'e> {
    entries: &'e [Claimant],
    by_text: HashMap<u64, Vec<usize>>,
    by_id: HashMap<u64, Vec<usize>>,
    by_content: HashMap<u64, Vec<usize>>,
    candidates: Vec<Vec<Candidate>>,
}

/// A record that an entry may belong to.
#[derive(Clone, Debug)]
struct Candidate {
    record: u32,
    proof: Proof,
    is_same_source: bool,
    is_same_position: bool,
    fingerprint: Fingerprint,
}

impl<'e> ClaimFinder<'e> {
    /// Prepares to find the records of these entries.
    pub fn new(entries: &'e [Claimant]) -> ClaimFinder<'e> {
        let mut finder = ClaimFinder {
            entries,
            by_text: HashMap::new(),
            by_id: HashMap::new(),
            by_content: HashMap::new(),
            candidates: vec![Vec::new(); entries.len()],
        };
        for (index, entry) in entries.iter().enumerate() {
            let Fingerprint { id, content, .. } = entry.fingerprint;
            finder.by_text.entry(entry.fingerprint.text()).or_default().push(index);
            if let Some(id) = id {
                finder.by_id.entry(id).or_default().push(index);
            } else if let Some(content) = content {
                finder.by_content.entry(content).or_default().push(index);
            }
        }
        finder
    }

    /// The entries that a record with this fingerprint may be the one of.
    fn entries_like(&self, record: &Fingerprint) -> impl Iterator<Item = usize> {
        let by_id = record.id.and_then(|id| self.by_id.get(&id));
        let by_content = record.content.and_then(|content| self.by_content.get(&content));
        let lists = [self.by_text.get(&record.text()), by_id, by_content];
        lists.into_iter().flatten().flatten().copied()
    }

    /// Whether a record may be one that an entry belongs to: quick enough to be asked of every record.
    pub fn may_claim(&self, record: &Fingerprint) -> bool {
        self.entries_like(record).next().is_some()
    }

    /// Offers a record under the caller's number. Records are offered in the order of their files.
    pub fn offer(
        &mut self,
        number: u32,
        record: &Fingerprint,
        position: Option<u64>,
        is_from: impl Fn(&Source) -> bool,
    ) {
        let found: HashSet<usize> = self.entries_like(record).collect();
        for index in found {
            let Some(entry) = self.entries.get(index) else { continue };
            let is_same_source = is_from(&entry.source);
            let Some(proof) = prove(entry, record, is_same_source) else { continue };
            let is_same_position = position.is_some() && position == entry.position;
            let fingerprint = *record;
            let candidate =
                Candidate { record: number, proof, is_same_source, is_same_position, fingerprint };
            if let Some(candidates) = self.candidates.get_mut(index) {
                candidates.push(candidate);
            }
        }
    }

    /// The claims, in the order of the entries.
    pub fn finish(self) -> Vec<Claim> {
        let pairs = self.entries.iter().zip(&self.candidates).enumerate();
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
    let weakness = |it: &&Candidate| (it.proof, !it.is_same_source, !it.is_same_position);
    let strongest = candidates.iter().map(|it| weakness(&it)).min()?;
    let best: Vec<&Candidate> = candidates.iter().filter(|it| weakness(it) == strongest).collect();
    let first = best.first()?;
    let are_equal = best.iter().all(|it| it.fingerprint == first.fingerprint);
    if !are_equal {
        return None;
    }
    best.get(repetition).or(best.last()).copied()
}
