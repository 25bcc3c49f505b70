//! Counts the records of each time.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Collector;
use crate::query::{Histogram, HistogramRequest, MAX_SHARED_YEARS};
use crate::store::Segment;
use crate::store::evaluate::match_set::MatchSet;
use crate::store::index::date_column::{DateColumn, MONTHS_PER_YEAR, MonthSpan};
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

/// Counts the records of each time. A record whose date may be in several of them counts in equal parts in each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateHistogram {
    /// The bars that are wanted.
    pub(crate) wanted: HistogramRequest,
}

/// The largest number of bars: a file may have dates in any million years.
const MAX_BARS: usize = 100_000;

/// The shares are rounded to this part of a record, which is less than any share.
const SHARES_PER_RECORD: f64 = 1e12;

/// What was counted in a segment, or in all.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    /// What changes at a time: see [`DateUnit::number`](crate::query::DateUnit::number). This takes two entries for a date, however long it is.
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
    /// Adds records whose date is in all times from the first to the last.
    fn add(&mut self, (first, last): (i64, i64), count: usize) {
        if count == 0 {
            return;
        }
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
        let mut shares = Shares::default();
        // Dates are sorted, so that most of those in the same times follow each other.
        let (mut times, mut in_times) = ((0, 0), 0);
        for (months, count) in dates.months().iter().zip(counts_of(dates, matches)) {
            match *months {
                _ if count == 0 => {}
                MonthSpan::Undated => shares.undated += count,
                MonthSpan::Between(first, last) if is_shared(first, last) => {
                    let unit = self.wanted.unit;
                    let next = (unit.number(first), unit.number(last));
                    if next != times {
                        shares.add(times, in_times);
                        (times, in_times) = (next, 0);
                    }
                    in_times += count;
                }
                _ => shares.unbounded += count,
            }
        }
        shares.add(times, in_times);
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
        let wanted = self.wanted_times();
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
            let (first, last) = (time.max(*wanted.start()), (end - 1).min(*wanted.end()));
            let shown = length(first, last);
            histogram.other += count * to_float(length(time, end - 1) - shown);
            let room = MAX_BARS - histogram.bars.len();
            let bar = |time| self.wanted.unit.bar(time, count);
            histogram.bars.extend((first..=last).take(room).map(bar));
            histogram.is_cut |= shown > room;
        }
        histogram
    }
}

impl DateHistogram {
    /// Returns the numbers of the times that are wanted: see [`DateUnit::number`](crate::query::DateUnit::number).
    fn wanted_times(&self) -> RangeInclusive<i64> {
        let Some((first, last)) = self.wanted.years else { return i64::MIN..=i64::MAX };
        let month = |year: i64, month: i64| {
            self.wanted.unit.number(year.saturating_mul(MONTHS_PER_YEAR).saturating_add(month))
        };
        month(first, 0)..=month(last, MONTHS_PER_YEAR - 1)
    }
}

/// Returns the number of times from the first to the last.
fn length(first: i64, last: i64) -> usize {
    usize::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(0)
}

/// Returns the number of matching records of each distinct date.
fn counts_of(dates: &DateColumn, matches: &MatchSet) -> Vec<usize> {
    let mut counts = vec![0; dates.distinct_dates().len()];
    for (codes, mask) in dates.codes().chunks(BLOCK_LEN).zip(matches.blocks()) {
        for code in set_bits(*mask).filter_map(|bit| codes.get(bit)) {
            if let Some(count) = counts.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
    }
    counts
}

/// Whether a date in these months is short enough to be shared out.
fn is_shared(first: i64, last: i64) -> bool {
    let years = last.div_euclid(MONTHS_PER_YEAR).checked_sub(first.div_euclid(MONTHS_PER_YEAR));
    years.is_some_and(|years| years < MAX_SHARED_YEARS)
}

/// Converts a count that the number of records limits.
fn to_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
