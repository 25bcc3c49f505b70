//! Resolving partial dates into one span: missing years and months come from neighbouring dates.

use smallvec::SmallVec;

use super::builder::DateBuilder;
use super::clauses::clause_of;
use super::missing_parts::{fill_months, fill_years};
use super::partial::{
    Bracket, Neighbour, PartialDate, PartialDates, Relation, Separator, YearRange,
};
use super::tokens::TokenKind;
use crate::record::date::calendar::{self, Calendar};
use crate::record::date::day::{Day, days_in_month};
use crate::record::date::doubt::Doubt;
use crate::record::date::feast;
use crate::record::date::span::{DateSpan, Precision};

/// The span of each date, and how the real date relates to it.
type RelatedSpans = SmallVec<[(Relation, DateSpan); 3]>;

/// By how many days the Julian and the Gregorian calendar differ, or nearly.
const CALENDAR_DAYS: std::ops::RangeInclusive<i64> = 9..=14;

/// The EDTF number of winter, which ends in the year after.
const WINTER: u8 = 24;

impl DateBuilder<'_> {
    /// Returns the span from the first date to the last; `None` if no date has a year.
    pub(super) fn span(&mut self) -> Option<DateSpan> {
        self.settle_ottoman();
        if let Some(date) = self.single_date() {
            self.doubt_weekdays(&[date]);
            let span = apply_relation(self.date_span(&date)?, date.relation);
            return Some(self.with_flags(span));
        }
        self.settle_clauses();
        self.drop_row_numbers();
        let mut dates = self.with_missing_parts();
        self.doubt_other_dates(&dates);
        self.doubt_other_style(&dates);
        drop_other_style(&mut dates);
        if dates.iter().any(|date| !date.is_old_style && date.day.is_some()) {
            dates.retain(|date| !date.is_old_style);
        }
        convert_old_style(&mut dates);
        self.doubt_weekdays(&dates);
        let spans = self.resolved_spans(&dates);
        let (_, first) = *spans.first()?;
        let whole = spans.iter().fold(first, |sum, (_, span)| sum.union(*span));
        let is_open = whole.has_open_start() && whole.has_open_end();
        let whole = if is_open { intersection(&spans)? } else { whole };
        Some(self.with_flags(whole))
    }

    /// Returns the only date, if it needs nothing from others.
    fn single_date(&self) -> Option<PartialDate> {
        let [date] = self.dates[..] else { return None };
        let is_whole = date.month.is_some() || date.day.is_none();
        (self.clauses.is_empty() && !date.is_old_style && is_whole).then_some(date)
    }

    /// Adds what the words of the text say about the whole date.
    fn with_flags(&self, span: DateSpan) -> DateSpan {
        DateSpan {
            approximate: self.approximate || span.approximate,
            uncertain: self.uncertain,
            inferred: self.inferred || self.dates.iter().any(|date| date.is_supplied),
            ..span
        }
    }

    /// Whether every number of the text became part of a date.
    pub(super) fn is_complete(&self) -> bool {
        let mut dates = self.dates.clone();
        fill_years(&mut dates);
        dates.iter().all(PartialDate::has_years) && {
            let days = dates.iter().filter(|date| date.day.is_some()).count();
            fill_months(&mut dates);
            dates.iter().filter(|date| date.day.is_some()).count() == days
        }
    }

    /// Returns the span of each date that has a year, its own or that of another date.
    fn resolved_spans(&mut self, dates: &[PartialDate]) -> RelatedSpans {
        let mut spans = RelatedSpans::new();
        for (at, date) in dates.iter().enumerate() {
            let next = dates.get(at + 1).filter(|next| next.separator == Separator::Range);
            let Some(span) = self.span_beside(date, next, spans.last()) else {
                self.doubt_missing_year(date);
                continue;
            };
            let relation = match date.relation {
                Relation::From if next.is_some() => Relation::Same,
                relation => relation,
            };
            let span = apply_relation(span, relation);
            let before = at.checked_sub(1).and_then(|before| dates.get(before));
            let previous = spans.pop();
            if let Some(bounded) = bounded_span(before, previous, date, (relation, span)) {
                spans.push((Relation::Same, bounded));
                continue;
            }
            if let Some((start_relation, start)) = previous {
                let ends_early = date.separator == Separator::Range && span.latest < start.earliest;
                // 19th century, after 1920
                let is_outside = bounds_previous(date, relation)
                    && start_relation == Relation::Same
                    && !span.overlaps(&start);
                if ends_early || is_outside {
                    self.doubt_order(before, date);
                }
            }
            match previous {
                Some((start_relation, start)) if date.separator == Separator::Range => {
                    spans.push((start_relation, start.through(span)));
                }
                Some(before) => spans.extend([before, (relation, span)]),
                None => spans.push((relation, span)),
            }
        }
        spans
    }

    /// Returns the span of a date, whose year may be the one before or after the year of its range.
    fn span_beside(
        &mut self,
        date: &PartialDate,
        next: Option<&PartialDate>,
        previous: Option<&(Relation, DateSpan)>,
    ) -> Option<DateSpan> {
        let mut span = self.date_span(date)?;
        if date.year_from == Some(Neighbour::Next)
            && date.month != next.and_then(|next| next.month)
            && let Some(end) = next.and_then(date_span)
            && span.earliest > end.earliest
        {
            // 20 November to 3 January, 2004
            span = date_span(&date.years_later(-1)).unwrap_or(span);
            self.doubt_year_in_front(date, next, span.earliest, end.earliest);
        }
        if let Some((_, start)) = previous
            && date.separator == Separator::Range
            && date.year_from == Some(Neighbour::Previous)
            && span.latest < start.earliest
        {
            // 1944 Dec 16-Jan 25
            span = date_span(&date.years_later(1)).unwrap_or(span);
        }
        Some(span)
    }

    /// Says that two days with a slash are nearly one day in two calendars, but not quite.
    fn doubt_other_style(&mut self, dates: &[PartialDate]) {
        let pairs = dates.iter().zip(dates.iter().skip(1));
        let slashed = pairs.filter(|(first, second)| {
            let is_round = clause_of(&self.clauses, second.clause).bracket == Bracket::Round;
            let is_told = first.is_old_style || second.is_old_style;
            let is_slashed = second.separator == Separator::Slash;
            !is_told && (is_slashed || is_round && second.clause != first.clause)
        });
        for (first, second) in slashed.filter(|(first, second)| !is_one_day(first, second)) {
            let (Some(one), Some(other)) = (date_span(first), date_span(second)) else { continue };
            let is_day = first.day.is_some() && second.day.is_some();
            if is_day
                && CALENDAR_DAYS.contains(&other.earliest.0.saturating_sub(one.earliest.0).abs())
            {
                let part = self.written(first.first_token, second.last_token + 1).to_owned();
                let other = "it may be one day in two calendars".to_owned();
                self.doubts.push(Doubt::Ambiguous { part, other });
            }
        }
    }

    /// Says that a day or a month is passed over, since no year is known for it: `14 juillet an II`.
    fn doubt_missing_year(&mut self, date: &PartialDate) {
        if date.month.is_some() {
            let part = self.written(date.first_token, date.last_token + 1).to_owned();
            self.doubts.push(Doubt::PartlyUnderstood { part });
        }
    }

    /// Says that a range ends before it begins.
    fn doubt_order(&mut self, first: Option<&PartialDate>, last: &PartialDate) {
        let start = first.map_or(last.first_token, |first| first.first_token);
        let part = self.written(start, last.last_token + 1).to_owned();
        self.doubts.push(Doubt::Impossible { part });
    }

    /// Returns the span of a date. Adds a doubt if the month does not have the day.
    fn date_span(&mut self, date: &PartialDate) -> Option<DateSpan> {
        if let (Some(day), Some(month @ 1..=12), Some(years)) = (date.day, date.month, date.years)
            && years.first == years.last
            && day > days_in_month(years.first, month)
        {
            let part = self.written(date.first_token, date.last_token + 1).to_owned();
            if !self.doubts.iter().any(|doubt| matches!(doubt, Doubt::Impossible { .. })) {
                self.doubts.push(Doubt::Impossible { part });
            }
        }
        date_span(date)
    }

    /// Returns the dates with missing years and months filled in from their neighbours.
    fn with_missing_parts(&mut self) -> PartialDates {
        let mut dates = self.dates.clone();
        fill_years(&mut dates);
        if let Some(uncertain) = fill_months(&mut dates).and_then(|at| self.dates.get(at)) {
            let part = self.written(uncertain.first_token, uncertain.last_token + 1).to_owned();
            let other = "it may be a day of the other month".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
        for (filled, date) in dates.iter().zip(&self.dates) {
            if date.day.is_some() && filled.day.is_none() {
                let tokens = self.tokens.get_mut(date.first_token..=date.last_token);
                for token in tokens.unwrap_or(&mut []) {
                    let is_day =
                        matches!(token.kind, TokenKind::Number(number) if number.digits <= 2);
                    token.is_used &= !is_day;
                }
            }
        }
        dates
    }
}

/// Converts Julian days, where the text says that they are.
fn convert_old_style(dates: &mut [PartialDate]) {
    for date in dates.iter_mut().filter(|date| date.is_old_style) {
        let Some(years) = date.years.filter(|_| date.day.is_some() && date.month.is_some()) else {
            continue;
        };
        let year =
            if date.month.is_some_and(|month| month <= 3) { years.last } else { years.first };
        if let Some((first, last)) = calendar::days(Calendar::Julian, year, date.month, date.day) {
            date.converted = Some(DateSpan::new(first, last, Precision::Day));
        }
    }
}

impl PartialDate {
    /// Returns the date with its years moved.
    pub(super) fn years_later(&self, count: i64) -> PartialDate {
        let moved = |years: YearRange| YearRange {
            first: years.first + count,
            last: years.last + count,
            ..years
        };
        PartialDate { years: self.years.map(moved), ..*self }
    }
}

/// Drops the Julian one of two dates that are one day in two calendars: `23 February/8 March 1917`.
fn drop_other_style(dates: &mut PartialDates) {
    let mut at = 0;
    while let (Some(first), Some(second)) = (dates.get(at), dates.get(at + 1)) {
        let is_pair = second.separator == Separator::Slash || second.clause != first.clause;
        let is_other_calendar =
            first.converted.is_some() && second.converted.is_none() && second.day.is_some();
        if second.separator == Separator::Slash && is_year_of(second, first) {
            // 1909 / 1327 AH
            dates.remove(at + 1);
            continue;
        }
        if is_pair && (is_one_day(first, second) || is_other_calendar || is_year_of(first, second))
        {
            let separator = first.separator;
            let relation = first.relation;
            dates.remove(at);
            if let Some(kept) = dates.get_mut(at) {
                (kept.separator, kept.relation) = (separator, relation);
            }
        }
        at += 1;
    }
}

/// Whether a date of another calendar is a Gregorian year beside it, at least in part: `1327 AH / 1909`.
fn is_year_of(other: &PartialDate, gregorian: &PartialDate) -> bool {
    let years =
        date_span(gregorian).filter(|_| gregorian.is_bare_year() && gregorian.converted.is_none());
    other.converted.zip(years).is_some_and(|(days, years)| days.overlaps(&years))
}

/// Whether two dates are one day, by the Julian and by the Gregorian calendar.
fn is_one_day(julian: &PartialDate, gregorian: &PartialDate) -> bool {
    let (Some(julian_year), Some(gregorian_year)) = (julian.years, gregorian.years) else {
        return false;
    };
    let (Some(julian_month), Some(gregorian_month)) = (julian.month, gregorian.month) else {
        return false;
    };
    let (Some(julian_day), Some(gregorian_day)) = (julian.day, gregorian.day) else { return false };
    // The year may have changed in between, and be written once: 20 December (2 January) 1904/5.
    [julian_year.first, julian_year.last, gregorian_year.first - 1].into_iter().any(|year| {
        calendar::is_same_day_in_both_calendars(
            (year, julian_month, julian_day),
            (gregorian_year.last, gregorian_month, gregorian_day),
        )
    })
}

/// Returns the span of a date by itself; `None` without a year.
fn date_span(date: &PartialDate) -> Option<DateSpan> {
    if let Some(converted) = date.converted {
        return Some(converted);
    }
    let years = date.years?;
    if let Some(feast) = date.feast {
        // Candlemas 1588/9
        let in_first = feast::day(feast, years.first);
        let is_later = date.has_double_year && in_first < Day::from_ymd(years.first, 3, 26);
        let day = if is_later { feast::day(feast, years.last) } else { in_first };
        return Some(DateSpan::new(day, day, Precision::Day));
    }
    let years = match date.month {
        Some(month) if date.has_double_year && years.last == years.first + 1 && month <= 12 => {
            YearRange::single(if month <= 3 { years.last } else { years.first })
        }
        _ => years,
    };
    if let (Some(ten_days), Some(month @ 1..=12), None) = (date.ten_days, date.month, date.day)
        && years.first == years.last
    {
        return Some(ten_day_span(years.first, month, ten_days));
    }
    let one = span(years, date.month, date.day);
    Some(date.other_month.map_or(one, |other| one.union(span(years, Some(other), date.day))))
}

/// Returns the span of year, month and day. A month counts only in a single year, a day only if the
/// month has it.
fn span(years: YearRange, month: Option<u8>, day: Option<u8>) -> DateSpan {
    let year = years.first;
    let is_single = years.first == years.last;
    match (month, day) {
        (Some(month @ 1..=12), Some(day)) if is_single => {
            if day <= days_in_month(year, month) {
                DateSpan::day(year, month, day)
            } else {
                DateSpan::month(year, month)
            }
        }
        (Some(month @ 1..=12), None) if is_single => DateSpan::month(year, month),
        (Some(WINTER), _) if years.last == year + 1 => DateSpan::season(year, WINTER),
        (Some(season), _) if is_single => DateSpan::season(year, season),
        (Some(season @ 21..=24), _) if years.last == year + 1 => {
            DateSpan::season(year, season).union(DateSpan::season(years.last, season))
        }
        _ => DateSpan::years(years.first, years.last, years.precision),
    }
}

/// Returns the span of some of the ten days of a month. The last ones end with the month.
fn ten_day_span(year: i64, month: u8, (first, last): (u8, u8)) -> DateSpan {
    let end = if last == 3 { days_in_month(year, month) } else { last * 10 };
    let start = first.saturating_sub(1) * 10 + 1;
    let day = |day| Day::from_ymd(year, month, day);
    DateSpan::new(day(start), day(end), Precision::Day)
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

/// Whether a date with this relation is a bound of the date before it: "1917, not later than ...".
fn bounds_previous(date: &PartialDate, relation: Relation) -> bool {
    relation != Relation::Same && matches!(date.separator, Separator::Space | Separator::Comma)
}

/// Returns the common days of a date and the date before it, if one of them is a bound of the other.
fn bounded_span(
    before: Option<&PartialDate>,
    previous: Option<(Relation, DateSpan)>,
    date: &PartialDate,
    (relation, span): (Relation, DateSpan),
) -> Option<DateSpan> {
    let (start_relation, start) = previous.filter(|(_, start)| span.overlaps(start))?;
    if start_relation == Relation::Same && bounds_previous(date, relation) {
        // 1917, not later than 25 October
        return Some(bounded(start, span));
    }
    let is_bound = start_relation != Relation::Same
        && relation == Relation::Same
        && before.is_some_and(|before| is_bound_within(before, date));
    // after 1850, 19th century
    is_bound.then(|| bounded(span, start))
}

/// Whether a bound such as "after 1850" is followed by the time within which it is: "19th century".
fn is_bound_within(bound: &PartialDate, date: &PartialDate) -> bool {
    let (Some(point), Some(whole)) = (date_span(bound), date_span(date)) else { return false };
    !matches!(date.separator, Separator::Range | Separator::Slash)
        && date.year_from.is_none()
        && whole.end_precision > point.end_precision
        && point.is_within(&whole)
}

/// Returns the part of a span that is within a bound.
fn bounded(whole: DateSpan, bound: DateSpan) -> DateSpan {
    let (mut first, mut last) = (whole, whole);
    if bound.earliest > whole.earliest {
        first = bound;
    }
    if bound.latest < whole.latest {
        last = bound;
    }
    DateSpan {
        earliest: first.earliest,
        start_precision: first.start_precision,
        latest: last.latest,
        end_precision: last.end_precision,
        ..whole
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
