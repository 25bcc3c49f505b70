//! Dates that a file gives as they are written and in a form for machines, under two names.

use crate::formats::field_names::{
    DateKind, FieldTarget, date_kind, is_date_as_code, is_date_as_written, known_names, words_of,
};
use crate::record::Date;
use crate::record::date::machine;

/// The number of names for dates that are compared with each other.
pub(super) const MAX_NAMES: usize = 8;

/// How many days a text and its code may differ: programs write the first day of the year for `spring`.
const MAX_DAYS_APART: i64 = 366;

/// The length of a whole day in a form for machines, in bytes: a year alone is written so as well.
const MIN_DAY_BYTES: usize = 8;

/// A name that may be that of a date, with its texts in some records.
pub(super) struct DateName<'t> {
    name: &'t str,
    /// Whether the name is that of a date, whatever its texts are.
    is_date: bool,
    /// The text in each record; empty if a record has none.
    texts: Vec<&'t str>,
}

impl<'t> DateName<'t> {
    /// `is_date`: the name was taken for a date. `texts` has one for each record, empty if it has none.
    ///
    /// Returns `None` for a name that is not that of a whole date.
    pub(super) fn new(
        name: &'t str,
        is_date: bool,
        texts: impl FnOnce() -> Vec<&'t str>,
    ) -> Option<DateName<'t>> {
        let is_part = |word: &String| {
            use FieldTarget::{Day, Month, Year};
            known_names(word).first().is_some_and(|it| matches!(it.target, Day | Month | Year))
        };
        let may_be_date = is_date || is_date_as_code(name);
        (may_be_date && !words_of(name).iter().any(is_part)).then(|| DateName {
            name,
            is_date,
            texts: texts(),
        })
    }

    /// Whether something holds for at least half of the texts.
    fn are_mostly(&self, holds: impl Fn(&str) -> bool) -> bool {
        let filled = || self.texts.iter().filter(|text| !text.is_empty());
        filled().next().is_some()
            && 2 * filled().filter(|text| holds(text)).count() >= filled().count()
    }

    /// Whether another name has the same dates in a form for machines.
    fn has_code(&self, other: &DateName<'_>) -> bool {
        let is_written = || is_date_as_written(self.name) && !self.are_mostly(is_day_code);
        self.is_date
            && (is_date_as_code(other.name) || is_written())
            && [DateKind::Plain, DateKind::Made].contains(&date_kind(other.name))
            && self.are_mostly(is_date_text)
            && other.are_mostly(|text| machine::parse(text).is_some())
            && are_same_dates(self.texts.iter().zip(&other.texts))
    }
}

/// Finds a date as it is written and the one for machines beside it. Returns their indices.
pub(super) fn find_pair(names: &[Option<DateName<'_>>]) -> Option<(usize, usize)> {
    let names = || names.iter().enumerate().filter_map(|(at, name)| Some((at, name.as_ref()?)));
    names().take(MAX_NAMES).find_map(|(written, date)| {
        let mut others = names().take(MAX_NAMES).filter(|(at, _)| *at != written);
        others.find(|(_, other)| date.has_code(other)).map(|(code, _)| (written, code))
    })
}

/// Whether a text is understood as a date.
pub(super) fn is_date_text(text: &str) -> bool {
    Date::parse(text).span().is_some()
}

/// Whether a text is a whole day in a form for machines.
fn is_day_code(text: &str) -> bool {
    text.len() >= MIN_DAY_BYTES && machine::parse(text).is_some()
}

/// Whether most texts of dates and the codes beside them are of the same years.
fn are_same_dates<'t>(pairs: impl Iterator<Item = (&'t &'t str, &'t &'t str)>) -> bool {
    let (mut same, mut all) = (0_usize, 0_usize);
    for (text, code) in pairs {
        let (text, code) = (Date::parse(text), Date::parse(code));
        if let (Some(text), Some(code)) = (text.span(), code.span()) {
            all += 1;
            let is_near = text.earliest.0 <= code.latest.0 + MAX_DAYS_APART
                && code.earliest.0 <= text.latest.0 + MAX_DAYS_APART;
            same += usize::from(is_near);
        }
    }
    all > 0 && 2 * same >= all
}
