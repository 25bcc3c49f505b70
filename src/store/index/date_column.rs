//! The parsed dates of a segment as a dictionary-coded column: each distinct date once, sorted by
//! time.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::record::date::span::ParsedDate;

/// The parsed date of each record of a segment.
#[derive(Debug, Default)]
pub struct DateColumn {
    /// The distinct dates, sorted: see [`DateColumn::sort_key`]. Dates without a key come last.
    distinct_dates: Vec<ParsedDate>,
    /// The index of each record's date in `distinct_dates`.
    codes: Vec<u16>,
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

    /// The index of each record's date in [`distinct_dates`](DateColumn::distinct_dates()).
    pub fn codes(&self) -> &[u16] {
        &self.codes
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
        let sorted_code = |code: u16| sorted_codes.get(usize::from(code)).copied().unwrap_or(0);
        DateColumn {
            codes: self.codes.drain(..).map(sorted_code).collect(),
            distinct_dates: sorted.into_iter().map(|(_, date)| date).collect(),
        }
    }
}
