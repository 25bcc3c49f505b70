//! Filling in the years and months that a date takes from its neighbours in a list.

use smallvec::SmallVec;

use super::partial::{Neighbour, PartialDate, Separator, YearRange};

/// Fills in missing years. A year written before its month applies to later dates, a year written
/// after its month to earlier dates.
pub(super) fn fill_years(dates: &mut [PartialDate]) {
    if dates.iter().all(|date| date.years.is_some()) {
        return;
    }
    let mut next: SmallVec<[Option<YearRange>; 4]> = SmallVec::new();
    let mut seen = None;
    for date in dates.iter().rev() {
        next.push(seen);
        seen = date.years.or(seen);
    }
    let has_double_year = dates.iter().any(|date| date.has_double_year);
    let mut previous: Option<(YearRange, bool)> = None;
    for (date, next) in dates.iter_mut().zip(next.into_iter().rev()) {
        if date.converted.is_some() {
            continue;
        }
        if let Some(years) = date.years {
            previous = Some((years, date.year_first));
            continue;
        }
        let from_previous = previous.filter(|(_, first)| *first || next.is_none());
        date.years = from_previous.map(|(years, _)| years).or(next);
        date.has_double_year = has_double_year;
        date.year_from = match (from_previous, next) {
            (Some(_), _) => Some(Neighbour::Previous),
            (None, Some(_)) => Some(Neighbour::Next),
            (None, None) => None,
        };
    }
}

/// A day in a month, beside which other days stand in a list.
#[derive(Clone, Copy)]
struct ListedDay {
    month: u8,
    day: Option<u8>,
    /// Whether the day is written before the month.
    day_first: bool,
    has_own_year: bool,
}

impl ListedDay {
    /// Returns the listed day of a date with a month.
    fn new(date: &PartialDate) -> Option<ListedDay> {
        Some(ListedDay {
            month: date.month?,
            day: date.day,
            day_first: date.day_first,
            has_own_year: date.years.is_some() && date.year_from.is_none(),
        })
    }
}

/// Which month a day in a list belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ListedMonth {
    Previous,
    Next,
    /// The days are in no order in either month.
    Uncertain,
}

/// Returns the month of a day between two days with months: `July 28, 3 and 5 August`. Lists are in order.
fn listed_month(previous: ListedDay, date: &PartialDate, next: ListedDay) -> ListedMonth {
    let usual = if previous.day_first { ListedMonth::Next } else { ListedMonth::Previous };
    // 3-5 July and 8 August
    if previous.month == next.month || date.separator == Separator::Range {
        return ListedMonth::Previous;
    }
    if !next.day_first {
        // 28 May, 3 and June 5
        let is_uncertain = previous.day_first && date.day < previous.day;
        return if is_uncertain { ListedMonth::Uncertain } else { ListedMonth::Previous };
    }
    if previous.has_own_year && date.year_from == Some(Neighbour::Next) {
        return ListedMonth::Next;
    }
    match (previous.day < date.day, next.day.is_none() || date.day < next.day) {
        (true, true) => usual,
        (true, false) => ListedMonth::Previous,
        (false, true) => ListedMonth::Next,
        (false, false) => ListedMonth::Uncertain,
    }
}

/// Fills in missing months. A day takes the month before it. It takes the month after it if no month stands
/// before it (`5 - 26 February`), or if only that month keeps the order of the days.
///
/// A number that belongs to no month is dropped. Returns the first date whose month is uncertain.
pub(super) fn fill_months(dates: &mut [PartialDate]) -> Option<usize> {
    let mut later = None;
    if dates.iter().all(|date| date.month.is_some() || date.day.is_none()) {
        return None;
    }
    let next: SmallVec<[Option<ListedDay>; 8]> = dates
        .iter()
        .rev()
        .map(|date| {
            let following = later;
            later = ListedDay::new(date).or(later);
            following
        })
        .collect();
    let (mut previous, mut uncertain) = (None, None);
    for (at, (date, next)) in dates.iter_mut().zip(next.into_iter().rev()).enumerate() {
        if date.month.is_some() || date.day.is_none() {
            previous = ListedDay::new(date);
            continue;
        }
        let has_own_year = date.years.is_some() && date.year_from.is_none();
        let own_year = date.year_first || has_own_year && next.is_none();
        let next = next.filter(|_| !own_year);
        let listed = match (previous, next) {
            (Some(previous), Some(next)) => listed_month(previous, date, next),
            // 10 (22) May: the day in front has the month behind it.
            (None, _) => ListedMonth::Next,
            (Some(_), None) => ListedMonth::Previous,
        };
        if listed == ListedMonth::Uncertain {
            uncertain = uncertain.or(Some(at));
        }
        let source = if listed == ListedMonth::Next { next } else { previous };
        date.month = source.map(|source| source.month).filter(|month| *month <= 12);
        if date.month.is_none() {
            (date.day, date.years) = (None, date.years.filter(|_| own_year));
        }
        let is_day_first = source.is_some_and(|source| source.day_first);
        previous = ListedDay::new(date).map(|day| ListedDay { day_first: is_day_first, ..day });
    }
    uncertain
}
