//! The words that dates are written with, in all languages: looking them up and what they mean.
//!
//! The tables are in `assets/languages/`, `assets/calendars.toml` and `assets/eras.toml`; the build
//! script compiles them. A word may mean several things, each in some languages.

use super::fold;

/// The tables that the build script wrote.
mod table {
    #![allow(
        clippy::unreadable_literal,
        clippy::large_const_arrays,
        reason = "nobody reads the tables"
    )]

    use super::{Calendar, Entry, Era, Sense};

    include!(concat!(env!("OUT_DIR"), "/date_words.rs"));
}

pub(super) use table::{DAY_STOP_LANGUAGES, LANGUAGES};
use table::{ERAS, MONTHS, SLOTS, SUFFIXES, WORDS};

/// A set of languages, one bit for each of [`LANGUAGES`].
pub(super) type LanguageSet = u32;

/// A calendar whose months have names of their own.
pub(crate) use crate::record::date::calendar::Calendar;

/// What a word means in a date. `docs/languages.md` describes the keys of the tables, which have the
/// same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A month, 1 to 12.
    Month(u8),
    /// A day of the week, from Monday, 1 to 7.
    Weekday(u8),
    /// A number that counts, as a word: 1 to 31.
    Ordinal(u8),
    /// A season, by its EDTF number, 21 to 24.
    Season(u8),
    /// A feast, by its key.
    Feast(&'static str),
    /// A decade without its century: 20 for the twenties.
    Decade(u8),
    /// A month of another calendar.
    CalendarMonth(Calendar, u8),
    /// The name of another calendar.
    CalendarName(Calendar),
    /// An era, by its index in [`ERAS`].
    Era(u16),
    /// A short form of an era, directly in front of a number.
    EraSign(u16),
    /// The date is approximate.
    Circa,
    /// The date is uncertain.
    Uncertain,
    /// There is no date.
    Undated,
    /// A part of the date that has no number: "early".
    Part,
    /// A part of the date that may have a number: "half".
    Fraction,
    /// A quarter of a year, whose number follows: "Q".
    Quarter,
    /// Before the date.
    Before,
    /// After the date.
    After,
    /// On the date or after it.
    NotBefore,
    /// On the date or before it.
    NotAfter,
    /// "or earlier".
    OrEarlier,
    /// "or later".
    OrLater,
    /// From the date on.
    From,
    /// Until the date; between two dates, a range.
    Until,
    /// Two dates follow, which are a range.
    Between,
    /// Another date follows.
    And,
    /// An alternative date follows.
    Or,
    /// The range has no end yet.
    Ongoing,
    /// The number beside it counts a century.
    Century,
    /// The years beside it are a decade.
    DecadeWord,
    /// The number beside it is a year.
    Year,
    /// "month".
    MonthWord,
    /// "day".
    Day,
    /// The number in front is a year, month or day.
    YearAfter,
    /// See [`Sense::YearAfter`].
    MonthAfter,
    /// See [`Sense::YearAfter`].
    DayAfter,
    /// The number behind is a year, month or day.
    YearBefore,
    /// See [`Sense::YearBefore`].
    MonthBefore,
    /// See [`Sense::YearBefore`].
    DayBefore,
    /// Years before Christ.
    Bc,
    /// Years after Christ.
    Ad,
    /// The dates of most of the documents follow.
    Bulk,
    /// The date on which the document was received follows.
    Received,
    /// The date on which the document was written follows.
    Written,
    /// A unit behind a time of day.
    Hour,
    /// A time of day without a number.
    Time,
    /// Stands before a time of day.
    At,
    /// A time zone.
    Zone,
    /// Stands before a year of account or study.
    Fiscal,
    /// The Julian calendar.
    OldStyle,
    /// The Gregorian calendar.
    NewStyle,
    /// The right date follows: "i.e."
    Corrected,
    /// The date of a birth follows.
    Born,
    /// The date of a death follows.
    Died,
    /// The number behind is no date.
    Reference,
    /// The number in front is no date.
    Counted,
    /// Changes nothing.
    Filler,
    /// A suffix of a number that counts.
    SuffixOrdinal,
    /// The case of a number, behind an apostrophe.
    SuffixCase,
    /// A suffix of the first year of a decade.
    SuffixDecade,
    /// A suffix of the first year of a decade or century.
    SuffixDecadeOrCentury,
    /// A day that is counted in another way, and is not read: "Kal.", "Idibus".
    OtherDay,
    /// The first, second or last ten days of a month, 1 to 3.
    TenDays(u8),
    /// Until the date in front.
    UntilBehind,
    /// From the date in front on.
    FromBehind,
    /// A kind of street. The name of the street follows.
    Street,
    /// A part of the year that is not computed: "Trinity term".
    UnreadPart,
}

/// An entry of the table.
#[derive(Debug)]
pub(super) struct Entry {
    /// The folded word or phrase.
    pub(super) word: &'static str,
    /// What it means, and in which languages.
    pub(super) senses: &'static [(Sense, LanguageSet)],
    /// The number of words of the longest phrase that begins with this word.
    pub(super) longest_phrase: u8,
    /// The languages that write it without accents, as it is here.
    pub(super) unaccented: LanguageSet,
}

impl Entry {
    /// Whether the word is nothing but an ending on a date that makes it a bound.
    pub(super) fn is_bound(&self) -> bool {
        let is_bound = |sense: &Sense| matches!(sense, Sense::FromBehind | Sense::UntilBehind);
        !self.senses.is_empty() && self.senses.iter().all(|(sense, _)| is_bound(sense))
    }

    /// Returns the languages that write the word so: those with accents if `written` has some, else the others.
    pub(super) fn languages_writing(&self, written: &str) -> LanguageSet {
        if written.is_ascii() { self.unaccented } else { !self.unaccented }
    }

    /// Returns the languages in which the word means one of these: bits of [`Sense::bit`].
    pub(super) fn languages_of(&self, senses: u64) -> LanguageSet {
        let means = self.senses.iter().filter(|(known, _)| known.bit() & senses != 0);
        means.fold(0, |all, (_, mask)| all | mask)
    }
}

/// Returns the bits of several senses. A value in a sense does not matter.
pub(super) const fn bits(senses: &[Sense]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < senses.len() {
        bits |= senses[at].bit();
        at += 1;
    }
    bits
}

/// Any month.
pub(super) const MONTH: Sense = Sense::Month(0);
/// Any day of the week.
pub(super) const WEEKDAY: Sense = Sense::Weekday(0);
/// Any season.
pub(super) const SEASON: Sense = Sense::Season(0);
/// Any number that counts.
pub(super) const ORDINAL: Sense = Sense::Ordinal(0);
/// Any decade.
pub(super) const DECADE: Sense = Sense::Decade(0);
/// Any feast.
pub(super) const FEAST: Sense = Sense::Feast("");
/// Any era.
pub(super) const ERA: Sense = Sense::Era(0);
/// Any short form of an era.
pub(super) const ERA_SIGN: Sense = Sense::EraSign(0);
/// Any month of another calendar.
pub(super) const CALENDAR_MONTH: Sense = Sense::CalendarMonth(Calendar::Julian, 0);
/// Any name of another calendar.
pub(super) const CALENDAR_NAME: Sense = Sense::CalendarName(Calendar::Julian);

/// Any ten days of a month.
pub(super) const TEN_DAYS: Sense = Sense::TenDays(0);

/// What a word is not taken for if the rest of the text is in another language.
pub(super) const CHANCE_SENSES: u64 = bits(&[SEASON, FEAST, DECADE, Sense::Century]);

/// Looks up a folded word or phrase.
pub(super) fn look_up(word: &str) -> Option<&'static Entry> {
    let mut slot = fold::hash(word.as_bytes()) as usize % SLOTS.len();
    loop {
        let index = usize::from(*SLOTS.get(slot)?).checked_sub(1)?;
        let entry = WORDS.get(index)?;
        if entry.word == word {
            return Some(entry);
        }
        slot = (slot + 1) % SLOTS.len();
    }
}

/// Looks up the folded letters behind a number.
pub(super) fn look_up_suffix(letters: &str) -> Option<&'static Entry> {
    let index = SUFFIXES.binary_search_by(|entry| entry.word.cmp(letters)).ok()?;
    SUFFIXES.get(index)
}

/// An era: years that are counted from its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Era {
    /// The Gregorian year before its first one.
    pub(super) offset: i64,
    /// The smallest number that is written.
    pub(super) least: i64,
    /// The number of its last year.
    pub(super) last: i64,
    /// The last year whose months are those of the moon; 0 if none is.
    pub(super) last_lunar: i64,
    /// The month and the day on which a year began, if neither 1 January nor the new moon before spring.
    pub(super) new_year: Option<(u8, u8)>,
    /// The number of the last year that began then.
    pub(super) new_year_last: i64,
}

/// Returns an era.
pub(super) fn era(index: u16) -> Option<Era> {
    ERAS.get(usize::from(index)).copied()
}

/// Whether the name of a month begins with these folded letters.
pub(super) fn is_month_prefix(letters: &str) -> bool {
    let start = WORDS.partition_point(|entry| entry.word < letters);
    let begins = WORDS.iter().skip(start).take_while(|entry| entry.word.starts_with(letters));
    begins
        .into_iter()
        .any(|entry| entry.senses.iter().any(|(sense, _)| matches!(sense, Sense::Month(_))))
}

/// The fewest letters of a word that may be a misspelt month.
const MIN_MISSPELT_LETTERS: usize = 6;
/// The fewest letters of a word of which two may be wrong instead of one.
const MIN_LETTERS_OF_TWO_TYPOS: usize = 8;

/// Returns the entry of the month name that a folded word misspells, if there is exactly one month.
pub(super) fn look_up_misspelt_month(word: &str) -> Option<&'static Entry> {
    let letters = word.chars().count();
    if !(MIN_MISSPELT_LETTERS..=12).contains(&letters) {
        return None;
    }
    let month = |entry: &Entry| match entry.senses {
        [(Sense::Month(month), _)] => Some(*month),
        _ => None,
    };
    let first = word.chars().next()?;
    let mut found: Option<(&'static Entry, usize)> = None;
    for entry in MONTHS.iter().filter_map(|index| WORDS.get(usize::from(*index))) {
        if !entry.word.starts_with(first) || entry.word.chars().count() < MIN_MISSPELT_LETTERS {
            continue;
        }
        let typos = strsim::osa_distance(entry.word, word);
        let most = if letters >= MIN_LETTERS_OF_TWO_TYPOS { 2 } else { 1 };
        match found {
            _ if typos > most => {}
            Some((_, fewest)) if fewest < typos => {}
            Some((known, fewest))
                if fewest == typos
                    && month(known) == month(entry)
                    && entry.word.len() != word.len() => {}
            Some((known, fewest)) if fewest == typos && month(known) != month(entry) => {
                return None;
            }
            _ => found = Some((entry, typos)),
        }
    }
    found.map(|(entry, _)| entry)
}
