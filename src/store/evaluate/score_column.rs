//! What a term says of the records of a segment: a score each, and a bit for those that have one.

use super::match_set::MatchSet;
use super::rank::NONE;

/// The scores of the records of a segment.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The score of each record.
    pub(super) scores: Vec<u8>,
    /// Which of them have one.
    pub(super) fits: MatchSet,
}

impl Column {
    /// A column of these scores.
    pub(super) fn of(scores: Vec<u8>) -> Column {
        Column { fits: MatchSet::of(&scores), scores }
    }

    /// A column without a score.
    pub(super) fn none(records: usize) -> Column {
        Column { scores: vec![NONE; records], fits: MatchSet::none(records) }
    }
}
