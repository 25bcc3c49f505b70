//! The days that written dates mean: what one lacks another gives, and all of them make one span.

use super::builder::{Joint, Point, Sheet, Side, Years};
use crate::record::date::day::days_in;
use crate::record::date::span::DateSpan;

impl Sheet {
    /// The span from the first date to the last; nothing where no date has a year.
    pub(super) fn span(&self) -> Option<DateSpan> {
        let spans: Vec<(Side, DateSpan)> = self.spans();
        let (_, first) = *spans.first()?;
        let whole = spans.iter().fold(first, |sum, (_, span)| sum.with(*span));
        let between =
            if whole.is_open_start() && whole.is_open_end() { meeting(&spans) } else { None };
        Some(DateSpan {
            approximate: self.approximate,
            uncertain: self.uncertain,
            inferred: self.inferred,
            ..between.unwrap_or(whole)
        })
    }

    /// Whether every number and word has its place in a date.
    pub(super) fn is_complete(&self) -> bool {
        let filled = self.filled();
        let mut both = self.points.iter().zip(&filled);
        both.all(|(point, filled)| filled.years.is_some() && point.day == filled.day)
    }

    /// The span of each date that has a year, of its own or from another.
    fn spans(&self) -> Vec<(Side, DateSpan)> {
        let mut spans: Vec<(Side, DateSpan)> = Vec::new();
        let points = self.filled();
        for (at, point) in points.iter().enumerate() {
            let Some(years) = point.years else { continue };
            let next = points.get(at + 1).filter(|next| next.joint == Joint::Range);
            let mut span = self::span(years, point.month, point.day);
            if let Some(end) = next.and_then(Point::own_span)
                && self.borrows(at)
                && span.earliest > end.earliest
            {
                // 20 November to 3 January, 2004
                let before = Years { first: years.first - 1, last: years.last - 1, ..years };
                span = self::span(before, point.month, point.day);
            }
            let side =
                if point.side == Side::From && next.is_some() { Side::At } else { point.side };
            let span = moved(span, side);
            match spans.pop() {
                Some((start_side, start)) if point.joint == Joint::Range => {
                    spans.push((start_side, start.to(span)));
                }
                Some(before) => spans.extend([before, (side, span)]),
                None => spans.push((side, span)),
            }
        }
        spans
    }

    /// Whether a date has its year from the one behind it.
    fn borrows(&self, at: usize) -> bool {
        self.points.get(at).is_some_and(|point| point.years.is_none())
            && !self.points.iter().take(at).any(|point| point.years.is_some() && point.year_first)
    }

    /// The dates with what they lack filled in from their neighbours.
    fn filled(&self) -> Vec<Point> {
        let mut points = self.points.clone();
        self.fill_years(&mut points);
        fill_months(&mut points);
        points
    }

    /// A year written before its month holds for the dates behind it, one written after its month
    /// for those in front of it.
    fn fill_years(&self, points: &mut [Point]) {
        let own = |point: &Point| point.years.map(|years| (years, point.year_first));
        let mut next: Vec<Option<Years>> = Vec::with_capacity(points.len());
        let mut seen = None;
        for point in self.points.iter().rev() {
            next.push(seen);
            seen = point.years.or(seen);
        }
        let mut previous: Option<(Years, bool)> = None;
        for (point, next) in points.iter_mut().zip(next.into_iter().rev()) {
            if let Some(given) = own(point) {
                previous = Some(given);
                continue;
            }
            let behind = previous.filter(|(_, first)| *first || next.is_none());
            point.years = behind.map(|(years, _)| years).or(next);
        }
    }
}

impl Point {
    /// The days it means by itself.
    fn own_span(&self) -> Option<DateSpan> {
        self.years.map(|years| span(years, self.month, self.day))
    }
}

/// A day without a month is of the month before it, or of the one behind it where it is itself the
/// first (`5 - 26 February`). A number that is no day of any month counts for nothing.
fn fill_months(points: &mut [Point]) {
    let mut behind = None;
    let next: Vec<Option<u8>> = points
        .iter()
        .rev()
        .map(|point| {
            let given = behind;
            behind = point.month.or(behind);
            given
        })
        .collect();
    let mut previous = None;
    for (point, next) in points.iter_mut().zip(next.into_iter().rev()) {
        if point.month.is_some() || point.day.is_none() {
            previous = point.month;
            continue;
        }
        let own_year = point.year_first || point.years.is_some() && next.is_none();
        point.month = previous.or(next.filter(|_| !own_year)).filter(|month| *month <= 12);
        if point.month.is_none() {
            (point.day, point.years) = (None, point.years.filter(|_| own_year));
        }
        previous = point.month;
    }
}

/// The days of a date. A month counts only in a single year, a day only in a month that has it.
fn span(years: Years, month: Option<u8>, day: Option<u8>) -> DateSpan {
    let year = years.first;
    match (month, day) {
        (Some(month @ 1..=12), Some(day)) if years.first == years.last => {
            if day <= days_in(year, month) {
                DateSpan::day(year, month, day)
            } else {
                DateSpan::month(year, month)
            }
        }
        (Some(month @ 1..=12), None) if years.first == years.last => DateSpan::month(year, month),
        (Some(season), _) if years.first == years.last => DateSpan::season(year, season),
        _ => DateSpan::years(years.first, years.last, years.precision),
    }
}

/// The days on one side of a date.
fn moved(span: DateSpan, side: Side) -> DateSpan {
    match side {
        Side::At => span,
        Side::Before => span.before(),
        Side::UpTo => span.until(),
        Side::After => span.after(),
        Side::From => span.onward(),
    }
}

/// "After 1943 and before 1950" are the years between.
fn meeting(spans: &[(Side, DateSpan)]) -> Option<DateSpan> {
    let start = spans.iter().find(|(side, _)| matches!(side, Side::After | Side::From))?.1;
    let end = spans.iter().find(|(side, _)| matches!(side, Side::Before | Side::UpTo))?.1;
    let both = DateSpan { latest: end.latest, end: end.end, ..start };
    (both.earliest <= both.latest).then_some(both)
}
