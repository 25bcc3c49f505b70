//! Finds the records that fit a filter, segment by segment, in parallel.
//!
//! Each term gives each record a score, one byte. That is the work. What fits any combination of
//! the terms, in which rank, is then only a matter of adding columns.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::rank::{FITS, Ladder, NONE};
use super::scores::{Ready, Stop};
use crate::record::date::Reading;
use crate::store::{RecordNumber, Segment, Store};

/// Terms by number: of each group at least one has to fit.
pub(super) type Groups = Vec<Vec<usize>>;

/// For each term the score of each record of a segment.
type Columns = Vec<Arc<Vec<u8>>>;

/// What each term found, in each segment of a snapshot.
#[derive(Debug)]
pub(super) struct Scored<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The scores, segment by segment.
    segments: Vec<Columns>,
    /// How many records each term fits; of one that leaves out, how many it leaves in.
    pub(super) fitting: Vec<usize>,
    /// What fits all together.
    pub(super) hits: Hits,
}

/// What a filter found.
#[derive(Clone, Debug)]
pub(super) struct Hits {
    /// The rank of each record of each segment, 0 where it does not fit.
    pub(super) ranks: Vec<Vec<u16>>,
    /// How many records have each rank.
    pub(super) levels: Vec<usize>,
}

impl Hits {
    /// How many records fit.
    pub(super) fn shown(&self) -> usize {
        self.levels.iter().skip(1).sum()
    }

    /// Leaves out each copy of a record that fits too: what stands in several sources is shown once.
    pub(super) fn once(&mut self, store: &Store) {
        let mut shown: HashSet<RecordNumber> = HashSet::new();
        for (copy, of) in store.copies().iter() {
            let rank_of = |number| {
                let (segment, record) = store.place_of(number)?;
                Some(self.rank(segment, usize::from(record))).filter(|rank| *rank != 0)
            };
            let Some(rank) = rank_of(copy) else { continue };
            if rank_of(of).is_none() && shown.insert(of) {
                continue;
            }
            if let Some((segment, record)) = store.place_of(copy)
                && let Some(ranks) = self.ranks.get_mut(segment)
                && let Some(of_record) = ranks.get_mut(usize::from(record))
            {
                *of_record = 0;
            }
            for (level, change) in [(usize::from(rank), -1), (0, 1)] {
                if let Some(records) = self.levels.get_mut(level) {
                    *records = records.saturating_add_signed(change);
                }
            }
        }
    }

    /// The rank of a record of a segment, 0 where it does not fit.
    pub(super) fn rank(&self, segment: usize, record: usize) -> u16 {
        self.ranks.get(segment).and_then(|ranks| ranks.get(record)).copied().unwrap_or(0)
    }
}

/// Scores all records for all terms, and ranks them; nothing where it was stopped.
pub(super) fn score<'a>(
    store: &'a Store,
    groups: &Groups,
    terms: &[Ready],
    stop: Stop<'_>,
) -> Option<Scored<'a>> {
    Scored::new(store, groups, terms.len(), |at, segment| {
        terms.iter().map(|term| Some(Arc::new(term.scores(at, segment, stop)?))).collect()
    })
}

impl<'a> Scored<'a> {
    /// Scores and ranks all records, segment by segment, each while its scores are at hand.
    fn new(
        store: &'a Store,
        groups: &Groups,
        terms: usize,
        columns: impl Fn(usize, &Segment) -> Option<Columns> + Sync,
    ) -> Option<Scored<'a>> {
        let segments = store.segments().par_iter().enumerate().map(|(at, segment)| {
            let columns = columns(at, segment)?;
            let ranked = match one(groups).and_then(|term| columns.get(term)) {
                Some(column) => rank_alone(column),
                None => rank(groups, &columns, segment.len()),
            };
            let fitting = columns.iter().map(|column| fitting(column)).collect::<Vec<_>>();
            Some((columns, ranked, fitting))
        });
        let segments: Option<Vec<_>> = segments.collect();
        let levels = vec![0; Ladder::new(groups.len()).ranks()];
        let hits = Hits { ranks: Vec::with_capacity(store.segments().len()), levels };
        let mut all = Scored { store, segments: Vec::new(), fitting: vec![0; terms], hits };
        for (columns, (ranks, levels), fitting) in segments? {
            all.segments.push(columns);
            all.fitting.iter_mut().zip(fitting).for_each(|(sum, more)| *sum += more);
            all.hits.ranks.push(ranks);
            all.hits.levels.iter_mut().zip(levels).for_each(|(sum, more)| *sum += more);
        }
        Some(all)
    }

    /// The scores for terms of which some mean more than those that were scored.
    pub(super) fn raised(
        &self,
        groups: &Groups,
        before: &[Ready],
        terms: &[Ready],
        stop: Stop<'_>,
    ) -> Option<Scored<'a>> {
        Scored::new(self.store, groups, terms.len(), |at, segment| {
            let columns = terms.iter().zip(before).zip(self.segments.get(at)?);
            let raised = columns.map(|((term, before), column)| {
                if term.means_the_same(before, at) {
                    return Some(Arc::clone(column));
                }
                Some(Arc::new(term.raised(before, column, at, segment, stop)?))
            });
            raised.collect()
        })
    }

    /// How many records fit these groups of terms that are not among the hits: of all, or of the
    /// undated ones alone.
    pub(super) fn more(&self, groups: &Groups, undated: bool) -> usize {
        let parts = self.store.segments().par_iter().zip(&self.segments).zip(&self.hits.ranks);
        let counted = parts.map(|((segment, columns), ranks)| {
            let dates = segment.dates();
            let is_wanted =
                |record| !undated || !matches!(dates.reading(record), Some(Reading::Span(_)));
            let mut more = 0;
            for share in shares(segment.len()) {
                let Some(worths) = Worths::new(groups, columns, &share) else { continue };
                let records = share.clone().zip(worths.weakest);
                let fitting = records.filter(|(_, weakest)| *weakest != NONE);
                let new = fitting.filter(|(record, _)| ranks.get(*record) == Some(&0));
                more += new.filter(|(record, _)| is_wanted(*record)).count();
            }
            more
        });
        counted.sum()
    }
}

/// How many records a term fits.
fn fitting(scores: &[u8]) -> usize {
    let of_share = |scores: &[u8]| {
        let passed: u8 = scores.iter().map(|score| u8::from(*score != NONE)).sum();
        usize::from(passed)
    };
    scores.chunks(SHARE).map(of_share).sum()
}

/// The term of groups that have only one.
fn one(groups: &Groups) -> Option<usize> {
    let [group] = groups.as_slice() else { return None };
    if let [term] = group.as_slice() { Some(*term) } else { None }
}

/// Ranks the records of a segment by one term alone, each score of which has one rank; how many of
/// them have each rank.
fn rank_alone(column: &[u8]) -> (Vec<u16>, Vec<usize>) {
    let ladder = Ladder::new(1);
    let of_score: Vec<u16> = (u8::MIN..=u8::MAX).map(|score| rank_of(ladder, score)).collect();
    // Records with the same score follow each other: each count waits for the one before it, so there
    // are several of them.
    let mut times = [[0_usize; SCORES]; LANES];
    let mut ranks = vec![0; column.len()];
    let mut unranked = column.len();
    for (scores, ranks) in column.chunks(FEW).zip(ranks.chunks_mut(FEW)) {
        if scores.iter().fold(NONE, |any, score| any | score) == NONE {
            continue;
        }
        unranked -= scores.len();
        for (at, (rank, score)) in ranks.iter_mut().zip(scores).enumerate() {
            let score = usize::from(*score);
            *rank = of_score.get(score).copied().unwrap_or(0);
            if let Some(times) = times.get_mut(at % LANES).and_then(|lane| lane.get_mut(score)) {
                *times += 1;
            }
        }
    }
    let mut levels = vec![0; ladder.ranks()];
    let counted = of_score.iter().enumerate().map(|(score, rank)| {
        (*rank, times.iter().filter_map(|lane| lane.get(score)).sum::<usize>())
    });
    for (rank, times) in counted.chain([(0, unranked)]) {
        if let Some(level) = levels.get_mut(usize::from(rank)) {
            *level += times;
        }
    }
    (ranks, levels)
}

/// The rank of a record that has this score for the only term.
fn rank_of(ladder: Ladder, score: u8) -> u16 {
    let weakest = if score == FITS { u8::MAX } else { score };
    ladder.rank(weakest, u16::from(score.saturating_sub(FITS)))
}

/// How many scores there are.
const SCORES: usize = 1 << u8::BITS;

/// How many counts of each score there are.
const LANES: usize = 4;

/// Ranks the records of a segment; how many of them have each rank.
fn rank(groups: &Groups, columns: &Columns, records: usize) -> (Vec<u16>, Vec<usize>) {
    let ladder = Ladder::new(groups.len());
    let mut levels = vec![0; ladder.ranks()];
    let mut ranks = vec![0; records];
    let mut unranked = records;
    for (share, ranks) in shares(records).zip(ranks.chunks_mut(SHARE)) {
        let Some(worths) = Worths::new(groups, columns, &share) else { continue };
        let both = worths.weakest.iter().zip(&worths.sums);
        for (rank, (weakest, sum)) in ranks.iter_mut().zip(both) {
            *rank = ladder.rank(*weakest, *sum);
        }
        for ranks in ranks.chunks(FEW) {
            if ranks.iter().fold(0, |any, rank| any | rank) == 0 {
                continue;
            }
            unranked -= ranks.len();
            for rank in ranks {
                if let Some(level) = levels.get_mut(usize::from(*rank)) {
                    *level += 1;
                }
            }
        }
    }
    if let Some(level) = levels.first_mut() {
        *level += unranked;
    }
    (ranks, levels)
}

/// How many records are ranked together: mostly none of them fits.
const SHARE: usize = 64;

/// How many of them are counted together.
const FEW: usize = 8;

/// So many records, share by share.
fn shares(records: usize) -> impl Iterator<Item = Range<usize>> {
    (0..records).step_by(SHARE).map(move |start| start..records.min(start + SHARE))
}

/// What each record of a share is worth to groups of terms.
struct Worths {
    /// The weakest score: see [`Ladder::rank`].
    weakest: [u8; SHARE],
    /// The sums of the scores.
    sums: [u16; SHARE],
}

impl Worths {
    /// What each record is worth, column by column, since that is fastest; nothing where none fits. That
    /// is known from the weakest scores, so the sums come later.
    fn new(groups: &Groups, columns: &Columns, share: &Range<usize>) -> Option<Worths> {
        let mut worths = Worths { weakest: [u8::MAX; SHARE], sums: [0; SHARE] };
        for group in groups {
            for (weakest, score) in worths.weakest.iter_mut().zip(best(group, columns, share)) {
                *weakest = (*weakest).min(if score == FITS { u8::MAX } else { score });
            }
            if worths.weakest == [NONE; SHARE] {
                return None;
            }
        }
        for group in groups {
            for (sum, score) in worths.sums.iter_mut().zip(best(group, columns, share)) {
                *sum = sum.saturating_add(u16::from(score.saturating_sub(FITS)));
            }
        }
        Some(worths)
    }
}

/// The best score that each record of a share has for a group of terms.
#[inline]
fn best(group: &[usize], columns: &Columns, share: &Range<usize>) -> [u8; SHARE] {
    let mut best = [NONE; SHARE];
    for term in group.iter().filter_map(|term| columns.get(*term)?.get(share.clone())) {
        best.iter_mut().zip(term).for_each(|(best, score)| *best = *score.max(best));
    }
    best
}
