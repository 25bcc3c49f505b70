//! A page of what was found, and the place of a record in it, without sorting what was found.
//!
//! Each segment has its records in order, as a run. A page is cut out of all runs together: a record
//! is chosen, counted is how much of each run stands before it, and so the place where the page
//! begins is narrowed down, as in looking up a word in many dictionaries at once.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use rayon::prelude::*;

use super::match_set::FEW;
use super::rank_select::Marks;
use super::search::Hits;
use super::sort::{Key, Runs};
use crate::query::{Order, OrderBy};
use crate::store::{RecordNumber, Store};
use crate::text::bit_masks::{SHARE, ones};

/// How many records are left when they are walked one by one.
const WALKED: usize = 64;

/// What was found, in an order.
pub(super) struct Listing<'a> {
    /// The snapshot.
    store: &'a Store,
    /// What was found.
    hits: &'a Hits,
    /// The order.
    order: Order,
    /// The records of each segment in that order; in archive order where it is relevance.
    runs: Runs<'a>,
}

impl<'a> Listing<'a> {
    /// What was found in a snapshot, in an order.
    pub(super) fn new(store: &'a Store, hits: &'a Hits, order: Order) -> Listing<'a> {
        Listing { store, hits, order, runs: Runs::new(store, order) }
    }

    /// The records that stand at these places.
    pub(super) fn rows(&self, first: usize, count: usize) -> Vec<RecordNumber> {
        match self.order.by {
            OrderBy::Relevance => self.best(first, count),
            _ => self.counting(None).rows(first, count),
        }
    }

    /// The place of a record.
    pub(super) fn place(&self, wanted: RecordNumber) -> Option<usize> {
        let (run, record) = self.store.place_of(wanted)?;
        let rank = self.hits.rank(run, usize::from(record));
        if rank == 0 {
            return None;
        }
        let key = self.runs.key(run, record)?;
        if self.order.by != OrderBy::Relevance {
            return Some(self.counting(None).before(&key));
        }
        let better = self.levels().take_while(|(level, _)| *level != rank);
        let before: usize = better.map(|(_, records)| records).sum();
        Some(before + self.counting(Some(rank)).before(&key))
    }

    /// The listing as it is, or of the records with one rank alone.
    fn counting(&self, rank: Option<u16>) -> Counted<'_> {
        let hits = self.hits.fits.par_iter().zip(&self.hits.ranks).enumerate();
        let marks =
            hits.map(|(run, (fits, ranks))| Marks::new(self.runs.records(run), fits, ranks, rank));
        Counted { store: self.store, runs: &self.runs, marks: marks.collect() }
    }

    /// The ranks that records have, the best first, with how many have it.
    fn levels(&self) -> impl Iterator<Item = (u16, usize)> {
        let levels: Vec<(u16, usize)> =
            (0..).zip(self.hits.levels.iter().copied()).skip(1).filter(|(_, n)| *n > 0).collect();
        let reversed = self.order.reversed;
        let count = levels.len();
        (0..count)
            .filter_map(move |at| levels.get(if reversed { at } else { count - 1 - at }).copied())
    }

    /// The records at these places by relevance: of the ranks that are wholly on the page all
    /// records, of the ranks at its ends a part.
    fn best(&self, first: usize, count: usize) -> Vec<RecordNumber> {
        let mut whole: Vec<u16> = Vec::new();
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        let mut before = 0;
        for (rank, records) in self.levels() {
            let skip = first.saturating_sub(before).min(records);
            let take = first.saturating_add(count).saturating_sub(before).min(records) - skip;
            before += records;
            match take {
                0 => {}
                take if take == records => whole.push(rank),
                take => {
                    let part = self.counting(Some(rank)).rows(skip, take);
                    if skip > 0 { head = part } else { tail = part }
                }
            }
        }
        head.extend(self.all_of(&whole));
        head.append(&mut tail);
        head
    }

    /// All records with these ranks, in the order of the ranks.
    fn all_of(&self, ranks: &[u16]) -> Vec<RecordNumber> {
        if ranks.is_empty() {
            return Vec::new();
        }
        let least = ranks.iter().copied().min().unwrap_or(0);
        let level = |rank: u16| ranks.iter().position(|of| *of == rank);
        let hits = self.hits.fits.par_iter().zip(&self.hits.ranks).enumerate();
        let found = hits.flat_map_iter(|(run, (fits, of_run))| {
            let shares = (0..=u16::MAX).step_by(SHARE).zip(fits.shares()).zip(of_run.chunks(SHARE));
            let any = shares.filter(move |((_, fits), ranks)| {
                fits.count_ones() <= FEW || ranks.iter().copied().max() >= Some(least)
            });
            let records = any.flat_map(|((first, fits), ranks)| {
                let of_share = ones(*fits).filter_map(|at| Some((at, *ranks.get(at)?)));
                of_share.map(move |(at, rank)| (first + u16::try_from(at).unwrap_or(0), rank))
            });
            records.filter(move |(_, rank)| *rank >= least).filter_map(move |(record, rank)| {
                Some((level(rank)?, self.runs.key(run, record)?, self.store.number(run, record)))
            })
        });
        let mut found: Vec<(usize, Key, RecordNumber)> = found.collect();
        found.sort_unstable_by(|(a, x, _), (b, y, _)| {
            a.cmp(b).then_with(|| self.runs.compare(x, y))
        });
        found.into_iter().map(|(_, _, number)| number).collect()
    }
}

/// The records of a listing that count.
struct Counted<'a> {
    store: &'a Store,
    runs: &'a Runs<'a>,
    /// For each run which of its records count.
    marks: Vec<Marks>,
}

impl Counted<'_> {
    /// How many records that count stand before a key.
    fn before(&self, key: &Key) -> usize {
        let runs = self.marks.iter().enumerate();
        runs.map(|(run, marks)| marks.before(self.runs.before(run, 0..self.runs.len(run), key)))
            .sum()
    }

    /// The records at these places among those that count.
    fn rows(&self, first: usize, count: usize) -> Vec<RecordNumber> {
        let starts = self.narrow(first);
        let passed: usize =
            self.marks.iter().zip(&starts).map(|(marks, start)| marks.before(*start)).sum();
        let walk = Walk::new(self, &starts);
        walk.skip(first.saturating_sub(passed)).take(count).collect()
    }

    /// A place in each run, at or a little before where so many records that count have passed.
    fn narrow(&self, passed: usize) -> Vec<usize> {
        let mut parts: Vec<Range<usize>> =
            (0..self.marks.len()).map(|run| 0..self.runs.len(run)).collect();
        loop {
            let widest = parts.iter().enumerate().max_by_key(|(_, part)| part.len());
            let Some((run, part)) = widest.filter(|(_, part)| part.len() > WALKED) else { break };
            let middle = part.start + part.len() / 2;
            let Some(pivot) = self.runs.key(run, self.runs.record(run, middle)) else { break };
            let cuts: Vec<usize> = (0..)
                .zip(&parts)
                .map(|(run, part)| self.runs.before(run, part.clone(), &pivot))
                .collect();
            let before: usize =
                self.marks.iter().zip(&cuts).map(|(marks, cut)| marks.before(*cut)).sum();
            for (part, cut) in parts.iter_mut().zip(cuts) {
                if before <= passed { part.start = cut } else { part.end = cut }
            }
        }
        parts.into_iter().map(|part| part.start).collect()
    }
}

/// Walks through the records that count, of all runs together, in order.
struct Walk<'a> {
    listing: &'a Counted<'a>,
    /// The next record of each run, the first one on top.
    heads: BinaryHeap<Head<'a>>,
}

/// The next record of a run.
struct Head<'a> {
    runs: &'a Runs<'a>,
    key: Key,
    run: usize,
    place: usize,
}

impl<'a> Walk<'a> {
    /// Begins at a place of each run.
    fn new(listing: &'a Counted<'a>, starts: &[usize]) -> Walk<'a> {
        let mut walk = Walk { listing, heads: BinaryHeap::new() };
        for (run, start) in starts.iter().enumerate() {
            walk.push(run, *start);
        }
        walk
    }

    /// Puts the next record of a run that counts among the heads.
    fn push(&mut self, run: usize, from: usize) {
        let Counted { runs, marks, .. } = self.listing;
        let place = marks.get(run).and_then(|marks| marks.next(from));
        let Some(place) = place else { return };
        if let Some(key) = runs.key(run, runs.record(run, place)) {
            self.heads.push(Head { runs, key, run, place });
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = RecordNumber;

    fn next(&mut self) -> Option<RecordNumber> {
        let Head { run, place, .. } = self.heads.pop()?;
        self.push(run, place + 1);
        Some(self.listing.store.number(run, self.listing.runs.record(run, place)))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head<'_> {}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head<'_> {
    /// The heap has its greatest on top: here that is what stands first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.runs.compare(&other.key, &self.key)
    }
}
