//! Decides which guesses are made at each term of a filter. What has the words as they were typed comes first, so more is
//! guessed only where less finds nothing or little.

use std::ops::Range;

use super::result_set::formula;
use super::rules::SearchRules;
use super::search::ScoredTerms;
use crate::query::{
    Alternative, Clause, Group, GuessLevel, GuessPolicy, HasWord, Query, Term, WordPattern,
};

/// If a filter of several terms finds at most this many records, words that differ in one letter
/// are guessed too, because a known word may be a misspelt one: `stain 1945` for Stalin.
const MAX_RESULTS_FOR_CLOSE_GUESSES: usize = 10;

/// A filter of more terms is a text: its words are taken as they were typed, because a guess takes a walk through all
/// words of the index.
const MAX_GUESSED_TERMS: usize = 256;

/// A known word of fewer letters is only guessed at if it stands last.
const MIN_SHORT_LETTERS: usize = 3;

/// A step in which more is guessed. The result of a step counts only if it has more records than that of the steps
/// before.
#[derive(Clone, Copy, Debug)]
pub(super) enum GuessStage {
    /// Unknown words of alternatives of which none is found as it was typed.
    Alternatives,
    /// Known words, if the filter finds few records.
    KnownWords,
    /// Beginnings of few letters, if the filter finds nothing: `noe verbale`.
    ShortWords,
}

impl GuessStage {
    /// All steps, in their order.
    pub(super) const ALL: [GuessStage; 3] =
        [GuessStage::Alternatives, GuessStage::KnownWords, GuessStage::ShortWords];

    /// Returns the guesses to make at each term of a filter, or `None` if the step changes nothing. `levels` are those of
    /// the steps before, which gave `scored`; `has_word` tells which words the records have.
    pub(super) fn levels(
        self,
        query: &Query,
        levels: &[GuessLevel],
        scored: &ScoredTerms<'_>,
        rules: SearchRules,
        has_word: HasWord<'_>,
    ) -> Option<Vec<GuessLevel>> {
        let is_guessed = rules.guesses && !query.is_beyond_guesses();
        if !is_guessed || !query.terms().any(Term::may_be_guessed) {
            return None;
        }
        let raised = match (self, scored.matches.count()) {
            (GuessStage::Alternatives, _) => query.levels_of_alternatives(levels, scored),
            (GuessStage::KnownWords, 0) => vec![GuessLevel::Any; levels.len()],
            (GuessStage::KnownWords, 1..=MAX_RESULTS_FOR_CLOSE_GUESSES)
                if rules.close_guesses && query.asks_for_several() =>
            {
                let raise = |(term, level): (&Term, &GuessLevel)| match level {
                    GuessLevel::UnknownWords if term.may_be_misspelt(has_word) => {
                        GuessLevel::OneLetter
                    }
                    level => *level,
                };
                query.terms().zip(levels).map(raise).collect()
            }
            (GuessStage::ShortWords, 0) => query.levels_of_short_words(has_word),
            (GuessStage::KnownWords | GuessStage::ShortWords, _) => return None,
        };
        (raised != levels).then_some(raised)
    }
}

impl Query {
    /// Returns the guesses to begin with: none among alternatives, of which another one may be found as it was typed.
    pub(super) fn first_guess_levels(&self) -> Vec<GuessLevel> {
        let mut levels = Vec::new();
        let alone =
            if self.is_beyond_guesses() { GuessLevel::None } else { GuessLevel::UnknownWords };
        add_first_levels(&self.groups, alone, &mut levels);
        levels
    }

    /// Whether it has so many terms that its words are taken as they were typed.
    fn is_beyond_guesses(&self) -> bool {
        self.terms().nth(MAX_GUESSED_TERMS).is_some()
    }

    /// Whether it asks for several things that a record must have.
    fn asks_for_several(&self) -> bool {
        let is_asked =
            |group: &&Group| group.iter().flat_map(Alternative::terms).any(|term| !term.negated);
        self.groups.iter().filter(is_asked).count() > 1
    }

    /// Returns the guesses to make if short words are guessed, too: the last one, which may still be typed, and those that
    /// no record has whole. Else too many words could be meant. Alternatives are left out.
    fn levels_of_short_words(&self, has_word: HasWord<'_>) -> Vec<GuessLevel> {
        let last = self.terms().count().saturating_sub(1);
        let is_unknown = |word: &WordPattern| {
            word.letters.chars().count() >= MIN_SHORT_LETTERS && !has_word(&word.letters)
        };
        let level = |(index, (term, first)): (usize, (&Term, GuessLevel))| match &term.clause {
            Clause::Words(phrase)
                if first != GuessLevel::None
                    && (index == last || phrase.words.iter().any(is_unknown)) =>
            {
                GuessLevel::ShortWords
            }
            _ => GuessLevel::Any,
        };
        self.terms().zip(self.first_guess_levels()).enumerate().map(level).collect()
    }

    /// Returns the guesses to make if unknown words of alternatives are guessed where no other alternative is found.
    fn levels_of_alternatives(
        &self,
        levels: &[GuessLevel],
        scored: &ScoredTerms<'_>,
    ) -> Vec<GuessLevel> {
        let mut raised = levels.to_vec();
        let is_unknown = |(index, term): (usize, &Term)| {
            levels.get(index) == Some(&GuessLevel::None)
                && scored.match_counts.get(index) == Some(&0)
                && term.may_be_guessed()
        };
        if self.terms().enumerate().any(is_unknown) {
            let is_found = |terms: Range<usize>| {
                if let Some([count]) = scored.match_counts.get(terms.clone()) {
                    return *count > 0;
                }
                let columns = scored.match_counts.len();
                let formula = formula(self, columns, |index, _| terms.contains(&index));
                scored.matches_of(&formula).iter().any(|matches| matches.count() > 0)
            };
            raise_where_none_is_found(&self.groups, 0, &is_found, &mut raised);
        }
        raised
    }
}

impl Term {
    /// Whether it has a word that records have only as the beginning of others. A word that they have as it was typed is an
    /// honest answer.
    pub fn may_be_misspelt(&self, has_word: HasWord<'_>) -> bool {
        let Clause::Words(phrase) = &self.clause else { return false };
        phrase.words.iter().any(|word| !has_word(&word.letters))
    }

    /// Whether guesses are made for it if the filter finds few records.
    fn may_be_guessed(&self) -> bool {
        let Clause::Words(phrase) = &self.clause else { return false };
        !self.negated && phrase.guess_policy == GuessPolicy::IfNeeded
    }
}

/// Adds the level of each term of groups to `levels`: `alone`, or that of alternatives.
fn add_first_levels(groups: &[Group], alone: GuessLevel, levels: &mut Vec<GuessLevel>) {
    for group in groups {
        let level = if group.len() > 1 { GuessLevel::None } else { alone };
        for alternative in group {
            match alternative {
                Alternative::Term(_) => levels.push(level),
                Alternative::All(inner) => add_first_levels(inner, level, levels),
            }
        }
    }
}

/// Raises the levels of the terms of those groups of which no alternative is found. The first term of `groups` has the
/// index `first`.
fn raise_where_none_is_found(
    groups: &[Group],
    first: usize,
    is_found: &dyn Fn(Range<usize>) -> bool,
    levels: &mut [GuessLevel],
) {
    let mut next = first;
    for group in groups {
        let mut ranges = Vec::with_capacity(group.len());
        for alternative in group {
            let range = next..next + alternative.terms().len();
            next = range.end;
            ranges.push(range);
        }
        if group.len() > 1 && ranges.iter().any(|range| is_found(range.clone())) {
            continue;
        }
        for (alternative, range) in group.iter().zip(ranges) {
            match (alternative, levels.get_mut(range.start)) {
                (Alternative::All(inner), _) => {
                    raise_where_none_is_found(inner, range.start, is_found, levels);
                }
                (Alternative::Term(_), Some(level)) => *level = GuessLevel::UnknownWords,
                (Alternative::Term(_), None) => {}
            }
        }
    }
}
