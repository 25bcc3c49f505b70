//! Scores the records of a segment for one term.
//!
//! Single words are scored from the index alone. Phrases, anchors and own fields are checked in the
//! texts of those records that have all words: see `score_phrase`.

use super::expand::{ExpandedPhrase, ExpandedWord};
use super::match_set::MatchSet;
use super::rank::{MATCH_ONLY, NO_MATCH, Score, form_score, variant_score, word_score};
use super::score_column::ScoreColumn;
use super::similar::SimilarRecords;
use crate::query::date_filter::DateFilter;
use crate::query::{CancelCheck, Cancelled, Phrase, PhraseOrigin, check_cancelled};
use crate::record::date::span::ParsedDate;
use crate::store::Segment;
use crate::store::index::date_column::DateColumn;

/// A term prepared for a snapshot.
#[derive(Debug)]
pub(super) struct PreparedTerm {
    /// Whether it excludes the records that it matches.
    pub(super) negated: bool,
    /// What it looks for.
    pub(super) clause: PreparedClause,
}

/// What a term looks for, prepared for a snapshot.
#[derive(Debug)]
pub(super) enum PreparedClause {
    /// Words, expanded to those of the index.
    Words(ExpandedPhrase),
    /// A date.
    Date(DateFilter),
    /// Records that are like one.
    Similar(SimilarRecords),
    /// Marks, notes, files or archives: the score of each record of each segment.
    Membership(Vec<Vec<Score>>),
}

impl PreparedTerm {
    /// Scores the records of the segment with the index `index`.
    pub(super) fn score_segment(
        &self,
        index: usize,
        segment: &Segment,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ScoreColumn, Cancelled> {
        let column = match &self.clause {
            PreparedClause::Membership(segments) => {
                ScoreColumn::from_scores(segments.get(index).cloned().unwrap_or_default())
            }
            PreparedClause::Similar(similar) => {
                ScoreColumn::from_scores(similar.scores(index, segment.len()))
            }
            PreparedClause::Date(date) => {
                ScoreColumn::from_scores(score_dates(date, segment.dates()))
            }
            PreparedClause::Words(phrase) => phrase.score_segment(index, segment, is_cancelled)?,
        };
        if !self.negated {
            return Ok(column);
        }
        let negate = |score: &Score| if *score == NO_MATCH { MATCH_ONLY } else { NO_MATCH };
        Ok(ScoreColumn::from_scores(column.scores.iter().map(negate).collect()))
    }

    /// Whether both expansions of the same term match the same words in a segment.
    pub(super) fn same_expansion(&self, other: &PreparedTerm, index: usize) -> bool {
        match (&self.clause, &other.clause) {
            (PreparedClause::Words(phrase), PreparedClause::Words(other)) => {
                phrase.same_expansion(other, index)
            }
            (PreparedClause::Date(date), PreparedClause::Date(other)) => date == other,
            (clause, other) => std::mem::discriminant(clause) == std::mem::discriminant(other),
        }
    }

    /// Scores the records of a segment like [`PreparedTerm::score_segment`], but starts from
    /// `column`, the scores of the term `before`, if that is the same term with fewer guesses.
    pub(super) fn rescore_expanded(
        &self,
        before: &PreparedTerm,
        column: &ScoreColumn,
        index: usize,
        segment: &Segment,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ScoreColumn, Cancelled> {
        match (&self.clause, &before.clause) {
            (PreparedClause::Words(phrase), PreparedClause::Words(before))
                if !self.negated && phrase.extends_expansion(before, index) =>
            {
                let known = before.words(index).len();
                let new = phrase.words(index).get(known..).unwrap_or_default();
                phrase.score_from_index(new, &|score| score, column.clone(), segment, is_cancelled)
            }
            _ => self.score_segment(index, segment, is_cancelled),
        }
    }
}

/// Scores the records of a segment for a date. Each distinct date is compared only once.
fn score_dates(filter: &DateFilter, dates: &DateColumn) -> Vec<Score> {
    let score_date = |date: &ParsedDate| MATCH_ONLY * Score::from(filter.matches(*date));
    let scores: Vec<Score> = dates.distinct_dates().iter().map(score_date).collect();
    let score = |code: &u16| scores.get(usize::from(*code)).copied().unwrap_or(NO_MATCH);
    dates.codes().iter().map(score).collect()
}

/// The number of postings or bytes of text that are processed between two cancel checks.
const CANCEL_CHECK_INTERVAL: usize = 1 << 14;

/// Calls a [`CancelCheck`] at intervals, measured in work.
pub(super) struct CancelPoller<'a> {
    /// The check.
    is_cancelled: CancelCheck<'a>,
    /// The work that may still be done before the next check.
    work_left: usize,
}

impl<'a> CancelPoller<'a> {
    /// Creates a poller whose first call of [`CancelPoller::add_work`] checks at once.
    pub(super) fn new(is_cancelled: CancelCheck<'a>) -> CancelPoller<'a> {
        CancelPoller { is_cancelled, work_left: 0 }
    }

    /// Counts work that was done: postings or bytes of text.
    ///
    /// # Errors
    /// The search was cancelled.
    pub(super) fn add_work(&mut self, work: usize) -> Result<(), Cancelled> {
        if let Some(left) = self.work_left.checked_sub(work) {
            self.work_left = left;
            return Ok(());
        }
        self.work_left = CANCEL_CHECK_INTERVAL;
        check_cancelled(self.is_cancelled)
    }
}

impl Phrase {
    /// Whether the index alone decides which records match.
    pub(super) fn is_index_only(&self) -> bool {
        self.words.len() == 1 && !self.at_start && !self.at_end && !self.scope.needs_texts()
    }
}

impl ExpandedPhrase {
    /// Scores the records of a segment for the typed spelling and for all other spellings.
    fn score_segment(
        &self,
        index: usize,
        segment: &Segment,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ScoreColumn, Cancelled> {
        let mut column = if self.phrase.is_index_only() {
            let empty = ScoreColumn::empty(segment.len());
            self.score_from_index(self.words(index), &|score| score, empty, segment, is_cancelled)?
        } else {
            ScoreColumn::from_scores(self.score_by_text(index, segment, is_cancelled)?)
        };
        for variant in &self.variants {
            let adjust: fn(Score) -> Score = match variant.phrase.origin {
                PhraseOrigin::Typed => variant_score,
                PhraseOrigin::WordForm => form_score,
            };
            if variant.phrase.is_index_only() && variant.variants.is_empty() {
                let words = variant.words(index);
                column = variant.score_from_index(words, &adjust, column, segment, is_cancelled)?;
                continue;
            }
            let variant_column = variant.score_segment(index, segment, is_cancelled)?;
            for (best, score) in column.scores.iter_mut().zip(variant_column.scores) {
                *best = adjust(score).max(*best);
            }
            column.matches.union_with(&variant_column.matches);
        }
        Ok(column)
    }

    /// The expansion of the first word of the phrase in a segment.
    fn words(&self, index: usize) -> &[ExpandedWord] {
        let words = self.expansions.first().and_then(|segments| segments.get(index));
        words.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether both expansions match the same words in a segment.
    fn same_expansion(&self, other: &ExpandedPhrase, index: usize) -> bool {
        let mut pairs = self.expansions.iter().zip(&other.expansions);
        pairs.all(|(own, other)| own.get(index) == other.get(index))
            && self.has_same_variants(other, index)
    }

    /// Whether it has all words of another expansion in a segment, in the same order, and perhaps
    /// more words after them.
    fn extends_expansion(&self, other: &ExpandedPhrase, index: usize) -> bool {
        self.phrase.is_index_only()
            && self.words(index).starts_with(other.words(index))
            && self.has_same_variants(other, index)
    }

    /// Whether the other spellings of both expansions match the same words in a segment.
    fn has_same_variants(&self, other: &ExpandedPhrase, index: usize) -> bool {
        self.variants.len() == other.variants.len()
            && self.variants.iter().zip(&other.variants).all(|(a, b)| a.same_expansion(b, index))
    }

    /// Raises the scores in `column` to those of `words`, from the postings in the index. `adjust`
    /// changes the score of a word before it is used.
    fn score_from_index(
        &self,
        words: &[ExpandedWord],
        adjust: &dyn Fn(Score) -> Score,
        mut column: ScoreColumn,
        segment: &Segment,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ScoreColumn, Cancelled> {
        let searched = self.phrase.scope.fields();
        let mut poller = CancelPoller::new(is_cancelled);
        let mut total_work = 0;
        for &ExpandedWord { word, quality } in words {
            let mut work = 1;
            for (fields, records) in segment.dictionary().postings(word) {
                let score = adjust(word_score(quality, fields & searched));
                for record in records {
                    if let Some(best) = column.scores.get_mut(record) {
                        *best = score.max(*best);
                    }
                    work += 1;
                }
            }
            poller.add_work(work)?;
            total_work += work;
        }
        // With many records, setting their bits one by one is slow: neighbours share a word of
        // bits, so that each write waits for the one before.
        if total_work > segment.len() / 8 {
            column.matches = MatchSet::from_scores(&column.scores);
            return Ok(column);
        }
        for &ExpandedWord { word, .. } in words {
            let postings = segment.dictionary().postings(word);
            let in_scope = postings.filter(|(fields, _)| fields.intersects(searched));
            in_scope
                .flat_map(|(_, records)| records)
                .for_each(|record| column.matches.insert(record));
        }
        Ok(column)
    }
}
