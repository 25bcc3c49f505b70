//! The number of records of each value of a field, and the years that they span.

use super::value_column::ValueColumn;
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;
use crate::store::index::date_column::{MONTHS_PER_YEAR, MonthSpan};
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// The records of a value. It is small, since a processor's cache must hold those of all values of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueCount {
    /// The number of its records.
    pub(super) count: u32,
    /// The first and the last year of its dated records; [`NO_YEARS`] if all are undated.
    pub(super) years: Years,
}

/// A first and a last year.
type Years = (i32, i32);

impl ValueCount {
    /// No record.
    pub(super) const NONE: ValueCount = ValueCount { count: 0, years: NO_YEARS };

    /// Adds records with these years.
    #[inline]
    pub(super) fn add(&mut self, count: u32, years: Years) {
        self.count += count;
        self.years = (self.years.0.min(years.0), self.years.1.max(years.1));
    }
}

/// The years of undated records.
const NO_YEARS: Years = (i32::MAX, i32::MIN);

/// The records of all values of a field in some records, by the values' codes or numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct ValueCounts {
    /// The count of each value.
    pub(super) counts: Vec<ValueCount>,
    /// The number of records without a value.
    pub(super) records_without: usize,
}

impl ValueCounts {
    /// Counts the values of matching records of a segment, by their codes.
    pub(super) fn of_matches(
        column: &ValueColumn,
        segment: &Segment,
        matches: &MatchSet,
    ) -> ValueCounts {
        let dates = segment.dates();
        let years: Vec<Years> = dates.months().iter().copied().map(years_of).collect();
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
        ValueCounts { counts, records_without }
    }

    /// Returns no records of this many values.
    pub(super) fn none(values: usize) -> ValueCounts {
        ValueCounts { counts: vec![ValueCount::NONE; values], records_without: 0 }
    }

    /// Adds the counts of a segment. `numbers` are those of its codes.
    pub(super) fn add_segment(&mut self, part: &ValueCounts, numbers: &[u32]) {
        self.records_without += part.records_without;
        for (of_code, number) in part.counts.iter().zip(numbers) {
            if let Some(count) = self.counts.get_mut(*number as usize) {
                count.add(of_code.count, of_code.years);
            }
        }
    }
}

/// Returns the first and the last year of some months. An open end is that of the other end.
fn years_of(months: MonthSpan) -> Years {
    let (first, last) = match months {
        MonthSpan::Undated | MonthSpan::Unbounded => return NO_YEARS,
        MonthSpan::HalfOpen(month) => (month, month),
        MonthSpan::Between(first, last) => (first, last),
    };
    let year = |month: i64| {
        let year = month.div_euclid(MONTHS_PER_YEAR);
        i32::try_from(year).unwrap_or(if year < 0 { i32::MIN + 1 } else { i32::MAX - 1 })
    };
    (year(first), year(last))
}
