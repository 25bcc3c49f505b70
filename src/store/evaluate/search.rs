//! Finds the records that fit a filter, segment by segment, in parallel.
//!
//! Each term gives each record a score, one byte. That is the work. What fits any combination of
//! the terms, in which rank, is then only a matter of adding columns: where some records fit.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::match_set::{FEW, MatchSet, shares};
use super::rank::{FITS, Ladder, NONE};
use super::score::{Ready, Stop};
use super::score_column::Column;
use crate::record::date::span::Reading;
use crate::store::{RecordNumber, Segment, Store};
use crate::text::bit_masks::{SHARE, ones};

/// Terms by number: of each group at least one has to fit.
pub(super) type Groups = Vec<Vec<usize>>;

/// For each term the score of each record of a segment.
type Columns = Vec<Arc<Column>>;

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
    /// Which records of each segment fit.
    pub(super) fits: Vec<MatchSet>,
    /// The rank of each record of each segment, 0 where it does not fit.
    pub(super) ranks: Vec<Vec<u16>>,
    /// How many of the records that fit have each rank.
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
                if let Some(fits) = self.fits.get_mut(segment) {
                    fits.take(record);
                }
            }
            if let Some(records) = self.levels.get_mut(usize::from(rank)) {
                *records = records.saturating_sub(1);
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
        let column = |term: &Ready| Some(Arc::new(term.scores(at, segment, stop)?));
        terms.iter().map(column).collect()
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
            let fits = fitting(groups, &columns, segment.len());
            let ranked = match one(groups).and_then(|term| columns.get(term)) {
                Some(column) => rank_alone(column),
                None => rank(groups, &columns, &fits, segment.len()),
            };
            let of_terms = columns.iter().map(|column| column.fits.count()).collect::<Vec<_>>();
            Some((columns, fits, ranked, of_terms))
        });
        let segments: Option<Vec<_>> = segments.collect();
        let levels = vec![0; Ladder::new(groups.len()).ranks()];
        let room = store.segments().len();
        let hits = Hits { fits: Vec::with_capacity(room), ranks: Vec::with_capacity(room), levels };
        let mut all = Scored { store, segments: Vec::new(), fitting: vec![0; terms], hits };
        for (columns, fits, (ranks, levels), of_terms) in segments? {
            all.fitting.iter_mut().zip(of_terms).for_each(|(sum, more)| *sum += more);
            all.segments.push(columns);
            all.hits.fits.push(fits);
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
        let parts = self.store.segments().par_iter().zip(&self.segments).zip(&self.hits.fits);
        let counted = parts.map(|((segment, columns), hits)| {
            let is_undated =
                |record| !matches!(segment.dates().reading(record), Some(Reading::Span(_)));
            let fits = fitting(groups, columns, segment.len());
            let new = fits.shares().iter().zip(hits.shares()).map(|(fits, hits)| fits & !hits);
            if !undated {
                return new.map(|new| new.count_ones() as usize).sum();
            }
            let records = (0..)
                .step_by(SHARE)
                .zip(new)
                .flat_map(|(first, new)| ones(new).map(move |at: usize| first + at));
            records.filter(|record| is_undated(*record)).count()
        });
        counted.sum()
    }
}

/// Which records of a segment fit groups of terms.
fn fitting(groups: &Groups, columns: &Columns, records: usize) -> MatchSet {
    let mut fitting = MatchSet::all(records);
    for group in groups {
        let mut columns = group.iter().filter_map(|term| columns.get(*term));
        let Some(first) = columns.next() else { return MatchSet::none(records) };
        let mut any = Cow::Borrowed(&first.fits);
        columns.for_each(|column| any.to_mut().join(&column.fits));
        fitting.keep(&any);
    }
    fitting
}

/// The term of groups that have only one.
fn one(groups: &Groups) -> Option<usize> {
    let [group] = groups.as_slice() else { return None };
    if let [term] = group.as_slice() { Some(*term) } else { None }
}

/// Ranks the records of a segment by one term alone, each score of which has one rank; how many of
/// them have each rank.
fn rank_alone(column: &Column) -> (Vec<u16>, Vec<usize>) {
    let ladder = Ladder::new(1);
    let of_score: Vec<u16> = (u8::MIN..=u8::MAX).map(|score| rank_of(ladder, score)).collect();
    // Records with the same score follow each other: each count waits for the one before it, so there
    // are several of them.
    let mut times = [[0_usize; SCORES]; LANES];
    let mut ranks = vec![0; column.scores.len()];
    let mut count = |at: usize, score: u8| {
        if let Some(times) =
            times.get_mut(at % LANES).and_then(|lane| lane.get_mut(usize::from(score)))
        {
            *times += 1;
        }
    };
    let shares = column.scores.chunks(SHARE).zip(ranks.chunks_mut(SHARE));
    for ((scores, ranks), fits) in shares.zip(column.fits.shares()) {
        if fits.count_ones() > FEW {
            for (rank, score) in ranks.iter_mut().zip(scores) {
                *rank = rank_of(ladder, *score);
            }
            for scores in scores.chunks(2 * LANES) {
                scores.iter().enumerate().for_each(|(at, score)| count(at, *score));
            }
            continue;
        }
        for at in ones(*fits) {
            if let (Some(score), Some(rank)) = (scores.get(at), ranks.get_mut(at)) {
                *rank = rank_of(ladder, *score);
                count(at, *score);
            }
        }
    }
    let mut levels = vec![0; ladder.ranks()];
    for (score, rank) in of_score.iter().enumerate().filter(|(_, rank)| **rank != 0) {
        if let Some(level) = levels.get_mut(usize::from(*rank)) {
            *level += times.iter().filter_map(|lane| lane.get(score)).sum::<usize>();
        }
    }
    (ranks, levels)
}

/// The rank of a record that has this score for the only term.
fn rank_of(ladder: Ladder, score: u8) -> u16 {
    ladder.rank(counting(score), u16::from(score.saturating_sub(FITS)))
}

/// How many scores there are.
const SCORES: usize = 1 << u8::BITS;

/// How many counts of each score there are.
const LANES: usize = 4;

/// Ranks the records of a segment that fit; how many of them have each rank.
fn rank(
    groups: &Groups,
    columns: &Columns,
    fits: &MatchSet,
    records: usize,
) -> (Vec<u16>, Vec<usize>) {
    let ladder = Ladder::new(groups.len());
    let mut levels = vec![0; ladder.ranks()];
    let mut ranks = vec![0; records];
    for ((share, ranks), fits) in shares(records).zip(ranks.chunks_mut(SHARE)).zip(fits.shares()) {
        match fits.count_ones() {
            0 => continue,
            1..=FEW => {
                for at in ones(*fits) {
                    if let Some(rank) = ranks.get_mut(at) {
                        let (weakest, sum) = worth(groups, columns, share.start + at);
                        *rank = ladder.rank(weakest, sum);
                    }
                }
            }
            _ => {
                let worths = Worths::new(groups, columns, &share);
                let both = worths.weakest.iter().zip(&worths.sums);
                for (rank, (weakest, sum)) in ranks.iter_mut().zip(both) {
                    *rank = ladder.rank(*weakest, *sum);
                }
            }
        }
        for at in ones(*fits) {
            let level = ranks.get(at).and_then(|rank| levels.get_mut(usize::from(*rank)));
            if let Some(level) = level {
                *level += 1;
            }
        }
    }
    (ranks, levels)
}

/// What a record is worth to groups of terms: its weakest score, and the sum of them.
fn worth(groups: &Groups, columns: &Columns, record: usize) -> (u8, u16) {
    groups.iter().fold((u8::MAX, 0), |(weakest, sum), group| {
        let scores = group.iter().filter_map(|term| columns.get(*term)?.scores.get(record));
        let best = scores.copied().max().unwrap_or(NONE);
        (weakest.min(counting(best)), sum.saturating_add(u16::from(best.saturating_sub(FITS))))
    })
}

/// The score of a group as it counts for the weakest: see [`Ladder::rank`].
#[inline]
fn counting(score: u8) -> u8 {
    if score == FITS { u8::MAX } else { score }
}

/// What each record of a share is worth to groups of terms.
struct Worths {
    /// The weakest scores.
    weakest: [u8; SHARE],
    /// The sums of the scores.
    sums: [u16; SHARE],
}

impl Worths {
    /// What each record is worth, column by column, since that is fastest where many fit.
    fn new(groups: &Groups, columns: &Columns, share: &Range<usize>) -> Worths {
        let mut worths = Worths { weakest: [u8::MAX; SHARE], sums: [0; SHARE] };
        for group in groups {
            let best = best(group, columns, share);
            let both = worths.weakest.iter_mut().zip(&mut worths.sums);
            for ((weakest, sum), score) in both.zip(best) {
                *weakest = (*weakest).min(counting(score));
                *sum = sum.saturating_add(u16::from(score.saturating_sub(FITS)));
            }
        }
        worths
    }
}

/// The best score that each record of a share has for a group of terms.
#[inline]
fn best(group: &[usize], columns: &Columns, share: &Range<usize>) -> [u8; SHARE] {
    let mut best = [NONE; SHARE];
    for term in group.iter().filter_map(|term| columns.get(*term)?.scores.get(share.clone())) {
        best.iter_mut().zip(term).for_each(|(best, score)| *best = *score.max(best));
    }
    best
}
