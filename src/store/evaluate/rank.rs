//! Scores and ranks: the only file that decides which records are more relevant.
//!
//! A score is how well a record matches one term. It depends on the match quality first: a whole
//! word in a summary scores higher than a prefix in a title. A guess with one wrong letter scores
//! higher than any other guess, another spelling of a name scores like a prefix, and another form of a word like one that
//! contains it. With equal
//! quality the field decides: title, then names, then other fields, then the summary.
//!
//! A rank is how well a record matches the whole query. The lowest score decides first, then the
//! sum of the scores. Dates, marks and negated terms do not affect it.

use crate::query::MatchQuality;
use crate::record::Field;
use crate::record::field_set::FieldSet;

/// How well a record matches one term. A plain byte, because whole columns of it are scanned.
pub(super) type Score = u8;

/// How well a record matches a query: the higher the better, and [`UNRANKED`] for no match.
pub(super) type Rank = u16;

/// The rank of a record that does not match the query.
pub(super) const UNRANKED: Rank = 0;

/// The score of a record that a term does not match.
pub(super) const NO_MATCH: Score = 0;

/// The score of a record that a term matches without effect on its rank, such as a date.
pub(super) const MATCH_ONLY: Score = 1;

/// The highest score.
pub(super) const MAX_SCORE: Score =
    word_score(MatchQuality::Whole, FieldSet::from_field(Field::Title));

/// The number of different scores of words.
const WORD_SCORES: u16 = (MAX_SCORE - MATCH_ONLY) as u16;

/// The number of groups of terms for which the sum of scores is exact. With more groups, high sums
/// are all equal.
const MAX_SUMMED_GROUPS: u16 = 80;

/// Returns the score of a word that was found in `fields`. It is more than [`MATCH_ONLY`], or
/// [`NO_MATCH`] if there is no field.
pub(super) const fn word_score(quality: MatchQuality, fields: FieldSet) -> Score {
    if fields.is_empty() {
        return NO_MATCH;
    }
    let field = if fields.intersects(FieldSet::from_field(Field::Title)) {
        3
    } else if fields.intersects(FieldSet::NAMES) {
        2
    } else if !fields.is_subset_of(FieldSet::from_field(Field::Summary)) {
        1
    } else {
        0
    };
    MATCH_ONLY + 1 + 4 * quality as u8 + field
}

/// Lowers the score of a word to that of a prefix, for a name in another spelling than the typed
/// one.
pub(super) const fn variant_score(score: Score) -> Score {
    if score > MATCH_ONLY + 4 * MatchQuality::Whole as u8 { score - 4 } else { score }
}

/// Lowers the score of a word to that of one inside another, for another form of the typed word.
pub(super) const fn form_score(score: Score) -> Score {
    match score {
        NO_MATCH | MATCH_ONLY => score,
        _ => {
            let quality = (score - MATCH_ONLY - 1) / 4;
            let excess = quality.saturating_sub(MatchQuality::Inside as u8);
            score - 4 * excess
        }
    }
}

/// Computes the rank of a record from the scores of its groups of terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct RankScale {
    /// The number of different sums of scores.
    sums: u16,
}

impl RankScale {
    /// Creates the scale for a query with this many groups of terms.
    pub(super) fn new(groups: usize) -> RankScale {
        let groups = u16::try_from(groups);
        let groups = groups.map_or(MAX_SUMMED_GROUPS, |groups| groups.min(MAX_SUMMED_GROUPS));
        RankScale { sums: WORD_SCORES * groups + 1 }
    }

    /// The number of different ranks, including [`UNRANKED`].
    pub(super) fn rank_count(self) -> usize {
        2 + usize::from(WORD_SCORES) * usize::from(self.sums)
    }

    /// Returns the rank of a record.
    ///
    /// `weakest` is the lowest score of its groups, without those of [`MATCH_ONLY`]; it is
    /// [`Score::MAX`] if there is no other. `sum` is the sum of the scores above [`MATCH_ONLY`].
    #[inline]
    pub(super) fn rank(self, weakest: Score, sum: u16) -> Rank {
        // Without branches, so that the compiler can vectorise it.
        let step = u16::from(weakest).saturating_sub(u16::from(MATCH_ONLY) + 1);
        let by_score = 2 + step.wrapping_mul(self.sums).wrapping_add(sum.min(self.sums - 1));
        let matched = if weakest == Score::MAX { 1 } else { by_score };
        if weakest == NO_MATCH { UNRANKED } else { matched }
    }
}
