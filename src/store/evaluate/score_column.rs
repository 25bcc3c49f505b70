//! The scores of a term for the records of a segment.

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

    /// Creates a column of `records` records that do not match.
    pub(super) fn empty(records: usize) -> ScoreColumn {
        ScoreColumn { scores: vec![NO_MATCH; records], matches: MatchSet::empty(records) }
    }
}
