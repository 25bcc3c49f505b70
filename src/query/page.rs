//! A page of what was found, and the place of a record in it, without sorting what was found.

use super::search::Hits;
use super::{Order, OrderBy};

/// What was found, in an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing<'a> {
    /// What was found.
    pub(super) hits: &'a Hits,
    /// The order.
    pub(super) order: Order,
    /// All records in that order; in archive order where it is relevance.
    pub(super) all: &'a [u32],
}

impl Listing<'_> {
    /// The records that stand at these places.
    pub(super) fn rows(&self, first: usize, count: usize) -> Vec<u32> {
        match self.order.by {
            OrderBy::Relevance => self.best(first, count),
            _ if self.hits.shown() == self.all.len() => {
                self.all.iter().skip(first).take(count).copied().collect()
            }
            _ => self.found().map(|(number, _)| number).skip(first).take(count).collect(),
        }
    }

    /// The place of a record.
    pub(super) fn place(&self, wanted: u32) -> Option<usize> {
        let rank = self.rank(wanted);
        if rank == 0 {
            return None;
        }
        if self.order.by != OrderBy::Relevance {
            return self.found().position(|(number, _)| number == wanted);
        }
        let better = self.levels().take_while(|(level, _)| *level != rank);
        let before: usize = better.map(|(_, records)| records).sum();
        let mut equal = self.found().filter(|(_, of)| *of == rank);
        equal.position(|(number, _)| number == wanted).map(|within| before + within)
    }

    /// The records that fit, in the order of `all`, with their ranks.
    fn found(&self) -> impl Iterator<Item = (u32, u16)> {
        self.all.iter().map(|number| (*number, self.rank(*number))).filter(|(_, rank)| *rank != 0)
    }

    /// The rank of a record, 0 where it does not fit.
    fn rank(&self, number: u32) -> u16 {
        self.hits.ranks.get(number as usize).copied().unwrap_or(0)
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

    /// The records at these places by relevance: a counting sort that keeps only the page.
    fn best(&self, first: usize, count: usize) -> Vec<u32> {
        let mut shelves: Vec<Shelf> = Vec::new();
        let mut before = 0;
        for (rank, records) in self.levels() {
            let skip = first.saturating_sub(before).min(records);
            let take = first.saturating_add(count).saturating_sub(before).min(records) - skip;
            if take > 0 {
                shelves.push(Shelf { rank, skip, take, numbers: Vec::new() });
            }
            before += records;
        }
        let mut open = shelves.len();
        for (number, rank) in self.found() {
            let its = shelves.iter_mut().find(|shelf| shelf.rank == rank);
            open -= usize::from(its.is_some_and(|shelf| shelf.put(number)));
            if open == 0 {
                break;
            }
        }
        shelves.into_iter().flat_map(|shelf| shelf.numbers).collect()
    }
}

/// The part of a page whose records have one rank.
struct Shelf {
    /// The rank.
    rank: u16,
    /// How many records of this rank stand on pages before.
    skip: usize,
    /// How many stand on this page.
    take: usize,
    /// Those that were met so far.
    numbers: Vec<u32>,
}

impl Shelf {
    /// Puts the next record of this rank; whether the shelf became full by it.
    fn put(&mut self, number: u32) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if self.numbers.len() < self.take {
            self.numbers.push(number);
            return self.numbers.len() == self.take;
        }
        false
    }
}
