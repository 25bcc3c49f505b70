//! The orders of a snapshot: all its records by date, by title, as the archive lists them. An order
//! is made once and walked for every page of every filter.

use rayon::prelude::*;

use super::{Order, OrderBy};
use crate::record::date::Reading;
use crate::store::fold::{fold, words};
use crate::store::{RecordNumber, Store};

/// The orders that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// The snapshot they are of.
    store: Store,
    /// Each order with all record numbers. There are at most six of them.
    kept: Vec<(Order, Vec<u32>)>,
}

impl Orders {
    /// All records of a snapshot in an order; in archive order where relevance is asked for, since
    /// records of equal relevance stand so.
    pub(super) fn get(&mut self, store: &Store, order: Order) -> &[u32] {
        if !self.store.is_same(store) {
            if !store.extends(&self.store) {
                self.kept.clear();
            }
            self.store = store.clone();
        }
        let order = match order.by {
            OrderBy::Relevance => Order { by: OrderBy::Archive, reversed: false },
            _ => order,
        };
        let at = self.kept.iter().position(|(kept, _)| *kept == order).unwrap_or_else(|| {
            self.kept.push((order, Vec::new()));
            self.kept.len() - 1
        });
        if self.kept.get(at).is_some_and(|(_, numbers)| numbers.len() != store.len()) {
            self.extend(at, order);
        }
        self.kept.get(at).map(|(_, numbers)| numbers.as_slice()).unwrap_or_default()
    }

    /// Brings an order up to the snapshot. The new records go behind the old ones, which are in
    /// order already, so that sorting finds two runs and merges them.
    fn extend(&mut self, at: usize, order: Order) {
        let archive = match order.by {
            OrderBy::Archive => Vec::new(),
            _ => places(
                self.get(&self.store.clone(), Order { by: OrderBy::Archive, reversed: false }),
            ),
        };
        let Some((_, numbers)) = self.kept.get_mut(at) else { return };
        let known = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.extend((known..).take(self.store.len().saturating_sub(numbers.len())));
        match order.by {
            OrderBy::Date => sort(numbers, order, &dates(&self.store), &archive),
            OrderBy::Title => sort(numbers, order, &titles(&self.store), &archive),
            OrderBy::Archive | OrderBy::Relevance => {
                let places = positions(&self.store);
                let key = |number: &u32| (places.get(*number as usize), *number);
                numbers.par_sort_by(|a, b| {
                    let (a, b) = if order.reversed { (b, a) } else { (a, b) };
                    key(a).cmp(&key(b))
                });
            }
        }
    }
}

/// Sorts records by their keys; those without a key go last in both directions, and ties stand as
/// in the archive.
fn sort<K: Ord + Sync>(numbers: &mut [u32], order: Order, keys: &[Option<K>], archive: &[u32]) {
    numbers.par_sort_by(|&a, &b| {
        let key = |number: u32| keys.get(number as usize).and_then(Option::as_ref);
        let place = |number: u32| archive.get(number as usize);
        let by_key = match (key(a), key(b)) {
            (Some(a), Some(b)) if order.reversed => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        by_key.then_with(|| place(a).cmp(&place(b)))
    });
}

/// For each record number its place in an order.
fn places(numbers: &[u32]) -> Vec<u32> {
    let mut places = vec![0; numbers.len()];
    for (place, number) in (0..).zip(numbers) {
        if let Some(of_number) = places.get_mut(*number as usize) {
            *of_number = place;
        }
    }
    places
}

/// The earliest and the latest day of each record: of two that begin together the narrower span
/// comes first.
fn dates(store: &Store) -> Vec<Option<(i64, i64)>> {
    let all = store.segments().iter().flat_map(|segment| segment.dates());
    all.map(|reading| match reading {
        Reading::Span(span) => Some((span.earliest.0, span.latest.0)),
        Reading::Undated | Reading::Unreadable => None,
    })
    .collect()
}

/// The folded words of the title of each record, so that quotes and full stops do not matter.
fn titles(store: &Store) -> Vec<Option<String>> {
    let title = |number: u32| {
        let (segment, within) = store.locate(RecordNumber(number))?;
        let folded = fold(segment.title(within)?);
        let mut key = String::with_capacity(folded.len());
        for word in words(&folded) {
            key.push_str(folded.get(word).unwrap_or_default());
            key.push(' ');
        }
        Some(key)
    };
    (0..u32::try_from(store.len()).unwrap_or(u32::MAX)).into_par_iter().map(title).collect()
}

/// The listing of each record, and its position there; those without one come after.
fn positions(store: &Store) -> Vec<(u16, bool, u64)> {
    let segments = store.segments().iter();
    segments
        .flat_map(|segment| {
            segment.sources().iter().enumerate().map(|(within, source)| {
                let position = segment.position(within);
                (*source, position.is_none(), position.unwrap_or(0))
            })
        })
        .collect()
}
