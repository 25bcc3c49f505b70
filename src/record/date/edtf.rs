//! The Extended Date/Time Format (Library of Congress, 4 February 2019), levels 0 to 2, read as a
//! span of days. The grammar is that of the crate `edtf-core`, but for two things that it refuses
//! and the specification allows: masked digits and times of day in years before Christ.

use edtf_core::{Bound, BoundDate, Date, DateField, Edtf, Precision as Written, YearKind};

use super::span::{DateSpan, Day, Precision};

/// Reads an expression that is valid EDTF, and nothing else: not even white space around it.
///
/// A set becomes the span from its first to its last day; `?`, `~` and `%` count wherever they
/// stand; an unknown end (`1945/`) is as open as `..`; a time of day is checked and left out.
pub fn read(text: &str) -> Option<DateSpan> {
    match Edtf::parse(&unmasked(text)) {
        Ok(Edtf::DateTime(_)) => single(text.split('T').next()?),
        Ok(Edtf::Interval(_)) => interval(text),
        Ok(Edtf::Set(_)) => set(text),
        Ok(Edtf::Date(_)) => single(text),
        Err(_) => before_christ_with_time(text),
    }
}

/// A date with a time of day in a year before Christ, which `edtf-core` has no place for.
fn before_christ_with_time(text: &str) -> Option<DateSpan> {
    let positive = text.strip_prefix('-')?;
    let Ok(Edtf::DateTime(_)) = Edtf::parse(positive) else { return None };
    single(text.split('T').next()?)
}

/// Both ends of a valid interval, each as precise as it is written.
fn interval(text: &str) -> Option<DateSpan> {
    match text.split_once('/')? {
        ("" | "..", end) => Some(part(end)?.until()),
        (start, "" | "..") => Some(part(start)?.onward()),
        (start, end) => Some(part(start)?.to(part(end)?)),
    }
}

/// All members of a valid set together.
fn set(text: &str) -> Option<DateSpan> {
    let mut members = text.get(1..text.len().checked_sub(1)?)?.split(',').map(part);
    let first = members.next()??;
    members.try_fold(first, |sum, member| Some(sum.with(member?)))
}

/// A date, or two of them round `..`, of which one may be missing.
fn part(text: &str) -> Option<DateSpan> {
    match text.split_once("..") {
        None => single(text),
        Some(("", end)) => Some(single(end)?.until()),
        Some((start, "")) => Some(single(start)?.onward()),
        Some((start, end)) => Some(single(start)?.with(single(end)?)),
    }
}

/// One date without a time of day.
fn single(text: &str) -> Option<DateSpan> {
    let after_flag = text.trim_start_matches(['?', '~', '%']);
    let mirrored = after_flag.starts_with('-') && unmasked(text) != text;
    let text = if mirrored { text.replacen('-', "", 1) } else { text.to_owned() };
    let Ok(Edtf::Date(date)) = Edtf::parse(&text) else { return None };
    let (first, last) = bounds(&date, mirrored);
    let precision = precision(&date);
    let span = DateSpan::new(first, last, precision);
    Some(DateSpan {
        approximate: date.is_approximate() || date.year.significant_digits.is_some(),
        uncertain: date.is_uncertain(),
        ..span
    })
}

/// The first and the last day; mirrored, the masked years count backwards from the year 0.
fn bounds(date: &Date, mirrored: bool) -> (Day, Day) {
    let bounds = Edtf::Date(*date).bounds();
    let beyond = if is_negative(date) { Day::FIRST } else { Day::LAST };
    let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
        return (beyond, beyond);
    };
    let (first_year, last_year) =
        if mirrored { (-last.year, -first.year) } else { (first.year, last.year) };
    let day = |year: i64, of: BoundDate| Day::from_ymd(year, of.month, of.day);
    (day(first_year, first), day(last_year, last))
}

/// Whether the year is below zero, however far.
fn is_negative(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    }
}

/// How much of the date is known: what is masked altogether at its end does not count.
fn precision(date: &Date) -> Precision {
    let given = |field: Option<DateField>| {
        field.is_some_and(|field| field.digits.iter().any(Option::is_some))
    };
    if given(date.day) {
        return Precision::Day;
    }
    if given(date.month) {
        let season = date.precision() == Written::Season;
        return if season { Precision::Season } else { Precision::Month };
    }
    let YearKind::Standard { digits, .. } = date.year.kind else { return Precision::Year };
    match digits.iter().position(Option::is_none) {
        None => Precision::Year,
        Some(3) => Precision::Decade,
        Some(2) => Precision::Century,
        Some(_) => Precision::Millennium,
    }
}

/// The text with a digit for each masked one in a year before Christ: at the beginning of an
/// interval the earliest, elsewhere a late one, as suits the rule that an end follows its start.
fn unmasked(text: &str) -> String {
    let slash = text.find('/').unwrap_or(0);
    let mut date_begins = true;
    let mut year_ends = 0;
    let fill = |(at, letter): (usize, char)| {
        if letter == '-' && date_begins {
            year_ends = at + 5;
        }
        date_begins = match letter {
            '/' | ',' | '.' | '[' | '{' => true,
            '?' | '~' | '%' => date_begins,
            _ => false,
        };
        match letter {
            'X' if at < year_ends && at < slash => '9',
            'X' if at < year_ends => '1',
            other => other,
        }
    };
    text.char_indices().map(fill).collect()
}
