//! Counts the records of each time.

use std::collections::BTreeMap;

use super::Collector;
use crate::query::{DateUnit, Histogram, MAX_SHARED_YEARS};
use crate::record::date::span::{DateSpan, Day};
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// Counts the records of each time. A record whose date may be in several of them counts in equal parts in each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateHistogram {
    /// What one bar stands for.
    pub(crate) unit: DateUnit,
}

/// What was counted in a segment, or in all.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    /// The number of records of each time: see [`DateUnit::number`].
    counts: BTreeMap<i64, f64>,
    undated: usize,
    unbounded: usize,
}

impl Collector for DateHistogram {
    type Part = Shares;
    type Output = Histogram;

    fn collect(&self, _: usize, segment: &Segment, matches: &MatchSet) -> Shares {
        let dates = segment.dates();
        let mut counts = vec![0_usize; dates.distinct_dates().len()];
        for (first, mask) in (0..).step_by(BLOCK_LEN).zip(matches.blocks()) {
            for record in set_bits(*mask).map(|bit| first + bit) {
                let code = dates.codes().get(record);
                if let Some(count) = code.and_then(|code| counts.get_mut(usize::from(*code))) {
                    *count += 1;
                }
            }
        }
        let mut shares = Shares::default();
        for (date, count) in dates.distinct_dates().iter().zip(counts).filter(|(_, it)| *it > 0) {
            match date.span().map(|span| self.times_of(span)) {
                None => shares.undated += count,
                Some(None) => shares.unbounded += count,
                Some(Some((first, last))) => {
                    let share =
                        to_float(count) / to_float(usize::try_from(last - first + 1).unwrap_or(1));
                    (first..=last)
                        .for_each(|time| *shares.counts.entry(time).or_default() += share);
                }
            }
        }
        shares
    }

    fn merge(&self, parts: Vec<Shares>) -> Histogram {
        let mut all = Shares::default();
        for part in parts {
            all.undated += part.undated;
            all.unbounded += part.unbounded;
            for (time, count) in part.counts {
                *all.counts.entry(time).or_default() += count;
            }
        }
        let bars = all.counts.into_iter().map(|(time, count)| self.unit.bar(time, count)).collect();
        Histogram { bars, undated: all.undated, unbounded: all.unbounded }
    }
}

impl DateHistogram {
    /// Returns the number of the time that a day is in: see [`DateUnit::number`].
    fn number_of(self, day: Day) -> i64 {
        let (year, month, _) = day.to_ymd();
        self.unit.number(year, month)
    }

    /// Returns the numbers of the first and the last time that a span is in; `None` if it is too long.
    fn times_of(self, span: DateSpan) -> Option<(i64, i64)> {
        if span.earliest == Day::OPEN_START || span.latest == Day::OPEN_END {
            return None;
        }
        let years = span.latest.to_ymd().0.checked_sub(span.earliest.to_ymd().0)?;
        (years < MAX_SHARED_YEARS)
            .then(|| (self.number_of(span.earliest), self.number_of(span.latest)))
    }
}

/// Converts a count that the number of records limits.
fn to_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
