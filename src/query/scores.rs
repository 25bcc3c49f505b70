//! The score of each record of a segment for one term.
//!
//! Words are walked from the index; only phrases, anchors and fields under own names are verified
//! in the text itself, on the records that the index leaves.

use super::date_filter::DateFilter;
use super::needle::{Needle, Tier};
use super::occurrence::Seeker;
use super::rank::{FITS, NONE, score, spelt_otherwise};
use super::resolve::Resolved;
use super::term::{Phrase, Scope};
use crate::record::date::Reading;
use crate::store::Segment;
use crate::store::dates::Dates;
use crate::store::fields::FieldSet;
use crate::store::fold::fold_into;
use crate::store::segment::TextPlace;

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
    pub(super) fn scores(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Vec<u8>> {
        match &self.wish {
            ReadyWish::Chosen(scores) => scores.get(at).cloned(),
            ReadyWish::Date(date) => Some(dated(date, segment.dates())),
            ReadyWish::Words(words) => words.scores(at, segment, stop),
        }
    }
}

/// The score of each record of a segment for a date: each different date is compared once.
fn dated(wanted: &DateFilter, dates: &Dates) -> Vec<u8> {
    let fits = |reading: &Reading| FITS * u8::from(wanted.fits(*reading));
    let scores: Vec<u8> = dates.readings().iter().map(fits).collect();
    let score = |code: &u32| scores.get(*code as usize).copied().unwrap_or(NONE);
    dates.codes().iter().map(score).collect()
}

/// From how many letters on the beginning of a word tells enough to look for it first.
const TELLING: usize = 3;

/// How many postings are walked, or letters of text read, between two looks at `stop`.
const PATIENCE: usize = 1 << 14;

/// Asks from time to time whether to stop.
struct Patience<'a> {
    /// Says whether to stop.
    stop: Stop<'a>,
    /// How much may still be done before it is asked.
    left: usize,
}

impl<'a> Patience<'a> {
    /// Asks at once, then from time to time.
    fn new(stop: Stop<'a>) -> Patience<'a> {
        Patience { stop, left: 0 }
    }

    /// Notes that so much was done; nothing where the search is to stop.
    fn spend(&mut self, work: usize) -> Option<()> {
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
    fn scores(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Vec<u8>> {
        let mut scores = if self.phrase.is_in_index() {
            self.indexed(at, segment, stop)?
        } else {
            self.verified(at, segment, stop)?
        };
        for other in &self.others {
            let otherwise = other.scores(at, segment, stop)?;
            for (best, score) in scores.iter_mut().zip(otherwise) {
                *best = spelt_otherwise(score).max(*best);
            }
        }
        Some(scores)
    }

    /// The score of each record of a segment, from the index.
    fn indexed(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Vec<u8>> {
        let asked = self.phrase.scope.fields();
        let mut patience = Patience::new(stop);
        let mut scores = vec![NONE; segment.len()];
        for &(word, tier) in self.meant.iter().filter_map(|needle| needle.get(at)).flatten() {
            let mut before = FieldSet::NONE;
            let mut worth = NONE;
            let mut walked = 1;
            for (record, fields) in segment.words().postings(word) {
                if fields != before {
                    before = fields;
                    worth = score(tier, fields & asked);
                }
                if let Some(best) = scores.get_mut(record) {
                    *best = worth.max(*best);
                }
                walked += 1;
            }
            patience.spend(walked)?;
        }
        Some(scores)
    }

    /// The score of each record of a segment, from the text of those records that have all words
    /// in one field.
    fn verified(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Vec<u8>> {
        let mut patience = Patience::new(stop);
        let mut reader = Reader::new(&self.phrase, self.ceiling(at));
        let mut scores = vec![NONE; segment.len()];
        patience.spend(1)?;
        let candidates = self.candidates(at, segment);
        let mut candidates = candidates.into_iter().enumerate().filter(|(_, it)| !it.is_empty());
        let mut texts = Vec::new();
        loop {
            for (record, fields) in candidates.by_ref().take(TOGETHER) {
                texts.extend(reader.texts(segment, record, fields));
            }
            if texts.is_empty() {
                return Some(scores);
            }
            patience.spend(segment.fetch(texts.iter().map(|(.., place)| *place)) + 64)?;
            for (record, field, place) in texts.drain(..) {
                if let Some(best) = scores.get_mut(record) {
                    *best = reader.score(segment.text(place), field).max(*best);
                }
            }
        }
    }

    /// The best tier that the phrase can have in a segment: that of the word that fits least.
    fn ceiling(&self, at: usize) -> Tier {
        let meant = self.meant.iter().filter_map(|needle| needle.get(at));
        let best = meant.map(|words| words.iter().map(|(_, tier)| *tier).max());
        best.min().flatten().unwrap_or(Tier::Whole)
    }

    /// For each record of a segment the fields that have all words of the phrase.
    fn candidates(&self, at: usize, segment: &Segment) -> Vec<FieldSet> {
        let mut common = vec![self.phrase.scope.fields(); segment.len()];
        let longest = self.phrase.words.iter().map(|word| word.letters.len()).max().unwrap_or(0);
        // A few letters begin so many words that the text is read sooner.
        let tells = |word: &Needle| !word.beginning || word.letters.len() >= longest.min(TELLING);
        let words = self.phrase.words.iter().zip(&self.meant).filter(|(word, _)| tells(word));
        for (_, needle) in words {
            let mut found = vec![FieldSet::NONE; segment.len()];
            for &(word, _) in needle.get(at).into_iter().flatten() {
                for (record, fields) in segment.words().postings(word) {
                    if let Some(all) = found.get_mut(record) {
                        *all = *all | fields;
                    }
                }
            }
            common.iter_mut().zip(found).for_each(|(all, found)| *all = *all & found);
        }
        common
    }
}

/// How many records have their texts fetched from memory together.
const TOGETHER: usize = 16;

/// A text that may have a phrase: its record, its field and its place.
type Candidate = (usize, FieldSet, TextPlace);

/// Reads texts again and again without asking for memory.
struct Reader<'p> {
    /// The scope of the phrase that is looked for.
    scope: &'p Scope,
    /// Looks for it.
    seeker: Seeker<'p>,
    /// The best tier that it can have.
    ceiling: Tier,
    /// The folded text.
    folded: String,
}

impl<'p> Reader<'p> {
    /// Looks for a phrase.
    fn new(phrase: &'p Phrase, ceiling: Tier) -> Reader<'p> {
        let (scope, seeker) = (&phrase.scope, phrase.seeker());
        Reader { scope, seeker, ceiling, folded: String::new() }
    }

    /// The texts of a record that may have the phrase, of which only these fields may have it.
    fn texts(
        &self,
        of: &Segment,
        record: usize,
        fields: FieldSet,
    ) -> impl Iterator<Item = Candidate> {
        let scope = self.scope;
        of.places(record).filter_map(move |(slot, place)| {
            let field = scope.field_of(slot).filter(|field| field.meets(fields))?;
            Some((record, field, place))
        })
    }

    /// The score of a text of a field.
    fn score(&mut self, text: &str, field: FieldSet) -> u8 {
        if self.seeker.glance(text, &mut self.folded) >= Some(self.ceiling) {
            return score(self.ceiling, field);
        }
        self.folded.clear();
        fold_into(text, &mut self.folded);
        self.seeker.best_tier(&self.folded).map_or(NONE, |tier| score(tier, field))
    }
}
