//! Resolving partial dates into one span: missing years and months come from neighbouring dates.

use super::builder::{DateBuilder, PartialDate, Relation, Separator, YearRange};
use crate::record::date::day::days_in_month;
use crate::record::date::span::DateSpan;

impl DateBuilder {
    /// Returns the span from the first date to the last; `None` if no date has a year.
    pub(super) fn span(&self) -> Option<DateSpan> {
        let spans: Vec<(Relation, DateSpan)> = self.resolved_spans();
        let (_, first) = *spans.first()?;
        let whole = spans.iter().fold(first, |sum, (_, span)| sum.union(*span));
        let between = if whole.has_open_start() && whole.has_open_end() {
            intersection(&spans)
        } else {
            None
        };
        Some(DateSpan {
            approximate: self.approximate,
            uncertain: self.uncertain,
            inferred: self.inferred,
            ..between.unwrap_or(whole)
        })
    }

    /// Whether every number of the text became part of a date.
    pub(super) fn is_complete(&self) -> bool {
        let filled = self.with_missing_parts();
        let mut both = self.dates.iter().zip(&filled);
        both.all(|(date, filled)| filled.years.is_some() && date.day == filled.day)
    }

    /// Returns the span of each date that has a year, its own or that of another date.
    fn resolved_spans(&self) -> Vec<(Relation, DateSpan)> {
        let mut spans: Vec<(Relation, DateSpan)> = Vec::new();
        let dates = self.with_missing_parts();
        for (at, date) in dates.iter().enumerate() {
            let Some(years) = date.years else { continue };
            let next = dates.get(at + 1).filter(|next| next.separator == Separator::Range);
            let mut span = self::span(years, date.month, date.day);
            if let Some(end) = next.and_then(PartialDate::own_span)
                && self.takes_year_from_next(at)
                && span.earliest > end.earliest
            {
                // 20 November to 3 January, 2004
                let before = YearRange { first: years.first - 1, last: years.last - 1, ..years };
                span = self::span(before, date.month, date.day);
            }
            let relation = match date.relation {
                Relation::From if next.is_some() => Relation::Same,
                relation => relation,
            };
            let span = apply_relation(span, relation);
            match spans.pop() {
                Some((start_relation, start)) if date.separator == Separator::Range => {
                    spans.push((start_relation, start.through(span)));
                }
                Some(before) => spans.extend([before, (relation, span)]),
                None => spans.push((relation, span)),
            }
        }
        spans
    }

    /// Whether the date at this index takes its year from a later date.
    fn takes_year_from_next(&self, at: usize) -> bool {
        self.dates.get(at).is_some_and(|date| date.years.is_none())
            && !self.dates.iter().take(at).any(|date| date.years.is_some() && date.year_first)
    }

    /// Returns the dates with missing years and months filled in from their neighbours.
    fn with_missing_parts(&self) -> Vec<PartialDate> {
        let mut dates = self.dates.clone();
        self.fill_years(&mut dates);
        fill_months(&mut dates);
        dates
    }

    /// Fills in missing years. A year written before its month applies to later dates, a year
    /// written after its month to earlier dates.
    fn fill_years(&self, dates: &mut [PartialDate]) {
        let own = |date: &PartialDate| date.years.map(|years| (years, date.year_first));
        let mut next: Vec<Option<YearRange>> = Vec::with_capacity(dates.len());
        let mut seen = None;
        for date in self.dates.iter().rev() {
            next.push(seen);
            seen = date.years.or(seen);
        }
        let mut previous: Option<(YearRange, bool)> = None;
        for (date, next) in dates.iter_mut().zip(next.into_iter().rev()) {
            if let Some(given) = own(date) {
                previous = Some(given);
                continue;
            }
            let from_previous = previous.filter(|(_, first)| *first || next.is_none());
            date.years = from_previous.map(|(years, _)| years).or(next);
        }
    }
}

impl PartialDate {
    /// Returns the span of this date by itself; `None` without a year.
    fn own_span(&self) -> Option<DateSpan> {
        self.years.map(|years| span(years, self.month, self.day))
    }
}

/// Fills in missing months. A day takes the month before it, or the month after it if there is none
/// before (`5 - 26 February`).
///
/// A number that belongs to no month is dropped.
fn fill_months(dates: &mut [PartialDate]) {
    let mut later = None;
    let next: Vec<Option<u8>> = dates
        .iter()
        .rev()
        .map(|date| {
            let following = later;
            later = date.month.or(later);
            following
        })
        .collect();
    let mut previous = None;
    for (date, next) in dates.iter_mut().zip(next.into_iter().rev()) {
        if date.month.is_some() || date.day.is_none() {
            previous = date.month;
            continue;
        }
        let own_year = date.year_first || date.years.is_some() && next.is_none();
        date.month = previous.or(next.filter(|_| !own_year)).filter(|month| *month <= 12);
        if date.month.is_none() {
            (date.day, date.years) = (None, date.years.filter(|_| own_year));
        }
        previous = date.month;
    }
}

/// Returns the span of a date. A month counts only in a single year, a day only if the month has
/// it.
fn span(years: YearRange, month: Option<u8>, day: Option<u8>) -> DateSpan {
    let year = years.first;
    match (month, day) {
        (Some(month @ 1..=12), Some(day)) if years.first == years.last => {
            if day <= days_in_month(year, month) {
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

/// Returns the span of the real date, from the span of the written date and their relation.
fn apply_relation(span: DateSpan, relation: Relation) -> DateSpan {
    match relation {
        Relation::Same => span,
        Relation::Before => span.all_before(),
        Relation::UpTo => span.without_start(),
        Relation::After => span.all_after(),
        Relation::From => span.without_end(),
    }
}

/// Returns the days between two bounds: "after 1943 and before 1950".
fn intersection(spans: &[(Relation, DateSpan)]) -> Option<DateSpan> {
    let is_start = |relation: &Relation| matches!(relation, Relation::After | Relation::From);
    let is_end = |relation: &Relation| matches!(relation, Relation::Before | Relation::UpTo);
    let start = spans.iter().find(|(relation, _)| is_start(relation))?.1;
    let end = spans.iter().find(|(relation, _)| is_end(relation))?.1;
    let both = DateSpan { latest: end.latest, end_precision: end.end_precision, ..start };
    (both.earliest <= both.latest).then_some(both)
}
