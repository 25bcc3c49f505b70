//! A column of scores, which searches add up to ranks.

use super::match_set::MatchSet;
use super::rank::{NO_MATCH, Score};

/// The scores of one term for the records of a segment.
#[derive(Clone, Debug)]
pub(super) struct ScoreColumn {
    /// The score of each record.
    pub(super) scores: Vec<Score>,
    /// The records whose score is not [`NO_MATCH`].
    pub(super) matches: MatchSet,
}

impl ScoreColumn {
    /// Creates a column of these scores.
    pub(super) fn from_scores(scores: Vec<Score>) -> ScoreColumn {
        ScoreColumn { matches: MatchSet::from_scores(&scores), scores }
    }

    /// Creates a column of `record_count` records, none of which matches.
    pub(super) fn empty(record_count: usize) -> ScoreColumn {
        let matches = MatchSet::empty(record_count);
        ScoreColumn { scores: vec![NO_MATCH; record_count], matches }
    }
}
