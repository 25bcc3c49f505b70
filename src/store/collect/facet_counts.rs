//! Counts the records of each value of a field.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::value_counts::{ValueCount, ValueCounts};
use super::{Collector, FieldValues};
use crate::query::{Facet, FacetOrder, FacetRequest, FacetValue};
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;

/// Counts the records of each value of a field, and the years that they span.
#[derive(Debug)]
pub(crate) struct FacetCounts<'v> {
    /// The values of the field.
    pub(crate) values: &'v FieldValues,
    /// Which of them are wanted, and how many.
    pub(crate) wanted: &'v FacetRequest,
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
        let (distinct, found) = match self.wanted.order {
            _ if !self.wanted.value_words.is_empty() => self.first_of_all(&counts.counts),
            FacetOrder::Value => self.first_of_all(&counts.counts),
            FacetOrder::Count => self.most_frequent(&counts.counts),
        };
        let years_of = |years: (i32, i32)| {
            let are_known = self.wanted.wants_years && years.0 <= years.1;
            are_known.then_some((i64::from(years.0), i64::from(years.1)))
        };
        let value = |(number, ValueCount { count, years }): (usize, ValueCount)| FacetValue {
            text: self.values.value(number).to_owned(),
            count: count as usize,
            years: years_of(years),
        };
        let values: Vec<FacetValue> = found.into_iter().map(value).collect();
        let records_without = counts.records_without;
        let other_values = distinct - values.len();
        Facet { values, other_values, records_without, is_approximate: false }
    }

    /// Returns the number of values that have records, and as many of them as are asked for, the most frequent first. Of
    /// equally frequent ones the first in the order of the alphabet count.
    fn most_frequent(&self, counts: &[ValueCount]) -> (usize, Vec<(usize, ValueCount)>) {
        // Comparing numbers only, since most values may be equally frequent.
        let frequencies = counts.iter().map(|count| count.count).filter(|count| *count > 0);
        let mut frequencies: Vec<u32> = frequencies.collect();
        let distinct = frequencies.len();
        let index = self.wanted.limit.checked_sub(1).filter(|index| *index < distinct);
        let least = index.map_or(1, |index| {
            *frequencies.select_nth_unstable_by_key(index, |count| Reverse(*count)).1
        });
        let numbered = counts.iter().copied().enumerate();
        let found = numbered.filter(|(_, count)| count.count >= least).collect();
        (distinct, self.first_of(found))
    }

    /// Returns the number of wanted values that have records, and as many of them as are asked for. It looks at the text
    /// of each value.
    fn first_of_all(&self, counts: &[ValueCount]) -> (usize, Vec<(usize, ValueCount)>) {
        let numbered = counts.iter().copied().enumerate();
        let found: Vec<(usize, ValueCount)> = numbered
            .filter(|(number, count)| {
                count.count > 0 && self.wanted.wants_value(self.values.value(*number))
            })
            .collect();
        (found.len(), self.first_of(found))
    }

    /// Returns as many of some values as are asked for, in order.
    fn first_of(&self, mut found: Vec<(usize, ValueCount)>) -> Vec<(usize, ValueCount)> {
        let by_count = self.wanted.order == FacetOrder::Count;
        let key = |(number, count): &(usize, ValueCount)| {
            (by_count.then_some(Reverse(count.count)), self.values.value(*number))
        };
        let limit = self.wanted.limit;
        if limit < found.len() {
            found.select_nth_unstable_by(limit, |one, other| key(one).cmp(&key(other)));
        }
        found.truncate(limit);
        found.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
        found
    }
}
