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

/// The largest number of bars: a file may have dates in any million years.
const MAX_BARS: usize = 100_000;

/// The shares are rounded to this part of a record, which is less than any share.
const SHARES_PER_RECORD: f64 = 1e12;

/// What was counted in a segment, or in all.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    /// What changes at a time: see [`DateUnit::number`]. This takes two entries for a date, however long it is.
    changes: BTreeMap<i64, Change>,
    undated: usize,
    unbounded: usize,
}

/// How the count of one time differs from that of the time before.
#[derive(Clone, Copy, Debug, Default)]
struct Change {
    /// The number of records that have a part in it.
    records: i64,
    /// The sum of their parts.
    share: f64,
}

impl Shares {
    /// Adds records whose date is in all times from `first` to `last`.
    fn add(&mut self, first: i64, last: i64, count: usize) {
        let records = i64::try_from(count).unwrap_or(i64::MAX);
        let share = to_float(count) / to_float(usize::try_from(last - first + 1).unwrap_or(1));
        self.change(first, Change { records, share });
        self.change(last + 1, Change { records: -records, share: -share });
    }

    fn change(&mut self, time: i64, Change { records, share }: Change) {
        let change = self.changes.entry(time).or_default();
        change.records += records;
        change.share += share;
    }
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
                Some(Some((first, last))) => shares.add(first, last, count),
            }
        }
        shares
    }

    fn merge(&self, parts: Vec<Shares>) -> Histogram {
        let mut all = Shares::default();
        for part in parts {
            all.undated += part.undated;
            all.unbounded += part.unbounded;
            for (time, change) in part.changes {
                all.change(time, change);
            }
        }
        let mut histogram =
            Histogram { undated: all.undated, unbounded: all.unbounded, ..Histogram::default() };
        let mut now = Change::default();
        let mut changes = all.changes.into_iter().peekable();
        while let Some((time, change)) = changes.next() {
            now = Change { records: now.records + change.records, share: now.share + change.share };
            if now.records == 0 {
                now.share = 0.0;
                continue;
            }
            let count = (now.share * SHARES_PER_RECORD).round() / SHARES_PER_RECORD;
            let end = changes.peek().map_or(time, |(next, _)| *next);
            let room = MAX_BARS - histogram.bars.len();
            let times = (time..end).take(room);
            histogram.bars.extend(times.map(|time| self.unit.bar(time, count)));
            histogram.is_cut |= usize::try_from(end - time).is_ok_and(|length| length > room);
        }
        histogram
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
