//! The orders of a snapshot. Each segment has its records in every order; records of different
//! segments are compared by their keys, so that nothing is ever sorted as a whole.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::query::{Order, OrderBy};
use crate::store::index::date_column::Dates;
use crate::store::{Segment, Store, title_key};

/// The segments of a snapshot, the records of each in one order.
#[derive(Debug)]
pub(super) struct Runs<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The order.
    order: Order,
    /// For each segment its records in order; empty where they stand so.
    records: Vec<Cow<'a, [u16]>>,
}

/// What a record is compared by.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Its date or title, where it has one and the order goes by it.
    by: Option<By>,
    /// Its place in the archive.
    listed: ((u16, bool, u64), u32),
}

/// What an order goes by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// See [`Dates::key`].
    Date((i64, i64)),
    /// See [`title_key`].
    Title(String),
}

impl<'a> Runs<'a> {
    /// The records of a snapshot in an order; in archive order where relevance is asked for, since
    /// records of equal relevance stand so.
    pub(super) fn new(store: &'a Store, order: Order) -> Runs<'a> {
        let order = match order.by {
            OrderBy::Relevance => Order { by: OrderBy::Archive, reversed: false },
            _ => order,
        };
        let records = store.segments().iter().map(|segment| in_order(segment, order)).collect();
        Runs { store, order, records }
    }

    /// How many records a run has.
    pub(super) fn len(&self, run: usize) -> usize {
        self.store.segments().get(run).map_or(0, |segment| segment.len())
    }

    /// The records of a run in order; none where they stand so.
    pub(super) fn records(&self, run: usize) -> &[u16] {
        self.records.get(run).map_or(&[], |records| records)
    }

    /// The record at a place of a run.
    pub(super) fn record(&self, run: usize, place: usize) -> u16 {
        let standing = || u16::try_from(place).unwrap_or(u16::MAX);
        let records = self.records.get(run);
        records.and_then(|records| records.get(place)).copied().unwrap_or_else(standing)
    }

    /// The key of a record of a segment.
    pub(super) fn key(&self, run: usize, record: u16) -> Option<Key> {
        let (segment, within) = (self.store.segments().get(run)?, usize::from(record));
        let by = match self.order.by {
            OrderBy::Date => segment.dates().reading(within).and_then(Dates::key).map(By::Date),
            OrderBy::Title => segment.title(within).map(|title| By::Title(title_key(title))),
            OrderBy::Archive | OrderBy::Relevance => None,
        };
        let listed = (segment.listing_key(within), self.store.number(run, record).0);
        Some(Key { by, listed })
    }

    /// Which of two records stands first.
    pub(super) fn compare(&self, a: &Key, b: &Key) -> Ordering {
        let listed = a.listed.cmp(&b.listed);
        match (&a.by, &b.by, self.order.reversed) {
            (None, None, true) if self.order.by == OrderBy::Archive => listed.reverse(),
            (Some(a), Some(b), true) => b.cmp(a).then(listed),
            (Some(a), Some(b), false) => a.cmp(b).then(listed),
            // What has no key goes last in both directions.
            (a, b, _) => a.is_none().cmp(&b.is_none()).then(listed),
        }
    }

    /// How many records of a part of a run stand before a key.
    pub(super) fn before(&self, run: usize, part: std::ops::Range<usize>, key: &Key) -> usize {
        let (mut low, mut high) = (part.start, part.end);
        while low < high {
            let middle = low + (high - low) / 2;
            let of_middle = self.key(run, self.record(run, middle));
            if of_middle.is_some_and(|it| self.compare(&it, key) == Ordering::Less) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The records of a segment in an order; empty where they stand so.
fn in_order(segment: &Segment, order: Order) -> Cow<'_, [u16]> {
    let sorted = match order.by {
        OrderBy::Date => segment.by_date(),
        OrderBy::Title => segment.by_title(),
        OrderBy::Archive | OrderBy::Relevance if !order.reversed => {
            return Cow::Borrowed(segment.as_listed());
        }
        OrderBy::Archive | OrderBy::Relevance if segment.as_listed().is_empty() => {
            let all: Vec<u16> = (0..=u16::MAX).take(segment.len()).collect();
            return all.into_iter().rev().collect();
        }
        OrderBy::Archive | OrderBy::Relevance => {
            return segment.as_listed().iter().rev().copied().collect();
        }
    };
    if order.reversed { Cow::Owned(sorted.reversed()) } else { Cow::Borrowed(sorted.records()) }
}
