//! Ranks the dates of a file by their names: the day on which a document was made before those of its publication and of what
//! it tells.

use super::date_names::{is_creation_date, is_entry_date, is_small};
use super::fold::fold_name;
use super::name_words::{self as words, WordSet};
use super::values::{is_recent, is_recent_day};
use super::{FieldTarget, KnownName, LAST_WORD_RANK, known_names, words_of};

/// What a name for a date says of it. In a record that has several, those of a later kind give way to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateKind {
    /// Nothing but that it is a date, or how sure it is: `Date`, `Year`, `Approximate date`.
    Plain,
    /// That a document was made on it, or what it records took place: `Date taken`, `Date of interview`.
    Made,
    /// That a document was published on it: `Print date`, `Broadcast`.
    Published,
    /// That what a document tells of took place: `Date of voyage`.
    Told,
    /// Something that may be said of any thing: `Flood date`, `Date of arrival`.
    Unsure,
    /// That a right to it began, or that an office took it in: `Copyright date`, `Filing date`.
    Registered,
}

impl DateKind {
    /// Whether the date is that of the document, or of what was done with it.
    pub(crate) fn is_of_document(self) -> bool {
        !matches!(self, DateKind::Told | DateKind::Unsure)
    }
}

/// Returns what a name with a word for a date says of it.
pub(crate) fn date_kind(name: &str) -> DateKind {
    let folded: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
    let of_what: Vec<&String> = folded
        .iter()
        .filter(|word| !is_small(word))
        .filter(|word| !SAYS_NOTHING.iter().any(|kind| kind.contains(word)))
        .collect();
    let is_one = |word: &str, kinds: &[&WordSet]| kinds.iter().any(|kind| kind.contains(word));
    let has = |kinds: &[&WordSet]| of_what.iter().any(|word| is_one(word, kinds));
    // A building is built, and a photograph of it tells of that.
    let is_making = |word: &String| is_one(word, &MAKING) && !words::TOLD.contains(word);
    if of_what.is_empty() || is_creation_date(name) {
        DateKind::Plain
    } else if has(&[&words::LATE_DAY]) {
        DateKind::Registered
    } else if has(&[&words::PUBLISHING]) {
        DateKind::Published
    } else if of_what.iter().any(|word| is_making(word)) {
        DateKind::Made
    } else if known_names(name).iter().any(is_listed_date) || is_entry_date(name) {
        DateKind::Plain
    } else if has(&[&words::TOLD]) {
        DateKind::Told
    } else {
        DateKind::Unsure
    }
}

/// Whether a meaning is that of a name in a list of names for dates.
fn is_listed_date(known: &KnownName) -> bool {
    matches!(known.target, FieldTarget::Date | FieldTarget::Year) && known.rank < LAST_WORD_RANK
}

/// The kinds of words that say that a date is that of making a document.
static MAKING: [&WordSet; 5] =
    [&words::MADE, &words::MAKING, &words::DOCUMENT, &words::WORK, &words::EVENT];

/// The kinds of words that say nothing of a date but how sure it is.
static SAYS_NOTHING: [&WordSet; 5] =
    [&words::DATE, &words::ON, &words::QUALITY, &words::PREFIX, &words::SUFFIX];

/// A date beside others in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateInData {
    /// What its name says of it.
    pub(crate) kind: DateKind,
    /// Whether it may be the day on which a system made the row.
    pub(crate) is_of_row: bool,
    /// Whether its name is that of a year.
    pub(crate) is_year: bool,
    /// Whether its days are mostly recent ones.
    pub(crate) is_recent: bool,
    /// In how many of the records it is.
    pub(crate) count: usize,
}

impl DateInData {
    /// Reads what the name of a date and its texts tell. Empty texts do not count.
    pub(crate) fn new<'t>(
        name: &str,
        target: FieldTarget,
        texts: impl Iterator<Item = &'t str>,
    ) -> DateInData {
        let (count, recent, recent_days) = texts.filter(|text| !text.is_empty()).fold(
            (0_usize, 0_usize, 0_usize),
            |(all, recent, days), text| {
                (
                    all + 1,
                    recent + usize::from(is_recent(text)),
                    days + usize::from(is_recent_day(text)),
                )
            },
        );
        DateInData {
            kind: date_kind(name),
            is_of_row: is_creation_date(name) && 2 * recent_days >= count,
            is_year: target == FieldTarget::Year,
            is_recent: 2 * recent > count,
            count,
        }
    }

    /// Whether the same dates give way to this one and to another one.
    fn is_like(&self, other: &DateInData) -> bool {
        let traits = |date: &DateInData| (date.kind, date.is_year, date.is_recent);
        traits(self) == traits(other)
    }

    /// Whether this date gives way to another one.
    fn gives_way_to(&self, other: &DateInData) -> bool {
        use DateKind::{Made, Plain, Published};
        match (self.kind, other.kind) {
            (Made | Published, Plain) => other.is_year && self.is_recent && !other.is_recent,
            (Published, Published) => self.is_recent && !other.is_recent,
            (Plain | Made, _) => false,
            (of_self, of_other) => of_other < of_self,
        }
    }
}

/// Returns which dates of a file give way to another one that most records have: the day of an arrival to that of an interview,
/// that of a copyright to any. `None` stands for a name that is no date; the answers are in the same order.
pub(crate) fn which_give_way(dates: &[Option<DateInData>]) -> Vec<bool> {
    let most = dates.iter().flatten().map(|date| date.count).max().unwrap_or(0);
    let is_reason = |date: &DateInData| 2 * date.count >= most && !date.is_of_row;
    // There are few kinds, and a file may have any number of dates.
    let mut reasons: Vec<&DateInData> = Vec::new();
    for date in dates.iter().flatten().filter(|date| is_reason(date)) {
        if !reasons.iter().any(|known| known.is_like(date)) {
            reasons.push(date);
        }
    }
    let gives_way = |date: &DateInData| reasons.iter().any(|other| date.gives_way_to(other));
    dates.iter().map(|date| date.as_ref().is_some_and(gives_way)).collect()
}
