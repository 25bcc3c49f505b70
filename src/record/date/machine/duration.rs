//! Dates with a duration of ISO 8601 in front or behind.

use super::end::{End, parse_end, whole_number};
use crate::record::date::span::{DateSpan, Day, Precision};

/// Parses a date with a duration of ISO 8601 in front or behind: `1945-07/P2M`, `P3D/1945-07-12`.
pub(super) fn parse_duration(code: &str) -> Option<DateSpan> {
    let (first, last) = code.split_once('/')?;
    let known = |code: &str| match parse_end(code)? {
        End::Known(span) => Some(span),
        End::Unknown | End::Impossible(_) => None,
    };
    let span = if let Some(duration) = last.strip_prefix('P') {
        let start = known(first)?;
        let end = Duration::parse(duration)?.add_to(start.earliest, 1).previous();
        DateSpan { latest: end.max(start.latest), ..start }
    } else {
        let end = known(last)?;
        let start = Duration::parse(first.strip_prefix('P')?)?.add_to(end.latest.next(), -1);
        DateSpan { earliest: start.min(end.earliest), ..end }
    };
    Some(span.with_fitting_precision())
}

/// A duration of ISO 8601 without its time of day.
#[derive(Default)]
struct Duration {
    months: i64,
    days: i64,
}

impl Duration {
    /// Parses a duration behind its `P`: `2M`, `1Y6M`, `3DT2H`.
    fn parse(text: &str) -> Option<Duration> {
        let mut duration = Duration::default();
        let (mut rest, time) =
            text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        if text.is_empty() || time.is_some_and(|time| !time.ends_with(['H', 'M', 'S'])) {
            return None;
        }
        while !rest.is_empty() {
            let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let count = i64::from(whole_number(rest.get(..end)?)?);
            match rest.as_bytes().get(end)? {
                b'Y' => duration.months += count * 12,
                b'M' => duration.months += count,
                b'W' => duration.days += count * 7,
                b'D' => duration.days += count,
                _ => return None,
            }
            rest = rest.get(end + 1..)?;
        }
        Some(duration)
    }

    /// Returns the day this much later, or earlier if `sign` is -1.
    fn add_to(&self, day: Day, sign: i64) -> Day {
        let (year, month, day_of_month) = day.to_ymd();
        let months = year * 12 + i64::from(month) - 1 + sign * self.months;
        let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
        let moved = Day::from_ymd(months.div_euclid(12), month, day_of_month);
        Day(moved.0.saturating_add(sign * self.days))
    }
}

impl DateSpan {
    /// Returns the span with the precision of a day, unless it ends with a whole month or year as its
    /// precision says.
    fn with_fitting_precision(self) -> DateSpan {
        let (_, first_month, first_day) = self.earliest.to_ymd();
        let (_, month, day) = self.latest.next().to_ymd();
        let is_whole = match self.start_precision {
            Precision::Month => day == 1 && first_day == 1,
            Precision::Year => (month, day, first_month, first_day) == (1, 1, 1, 1),
            _ => false,
        };
        let precision = if is_whole { self.start_precision } else { Precision::Day };
        DateSpan { start_precision: precision, end_precision: precision, ..self }
    }
}
