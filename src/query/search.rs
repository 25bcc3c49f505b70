//! Finds the records that fit a filter, segment by segment, in parallel.
//!
//! Each term gives each record a score, one byte. That is the work. What fits any combination of
//! the terms, in which rank, is then only a matter of adding columns.

use std::borrow::Cow;

use rayon::prelude::*;

use super::rank::{FITS, Ladder, NONE, Worth};
use super::scores::{Ready, Stop};
use crate::record::date::Reading;
use crate::store::{Segment, Store};

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
    /// The rank of each record of the snapshot, 0 where it does not fit.
    pub(super) ranks: Vec<u16>,
    /// How many records have each rank.
    pub(super) levels: Vec<usize>,
}

impl Hits {
    /// How many records fit.
    pub(super) fn shown(&self) -> usize {
        self.levels.iter().skip(1).sum()
    }

    /// Whether a record fits, by its number in the store.
    pub(super) fn has(&self, number: usize) -> bool {
        self.ranks.get(number).is_some_and(|rank| *rank != 0)
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
        let ladder = Ladder::new(groups.len());
        let mut ranks = vec![0; self.store.len()];
        let mut rest = ranks.as_mut_slice();
        let mut parts = Vec::with_capacity(self.segments.len());
        for (segment, columns) in self.store.segments().iter().zip(&self.segments) {
            let (part, others) = rest.split_at_mut(segment.len().min(rest.len()));
            parts.push((columns, part));
            rest = others;
        }
        let found = parts.into_par_iter().map(|(columns, part)| rank(groups, columns, part));
        let levels = found.reduce(
            || vec![0; ladder.ranks()],
            |mut sums, more| {
                sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                sums
            },
        );
        Hits { ranks, levels }
    }

    /// How many records fit these groups of terms that are not among the hits: of all, or of the
    /// undated ones alone.
    pub(super) fn more(&self, groups: &Groups, hits: &Hits, undated: bool) -> usize {
        let mut rest = hits.ranks.as_slice();
        let mut parts = Vec::with_capacity(self.segments.len());
        for (segment, columns) in self.store.segments().iter().zip(&self.segments) {
            let (part, others) = rest.split_at(segment.len().min(rest.len()));
            parts.push((segment, columns, part));
            rest = others;
        }
        let counted = parts.into_par_iter().map(|(segment, columns, part)| {
            let records = worths(groups, columns, segment.len());
            let records = records.into_iter().zip(part).zip(segment.dates());
            let more = records.filter(|((worth, rank), date)| {
                **rank == 0 && worth.fits() && !(undated && matches!(date, Reading::Span(_)))
            });
            more.count()
        });
        counted.sum()
    }
}

/// Ranks the records of a segment; how many of them have each rank.
fn rank(groups: &Groups, columns: &Columns, ranks: &mut [u16]) -> Vec<usize> {
    let ladder = Ladder::new(groups.len());
    let mut levels = vec![0; ladder.ranks()];
    let worths = worths(groups, columns, ranks.len());
    for (rank, worth) in ranks.iter_mut().zip(worths) {
        *rank = ladder.rank(worth);
        if let Some(level) = levels.get_mut(usize::from(*rank)) {
            *level += 1;
        }
    }
    levels
}

/// What each record is worth to groups of terms; column by column, since that is fastest.
fn worths(groups: &Groups, columns: &Columns, records: usize) -> Vec<Worth> {
    let mut worths = vec![Worth::UNKNOWN; records];
    for group in groups {
        let mut terms = group.iter().filter_map(|term| columns.get(*term));
        let Some(first) = terms.next() else { continue };
        let mut best = Cow::Borrowed(first);
        for other in terms {
            best.to_mut().iter_mut().zip(other).for_each(|(best, other)| *best = *other.max(best));
        }
        worths.iter_mut().zip(best.iter()).for_each(|(worth, score)| worth.add(*score));
    }
    worths
}
