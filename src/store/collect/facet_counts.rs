//! Counts the records of each value of a field.

use std::cmp::Reverse;

use super::{Collector, FieldValues};
use crate::query::{Facet, FacetValue};
use crate::record::date::span::Day;
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// Counts the records of each value of a field, and the years that they span.
#[derive(Debug)]
pub(crate) struct FacetCounts<'v> {
    /// The values of the field.
    pub(crate) values: &'v FieldValues,
    /// The largest number of values.
    pub(crate) limit: usize,
}

/// The records of a value. It is small, since a processor's cache must hold those of all values of a segment.
#[derive(Clone, Copy, Debug)]
struct ValueCount {
    count: u32,
    /// The first and the last year of its dated records; [`NO_YEARS`] if all are undated.
    years: Years,
}

/// A first and a last year.
type Years = (i32, i32);

impl ValueCount {
    /// No record.
    const NONE: ValueCount = ValueCount { count: 0, years: NO_YEARS };

    /// Adds records with these years.
    #[inline]
    fn add(&mut self, count: u32, years: Years) {
        self.count += count;
        self.years = (self.years.0.min(years.0), self.years.1.max(years.1));
    }
}

/// The years of undated records.
const NO_YEARS: Years = (i32::MAX, i32::MIN);

/// What was counted in a segment.
pub(crate) struct SegmentCounts {
    /// The count of each code.
    counts: Vec<ValueCount>,
    records_without: usize,
}

impl Collector for FacetCounts<'_> {
    type Part = SegmentCounts;
    type Output = Facet;

    fn collect(&self, index: usize, segment: &Segment, matches: &MatchSet) -> SegmentCounts {
        let Some(column) = self.values.columns.get(index) else {
            return SegmentCounts { counts: Vec::new(), records_without: 0 };
        };
        let dates = segment.dates();
        let years: Vec<Years> = dates
            .distinct_dates()
            .iter()
            .map(|date| date.span().map_or(NO_YEARS, |span| years_of(span.earliest, span.latest)))
            .collect();
        let mut counts = vec![ValueCount::NONE; column.distinct()];
        let mut records_without = 0;
        for (first, mask) in (0..).step_by(BLOCK_LEN).zip(matches.blocks()) {
            for record in set_bits(*mask).map(|bit| first + bit) {
                let codes = column.codes(record);
                records_without += usize::from(codes.is_empty());
                let date = dates.codes().get(record).and_then(|date| years.get(usize::from(*date)));
                let years = date.copied().unwrap_or(NO_YEARS);
                for code in codes {
                    if let Some(count) = counts.get_mut(*code as usize) {
                        count.add(1, years);
                    }
                }
            }
        }
        SegmentCounts { counts, records_without }
    }

    fn merge(&self, parts: Vec<SegmentCounts>) -> Facet {
        let mut counts = vec![ValueCount::NONE; self.values.distinct()];
        let mut records_without = 0;
        for (part, numbers) in parts.iter().zip(&self.values.numbers) {
            records_without += part.records_without;
            for (of_code, number) in part.counts.iter().zip(numbers) {
                if let Some(count) = counts.get_mut(*number as usize) {
                    count.add(of_code.count, of_code.years);
                }
            }
        }
        let mut found: Vec<(usize, ValueCount)> =
            counts.into_iter().enumerate().filter(|(_, count)| count.count > 0).collect();
        let distinct = found.len();
        self.keep_most_frequent(&mut found);
        let value = |(number, ValueCount { count, years }): (usize, ValueCount)| FacetValue {
            text: self.values.value(number).to_owned(),
            count: count as usize,
            years: (years.0 <= years.1).then_some((i64::from(years.0), i64::from(years.1))),
        };
        let values: Vec<FacetValue> = found.into_iter().map(value).collect();
        Facet { other_values: distinct - values.len(), values, records_without }
    }
}

impl FacetCounts<'_> {
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

/// Returns the first and the last year of a span. An open end is that of the other end.
fn years_of(earliest: Day, latest: Day) -> Years {
    let (first, last) = match (earliest == Day::OPEN_START, latest == Day::OPEN_END) {
        (true, true) => return NO_YEARS,
        (true, false) => (latest, latest),
        (false, true) => (earliest, earliest),
        (false, false) => (earliest, latest),
    };
    let year = |day: Day| {
        let (year, _, _) = day.to_ymd();
        i32::try_from(year).unwrap_or(if year < 0 { i32::MIN + 1 } else { i32::MAX - 1 })
    };
    (year(first), year(last))
}
