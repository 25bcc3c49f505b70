//! Finds the records that fit a filter, segment by segment, in parallel.
//!
//! Each term gives each record a score, one byte. That is the work. What fits any combination of
//! the terms, in which rank, is then only a matter of adding columns.

use std::borrow::Cow;
use std::collections::HashSet;

use rayon::prelude::*;

use super::rank::{FITS, Ladder, NONE};
use super::scores::{Ready, Stop};
use crate::record::date::Reading;
use crate::store::{RecordNumber, Segment, Store};

/// Terms by number: of each group at least one has to fit.
pub(super) type Groups = Vec<Vec<usize>>;

/// For each term the score of each record of a segment.
type Columns = Vec<Vec<u8>>;

/// What each term found, in each segment of a snapshot.
#[derive(Debug)]
pub(super) struct Scored<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The scores, segment by segment.
    segments: Vec<Columns>,
    /// How many records each term fits, whether or not it leaves them out.
    pub(super) terms: Vec<usize>,
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

/// Scores all records for all terms, or nothing where it was stopped.
pub(super) fn score<'a>(store: &'a Store, terms: &[Ready], stop: Stop<'_>) -> Option<Scored<'a>> {
    let segments = store.segments().par_iter().enumerate();
    let scored: Option<Vec<(Columns, Vec<usize>)>> =
        segments.map(|(at, segment)| score_segment(at, segment, terms, stop)).collect();
    let (segments, counts): (Vec<_>, Vec<_>) = scored?.into_iter().unzip();
    let terms = (0..terms.len()).map(|term| counts.iter().filter_map(|of| of.get(term)).sum());
    Some(Scored { store, terms: terms.collect(), segments })
}

/// The scores of a segment's records for each term, and how many records each term fits.
fn score_segment(
    at: usize,
    segment: &Segment,
    terms: &[Ready],
    stop: Stop<'_>,
) -> Option<(Columns, Vec<usize>)> {
    let mut counts = Vec::with_capacity(terms.len());
    let mut columns = Vec::with_capacity(terms.len());
    for term in terms {
        let mut scores = term.scores(at, segment, stop)?;
        counts.push(scores.iter().filter(|score| **score != NONE).count());
        if term.negated {
            for score in &mut scores {
                *score = if *score == NONE { FITS } else { NONE };
            }
        }
        columns.push(scores);
    }
    Some((columns, counts))
}

impl Scored<'_> {
    /// The records that fit these groups of terms, with their ranks.
    pub(super) fn hits(&self, groups: &Groups) -> Hits {
        let segments = self.store.segments().par_iter().zip(&self.segments);
        let ranked: Vec<(Vec<u16>, Vec<usize>)> =
            segments.map(|(segment, columns)| rank(groups, columns, segment.len())).collect();
        let mut levels = vec![0; Ladder::new(groups.len()).ranks()];
        let mut ranks = Vec::with_capacity(ranked.len());
        for (of_segment, counts) in ranked {
            levels.iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
            ranks.push(of_segment);
        }
        Hits { ranks, levels }
    }

    /// How many records fit these groups of terms that are not among the hits: of all, or of the
    /// undated ones alone.
    pub(super) fn more(&self, groups: &Groups, hits: &Hits, undated: bool) -> usize {
        let parts = self.store.segments().par_iter().zip(&self.segments).zip(&hits.ranks);
        let counted = parts.map(|((segment, columns), ranks)| {
            let worths = worths(groups, columns, segment.len());
            let dates = segment.dates();
            let is_wanted =
                |record| !undated || !matches!(dates.reading(record), Some(Reading::Span(_)));
            let records = worths.weakest.iter().zip(ranks).enumerate();
            records
                .filter(|(record, (weakest, rank))| {
                    **rank == 0 && **weakest != NONE && is_wanted(*record)
                })
                .count()
        });
        counted.sum()
    }
}

/// Ranks the records of a segment; how many of them have each rank.
fn rank(groups: &Groups, columns: &Columns, records: usize) -> (Vec<u16>, Vec<usize>) {
    let ladder = Ladder::new(groups.len());
    let mut levels = vec![0; ladder.ranks()];
    let Worths { weakest, sums } = worths(groups, columns, records);
    let both = weakest.iter().zip(&sums);
    let ranks: Vec<u16> = both.map(|(weakest, sum)| ladder.rank(*weakest, *sum)).collect();
    let mut none = 0;
    for chunk in ranks.chunks(CHUNK) {
        if chunk.iter().all(|rank| *rank == 0) {
            none += chunk.len();
            continue;
        }
        for rank in chunk {
            if let Some(level) = levels.get_mut(usize::from(*rank)) {
                *level += 1;
            }
        }
    }
    if let Some(level) = levels.first_mut() {
        *level += none;
    }
    (ranks, levels)
}

/// How many ranks are looked at together: mostly none of them is a hit.
const CHUNK: usize = 32;

/// What each record of a segment is worth to groups of terms.
struct Worths {
    /// The weakest score: see [`Ladder::rank`].
    weakest: Vec<u8>,
    /// The sums of the scores.
    sums: Vec<u16>,
}

/// What each record is worth; column by column, since that is fastest.
fn worths(groups: &Groups, columns: &Columns, records: usize) -> Worths {
    let mut worths = Worths { weakest: vec![u8::MAX; records], sums: vec![0; records] };
    for group in groups {
        let mut terms = group.iter().filter_map(|term| columns.get(*term));
        let Some(first) = terms.next() else { continue };
        let mut best = Cow::Borrowed(first);
        for other in terms {
            best.to_mut().iter_mut().zip(other).for_each(|(best, other)| *best = *other.max(best));
        }
        for (weakest, score) in worths.weakest.iter_mut().zip(best.iter()) {
            *weakest = (*weakest).min(if *score == FITS { u8::MAX } else { *score });
        }
        for (sum, score) in worths.sums.iter_mut().zip(best.iter()) {
            *sum = sum.saturating_add(u16::from(score.saturating_sub(FITS)));
        }
    }
    worths
}
