//! Rules for words that make ranges of dates, or that bound a date.

use super::builder::DateBuilder;
use super::partial::{PartialDate, Relation, Separator};
use super::tokens::Sign;
use super::words::{Sense, bits};
use crate::record::date::day::Day;
use crate::record::date::doubt::Doubt;
use crate::record::date::span::Precision;

/// The endings behind the apostrophe of a Turkish number that mean "from".
const SINCE_CASES: [&str; 12] = [
    "ten", "tan", "den", "dan", "nden", "ndan", "inden", "ından", "undan", "ünden", "sinden",
    "sından",
];
/// Turkish words for "year" and "month" with such an ending.
const SINCE_UNITS: [&str; 6] =
    ["yılından", "yıldan", "senesinden", "seneden", "ayından", "tarihinden"];

/// How long a range may be whose first year is not written, and is the year before the written one.
const MAX_DAYS_OF_GUESS: i64 = 183;

impl DateBuilder<'_> {
    /// Applies "until" behind a date, which ends a range or is a bound: `1933'ten 1938'e kadar`,
    /// `1945년까지`.
    pub(super) fn apply_until_behind(&mut self) -> Option<usize> {
        if !self.has(self.at, Sense::UntilBehind) {
            return None;
        }
        let follows_date = self.dates.len() > 1;
        let last = self.dates.last_mut()?;
        if follows_date && matches!(last.separator, Separator::Space | Separator::Comma) {
            last.separator = Separator::Range;
        }
        // 1921-25-ig
        let is_pair = last
            .years
            .is_some_and(|years| years.precision == Precision::Year && years.first != years.last);
        if last.separator != Separator::Range && !is_pair {
            last.relation = Relation::UpTo;
        }
        self.close_range();
        Some(1)
    }

    /// Applies "from" behind a date, which begins a range or is a bound: `1933-tól 1938-ig`.
    pub(super) fn apply_from_behind(&mut self) -> Option<usize> {
        let is_open = self.pending_separator == Separator::Space;
        if !is_open || !self.has(self.at, Sense::FromBehind) {
            return None;
        }
        let is_ending = self.is_adjacent(self.at);
        let is_last = self.tokens.get(self.at + 1).is_none();
        let last = self.dates.last_mut().filter(|_| is_ending || is_last)?;
        last.relation = Relation::From;
        // maaliskuusta 1921
        let awaits_year = !last.has_years();
        let year_follows = self.number(self.at + 1).is_some_and(|number| number.is_long());
        if self.range_goes_on() && !(awaits_year && year_follows) {
            self.separate_next(Separator::Range);
        }
        Some(1)
    }

    /// Says that a date between two dashes has no end that is known: `-1945-`.
    pub(super) fn doubt_both_ends(&mut self) {
        if let [date] = self.dates[..]
            && date.relation == Relation::UpTo
        {
            let part = self.text.to_owned();
            let other = "both ends are open".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Says that a Turkish date may be the beginning of a time: `1924'ten`, `1921 yılından`. Behind it may have
    /// stood a word for "since".
    pub(super) fn doubt_since(&mut self) {
        let [date] = self.dates[..] else { return };
        let last = self.text.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or("");
        let case = last.rsplit(['\'', '’']).next().unwrap_or("");
        let is_case =
            case.len() < last.len() && last.starts_with(|first: char| first.is_alphanumeric());
        let is_since = is_case && SINCE_CASES.contains(&case)
            || SINCE_UNITS.contains(&last) && date.has_years();
        if is_since && date.relation == Relation::Same {
            let part = self.text.to_owned();
            let other = "it may mean the time since then".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Says that two years behind a name may be those of a life, where another date follows:
    /// `Keller, 1801-1850. Letter, 3 May 1840`.
    pub(super) fn doubt_life_dates(&mut self) {
        let [first, last, rest @ ..] = &self.dates[..] else { return };
        let is_range = last.separator == Separator::Range
            && [first, last].iter().all(|date| date.is_bare_year() && date.clause == 0);
        let is_document =
            |date: &PartialDate| date.month.is_some() && date.separator != Separator::Range;
        let follows_name = first.first_token > 0
            && self.is_unused(0)
            && self.word(0).is_some_and(|word| word.is_capitalized);
        if is_range && follows_name && rest.iter().any(is_document) {
            let part = self.written(first.first_token, last.last_token + 1).to_owned();
            let other = "these may be the years of a life".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Says that the year of the first day of a range is a guess: the range is long, or ends with a year
    /// alone.
    pub(super) fn doubt_year_in_front(
        &mut self,
        date: &PartialDate,
        next: Option<&PartialDate>,
        start: Day,
        end: Day,
    ) {
        let is_long = end.0.saturating_sub(start.0) > MAX_DAYS_OF_GUESS;
        if let Some(next) = next.filter(|next| is_long || next.is_bare_year()) {
            let part = self.written(date.first_token, next.last_token + 1).to_owned();
            let other = "the year of its beginning is not written".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
    }

    /// Whether the end of a range follows behind its beginning: a date, and no other bound of it.
    fn range_goes_on(&self) -> bool {
        const BOUNDS: u64 = bits(&[
            Sense::Before,
            Sense::After,
            Sense::NotBefore,
            Sense::NotAfter,
            Sense::From,
            Sense::Ongoing,
        ]);
        let next = self.skip_fillers(self.at + 1);
        !self.has_any(next, BOUNDS) && self.date_follows(next)
    }

    /// Whether a word that is a filler in one language means "from" or "until" in more of the languages
    /// that the text may be of: `с мая 1921 г.`
    pub(super) fn relates_mostly(&self) -> bool {
        const BOUNDS: u64 = bits(&[Sense::From, Sense::Until]);
        if !self.has_any(self.at, BOUNDS) || !self.date_follows(self.at + 1) {
            return false;
        }
        // dès mai 1921, t/m 1921, đến 1939: written so in one language alone.
        if self.written(self.at, self.at + 1).contains(['è', '/', 'đ']) {
            return true;
        }
        let fillers = self.senses_of(self.at, Sense::Filler) & self.languages;
        let bounds = [Sense::From, Sense::Until].map(|sense| self.senses_of(self.at, sense));
        let bounds = (bounds[0] | bounds[1]) & self.languages & !fillers;
        bounds != 0 && bounds.count_ones() >= fillers.count_ones()
    }

    /// Applies a word that makes a range of the dates on its sides, or ends one behind it.
    pub(super) fn apply_range_word(&mut self) -> Option<usize> {
        let follows_date = !self.dates.is_empty() && self.pending_separator == Separator::Space;
        let may_be_until = self.senses_of(self.at, Sense::Until) != 0;
        if !follows_date || !may_be_until && !self.has(self.at, Sense::From) {
            return None;
        }
        let precedes_date = self.date_follows(self.at + 1);
        // s 3 po 9 maia: "po" is "after" in another language.
        if self.dates.last().is_some_and(PartialDate::is_bare_number) && self.day_follows() {
            self.separate_next(Separator::Range);
            return Some(1);
        }
        let is_until = self.has(self.at, Sense::Until);
        // de la 3 mai la 12 iunie
        let is_open = self.dates.last().is_some_and(|date| date.relation == Relation::From);
        // с 1919 до 1921, 1921 do 1925
        let is_end = is_open || self.has(self.at, Sense::Before) || self.is_between_numbers();
        if precedes_date && is_until && is_end {
            self.separate_next(Separator::Range);
            return Some(1);
        }
        let is_filler =
            self.has_any(self.at, bits(&[Sense::Filler, Sense::And, Sense::Written, Sense::Day]));
        if precedes_date && !is_until && !is_filler {
            // 1904年2月から1905年9月
            self.separate_next(Separator::Range);
            return Some(1);
        }
        let ends = self.tokens.get(self.at + 1).is_none() || self.sign(self.at + 1).is_some();
        if !ends || is_filler {
            return None;
        }
        // 1905年9月まで
        let ends_range = self.dates.last().is_some_and(|date| date.separator == Separator::Range);
        if !is_until {
            self.relate_last(Relation::From);
        } else if !ends_range {
            self.relate_last(Relation::UpTo);
        }
        Some(1)
    }

    /// Applies a relation to the next date, which bounds a span with the last one.
    pub(super) fn relate_next_bound(&mut self, relation: Relation) {
        self.separate_next(Separator::Break);
        self.pending_relation = relation;
    }

    /// Applies a relation to the last date, and ends a range.
    pub(super) fn relate_last_and_close(&mut self, relation: Relation) {
        self.relate_last(relation);
        self.close_range();
    }

    /// Applies "to": before the first date it means "until", between two dates a range.
    pub(super) fn apply_until(&mut self) {
        // early to mid 1920s
        const PARTS: u64 = bits(&[Sense::Part, Sense::Fraction]);
        let follows_part = self.at.checked_sub(1).is_some_and(|part| self.has_any(part, PARTS));
        if follows_part && self.has_any(self.at + 1, PARTS) {
            return;
        }
        let has_date =
            self.dates.last().is_some_and(|date| !date.is_bare_number() || self.dates.len() == 1);
        // México, a 5 de mayo de 1810
        let is_letter = self.written(self.at, self.at + 1).chars().count() == 1;
        if !has_date && !is_letter && self.pending_relation == Relation::Same {
            self.pending_relation = Relation::UpTo;
        } else if has_date {
            self.separate_next(Separator::Range);
        }
    }

    /// Whether a day with its month follows.
    pub(super) fn day_follows(&self) -> bool {
        self.number(self.at + 1).is_some_and(|number| number.is_short())
            && self.starts_with_month(self.at + 2)
    }

    /// Whether a word that may mean "from" or "of" means "from" before a month or year: "od 1918".
    ///
    /// Adds a doubt if it may mean both in the language of the text: "od travnja 1918".
    pub(super) fn begins_open_range(&mut self) -> bool {
        let from = self.senses_of(self.at, Sense::From) & self.languages;
        let is_year = self.number(self.at + 1).is_some_and(|number| number.is_long());
        let is_month = self.month(self.at + 1).is_some();
        if from == 0 || !self.dates.is_empty() || !is_year && !is_month {
            return false;
        }
        let is_certain = from & !self.senses_of(self.at, Sense::Written) != 0;
        let ends = |at: usize| self.sign(at).is_none_or(|sign| !matches!(sign, Sign::Dash));
        let has_end =
            (self.at + 1..self.tokens.len()).any(|at| self.has(at, Sense::Until) || !ends(at));
        if !is_certain && !has_end {
            let part = self.written(self.at, self.at + 2).to_owned();
            let other = "the word before it may mean “from” or “of”".to_owned();
            self.doubts.push(Doubt::Ambiguous { part, other });
        }
        is_certain
    }
}
