//! Finds the records of a page, and the row of a record, without sorting all matches.
//!
//! Each segment stores its records in every sort order. The start of a page is found by a binary
//! search over all segments together: choose a pivot record, count the matches before it in each
//! segment, and drop the ranges that cannot contain the start. From there a merge yields the rows.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use rayon::prelude::*;

use super::match_set::MAX_SPARSE_MATCHES;
use super::rank::{Rank, UNRANKED};
use super::rank_select::RankSelect;
use super::search::RankedMatches;
use super::sort::{SortKey, SortedSegments};
use crate::query::RecordHandle;
use crate::query::{Order, OrderBy};
use crate::store::{RecordAddress, Store};
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// The binary search for the start of a page ends when no segment has more than this many records
/// left. The rest is merged record by record.
const MAX_MERGED_RECORDS: usize = 64;

/// The matching records of a snapshot in a sort order.
pub(super) struct OrderedMatches<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The matching records.
    matches: &'a RankedMatches,
    /// The sort order.
    order: Order,
    /// The records of each segment in that order. For relevance they are in archive order.
    segments: SortedSegments<'a>,
}

impl<'a> OrderedMatches<'a> {
    /// Puts the matching records of a snapshot in an order.
    pub(super) fn new(
        store: &'a Store,
        matches: &'a RankedMatches,
        order: Order,
    ) -> OrderedMatches<'a> {
        OrderedMatches { store, matches, order, segments: SortedSegments::new(store, order) }
    }

    /// Returns the records of `count` rows from row `first` on.
    pub(super) fn rows(&self, first: usize, count: usize) -> Vec<RecordHandle> {
        match self.order.by {
            OrderBy::Relevance => self.rows_by_rank(first, count),
            _ => self.ranked_slice(None).rows(first, count),
        }
    }

    /// Returns the row of a record, or `None` if the record does not match.
    pub(super) fn row_of(&self, number: RecordHandle) -> Option<usize> {
        let RecordAddress { segment, record } = self.store.record_address(number)?;
        let rank = self.matches.rank(segment, usize::from(record));
        if rank == UNRANKED {
            return None;
        }
        let key = self.segments.key(segment, record)?;
        if self.order.by != OrderBy::Relevance {
            return Some(self.ranked_slice(None).count_before(&key));
        }
        let better = self.rank_counts().take_while(|(other, _)| *other != rank);
        let before: usize = better.map(|(_, count)| count).sum();
        Some(before + self.ranked_slice(Some(rank)).count_before(&key))
    }

    /// Returns all matching records, or only those with one rank.
    fn ranked_slice(&self, rank: Option<Rank>) -> RankedSlice<'_> {
        let segments = self.matches.match_sets.par_iter().zip(&self.matches.ranks).enumerate();
        let selected = segments.map(|(segment, (match_set, ranks))| {
            RankSelect::new(self.segments.records(segment), match_set, ranks, rank)
        });
        RankedSlice { store: self.store, segments: &self.segments, selected: selected.collect() }
    }

    /// The ranks that records have, in the sort order, each with the number of its records.
    fn rank_counts(&self) -> impl Iterator<Item = (Rank, usize)> {
        let counts = self.matches.rank_counts.iter().copied();
        let counts: Vec<(Rank, usize)> =
            (0..).zip(counts).skip(1).filter(|(_, n)| *n > 0).collect();
        let reversed = self.order.reversed;
        let len = counts.len();
        (0..len).filter_map(move |i| counts.get(if reversed { i } else { len - 1 - i }).copied())
    }

    /// Like [`OrderedMatches::rows`], by relevance. Ranks that are completely on the page are
    /// collected together; the others, at the ends of the page, are searched one by one.
    fn rows_by_rank(&self, first: usize, count: usize) -> Vec<RecordHandle> {
        let mut complete: Vec<Rank> = Vec::new();
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        let mut before = 0;
        for (rank, records) in self.rank_counts() {
            let skip = first.saturating_sub(before).min(records);
            let take = first.saturating_add(count).saturating_sub(before).min(records) - skip;
            before += records;
            match take {
                0 => {}
                take if take == records => complete.push(rank),
                take => {
                    let rows = self.ranked_slice(Some(rank)).rows(skip, take);
                    if skip > 0 { head = rows } else { tail = rows }
                }
            }
        }
        head.extend(self.records_with_ranks(&complete));
        head.append(&mut tail);
        head
    }

    /// Returns all records with one of these ranks, in the order of `ranks`.
    fn records_with_ranks(&self, ranks: &[Rank]) -> Vec<RecordHandle> {
        if ranks.is_empty() {
            return Vec::new();
        }
        let lowest = ranks.iter().copied().min().unwrap_or(UNRANKED);
        let position = |rank: Rank| ranks.iter().position(|other| *other == rank);
        let segments = self.matches.match_sets.par_iter().zip(&self.matches.ranks).enumerate();
        let found = segments.flat_map_iter(|(segment, (match_set, segment_ranks))| {
            let blocks = match_set.blocks().iter().zip(segment_ranks.chunks(BLOCK_LEN));
            let blocks = (0..=u16::MAX).step_by(BLOCK_LEN).zip(blocks);
            let relevant = blocks.filter(move |(_, (matches, ranks))| {
                matches.count_ones() <= MAX_SPARSE_MATCHES
                    || ranks.iter().copied().max() >= Some(lowest)
            });
            let records = relevant.flat_map(|(first, (matches, ranks))| {
                let ranked = set_bits(*matches).filter_map(|bit| Some((bit, *ranks.get(bit)?)));
                ranked.map(move |(bit, rank)| (first + u16::try_from(bit).unwrap_or(0), rank))
            });
            records.filter(move |(_, rank)| *rank >= lowest).filter_map(move |(record, rank)| {
                let number = self.store.record_number(segment, record);
                Some((position(rank)?, self.segments.key(segment, record)?, number))
            })
        });
        let mut found: Vec<(usize, SortKey, RecordHandle)> = found.collect();
        found.sort_unstable_by(|(a, x, _), (b, y, _)| {
            a.cmp(b).then_with(|| self.segments.compare(x, y))
        });
        found.into_iter().map(|(_, _, number)| number).collect()
    }
}

/// All matching records, or those with one rank.
struct RankedSlice<'a> {
    store: &'a Store,
    segments: &'a SortedSegments<'a>,
    /// The selected records of each segment.
    selected: Vec<RankSelect>,
}

impl RankedSlice<'_> {
    /// The number of records of the slice that come before a key.
    fn count_before(&self, key: &SortKey) -> usize {
        let counts = self.selected.iter().enumerate().map(|(segment, selected)| {
            let all = 0..self.segments.len(segment);
            selected.count_before(self.segments.partition_point(segment, all, key))
        });
        counts.sum()
    }

    /// Returns `count` records of the slice, from the one with the index `first` on.
    fn rows(&self, first: usize, count: usize) -> Vec<RecordHandle> {
        let starts = self.lower_bounds(first);
        let skipped: usize = self
            .selected
            .iter()
            .zip(&starts)
            .map(|(selected, start)| selected.count_before(*start))
            .sum();
        let merged = MergeIter::new(self, &starts);
        merged.skip(first.saturating_sub(skipped)).take(count).collect()
    }

    /// Returns an index in the sort order of each segment that is at, or a little before, the
    /// record of the slice with the index `first`.
    fn lower_bounds(&self, first: usize) -> Vec<usize> {
        let mut ranges: Vec<Range<usize>> =
            (0..self.selected.len()).map(|segment| 0..self.segments.len(segment)).collect();
        loop {
            let longest = ranges.iter().enumerate().max_by_key(|(_, range)| range.len());
            let longest = longest.filter(|(_, range)| range.len() > MAX_MERGED_RECORDS);
            let Some((segment, range)) = longest else { break };
            let middle = range.start + range.len() / 2;
            let Some(pivot) = self.segments.key(segment, self.segments.record(segment, middle))
            else {
                break;
            };
            let cuts: Vec<usize> = (0..)
                .zip(&ranges)
                .map(|(segment, range)| {
                    self.segments.partition_point(segment, range.clone(), &pivot)
                })
                .collect();
            let before: usize = self
                .selected
                .iter()
                .zip(&cuts)
                .map(|(selected, cut)| selected.count_before(*cut))
                .sum();
            for (range, cut) in ranges.iter_mut().zip(cuts) {
                if before <= first { range.start = cut } else { range.end = cut }
            }
        }
        ranges.into_iter().map(|range| range.start).collect()
    }
}

/// Merges the records of a slice from all segments, in the sort order.
struct MergeIter<'a> {
    slice: &'a RankedSlice<'a>,
    /// The next record of each segment; the first of them is on top.
    heads: BinaryHeap<MergeHead<'a>>,
}

/// The next record of a segment.
struct MergeHead<'a> {
    segments: &'a SortedSegments<'a>,
    key: SortKey,
    segment: usize,
    /// The index of the record in the sort order of the segment.
    index: usize,
}

impl<'a> MergeIter<'a> {
    /// Starts at an index in the sort order of each segment.
    fn new(slice: &'a RankedSlice<'a>, starts: &[usize]) -> MergeIter<'a> {
        let mut merged = MergeIter { slice, heads: BinaryHeap::new() };
        for (segment, start) in starts.iter().enumerate() {
            merged.push(segment, *start);
        }
        merged
    }

    /// Adds the next record of the slice in a segment, at or after an index, to the heads.
    fn push(&mut self, segment: usize, from: usize) {
        let RankedSlice { segments, selected, .. } = self.slice;
        let index = selected.get(segment).and_then(|selected| selected.next_at_or_after(from));
        let Some(index) = index else { return };
        if let Some(key) = segments.key(segment, segments.record(segment, index)) {
            self.heads.push(MergeHead { segments, key, segment, index });
        }
    }
}

impl Iterator for MergeIter<'_> {
    type Item = RecordHandle;

    fn next(&mut self) -> Option<RecordHandle> {
        let MergeHead { segment, index, .. } = self.heads.pop()?;
        self.push(segment, index + 1);
        Some(self.slice.store.record_number(segment, self.slice.segments.record(segment, index)))
    }
}

impl PartialEq for MergeHead<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for MergeHead<'_> {}

impl PartialOrd for MergeHead<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for MergeHead<'_> {
    /// Reversed, because the heap has its greatest element on top.
    fn cmp(&self, other: &Self) -> Ordering {
        self.segments.compare(&other.key, &self.key)
    }
}
