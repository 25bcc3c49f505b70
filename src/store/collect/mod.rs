//! Counts over the records that match: one evaluation of a filter gives a match set for each segment, and each
//! collector goes over them.
//!
//! The shape is that of the collectors of tantivy: a part for each segment, in parallel, then all parts together.

mod date_histogram;
mod facet_counts;
mod value_column;
mod value_counts;

use rayon::prelude::*;

use super::evaluate::match_set::MatchSet;
use super::{Segment, Store};
use crate::query::{CancelCheck, Cancelled, check_cancelled};

pub(super) use date_histogram::DateHistogram;
pub(super) use facet_counts::FacetCounts;
pub(super) use value_column::{FieldValues, FieldValuesCache};

/// Goes over the matching records of a snapshot.
pub(super) trait Collector: Sync {
    /// What it finds in a segment.
    type Part: Send;
    /// What it finds in all.
    type Output;

    /// Goes over the matching records of the segment with this index.
    fn collect(&self, index: usize, segment: &Segment, matches: &MatchSet) -> Self::Part;

    /// Puts the parts of all segments together, in their order.
    fn merge(&self, parts: Vec<Self::Part>) -> Self::Output;
}

/// Lets a collector go over the matching records of all segments.
pub(super) fn collect<C: Collector>(
    collector: &C,
    store: &Store,
    match_sets: &[MatchSet],
    is_cancelled: CancelCheck<'_>,
) -> Result<C::Output, Cancelled> {
    let segments = store.segments().par_iter().zip(match_sets).enumerate();
    let parts: Result<Vec<C::Part>, Cancelled> = segments
        .map(|(index, (segment, matches))| {
            check_cancelled(is_cancelled)?;
            Ok(collector.collect(index, segment, matches))
        })
        .collect();
    parts.map(|parts| collector.merge(parts))
}
