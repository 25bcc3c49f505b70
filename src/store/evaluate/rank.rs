//! What a match is worth: the one place that decides which record stands before which.
//!
//! Tier goes before field: a whole word in a summary is worth more than the beginning of one in a
//! title; of guesses, one wrong letter goes before all others. Another spelling of a name is worth
//! as much as the beginning of a word. Of equal tiers the field decides: title, people, the others, summary. A record is worth
//! its weakest term, then the sum of its terms. Dates and what is left out are worth nothing, and
//! cost nothing.

pub(crate) use crate::query::word_pattern::MatchQuality;
use crate::record::Field;
use crate::record::field_set::FieldSet;

/// The score of a record that a term does not fit.
pub(super) const NONE: u8 = 0;

/// The score of a record that a term fits without being worth anything.
pub(super) const FITS: u8 = 1;

/// The best score there is.
pub(super) const BEST: u8 = score(MatchQuality::Whole, FieldSet::of(Field::Title));

/// How many different scores of words there are.
const SCORES: u16 = (BEST - FITS) as u16;

/// How many groups of terms are counted in the sum; more of them only count by the weakest.
const GROUPS: u16 = 100;

/// The score of a word that was found in these fields: more than [`FITS`], or [`NONE`] where there
/// is no field.
pub(super) const fn score(tier: MatchQuality, fields: FieldSet) -> u8 {
    if fields.is_empty() {
        return NONE;
    }
    let field = if fields.meets(FieldSet::of(Field::Title)) {
        3
    } else if fields.meets(FieldSet::of(Field::People)) {
        2
    } else if !fields.is_only(FieldSet::of(Field::Summary)) {
        1
    } else {
        0
    };
    FITS + 1 + 4 * tier as u8 + field
}

/// The score of a record that has a name in another spelling than the one that was typed: as if a
/// word began with it.
pub(super) const fn spelt_otherwise(score: u8) -> u8 {
    if score > FITS + 4 * MatchQuality::Whole as u8 { score - 4 } else { score }
}

/// How the scores of a record's groups of terms make its rank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ladder {
    /// How many different sums there are.
    sums: u16,
}

impl Ladder {
    /// For so many groups of terms.
    pub(super) fn new(groups: usize) -> Ladder {
        Ladder {
            sums: SCORES * u16::try_from(groups).map_or(GROUPS, |groups| groups.min(GROUPS)) + 1,
        }
    }

    /// How many ranks there are; the rank 0 is for records that do not fit.
    pub(super) fn ranks(self) -> usize {
        2 + usize::from(SCORES) * usize::from(self.sums)
    }

    /// The rank of a record: the greater the better, and 0 where it does not fit. `weakest` is the
    /// least score of its groups, the greatest number where none is worth anything, `sum` what they
    /// are worth together.
    #[inline]
    pub(super) fn rank(self, weakest: u8, sum: u16) -> u16 {
        // Without branches, so that several records are ranked at once.
        let step = u16::from(weakest).saturating_sub(u16::from(FITS) + 1);
        let climbed = 2 + step.wrapping_mul(self.sums).wrapping_add(sum.min(self.sums - 1));
        let worth = if weakest == u8::MAX { 1 } else { climbed };
        if weakest == NONE { 0 } else { worth }
    }
}
