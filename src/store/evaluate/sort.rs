//! The records of each segment of a snapshot in a sort order.
//!
//! Each segment stores its records in every order. Records of different segments are compared by
//! their keys, so that the whole snapshot is never sorted.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use crate::query::{Order, OrderBy};
use crate::record::ArchiveId;
use crate::store::index::date_column::DateColumn;
use crate::store::{Segment, Store, title_sort_key};

/// The segments of a snapshot, each with its records in a sort order.
#[derive(Debug)]
pub(super) struct SortedSegments<'a> {
    /// The snapshot.
    store: &'a Store,
    /// The sort order; never by relevance.
    order: Order,
    /// The records of each segment in the sort order; empty if they are stored in that order.
    records: Vec<Cow<'a, [u16]>>,
}

/// The key by which records of different segments are compared.
#[derive(Clone, Debug)]
pub(super) struct SortKey {
    /// The date or title, if the order uses it and the record has one.
    value: Option<KeyValue>,
    /// The key of the archive order, then the number of the record.
    archive_order: ((ArchiveId, bool, u64), u32),
}

/// The value that an order compares first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyValue {
    /// A date: see [`DateColumn::sort_key`].
    Date((i64, i64)),
    /// A title: see [`title_sort_key`].
    Title(String),
}

impl<'a> SortedSegments<'a> {
    /// Gets the records of each segment in an order. For relevance this is the archive order, which
    /// decides between records of equal rank.
    pub(super) fn new(store: &'a Store, order: Order) -> SortedSegments<'a> {
        let order = match order.by {
            OrderBy::Relevance => Order { by: OrderBy::Archive, reversed: false },
            _ => order,
        };
        let segments = store.segments().iter();
        let records = segments.map(|segment| records_in_order(segment, order)).collect();
        SortedSegments { store, order, records }
    }

    /// The number of records of a segment.
    pub(super) fn len(&self, segment: usize) -> usize {
        self.store.segments().get(segment).map_or(0, |segment| segment.len())
    }

    /// The records of a segment in the sort order; empty if they are stored in that order.
    pub(super) fn records(&self, segment: usize) -> &[u16] {
        self.records.get(segment).map_or(&[], |records| records)
    }

    /// The record at an index of the sort order of a segment.
    pub(super) fn record(&self, segment: usize, index: usize) -> u16 {
        let stored_order = || u16::try_from(index).unwrap_or(u16::MAX);
        let records = self.records.get(segment);
        records.and_then(|records| records.get(index)).copied().unwrap_or_else(stored_order)
    }

    /// Returns the sort key of a record of a segment.
    pub(super) fn key(&self, segment: usize, record: u16) -> Option<SortKey> {
        let number = self.store.record_number(segment, record);
        let (segment, record) = (self.store.segments().get(segment)?, usize::from(record));
        let value = match self.order.by {
            OrderBy::Date => {
                let date = segment.dates().parsed_date(record);
                date.and_then(DateColumn::sort_key).map(KeyValue::Date)
            }
            OrderBy::Title => {
                segment.title(record).map(|title| KeyValue::Title(title_sort_key(title)))
            }
            OrderBy::Archive | OrderBy::Relevance => None,
        };
        let archive_order = (segment.archive_order_key(record), number.0);
        Some(SortKey { value, archive_order })
    }

    /// Compares two records in the sort order.
    pub(super) fn compare(&self, a: &SortKey, b: &SortKey) -> Ordering {
        let archive_order = a.archive_order.cmp(&b.archive_order);
        match (&a.value, &b.value, self.order.reversed) {
            (None, None, true) if self.order.by == OrderBy::Archive => archive_order.reverse(),
            (Some(a), Some(b), true) => b.cmp(a).then(archive_order),
            (Some(a), Some(b), false) => a.cmp(b).then(archive_order),
            // Records without a value come last in both directions.
            (a, b, _) => a.is_none().cmp(&b.is_none()).then(archive_order),
        }
    }

    /// Returns the first index of `range`, in the sort order of a segment, whose record does not
    /// come before `key`. Takes logarithmic time.
    pub(super) fn partition_point(
        &self,
        segment: usize,
        range: Range<usize>,
        key: &SortKey,
    ) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            let middle_key = self.key(segment, self.record(segment, middle));
            if middle_key.is_some_and(|it| self.compare(&it, key) == Ordering::Less) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Returns the records of a segment in an order; empty if they are stored in that order.
fn records_in_order(segment: &Segment, order: Order) -> Cow<'_, [u16]> {
    let sorted = match order.by {
        OrderBy::Date => segment.by_date(),
        OrderBy::Title => segment.by_title(),
        OrderBy::Archive | OrderBy::Relevance if !order.reversed => {
            return Cow::Borrowed(segment.archive_order());
        }
        OrderBy::Archive | OrderBy::Relevance if segment.archive_order().is_empty() => {
            let all: Vec<u16> = (0..=u16::MAX).take(segment.len()).collect();
            return all.into_iter().rev().collect();
        }
        OrderBy::Archive | OrderBy::Relevance => {
            return segment.archive_order().iter().rev().copied().collect();
        }
    };
    if order.reversed { Cow::Owned(sorted.descending()) } else { Cow::Borrowed(sorted.records()) }
}
