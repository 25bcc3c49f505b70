//! Finds and ranks the records that match a query, segment by segment, in parallel.
//!
//! First each term gives each record a score of one byte, which is most of the work. The matches
//! and ranks of any combination of the terms then follow from adding the columns of scores.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::match_set::{MAX_SPARSE_MATCHES, MatchSet, block_ranges};
use super::rank::{MATCH_ONLY, NO_MATCH, Rank, RankScale, Score, UNRANKED};
use super::score::PreparedTerm;
use super::score_column::ScoreColumn;
use crate::query::{CancelCheck, Cancelled, RecordHandle};
use crate::record::date::span::ParsedDate;
use crate::store::{RecordAddress, Segment, Store};
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// Groups of columns by index. A record matches if at least one column of each group matches it.
pub(super) type ColumnGroups = Vec<Vec<usize>>;

/// What a record must match. The first columns are those of the terms; each of the others is that of inner groups.
#[derive(Clone, Debug, Default)]
pub(super) struct Formula {
    /// The groups.
    pub(super) groups: ColumnGroups,
    /// The inner groups of each column behind those of the terms. They only have columns before their own.
    pub(super) inner: Vec<ColumnGroups>,
}

impl Formula {
    /// Replaces a column by another one.
    pub(super) fn replace(&mut self, column: usize, by: usize) {
        let inner = self.inner.iter_mut().flatten().flatten();
        let columns = self.groups.iter_mut().flatten().chain(inner);
        columns.filter(|it| **it == column).for_each(|it| *it = by);
    }

    /// Adds the columns of the inner groups to those of the terms.
    fn add_columns(&self, columns: &mut SegmentColumns, records: usize) {
        for groups in &self.inner {
            let column = ScoreColumn::of_groups(groups, columns, records);
            columns.push(Arc::new(column));
        }
    }
}

impl ScoreColumn {
    /// Combines columns: a record has the lowest of its scores for the groups.
    fn of_groups(groups: &ColumnGroups, columns: &SegmentColumns, records: usize) -> ScoreColumn {
        let matches = matching_records(groups, columns, records);
        let mut scores = vec![NO_MATCH; records];
        for (block, scores) in block_ranges(records).zip(scores.chunks_mut(BLOCK_LEN)) {
            let weakest = BlockScores::new(groups, columns, &block).weakest;
            for (score, weakest) in scores.iter_mut().zip(weakest) {
                *score = if weakest == Score::MAX { MATCH_ONLY } else { weakest };
            }
        }
        ScoreColumn { scores, matches }
    }
}

/// The column of scores of each term, for one segment.
type SegmentColumns = Vec<Arc<ScoreColumn>>;

/// The scores of all terms for all records of a snapshot, and the ranked matches.
#[derive(Debug)]
pub(super) struct ScoredTerms<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The scores of each segment.
    segments: Vec<SegmentColumns>,
    /// The number of records that each term matches. For a negated term these are the records that
    /// it does not exclude.
    pub(super) match_counts: Vec<usize>,
    /// The records that match all groups.
    pub(super) matches: RankedMatches,
}

/// The records of a snapshot that match a query, with their ranks.
#[derive(Clone, Debug)]
pub(super) struct RankedMatches {
    /// The matching records of each segment.
    pub(super) match_sets: Vec<MatchSet>,
    /// The rank of each record of each segment; [`UNRANKED`] if it does not match.
    pub(super) ranks: Vec<Vec<Rank>>,
    /// The number of matching records for each rank.
    pub(super) rank_counts: Vec<usize>,
}

impl RankedMatches {
    /// The number of matching records.
    pub(super) fn count(&self) -> usize {
        self.rank_counts.iter().skip(1).sum()
    }

    /// Removes duplicates, so that each record is shown once. A duplicate stays if it matches, but
    /// neither its original nor an earlier duplicate does.
    pub(super) fn drop_duplicates(&mut self, store: &Store) {
        let mut represented: HashSet<RecordHandle> = HashSet::new();
        for (duplicate, original) in store.duplicates().iter() {
            let rank_of = |number| {
                let RecordAddress { segment, record } = store.record_address(number)?;
                Some(self.rank(segment, usize::from(record))).filter(|rank| *rank != UNRANKED)
            };
            let Some(rank) = rank_of(duplicate) else { continue };
            if rank_of(original).is_none() && represented.insert(original) {
                continue;
            }
            if let Some(RecordAddress { segment, record }) = store.record_address(duplicate)
                && let Some(ranks) = self.ranks.get_mut(segment)
                && let Some(record_rank) = ranks.get_mut(usize::from(record))
            {
                *record_rank = UNRANKED;
                if let Some(matches) = self.match_sets.get_mut(segment) {
                    matches.remove(record);
                }
            }
            if let Some(count) = self.rank_counts.get_mut(usize::from(rank)) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// The rank of a record of a segment; [`UNRANKED`] if it does not match.
    pub(super) fn rank(&self, segment: usize, record: usize) -> Rank {
        self.ranks.get(segment).and_then(|ranks| ranks.get(record)).copied().unwrap_or(UNRANKED)
    }
}

/// Scores and ranks all records for all terms.
///
/// # Errors
/// The search was cancelled.
pub(super) fn score_terms<'a>(
    store: &'a Store,
    formula: &Formula,
    terms: &[PreparedTerm],
    is_cancelled: CancelCheck<'_>,
) -> Result<ScoredTerms<'a>, Cancelled> {
    ScoredTerms::new(store, formula, terms.len(), |index, segment| {
        let column =
            |term: &PreparedTerm| Ok(Arc::new(term.score_segment(index, segment, is_cancelled)?));
        terms.iter().map(column).collect()
    })
}

impl<'a> ScoredTerms<'a> {
    /// Scores and ranks all records. `columns` scores one segment, given by its index. Each segment
    /// is ranked right after it is scored, while its scores are in the processor's cache.
    fn new(
        store: &'a Store,
        formula: &Formula,
        term_count: usize,
        columns: impl Fn(usize, &Segment) -> Result<SegmentColumns, Cancelled> + Sync,
    ) -> Result<ScoredTerms<'a>, Cancelled> {
        let groups = &formula.groups;
        let segments = store.segments().par_iter().enumerate().map(|(index, segment)| {
            let mut columns = columns(index, segment)?;
            formula.add_columns(&mut columns, segment.len());
            let matches = matching_records(groups, &columns, segment.len());
            let ranked = match single_term(groups).and_then(|term| columns.get(term)) {
                Some(column) => rank_by_single_term(column),
                None => rank_segment(groups, &columns, &matches, segment.len()),
            };
            let counts = columns.iter().map(|column| column.matches.count()).collect::<Vec<_>>();
            Ok((columns, matches, ranked, counts))
        });
        let segments: Result<Vec<_>, Cancelled> = segments.collect();
        let segment_count = store.segments().len();
        let matches = RankedMatches {
            match_sets: Vec::with_capacity(segment_count),
            ranks: Vec::with_capacity(segment_count),
            rank_counts: vec![0; RankScale::new(groups.len()).rank_count()],
        };
        let match_counts = vec![0; term_count];
        let mut all = ScoredTerms { store, segments: Vec::new(), match_counts, matches };
        for (columns, matches, ranked, counts) in segments? {
            all.match_counts.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            all.segments.push(columns);
            all.matches.match_sets.push(matches);
            all.matches.ranks.push(ranked.ranks);
            let rank_counts = all.matches.rank_counts.iter_mut();
            rank_counts.zip(ranked.rank_counts).for_each(|(sum, count)| *sum += count);
        }
        Ok(all)
    }

    /// Scores the same terms with more guesses. `before` are the terms of `self`; their scores are
    /// reused where a term has the same expansion.
    pub(super) fn rescore_expanded(
        &self,
        formula: &Formula,
        before: &[PreparedTerm],
        terms: &[PreparedTerm],
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ScoredTerms<'a>, Cancelled> {
        ScoredTerms::new(self.store, formula, terms.len(), |index, segment| {
            let columns = self.segments.get(index).into_iter().flatten();
            let columns = terms.iter().zip(before).zip(columns);
            let rescored = columns.map(|((term, before), column)| {
                if term.same_expansion(before, index) {
                    return Ok(Arc::clone(column));
                }
                Ok(Arc::new(term.rescore_expanded(before, column, index, segment, is_cancelled)?))
            });
            rescored.collect()
        })
    }

    /// The number of records of the snapshot.
    pub(super) fn record_count(&self) -> usize {
        self.store.len()
    }

    /// The records of each segment that match a formula.
    pub(super) fn matches_of(&self, formula: &Formula) -> Vec<MatchSet> {
        let segments = self.store.segments().par_iter().zip(&self.segments);
        let matches = segments.map(|(segment, columns)| {
            let mut columns = columns.get(..self.match_counts.len()).unwrap_or(columns).to_vec();
            formula.add_columns(&mut columns, segment.len());
            matching_records(&formula.groups, &columns, segment.len())
        });
        matches.collect()
    }

    /// The number of records that match a formula but are not among the matches.
    pub(super) fn count_additional(&self, formula: &Formula) -> usize {
        self.count_unmatched(formula, false)
    }

    /// The number of undated records that match a formula but are not among the matches.
    pub(super) fn count_additional_undated(&self, formula: &Formula) -> usize {
        self.count_unmatched(formula, true)
    }

    /// The number of records, or of undated records, that match a formula but are not among the
    /// matches.
    fn count_unmatched(&self, formula: &Formula, only_undated: bool) -> usize {
        let term_count = self.match_counts.len();
        let segments = self.store.segments().par_iter();
        let segments = segments.zip(&self.segments).zip(&self.matches.match_sets);
        let counts = segments.map(|((segment, columns), known)| {
            let is_undated =
                |record| !matches!(segment.dates().parsed_date(record), Some(ParsedDate::Span(_)));
            let mut columns = columns.get(..term_count).unwrap_or(columns).to_vec();
            formula.add_columns(&mut columns, segment.len());
            let matches = matching_records(&formula.groups, &columns, segment.len());
            let blocks = matches.blocks().iter().zip(known.blocks());
            let additional = blocks.map(|(matches, known)| matches & !known);
            if !only_undated {
                return additional.map(|mask| mask.count_ones() as usize).sum();
            }
            let records = (0..)
                .step_by(BLOCK_LEN)
                .zip(additional)
                .flat_map(|(first, mask)| set_bits(mask).map(move |bit: usize| first + bit));
            records.filter(|record| is_undated(*record)).count()
        });
        counts.sum()
    }
}

/// Returns the records of a segment that match groups of terms.
fn matching_records(groups: &ColumnGroups, columns: &SegmentColumns, records: usize) -> MatchSet {
    let mut matches = MatchSet::full(records);
    for group in groups {
        let mut columns = group.iter().filter_map(|term| columns.get(*term));
        let Some(first) = columns.next() else { return MatchSet::empty(records) };
        let mut any = Cow::Borrowed(&first.matches);
        columns.for_each(|column| any.to_mut().union_with(&column.matches));
        matches.intersect_with(&any);
    }
    matches
}

/// Returns the index of the term, if the groups have exactly one.
fn single_term(groups: &ColumnGroups) -> Option<usize> {
    let [group] = groups.as_slice() else { return None };
    if let [term] = group.as_slice() { Some(*term) } else { None }
}

/// The ranks of the records of a segment.
struct SegmentRanks {
    /// The rank of each record; [`UNRANKED`] if it does not match.
    ranks: Vec<Rank>,
    /// The number of matching records for each rank.
    rank_counts: Vec<usize>,
}

/// Ranks the records of a segment by one term alone, so that each score has exactly one rank.
fn rank_by_single_term(column: &ScoreColumn) -> SegmentRanks {
    let scale = RankScale::new(1);
    let rank_by_score: Vec<Rank> =
        (Score::MIN..=Score::MAX).map(|score| single_term_rank(scale, score)).collect();
    // Neighbouring records often have the same score. With a single counter for it, each increment
    // would wait for the one before, so each score has several counters.
    let mut lanes = [[0_usize; SCORE_VALUES]; COUNTERS_PER_SCORE];
    let mut ranks = vec![UNRANKED; column.scores.len()];
    let mut count = |i: usize, score: Score| {
        if let Some(counter) =
            lanes.get_mut(i % COUNTERS_PER_SCORE).and_then(|lane| lane.get_mut(usize::from(score)))
        {
            *counter += 1;
        }
    };
    let blocks = column.scores.chunks(BLOCK_LEN).zip(ranks.chunks_mut(BLOCK_LEN));
    for ((scores, ranks), matches) in blocks.zip(column.matches.blocks()) {
        if matches.count_ones() > MAX_SPARSE_MATCHES {
            for (rank, score) in ranks.iter_mut().zip(scores) {
                *rank = single_term_rank(scale, *score);
            }
            for scores in scores.chunks(2 * COUNTERS_PER_SCORE) {
                scores.iter().enumerate().for_each(|(i, score)| count(i, *score));
            }
            continue;
        }
        for bit in set_bits(*matches) {
            if let (Some(score), Some(rank)) = (scores.get(bit), ranks.get_mut(bit)) {
                *rank = single_term_rank(scale, *score);
                count(bit, *score);
            }
        }
    }
    let mut rank_counts = vec![0; scale.rank_count()];
    for (score, rank) in rank_by_score.iter().enumerate().filter(|(_, rank)| **rank != UNRANKED) {
        if let Some(rank_count) = rank_counts.get_mut(usize::from(*rank)) {
            *rank_count += lanes.iter().filter_map(|lane| lane.get(score)).sum::<usize>();
        }
    }
    SegmentRanks { ranks, rank_counts }
}

/// Returns the rank of a record with this score for the only term.
fn single_term_rank(scale: RankScale, score: Score) -> Rank {
    scale.rank(score_for_weakest(score), u16::from(score.saturating_sub(MATCH_ONLY)))
}

/// The number of values that a score can have.
const SCORE_VALUES: usize = 1 << Score::BITS;

/// The number of separate counters for each score.
const COUNTERS_PER_SCORE: usize = 4;

/// Ranks the matching records of a segment.
fn rank_segment(
    groups: &ColumnGroups,
    columns: &SegmentColumns,
    matches: &MatchSet,
    records: usize,
) -> SegmentRanks {
    let scale = RankScale::new(groups.len());
    let mut rank_counts = vec![0; scale.rank_count()];
    let mut all_ranks = vec![UNRANKED; records];
    let blocks = block_ranges(records).zip(all_ranks.chunks_mut(BLOCK_LEN)).zip(matches.blocks());
    for ((block, ranks), matches) in blocks {
        match matches.count_ones() {
            0 => continue,
            1..=MAX_SPARSE_MATCHES => {
                for bit in set_bits(*matches) {
                    if let Some(rank) = ranks.get_mut(bit) {
                        let (weakest, sum) = weakest_and_sum(groups, columns, block.start + bit);
                        *rank = scale.rank(weakest, sum);
                    }
                }
            }
            _ => {
                let scores = BlockScores::new(groups, columns, &block);
                let pairs = scores.weakest.iter().zip(&scores.sums);
                for (rank, (weakest, sum)) in ranks.iter_mut().zip(pairs) {
                    *rank = scale.rank(*weakest, *sum);
                }
            }
        }
        for bit in set_bits(*matches) {
            let count = ranks.get(bit).and_then(|rank| rank_counts.get_mut(usize::from(*rank)));
            if let Some(count) = count {
                *count += 1;
            }
        }
    }
    SegmentRanks { ranks: all_ranks, rank_counts }
}

/// Returns the lowest score of a record for groups of terms, and the sum of its scores: the
/// arguments of [`RankScale::rank`].
fn weakest_and_sum(groups: &ColumnGroups, columns: &SegmentColumns, record: usize) -> (Score, u16) {
    groups.iter().fold((Score::MAX, 0), |(weakest, sum), group| {
        let scores = group.iter().filter_map(|term| columns.get(*term)?.scores.get(record));
        let best = scores.copied().max().unwrap_or(NO_MATCH);
        let above_match = u16::from(best.saturating_sub(MATCH_ONLY));
        (weakest.min(score_for_weakest(best)), sum.saturating_add(above_match))
    })
}

/// Replaces [`MATCH_ONLY`] by the highest number, so that it is never the lowest score: see
/// [`RankScale::rank`].
#[inline]
fn score_for_weakest(score: Score) -> Score {
    if score == MATCH_ONLY { Score::MAX } else { score }
}

/// The arguments of [`RankScale::rank`] for each record of a block.
struct BlockScores {
    /// The lowest score of each record.
    weakest: [Score; BLOCK_LEN],
    /// The sum of the scores of each record.
    sums: [u16; BLOCK_LEN],
}

impl BlockScores {
    /// Combines the scores of a block column by column, which is fastest if many records match.
    fn new(groups: &ColumnGroups, columns: &SegmentColumns, block: &Range<usize>) -> BlockScores {
        let mut scores = BlockScores { weakest: [Score::MAX; BLOCK_LEN], sums: [0; BLOCK_LEN] };
        for group in groups {
            let best = best_scores(group, columns, block);
            let pairs = scores.weakest.iter_mut().zip(&mut scores.sums);
            for ((weakest, sum), score) in pairs.zip(best) {
                *weakest = (*weakest).min(score_for_weakest(score));
                *sum = sum.saturating_add(u16::from(score.saturating_sub(MATCH_ONLY)));
            }
        }
        scores
    }
}

/// Returns the best score of each record of a block for a group of terms.
#[inline]
fn best_scores(
    group: &[usize],
    columns: &SegmentColumns,
    block: &Range<usize>,
) -> [Score; BLOCK_LEN] {
    let mut best = [NO_MATCH; BLOCK_LEN];
    for term in group.iter().filter_map(|term| columns.get(*term)?.scores.get(block.clone())) {
        best.iter_mut().zip(term).for_each(|(best, score)| *best = *score.max(best));
    }
    best
}
