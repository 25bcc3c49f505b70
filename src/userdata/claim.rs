//! Which record an entry of a marks file belongs to.
//!
//! An entry keeps what its record looked like. It belongs to a record only if that proves it; any
//! other entry stays unclaimed. The proofs, the strongest first:
//!
//! 1. [`Proof::Same`]: the file says the same of it, however it is parsed; or id, title, date and all other
//!    values are the same. This holds in the same archive or file, or anywhere if they are enough to tell
//!    records apart, or if the file of the entry is gone.
//! 2. [`Proof::Moved`]: everything is the same in another file, and the file of the entry is open and has no
//!    such record any more.
//! 3. [`Proof::Recognised`]: id, title and date are the same (and there is an id or a title), in the same
//!    archive or file, or anywhere if they are enough to tell records apart.
//! 4. [`Proof::Changed`]: in the same archive or file, the id and one of title, date and all other values
//!    are the same; without ids, the other values and either title or date are.
//!
//! Where another record of the archive or file had the same id when the record was marked, or without ids
//! looked much the same, only the proofs by everything count: the other one may be all that is left.
//!
//! Where several records fit equally, what their files say decides, then the spelling of title and date, then the position in the
//! listing, then the file, then the number of equal records before in the file. Where none does, the entry
//! stays unclaimed: it never stands on another record.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::claim_pairs::{KeyStrength, Pairs};
use crate::record::Fingerprint;

/// How an entry is proven to belong to a record; the smallest is the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// What the file says of the record is the same, or everything is that was read from it.
    Same,
    /// Everything is the same, but the record is in another file now.
    Moved,
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

/// What became of the file of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It no longer exists: it may have been renamed, moved or converted.
    Gone,
    /// All its records are among those that are open.
    Open,
    /// It exists, and is not open, or not read to its end yet.
    Elsewhere,
}

/// What identifies the record of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimant {
    /// What the record looked like.
    pub fingerprint: Fingerprint,
    /// Where it was from.
    pub source: Source,
    /// What became of that file.
    pub file: FileState,
    /// Whether another record had the same id, or without ids looked much the same. Then it is only
    /// recognised where everything is the same.
    pub had_lookalike: bool,
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
/// compared only where they have something in common, and where too many have, only those with
/// the same position.
#[derive(Debug)]
pub struct ClaimFinder<'e> {
    entries: &'e [Claimant],
    /// The ids, texts and contents of the entries.
    known: HashSet<u64, FixedState>,
    records: Vec<OpenRecord>,
}

/// A record that an entry may belong to.
#[derive(Clone, Debug)]
struct Candidate {
    record: u32,
    proof: Proof,
    same_source: SameSource,
    is_same_text: bool,
    is_same_position: bool,
    is_same_spelling: bool,
    fingerprint: Fingerprint,
}

impl<'e> ClaimFinder<'e> {
    /// Prepares to find the records of these entries.
    pub fn new(entries: &'e [Claimant]) -> ClaimFinder<'e> {
        let values = entries.iter().flat_map(|entry| known_values(&entry.fingerprint));
        ClaimFinder { entries, known: values.collect(), records: Vec::new() }
    }

    /// Whether a record may be one that an entry belongs to: quick enough to be asked of every record.
    pub fn may_claim(&self, record: &Fingerprint) -> bool {
        known_values(record).any(|value| self.known.contains(&value))
    }

    /// Offers a record. Records are offered in the order of their files.
    pub fn offer(&mut self, record: OpenRecord) {
        self.records.push(record);
    }

    /// The claims, in the order of the entries. `same_source` compares the source of a record, by the
    /// caller's number, with that of an entry.
    pub fn finish(self, same_source: impl Fn(u32, &Source) -> SameSource) -> Vec<Claim> {
        let mut candidates: Vec<Vec<Candidate>> = vec![Vec::new(); self.entries.len()];
        // An entry whose record is found as it was needs no weaker proof.
        for strength in [KeyStrength::Everything, KeyStrength::Part] {
            let is_found = |found: &[Candidate]| found.iter().any(|it| it.proof == Proof::Same);
            let wanted: Vec<usize> =
                (0..candidates.len()).filter(|index| !is_found(&candidates[*index])).collect();
            let mut pairs = Pairs::new(self.entries, &wanted, &self.records, strength);
            for record in &self.records {
                for index in pairs.entries_like(record) {
                    let entry = &self.entries[index];
                    let same_source = same_source(record.number, &entry.source);
                    if candidates[index].iter().all(|known| known.record != record.number) {
                        candidates[index].extend(compare(entry, record, same_source));
                    }
                }
            }
        }
        let pairs = self.entries.iter().zip(&candidates).enumerate();
        let claims = pairs.filter_map(|(entry, (claimant, candidates))| {
            let chosen = choose(candidates, claimant.repetition)?;
            Some(Claim { entry, record: chosen.record, proof: chosen.proof })
        });
        let claims: Vec<Claim> = claims.collect();
        let mut strongest: HashMap<u32, Proof, FixedState> = HashMap::default();
        for Claim { record, proof, .. } in &claims {
            let known = strongest.entry(*record).or_insert(*proof);
            *known = (*proof).min(*known);
        }
        // A record that is proven better to be another entry's is not this one's.
        let stands = |claim: &Claim| {
            let is_strongest = strongest.get(&claim.record) == Some(&claim.proof);
            is_strongest || claim.proof == Proof::Recognised
        };
        claims.into_iter().filter(stands).collect()
    }
}

/// The hashes of a fingerprint, of which an entry and its record have at least one in common.
fn known_values(fingerprint: &Fingerprint) -> impl Iterator<Item = u64> {
    let content = fingerprint.content.filter(|_| fingerprint.id.is_none());
    let Fingerprint { id, source, .. } = *fingerprint;
    [Some(fingerprint.text()), id, content, source].into_iter().flatten()
}

/// The record as a candidate for an entry, if it is proven to be its record.
fn compare(entry: &Claimant, record: &OpenRecord, same_source: SameSource) -> Option<Candidate> {
    let fingerprint = record.fingerprint;
    Some(Candidate {
        record: record.number,
        proof: prove(entry, &fingerprint, same_source != SameSource::No)?,
        same_source,
        is_same_text: has_same_text(&entry.fingerprint, &fingerprint),
        is_same_position: record.position.is_some() && record.position == entry.position,
        is_same_spelling: fingerprint.spelling == entry.fingerprint.spelling,
        fingerprint,
    })
}

/// Whether the files say the same of both, however it is parsed.
fn has_same_text(one: &Fingerprint, other: &Fingerprint) -> bool {
    one.source.is_some() && one.source == other.source
}

/// How a record in which everything is the same is proven to be the one of an entry, or `None`.
fn prove_same(entry: &Claimant, record: &Fingerprint, is_same_source: bool) -> Option<Proof> {
    let has_name = record.id.is_some() || record.title.is_some();
    match entry.file {
        _ if is_same_source || record.is_distinct_as_a_whole => Some(Proof::Same),
        FileState::Gone if has_name => Some(Proof::Same),
        FileState::Open if has_name => Some(Proof::Moved),
        _ => None,
    }
}

/// How a record is proven to be the one of an entry, or `None`.
fn prove(entry: &Claimant, record: &Fingerprint, is_same_source: bool) -> Option<Proof> {
    let marked = &entry.fingerprint;
    let (same_title, same_date) = (marked.title == record.title, marked.date == record.date);
    let same_content = marked.content.is_some() && marked.content == record.content;
    if has_same_text(marked, record) {
        return prove_same(entry, record, is_same_source);
    }
    if marked.id != record.id {
        return None;
    }
    if same_title && same_date {
        let all_same = marked.content == record.content;
        let has_name = record.id.is_some() || record.title.is_some();
        return match is_same_source {
            _ if all_same => prove_same(entry, record, is_same_source),
            _ if entry.had_lookalike || !has_name => None,
            true => Some(Proof::Recognised),
            false => record.is_distinct.then_some(Proof::Recognised),
        };
    }
    let same_title = same_title && record.title.is_some();
    let same_date = same_date && record.date.is_some();
    let is_proven = match marked.id {
        Some(_) => same_title || same_date || same_content,
        None => same_content && (same_title || same_date),
    };
    (is_same_source && is_proven && !entry.had_lookalike).then_some(Proof::Changed)
}

/// The one candidate that an entry belongs to; `None` where several that differ fit equally.
fn choose(candidates: &[Candidate], repetition: usize) -> Option<&Candidate> {
    let weakness = |it: &&Candidate| {
        let is_elsewhere = it.same_source == SameSource::No;
        let differs = [!it.is_same_text, !it.is_same_spelling, !it.is_same_position];
        (it.proof, is_elsewhere, differs, it.same_source)
    };
    let strongest = candidates.iter().map(|it| weakness(&it)).min()?;
    let best: Vec<&Candidate> = candidates.iter().filter(|it| weakness(it) == strongest).collect();
    let first = best.first()?;
    let are_equal = best.iter().all(|it| it.fingerprint.looks_like(&first.fingerprint));
    if !are_equal {
        return None;
    }
    best.get(repetition).or(best.last()).copied()
}
