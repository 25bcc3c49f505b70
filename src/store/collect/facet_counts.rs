//! Counts the records of each value of a field.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::value_counts::{ValueCount, ValueCounts};
use super::{Collector, FieldValues};
use crate::query::{Facet, FacetValue};
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;

/// Counts the records of each value of a field, and the years that they span.
#[derive(Debug)]
pub(crate) struct FacetCounts<'v> {
    /// The values of the field.
    pub(crate) values: &'v FieldValues,
    /// The largest number of values.
    pub(crate) limit: usize,
}

/// What was counted in a segment.
pub(crate) enum SegmentCounts {
    /// All records match: their counts are kept.
    All,
    /// The counts of the matching records.
    Matching(ValueCounts),
}

impl Collector for FacetCounts<'_> {
    type Part = SegmentCounts;
    type Output = Facet;

    fn collect(&self, index: usize, segment: &Segment, matches: &MatchSet) -> SegmentCounts {
        match self.values.columns.get(index) {
            Some(_) if matches.count() == segment.len() => SegmentCounts::All,
            Some(column) => {
                SegmentCounts::Matching(ValueCounts::of_matches(column, segment, matches))
            }
            None => SegmentCounts::Matching(ValueCounts::default()),
        }
    }

    fn merge(&self, parts: Vec<SegmentCounts>) -> Facet {
        let values = self.values;
        let counts = if parts.iter().all(|part| matches!(part, SegmentCounts::All)) {
            Cow::Borrowed(&values.totals)
        } else {
            let mut counts = ValueCounts::none(values.distinct());
            for (index, part) in parts.iter().enumerate() {
                let part = match part {
                    SegmentCounts::All => values.columns.get(index).map(|column| &column.totals),
                    SegmentCounts::Matching(part) => Some(part),
                };
                if let (Some(part), Some(numbers)) = (part, values.numbers.get(index)) {
                    counts.add_segment(part, numbers);
                }
            }
            Cow::Owned(counts)
        };
        self.facet(&counts)
    }
}

impl FacetCounts<'_> {
    /// Returns the facet of what was counted, by the values' numbers.
    fn facet(&self, counts: &ValueCounts) -> Facet {
        let numbered = counts.counts.iter().copied().enumerate();
        let mut found: Vec<(usize, ValueCount)> =
            numbered.filter(|(_, count)| count.count > 0).collect();
        let distinct = found.len();
        self.keep_most_frequent(&mut found);
        let value = |(number, ValueCount { count, years }): (usize, ValueCount)| FacetValue {
            text: self.values.value(number).to_owned(),
            count: count as usize,
            years: (years.0 <= years.1).then_some((i64::from(years.0), i64::from(years.1))),
        };
        let values: Vec<FacetValue> = found.into_iter().map(value).collect();
        let records_without = counts.records_without;
        Facet { other_values: distinct - values.len(), values, records_without }
    }

    /// Keeps as many values as are asked for, the most frequent first. Of equally frequent ones the first in the order
    /// of the alphabet count.
    fn keep_most_frequent(&self, found: &mut Vec<(usize, ValueCount)>) {
        if let Some(last) = self.limit.checked_sub(1).filter(|last| *last < found.len()) {
            // Comparing numbers only, since most values may be equally frequent.
            let by_count = |(_, count): &(usize, ValueCount)| Reverse(count.count);
            let (_, (_, least), _) = found.select_nth_unstable_by_key(last, by_count);
            let least = least.count;
            found.retain(|(_, count)| count.count >= least);
        }
        let key = |(number, count): &(usize, ValueCount)| {
            (Reverse(count.count), self.values.value(*number))
        };
        if self.limit < found.len() {
            found.select_nth_unstable_by(self.limit, |one, other| key(one).cmp(&key(other)));
        }
        found.truncate(self.limit);
        found.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
    }
}
