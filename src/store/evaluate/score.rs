//! The score of each record of a segment for one term.
//!
//! Words are walked from the index; only phrases, anchors and fields under own names are verified
//! in the text itself, on the records that the index leaves: see `verify`.

use super::expand::Resolved;
use super::match_set::MatchSet;
use super::rank::{FITS, NONE, score, spelt_otherwise};
use super::score_column::Column;
pub(crate) use crate::query::clause::{Phrase, Scope};
use crate::query::date_filter::DateFilter;
pub(crate) use crate::query::word_pattern::MatchQuality;
use crate::record::date::span::Reading;
use crate::store::Segment;
use crate::store::index::date_column::Dates;
use crate::store::index::term_dictionary::WordNumber;

/// Says whether the search is no longer wanted.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// A term made ready for a snapshot.
#[derive(Debug)]
pub(super) struct Ready {
    /// Whether it leaves out what it fits.
    pub(super) negated: bool,
    /// What it looks for.
    pub(super) wish: ReadyWish,
}

/// What a term looks for.
#[derive(Debug)]
pub(super) enum ReadyWish {
    /// Words.
    Words(Resolved),
    /// A date.
    Date(DateFilter),
    /// What was chosen by hand: the score of each record of each segment.
    Chosen(Vec<Vec<u8>>),
}

impl Ready {
    /// The score of each record of a segment, or nothing where the search was stopped.
    pub(super) fn scores(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Column> {
        let column = match &self.wish {
            ReadyWish::Chosen(scores) => Column::of(scores.get(at)?.clone()),
            ReadyWish::Date(date) => Column::of(dated(date, segment.dates())),
            ReadyWish::Words(words) => words.scores(at, segment, stop)?,
        };
        if !self.negated {
            return Some(column);
        }
        let opposite = |score: &u8| if *score == NONE { FITS } else { NONE };
        Some(Column::of(column.scores.iter().map(opposite).collect()))
    }

    /// Whether it means in a segment what another one means that was made of the same term.
    pub(super) fn means_the_same(&self, other: &Ready, at: usize) -> bool {
        match (&self.wish, &other.wish) {
            (ReadyWish::Words(words), ReadyWish::Words(other)) => words.means_the_same(other, at),
            _ => true,
        }
    }

    /// The score of each record of a segment, where those for a term that means no more are known.
    pub(super) fn raised(
        &self,
        before: &Ready,
        column: &Column,
        at: usize,
        segment: &Segment,
        stop: Stop<'_>,
    ) -> Option<Column> {
        match (&self.wish, &before.wish) {
            (ReadyWish::Words(words), ReadyWish::Words(before))
                if !self.negated && words.means_more(before, at) =>
            {
                let known = before.words(at).len();
                let new = words.words(at).get(known..).unwrap_or_default();
                words.indexed(new, &|score| score, column.clone(), segment, stop)
            }
            _ => self.scores(at, segment, stop),
        }
    }
}

/// The score of each record of a segment for a date: each different date is compared once.
fn dated(wanted: &DateFilter, dates: &Dates) -> Vec<u8> {
    let fits = |reading: &Reading| FITS * u8::from(wanted.fits(*reading));
    let scores: Vec<u8> = dates.readings().iter().map(fits).collect();
    let score = |code: &u16| scores.get(usize::from(*code)).copied().unwrap_or(NONE);
    dates.codes().iter().map(score).collect()
}

/// How many postings are walked, or letters of text read, between two looks at `stop`.
const PATIENCE: usize = 1 << 14;

/// Asks from time to time whether to stop.
pub(super) struct Patience<'a> {
    /// Says whether to stop.
    stop: Stop<'a>,
    /// How much may still be done before it is asked.
    left: usize,
}

impl<'a> Patience<'a> {
    /// Asks at once, then from time to time.
    pub(super) fn new(stop: Stop<'a>) -> Patience<'a> {
        Patience { stop, left: 0 }
    }

    /// Notes that so much was done; nothing where the search is to stop.
    pub(super) fn spend(&mut self, work: usize) -> Option<()> {
        if let Some(left) = self.left.checked_sub(work) {
            self.left = left;
            return Some(());
        }
        self.left = PATIENCE;
        (!(self.stop)()).then_some(())
    }
}

impl Phrase {
    /// Whether the index alone tells which records fit.
    pub(super) fn is_in_index(&self) -> bool {
        let own = matches!(self.scope, Scope::Own(_));
        self.words.len() == 1 && !self.at_start && !self.at_end && !own
    }
}

impl Resolved {
    /// The score of each record of a segment, in the spelling that was typed or in another one.
    fn scores(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Column> {
        let mut column = if self.phrase.is_in_index() {
            let none = Column::none(segment.len());
            self.indexed(self.words(at), &|score| score, none, segment, stop)?
        } else {
            Column::of(self.verified(at, segment, stop)?)
        };
        for other in &self.others {
            if other.phrase.is_in_index() && other.others.is_empty() {
                column = other.indexed(other.words(at), &spelt_otherwise, column, segment, stop)?;
                continue;
            }
            let otherwise = other.scores(at, segment, stop)?;
            for (best, score) in column.scores.iter_mut().zip(otherwise.scores) {
                *best = spelt_otherwise(score).max(*best);
            }
            column.fits.join(&otherwise.fits);
        }
        Some(column)
    }

    /// The words that are meant in a segment, where there is one needle.
    fn words(&self, at: usize) -> &[(WordNumber, MatchQuality)] {
        let words = self.meant.first().and_then(|needle| needle.get(at));
        words.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it means in a segment the words that another one means.
    fn means_the_same(&self, other: &Resolved, at: usize) -> bool {
        let mut both = self.meant.iter().zip(&other.meant);
        both.all(|(words, of_other)| words.get(at) == of_other.get(at))
            && self.means_otherwise(other, at)
    }

    /// Whether it means in a segment the words that another one means, and more.
    fn means_more(&self, other: &Resolved, at: usize) -> bool {
        self.phrase.is_in_index()
            && self.words(at).starts_with(other.words(at))
            && self.means_otherwise(other, at)
    }

    /// Whether the other spellings mean what those of another one mean.
    fn means_otherwise(&self, other: &Resolved, at: usize) -> bool {
        self.others.len() == other.others.len()
            && self.others.iter().zip(&other.others).all(|(a, b)| a.means_the_same(b, at))
    }

    /// A column with what the index says of these words. What each is worth passes through `worth`.
    fn indexed(
        &self,
        words: &[(WordNumber, MatchQuality)],
        worth: &dyn Fn(u8) -> u8,
        mut column: Column,
        segment: &Segment,
        stop: Stop<'_>,
    ) -> Option<Column> {
        let asked = self.phrase.scope.fields();
        let mut patience = Patience::new(stop);
        let mut all = 0;
        for &(word, tier) in words {
            let mut walked = 1;
            for (fields, records) in segment.words().postings(word) {
                let worth = worth(score(tier, fields & asked));
                for record in records {
                    if let Some(best) = column.scores.get_mut(record) {
                        *best = worth.max(*best);
                    }
                    walked += 1;
                }
            }
            patience.spend(walked)?;
            all += walked;
        }
        // Of many records in a row each would wait for the bit of the one before it.
        if all > segment.len() / 8 {
            column.fits = MatchSet::of(&column.scores);
            return Some(column);
        }
        for &(word, _) in words {
            let meeting = segment.words().postings(word).filter(|(fields, _)| fields.meets(asked));
            meeting.flat_map(|(_, records)| records).for_each(|record| column.fits.add(record));
        }
        Some(column)
    }
}
