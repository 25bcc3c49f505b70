//! The parsed dates of a segment as a dictionary-coded column: each distinct date once, sorted by
//! time.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::record::date::span::{DateSpan, Day, ParsedDate, Precision};

/// The months that a date may be in, counted from January of the year 0, as in ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum MonthSpan {
    /// The date was not read.
    Undated,
    /// It has neither a beginning nor an end.
    Unbounded,
    /// It has only one of them, in this month.
    HalfOpen(i64),
    /// The first and the last month.
    Between(i64, i64),
}

/// The number of months in a year.
pub(in crate::store) const MONTHS_PER_YEAR: i64 = 12;

impl MonthSpan {
    /// Returns the months of a parsed date.
    fn new(date: ParsedDate) -> MonthSpan {
        let Some(DateSpan { earliest, latest, .. }) = date.span() else {
            return MonthSpan::Undated;
        };
        let month = |day: Day| {
            let (year, month, _) = day.to_ymd();
            year.saturating_mul(MONTHS_PER_YEAR).saturating_add(i64::from(month) - 1)
        };
        match (earliest == Day::OPEN_START, latest == Day::OPEN_END) {
            (true, true) => MonthSpan::Unbounded,
            (true, false) => MonthSpan::HalfOpen(month(latest)),
            (false, true) => MonthSpan::HalfOpen(month(earliest)),
            (false, false) => MonthSpan::Between(month(earliest), month(latest)),
        }
    }
}

/// The parsed date of each record of a segment.
#[derive(Debug, Default)]
pub struct DateColumn {
    /// The distinct dates, sorted: see [`DateColumn::sort_key`]. Dates without a key come last.
    distinct_dates: Vec<ParsedDate>,
    /// The index of each record's date in `distinct_dates`.
    codes: Vec<u16>,
    /// From the first to the last day of the certain dates; `None` if there is none.
    extent: Option<DateSpan>,
    /// The months of each distinct date, once they were asked for.
    months: OnceLock<Vec<MonthSpan>>,
}

/// Returns the span of all dates that have both ends and are not doubtful, by days.
fn extent_of(dates: &[ParsedDate]) -> Option<DateSpan> {
    let is_certain =
        |span: &DateSpan| !span.doubtful && !span.has_open_start() && !span.has_open_end();
    let certain = dates.iter().filter_map(|date| date.span().filter(is_certain));
    let days = certain.map(|span| DateSpan::new(span.earliest, span.latest, Precision::Day));
    days.reduce(DateSpan::union)
}

impl DateColumn {
    /// Returns the key that dates are sorted by: the earliest day, then the latest day. Of two
    /// spans with the same first day, the shorter one comes first. `None` if the date has no span.
    pub fn sort_key(date: ParsedDate) -> Option<(i64, i64)> {
        date.span().map(|span| (span.earliest.0, span.latest.0))
    }

    /// Returns the parsed date of a record.
    pub fn parsed_date(&self, record: usize) -> Option<ParsedDate> {
        self.distinct_dates.get(usize::from(*self.codes.get(record)?)).copied()
    }

    /// The distinct dates, sorted: see [`DateColumn::sort_key`].
    pub fn distinct_dates(&self) -> &[ParsedDate] {
        &self.distinct_dates
    }

    /// Returns from the first to the last day of all dates that have both ends and are not doubtful.
    pub const fn extent(&self) -> Option<DateSpan> {
        self.extent
    }

    /// The index of each record's date in [`distinct_dates`](DateColumn::distinct_dates()).
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// The months of each of the [`distinct_dates`](DateColumn::distinct_dates()). They are computed once, when counts
    /// ask for them first, so that loading does not pay for them.
    pub(in crate::store) fn months(&self) -> &[MonthSpan] {
        self.months
            .get_or_init(|| self.distinct_dates.iter().copied().map(MonthSpan::new).collect())
    }

    /// Returns a number for each record that sorts as its date does. Dates with equal keys have
    /// equal numbers.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut rank = 0;
        let mut previous_key = None;
        let date_ranks: Vec<u32> = self
            .distinct_dates
            .iter()
            .map(|date| {
                let key = Some(DateColumn::sort_key(*date));
                rank += u32::from(previous_key.is_some() && previous_key != key);
                previous_key = key;
                rank
            })
            .collect();
        let rank_of = |code: &u16| date_ranks.get(usize::from(*code)).copied().unwrap_or(0);
        self.codes.iter().map(rank_of).collect()
    }
}

/// Builds date columns. While building, codes have the order of first use.
#[derive(Debug, Default)]
pub(crate) struct DateColumnBuilder {
    /// The code of each distinct date.
    code_of: HashMap<ParsedDate, u16, RandomState>,
    /// The distinct dates by code.
    distinct_dates: Vec<ParsedDate>,
    /// The code of each record's date.
    codes: Vec<u16>,
}

impl DateColumnBuilder {
    /// Adds the date of the next record.
    pub(crate) fn push(&mut self, date: ParsedDate) {
        let next = u16::try_from(self.distinct_dates.len()).unwrap_or(u16::MAX);
        let code = *self.code_of.entry(date).or_insert(next);
        if code == next {
            self.distinct_dates.push(date);
        }
        self.codes.push(code);
    }

    /// Returns the finished column, and starts an empty one.
    pub(crate) fn finish(&mut self) -> DateColumn {
        self.code_of.clear();
        let mut sorted: Vec<(u16, ParsedDate)> =
            self.distinct_dates.drain(..).zip(0..).map(|(date, code)| (code, date)).collect();
        sorted.sort_by_key(|(_, date)| {
            let key = DateColumn::sort_key(*date);
            (key.is_none(), key)
        });
        let mut sorted_codes = vec![0; sorted.len()];
        for ((code, _), sorted_code) in sorted.iter().zip(0..) {
            if let Some(of_code) = sorted_codes.get_mut(usize::from(*code)) {
                *of_code = sorted_code;
            }
        }
        let distinct_dates: Vec<ParsedDate> = sorted.iter().map(|(_, date)| *date).collect();
        let sorted_code = |code: u16| sorted_codes.get(usize::from(code)).copied().unwrap_or(0);
        DateColumn {
            codes: self.codes.drain(..).map(sorted_code).collect(),
            extent: extent_of(&distinct_dates),
            distinct_dates,
            months: OnceLock::new(),
        }
    }
}
